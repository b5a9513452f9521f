//! What a terminal needs to answer by itself.

use std::collections::BTreeSet;

use jiban_app::api::terminal::TerminalHall;
use jiban_domain::calendar::Calendar;
use jiban_domain::setup::Setup;
use jiban_domain::{KioskId, Refusal};

use crate::service::{HallService, hall_version};

/// The kiosk's hall, without those who work there.
///
/// # Errors
/// [`Refusal::UnknownKiosk`].
pub fn terminal_hall(service: &HallService, kiosk: &KioskId) -> Result<TerminalHall, Refusal> {
    let live_state = service.live_state();
    let setup = &live_state.setup().setup;
    let (hall, _) = setup.kiosk(kiosk).ok_or(Refusal::UnknownKiosk)?;
    Ok(TerminalHall {
        version: hall_version(&live_state),
        setup: Setup {
            halls: vec![hall.clone()],
            departments: setup.departments.clone(),
            clerks: Vec::new(),
        },
        days: days(&live_state.calendar().calendar),
        progress_base: format!("{}/t/", service.addresses.base),
    })
}

/// The days that differ from their weekday, and whether they are worked.
fn days(calendar: &Calendar) -> Vec<(String, bool)> {
    let holidays = calendar.years.values().flat_map(|year| &year.holidays);
    let workdays = calendar.years.values().flat_map(|year| &year.workdays);
    let days: BTreeSet<_> =
        holidays.map(|day| (*day, false)).chain(workdays.map(|day| (*day, true))).collect();
    days.into_iter().map(|(day, worked)| (day.to_string(), worked)).collect()
}

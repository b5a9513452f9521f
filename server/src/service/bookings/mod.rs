//! Bookings: a slot held, confirmed, moved and given up; checked in with on its day; and what
//! time alone makes of it.
//!
//! - [`book`]: from the hold to the end; [`check_in`]: how one becomes a ticket
//! - [`at_counter`]: what clerks do; [`timed`]: what time does
//! - [`visit`]: what the hall books for somebody
//! - [`booked_by`]: who booked, checked and sealed
//! - [`bounds`]: how much of it one client may take

mod at_counter;
mod book;
mod booked_by;
mod bounds;
mod check_in;
mod timed;
mod visit;

use jiban_app::api::booking::BookingNow;
use jiban_domain::booking::{Booking, BookingRefusal, BookingState};
use jiban_domain::event::HallEvent;
use jiban_domain::setup::{BookingRules, Hall, Setup};
use jiban_domain::{HallId, Millis, Refusal, Text, Token};
use serde_json::json;

pub use booked_by::{about_booking, opened as opened_booking};
pub use bounds::BookingBounds;
pub(super) use visit::{Visit, book_visit};

use super::unit_of_work::{About, UnitOfWork};
use super::{Addresses, HallService};
use crate::change::{BookingRow, Change};
use crate::live_state::LiveState;
use crate::zone::zone;

impl HallService {
    /// A booking as its holder sees it.
    ///
    /// # Errors
    /// [`BookingRefusal::UnknownBooking`].
    pub fn booking(&self, token: Token) -> Result<BookingNow, Refusal> {
        let live_state = self.live_state();
        let row = by_token(&live_state, token)?;
        Ok(shown(&live_state, row, &self.addresses, self.clock.now()))
    }
}

/// The rules of a hall; the usual ones where it takes no new bookings any more.
pub(super) fn rules_of(hall: Option<&Hall>) -> BookingRules {
    hall.and_then(|hall| hall.booking.clone()).unwrap_or_default()
}

fn by_token(live_state: &LiveState, token: Token) -> Result<&BookingRow, Refusal> {
    let row = live_state.bookings().by_token(token);
    Ok(row.ok_or(BookingRefusal::UnknownBooking)?)
}

/// Writes a booking, and what happened to it.
fn put(work: &mut UnitOfWork<'_>, row: BookingRow, event: HallEvent, by: &str) {
    let (id, hall) = (row.booking.id, row.booking.hall.clone());
    let state: &str = row.booking.state.into_str();
    let detail = json!({ "booking": id, "state": state, "ticket": row.booking.ticket });
    work.put(Change::Booking(row.into()));
    work.append_event(event, hall, About::Hall, by, &detail);
}

/// How often the person of a booking did not come, as far as that is still known.
fn not_come(live_state: &LiveState, hall: &HallId, number_key: &[u8; 32]) -> u32 {
    let of_hall = live_state
        .bookings()
        .of_number(number_key)
        .filter(|row| row.booking.hall == *hall && row.booking.state == BookingState::NotCome);
    u32::try_from(of_hall.count()).unwrap_or(u32::MAX)
}

/// The name of a matter, or its id where the hall has it no more.
fn matter_name(hall: Option<&Hall>, booking: &Booking) -> Text {
    let matter = hall.and_then(|hall| hall.matter(&booking.matter));
    matter.map_or_else(|| Text::from(booking.matter.as_str()), |matter| matter.name.clone())
}

fn shown(
    live_state: &LiveState,
    row: &BookingRow,
    addresses: &Addresses,
    now: Millis,
) -> BookingNow {
    let booking = &row.booking;
    let setup: &Setup = &live_state.setup().setup;
    let hall = setup.hall(&booking.hall);
    let rules = rules_of(hall);
    let zone = hall.map_or(jiff::tz::TimeZone::UTC, zone);
    let not_come = row
        .person
        .as_ref()
        .map_or(0, |person| not_come(live_state, &booking.hall, &person.number_key));
    let told = rules.told_after > 0 && not_come >= rules.told_after;
    let minutes = |minutes: u32| Millis::from(minutes) * 60_000;
    let named = |name: Option<&Text>, id: &str| name.cloned().unwrap_or_else(|| Text::from(id));
    BookingNow {
        token: booking.token,
        state: booking.state,
        code: if booking.state == BookingState::Held {
            String::new()
        } else {
            booking.code.clone()
        },
        url: addresses.booking(booking.token),
        hall: booking.hall.clone(),
        hall_name: named(hall.map(|hall| &hall.name), booking.hall.as_str()),
        matter: booking.matter.clone(),
        matter_name: matter_name(hall, booking),
        day: booking.day().to_string(),
        slot: booking.slot(),
        when: booking.when(now, &zone),
        begins_at: booking.begins_at,
        ends_at: booking.ends_at,
        held_until: (booking.state == BookingState::Held).then_some(booking.held_until),
        check_in_from: booking.begins_at - minutes(rules.early_minutes),
        on_time_until: booking.begins_at + minutes(rules.late_minutes),
        concern: booking.concern,
        not_come: if told { not_come } else { 0 },
        telephone: hall.map(|hall| hall.telephone.clone()).unwrap_or_default(),
    }
}

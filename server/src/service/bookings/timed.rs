//! What time alone makes of bookings: holds end, nobody came, a changed hall cannot keep one,
//! and persons are erased.

use std::sync::atomic::Ordering;

use jiban_domain::Refusal;
use jiban_domain::booking::{Booking, BookingId, BookingState, Concern};
use jiban_domain::event::HallEvent;
use serde_json::json;

use super::{put, rules_of};
use crate::change::{BookingRow, Change};
use crate::live_state::LiveState;
use crate::service::HallService;
use crate::service::unit_of_work::{About, UnitOfWork};
use crate::zone::zone;

/// Bookings changed in one command.
const AT_ONCE: usize = 200;

/// What is due for a booking.
enum Due {
    /// It is changed by time, or by what the hall is now.
    Changed(Box<Booking>, HallEvent),
    Erased,
}

impl HallService {
    /// Does what is due by now. Does nothing where nothing is, and while the clock is in
    /// doubt: who came too late by a wrong clock does not get the place back.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn apply_due_bookings(&self) -> Result<(), Refusal> {
        while !self.clock.is_in_doubt() && self.any_booking_due() {
            self.execute(None, |work| {
                for (row, due) in due(work) {
                    apply(work, &row, due);
                }
                Ok(String::new())
            })
            .await?;
            self.log_has_erased.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    fn any_booking_due(&self) -> bool {
        let (live_state, now) = (self.live_state(), self.clock.now());
        live_state.bookings().iter().any(|row| due_of(&live_state, &row.booking, now).is_some())
    }
}

fn due(work: &UnitOfWork<'_>) -> Vec<(BookingRow, Due)> {
    let (live_state, now) = (work.live_state(), work.now());
    let due = live_state
        .bookings()
        .iter()
        .filter_map(|row| Some((row.as_ref().clone(), due_of(live_state, &row.booking, now)?)));
    let mut due: Vec<_> = due.collect();
    due.sort_unstable_by_key(|(row, _)| row.booking.id);
    due.truncate(AT_ONCE);
    due
}

fn due_of(live_state: &LiveState, booking: &Booking, now: i64) -> Option<Due> {
    let setup = &live_state.setup().setup;
    let hall = setup.hall(&booking.hall);
    let rules = rules_of(hall);
    if let Some(changed) = booking.by_time(&rules, now) {
        let event = match changed.state {
            BookingState::NotCome => HallEvent::BookingNotCome,
            _ => HallEvent::BookingExpired,
        };
        return Some(Due::Changed(Box::new(changed), event));
    }
    if booking.is_over(&rules, now) {
        return Some(Due::Erased);
    }
    if booking.state != BookingState::Booked {
        return None;
    }
    let zone = hall.map_or(jiff::tz::TimeZone::UTC, zone);
    let concern = Concern::of(booking, setup, live_state.time(&zone));
    (concern != booking.concern).then(|| {
        let changed = Booking { concern, changed_at: now, ..booking.clone() };
        Due::Changed(Box::new(changed), HallEvent::BookingConcerned)
    })
}

fn apply(work: &mut UnitOfWork<'_>, row: &BookingRow, due: Due) {
    match due {
        Due::Changed(booking, event) => {
            put(work, BookingRow { booking: *booking, person: row.person.clone() }, event, "");
        }
        Due::Erased => {
            let (id, hall): (BookingId, _) = (row.booking.id, row.booking.hall.clone());
            work.put(Change::BookingErased(id));
            let detail = json!({ "booking": id });
            work.append_event(HallEvent::BookingErased, hall, About::Hall, "", &detail);
        }
    }
}

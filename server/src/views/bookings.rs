//! What a counter's page lists of bookings.

use std::sync::Arc;

use jiban_app::api::booking::{BookingListed, BookingsToday};
use jiban_domain::booking::{Booking, BookingState};
use jiban_domain::case::ApplicantKind;
use jiban_domain::identity::{masked_name, masked_telephone};
use jiban_domain::setup::{Counter, Hall};
use jiban_domain::{Millis, Refusal, Text};

use super::count;
use crate::change::BookingRow;
use crate::live_state::LiveState;
use crate::service::{AtCounter, HallService, opened_booking};
use crate::zone::day;

/// The most bookings of a list.
const SHOWN: usize = 500;

/// The bookings of today of a counter's lines, and those of its hall that cannot be kept.
///
/// # Errors
/// [`Refusal::UnknownCounter`].
pub fn today(service: &HallService, me: &AtCounter) -> Result<BookingsToday, Refusal> {
    let live_state = service.live_state();
    let setup = live_state.setup().clone();
    let (hall, counter) = setup.setup.counter(&me.counter).ok_or(Refusal::UnknownCounter)?;
    let today = day(hall, service.clock.now());
    let listed = |wanted: &dyn Fn(&Booking) -> bool| {
        let mut rows: Vec<_> = live_state
            .bookings()
            .iter()
            .filter(|row| row.booking.hall == hall.id && wanted(&row.booking))
            .cloned()
            .collect();
        rows.sort_unstable_by_key(|row| (row.booking.begins_at, row.booking.id));
        rows.truncate(SHOWN);
        rows.iter().map(|row| shown(service, &live_state, hall, row)).collect()
    };
    let seen = |state| {
        matches!(state, BookingState::Booked | BookingState::CheckedIn | BookingState::NotCome)
    };
    Ok(BookingsToday {
        today: listed(&|booking| {
            booking.day() == today && seen(booking.state) && serves(hall, counter, booking)
        }),
        concerned: listed(&|booking| {
            booking.concern.is_some()
                && booking.state == BookingState::Booked
                && booking.day() >= today
        }),
    })
}

/// How many of today are still to come to a counter's lines; `None` where the hall takes no
/// bookings and has none.
pub fn expected(
    live_state: &LiveState,
    hall: &Hall,
    counter: &Counter,
    now: Millis,
) -> Option<u32> {
    let today = day(hall, now);
    let of_today = |row: &&Arc<BookingRow>| {
        row.booking.hall == hall.id
            && row.booking.day() == today
            && row.booking.state == BookingState::Booked
            && serves(hall, counter, &row.booking)
    };
    let expected = live_state.bookings().iter().filter(of_today).count();
    (hall.booking.is_some() || expected > 0).then(|| count(expected))
}

/// Whether a counter serves the line in which a booking will wait.
fn serves(hall: &Hall, counter: &Counter, booking: &Booking) -> bool {
    let line = hall.matter(&booking.matter).map_or(&booking.line, |matter| &matter.line);
    counter.lines.contains(line)
}

fn shown(
    service: &HallService,
    live_state: &LiveState,
    hall: &Hall,
    row: &BookingRow,
) -> BookingListed {
    let booking = &row.booking;
    let person = row.person.as_ref().and_then(|by| {
        opened_booking(&service.vault, booking.token, by)
            .inspect_err(|error| tracing::error!(%error, "a booking's person could not be read"))
            .ok()
    });
    let (name, telephone) = person.unwrap_or_default();
    let matter = hall.matter(&booking.matter).map(|matter| matter.name.clone());
    let ticket = booking.ticket.and_then(|id| live_state.standing(id));
    BookingListed {
        id: booking.id,
        state: booking.state,
        day: booking.day().to_string(),
        slot: booking.slot(),
        matter_name: matter.unwrap_or_else(|| Text::from(booking.matter.as_str())),
        name: masked_name(ApplicantKind::Person, &name),
        telephone: masked_telephone(&telephone),
        ticket: ticket.map(|standing| standing.ticket.label()),
        late: booking.late,
        concern: booking.concern,
    }
}

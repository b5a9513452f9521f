//! Where the ticket of a booking stands in its line.
//!
//! Who checks in on time stands like one who arrived [`BookingRules::head_start_minutes`]
//! before the slot began, or when they really came, whichever is earlier. Who is late has no
//! such place. So the bound is certain, whatever else happens: somebody without a booking who
//! arrives at `a` is passed by a booking only if it checks in after `a` and its slot begins
//! between `a - late_minutes` and `a + head_start_minutes`. A slot has so many places, so at
//! most [`most_overtaking`] of them pass anybody, and none whose slot begins later than the
//! head start after their arrival.

use super::{Arrival, Booking, BookingState};
use crate::ids::{Millis, TicketId};
use crate::line::Rank;
use crate::setup::{BookingRules, Rules};
use crate::ticket::Priority;

/// The rank of a ticket that a booking becomes.
pub fn on_check_in(
    ticket: TicketId,
    booking: &Booking,
    arrival: Arrival,
    (now, class): (Millis, Priority),
    (rules, booking_rules): (&Rules, &BookingRules),
) -> Rank {
    let arrived = Rank::on_arrival(ticket, now, class, rules);
    match arrival {
        Arrival::OnTime => {
            Rank { at: arrived.at.min(stands_at(booking, booking_rules)), ..arrived }
        }
        Arrival::Late => arrived,
    }
}

/// The arrival like which a booking on time counts.
fn stands_at(booking: &Booking, rules: &BookingRules) -> Millis {
    booking.begins_at - BookingRules::millis(rules.head_start_minutes)
}

/// The most bookings of a line that can pass one visitor without a booking.
pub fn most_overtaking(places: u32, rules: &BookingRules) -> u32 {
    let window = rules.head_start_minutes + rules.late_minutes;
    places * (window / rules.slot_minutes.max(1) + 1)
}

/// A booking that may still check in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected<'a> {
    pub booking: &'a Booking,
}

/// The bookings that are expected to come in before a rank, among those of a line.
pub fn expected_before<'a>(
    bookings: impl Iterator<Item = &'a Booking>,
    rank: Millis,
    now: Millis,
    rules: &'a BookingRules,
) -> impl Iterator<Item = Expected<'a>> {
    bookings
        .filter(move |booking| {
            booking.state == BookingState::Booked
                && stands_at(booking, rules) < rank
                && now <= booking.begins_at + BookingRules::millis(rules.late_minutes)
        })
        .map(|booking| Expected { booking })
}

//! How a hall takes bookings. Where nothing authoritative was found, the values are those that
//! other cities set.

use serde::{Deserialize, Serialize};

use crate::day::Hours;
use crate::ids::Millis;

const MINUTE: Millis = 60_000;

/// The rules of a hall's bookings; a hall without them takes none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BookingRules {
    /// How many days can be booked: days on which the line has slots.
    pub days: u32,
    /// The first of them: 0 is today, 1 tomorrow.
    pub first_day: u32,
    /// The length of a slot.
    pub slot_minutes: u32,
    /// Places of each line in each slot; without a number as many as the share allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
    /// The most of a line's calls that may be bookings, in percent. The rest stays for those
    /// who come without.
    pub share_percent: u32,
    /// How long a slot is held for somebody who is still typing.
    pub hold_minutes: u32,
    /// How long a slot that became free is not offered: so nobody passes one on by cancelling
    /// it at the right moment.
    pub freed_minutes: u32,
    /// How long before their slot visitors may check in.
    pub early_minutes: u32,
    /// How long after its beginning a booking still counts; who is later waits like everyone.
    pub late_minutes: u32,
    /// A booked visitor stands in the line as one who arrived so long before the slot.
    pub head_start_minutes: u32,
    /// Whoever did not come so often is told so when booking again; 0 is never.
    pub told_after: u32,
    /// For so many days after that they cannot book; 0 is no consequence.
    pub barred_days: u32,
    /// Name and numbers are erased so many days after the day of the booking.
    pub kept_days: u32,
    /// When slots begin and end; without it, when the line is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

impl Default for BookingRules {
    fn default() -> Self {
        Self {
            days: 5,
            first_day: 1,
            slot_minutes: 30,
            places: None,
            share_percent: 50,
            hold_minutes: 15,
            freed_minutes: 30,
            early_minutes: 30,
            late_minutes: 15,
            head_start_minutes: 30,
            told_after: 2,
            barred_days: 0,
            kept_days: 30,
            hours: None,
        }
    }
}

impl BookingRules {
    pub(crate) fn millis(minutes: u32) -> Millis {
        Millis::from(minutes) * MINUTE
    }

    /// How long a hold lasts, in milliseconds.
    pub fn hold(&self) -> Millis {
        Self::millis(self.hold_minutes)
    }

    /// How long a freed slot rests, in milliseconds.
    pub fn rest(&self) -> Millis {
        Self::millis(self.freed_minutes)
    }
}

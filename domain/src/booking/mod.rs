//! A booking: a place in a slot of a coming day. On that day it becomes a ticket.
//!
//! - [`offer`]: the days and slots of a matter, and which places of them are free
//! - [`moves`]: what can happen to a booking, and when
//! - [`place_in_line`]: where its ticket stands, and how far that puts others back
//! - [`concern`]: what a change of the hall does to bookings that were made before
//! - [`refusal`]: every expected "no"
//!
//! Who booked is not here: names and numbers are sealed outside of the rules.

pub mod concern;
pub mod moves;
pub mod offer;
pub mod place_in_line;
pub mod refusal;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::day::Clock24;
use crate::ids::{HallId, LineId, MatterId, Millis, TicketId, Token};
use crate::text::{Lang, Text};

pub use concern::Concern;
pub use moves::{Arrival, New};
pub use offer::{DayOffer, Offers, SlotOffer, is_offered};
pub use place_in_line::{Expected, expected_before, on_check_in};
pub use refusal::BookingRefusal;

/// A booking's row. Visitors have its code and token.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct BookingId(pub i64);

/// One place of one slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SlotPlace {
    pub day: Date,
    /// When the slot begins, by the hall's clock.
    pub slot: Clock24,
    /// Counted from 1.
    pub place: u32,
}

/// A place that became free, and is not offered for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resting {
    #[serde(flatten)]
    pub place: SlotPlace,
    /// When it is offered again.
    pub until: Millis,
}

/// A booking as the database keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    pub id: BookingId,
    /// What the QR code holds.
    pub token: Token,
    /// Eight figures for who has no QR code at hand.
    pub code: String,
    pub hall: HallId,
    pub line: LineId,
    pub matter: MatterId,
    pub state: BookingState,
    /// One place of each slot that the matter takes, the first one first.
    pub places: Vec<SlotPlace>,
    /// Those it had before it was moved or cancelled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resting: Vec<Resting>,
    /// When its first slot begins.
    pub begins_at: Millis,
    /// When its last slot ends.
    pub ends_at: Millis,
    /// A hold that was not confirmed ends then.
    pub held_until: Millis,
    pub made_at: Millis,
    pub changed_at: Millis,
    /// A kiosk, a clerk, or empty for a phone.
    pub by: String,
    pub lang: Lang,
    /// The ticket that it became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// Checked in after it had lost its head start.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// What was found to be wrong with it, and told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concern: Option<Concern>,
}

impl Booking {
    /// The day of its first slot.
    pub fn day(&self) -> Date {
        self.places.first().map(|place| place.day).unwrap_or_default()
    }

    /// When its first slot begins, by the hall's clock.
    pub fn slot(&self) -> Clock24 {
        self.places.first().map(|place| place.slot).unwrap_or_default()
    }

    /// Whether it keeps its places from others at an instant.
    pub fn keeps_places(&self, now: Millis) -> bool {
        match self.state {
            BookingState::Held => now < self.held_until,
            BookingState::Booked | BookingState::CheckedIn | BookingState::NotCome => true,
            BookingState::Cancelled | BookingState::Expired => false,
        }
    }
}

/// Where a booking stands.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum BookingState {
    /// Its visitor is still typing.
    Held,
    Booked,
    /// It has become a ticket.
    CheckedIn,
    Cancelled,
    /// A hold that was not confirmed.
    Expired,
    /// Its time is over and nobody came. Later on that day somebody still may.
    NotCome,
}

impl BookingState {
    /// The state in the words of the screens.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Held => ("待确认", "Not confirmed yet"),
            Self::Booked => ("已预约", "Booked"),
            Self::CheckedIn => ("已报到", "Checked in"),
            Self::Cancelled => ("已取消", "Cancelled"),
            Self::Expired => ("未确认，已失效", "Not confirmed in time"),
            Self::NotCome => ("未到", "Did not come"),
        };
        Text::new(zh, en)
    }
}

#[cfg(test)]
mod tests;

//! A ticket: a place in a line today.
//!
//! - [`state`]: its states, and the verbs that move it
//! - [`moves`]: which verb applies to which state, and what it changes
//! - [`at_counter`]: which ticket a counter means, and calling the next
//! - [`leaving`]: what becomes of a counter's tickets when its clerk leaves
//! - [`handing_in`]: numbers that a terminal gave while it was cut off
//! - [`supervise`]: what a supervisor may do to any ticket of a hall, by an [`order_reason`]
//! - [`detail`]: what the trail keeps of each move
//! - [`priority`]: why someone goes before others
//!
//! A move takes a ticket and a moment and gives the ticket changed with its
//! event, or a refusal. To add a verb, see CONTRIBUTING.md.

pub mod at_counter;
pub mod detail;
pub mod handing_in;
pub mod leaving;
pub mod moves;
pub mod order_reason;
pub mod priority;
pub mod state;
pub mod supervise;

use serde::{Deserialize, Serialize};

use crate::event::TicketEvent;
use crate::ids::{CounterId, HallId, KioskId, LineId, MatterId, Millis, TicketId, Token};
use crate::line::Rank;

pub use at_counter::{Sending, Tickets, act, call_next, reopen};
pub use detail::Detail;
pub use handing_in::{NumberGiven, hand_in};
pub use leaving::{Leaving, Left};
pub use moves::{
    Destination, Moment, Moved, NewTicket, may_join, may_join_at_any_hour, next_state,
};
pub use order_reason::OrderReason;
pub use priority::Priority;
pub use state::{TicketState, Verb};
pub use supervise::Order;

/// A ticket as the database keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Its row.
    pub id: TicketId,
    /// What the QR code holds.
    pub token: Token,
    /// Where it was taken.
    pub hall: HallId,
    /// The business day it was taken, `YYYY-MM-DD`.
    pub day: String,
    /// The letter of the line it was taken in: stays on the slip after a transfer.
    pub letter: char,
    /// Counted from 1 each business day in each letter.
    pub number: u32,
    /// The line it waits in now.
    pub line: LineId,
    /// What the visitor came for.
    pub matter: MatterId,
    pub priority: Priority,
    pub state: TicketState,
    /// Its place in the order of its line.
    pub rank: Rank,
    /// The counter that has it, or had it last.
    pub counter: Option<CounterId>,
    /// Waits for this counter only: transferred to it.
    pub reserved_for: Option<CounterId>,
    /// How often it was called at its counter.
    pub calls: u32,
    /// The kiosk that issued it.
    pub kiosk: Option<KioskId>,
    /// When it was taken: also its first arrival, which a transfer keeps.
    pub issued_at: Millis,
    /// When it was first called: the end of the wait.
    pub first_called_at: Option<Millis>,
    /// When it was last called.
    pub called_at: Option<Millis>,
    /// When serving last began.
    pub begun_at: Option<Millis>,
    /// Time served before the present stretch (before a hold), in milliseconds.
    pub served_ms: Millis,
    /// When it came to an end, or was last missed.
    pub ended_at: Option<Millis>,
}

impl Ticket {
    /// The number as people say it: `A012`, and `A1000` past 999.
    pub fn label(&self) -> String {
        label(self.letter, self.number)
    }

    /// When one of its events happened, by the event's own time: a number that was handed in
    /// later was taken when its slip says.
    pub fn happened_at(&self, event: TicketEvent, at: Millis) -> Millis {
        if event == TicketEvent::Issued { self.issued_at } else { at }
    }
}

/// A letter and a number as people say them: three places, more when needed.
pub fn label(letter: char, number: u32) -> String {
    format!("{letter}{number:03}")
}

#[cfg(test)]
mod tests;

//! The API of those who supervise: all tickets of a hall, and what may be done to each.
//!
//! `GET /events/tickets?hall=ID` streams a [`TicketsNow`].

use jiban_domain::ticket::OrderReason;
use jiban_domain::{CounterId, HallId, LineId, Millis, Text, TicketId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::admin::HallBrief;
use super::calls;
use super::counter::{CounterLine, CounterOther, InHand, TicketShown};

calls! {
    OrderTicket => "/api/admin/order_ticket" -> InHand,
}

/// What is to be done to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// To another line or counter.
    Send,
    /// Before all others who wait.
    PutFirst,
    Cancel,
}

/// An order of a supervisor or director. A ticket of which something is taken says why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderTicket {
    /// Made by the page; a repeat gets the first answer.
    pub request_id: Uuid,
    pub hall: HallId,
    pub ticket: TicketId,
    pub order: OrderKind,
    /// Where it is sent: exactly one of the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LineId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<CounterId>,
    /// Also if nobody is signed in there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub though_empty: bool,
    pub reason: OrderReason,
}

/// All tickets of a hall that can still move.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TicketsNow {
    /// The halls to choose from.
    pub halls: Vec<HallBrief>,
    pub hall: HallId,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds.
    pub now: Millis,
    /// Those at counters, on hold, waiting in their order, missed; at most 500.
    pub tickets: Vec<HallTicket>,
    /// All of them.
    pub total: u32,
    pub lines: Vec<CounterLine>,
    pub counters: Vec<CounterOther>,
}

/// A ticket of the hall.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HallTicket {
    pub ticket: TicketShown,
    pub matter_name: Text,
}

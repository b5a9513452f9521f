//! The API of a counter.
//!
//! `GET /api/counter/now` and `GET /events/counter` (with the sign-in's cookie)
//! return a [`CounterNow`]. The stream sends it as a whole on each (re)connect
//! and whenever something in it changes, and ends with the session. `GET
//! /api/counter/places` returns the [`Places`] where one may sign in, and needs
//! no session.

use jiban_domain::schedule::CallsFrom;
use jiban_domain::ticket::{Leaving, Priority, Ticket, TicketState};
use jiban_domain::{BundleId, CaseId, CounterId, HallId, LineId, MatterId, Millis, Text, TicketId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::drafts::DraftsNow;
use super::kiosk::PrinterNow;
use super::session::{self, CounterWorkplace, SignedIn};
use super::{Done, calls};

calls! {
    CallNext => "/api/counter/call_next" -> InHand,
    Recall => "/api/counter/recall" -> InHand,
    Begin => "/api/counter/begin" -> InHand,
    Hold => "/api/counter/hold" -> InHand,
    Resume => "/api/counter/resume" -> InHand,
    TakeUp => "/api/counter/take_up" -> InHand,
    PutBack => "/api/counter/put_back" -> InHand,
    Finish => "/api/counter/finish" -> InHand,
    Reopen => "/api/counter/reopen" -> InHand,
    Transfer => "/api/counter/transfer" -> InHand,
    MarkMissed => "/api/counter/mark_missed" -> InHand,
    Reinstate => "/api/counter/reinstate" -> InHand,
    SignOut => "/api/counter/sign_out" -> Done,
}

/// Where one may sign in: every hall with its counters, in the order of the
/// hall file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Places {
    /// Only those that have counters.
    pub halls: Vec<PlacesOfHall>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacesOfHall {
    pub id: HallId,
    pub name: Text,
    pub counters: Vec<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub id: CounterId,
    pub name: Text,
    pub taken_by: Option<Text>,
}

/// Sign in at a counter.
pub type SignIn = session::SignIn<CounterWorkplace>;

/// Sign out. The counter closes. While it has tickets, this is refused with `tickets_left`
/// until `tickets` says what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SignOut {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tickets: Option<Leaving>,
}

/// Call the next ticket of the counter's lines. A ticket that is being served
/// is finished by it; one whose visitor has not come is marked missed and can
/// be reinstated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallNext {
    /// Made by the page; a repeat gets the first answer.
    pub request_id: Uuid,
    /// The ticket the page shows in hand, 0 if none. If another is in hand by
    /// now, because someone else at the counter was faster, the call is refused
    /// (`counter_busy`) instead of skipping a visitor. If absent, it is not
    /// checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_hand: Option<TicketId>,
}

/// Defines the calls that act on the ticket in hand unless one is named.
macro_rules! on_a_ticket {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// Made by the page; a repeat gets the first answer.
            pub request_id: Uuid,
            /// The ticket, if it is not the one in hand.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub ticket: Option<TicketId>,
        }
    )+};
}

on_a_ticket! {
    /// Call the same ticket again.
    Recall,
    /// The visitor has come: begin the service.
    Begin,
    /// Put the ticket on hold.
    Hold,
    /// Resume a ticket on hold. It must be named if several are on hold here.
    Resume,
    /// Call a ticket on hold to this counter, also one of another counter if it is of one of
    /// the lines here.
    TakeUp,
    /// Put the ticket back into its line.
    PutBack,
    /// Finish the service. A visitor who was called and has not come is marked missed.
    Finish,
    /// Take back the last end at this counter, within 20 seconds. The service goes on, or
    /// the ticket is on hold if the next was called.
    Reopen,
    /// The visitor did not come.
    MarkMissed,
    /// A missed visitor has come after all. The ticket must be named if several
    /// were missed here.
    Reinstate,
}

/// Transfer to another line or counter; exactly one of the two is given. Refused with
/// `nobody_there` where nobody is signed in, unless `though_empty` is true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Made by the page; a repeat gets the first answer.
    pub request_id: Uuid,
    /// The ticket, if it is not the one in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LineId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<CounterId>,
    /// The clerk knows that nobody is signed in there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub though_empty: bool,
}

/// The ticket after the call; null if nobody is waiting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InHand {
    pub ticket: Option<TicketShown>,
}

/// A ticket as a clerk sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TicketShown {
    pub id: TicketId,
    /// `A001`.
    pub number: String,
    /// The state.
    pub state: TicketState,
    /// The line it waits or waited in.
    pub line: LineId,
    pub matter: MatterId,
    pub priority: Priority,
    /// The counter that has it, or had it last.
    pub counter: Option<CounterId>,
    /// It waits for this counter only.
    pub reserved_for: Option<CounterId>,
    /// How often it was called here.
    pub calls: u32,
    /// When it was taken.
    pub issued_at: Millis,
    /// When it was last called.
    pub called_at: Option<Millis>,
    /// When service last began.
    pub begun_at: Option<Millis>,
    /// How long it was served before the present stretch, in milliseconds.
    #[serde(default)]
    pub served_ms: Millis,
    /// When it ended, or was missed.
    pub ended_at: Option<Millis>,
}

impl From<&Ticket> for TicketShown {
    fn from(ticket: &Ticket) -> Self {
        Self {
            id: ticket.id,
            number: ticket.label(),
            state: ticket.state,
            line: ticket.line.clone(),
            matter: ticket.matter.clone(),
            priority: ticket.priority,
            counter: ticket.counter.clone(),
            reserved_for: ticket.reserved_for.clone(),
            calls: ticket.calls,
            issued_at: ticket.issued_at,
            called_at: ticket.called_at,
            begun_at: ticket.begun_at,
            served_ms: ticket.served_ms,
            ended_at: ticket.ended_at,
        }
    }
}

/// All a counter's page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CounterNow {
    pub clerk: SignedIn,
    pub counter: CounterId,
    pub counter_name: Text,
    pub hall: HallId,
    pub hall_name: Text,
    /// IANA name of the hall's time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds.
    pub now: Millis,
    /// Calls before a visitor counts as missed.
    pub calls_before_missed: u32,
    pub in_hand: Option<TicketShown>,
    /// On hold at this counter.
    pub on_hold: Vec<TicketShown>,
    /// On hold at other counters, in the lines of this one.
    #[serde(default)]
    pub held_elsewhere: Vec<TicketShown>,
    /// Finished here last; its end can be taken back for 20 seconds.
    #[serde(default)]
    pub just_finished: Option<TicketShown>,
    /// Missed in the counter's lines today, newest first, at most 20.
    pub missed: Vec<TicketShown>,
    /// Waiting in the counter's lines, in the order of calling, at most 60.
    pub waiting: Vec<TicketShown>,
    /// All that wait in the counter's lines.
    pub waiting_count: u32,
    /// All lines of the hall, for their names and for transfers.
    pub lines: Vec<CounterLine>,
    /// All counters of the hall, for transfers.
    pub counters: Vec<CounterOther>,
    /// Names and materials of the hall's matters.
    pub matters: Vec<MatterBrief>,
    /// The bundles of the hall.
    #[serde(default)]
    pub bundles: Vec<BundleBrief>,
    /// The hall sends text messages; otherwise an applicant cannot choose them.
    #[serde(default)]
    pub sends_messages: bool,
    /// The counter has a network printer; otherwise the browser prints.
    #[serde(default)]
    pub prints: bool,
    /// Cases opened from the ticket in hand: id and number.
    #[serde(default)]
    pub cases: Vec<(CaseId, String)>,
    /// Kiosks of the hall with a printer problem.
    pub ill_printers: Vec<IllPrinter>,
    pub finished_today: u32,
    /// Bookings of today for the counter's lines that have not arrived; null where the hall
    /// takes none.
    #[serde(default)]
    pub bookings_expected: Option<u32>,
    /// The drafts that were sent before a visit.
    #[serde(default)]
    pub drafts: DraftsNow,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterLine {
    pub id: LineId,
    pub letter: char,
    pub name: Text,
    pub waiting: u32,
    /// This counter serves it.
    pub mine: bool,
    /// When calling begins again; null while it goes on.
    #[serde(default)]
    pub calls_from: Option<CallsFrom>,
    /// Counters that serve it and at which somebody is signed in.
    #[serde(default)]
    pub counters_open: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterOther {
    pub id: CounterId,
    pub name: Text,
    /// Someone is signed in there.
    pub open: bool,
}

/// A matter as a clerk needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterBrief {
    pub id: MatterId,
    pub name: Text,
    /// What the visitor has to bring.
    pub materials: Vec<jiban_domain::setup::Material>,
}

/// Matters handled as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleBrief {
    pub id: BundleId,
    pub name: Text,
    pub matters: Vec<MatterId>,
}

/// A kiosk with a printer problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IllPrinter {
    /// The state.
    pub kiosk: Text,
    pub printer: PrinterNow,
}

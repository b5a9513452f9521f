//! What a counter asks and hears.
//!
//! `GET /api/counter/now` and `GET /events/counter` (with the cookie of the
//! sign-in) give a [`CounterNow`]; the stream sends it whole at each
//! (re)connect and whenever something in it changes; the stream ends with the
//! session. `GET /api/counter/places` gives the [`Places`] one may sign in at,
//! and needs no session.

use jiban_domain::ticket::{Priority, TicketState};
use jiban_domain::{BundleId, CaseId, CounterId, HallId, LineId, MatterId, Millis, Text, TicketId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::calls;
use super::kiosk::PrinterNow;
use super::session::{self, CounterWorkplace, SignedIn};

calls! {
    CallNext => "/api/counter/call_next" -> InHand,
    Recall => "/api/counter/recall" -> InHand,
    Begin => "/api/counter/begin" -> InHand,
    Hold => "/api/counter/hold" -> InHand,
    Resume => "/api/counter/resume" -> InHand,
    Finish => "/api/counter/finish" -> InHand,
    Transfer => "/api/counter/transfer" -> InHand,
    MarkMissed => "/api/counter/mark_missed" -> InHand,
    Reinstate => "/api/counter/reinstate" -> InHand,
}

/// Where one may sign in: every hall with its counters, as in the hall file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Places {
    /// The halls that have counters.
    pub halls: Vec<PlacesOfHall>,
}

/// A hall's counters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacesOfHall {
    /// Its id.
    pub id: HallId,
    /// Its name.
    pub name: Text,
    /// Its counters.
    pub counters: Vec<Place>,
}

/// A counter one may sign in at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its id.
    pub id: CounterId,
    /// Its name.
    pub name: Text,
    /// Who is signed in there now.
    pub taken_by: Option<Text>,
}

/// Signs a clerk in at a counter.
pub type SignIn = session::SignIn<CounterWorkplace>;

/// Signs the clerk out; the counter closes.
pub type SignOut = session::SignOut<CounterWorkplace>;

/// Call the next ticket of the counter's lines. One in hand that is being
/// served is finished by it; one that was called and has not come is marked
/// missed, and can be reinstated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallNext {
    /// Made by the console; a repeat gets the first answer.
    pub request_id: Uuid,
    /// The ticket the console shows in hand, 0 where it shows none. Where it is
    /// another by now, because someone else at the counter was faster, the call
    /// is refused (`counter_busy`) instead of passing over a visitor. Absent:
    /// not checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_hand: Option<TicketId>,
}

/// Writes the verbs that act on the ticket in hand unless one is named.
macro_rules! on_a_ticket {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// Made by the console; a repeat gets the first answer.
            pub request_id: Uuid,
            /// The ticket, where it is not the one in hand.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub ticket: Option<TicketId>,
        }
    )+};
}

on_a_ticket! {
    /// Call the same ticket once more.
    Recall,
    /// The visitor has come.
    Begin,
    /// Set aside.
    Hold,
    /// Take up again what was set aside; the ticket must be named where more
    /// than one is on hold here.
    Resume,
    /// Done.
    Finish,
    /// The visitor did not come.
    MarkMissed,
    /// A missed visitor is here after all; the ticket must be named where more
    /// than one was missed here.
    Reinstate,
}

/// Send on to another line or counter; exactly one of the two is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Made by the console; a repeat gets the first answer.
    pub request_id: Uuid,
    /// The ticket, where it is not the one in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// To this line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LineId>,
    /// To this counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<CounterId>,
}

/// The ticket the verb was done to; null when nobody waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InHand {
    /// The ticket.
    pub ticket: Option<TicketShown>,
}

/// A ticket as a clerk sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TicketShown {
    /// Its row.
    pub id: TicketId,
    /// `A001`.
    pub number: String,
    /// Where it stands.
    pub state: TicketState,
    /// The line it waits or waited in.
    pub line: LineId,
    /// What the visitor came for.
    pub matter: MatterId,
    /// Its class.
    pub priority: Priority,
    /// The counter that has it, or had it last.
    pub counter: Option<CounterId>,
    /// Waits for this counter only.
    pub reserved_for: Option<CounterId>,
    /// How often it was called here.
    pub calls: u32,
    /// When it was taken.
    pub issued_at: Millis,
    /// When it was last called.
    pub called_at: Option<Millis>,
    /// When serving last began.
    pub begun_at: Option<Millis>,
    /// When it ended, or was missed.
    pub ended_at: Option<Millis>,
}

/// All a counter's page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CounterNow {
    /// Who is signed in.
    pub clerk: SignedIn,
    /// The counter.
    pub counter: CounterId,
    /// Its name.
    pub counter_name: Text,
    /// Its hall.
    pub hall: HallId,
    /// The hall's name.
    pub hall_name: Text,
    /// IANA name of the hall's time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds.
    pub now: Millis,
    /// Calls before a visitor counts as missed.
    pub calls_before_missed: u32,
    /// The ticket in hand.
    pub in_hand: Option<TicketShown>,
    /// Set aside here.
    pub on_hold: Vec<TicketShown>,
    /// Missed in my lines today, newest first, at most 20.
    pub missed: Vec<TicketShown>,
    /// Who waits in my lines, in the order they will be called, at most 60.
    pub waiting: Vec<TicketShown>,
    /// How many wait in my lines in all.
    pub waiting_count: u32,
    /// Every line of the hall: names, and where to transfer to.
    pub lines: Vec<CounterLine>,
    /// Every counter of the hall: where to transfer to.
    pub counters: Vec<CounterOther>,
    /// Names and papers of the matters.
    pub matters: Vec<MatterBrief>,
    /// The bundles of the hall.
    #[serde(default)]
    pub bundles: Vec<BundleBrief>,
    /// The counter's own printer prints papers; else the browser does.
    #[serde(default)]
    pub prints: bool,
    /// Cases opened from the ticket in hand: id and number.
    #[serde(default)]
    pub cases: Vec<(CaseId, String)>,
    /// Kiosks of the hall whose printer is ill.
    pub ill_printers: Vec<IllPrinter>,
    /// Finished at this counter today.
    pub finished_today: u32,
}

/// A line as a counter sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterLine {
    /// Its id.
    pub id: LineId,
    /// Its letter.
    pub letter: char,
    /// Its name.
    pub name: Text,
    /// People waiting.
    pub waiting: u32,
    /// Served by this counter.
    pub mine: bool,
}

/// Another counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterOther {
    /// Its id.
    pub id: CounterId,
    /// Its name.
    pub name: Text,
    /// Someone is signed in there.
    pub open: bool,
}

/// What a clerk must know of a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterBrief {
    /// Its id.
    pub id: MatterId,
    /// Its name.
    pub name: Text,
    /// What the visitor should have brought.
    pub materials: Vec<jiban_domain::setup::Material>,
}

/// Matters that are handled as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleBrief {
    /// Its id.
    pub id: BundleId,
    /// Its name.
    pub name: Text,
    /// Its matters.
    pub matters: Vec<MatterId>,
}

/// A kiosk whose printer is ill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IllPrinter {
    /// Where it stands.
    pub kiosk: Text,
    /// What is wrong.
    pub printer: PrinterNow,
}

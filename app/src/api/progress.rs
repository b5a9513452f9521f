//! `GET /api/progress?token=`: where one ticket is. The same comes over
//! `GET /events/progress?token=` at each (re)connect and with each change.

use jiban_domain::case::{CaseState, StepState};
use jiban_domain::event::TicketEvent;
use jiban_domain::setup::{Form, Material};
use jiban_domain::ticket::TicketState;
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{CounterId, Millis, Text, Token};
use serde::{Deserialize, Serialize};

/// Where a ticket is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// `A001`.
    pub number: String,
    /// Where it stands.
    pub state: TicketState,
    /// People ahead; null unless waiting.
    pub ahead: Option<u32>,
    /// The wait; null unless waiting, and when no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
    /// The counter it was called to; null before.
    pub counter: Option<CounterId>,
    /// That counter's name.
    pub counter_name: Option<Text>,
    /// The hall's name.
    pub hall: Text,
    /// The telephone of the information desk.
    pub telephone: String,
    /// The line's name.
    pub line: Text,
    /// What the visitor came for.
    pub matter: Text,
    /// What to bring for it.
    pub materials: Vec<Material>,
    /// IANA name of the hall's time zone.
    pub time_zone: String,
    /// The business day it was taken.
    pub day: String,
    /// What happened so far, oldest first.
    pub events: Vec<Happened>,
    /// The case opened at this visit; the last, where there were several.
    #[serde(default)]
    pub case: Option<CaseProgress>,
}

/// Where a case is, as its applicant sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseProgress {
    /// Twelve figures.
    pub number: String,
    /// The address that was opened is the case's own, not the ticket's.
    pub by_own_token: bool,
    /// The case's own token: its page's address.
    pub token: Token,
    /// Where it stands.
    pub state: CaseState,
    /// What it is for.
    pub name: Text,
    /// The applicant's name, masked.
    pub applicant: String,
    /// When it was opened.
    pub opened_at: Millis,
    /// When it was accepted.
    pub accepted_at: Option<Millis>,
    /// `YYYY-MM-DD`: by when it is decided.
    pub due: Option<String>,
    /// The calendar ends before that day.
    pub due_provisional: bool,
    /// Working days left; negative when late; null before acceptance and after
    /// the decision.
    pub days_left: Option<i64>,
    /// The stretches in which the clock stood still, the earliest first.
    pub pauses: Vec<PauseProgress>,
    /// Its way, from the counter to the window for results.
    pub steps: Vec<StepProgress>,
    /// What is missing, and by when it is wanted.
    pub missing: Vec<MissingMaterial>,
    /// What else was said when it was told.
    pub missing_note: String,
    /// Where and when to fetch the result; null until it is ready.
    pub ready: Option<Ready>,
    /// Why it was rejected, not accepted, or ended; and the parts concerned.
    pub refused: Vec<RefusedPart>,
    /// The department's telephone for questions about it.
    pub telephone: Option<String>,
    /// Other cases of the same visit: number, name, token.
    pub others: Vec<(String, Text, Token)>,
}

/// A stretch in which a case's clock stood still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseProgress {
    /// Why, in words.
    pub ground: Text,
    /// `YYYY-MM-DD`: its first day.
    pub from: String,
    /// Its last day; null while it lasts.
    pub to: Option<String>,
}

/// A step of a case's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepProgress {
    /// What is done in it.
    pub name: Text,
    /// The matter it belongs to; null of the first and last step, and where the
    /// case has one matter.
    pub matter: Option<Text>,
    /// Who has it.
    pub department: Text,
    /// Where it stands; the first and last step too.
    pub state: StepState,
    /// When it came there; null while it is to come.
    pub at: Option<Millis>,
    /// `YYYY-MM-DD`: by when it is to be done.
    pub due: Option<String>,
}

/// A material that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingMaterial {
    /// Counted from 1 in its case.
    pub id: u32,
    /// Its name.
    pub name: Text,
    /// In what form.
    pub form: Form,
    /// `YYYY-MM-DD`: by when it was promised; null where no day was set.
    pub until: Option<String>,
    /// A photograph by the phone page will do for now.
    pub by_phone: bool,
}

/// A result that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ready {
    /// Where it is fetched.
    #[serde(rename = "where")]
    pub place: Text,
    /// Since when.
    pub since: Millis,
    /// The code that fetches it: six figures; empty once it was fetched.
    pub code: String,
    /// The documents: name, and the code anyone checks them by.
    pub documents: Vec<ReadyDocument>,
    /// When it was fetched or posted.
    pub handed_at: Option<Millis>,
    /// The carrier and number, where it was posted.
    pub posted: Option<(String, String)>,
}

/// A document that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadyDocument {
    /// What it is.
    pub name: Text,
    /// What anyone checks it by, at `/verify/{code}`.
    pub code: String,
    /// It was taken back.
    pub revoked: bool,
}

/// A "no" and its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedPart {
    /// The matter.
    pub name: Text,
    /// Who decided; null where a rule did.
    pub department: Option<Text>,
    /// The reasons.
    pub reason: Text,
    /// Appeal is possible (行政复议, 行政诉讼): the page says how.
    pub may_appeal: bool,
}

/// An event of the ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// UTC milliseconds.
    pub at: Millis,
    /// In snake case on the wire: `issued`, `called` and so on.
    pub kind: TicketEvent,
}

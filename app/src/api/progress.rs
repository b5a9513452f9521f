//! `GET /api/progress?token=`: the progress of one ticket. `GET
//! /events/progress?token=` sends the same on each (re)connect and after each
//! change.

use jiban_domain::case::{CaseState, StepState};
use jiban_domain::event::TicketEvent;
use jiban_domain::schedule::CallsFrom;
use jiban_domain::setup::{Material, MaterialForm};
use jiban_domain::ticket::{Priority, TicketState};
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{CounterId, Millis, Text, Token};
use serde::{Deserialize, Serialize};

use super::commitment::CommitmentShown;

/// The progress of a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// `A001`.
    pub number: String,
    /// The state.
    pub state: TicketState,
    /// People ahead; null unless waiting.
    pub ahead: Option<u32>,
    /// The estimated wait, counted from `calls_from` where that is set; null unless waiting,
    /// and if no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
    /// When calling begins again; null unless waiting, and while it goes on.
    #[serde(default)]
    pub calls_from: Option<CallsFrom>,
    /// The class it was taken with.
    #[serde(default)]
    pub priority: Priority,
    /// The counter it was called to; null before.
    pub counter: Option<CounterId>,
    pub counter_name: Option<Text>,
    pub hall: Text,
    /// The telephone of the information desk.
    pub telephone: String,
    pub line: Text,
    pub matter: Text,
    pub materials: Vec<Material>,
    /// IANA name of the hall's time zone.
    pub time_zone: String,
    /// The business day on which it was taken.
    pub day: String,
    /// What happened so far, oldest first.
    pub events: Vec<Happened>,
    /// The case opened at this visit; the last of several.
    #[serde(default)]
    pub case: Option<CaseProgress>,
}

/// The progress of a case, for its applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseProgress {
    /// Twelve digits.
    pub number: String,
    /// The token was one of the case's, not the ticket's.
    pub by_own_token: bool,
    /// It was found by its number: neither a token nor a code is here, nor anything about
    /// persons or what they were told.
    #[serde(default)]
    pub by_pass: bool,
    /// Opens its page: the case's own token where that was given, else its view token; null
    /// for a pass.
    pub token: Option<Token>,
    /// The state.
    pub state: CaseState,
    pub name: Text,
    /// Masked.
    pub applicant: String,
    pub opened_at: Millis,
    pub accepted_at: Option<Millis>,
    /// `YYYY-MM-DD`: the day the decision is due.
    pub due: Option<String>,
    /// The calendar ends before that day.
    pub due_provisional: bool,
    /// Working days left, negative when overdue; null before acceptance and
    /// after the decision.
    pub days_left: Option<i64>,
    /// The pauses of the deadline, the earliest first.
    pub pauses: Vec<PauseProgress>,
    /// Its steps, from the counter to the Results window.
    pub steps: Vec<StepProgress>,
    pub missing: Vec<MissingMaterial>,
    /// The note of the notice of missing materials.
    pub missing_note: String,
    /// Departments that asked for more materials and wait for them (补正).
    #[serde(default)]
    pub asked: Vec<AskedFor>,
    /// What was sent from the phone page.
    #[serde(default)]
    pub sent: Vec<SentMaterial>,
    /// What was committed to instead of being proved, and how far its check is.
    #[serde(default)]
    pub commitment: Option<CommitmentShown>,
    /// Where to collect the result; null until it is ready.
    pub ready: Option<Ready>,
    /// The reasons why it, or parts of it, were rejected, not accepted or
    /// ended.
    pub refused: Vec<RefusedPart>,
    /// The department's telephone number for enquiries.
    pub telephone: Option<String>,
    /// Other cases of the same visit: number, name, token.
    pub others: Vec<(String, Text, Token)>,
}

impl CaseProgress {
    /// Whether the check of a commitment may still change it.
    pub fn is_checked(&self) -> bool {
        self.commitment.as_ref().is_some_and(CommitmentShown::is_checked)
    }
}

/// A pause of a case's deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseProgress {
    pub ground: Text,
    /// `YYYY-MM-DD`: its first day.
    pub from: String,
    /// Its last day; null while it continues.
    pub to: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepProgress {
    pub name: Text,
    /// Null for the first and last step, and if the case has only one matter.
    pub matter: Option<Text>,
    pub department: Text,
    pub state: StepState,
    /// When it was decided or opened; null if it has not begun.
    pub at: Option<Millis>,
    /// `YYYY-MM-DD`: the day it is due.
    pub due: Option<String>,
}

/// A material that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingMaterial {
    /// Numbered from 1 within the case.
    pub id: u32,
    pub name: Text,
    pub form: MaterialForm,
    /// `YYYY-MM-DD`: the day promised for it; null if there is none.
    pub until: Option<String>,
    /// A photograph from the phone page is enough for now.
    pub by_phone: bool,
    /// A department asked for it after acceptance.
    #[serde(default)]
    pub asked: bool,
    /// What was sent of it could not be read: what is said about that, which may be empty.
    #[serde(default)]
    pub unreadable: Option<String>,
}

/// A department that asked for more materials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedFor {
    pub department: Text,
    pub at: Millis,
    /// Why, in the reviewer's words; empty where none were given, and for a pass.
    pub reason: String,
}

/// A material of which files were sent from the phone page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentMaterial {
    /// Numbered from 1 within the case.
    pub id: u32,
    pub name: Text,
    pub files: Vec<SentFile>,
    /// More may be added.
    pub takes_more: bool,
}

/// A file that was sent from the phone page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFile {
    /// Its thumbnail is at `/t/{token}/file/{file}`; none where the page was not opened by
    /// the case's own token.
    pub file: Option<String>,
    /// What its sender called it; empty where there is no thumbnail either.
    pub name: String,
    /// `jpeg`, `png`, `webp`, `pdf` or `ofd`.
    pub kind: String,
    pub bytes: u64,
    pub at: Millis,
    /// It could not be read, so another was asked for.
    pub unreadable: bool,
}

/// A result that waits to be collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ready {
    /// Where it is collected.
    #[serde(rename = "where")]
    pub place: Text,
    pub since: Millis,
    /// The pick-up code, six digits; empty once it was collected, and where the page was
    /// not opened by the case's own token.
    pub code: String,
    pub documents: Vec<ReadyDocument>,
    /// All of them were revoked: there is nothing to collect.
    #[serde(default)]
    pub revoked: bool,
    /// When it was collected or posted.
    pub handed_at: Option<Millis>,
    /// Carrier and tracking number, if it was posted.
    pub posted: Option<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadyDocument {
    /// The document's name.
    pub name: Text,
    /// The code that verifies it, at `/verify/{code}`.
    pub code: String,
    pub revoked: bool,
    /// Why; empty unless it was revoked.
    #[serde(default)]
    pub revoked_because: String,
}

/// A refused matter and the reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedPart {
    pub name: Text,
    /// The department that decided; null if a rule did.
    pub department: Option<Text>,
    pub reason: Text,
    /// An appeal is possible (行政复议, 行政诉讼); the page says how.
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

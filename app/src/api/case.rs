//! A case as clerks and reviewers see it, and what anyone may ask about one.
//!
//! - `POST /api/case/find` finds a case by its number and the last four of the
//!   applicant's number: what a kiosk asks.
//! - `POST /api/case/supply?token=&material=` takes a photograph of a material
//!   that is missing; the body is the file. The phone page's form sends the
//!   same to `/t/{token}/supply`.
//! - `GET /api/verify?code=` gives a [`Verified`].

use jiban_domain::case::{
    ApplicantKind, CaseState, Colour, MaterialState, PartState, StepRef, StepState, ToldBy,
};
use jiban_domain::setup::Form;
use jiban_domain::{CaseId, CounterId, DepartmentId, HallId, KioskId, MatterId, Millis, Text};
use jiban_domain::{TicketId, Token};
use serde::{Deserialize, Serialize};

use super::calls;

calls! {
    FindCase => "/api/case/find" -> FoundCase,
}

/// Find a case without its slip. Too many wrong tries of one number are
/// refused for a while (`locked_out`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindCase {
    /// The case's number, as typed.
    pub number: String,
    /// The last four of the identity number or credit code.
    pub last_four: String,
    /// The kiosk that asks, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kiosk: Option<KioskId>,
}

/// The case found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCase {
    /// Opens its page, `GET /api/progress?token=`.
    pub token: Token,
}

/// What a document's code says of it. Nothing in it is personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Whether it is good.
    pub result: Verdict,
    /// The matter it is of; null when unknown, like all below.
    pub matter: Option<Text>,
    /// What it is.
    pub document: Option<Text>,
    /// `YYYY-MM-DD`.
    pub issued_on: Option<String>,
    /// The department that issued it.
    pub issuer: Option<Text>,
    /// `YYYY-MM-DD`, of a revoked one.
    pub revoked_on: Option<String>,
}

/// Whether a document is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Issued here, and good.
    Genuine,
    /// Issued here, and taken back.
    Revoked,
    /// Not issued here, or mistyped.
    Unknown,
}

/// A case as those who work on it see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own; any may hold with any other.
pub struct CaseShown {
    /// Its row.
    pub id: CaseId,
    /// Twelve figures.
    pub number: String,
    /// Opens its page.
    pub token: Token,
    /// Where it stands.
    pub state: CaseState,
    /// Its hall.
    pub hall: HallId,
    /// IANA name of the hall's time zone.
    pub time_zone: String,
    /// The visit it came from.
    pub ticket: Option<TicketId>,
    /// The id of its matter or bundle.
    pub subject: String,
    /// It is a bundle.
    pub is_bundle: bool,
    /// The name of that.
    pub name: Text,
    /// Who applies; masked unless [`Applicant::whole`].
    pub applicant: Applicant,
    /// The asker has the case, and may see the applicant whole by
    /// `POST /api/counter/look` or `/api/office/look`, which is an event.
    pub may_look: bool,
    /// How the applicant wants to be told.
    pub told_by: ToldBy,
    /// The name of the clerk who has it.
    pub clerk: Text,
    /// The counter it was opened at.
    pub counter: CounterId,
    /// The clerk can decide it on the spot (即办件).
    pub immediate: bool,
    /// Working days promised.
    pub promised_days: u16,
    /// What is asked for.
    pub materials: Vec<MaterialShown>,
    /// Its matters.
    pub parts: Vec<PartShown>,
    /// When it was opened.
    pub opened_at: Millis,
    /// When it was accepted.
    pub accepted_at: Option<Millis>,
    /// `YYYY-MM-DD`: by when it is decided; before acceptance, what it would be
    /// if it were accepted today.
    pub due: Option<String>,
    /// The calendar ends before that day: it is recomputed when the year arrives.
    pub due_provisional: bool,
    /// `YYYY-MM-DD`: the limit of the law.
    pub statutory_due: Option<String>,
    /// How near the deadline is; none before acceptance and after the decision.
    pub colour: Option<Colour>,
    /// Working days left; negative when late.
    pub days_left: Option<i64>,
    /// The deadline is past.
    pub late: bool,
    /// What stops the clock now.
    pub paused: Vec<PauseShown>,
    /// When all that was missing was told, if it was.
    pub told_at: Option<Millis>,
    /// The promise to bring what is deferred.
    pub promise: Option<PromiseShown>,
    /// A promise can be offered: the applicant has broken none lately.
    pub may_promise: bool,
    /// `YYYY-MM-DD`: the last day a promise may name.
    pub promise_until: Option<String>,
    /// Nothing stands in the way of accepting it now.
    pub may_accept: bool,
    /// The documents it led to.
    pub results: Vec<ResultShown>,
    /// When it was fetched or posted.
    pub handed_at: Option<Millis>,
    /// The carrier and number, where it was posted.
    pub posted: Option<(String, String)>,
    /// Why it ended, where there is something to say.
    pub reason: Text,
    /// What happened, oldest first.
    pub happened: Vec<CaseEvent>,
}

/// Who applies.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Applicant {
    /// Person or business.
    pub kind: ApplicantKind,
    /// The name.
    pub name: String,
    /// Identity number or credit code.
    pub number: String,
    /// The telephone.
    pub telephone: String,
    /// As written; else masked, and empty once erased.
    #[serde(default)]
    pub whole: bool,
}

/// A material of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialShown {
    /// Counted from 1 in its case.
    pub id: u32,
    /// Its name.
    pub name: Text,
    /// In what form.
    pub form: Form,
    /// May follow later.
    pub deferrable: bool,
    /// Where it stands.
    pub state: MaterialState,
    /// When it was put there last.
    pub at: Option<Millis>,
    /// It came by the phone page.
    pub by_phone: bool,
    /// The earlier case it was taken over from.
    pub from_earlier: Option<String>,
    /// `YYYY-MM-DD`: the last day for it, where it is promised.
    pub until: Option<String>,
    /// A department asked for it after acceptance.
    pub asked: bool,
    /// The hall has it from an earlier case: what, and the case's number.
    pub offer: Option<Offer>,
    /// Photographs and scans.
    pub files: Vec<FileShown>,
}

/// Something the hall has already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The number of the earlier case.
    pub case: String,
    /// What it is there.
    pub name: Text,
    /// A licence the hall issued itself; else a paper brought then.
    pub issued_here: bool,
    /// When it came or was issued.
    pub at: Millis,
}

/// A photograph or scan. `GET …/file?case=&file=` gives it, with `&small=true`
/// its thumbnail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileShown {
    /// Its id.
    pub file: String,
    /// `jpeg`, `png` or `pdf`.
    pub kind: String,
    /// How large it is.
    pub bytes: u64,
    /// When it was attached.
    pub at: Millis,
}

/// A matter of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartShown {
    /// The matter.
    pub matter: MatterId,
    /// Its name.
    pub name: Text,
    /// Where it stands.
    pub state: PartState,
    /// The names of the parts whose results it needs.
    pub after: Vec<Text>,
    /// Its steps.
    pub steps: Vec<CaseStepShown>,
}

/// A step of a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseStepShown {
    /// Its name on the wire.
    pub id: StepRef,
    /// What is done in it.
    pub name: Text,
    /// The department.
    pub department: DepartmentId,
    /// Its name.
    pub department_name: Text,
    /// Where it stands.
    pub state: StepState,
    /// Who has it, or decided it.
    pub reviewer: Option<Text>,
    /// When its turn came.
    pub opened_at: Option<Millis>,
    /// When it was decided.
    pub done_at: Option<Millis>,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
    /// What was said with the decision.
    pub note: String,
    /// Its limit is past, or was.
    pub late: bool,
}

/// What stops the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseShown {
    /// The step it belongs to.
    pub step: StepRef,
    /// The legal ground, in words.
    pub ground: Text,
    /// Since when.
    pub since: Millis,
    /// `YYYY-MM-DD`: its last day; null while it lasts.
    pub until: Option<String>,
    /// What was said with it.
    pub note: String,
}

/// The promise to bring what is deferred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseShown {
    /// When it was made.
    pub at: Millis,
    /// The drawn signature's file; none where paper was signed.
    pub signature: Option<String>,
}

/// A document a case led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultShown {
    /// What anyone checks it by.
    pub code: String,
    /// What it is.
    pub name: Text,
    /// Who issued it.
    pub issuer: Text,
    /// When it was issued.
    pub issued_at: Millis,
    /// It was taken back.
    pub revoked: bool,
}

/// Something that happened to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseEvent {
    /// When.
    pub at: Millis,
    /// What, in words.
    pub what: Text,
    /// Who: a clerk's name, a department's, or empty for the hall itself.
    pub by: Text,
    /// What was said with it; may be empty.
    pub note: String,
}

/// A row of a list of cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseBrief {
    /// Its row.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// The name of its matter or bundle.
    pub name: Text,
    /// Where it stands.
    pub state: CaseState,
    /// The applicant's name, masked.
    pub applicant: String,
    /// When it was opened.
    pub opened_at: Millis,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
    /// When it was decided.
    pub decided_at: Option<Millis>,
}

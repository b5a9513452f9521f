//! A case as clerks and reviewers see it, and the calls about cases that need no
//! sign-in.
//!
//! - `POST /api/case/find` finds a case by its number and the last four
//!   characters of the applicant's number; kiosks use it.
//! - `POST /api/case/supply?token=&material=` uploads a photograph of a missing
//!   material; the body is the file. The phone page's form sends the same to
//!   `/t/{token}/supply`.
//! - `GET /api/verify?code=` returns a [`Verified`].

use jiban_domain::case::{
    ApplicantKind, CaseState, Colour, MaterialState, PartState, StepRef, StepState, ToldBy,
};
use jiban_domain::identity::IdentityPaper;
use jiban_domain::setup::MaterialForm;
use jiban_domain::{CaseId, CounterId, DepartmentId, HallId, KioskId, MatterId, Millis, Text};
use jiban_domain::{TicketId, Token, text};
use serde::{Deserialize, Serialize};

use super::calls;
use super::commitment::{CommitmentOffered, CommitmentShown};

calls! {
    FindCase => "/api/case/find" -> FoundCase,
}

/// Find a case without its slip. Too many wrong attempts for one number
/// (`locked_out`), from one address (`address_refused`) or in all
/// (`too_many_guesses`) are refused for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindCase {
    /// The case's number, as typed.
    pub number: String,
    /// The last four characters of the identity number or credit code.
    pub last_four: String,
    /// The kiosk, if the request comes from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kiosk: Option<KioskId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCase {
    /// A pass: for some minutes it is a token of `GET /api/progress?token=`, which then
    /// shows how far the case is, and no more. It is never the case's own.
    pub token: Token,
}

/// The result of verifying a document's code. It holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    pub result: Verdict,
    /// The document's matter; null if the code is unknown, like all fields
    /// below.
    pub matter: Option<Text>,
    /// The document's name.
    pub document: Option<Text>,
    /// `YYYY-MM-DD`.
    pub issued_on: Option<String>,
    /// The department that issued it.
    pub issuer: Option<Text>,
    /// `YYYY-MM-DD`, if it was revoked.
    pub revoked_on: Option<String>,
}

/// Whether a document is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Issued here and valid.
    Genuine,
    /// Issued here and revoked.
    Revoked,
    /// Not issued here, or the code is mistyped.
    Unknown,
}

/// A case as clerks and reviewers see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own; any may hold with any other.
pub struct CaseShown {
    pub id: CaseId,
    /// Twelve digits.
    pub number: String,
    /// Opens its page, without the pick-up code.
    pub token: Token,
    /// The state.
    pub state: CaseState,
    pub hall: HallId,
    /// IANA name of the hall's time zone.
    pub time_zone: String,
    /// The ticket it was opened from.
    pub ticket: Option<TicketId>,
    /// The id of its matter or bundle.
    pub subject: String,
    pub is_bundle: bool,
    pub name: Text,
    /// Masked unless [`Applicant::whole`].
    pub applicant: Applicant,
    /// By what the agent acts; null where nobody acts for the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorisation: Option<Authorisation>,
    /// The user has the case and may reveal the applicant by `POST
    /// /api/counter/look` or `/api/office/look`, which records an event.
    pub may_look: bool,
    /// How the applicant wants to be notified.
    pub told_by: ToldBy,
    /// The name of the clerk who has it.
    pub clerk: Text,
    /// The counter it was opened at.
    pub counter: CounterId,
    /// The clerk may decide it on the spot (即办件).
    pub immediate: bool,
    pub promised_days: u16,
    pub materials: Vec<MaterialShown>,
    pub parts: Vec<PartShown>,
    pub opened_at: Millis,
    pub accepted_at: Option<Millis>,
    /// `YYYY-MM-DD`: the day the decision is due; before acceptance, the day if
    /// it were accepted today.
    pub due: Option<String>,
    /// The calendar ends before that day; it is recomputed when the year's
    /// calendar is imported.
    pub due_provisional: bool,
    /// `YYYY-MM-DD`: the statutory limit.
    pub statutory_due: Option<String>,
    /// How near the deadline is; null before acceptance and after the decision.
    pub colour: Option<Colour>,
    /// Working days left; negative when late.
    pub days_left: Option<i64>,
    /// The deadline is past.
    pub late: bool,
    /// The pauses of the deadline.
    pub paused: Vec<PauseShown>,
    /// When the notice of missing materials was given.
    pub told_at: Option<Millis>,
    /// The promise to submit the deferred materials.
    pub promise: Option<PromiseShown>,
    /// A promise can be offered: the applicant has not broken one recently.
    pub may_promise: bool,
    /// What can be committed to instead of proving it first, while it is being received.
    #[serde(default)]
    pub commitment_offer: Option<CommitmentOffered>,
    /// What was committed to.
    #[serde(default)]
    pub commitment: Option<CommitmentShown>,
    /// `YYYY-MM-DD`: the last day that may be promised.
    pub promise_until: Option<String>,
    /// It can be accepted now.
    pub may_accept: bool,
    /// The documents it produced.
    pub results: Vec<ResultShown>,
    /// When it was collected or posted.
    pub handed_at: Option<Millis>,
    /// The agent collected it.
    #[serde(default)]
    pub handed_to_agent: bool,
    /// Carrier and tracking number, if it was posted.
    pub posted: Option<(String, String)>,
    /// Why it ended; may be empty.
    pub reason: Text,
    /// What happened, oldest first.
    pub happened: Vec<CaseEvent>,
    /// The applicant's number was used under another name before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_conflict: Option<NameConflict>,
}

/// Cases with the same number under another name. Either number was copied wrongly, or the
/// name has changed: the clerk compares the paper. Nothing of theirs is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameConflict {
    /// The numbers of those of the same hall, newest first.
    pub cases: Vec<String>,
    /// There are others in another hall.
    pub elsewhere: bool,
}

impl NameConflict {
    /// What the clerk is told.
    pub fn sentence(&self) -> Text {
        let cases = self.cases.join("、");
        let (zh, en) = match (self.cases.is_empty(), self.elsewhere) {
            (true, _) => ("其他大厅的办件".to_owned(), "cases of another hall".to_owned()),
            (false, true) => {
                (format!("办件 {cases} 及其他大厅的办件"), format!("{cases}, and another hall"))
            }
            (false, false) => (format!("办件 {cases}"), cases.clone()),
        };
        text!(
            "该号码曾以另一姓名登记（{zh}），请核对证件。那些办件的材料不在此提供。"
                | "This number was registered under another name before ({en}). Compare the document. Nothing of those cases is offered here."
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Applicant {
    pub kind: ApplicantKind,
    pub name: String,
    /// The paper that a person's number is from; null for a business, and once erased.
    #[serde(default)]
    pub paper: Option<IdentityPaper>,
    /// The number of the paper, or the credit code.
    pub number: String,
    pub telephone: String,
    /// The values are complete; otherwise masked, and empty once erased.
    #[serde(default)]
    pub whole: bool,
    /// Who acts for the applicant; null where nobody does, and once erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Box<Applicant>>,
    /// The places of those characters of the name, counted from 1, that no font of the server
    /// has: on its papers they are empty boxes. Of a case that is shown, and nowhere else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undrawable: Vec<usize>,
}

impl Applicant {
    /// What whoever prints the name is told before.
    pub fn undrawable_sentence(&self) -> Option<Text> {
        let places: Vec<String> = self.undrawable.iter().map(ToString::to_string).collect();
        if places.is_empty() {
            return None;
        }
        let (zh, en) = (places.join("、"), places.join(", "));
        Some(text!(
            "姓名（名称）的第 {zh} 个字打印不出来：服务器的字体里没有，纸上会是空框。请先请管理员安装有这个字的字体，或打印后在纸上手写补上。"
                | "Character {en} of the name cannot be printed: no font of the server has it, and the paper would show an empty box. Have a font with it installed first, or write it on the paper by hand."
        ))
    }
}

/// The authorisation of an agent (授权委托书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorisation {
    /// The material that it is.
    pub material: u32,
    /// `YYYY-MM-DD`: its date, where a clerk saw it on paper.
    pub authorised_on: Option<String>,
}

#[allow(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialShown {
    /// Numbered from 1 within the case.
    pub id: u32,
    pub name: Text,
    pub form: MaterialForm,
    /// May be submitted later (容缺).
    pub deferrable: bool,
    /// The state.
    pub state: MaterialState,
    /// When its state last changed.
    pub at: Option<Millis>,
    /// It was sent from the phone page.
    pub by_phone: bool,
    /// The number of the earlier case it was reused from.
    pub from_earlier: Option<String>,
    /// `YYYY-MM-DD`: the last day for it, if it was promised.
    pub until: Option<String>,
    /// A department asked for it after acceptance.
    pub asked: bool,
    /// Nobody could read what was sent of it: what the applicant was told.
    #[serde(default)]
    pub unreadable: Option<String>,
    /// It was sent again, and nobody has looked at it yet.
    #[serde(default)]
    pub unseen: bool,
    /// The hall has it from an earlier case.
    pub offer: Option<Offer>,
    pub files: Vec<FileShown>,
}

/// A material the hall already has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The number of the earlier case.
    pub case: String,
    /// Its name in the earlier case.
    pub name: Text,
    /// A licence issued by the hall itself; otherwise a document submitted
    /// then.
    pub issued_here: bool,
    /// When it was submitted or issued.
    pub at: Millis,
}

/// A photograph or scan. `GET …/file?case=&file=` returns it, with
/// `&small=true` its thumbnail, with `&page=2` a page of a PDF as a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileShown {
    pub file: String,
    /// What its sender called it; may be empty.
    #[serde(default)]
    pub name: String,
    /// `jpeg`, `png`, `webp`, `pdf` or `ofd`.
    pub kind: String,
    pub bytes: u64,
    pub at: Millis,
    /// The pages of a PDF, if they could be counted.
    #[serde(default)]
    pub pages: Option<u32>,
    /// Nobody could read it, so another was asked for.
    #[serde(default)]
    pub unreadable: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartShown {
    pub matter: MatterId,
    pub name: Text,
    /// The state.
    pub state: PartState,
    /// The parts whose results it needs.
    pub after: Vec<Text>,
    pub steps: Vec<CaseStepShown>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseStepShown {
    pub id: StepRef,
    pub name: Text,
    pub department: DepartmentId,
    pub department_name: Text,
    /// The state.
    pub state: StepState,
    /// The reviewer who took or decided it.
    pub reviewer: Option<Text>,
    /// When it was opened.
    pub opened_at: Option<Millis>,
    pub done_at: Option<Millis>,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
    /// The note of the decision.
    pub note: String,
    /// It is or was overdue.
    pub late: bool,
}

/// A pause of the deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseShown {
    pub step: StepRef,
    /// The legal ground, in words.
    pub ground: Text,
    pub since: Millis,
    /// `YYYY-MM-DD`: its last day; null while it continues.
    pub until: Option<String>,
    pub note: String,
}

/// The promise to submit the deferred materials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseShown {
    pub at: Millis,
    /// The file of the drawn signature; null if paper was signed.
    pub signature: Option<String>,
}

/// A document that a case produced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultShown {
    /// The verification code.
    pub code: String,
    /// The document's name.
    pub name: Text,
    pub issuer: Text,
    pub issued_at: Millis,
    pub revoked: bool,
}

/// An event of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseEvent {
    pub at: Millis,
    /// The event in words.
    pub what: Text,
    /// The name of a clerk or department; empty for the hall itself.
    pub by: Text,
    /// May be empty.
    pub note: String,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseBrief {
    pub id: CaseId,
    pub number: String,
    /// The name of its matter or bundle.
    pub name: Text,
    /// The state.
    pub state: CaseState,
    /// Masked.
    pub applicant: String,
    pub opened_at: Millis,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
    pub decided_at: Option<Millis>,
    /// Another clerk has it: to look at it, a reason is given first.
    pub asks_why: bool,
}

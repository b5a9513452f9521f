//! The API of a counter for cases: reception, and the Results window.
//!
//! - `GET /api/counter/cases` returns the [`CasesHere`]. A search by the number of a
//!   case or applicant is a POST: an address is no place for a person's number.
//! - `GET /api/counter/case?case=ID` returns a [`CaseShown`].
//! - `POST /api/counter/attach?case=ID&material=N` uploads a photograph or scan
//!   of up to 10 MB as its body; `POST /api/counter/signature?case=ID` a drawn
//!   signature (PNG).
//! - `GET /api/counter/file?case=ID&file=FILE&small=true`,
//!   `GET /api/counter/result.pdf?code=CODE`.
//! - `GET /counter/paper?case=ID&paper=KIND` returns a page that prints itself.

use jiban_domain::access::LookReason;
use jiban_domain::case::{ApplicantKind, CaseState, MaterialState, ToldBy};
use jiban_domain::identity::IdentityPaper;
use jiban_domain::print_job::JobState;
use jiban_domain::{BundleId, CaseId, MatterId, TicketId, Token};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::calls;
use super::case::{Applicant, CaseBrief, CaseShown, MaterialShown, NameConflict};

calls! {
    OpenCase => "/api/counter/open_case" -> OpenedCase,
    MarkMaterial => "/api/counter/mark_material" -> CaseShown,
    DetachFile => "/api/counter/detach" -> CaseShown,
    Unreadable => "/api/counter/unreadable" -> CaseShown,
    ReuseMaterial => "/api/counter/reuse_material" -> CaseShown,
    TellMissing => "/api/counter/tell_missing" -> CaseShown,
    SignPromise => "/api/counter/sign_promise" -> CaseShown,
    AcceptCase => "/api/counter/accept_case" -> AcceptedCase,
    DecideCase => "/api/counter/decide_case" -> CaseShown,
    DeclineCase => "/api/counter/decline_case" -> CaseShown,
    WithdrawCase => "/api/counter/withdraw_case" -> CaseShown,
    TakeUpCase => "/api/counter/take_up_case" -> CaseShown,
    LookInto => "/api/counter/look_into" -> CaseShown,
    FindCases => "/api/counter/find_cases" -> CasesHere,
    RevealApplicant => "/api/counter/look" -> Applicant,
    HandOverResult => "/api/counter/hand_over_result" -> CaseShown,
    PostResult => "/api/counter/post_result" -> CaseShown,
    PrintDocument => "/api/counter/print_paper" -> DocumentPrinted,
}

/// The cases of a counter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CasesHere {
    /// The clerk's open cases and those of the ticket in hand, newest first;
    /// for a search, its results.
    pub cases: Vec<CaseBrief>,
    /// Cases whose results wait to be collected, the longest waiting first.
    pub ready: Vec<CaseBrief>,
}

/// Look for cases by the number of a case, or a complete identity number or credit
/// code. Each search records an event, without what was typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindCases {
    pub q: String,
}

// Personal data must not reach a log through `{:?}`.
impl std::fmt::Debug for FindCases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FindCases").finish_non_exhaustive()
    }
}

/// Say why the clerk looks at a case that another clerk has. It is recorded as an
/// event; from then on the clerk may look at the case while it is open on the page,
/// and a quarter of an hour longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookInto {
    pub case: CaseId,
    pub reason: LookReason,
    /// Words added to the reason; required for `other`.
    #[serde(default)]
    pub note: String,
}

/// Open a case from the ticket being served, for exactly one matter or bundle, or from a draft,
/// which says what it is for and who applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCase {
    /// Made by the page; a repeat gets the first answer.
    pub request_id: Uuid,
    /// The ticket being served at this counter.
    pub ticket: TicketId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<BundleId>,
    /// Required without a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applicant: Option<OpenApplicant>,
    /// The token of a draft, as its applicant or the list of drafts has it. Its files become
    /// those of the case's materials. The clerk has seen the identity paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Token>,
    /// Who is here for the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<OpenAgent>,
    /// How the applicant wants to be notified.
    #[serde(default)]
    pub told_by: ToldBy,
}

/// The applicant, as typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenApplicant {
    pub kind: ApplicantKind,
    pub name: String,
    /// The paper that a person's number is from. Without it, the number tells, as far as it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<IdentityPaper>,
    /// The number of the paper, or the credit code; it is checked by the rules of its kind.
    pub number: String,
    pub telephone: String,
}

// Personal data must not reach a log through `{:?}`.
impl std::fmt::Debug for OpenApplicant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenApplicant").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Who acts for the applicant (代办人, of a business 经办人), as typed. The authorisation becomes a
/// material of the case.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAgent {
    pub name: String,
    /// Without it, the number tells, as far as it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<IdentityPaper>,
    pub number: String,
    pub telephone: String,
    /// `YYYY-MM-DD`: the date on the authorisation that the clerk saw. Without it the
    /// authorisation is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorised_on: Option<String>,
}

// Personal data must not reach a log through `{:?}`.
impl std::fmt::Debug for OpenAgent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenAgent").field("paper", &self.paper).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedCase {
    pub id: CaseId,
    pub number: String,
    /// Opens its page.
    pub token: Token,
    /// `open`.
    pub state: CaseState,
    pub materials: Vec<MaterialShown>,
    /// `YYYY-MM-DD`: the day the decision would be due if it were accepted
    /// today.
    pub due: Option<String>,
    /// The number was used under another name before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_conflict: Option<NameConflict>,
}

/// Mark a material. `deferred` is allowed only if it may be submitted later and
/// the applicant has not broken a promise recently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkMaterial {
    pub case: CaseId,
    pub material: u32,
    /// The state.
    pub state: MaterialState,
    /// `YYYY-MM-DD`: the date on the paper, of an agent's authorisation that was seen and not
    /// photographed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<String>,
}

/// Remove a photograph and its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetachFile {
    pub case: CaseId,
    pub material: u32,
    pub file: String,
}

/// Defines the calls on a case.
macro_rules! on_a_case {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? })?),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// Made by the page; a repeat gets the first answer.
            pub request_id: Uuid,
            pub case: CaseId,
            $($(
                $(#[$field_doc])*
                #[serde(default)]
                pub $field: $type,
            )+)?
        }
    )+};
}

on_a_case! {
    /// What was sent of a material cannot be read: the applicant is asked for it again.
    Unreadable {
        material: u32,
        /// The file that cannot be read; null for all that was sent.
        file: Option<String>,
        /// What the applicant is told about it.
        note: String,
    },
    /// Reuse a material from an earlier case.
    ReuseMaterial {
        material: u32,
    },
    /// Give the notice of everything that is missing (一次性告知).
    TellMissing {
        /// A note on the notice.
        note: String,
    },
    /// Sign the promise for all deferred materials.
    SignPromise {
        /// The last day for each material; without one, the last day that may
        /// be promised.
        items: Vec<PromiseItem>,
        /// The file of the drawn signature; null if paper was signed.
        signature: Option<String>,
    },
    /// Accept it (受理). The deadline starts.
    AcceptCase,
    /// Decide it on the spot (即办件).
    DecideCase {
        /// What is said with it.
        note: String,
    },
    /// Do not accept it (不予受理).
    DeclineCase {
        /// Required.
        reason: String,
    },
    /// The applicant withdraws it.
    WithdrawCase {
        /// May be empty.
        reason: String,
    },
    /// The applicant came to another counter, whose clerk takes the case over.
    TakeUpCase,
    /// Hand the results over: against an identity document, and the pick-up code or a
    /// photograph of that document.
    HandOverResult {
        /// The pick-up code on the phone page.
        code: Option<String>,
        /// The identity of the applicant or their representative was checked.
        identity_checked: bool,
        /// The file with the photograph of the identity document.
        card: Option<String>,
        /// The file of the drawn signature.
        signature: Option<String>,
        /// The agent collects them.
        to_agent: bool,
        /// The number of the agent's paper, as typed; it must be that of the case.
        agent_number: Option<String>,
    },
    /// The results were posted.
    PostResult {
        carrier: String,
        /// The tracking number.
        tracking: String,
    },
    /// Print a document on the counter's network printer.
    PrintDocument {
        paper: CaseDocument,
    },
}

/// How a document was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentPrinted {
    /// `confirmed` or `unknown`.
    pub state: JobState,
}

/// Reveal the applicant's unmasked data. Each request records an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealApplicant {
    pub case: CaseId,
}

/// The last day promised for a material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseItem {
    pub material: u32,
    /// `YYYY-MM-DD`.
    pub until: String,
}

/// A document of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseDocument {
    /// 受理回执.
    #[default]
    Receipt,
    /// 一次性告知书.
    Missing,
    /// 容缺受理承诺书.
    Promise,
    /// 不予许可决定书.
    Decision,
    /// 出件通知.
    Handover,
    /// 不予受理通知书, 终止办理通知书.
    Ended,
    /// 告知承诺书.
    Commitment,
    /// 核查情况告知书.
    Breach,
    /// 撤销行政许可决定书.
    Revocation,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedCase {
    /// `accepted`, or `ready` if no department has to decide.
    pub state: CaseState,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
    /// The calendar ends before that day.
    pub due_provisional: bool,
}

/// A photograph or signature that was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadedFile {
    pub file: String,
}

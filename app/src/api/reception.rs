//! What a counter asks about cases: reception, and the window for results.
//!
//! - `GET /api/counter/cases` gives the [`CasesHere`]; `?q=` searches by case
//!   number, or by whole identity number or credit code.
//! - `GET /api/counter/case?case=ID` gives a [`CaseShown`].
//! - `POST /api/counter/attach?case=ID&material=N` takes a photograph or scan of
//!   up to 10 MB as its body; `POST /api/counter/signature?case=ID` a drawn
//!   signature (PNG).
//! - `GET /api/counter/file?case=ID&file=FILE&small=true`,
//!   `GET /api/counter/result.pdf?code=CODE`.
//! - `GET /counter/paper?case=ID&paper=KIND` is a page that prints itself.

use jiban_domain::case::{ApplicantKind, CaseState, MaterialState, ToldBy};
use jiban_domain::{BundleId, CaseId, MatterId, TicketId, Token};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::case::{Applicant, CaseBrief, CaseShown, MaterialShown};
use super::{Done, calls};

calls! {
    OpenCase => "/api/counter/open_case" -> OpenedCase,
    MarkMaterial => "/api/counter/mark_material" -> CaseShown,
    DetachFile => "/api/counter/detach" -> CaseShown,
    ReuseMaterial => "/api/counter/reuse_material" -> CaseShown,
    TellMissing => "/api/counter/tell_missing" -> CaseShown,
    SignPromise => "/api/counter/sign_promise" -> CaseShown,
    AcceptCase => "/api/counter/accept_case" -> AcceptedCase,
    DecideCase => "/api/counter/decide_case" -> CaseShown,
    DeclineCase => "/api/counter/decline_case" -> CaseShown,
    WithdrawCase => "/api/counter/withdraw_case" -> CaseShown,
    TakeUpCase => "/api/counter/take_up_case" -> CaseShown,
    RevealApplicant => "/api/counter/look" -> Applicant,
    HandOverResult => "/api/counter/hand_over_result" -> CaseShown,
    PostResult => "/api/counter/post_result" -> CaseShown,
    PrintDocument => "/api/counter/print_paper" -> Done,
}

/// The cases a counter works with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CasesHere {
    /// Open ones that the clerk has, or that came from the ticket in hand,
    /// newest first; of a search, what was found.
    pub cases: Vec<CaseBrief>,
    /// Results that wait to be fetched, longest first.
    pub ready: Vec<CaseBrief>,
}

/// Open a case from the ticket being served, for a matter or a bundle: exactly
/// one is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCase {
    /// Made by the console; a repeat gets the first answer.
    pub request_id: Uuid,
    /// The ticket being served at this counter.
    pub ticket: TicketId,
    /// What for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    /// Or for which bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<BundleId>,
    /// Who applies.
    pub applicant: OpenApplicant,
    /// How to be told.
    #[serde(default)]
    pub told_by: ToldBy,
}

/// Who applies, as typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenApplicant {
    /// Person or business.
    pub kind: ApplicantKind,
    /// The name.
    pub name: String,
    /// Identity number or credit code; its check figure is verified.
    pub number: String,
    /// The telephone.
    pub telephone: String,
}

// A person must not reach a log through `{:?}`.
impl std::fmt::Debug for OpenApplicant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenApplicant").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// The case opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedCase {
    /// Its row.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Opens its page.
    pub token: Token,
    /// `open`.
    pub state: CaseState,
    /// What is asked for.
    pub materials: Vec<MaterialShown>,
    /// `YYYY-MM-DD`: by when it would be decided if it were accepted today.
    pub due: Option<String>,
}

/// Tick a material. `deferred` only where it may follow later and the applicant
/// has broken no promise lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkMaterial {
    /// The case.
    pub case: CaseId,
    /// The material.
    pub material: u32,
    /// Where it stands.
    pub state: MaterialState,
}

/// Take a photograph back; its file is removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetachFile {
    /// The case.
    pub case: CaseId,
    /// The material.
    pub material: u32,
    /// The file.
    pub file: String,
}

/// Writes calls that need no more than their case.
macro_rules! on_a_case {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? })?),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// Made by the console; a repeat gets the first answer.
            pub request_id: Uuid,
            /// The case.
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
    /// Take over what the hall has from an earlier case.
    ReuseMaterial {
        /// The material.
        material: u32,
    },
    /// Tell all that is missing, at once (一次性告知).
    TellMissing {
        /// What else there is to say.
        note: String,
    },
    /// Sign the promise for all materials that are deferred.
    SignPromise {
        /// A last day for each, `YYYY-MM-DD`; those not named have the last
        /// that may be promised.
        items: Vec<PromiseItem>,
        /// The drawn signature's file; none where paper was signed.
        signature: Option<String>,
    },
    /// Accept it (受理). The clock begins.
    AcceptCase,
    /// Decide it on the spot (即办件).
    DecideCase {
        /// What is said with it.
        note: String,
    },
    /// Do not accept it (不予受理).
    DeclineCase {
        /// Why; must be said.
        reason: String,
    },
    /// The applicant takes it back.
    WithdrawCase {
        /// Why, where it was said.
        reason: String,
    },
    /// The applicant came to another counter: its clerk has the case from now on.
    TakeUpCase,
    /// Hand the results over, against the code or against identity.
    HandOverResult {
        /// The code on the phone page.
        code: Option<String>,
        /// Identity was checked, of the applicant or who was sent.
        identity_checked: bool,
        /// The drawn signature's file.
        signature: Option<String>,
    },
    /// The results were posted.
    PostResult {
        /// Who carries it.
        carrier: String,
        /// The number to follow it by.
        tracking: String,
    },
    /// Print a paper at the counter's network printer.
    PrintDocument {
        /// Which.
        paper: CaseDocument,
    },
}

/// See the applicant whole. Each look is an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealApplicant {
    /// The case.
    pub case: CaseId,
}

/// The last day promised for a material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseItem {
    /// The material.
    pub material: u32,
    /// `YYYY-MM-DD`.
    pub until: String,
}

/// A paper of a case.
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
}

/// The case accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedCase {
    /// `accepted`, or `ready` where no department has to decide.
    pub state: CaseState,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
    /// The calendar ends before that day.
    pub due_provisional: bool,
}

/// The photograph or signature that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadedFile {
    /// Its id.
    pub file: String,
}

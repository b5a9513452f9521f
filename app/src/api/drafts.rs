//! The API of the staff about drafts that were sent before the visit (预审, 证前指导): looked
//! at by clerks of the draft's hall and by reviewers of the departments that it is for.
//!
//! - `GET /api/drafts` returns the [`DraftsInHand`]; `hall` and `matter` narrow it.
//! - `GET /api/drafts/draft?draft=ID` returns a [`DraftInHand`]; the look is recorded.
//! - `GET /api/drafts/file?draft=ID&file=FILE` returns a file, with `&small=true` its
//!   thumbnail, with `&page=2` a page of a PDF as a picture.

use std::collections::BTreeMap;

use jiban_domain::day::Clock24;
use jiban_domain::draft::{About, DraftState, Way};
use jiban_domain::form::offer::Offered;
use jiban_domain::form::{Form, Values};
use jiban_domain::{BundleId, CaseId, DraftId, FieldId, HallId, MatterId, Millis, Text, Token};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::apply::{DraftShown, WrittenBy};
use super::calls;

calls! {
    PutRemark => "/api/drafts/remark" -> DraftInHand,
    SettleRemark => "/api/drafts/settle" -> DraftInHand,
    ReturnDraft => "/api/drafts/return" -> DraftInHand,
    ClearDraft => "/api/drafts/clear" -> DraftInHand,
    BookForDraft => "/api/drafts/book" -> DraftInHand,
    FindDraft => "/api/drafts/find" -> DraftBrief,
    PaperSeen => "/api/drafts/paper_seen" -> DraftBrief,
    RevealAnswers => "/api/counter/reveal_answers" -> AnswersOfCase,
    RevealAnswersAtOffice => "/api/office/reveal_answers" -> AnswersOfCase,
}

/// The drafts that were sent, the longest waiting first, then those that were looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DraftsInHand {
    pub drafts: Vec<DraftBrief>,
    /// IANA name of the first hall's time zone.
    pub time_zone: String,
    /// Remarks that are needed often.
    pub sentences: Vec<Text>,
}

/// A draft in a list of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftBrief {
    pub id: DraftId,
    /// Opens a case from it, and nothing else.
    pub token: Token,
    pub hall: HallId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<BundleId>,
    pub name: Text,
    /// Masked.
    pub applicant: String,
    pub state: DraftState,
    pub way: Way,
    pub sent_at: Option<Millis>,
    pub times_sent: u32,
    pub files: usize,
    /// Remarks that are not settled.
    pub open_remarks: usize,
    pub proven: bool,
}

/// A draft as the staff see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftInHand {
    pub id: DraftId,
    /// With [`DraftInHand::token`], and without remarks, which are beside it.
    pub draft: DraftShown,
    /// Opens a case from it, and nothing else.
    pub token: Token,
    /// The answers are complete; otherwise masked.
    pub whole: bool,
    /// The user may write remarks, return it, or say that it is all right.
    pub may_check: bool,
    pub remarks: Vec<RemarkMade>,
    pub sent_at: Option<Millis>,
    pub times_sent: u32,
    pub times_returned: u32,
    /// Who returned or cleared it last.
    pub checked_by: Option<Text>,
    /// A helper was beside the applicant.
    pub helped: bool,
    /// The matter for which a visit can be booked; null where the hall books none for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub books: Option<MatterId>,
    /// Remarks that are needed often.
    pub sentences: Vec<Text>,
}

/// A remark as the staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemarkMade {
    pub id: u32,
    pub about: About,
    pub words: String,
    pub by: Text,
    pub at: Millis,
    /// By somebody, or since what it is about was changed.
    pub settled: bool,
}

/// Add a remark on a field, a material, or all of it. The applicant sees it once the draft is
/// returned or cleared.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutRemark {
    /// A repeat changes nothing.
    pub request_id: Uuid,
    pub draft: DraftId,
    pub about: About,
    /// At most 500 characters.
    pub words: String,
}

// Free words may name somebody.
impl std::fmt::Debug for PutRemark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PutRemark").field("about", &self.about).finish_non_exhaustive()
    }
}

/// Settle a remark, or take that back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleRemark {
    pub request_id: Uuid,
    pub draft: DraftId,
    pub remark: u32,
    pub settled: bool,
}

/// Return it to the applicant with its remarks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnDraft {
    pub request_id: Uuid,
    pub draft: DraftId,
}

/// Say that it is all right. All remarks are settled by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClearDraft {
    pub request_id: Uuid,
    pub draft: DraftId,
    /// The applicant is to bring the originals.
    #[serde(default)]
    pub bring_originals: bool,
}

/// Book a visit for the applicant of a draft: held and confirmed at once. A business comes
/// under its own code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookForDraft {
    pub request_id: Uuid,
    pub draft: DraftId,
    /// `2026-11-27`.
    pub day: String,
    /// `09:30`.
    pub slot: Clock24,
}

/// Find a draft by its token, as the applicant's page shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindDraft {
    pub token: Token,
}

/// A clerk at a counter has seen the identity paper of whoever a draft names: from now on values
/// are offered that the hall knows of them. The number is read off the paper, so that nobody gets
/// what is known of another by their own paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperSeen {
    /// A repeat changes nothing.
    pub request_id: Uuid,
    /// Of the draft, as its applicant or the list of drafts has it.
    pub token: Token,
    /// The last four characters of the paper's number, or all of it.
    pub number: String,
}

/// What is offered for the fields of a draft that are empty: `GET /api/apply/offers?token=TOKEN`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedAnswers {
    pub offers: Vec<Offered>,
}

// Personal data must not reach a log through `{:?}`.
impl std::fmt::Debug for OfferedAnswers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OfferedAnswers").field("offers", &self.offers.len()).finish()
    }
}

/// A case's answers, as `GET /api/counter/answers?case=ID` and `GET /api/office/answers?case=ID`
/// return them: null for a case that was not opened from a draft, and once erased.
pub type AnswersOfCase = Option<CaseAnswers>;

/// What an applicant answered before their case was opened.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseAnswers {
    pub form: Form,
    /// Masked unless [`CaseAnswers::whole`].
    pub values: Values,
    pub whole: bool,
    /// Who wrote each answer, and when.
    pub written: BTreeMap<FieldId, WrittenBy>,
    pub way: Way,
    pub helped: bool,
}

// Personal data must not reach a log through `{:?}`.
impl std::fmt::Debug for CaseAnswers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CaseAnswers").field("whole", &self.whole).finish_non_exhaustive()
    }
}

/// The answers of a case complete, for the clerk who has it. Each request records an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealAnswers {
    pub case: CaseId,
}

/// The same for a reviewer who has a step of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealAnswersAtOffice {
    pub case: CaseId,
}

/// What of drafts a page of the staff follows: a change of it says that the list is to be
/// loaded again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DraftsNow {
    /// Those that wait to be looked at.
    pub waiting: u32,
    /// Another number whenever one of them has moved.
    pub mark: u32,
}

//! The API of applying: a form, a draft that is filled in with it, alone or by two at once,
//! and sent to be looked at before the visit.
//!
//! - `GET /api/apply?token=TOKEN` returns a [`DraftShown`].
//! - `GET /api/form?hall=ID&matter=ID` (or `bundle=ID`) returns the form as JSON Schema.
//! - `POST /api/apply/attach?token=TOKEN&material=KEY` adds a photograph, scan or PDF of up to
//!   10 MB, which is its body; `GET /api/apply/file?token=TOKEN&file=FILE` returns its thumbnail.
//! - WebSocket `GET /api/apply/live?token=TOKEN`: messages are [`ToDraft`] and [`FromDraft`].
//!
//! A token opens a draft for the applicant; a helper has one of their own, which ends with the
//! help.

use std::collections::BTreeMap;

use jiban_domain::draft::{About, DraftState, ProofKind, Way};
use jiban_domain::form::compare::FormChanges;
use jiban_domain::form::{FieldRefusal, FieldValue, Form, Values};
use jiban_domain::setup::MaterialForm;
use jiban_domain::{BundleId, CaseId, FieldId, HallId, KioskId, MatterId, Millis, Text, Token};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Done, calls};

calls! {
    BeginDraft => "/api/apply/begin" -> DraftShown,
    WriteField => "/api/apply/write" -> FieldWritten,
    CheckDraft => "/api/apply/check" -> DraftChecked,
    SendDraft => "/api/apply/send" -> DraftMoved,
    TakeDraftBack => "/api/apply/take_back" -> DraftMoved,
    WithdrawDraft => "/api/apply/withdraw" -> DraftMoved,
    DetachDraftFile => "/api/apply/detach" -> Done,
    ShareDraft => "/api/apply/share" -> ShareCode,
    ContinueDraft => "/api/apply/continue" -> DraftShown,
    EndHelp => "/api/apply/end_help" -> Done,
    JoinDraft => "/api/help/join" -> JoinedDraft,
}

/// Begin a draft, for exactly one matter or bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginDraft {
    /// A repeat gets the first answer.
    pub request_id: Uuid,
    pub hall: HallId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<BundleId>,
    /// Where it is begun at a kiosk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kiosk: Option<KioskId>,
}

/// A draft as its applicant, or a helper, sees it.
#[allow(clippy::struct_excessive_bools)] // Independent facts: any may hold with any other.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftShown {
    /// The token that it was asked for by.
    pub token: Token,
    pub hall: HallId,
    pub hall_name: Text,
    /// The matter or bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<BundleId>,
    pub name: Text,
    pub state: DraftState,
    pub way: Way,
    pub form: Form,
    pub values: Values,
    /// Counted up with every answer that is written.
    pub version: u64,
    /// Who wrote each answer, when, and in which version.
    pub written: BTreeMap<FieldId, WrittenBy>,
    pub materials: Vec<DraftMaterial>,
    pub remarks: Vec<RemarkShown>,
    /// The originals are to be brought, as whoever cleared it said.
    pub bring_originals: bool,
    /// Whether a clerk has seen the identity paper, or a sign-in has told who it is. Until then
    /// the draft can do nothing but be looked at.
    pub proven: bool,
    /// The applicant has signed on a screen, and nothing was written since.
    #[serde(default)]
    pub signed: bool,
    /// What the form asks otherwise than when the draft was filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_changes: Option<FormChanges>,
    /// `YYYY-MM-DD`: the last day on which it is kept.
    pub keep_until: String,
    /// Where phones reach the hall: scheme and host. Its page is at `/D/TOKEN`.
    pub base: String,
    /// `YYYY-MM-DD`: the hall's day, by which dates are checked.
    pub today: String,
    /// Who helps just now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helper: Option<Text>,
    /// It was asked for by a helper.
    pub by_helper: bool,
    /// The visit that the hall booked for the applicant, while it can be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<VisitBooked>,
    /// The case it became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
}

// Personal data must not reach a log through `{:?}`.
impl std::fmt::Debug for DraftShown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DraftShown").field("state", &self.state).finish_non_exhaustive()
    }
}

/// A visit that the hall booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitBooked {
    /// The address of its page.
    pub url: String,
    /// Eight figures.
    pub code: String,
    /// `明天（11月27日 周五） 09:30`.
    pub when: Text,
}

/// Who wrote an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenBy {
    /// The helper's name; none for the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helper: Option<Text>,
    pub at: Millis,
    pub version: u64,
    /// By what it is known to be true: `paper_seen` or `signed_in`; null for what only somebody
    /// says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proven: Option<ProofKind>,
}

/// A material of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftMaterial {
    /// By what it is known in calls.
    pub key: String,
    pub name: Text,
    pub form: MaterialForm,
    /// May follow later.
    pub deferrable: bool,
    /// The applicant commits to it instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replaced: bool,
    /// It was asked for when its files were sent, and is not any longer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_longer_asked: bool,
    pub files: Vec<DraftFileShown>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFileShown {
    pub file: String,
    /// `jpeg`, `png`, `webp`, `pdf` or `ofd`.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub bytes: u64,
    /// The pages of a PDF, if they could be counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    pub at: Millis,
    pub by_helper: bool,
}

/// A remark of the hall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemarkShown {
    pub id: u32,
    pub about: About,
    pub words: String,
    pub at: Millis,
    pub settled: bool,
}

/// Write an answer. What is still being written need not be right yet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteField {
    /// A repeat changes nothing.
    pub request_id: Uuid,
    pub token: Token,
    pub field: FieldId,
    /// As the form's JSON Schema says; null or "" empties it.
    pub value: FieldValue,
    /// The version of this field that they saw, 0 for none; without it, what is there is replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<u64>,
    /// Touches, clicks and keys since the page's last write; 1 without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touches: Option<u32>,
}

// Personal data must not reach a log through `{:?}`.
impl std::fmt::Debug for WriteField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WriteField").field("field", &self.field).finish_non_exhaustive()
    }
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldWritten {
    /// The draft's version with it.
    pub version: u64,
    /// The answer now, where it was joined with what somebody else had written meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<FieldValue>,
    /// What somebody else had written meanwhile, and no longer stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub displaced: Option<FieldValue>,
}

// Personal data must not reach a log through `{:?}`.
impl std::fmt::Debug for FieldWritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FieldWritten").field("version", &self.version).finish_non_exhaustive()
    }
}

/// Check all answers without sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckDraft {
    pub token: Token,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftChecked {
    /// What is wrong or missing, in the order of the form; empty where it can be sent.
    pub fields: Vec<FieldRefused>,
}

/// An answer that is not right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRefused {
    /// `field`, `field.part`, `field[row].column` or `field[row].column.part`; rows from 0.
    pub field: String,
    pub code: String,
    /// In the requested language.
    pub message: String,
}

impl FieldRefused {
    /// A refusal in a language.
    pub fn of(refusal: &FieldRefusal, lang: jiban_domain::Lang) -> Self {
        Self {
            field: refusal.place.clone(),
            code: <&'static str>::from(refusal.fault).to_owned(),
            message: refusal.why.get(lang).to_owned(),
        }
    }
}

macro_rules! on_a_draft {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// A repeat gets the first answer.
            pub request_id: Uuid,
            pub token: Token,
        }
    )+};
}

on_a_draft! {
    /// Take it back, to change it.
    TakeDraftBack,
    /// Give it up. Its answers and files are erased.
    WithdrawDraft,
    /// End the help. Whoever helped sees nothing more of it.
    EndHelp,
}

/// Send it to be looked at before the visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendDraft {
    /// A repeat gets the first answer.
    pub request_id: Uuid,
    pub token: Token,
    /// What the applicant has read: where something was written since, it is not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftMoved {
    pub state: DraftState,
}

/// Remove a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetachDraftFile {
    pub token: Token,
    pub file: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareCode {
    /// Six figures.
    pub code: String,
    /// Until when they are good.
    pub until: Millis,
}

/// For whom figures are. Those for a helper lead nobody to the applicant's own side: they are said
/// by telephone, and others hear them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SharedWith {
    /// One of the hall's staff, who helps.
    #[default]
    Helper,
    /// Another device of the applicant's.
    Device,
}

/// Show six figures for a draft; they are good for a minute, once, in place of those before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareDraft {
    pub request_id: Uuid,
    pub token: Token,
    #[serde(default)]
    pub with: SharedWith,
}

/// Go on with a draft on another device, by the figures that the first shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContinueDraft {
    pub code: String,
}

/// Join an applicant as a helper, by the figures that they show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinDraft {
    pub code: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinedDraft {
    /// The helper's own; it ends with the help.
    pub token: Token,
}

/// What a page sends over its WebSocket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ToDraft {
    /// Somebody types.
    Write {
        request_id: Uuid,
        field: FieldId,
        value: FieldValue,
        /// The version of this field that they saw; 0 for none.
        base: u64,
        /// Touches, clicks and keys since the page's last write; 1 without it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        touches: Option<u32>,
    },
    /// Where they are.
    At { field: Option<FieldId> },
    /// The helper points at a field, which lights up at the applicant's.
    Point { field: FieldId },
    /// The page is still there.
    Beat,
}

/// What a page is told over its WebSocket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FromDraft {
    /// All of it: at the beginning, and when more than a value has changed.
    Draft { draft: Box<DraftShown> },
    /// A value in the server's order.
    Value {
        field: FieldId,
        value: FieldValue,
        /// `applicant` or `helper`.
        by: By,
        version: u64,
        /// The request that wrote it, to whoever sent it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request_id: Option<Uuid>,
        /// What somebody else had written meanwhile, and no longer stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        displaced: Option<FieldValue>,
    },
    /// A write was refused; the field is as it was.
    Refused { request_id: Uuid, field: FieldId, code: String, message: String, next: String },
    /// Everything up to a version is kept.
    Kept { version: u64 },
    /// Where the other is.
    At { by: By, field: Option<FieldId> },
    /// The helper points at a field.
    Point { field: FieldId },
    /// The other came or left.
    Present { by: By, name: Option<Text>, here: bool },
    /// The help has ended; nothing more comes.
    HelpEnded,
    /// The server is still there.
    Beat,
}

/// On which side somebody writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    Applicant,
    Helper,
}

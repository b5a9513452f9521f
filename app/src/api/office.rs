//! The API of the office, for reviewers and the supervisor.
//!
//! - `GET /api/office/steps?department=&colour=&mine=&after=&limit=` returns the
//!   [`Steps`], the most urgent first; `GET /events/office` streams the
//!   [`OfficeNow`].
//! - `GET /api/office/case?step=12-3` (or `?case=12`) returns a [`CaseShown`].
//! - `GET /api/office/file?case=&file=&small=`, `GET /api/office/result.pdf?code=`.
//!
//! The figures of the supervisor are in [`figures`](super::figures).

use jiban_domain::case::{CaseState, Colour, StepRef, StepState, TellingState, ToldBy};
use jiban_domain::{CaseId, DepartmentId, HallId, MatterId, Millis, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::case::{Applicant, CaseShown};
use super::commitment::CheckShown;
use super::drafts::DraftsNow;
use super::session::{self, OfficeWorkplace, SignedIn};
use super::{Done, calls};

calls! {
    Take => "/api/office/take" -> StepNow,
    Approve => "/api/office/approve" -> StepNow,
    Reject => "/api/office/reject" -> StepNow,
    AskForMore => "/api/office/ask_for_more" -> StepNow,
    Unreadable => "/api/office/unreadable" -> StepNow,
    LookAtNew => "/api/office/look_at_new" -> StepNow,
    Pause => "/api/office/pause" -> StepNow,
    Resume => "/api/office/resume" -> StepNow,
    HandOver => "/api/office/hand_over" -> StepNow,
    RevealApplicant => "/api/office/look" -> Applicant,
    Revoke => "/api/office/revoke" -> CaseShown,
    RevealTelephone => "/api/office/reveal_telephone" -> Telephone,
    MarkTold => "/api/office/mark_told" -> Done,
}

/// What applicants are to be told (`GET /api/office/tellings`): those to do first, the oldest
/// first, then the last that are done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tellings {
    /// Whether the hall sends text messages.
    pub sends_messages: bool,
    /// IANA name.
    pub time_zone: String,
    pub tellings: Vec<TellingShown>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellingShown {
    pub telling: i64,
    /// The case's.
    pub number: String,
    pub why: Text,
    pub way: ToldBy,
    pub state: TellingState,
    /// Somebody has to call.
    pub to_call: bool,
    pub at: Millis,
    pub changed_at: Millis,
    /// Tries that failed, and calls.
    pub tries: u32,
    /// Who called last.
    pub by: String,
}

/// Show whom to call. The trail records it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealTelephone {
    pub telling: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telephone {
    pub name: String,
    pub telephone: String,
}

/// Somebody called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkTold {
    pub telling: i64,
    /// The applicant was told; otherwise the call stays in the list.
    pub reached: bool,
}

/// Sign in to the office.
pub type SignIn = session::SignIn<OfficeWorkplace>;

/// Sign out.
pub type SignOut = session::SignOut<OfficeWorkplace>;

/// Defines the calls on a step.
macro_rules! on_a_step {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? })?),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// Made by the page; a repeat gets the first answer.
            pub request_id: Uuid,
            pub step: StepRef,
            /// What is said with it.
            #[serde(default)]
            pub note: String,
            $($(
                $(#[$field_doc])*
                #[serde(default)]
                pub $field: $type,
            )+)?
        }
    )+};
}

on_a_step! {
    /// Take a step (签收), so that no other reviewer works on it too.
    Take,
    /// Approve it. The last step of a matter decides it and issues its result.
    Approve,
    /// Reject the matter; the note gives the reasons.
    Reject,
    /// Ask for more materials: all of them, and only once (补正).
    AskForMore {
        /// The names of the missing materials. If none is given, the note must
        /// say what is missing.
        materials: Vec<String>,
    },
    /// What was sent of a material cannot be read: it is asked for again, and the deadline
    /// stands until somebody has looked at the new one. The note tells the applicant why.
    Unreadable {
        material: u32,
        /// The file that cannot be read; null for all that was sent.
        file: Option<String>,
    },
    /// The reviewer has looked at what was sent anew of a material.
    LookAtNew {
        material: u32,
    },
    /// Pause the deadline.
    Pause {
        /// The id of a legal ground; without one, the note must name it.
        ground: Option<String>,
    },
    /// Resume the deadline.
    Resume,
    /// Hand the step over to another department; without one, back to all
    /// reviewers of the same department.
    HandOver {
        department: Option<DepartmentId>,
    },
}

/// Reveal the applicant's unmasked data. Each request records an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealApplicant {
    pub case: CaseId,
}

/// Revoke a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoke {
    /// Made by the page; a repeat gets the first answer.
    pub request_id: Uuid,
    pub code: String,
    /// Required.
    pub reason: String,
}

/// A step after a call on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepNow {
    pub id: StepRef,
    /// The state.
    pub state: StepState,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
    /// How near the due day is.
    pub colour: Option<Colour>,
    /// The state of its case.
    pub case_state: CaseState,
}

/// Steps of the reviewer's departments.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Steps {
    /// The most urgent first.
    pub steps: Vec<StepShown>,
    /// The value of `after=` for the next page, if there is one.
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepShown {
    pub id: StepRef,
    pub case: CaseId,
    pub number: String,
    pub matter: MatterId,
    pub matter_name: Text,
    /// The name of the case's bundle or matter.
    pub case_name: Text,
    pub step: Text,
    pub department: DepartmentId,
    pub department_name: Text,
    pub hall: HallId,
    /// The state.
    pub state: StepState,
    pub reviewer: Option<Text>,
    /// The user has it.
    pub mine: bool,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
    /// The calendar ends before that day.
    pub due_provisional: bool,
    /// How near the due day is.
    pub colour: Colour,
    /// Working days left; negative when late.
    pub days_left: i64,
    /// When it was opened.
    pub opened_at: Millis,
}

/// Everything the office page shows besides the case in hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeNow {
    pub clerk: SignedIn,
    /// IANA name of the first hall's time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds.
    pub now: Millis,
    /// The user's departments, and the number of steps in each.
    pub departments: Vec<DepartmentLoad>,
    /// All departments, for handing a step over.
    pub all_departments: Vec<DepartmentName>,
    /// The legal grounds for a pause: id and name.
    pub grounds: Vec<(String, Text)>,
    /// The first of the user's steps, the most urgent first, at most 100.
    pub steps: Vec<StepShown>,
    /// The number of all their steps.
    pub count: u32,
    /// The checks of commitments that the user's departments have to do, the most urgent
    /// first, at most 200.
    #[serde(default)]
    pub checks: Vec<CheckShown>,
    /// The drafts that were sent before a visit.
    #[serde(default)]
    pub drafts: DraftsNow,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentName {
    pub id: DepartmentId,
    pub name: Text,
}

/// The workload of a department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentLoad {
    pub id: DepartmentId,
    pub name: Text,
    /// Overdue.
    pub late: u32,
    /// Red, without the overdue ones.
    pub red: u32,
    pub yellow: u32,
    pub green: u32,
}

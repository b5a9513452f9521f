//! What the office asks: reviewers, and the supervisor.
//!
//! - `GET /api/office/steps?department=&colour=&mine=&after=&limit=` gives the
//!   [`Steps`], reddest first; `GET /events/office` the [`OfficeNow`].
//! - `GET /api/office/case?step=12-3` (or `?case=12`) gives a [`CaseShown`].
//! - `GET /api/office/file?case=&file=&small=`, `GET /api/office/result.pdf?code=`.
//! - `GET /api/office/figures?hall=&from=&to=` gives the [`Figures`];
//!   `GET /api/office/figures.csv?table=matters&hall=&from=&to=` a table of them
//!   (`states`, `matters`, `departments`, `late`). The supervisor's and the
//!   director's, by the cookie of either sign-in.

use jiban_domain::case::{CaseState, Colour, StepRef, StepState};
use jiban_domain::setup::Role;
use jiban_domain::{CaseId, DepartmentId, HallId, MatterId, Millis, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::calls;
use super::case::{Applicant, CaseShown};
use super::session::{self, OfficeWorkplace, SignedIn};

calls! {
    Take => "/api/office/take" -> StepNow,
    Approve => "/api/office/approve" -> StepNow,
    Reject => "/api/office/reject" -> StepNow,
    AskForMore => "/api/office/ask_for_more" -> StepNow,
    Pause => "/api/office/pause" -> StepNow,
    Resume => "/api/office/resume" -> StepNow,
    HandOver => "/api/office/hand_over" -> StepNow,
    Look => "/api/office/look" -> Applicant,
    Revoke => "/api/office/revoke" -> CaseShown,
}

/// Signs a reviewer or supervisor in to the office.
pub type SignIn = session::SignIn<OfficeWorkplace>;

/// Signs them out.
pub type SignOut = session::SignOut<OfficeWorkplace>;

/// Writes calls on a step.
macro_rules! on_a_step {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? })?),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// Made by the console; a repeat gets the first answer.
            pub request_id: Uuid,
            /// The step.
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
    /// Take a step, so that no other reviewer works on it too.
    Take,
    /// Pass it. The last step of a matter decides it, and issues its result.
    Approve,
    /// Reject the matter; the note gives the reasons.
    Reject,
    /// Ask for more materials, all at once, and once (补正).
    AskForMore {
        /// The names of what is missing, a line each; where none is given, the
        /// note says it.
        materials: Vec<String>,
    },
    /// Stop the clock.
    Pause {
        /// The id of a legal ground; else the note names one.
        ground: Option<String>,
    },
    /// Let the clock run again.
    Resume,
    /// Give the step to another department; where none is named, back to all of
    /// one's own.
    HandOver {
        /// To which.
        department: Option<DepartmentId>,
    },
}

/// See the applicant whole. Each look is an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The case.
    pub case: CaseId,
}

/// Take a document back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoke {
    /// Made by the console; a repeat gets the first answer.
    pub request_id: Uuid,
    /// The document's code.
    pub code: String,
    /// Why; must be said.
    pub reason: String,
}

/// A step after what was done to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepNow {
    /// The step.
    pub id: StepRef,
    /// Where it stands.
    pub state: StepState,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
    /// How near that is.
    pub colour: Option<Colour>,
    /// Where its case stands.
    pub case_state: CaseState,
}

/// Steps of my departments.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Steps {
    /// The reddest first.
    pub steps: Vec<StepShown>,
    /// What `after=` takes to go on, where there are more.
    pub next: Option<String>,
}

/// A step in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepShown {
    /// Its name on the wire.
    pub id: StepRef,
    /// Its case.
    pub case: CaseId,
    /// The case's number.
    pub number: String,
    /// The matter.
    pub matter: MatterId,
    /// The matter's name.
    pub matter_name: Text,
    /// What the case is for: the bundle's name, or the matter's.
    pub case_name: Text,
    /// What is done in the step.
    pub step: Text,
    /// The department.
    pub department: DepartmentId,
    /// Its name.
    pub department_name: Text,
    /// The hall.
    pub hall: HallId,
    /// Where it stands.
    pub state: StepState,
    /// Who has it.
    pub reviewer: Option<Text>,
    /// The asker has it.
    pub mine: bool,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
    /// The calendar ends before that day.
    pub due_provisional: bool,
    /// How near that is.
    pub colour: Colour,
    /// Working days left; negative when late.
    pub days_left: i64,
    /// When its turn came.
    pub opened_at: Millis,
}

/// All that the office's page shows beside the case in hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeNow {
    /// Who is signed in.
    pub clerk: SignedIn,
    /// IANA name of the first hall's time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds.
    pub now: Millis,
    /// Their departments, and how many steps lie in each.
    pub departments: Vec<DepartmentLoad>,
    /// Every department: where a step may be handed over to.
    pub all_departments: Vec<DepartmentName>,
    /// The grounds on which the clock may stop: id and name.
    pub grounds: Vec<(String, Text)>,
    /// The first of their steps, the reddest first, at most 100.
    pub steps: Vec<StepShown>,
    /// How many there are in all.
    pub count: u32,
}

/// A department's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentName {
    /// Its id.
    pub id: DepartmentId,
    /// Its name.
    pub name: Text,
}

/// What lies in a department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentLoad {
    /// Its id.
    pub id: DepartmentId,
    /// Its name.
    pub name: Text,
    /// Past their limit.
    pub late: u32,
    /// Red, the late not counted.
    pub red: u32,
    /// Yellow.
    pub yellow: u32,
    /// The rest.
    pub green: u32,
}

/// What the supervisor sees of a hall's cases, over a stretch of days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Who is signed in, and as what.
    pub role: Role,
    /// The hall; null is all.
    pub hall: Option<HallId>,
    /// First day, `YYYY-MM-DD`: of acceptance.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Cases by state: of those opened in the stretch.
    pub states: Vec<(CaseState, u32)>,
    /// Accepted in the stretch and decided since.
    pub decided: u32,
    /// Of those, within the limit promised.
    pub on_time: u32,
    /// Open now and past their limit, in all.
    pub late_now: u32,
    /// By matter or bundle.
    pub matters: Vec<MatterFigures>,
    /// By department.
    pub departments: Vec<DepartmentFigures>,
    /// The late with who has them, the latest first, at most 200.
    pub late: Vec<LateStep>,
    /// Accepted and decided, by day.
    pub days: Vec<DayFigures>,
}

/// Figures of a matter or bundle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatterFigures {
    /// Its id.
    pub subject: String,
    /// Its name.
    pub name: Text,
    /// Accepted in the stretch.
    pub accepted: u32,
    /// Of those, decided since.
    pub decided: u32,
    /// Of those, on time.
    pub on_time: u32,
    /// Open and late now.
    pub late: u32,
    /// Mean working days from acceptance to decision, pauses not counted.
    pub mean_days: Option<f64>,
    /// Working days promised.
    pub promised_days: u16,
}

/// Figures of a department's steps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DepartmentFigures {
    /// Its id.
    pub department: DepartmentId,
    /// Its name.
    pub name: Text,
    /// Lying there now.
    pub open: u32,
    /// Of those, late.
    pub late: u32,
    /// Decided in the stretch.
    pub decided: u32,
    /// Of those, on time.
    pub on_time: u32,
    /// Mean working days a step took.
    pub mean_days: Option<f64>,
    /// Mean working days its steps may take.
    pub mean_limit: Option<f64>,
}

/// A step past its limit, or of a case past its.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateStep {
    /// The step.
    pub step: StepRef,
    /// The case's number.
    pub number: String,
    /// What the case is for.
    pub name: Text,
    /// What is to be done.
    pub what: Text,
    /// The department that has it.
    pub department: Text,
    /// The reviewer, where one took it.
    pub reviewer: Option<Text>,
    /// `YYYY-MM-DD`.
    pub due: String,
    /// Working days since.
    pub days: u32,
}

/// Accepted and decided on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// Accepted.
    pub accepted: u32,
    /// Decided.
    pub decided: u32,
}

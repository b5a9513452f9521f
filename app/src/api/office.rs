//! The API of the office, for reviewers and the supervisor.
//!
//! - `GET /api/office/steps?department=&colour=&mine=&after=&limit=` returns the
//!   [`Steps`], the most urgent first; `GET /events/office` streams the
//!   [`OfficeNow`].
//! - `GET /api/office/case?step=12-3` (or `?case=12`) returns a [`CaseShown`].
//! - `GET /api/office/file?case=&file=&small=`, `GET /api/office/result.pdf?code=`.
//! - `GET /api/office/figures?hall=&from=&to=` returns the [`Figures`];
//!   `GET /api/office/figures.csv?table=matters&hall=&from=&to=` one of their
//!   tables (`states`, `matters`, `departments`, `late`). For the supervisor and
//!   the director, with the cookie of either sign-in.

use jiban_domain::case::{CaseState, Colour, StepRef, StepState, TellingState, ToldBy};
use jiban_domain::self_print::PrintKind;
use jiban_domain::setup::Role;
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

/// Figures of a hall's cases over a period, for the supervisor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The role of the user.
    pub role: Role,
    /// Null for all halls.
    pub hall: Option<HallId>,
    /// The first day of the period, `YYYY-MM-DD`.
    pub from: String,
    pub to: String,
    /// Cases opened in the period, by state.
    pub states: Vec<(CaseState, u32)>,
    /// Accepted in the period, and decided since.
    pub decided: u32,
    /// Of those, within the promised time.
    pub on_time: u32,
    /// All cases open and overdue now.
    pub late_now: u32,
    pub matters: Vec<MatterFigures>,
    pub departments: Vec<DepartmentFigures>,
    /// Overdue steps and who has them, the most overdue first, at most 200.
    pub late: Vec<LateStep>,
    pub days: Vec<DayFigures>,
    /// Bookings by the day that they were for.
    #[serde(default)]
    pub bookings: Vec<BookingFigures>,
    /// The checks of commitments that are not over, the most overdue first, at most 200.
    #[serde(default)]
    pub checks: Vec<CheckShown>,
    /// What people printed by themselves in the period, by kind.
    #[serde(default)]
    pub prints: Vec<PrintFigures>,
    /// Applications by the way they came.
    #[serde(default)]
    pub applications: Vec<ApplicationFigures>,
    /// The fields that were most often not right when somebody sent an application, at most 30.
    #[serde(default)]
    pub wrong_fields: Vec<WrongField>,
}

/// By which way an application came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameBy {
    /// Filled in alone, on a phone or at home.
    Phone,
    /// Filled in alone at a terminal.
    Terminal,
    /// Somebody of the hall was beside the applicant (肩并肩).
    SideBySide,
    /// Begun by a clerk at a counter.
    Desk,
    /// Nothing was filled in before: the case was opened at a counter.
    Counter,
}

impl CameBy {
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Phone => ("手机自办", "Phone, alone"),
            Self::Terminal => ("终端自办", "Terminal, alone"),
            Self::SideBySide => ("有人协助（肩并肩）", "With help, side by side"),
            Self::Desk => ("窗口填表", "Filled in at a counter"),
            Self::Counter => ("窗口收件（未填表）", "Counter, no form"),
        };
        Text::new(zh, en)
    }
}

/// Applications that came by one way, begun in the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationFigures {
    pub by: CameBy,
    /// Sent, or received at a counter.
    pub sent: u32,
    /// Whose case was accepted.
    pub accepted: u32,
    /// Of those, never returned, and nothing asked for again (一次通过).
    pub first_time: u32,
    /// The median of the minutes during which somebody wrote: longer pauses are not counted.
    pub minutes: Option<u32>,
    /// The median of the touches, clicks and keys that filling in took.
    pub touches: Option<u32>,
}

/// A field that was not right when somebody sent an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongField {
    /// The matter or bundle.
    pub name: Text,
    pub field: Text,
    /// In so many applications; what was written is not kept.
    pub count: u32,
    /// Of these, with somebody of the hall beside the applicant.
    pub helped: u32,
}

/// The bookings of a day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BookingFigures {
    pub day: String,
    /// Still to come.
    pub booked: u32,
    pub checked_in: u32,
    pub not_come: u32,
    pub cancelled: u32,
}

/// Prints of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintFigures {
    pub kind: PrintKind,
    /// The statement's name, or the kind in words.
    pub name: Text,
    /// Documents that came out whole.
    pub documents: u32,
    /// Pages that came out, of all.
    pub pages: u32,
    /// Documents that did not come out whole, or not for certain.
    pub failed: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatterFigures {
    pub subject: String,
    pub name: Text,
    /// Accepted in the period.
    pub accepted: u32,
    /// Of those, decided since.
    pub decided: u32,
    /// Of those, on time.
    pub on_time: u32,
    /// Open and overdue now.
    pub late: u32,
    /// Mean working days from acceptance to decision, without pauses.
    pub mean_days: Option<f64>,
    pub promised_days: u16,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DepartmentFigures {
    pub department: DepartmentId,
    pub name: Text,
    /// Open there now.
    pub open: u32,
    /// Of those, overdue.
    pub late: u32,
    /// Decided in the period.
    pub decided: u32,
    /// Of those, on time.
    pub on_time: u32,
    /// Mean working days a step took.
    pub mean_days: Option<f64>,
    /// Mean limit of its steps, in working days.
    pub mean_limit: Option<f64>,
}

/// An overdue step, or a step of an overdue case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateStep {
    pub step: StepRef,
    pub number: String,
    pub name: Text,
    /// The name of the step.
    pub what: Text,
    pub department: Text,
    /// The reviewer who took it.
    pub reviewer: Option<Text>,
    /// `YYYY-MM-DD`.
    pub due: String,
    /// Working days overdue.
    pub days: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    /// `YYYY-MM-DD`.
    pub day: String,
    pub accepted: u32,
    pub decided: u32,
}

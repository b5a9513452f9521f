//! The API of the figures, for the supervisor and the director, with the cookie of either sign-in.
//!
//! - `GET /api/office/figures?hall=&from=&to=` returns the [`Figures`];
//!   `GET /api/office/figures.csv?table=matters&hall=&from=&to=` one of their tables as CSV.

use jiban_domain::case::{CaseState, StepRef};
use jiban_domain::self_print::PrintKind;
use jiban_domain::setup::Role;
use jiban_domain::{DepartmentId, HallId, Text};
use serde::{Deserialize, Serialize};

use super::commitment::CheckShown;

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

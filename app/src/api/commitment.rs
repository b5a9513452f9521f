//! Commitments (告知承诺) as pages are told of them: what is offered, what was signed, and the
//! check afterwards.
//!
//! - `GET /api/office/checks?department=&mine=` returns the [`Checks`] that are to be done,
//!   the most urgent first.

use jiban_domain::case::commitment::AnsweredVia;
use jiban_domain::case::{CheckState, Colour};
use jiban_domain::{CaseId, DepartmentId, HallId, MatterId, Millis, Text};
use serde::{Deserialize, Serialize};

/// What can be committed to in a case. Days are working days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentOffered {
    /// The promised limit of the case with it.
    pub promised_days: u16,
    pub matters: Vec<MatterOffered>,
}

/// What one matter offers to commit to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterOffered {
    pub matter: MatterId,
    pub name: Text,
    /// What the applicant declares.
    pub text: Text,
    /// What a breach leads to.
    pub consequence: Text,
    /// The steps that it replaces.
    pub steps: Vec<Text>,
    /// The materials that it replaces.
    pub materials: Vec<Text>,
    /// The name of the department that checks afterwards.
    pub check_department: Text,
    pub check_within_days: u16,
}

/// What was committed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentShown {
    pub at: Millis,
    /// The drawn signature, for staff.
    pub signature: Option<String>,
    /// The promised limit without it, in working days.
    pub ordinary_days: u16,
    pub terms: Vec<TermsShown>,
}

impl CommitmentShown {
    /// Whether a check is not over, which may still change what was decided.
    pub fn is_checked(&self) -> bool {
        let mut checks = self.terms.iter().filter_map(|terms| terms.check.as_ref());
        checks.any(|check| !check.state.is_end())
    }
}

/// The terms of one matter, and its check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsShown {
    pub matter: MatterId,
    pub name: Text,
    /// What the applicant declared.
    pub text: Text,
    /// What a breach leads to.
    pub consequence: Text,
    pub department: DepartmentId,
    /// The name of the department that checks.
    pub check_department: Text,
    /// Working days after the decision.
    pub check_within_days: u16,
    /// The check, once the matter is decided.
    pub check: Option<CheckStatus>,
}

/// How far the check of a matter is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckStatus {
    /// The state.
    pub state: CheckState,
    /// `YYYY-MM-DD`: the last day for what is to be done next.
    pub due: Option<String>,
    /// The calendar ends before that day.
    pub due_provisional: bool,
    pub late: bool,
    /// Who has it, for staff.
    pub reviewer: Option<Text>,
    /// What was said when it ended.
    pub note: String,
    pub done_at: Option<Millis>,
    /// What was found broken.
    pub breach: Option<BreachShown>,
}

/// A breach that the applicant was told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreachShown {
    pub at: Millis,
    /// What was found.
    pub finding: String,
    /// `YYYY-MM-DD`: the last day to answer.
    pub answer_by: String,
    /// `YYYY-MM-DD`: the last day to put it right; null where that is not offered.
    pub put_right_by: Option<String>,
    /// What the applicant said, oldest first.
    pub answers: Vec<AnswerShown>,
    /// Whoever opened the page may answer there.
    pub may_answer: bool,
}

/// An answer to a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerShown {
    pub at: Millis,
    /// `phone`, `counter` or `department`.
    pub via: AnsweredVia,
    pub text: String,
}

/// Checks that are to be done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checks {
    /// The most urgent first, at most 200.
    pub checks: Vec<CheckShown>,
}

/// A check in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckShown {
    pub case: CaseId,
    pub number: String,
    pub matter: MatterId,
    pub matter_name: Text,
    pub hall: HallId,
    pub department: DepartmentId,
    pub department_name: Text,
    /// `to_do` or `noticed`.
    pub state: CheckState,
    /// The applicant answered the notice.
    pub answered: bool,
    pub reviewer: Option<Text>,
    /// The user has it.
    pub mine: bool,
    /// `YYYY-MM-DD`.
    pub due: String,
    /// The calendar ends before that day.
    pub due_provisional: bool,
    /// How near the day is.
    pub colour: Colour,
    /// Working days left; negative when late.
    pub days_left: i64,
}

//! Parts and steps, and the moves between a step's states.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::At;
use super::refusal::CaseRefusal;
use super::state::{PartState, StepState};
use crate::calendar::Due;
use crate::ids::{CaseId, ClerkId, DepartmentId, MatterId, Millis};
use crate::text::Text;

/// A step of a case, on the wire `12-3`: the third of case 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StepRef {
    pub case: CaseId,
    /// Counted from 1 through all its parts.
    pub step: u32,
}

impl fmt::Display for StepRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.case.0, self.step)
    }
}

/// The text names no step: it is not two whole numbers with a hyphen between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a step is named as in 12-3")]
pub struct NotAStep;

impl FromStr for StepRef {
    type Err = NotAStep;

    fn from_str(text: &str) -> Result<Self, NotAStep> {
        let (case, step) = text.split_once('-').ok_or(NotAStep)?;
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(case) || !plain(step) {
            return Err(NotAStep);
        }
        let case = CaseId(case.parse().map_err(|_| NotAStep)?);
        Ok(Self { case, step: step.parse().map_err(|_| NotAStep)? })
    }
}

impl Serialize for StepRef {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StepRef {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What can be done to a step in the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepVerb {
    /// A reviewer takes it.
    Take,
    Approve,
    Reject,
    /// Ask for more materials, all at once (补正).
    AskForMore,
    /// Ask for one paper again that cannot be read, as often as need be.
    AskAgain,
    /// Stop the clock on a legal ground.
    Pause,
    /// Let it run again.
    Resume,
    /// Give it to another department, or back to the reviewer's own.
    HandOver,
    /// What was asked for was received.
    Supply,
}

/// The only table of moves of a step: the state that a verb makes of a state.
///
/// # Errors
/// [`CaseRefusal::WrongStepState`] where the verb does not apply.
pub const fn next_step_state(from: StepState, verb: StepVerb) -> Result<StepState, CaseRefusal> {
    use StepState::{Approved, Asked, Open, Paused, Rejected, Taken};
    match (from, verb) {
        (Open | Taken, StepVerb::Take) | (Paused | Asked, StepVerb::Resume | StepVerb::Supply) => {
            Ok(Taken)
        }
        (Open | Taken, StepVerb::Approve) => Ok(Approved),
        (Open | Taken, StepVerb::Reject) => Ok(Rejected),
        (Open | Taken, StepVerb::AskForMore) | (Open | Taken | Asked, StepVerb::AskAgain) => {
            Ok(Asked)
        }
        (Open | Taken, StepVerb::Pause) => Ok(Paused),
        (Open | Taken, StepVerb::HandOver) => Ok(Open),
        (state, _) => Err(CaseRefusal::WrongStepState(state)),
    }
}

/// A step of a part, decided by a department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseStep {
    /// Counted from 1 through all parts of the case.
    pub id: u32,
    /// What is done in it.
    pub name: Text,
    pub department: DepartmentId,
    /// Its own limit in working days; 0 for the limit of the part.
    pub days: u16,
    pub state: StepState,
    /// The reviewer who has it, or decided it.
    #[serde(default)]
    pub reviewer: Option<ClerkId>,
    /// When its turn came.
    #[serde(default)]
    pub opened: Option<At>,
    /// Its deadline.
    #[serde(default)]
    pub due: Option<Due>,
    #[serde(default)]
    pub done: Option<At>,
    /// The note given with the decision; the reasons for a rejection.
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub late: bool,
    /// When its state last changed.
    #[serde(default)]
    pub changed_at: Option<Millis>,
}

/// A matter of a case. A case for one matter has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub matter: MatterId,
    /// Its name when the case was opened.
    pub name: Text,
    /// The department that decides it and issues its result.
    pub department: DepartmentId,
    /// The parts whose results it needs, by their matters.
    #[serde(default)]
    pub after: Vec<MatterId>,
    /// Its promised limit in working days.
    pub promised_days: u16,
    /// The name of its result.
    pub result: Text,
    /// The kind of document that is.
    #[serde(default)]
    pub produces: Option<String>,
    /// Its steps, one after the other.
    pub steps: Vec<CaseStep>,
    pub state: PartState,
    /// When more materials were asked for, which is allowed once (行政许可法 32).
    #[serde(default)]
    pub asked_at: Option<Millis>,
    #[serde(default)]
    pub decided: Option<At>,
}

impl Part {
    /// The step that decides it; none where a commitment replaced them all.
    pub fn last_step(&self) -> Option<&CaseStep> {
        self.steps.iter().rfind(|step| step.state != StepState::Replaced)
    }
}

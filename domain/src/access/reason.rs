//! Why a clerk looks at a case that another clerk has.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::case::{Case, CaseRefusal, CaseState};
use crate::text::Text;

/// The most characters of the words added to a reason.
const NOTE: usize = 200;

/// Why a clerk looks at a case that another clerk has. Its name in snake case is in the
/// trail.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Default,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum LookReason {
    /// To hand its result over; only while it waits to be collected.
    HandOver,
    /// The clerk who has it is away.
    StandIn,
    /// The applicant asks about it.
    Asked,
    /// Somebody above asks for it.
    Supervision,
    /// As the words say.
    #[default]
    Other,
}

impl LookReason {
    /// All of them, in the order in which they are offered.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The reason in the words of the screens.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::HandOver => ("交付结果", "Hand over the result"),
            Self::StandIn => ("代同事办理", "Stand in for a colleague"),
            Self::Asked => ("申请人咨询", "The applicant asks"),
            Self::Supervision => ("督办检查", "Supervision"),
            Self::Other => ("其他", "Other"),
        };
        Text::new(zh, en)
    }

    /// The words added to it, trimmed, if it may be given for this case.
    ///
    /// # Errors
    /// [`CaseRefusal::ReasonNeeded`] for [`LookReason::Other`] without words;
    /// [`CaseRefusal::WrongCaseState`] where nothing waits to be handed over.
    pub fn words(self, note: &str, case: &Case) -> Result<String, CaseRefusal> {
        let note: String = note.trim().chars().take(NOTE).collect();
        match self {
            Self::Other if note.is_empty() => Err(CaseRefusal::ReasonNeeded),
            Self::HandOver if case.state != CaseState::Ready => {
                Err(CaseRefusal::WrongCaseState(case.state))
            }
            _ => Ok(note),
        }
    }
}

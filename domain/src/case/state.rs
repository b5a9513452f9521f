//! The states of a case, of its parts (one a matter) and of their steps. Their
//! names in snake case are those on the wire and in the database.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::text::Text;

/// The state of a case.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum CaseState {
    /// Received (收件); its materials are being checked.
    Open,
    /// Accepted (受理): the departments have it, and the clock runs.
    Accepted,
    /// Decided; the result waits to be collected.
    Ready,
    /// The result was collected or posted. An end.
    Delivered,
    /// Rejected in all its parts. An end.
    Rejected,
    /// Not accepted (不予受理). An end.
    Declined,
    /// Withdrawn by the applicant. An end.
    Withdrawn,
    /// Ended by rule: a promise was broken. An end.
    Ended,
}

impl CaseState {
    /// All of them, in the order of a case's life.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Whether the case has ended.
    pub const fn is_end(self) -> bool {
        !matches!(self, Self::Open | Self::Accepted | Self::Ready)
    }

    /// The state in the words of the screens.
    pub fn name(self) -> Text {
        match self {
            Self::Open => Text::new("收件核对", "being checked"),
            Self::Accepted => Text::new("办理中", "being decided"),
            Self::Ready => Text::new("待领取", "ready to collect"),
            Self::Delivered => Text::new("已办结", "finished"),
            Self::Rejected => Text::new("不予许可", "rejected"),
            Self::Declined => Text::new("不予受理", "not accepted"),
            Self::Withdrawn => Text::new("已撤回", "withdrawn"),
            Self::Ended => Text::new("已终止", "ended"),
        }
    }
}

/// The state of a part: a matter of the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    /// Waits for acceptance, or for another part's result.
    Waiting,
    /// Its steps are being done.
    Running,
    Approved,
    Rejected,
    /// Never begun: what it needed was rejected, or the case ended.
    Skipped,
}

impl PartState {
    /// Whether the part has ended.
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Approved | Self::Rejected | Self::Skipped)
    }
}

/// The state of a department's step.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum StepState {
    /// Not its turn yet.
    Waiting,
    /// In the department; no reviewer has it.
    Open,
    /// A reviewer has it.
    Taken,
    /// Waits for materials that were asked for (补正).
    Asked,
    /// The clock is stopped on a legal ground.
    Paused,
    Approved,
    /// Rejected. Ends its part.
    Rejected,
    /// Its turn never came: its part, or the case, ended before.
    Skipped,
    /// Not opened: the applicant commits to what it would have found (告知承诺).
    Replaced,
}

impl StepState {
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Whether it is a department's to move.
    pub const fn is_in_hand(self) -> bool {
        matches!(self, Self::Open | Self::Taken | Self::Asked | Self::Paused)
    }

    /// The state in the words of the screens.
    pub fn name(self) -> Text {
        match self {
            Self::Waiting => Text::new("未到", "to come"),
            Self::Open => Text::new("待办", "to do"),
            Self::Taken => Text::new("办理中", "in progress"),
            Self::Asked => Text::new("待补正", "waiting for materials"),
            Self::Paused => Text::new("暂停计时", "deadline suspended"),
            Self::Approved => Text::new("通过", "approved"),
            Self::Rejected => Text::new("不予许可", "rejected"),
            Self::Skipped => Text::new("未进行", "not done"),
            Self::Replaced => Text::new("以承诺代替", "replaced by a commitment"),
        }
    }
}

/// The state of a check.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum CheckState {
    /// The department has to check.
    ToDo,
    /// Found broken; the applicant was told and may answer, or put it right.
    Noticed,
    /// Found as committed. An end.
    Kept,
    /// The breach was put right in time. An end.
    PutRight,
    /// The result was revoked for it. An end.
    Revoked,
    /// The result was revoked for another reason, so there is nothing to check. An end.
    Dropped,
}

impl CheckState {
    /// All of them, in the order of a check.
    pub const ALL: &[Self] = Self::VARIANTS;

    pub const fn is_end(self) -> bool {
        !matches!(self, Self::ToDo | Self::Noticed)
    }

    /// The state in the words of the screens.
    pub fn name(self) -> Text {
        match self {
            Self::ToDo => Text::new("待核查", "to be checked"),
            Self::Noticed => Text::new("不实待处理", "breach found"),
            Self::Kept => Text::new("与承诺相符", "found as committed"),
            Self::PutRight => Text::new("已整改", "put right"),
            Self::Revoked => Text::new("已撤销决定", "revoked"),
            Self::Dropped => Text::new("无需核查", "no longer needed"),
        }
    }
}

//! The states of a ticket and the verbs that move it. Which verb applies to
//! which state is in [`super::moves`].

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::text::Text;

/// The state of a ticket. Its names in snake case are those on the wire and in
/// the database.
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
pub enum TicketState {
    /// In the line.
    Waiting,
    /// Called to a counter; the visitor is on the way.
    Called,
    /// The visitor is at the counter.
    Serving,
    /// Set aside at its counter: the visitor fetches a copy or a document.
    OnHold,
    /// An end.
    Finished,
    /// Called, but the visitor did not come. Can be reinstated the same day.
    Missed,
    /// Given back, or left over when the day turned. An end.
    Cancelled,
}

impl TicketState {
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Whether the ticket can still move today.
    pub const fn is_active(self) -> bool {
        !matches!(self, Self::Finished | Self::Cancelled)
    }

    /// Whether the ticket is at a counter, which then can take no other.
    pub const fn is_in_hand(self) -> bool {
        matches!(self, Self::Called | Self::Serving)
    }

    /// The state in the words of the screens.
    pub fn name(self) -> Text {
        match self {
            Self::Waiting => Text::new("等候中", "waiting"),
            Self::Called => Text::new("已叫号", "called"),
            Self::Serving => Text::new("办理中", "being served"),
            Self::OnHold => Text::new("已挂起", "on hold"),
            Self::Finished => Text::new("已结束", "finished"),
            Self::Missed => Text::new("已过号", "missed"),
            Self::Cancelled => Text::new("已取消", "cancelled"),
        }
    }
}

/// What can be done to a ticket after it was issued. Its names in snake case
/// are those on the wire.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Verb {
    /// Call the ticket to a counter.
    Call,
    /// Call the same ticket once more.
    Recall,
    /// The visitor has come.
    Begin,
    /// Set aside.
    Hold,
    /// Continue with a ticket that was set aside.
    Resume,
    /// Call a ticket that was set aside, here or at another counter of its line.
    TakeUp,
    /// Back into its line, where any counter of the line calls it.
    PutBack,
    /// Send on to another line or counter.
    Transfer,
    Finish,
    /// Take an end back that was pressed by mistake.
    Reopen,
    /// The visitor did not come.
    MarkMissed,
    /// A missed visitor is here after all.
    Reinstate,
    /// Give the ticket back.
    Cancel,
}

impl Verb {
    pub const ALL: &[Self] = Self::VARIANTS;
}

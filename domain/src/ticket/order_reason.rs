//! Why a supervisor orders something about a ticket. The reasons are a list, so that nothing
//! about a person is written into the trail.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use crate::text::Text;

/// Why a supervisor orders something about a ticket.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum OrderReason {
    /// The visitor asked for it.
    #[default]
    VisitorAsked,
    /// They are unwell, or cannot wait.
    Unwell,
    WrongMatter,
    CounterClosed,
    /// Nobody has seen the visitor for long.
    VisitorLeft,
    Other,
}

impl OrderReason {
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The reason in the words of the screens.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::VisitorAsked => ("当事人要求", "The visitor asked for it"),
            Self::Unwell => ("身体不适或情况紧急", "Unwell, or urgent"),
            Self::WrongMatter => ("取错事项", "Wrong matter chosen"),
            Self::CounterClosed => ("窗口停止服务", "The counter has closed"),
            Self::VisitorLeft => ("当事人已离开", "The visitor has left"),
            Self::Other => ("其他", "Other"),
        };
        Text::new(zh, en)
    }
}

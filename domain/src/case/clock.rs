//! The deadline, and what stops it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::StepRef;
use crate::ids::Millis;
use crate::text::Text;

/// Why the clock stood still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopGround {
    /// A legal ground: a hearing, an inspection (行政许可法 45).
    Legal {
        /// Its id in the hall's rules.
        id: String,
        /// Its name then.
        name: Text,
        /// Working days after which the clock runs again by itself; 0 is no
        /// bound.
        most_days: u16,
    },
    /// Materials were asked for, and waited for (补正).
    Materials,
}

/// A stretch in which the clock stood still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The step it belongs to.
    pub step: StepRef,
    /// Why.
    pub ground: StopGround,
    /// What was said with it.
    #[serde(default)]
    pub note: String,
    /// When it began.
    pub at: Millis,
    /// The day it began.
    pub from: Date,
    /// The day it ended; none while it lasts.
    #[serde(default)]
    pub to: Option<Date>,
}

/// How near a deadline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Past, or due at once.
    Red,
    /// Near.
    Yellow,
    /// Far.
    Green,
}

impl Colour {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Yellow => "yellow",
            Self::Green => "green",
        }
    }
}

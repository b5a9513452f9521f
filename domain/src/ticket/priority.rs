//! Why someone goes before others.

use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr};

/// A class of visitors by law: the very ill, pregnant, disabled, soldiers and
/// veterans with martyrs' families and firefighters, and the old. How much of a
/// head start each has is a rule of the hall.
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
    EnumCount,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Priority {
    /// The order of arrival.
    #[default]
    None,
    /// Seventy or older.
    Elder,
    /// Soldiers, veterans, martyrs' families, firefighters.
    Honoured,
    Disabled,
    /// Pregnant, or with an infant.
    Pregnant,
    /// Very ill.
    Ill,
}

impl Priority {
    /// All classes, ordinary first.
    pub const ALL: [Self; Self::COUNT] =
        [Self::None, Self::Elder, Self::Honoured, Self::Disabled, Self::Pregnant, Self::Ill];
}

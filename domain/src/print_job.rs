//! A slip on its way to the paper, and the printer it goes to. A job's state
//! is kept in the database, a printer's only in memory; both are sent to the pages
//! under their names in snake case.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// States of a print job. A job in doubt is never printed again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum JobState {
    /// Not yet given to the printer.
    Queued,
    /// Given to the printer, which has not answered yet.
    Sent,
    /// The printer confirmed it.
    Confirmed,
    /// Given to the printer, which cannot or did not answer.
    Unknown,
    /// It was not printed.
    Failed,
}

/// What is known of a kiosk's printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrinterNow {
    /// The kiosk has none: numbers are on the screen only.
    None,
    /// The browser prints; nothing is known of the printer.
    Browser,
    /// Answers and has paper.
    Ready,
    /// Answers; the roll is near its end.
    PaperLow,
    PaperOut,
    CoverOpen,
    /// Does not answer.
    #[default]
    Offline,
}

impl PrinterNow {
    /// Whether a slip sent now is likely to be printed.
    pub const fn prints(self) -> bool {
        matches!(self, Self::Browser | Self::Ready | Self::PaperLow)
    }
}

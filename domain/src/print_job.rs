//! A slip on its way to the paper, and the printer it goes to. A job's state
//! is kept in the database, a printer's only in memory; both are sent to the pages
//! under their names in snake case.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use crate::ids::Millis;
use crate::refusal_table::Shown;
use crate::text::{Lang, Text};

/// An older slip is not printed: the visitor has gone on with the code on the screen, and a
/// slip with somebody's number must not be left lying about.
pub const PRINTED_WITHIN: Millis = 2 * 60_000;

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
    /// Takes what is printed, and does not tell its state.
    Unknown,
    /// Does not answer.
    #[default]
    Offline,
}

impl PrinterNow {
    /// Whether a slip sent now is likely to be printed.
    pub const fn prints(self) -> bool {
        matches!(self, Self::Browser | Self::Ready | Self::PaperLow | Self::Unknown)
    }
}

/// As it ends the sentence "the printer …".
impl Shown for PrinterNow {
    fn shown(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::None => ("没有设置", "is not set up"),
            Self::Browser => ("由浏览器打印", "is the browser's"),
            Self::Ready => ("没有完成打印", "did not finish"),
            Self::PaperLow => ("纸张将尽", "is low on paper"),
            Self::PaperOut => ("缺纸", "is out of paper"),
            Self::CoverOpen => ("上盖未关好", "has its cover open"),
            Self::Unknown => ("不报告状态", "does not tell its state"),
            Self::Offline => ("没有应答", "does not answer"),
        };
        Text::new(zh, en).get(lang).to_owned()
    }
}

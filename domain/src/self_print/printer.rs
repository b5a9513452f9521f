//! The printer of A4 pages: its state, and what a job's end means.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use crate::print_job::JobState;
use crate::refusal_table::Shown;
use crate::text::{Lang, Text};

/// What is known of a kiosk's printer of A4 pages.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum DocumentPrinterNow {
    Ready,
    /// Prints something else first.
    Busy,
    PaperOut,
    DoorOpen,
    Jammed,
    TonerOut,
    /// Its queue is paused, and could not be resumed.
    Paused,
    /// It has stopped for another reason.
    Stopped,
    /// It takes no jobs.
    NotAccepting,
    /// It does not print PDF.
    NoPdf,
    /// It said that it was done, and printed nothing.
    NothingCameOut,
    /// It does not answer.
    #[default]
    Offline,
}

impl DocumentPrinterNow {
    /// Whether what is sent now is likely to be printed.
    pub const fn prints(self) -> bool {
        matches!(self, Self::Ready | Self::Busy)
    }

    /// As a sentence.
    pub fn sentence(self) -> Text {
        let (zh, en) = match self {
            Self::Ready => ("打印机就绪", "The printer is ready"),
            Self::Busy => ("打印机正在打印其他文件", "The printer is printing something else"),
            Self::PaperOut => ("打印机缺纸", "The printer is out of paper"),
            Self::DoorOpen => ("打印机的门没有关好", "The printer's door is open"),
            Self::Jammed => ("打印机卡纸", "Paper is jammed in the printer"),
            Self::TonerOut => ("打印机缺墨粉", "The printer is out of toner"),
            Self::Paused => ("打印机已暂停", "The printer is paused"),
            Self::Stopped => ("打印机已停止工作", "The printer has stopped"),
            Self::NotAccepting => ("打印机暂不接收打印任务", "The printer takes no jobs just now"),
            Self::NoPdf => ("打印机不能打印这种文件", "The printer cannot print this kind of file"),
            Self::NothingCameOut => (
                "打印机报告完成，但没有出纸",
                "The printer said that it was done, but printed nothing",
            ),
            Self::Offline => ("打印机没有应答", "The printer does not answer"),
        };
        Text::new(zh, en)
    }
}

impl Shown for DocumentPrinterNow {
    fn shown(&self, lang: Lang) -> String {
        self.sentence().get(lang).to_owned()
    }
}

/// How a printer says that a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobEnd {
    Completed,
    Canceled,
    Aborted,
}

/// What a job's end means, by the pages that it should have and those that came out.
///
/// A printer may call a job complete that it never printed, so only its own count of pages
/// confirms one. Without a count nobody knows.
pub const fn ended(end: JobEnd, came_out: Option<u32>, pages: u32) -> JobState {
    match (end, came_out) {
        (JobEnd::Completed, Some(count)) if count >= pages && count > 0 => JobState::Confirmed,
        (_, Some(_)) => JobState::Failed,
        (_, None) => JobState::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_that_were_counted_are_printed() {
        use JobEnd::{Aborted, Canceled, Completed};
        for (end, came_out, state) in [
            (Completed, Some(3), JobState::Confirmed),
            // A sheet before the document, such as a banner.
            (Completed, Some(4), JobState::Confirmed),
            (Completed, Some(0), JobState::Failed),
            (Completed, Some(2), JobState::Failed),
            (Completed, None, JobState::Unknown),
            (Aborted, Some(1), JobState::Failed),
            (Canceled, Some(0), JobState::Failed),
            (Canceled, None, JobState::Unknown),
        ] {
            assert_eq!(ended(end, came_out, 3), state, "{end:?} {came_out:?}");
        }
        assert_eq!(ended(Completed, Some(0), 0), JobState::Failed);
    }
}

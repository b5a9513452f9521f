//! The status of a visitor's slip, as the page shows it.

use crate::api::kiosk::{JobNow, JobState, PrinterNow};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlipStatus {
    Printing,
    /// The printer confirmed that it came out.
    Printed,
    /// A browser printed it, and browsers do not report results.
    LikelyPrinted,
    /// It is not known whether it came out.
    Unknown,
    /// It did not come out.
    Failed,
    /// No slip was requested.
    ScreenOnly,
}

/// After this time a slip without news counts as unknown.
const TIMEOUT_SECONDS: u32 = 15;

/// The status by the ticket's last print job, `seconds` after the number was
/// given.
pub fn slip_status(
    printer: PrinterNow,
    screen_only: bool,
    last: Option<JobState>,
    seconds: u32,
) -> SlipStatus {
    let by_browser = printer == PrinterNow::Browser;
    match last {
        Some(JobState::Confirmed) => SlipStatus::Printed,
        _ if screen_only => SlipStatus::ScreenOnly,
        None if printer == PrinterNow::None => SlipStatus::ScreenOnly,
        Some(JobState::Failed) => SlipStatus::Failed,
        Some(JobState::Sent | JobState::Unknown) if by_browser => SlipStatus::LikelyPrinted,
        None | Some(JobState::Queued | JobState::Sent) if seconds < TIMEOUT_SECONDS => {
            SlipStatus::Printing
        }
        None | Some(_) => SlipStatus::Unknown,
    }
}

pub fn last_state(jobs: &[JobNow]) -> Option<JobState> {
    jobs.last().map(|job| job.state)
}

impl SlipStatus {
    /// Seconds that the ticket stays on the screen without a touch. A visitor who
    /// holds a slip needs less time than one who must photograph the screen.
    pub const fn display_seconds(self) -> u32 {
        match self {
            Self::Printed => 20,
            Self::LikelyPrinted => 30,
            Self::Printing | Self::Unknown | Self::Failed | Self::ScreenOnly => 60,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_counts_as_printed_only_when_the_printer_confirmed_it() {
        let status = |last| slip_status(PrinterNow::Ready, false, last, 3);
        assert_eq!(status(None), SlipStatus::Printing);
        assert_eq!(status(Some(JobState::Queued)), SlipStatus::Printing);
        assert_eq!(status(Some(JobState::Sent)), SlipStatus::Printing);
        assert_eq!(status(Some(JobState::Confirmed)), SlipStatus::Printed);
        assert_eq!(status(Some(JobState::Unknown)), SlipStatus::Unknown);
        assert_eq!(status(Some(JobState::Failed)), SlipStatus::Failed);
    }

    #[test]
    fn a_slip_without_news_becomes_unknown() {
        let late = slip_status(PrinterNow::Ready, false, Some(JobState::Sent), TIMEOUT_SECONDS);
        assert_eq!(late, SlipStatus::Unknown);
        assert!(late.display_seconds() > SlipStatus::Printed.display_seconds());
    }

    #[test]
    fn without_a_printer_the_screen_is_the_slip() {
        assert_eq!(slip_status(PrinterNow::None, false, None, 0), SlipStatus::ScreenOnly);
        let agreed = slip_status(PrinterNow::PaperOut, true, Some(JobState::Failed), 0);
        assert_eq!(agreed, SlipStatus::ScreenOnly);
        let queued = slip_status(PrinterNow::PaperOut, true, Some(JobState::Queued), 0);
        assert_eq!(queued, SlipStatus::ScreenOnly);
        // The printer had paper again in time.
        let printed = slip_status(PrinterNow::Ready, true, Some(JobState::Confirmed), 0);
        assert_eq!(printed, SlipStatus::Printed);
    }

    #[test]
    fn a_browser_reports_no_result() {
        let sent = slip_status(PrinterNow::Browser, false, Some(JobState::Unknown), 0);
        assert_eq!(sent, SlipStatus::LikelyPrinted);
    }
}

//! How a visitor's slip is getting on, and what to tell them of it.

use crate::api::kiosk::{JobNow, JobState, PrinterNow};

/// The slip, as far as the visitor is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlipNow {
    /// It is being printed.
    Coming,
    /// The printer said it came out.
    Here,
    /// A browser printed it, which tells nothing back: most likely it is here.
    LikelyHere,
    /// Nobody can say whether it came out.
    Unknown,
    /// It did not come out.
    Failed,
    /// None was wanted.
    ScreenOnly,
}

/// A slip that takes longer is no longer waited for.
const PATIENCE_SECONDS: u32 = 15;

/// Decides from the ticket's last job, after so many seconds.
pub fn slip_now(
    printer: PrinterNow,
    screen_only: bool,
    last: Option<JobState>,
    seconds: u32,
) -> SlipNow {
    let by_browser = printer == PrinterNow::Browser;
    match last {
        Some(JobState::Confirmed) => SlipNow::Here,
        _ if screen_only => SlipNow::ScreenOnly,
        None if printer == PrinterNow::None => SlipNow::ScreenOnly,
        Some(JobState::Failed) => SlipNow::Failed,
        Some(JobState::Sent | JobState::Unknown) if by_browser => SlipNow::LikelyHere,
        None | Some(JobState::Queued | JobState::Sent) if seconds < PATIENCE_SECONDS => {
            SlipNow::Coming
        }
        None | Some(_) => SlipNow::Unknown,
    }
}

/// The state of the last job of a list.
pub fn last_state(jobs: &[JobNow]) -> Option<JobState> {
    jobs.last().map(|job| job.state)
}

impl SlipNow {
    /// How long the ticket stays on the screen without a touch, in seconds: a
    /// visitor who holds a slip needs it less than one who must photograph it.
    pub const fn stays(self) -> u32 {
        match self {
            Self::Here => 20,
            Self::LikelyHere => 30,
            Self::Coming | Self::Unknown | Self::Failed | Self::ScreenOnly => 60,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_here_only_when_the_printer_said_so() {
        let now = |last| slip_now(PrinterNow::Ready, false, last, 3);
        assert_eq!(now(None), SlipNow::Coming);
        assert_eq!(now(Some(JobState::Queued)), SlipNow::Coming);
        assert_eq!(now(Some(JobState::Sent)), SlipNow::Coming);
        assert_eq!(now(Some(JobState::Confirmed)), SlipNow::Here);
        assert_eq!(now(Some(JobState::Unknown)), SlipNow::Unknown);
        assert_eq!(now(Some(JobState::Failed)), SlipNow::Failed);
    }

    #[test]
    fn nobody_waits_for_ever_for_a_slip() {
        let late = slip_now(PrinterNow::Ready, false, Some(JobState::Sent), PATIENCE_SECONDS);
        assert_eq!(late, SlipNow::Unknown);
        assert!(late.stays() > SlipNow::Here.stays());
    }

    #[test]
    fn without_a_printer_the_screen_is_the_slip() {
        assert_eq!(slip_now(PrinterNow::None, false, None, 0), SlipNow::ScreenOnly);
        let agreed = slip_now(PrinterNow::PaperOut, true, Some(JobState::Failed), 0);
        assert_eq!(agreed, SlipNow::ScreenOnly);
        let waits = slip_now(PrinterNow::PaperOut, true, Some(JobState::Queued), 0);
        assert_eq!(waits, SlipNow::ScreenOnly);
        // The paper came back in time after all.
        let lucky = slip_now(PrinterNow::Ready, true, Some(JobState::Confirmed), 0);
        assert_eq!(lucky, SlipNow::Here);
    }

    #[test]
    fn a_browser_tells_nothing_back() {
        let sent = slip_now(PrinterNow::Browser, false, Some(JobState::Unknown), 0);
        assert_eq!(sent, SlipNow::LikelyHere);
    }
}

//! Guides that kiosks printed recently. Their number is limited: a kiosk is
//! unattended, and its paper is for slips.
//!
//! This is kept in memory: after a restart a few more are printed, which is harmless.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiban_domain::print_job::JobState;
use jiban_domain::{KioskId, Millis, Refusal};
use uuid::Uuid;

/// The time over which prints are counted.
pub const WINDOW: Millis = 10 * 60_000;

/// The recent prints of each kiosk.
#[derive(Debug)]
pub struct GuidePrints {
    kiosks: Mutex<HashMap<KioskId, Vec<Print>>>,
    /// Guides that one kiosk prints within [`WINDOW`].
    most: usize,
}

#[derive(Debug)]
struct Print {
    request: Uuid,
    at: Millis,
    state: JobState,
}

impl GuidePrints {
    pub fn new(most: usize) -> Self {
        Self { kiosks: Mutex::default(), most }
    }

    /// Begins a print. For a repeated request, returns the state of its first print.
    ///
    /// # Errors
    /// [`Refusal::TooManySheets`].
    pub fn begin(
        &self,
        kiosk: &KioskId,
        request: Uuid,
        now: Millis,
    ) -> Result<Option<JobState>, Refusal> {
        let mut kiosks = self.kiosks.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = kiosks.entry(kiosk.clone()).or_default();
        recent.retain(|one| (now - WINDOW..=now).contains(&one.at));
        if let Some(before) = recent.iter().find(|one| one.request == request) {
            return Ok(Some(before.state));
        }
        if recent.len() >= self.most {
            return Err(Refusal::TooManySheets);
        }
        recent.push(Print { request, at: now, state: JobState::Sent });
        Ok(None)
    }

    /// Records how a print ended. A failed one does not count.
    pub fn end(&self, kiosk: &KioskId, request: Uuid, state: JobState) {
        let mut kiosks = self.kiosks.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(recent) = kiosks.get_mut(kiosk) else { return };
        if state == JobState::Failed {
            recent.retain(|one| one.request != request);
        }
        for one in recent.iter_mut().filter(|one| one.request == request) {
            one.state = state;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 6;

    #[test]
    fn prints_are_limited_within_the_window() {
        let prints = GuidePrints::new(LIMIT);
        let kiosk = KioskId::from("K1");
        let begin = |n: u128, now| prints.begin(&kiosk, Uuid::from_u128(n), now);
        for n in 0..LIMIT {
            assert_eq!(begin(n as u128, 0), Ok(None));
        }
        assert_eq!(begin(99, WINDOW), Err(Refusal::TooManySheets));
        assert_eq!(begin(3, WINDOW), Ok(Some(JobState::Sent)), "a repeated request prints nothing");
        prints.end(&kiosk, Uuid::from_u128(3), JobState::Confirmed);
        assert_eq!(begin(3, WINDOW), Ok(Some(JobState::Confirmed)));
        assert_eq!(
            prints.begin(&"K2".into(), Uuid::from_u128(99), 0),
            Ok(None),
            "other kiosks are not limited"
        );
        assert_eq!(begin(99, WINDOW + 1), Ok(None));
    }

    #[test]
    fn a_failed_print_may_be_repeated() {
        let prints = GuidePrints::new(LIMIT);
        let kiosk = KioskId::from("K1");
        for _ in 0..3 * LIMIT {
            assert_eq!(prints.begin(&kiosk, Uuid::nil(), 0), Ok(None));
            prints.end(&kiosk, Uuid::nil(), JobState::Failed);
        }
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_block_printing() {
        let prints = GuidePrints::new(LIMIT);
        let kiosk = KioskId::from("K1");
        for n in 0..LIMIT {
            prints.begin(&kiosk, Uuid::from_u128(n as u128), 10 * WINDOW).unwrap();
        }
        assert_eq!(prints.begin(&kiosk, Uuid::from_u128(99), 0), Ok(None));
    }
}

//! Guides that kiosks printed recently. Their number is limited: a kiosk is
//! unattended, and its paper is for slips.
//!
//! This is kept in memory: after a restart a few more are printed, which is harmless.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiban_domain::{KioskId, Millis, Refusal};
use uuid::Uuid;

/// The time over which prints are counted.
pub const WINDOW: Millis = 10 * 60_000;

/// The recent prints of each kiosk.
#[derive(Debug)]
pub struct GuidePrints {
    kiosks: Mutex<HashMap<KioskId, Vec<(Uuid, Millis)>>>,
    /// Guides that one kiosk prints within [`WINDOW`].
    most: usize,
}

impl GuidePrints {
    pub fn new(most: usize) -> Self {
        Self { kiosks: Mutex::default(), most }
    }

    /// Counts a print. A repeated request is not counted again.
    ///
    /// # Errors
    /// [`Refusal::TooManySheets`].
    pub fn count(&self, kiosk: &KioskId, request: Uuid, now: Millis) -> Result<(), Refusal> {
        let mut kiosks = self.kiosks.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = kiosks.entry(kiosk.clone()).or_default();
        recent.retain(|(_, at)| (now - WINDOW..=now).contains(at));
        if recent.iter().any(|(before, _)| *before == request) {
            return Ok(());
        }
        if recent.len() >= self.most {
            return Err(Refusal::TooManySheets);
        }
        recent.push((request, now));
        Ok(())
    }

    /// A print that failed does not count.
    pub fn discount(&self, kiosk: &KioskId, request: Uuid) {
        let mut kiosks = self.kiosks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(recent) = kiosks.get_mut(kiosk) {
            recent.retain(|(counted, _)| *counted != request);
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
        let count = |n: u128, now| prints.count(&kiosk, Uuid::from_u128(n), now);
        for n in 0..LIMIT {
            assert_eq!(count(n as u128, 0), Ok(()));
        }
        assert_eq!(count(99, WINDOW), Err(Refusal::TooManySheets));
        assert_eq!(count(3, WINDOW), Ok(()), "a repeated request prints nothing");
        let other = prints.count(&"K2".into(), Uuid::from_u128(99), 0);
        assert_eq!(other, Ok(()), "other kiosks are not limited");
        assert_eq!(count(99, WINDOW + 1), Ok(()));
    }

    #[test]
    fn a_failed_print_does_not_count() {
        let prints = GuidePrints::new(LIMIT);
        let kiosk = KioskId::from("K1");
        for n in 0..3 * LIMIT {
            let request = Uuid::from_u128(n as u128);
            assert_eq!(prints.count(&kiosk, request, 0), Ok(()));
            prints.discount(&kiosk, request);
        }
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_block_printing() {
        let prints = GuidePrints::new(LIMIT);
        let kiosk = KioskId::from("K1");
        for n in 0..LIMIT {
            prints.count(&kiosk, Uuid::from_u128(n as u128), 10 * WINDOW).unwrap();
        }
        assert_eq!(prints.count(&kiosk, Uuid::from_u128(99), 0), Ok(()));
    }
}

//! Guides that kiosks printed lately. A kiosk stands where nobody watches it,
//! and its roll is for slips.
//!
//! Kept in memory: after a restart a few more come out, which harms nobody.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiban_domain::print_job::JobState;
use jiban_domain::{KioskId, Millis, Refusal};
use uuid::Uuid;

/// Guides a kiosk prints before it says no.
pub const MOST: usize = 6;
/// In how long.
pub const WITHIN: Millis = 10 * 60_000;

/// What came out where.
#[derive(Debug, Default)]
pub struct Sheets(Mutex<HashMap<KioskId, Vec<Printed>>>);

#[derive(Debug)]
struct Printed {
    request: Uuid,
    at: Millis,
    state: JobState,
}

impl Sheets {
    /// Begins a print, or tells how the same request got on.
    ///
    /// # Errors
    /// [`Refusal::TooManySheets`].
    pub fn begin(
        &self,
        kiosk: &KioskId,
        request: Uuid,
        now: Millis,
    ) -> Result<Option<JobState>, Refusal> {
        let mut kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lately = kiosks.entry(kiosk.clone()).or_default();
        lately.retain(|one| (now - WITHIN..=now).contains(&one.at));
        if let Some(before) = lately.iter().find(|one| one.request == request) {
            return Ok(Some(before.state));
        }
        if lately.len() >= MOST {
            return Err(Refusal::TooManySheets);
        }
        lately.push(Printed { request, at: now, state: JobState::Sent });
        Ok(None)
    }

    /// How a print ended; one that nothing came of counts for nothing.
    pub fn end(&self, kiosk: &KioskId, request: Uuid, state: JobState) {
        let mut kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(lately) = kiosks.get_mut(kiosk) else { return };
        if state == JobState::Failed {
            lately.retain(|one| one.request != request);
        }
        for one in lately.iter_mut().filter(|one| one.request == request) {
            one.state = state;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiosk_prints_a_few_and_again_later() {
        let sheets = Sheets::default();
        let kiosk = KioskId::from("K1");
        let begin = |n: u128, now| sheets.begin(&kiosk, Uuid::from_u128(n), now);
        for n in 0..MOST {
            assert_eq!(begin(n as u128, 0), Ok(None));
        }
        assert_eq!(begin(99, WITHIN), Err(Refusal::TooManySheets));
        assert_eq!(begin(3, WITHIN), Ok(Some(JobState::Sent)), "a repeat prints nothing");
        sheets.end(&kiosk, Uuid::from_u128(3), JobState::Confirmed);
        assert_eq!(begin(3, WITHIN), Ok(Some(JobState::Confirmed)));
        assert_eq!(sheets.begin(&"K2".into(), Uuid::from_u128(99), 0), Ok(None), "others are free");
        assert_eq!(begin(99, WITHIN + 1), Ok(None));
    }

    #[test]
    fn what_did_not_come_out_may_be_tried_again() {
        let sheets = Sheets::default();
        let kiosk = KioskId::from("K1");
        for _ in 0..3 * MOST {
            assert_eq!(sheets.begin(&kiosk, Uuid::nil(), 0), Ok(None));
            sheets.end(&kiosk, Uuid::nil(), JobState::Failed);
        }
    }

    #[test]
    fn a_clock_set_back_holds_nobody_for_long() {
        let sheets = Sheets::default();
        let kiosk = KioskId::from("K1");
        for n in 0..MOST {
            sheets.begin(&kiosk, Uuid::from_u128(n as u128), 10 * WITHIN).unwrap();
        }
        assert_eq!(sheets.begin(&kiosk, Uuid::from_u128(99), 0), Ok(None));
    }
}

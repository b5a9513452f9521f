//! Passes of those who proved who they are. They are kept in memory: after a restart the proof
//! is repeated.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiban_domain::self_print::Proof;
use jiban_domain::{HallId, KioskId, Millis, Refusal, Token};

use crate::service::secret;

/// How long a pass is valid after it was used last.
const IDLE: Millis = 3 * 60_000;
/// How long it is valid at most.
const LONGEST: Millis = 20 * 60_000;

/// Somebody who proved who they are, at a kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    pub kiosk: KioskId,
    pub hall: HallId,
    pub proof: Proof,
    /// As far as it is known.
    pub name: String,
    pub number: String,
    /// The keyed hash of the number.
    pub number_key: [u8; 32],
}

#[derive(Debug)]
struct Pass {
    proven: Proven,
    from: Millis,
    used: Millis,
}

impl Pass {
    fn is_valid(&self, now: Millis) -> bool {
        (self.from..self.from + LONGEST).contains(&now) && now - self.used < IDLE
    }
}

/// The valid passes.
#[derive(Debug, Default)]
pub struct Passes(Mutex<HashMap<Token, Pass>>);

impl Passes {
    fn valid(&self, now: Millis) -> MutexGuard<'_, HashMap<Token, Pass>> {
        let mut passes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        passes.retain(|_, pass| pass.is_valid(now));
        passes
    }

    /// A pass for somebody. One kiosk has one visitor: whoever was there before has gone.
    pub fn give(&self, proven: Proven, now: Millis) -> Token {
        let mut passes = self.valid(now);
        passes.retain(|_, pass| pass.proven.kiosk != proven.kiosk);
        let pass = secret::token();
        passes.insert(pass, Pass { proven, from: now, used: now });
        pass
    }

    /// Whose pass it is, at its kiosk.
    ///
    /// # Errors
    /// [`Refusal::ProofOver`].
    pub fn proven(&self, pass: Token, kiosk: &KioskId, now: Millis) -> Result<Proven, Refusal> {
        let mut passes = self.valid(now);
        let pass = passes.get_mut(&pass).filter(|pass| pass.proven.kiosk == *kiosk);
        let pass = pass.ok_or(Refusal::ProofOver)?;
        pass.used = now;
        Ok(pass.proven.clone())
    }

    /// Its visitor has gone.
    pub fn end(&self, pass: Token, kiosk: &KioskId, now: Millis) {
        let mut passes = self.valid(now);
        if passes.get(&pass).is_some_and(|pass| pass.proven.kiosk == *kiosk) {
            passes.remove(&pass);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Millis = 1_800_000_000_000;

    fn proven(kiosk: &str) -> Proven {
        Proven {
            kiosk: kiosk.into(),
            hall: "main".into(),
            proof: Proof::Card { paired: false },
            name: "张三".to_owned(),
            number: "11010519491231002X".to_owned(),
            number_key: [7; 32],
        }
    }

    #[test]
    fn a_pass_is_of_one_kiosk_and_ends_by_itself_or_with_the_next_visitor() {
        let passes = Passes::default();
        let (kiosk, other): (KioskId, KioskId) = ("K1".into(), "K2".into());
        let pass = passes.give(proven("K1"), NOON);
        assert_eq!(passes.proven(pass, &kiosk, NOON), Ok(proven("K1")));
        assert_eq!(passes.proven(pass, &other, NOON), Err(Refusal::ProofOver));
        passes.end(pass, &other, NOON);
        assert!(passes.proven(pass, &kiosk, NOON + IDLE - 1).is_ok(), "used again");
        assert_eq!(passes.proven(pass, &kiosk, NOON + 2 * IDLE), Err(Refusal::ProofOver));

        let pass = passes.give(proven("K1"), NOON);
        let elsewhere = passes.give(proven("K2"), NOON);
        let next = passes.give(proven("K1"), NOON);
        assert_eq!(passes.proven(pass, &kiosk, NOON), Err(Refusal::ProofOver));
        assert!(passes.proven(elsewhere, &other, NOON).is_ok());
        passes.end(next, &kiosk, NOON);
        assert_eq!(passes.proven(next, &kiosk, NOON), Err(Refusal::ProofOver));

        let pass = passes.give(proven("K1"), NOON);
        let mut now = NOON;
        while passes.proven(pass, &kiosk, now).is_ok() {
            now += IDLE - 1;
        }
        assert!((LONGEST..LONGEST + IDLE).contains(&(now - NOON)), "not for ever: {now}");
        assert_eq!(passes.proven(pass, &kiosk, NOON - 1), Err(Refusal::ProofOver));
    }
}

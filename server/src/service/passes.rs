//! Passes: each shows the progress of one case for some minutes, and nothing else of it. Whoever
//! finds a case by its number and four characters gets one, and never the case's own token.
//!
//! They are kept in memory: after a restart the case is found again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiban_domain::{CaseId, Millis, Token};

use super::secret;

/// How long a pass is valid.
const VALID_FOR: Millis = 15 * 60_000;
/// Passes at the same time. A case that is found again gets the same one as long as most of its
/// time is left, so that nobody makes many of them.
const MAX_PASSES: usize = 10_000;

/// The valid passes.
#[derive(Debug, Default)]
pub struct Passes(Mutex<HashMap<Token, Pass>>);

#[derive(Debug, Clone, Copy)]
struct Pass {
    case: CaseId,
    from: Millis,
}

impl Pass {
    fn is_valid(self, now: Millis) -> bool {
        (self.from..self.from + VALID_FOR).contains(&now)
    }
}

impl Passes {
    /// A pass for a case.
    pub fn give(&self, case: CaseId, now: Millis) -> Token {
        let mut passes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        passes.retain(|_, pass| pass.is_valid(now));
        let recent = |pass: &Pass| pass.case == case && now - pass.from < VALID_FOR / 3;
        if let Some((pass, _)) = passes.iter().find(|(_, pass)| recent(pass)) {
            return *pass;
        }
        if passes.len() >= MAX_PASSES
            && let Some(oldest) = passes.iter().min_by_key(|(_, pass)| pass.from).map(|(t, _)| *t)
        {
            passes.remove(&oldest);
        }
        let pass = secret::token();
        passes.insert(pass, Pass { case, from: now });
        pass
    }

    /// The case of a pass, as long as it is valid.
    pub fn case(&self, pass: Token, now: Millis) -> Option<CaseId> {
        let passes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        passes.get(&pass).filter(|pass| pass.is_valid(now)).map(|pass| pass.case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_ends_with_its_time_and_with_a_clock_put_back() {
        let passes = Passes::default();
        let pass = passes.give(CaseId(7), 1_000_000);
        assert_eq!(passes.case(pass, 1_000_000), Some(CaseId(7)));
        assert_eq!(passes.give(CaseId(7), 1_000_001), pass);
        assert_ne!(passes.give(CaseId(8), 1_000_001), pass);
        assert_eq!(passes.case(pass, 999_999), None);
        assert_eq!(passes.case(pass, 1_000_000 + VALID_FOR), None);
        assert_eq!(passes.case(secret::token(), 1_000_000), None);
    }
}

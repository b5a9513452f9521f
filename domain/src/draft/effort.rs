//! What filling in a form took those who did it: a figure for the director, of nobody in
//! particular.

use crate::ids::Millis;

/// Who writes nothing for longer does something else meanwhile: looks for a paper, or sleeps.
const PAUSE_MS: Millis = 120_000;
/// The most touches that one answer may have taken: a page says how many, and pages can be made
/// up.
const TOUCHES_OF_ANSWER: u32 = 500;

/// What filling in took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// Touches, clicks and keys.
    pub touches: u32,
    /// Milliseconds during which somebody wrote.
    pub millis: Millis,
}

impl Effort {
    /// An answer was written at `at` with some touches, the one before it at `before`.
    pub fn add(&mut self, touches: u32, before: Option<Millis>, at: Millis) {
        let touches = touches.min(TOUCHES_OF_ANSWER);
        self.touches = self.touches.saturating_add(touches);
        // A clock that was set back makes nothing shorter.
        let since = before.map_or(0, |before| at.saturating_sub(before).max(0));
        if since <= PAUSE_MS {
            self.millis = self.millis.saturating_add(since);
        }
    }

    /// What both took.
    pub fn join(&mut self, other: Self) {
        self.touches = self.touches.saturating_add(other.touches);
        self.millis = self.millis.saturating_add(other.millis);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_time_in_which_somebody_writes_counts() {
        let mut effort = Effort::default();
        effort.add(3, None, 1_000);
        effort.add(0, Some(1_000), 31_000);
        effort.add(2, Some(31_000), 31_001 + PAUSE_MS);
        effort.add(1, Some(50_000), 40_000);
        assert_eq!(effort, Effort { touches: 6, millis: 30_000 });
    }

    #[test]
    fn a_page_can_make_up_only_so_many_touches() {
        let mut effort = Effort::default();
        effort.add(u32::MAX, None, 0);
        assert_eq!(effort.touches, TOUCHES_OF_ANSWER);
    }
}

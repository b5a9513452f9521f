//! What to announce: every new call is shown large and said, one after
//! another, so that two close together are both seen and both heard.
//!
//! Pure: snapshots, the time and "the voice has ended" come in, and what to
//! begin next goes out.

use std::collections::VecDeque;

use jiban_domain::Millis;

use crate::api::display::CallShown;

/// A call that is older is not said aloud: whoever it was for has come, or has
/// been called again.
pub const SAID_WITHIN_MS: Millis = 120_000;
/// How long a call fills the display at least, so that it can be read from ten
/// metres by someone who looks up at the chime.
pub const SHOWN_FOR_MS: Millis = 6_000;
/// The same for a call that is only shown: those missed come in a row.
pub const SHOWN_SILENTLY_MS: Millis = 3_000;
/// A voice that has not ended by then never will.
pub const VOICE_LASTS_MS: Millis = 20_000;

/// A call that fills the display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Which.
    pub call: CallShown,
    /// Said as well as shown.
    pub aloud: bool,
}

/// What changes on the display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Stay,
    /// Show this one, and say it if it is to be said.
    Begin(Announcement),
    /// All have been announced.
    Rest,
}

/// The calls not yet announced, and the one that is being.
#[derive(Debug, Default)]
pub struct Announcements {
    /// The newest call known; none before the first snapshot.
    newest: Option<i64>,
    waiting: VecDeque<CallShown>,
    on: Option<(Announcement, Millis)>,
}

impl Announcements {
    /// Takes in the calls of a snapshot, newest first. Those of the very first
    /// snapshot are no news: the display was only switched on.
    pub fn hear(&mut self, calls: &[CallShown]) {
        let Some(last) = calls.iter().map(|call| call.seq).max() else {
            self.newest.get_or_insert(0);
            return;
        };
        // Behind what was known: the hall's database was put back to an earlier one.
        let known = self.newest.filter(|newest| *newest <= last).unwrap_or(last);
        self.newest = Some(last);
        for waiting in &mut self.waiting {
            if let Some(now) = calls.iter().find(|call| call.seq == waiting.seq) {
                waiting.current = now.current;
            }
        }
        for call in calls.iter().rev().filter(|call| call.seq > known) {
            // Called again before its turn came: once is enough.
            self.waiting.retain(|waiting| waiting.number != call.number);
            self.waiting.push_back(call.clone());
        }
    }

    /// What to do now: `now` is the server's clock, `voice_ended` whether the
    /// present announcement has been said to its end.
    pub fn step(&mut self, now: Millis, voice_ended: bool) -> Step {
        if let Some((announcement, since)) = &mut self.on {
            // The clock may be set back meanwhile.
            *since = now.min(*since);
            let shown_for = now - *since;
            let over = if announcement.aloud {
                shown_for >= VOICE_LASTS_MS || (voice_ended && shown_for >= SHOWN_FOR_MS)
            } else {
                shown_for >= SHOWN_SILENTLY_MS
            };
            if !over {
                return Step::Stay;
            }
        }
        while let Some(call) = self.waiting.pop_front() {
            let aloud = now - call.at <= SAID_WITHIN_MS;
            // Too late to be said and no longer awaited: the list shows it.
            if aloud || call.current {
                let announcement = Announcement { call, aloud };
                self.on = Some((announcement.clone(), now));
                return Step::Begin(announcement);
            }
        }
        if self.on.take().is_some() { Step::Rest } else { Step::Stay }
    }
}

#[cfg(test)]
mod tests {
    use jiban_domain::{CounterId, Text};

    use super::*;

    fn call(seq: i64, number: &str, at: Millis) -> CallShown {
        CallShown {
            seq,
            number: number.to_owned(),
            counter: CounterId::from("1"),
            counter_name: Text::from("1号窗口"),
            at,
            current: true,
        }
    }

    /// Announcements of a display that was switched on when nothing was called.
    fn switched_on() -> Announcements {
        let mut announcements = Announcements::default();
        announcements.hear(&[]);
        announcements
    }

    fn begun(step: Step) -> Option<(String, bool)> {
        match step {
            Step::Begin(begun) => Some((begun.call.number, begun.aloud)),
            Step::Stay | Step::Rest => None,
        }
    }

    fn aloud(number: &str) -> (String, bool) {
        (number.to_owned(), true)
    }

    #[test]
    fn what_was_called_before_the_display_was_on_is_no_news() {
        let mut display = Announcements::default();
        display.hear(&[call(7, "A007", 0), call(6, "A006", 0)]);
        assert_eq!(display.step(0, false), Step::Stay);
        display.hear(&[call(8, "A008", 0), call(7, "A007", 0)]);
        assert_eq!(begun(display.step(0, false)), Some(aloud("A008")));
    }

    #[test]
    fn two_calls_close_together_are_both_announced_in_order() {
        let mut display = switched_on();
        display.hear(&[call(1, "A001", 0)]);
        assert_eq!(begun(display.step(0, false)), Some(aloud("A001")));
        display.hear(&[call(2, "B001", 10), call(1, "A001", 0)]);
        assert_eq!(display.step(100, false), Step::Stay, "the second does not cover the first");
        assert_eq!(display.step(SHOWN_FOR_MS - 1, true), Step::Stay, "it can be read to its end");
        assert_eq!(display.step(SHOWN_FOR_MS, false), Step::Stay, "it is heard to its end");
        assert_eq!(begun(display.step(SHOWN_FOR_MS + 1, true)), Some(aloud("B001")));
        assert_eq!(display.step(2 * SHOWN_FOR_MS + 1, true), Step::Rest);
        assert_eq!(display.step(2 * SHOWN_FOR_MS + 2, true), Step::Stay);
    }

    #[test]
    fn both_calls_of_one_snapshot_are_announced() {
        let mut display = switched_on();
        display.hear(&[call(2, "B001", 0), call(1, "A001", 0)]);
        assert_eq!(begun(display.step(0, false)), Some(aloud("A001")));
        assert_eq!(begun(display.step(SHOWN_FOR_MS, true)), Some(aloud("B001")));
    }

    #[test]
    fn nothing_is_announced_twice() {
        let mut display = switched_on();
        for _ in 0..3 {
            display.hear(&[call(1, "A001", 0)]);
        }
        assert_eq!(begun(display.step(0, false)), Some(aloud("A001")));
        assert_eq!(display.step(SHOWN_FOR_MS, true), Step::Rest);
    }

    #[test]
    fn what_was_missed_is_shown_but_said_only_if_recent() {
        let mut display = switched_on();
        display.hear(&[call(1, "A001", 0)]);
        assert!(begun(display.step(0, false)).is_some());
        assert_eq!(display.step(SHOWN_FOR_MS, true), Step::Rest);

        let now = 600_000;
        let gone = CallShown { current: false, ..call(2, "A002", 100_000) };
        let awaited = call(3, "A003", 200_000);
        let fresh_but_gone = CallShown { current: false, ..call(4, "A004", now - 60_000) };
        display.hear(&[fresh_but_gone, awaited, gone, call(1, "A001", 0)]);
        assert_eq!(begun(display.step(now, false)), Some(("A003".to_owned(), false)));
        assert_eq!(display.step(now + SHOWN_SILENTLY_MS - 1, false), Step::Stay);
        assert_eq!(begun(display.step(now + SHOWN_SILENTLY_MS, false)), Some(aloud("A004")));
    }

    #[test]
    fn a_recall_waiting_for_its_turn_is_said_once() {
        let mut display = switched_on();
        display.hear(&[call(1, "A001", 0)]);
        assert!(begun(display.step(0, false)).is_some());
        display.hear(&[call(2, "B001", 0), call(1, "A001", 0)]);
        display.hear(&[call(4, "B001", 0), call(3, "C001", 0), call(2, "B001", 0)]);
        assert_eq!(begun(display.step(SHOWN_FOR_MS, true)), Some(aloud("C001")));
        assert_eq!(begun(display.step(2 * SHOWN_FOR_MS, true)), Some(aloud("B001")));
        assert_eq!(display.step(3 * SHOWN_FOR_MS, true), Step::Rest);
    }

    #[test]
    fn a_voice_that_never_ends_does_not_hold_up_the_next() {
        let mut display = switched_on();
        display.hear(&[call(2, "B001", 0), call(1, "A001", 0)]);
        assert!(begun(display.step(0, false)).is_some());
        assert_eq!(begun(display.step(VOICE_LASTS_MS, false)), Some(aloud("B001")));
    }

    #[test]
    fn a_new_day_and_a_restored_database_leave_no_silence_and_no_noise() {
        let mut display = switched_on();
        display.hear(&[call(50, "A050", 0)]);
        assert!(begun(display.step(0, false)).is_some());
        assert_eq!(display.step(SHOWN_FOR_MS, true), Step::Rest);

        display.hear(&[]);
        assert_eq!(display.step(SHOWN_FOR_MS, true), Step::Stay, "the day turned");
        display.hear(&[call(50, "A050", 0)]);
        assert_eq!(display.step(SHOWN_FOR_MS, true), Step::Stay, "an old call is no news");

        display.hear(&[call(20, "A020", 0)]);
        assert_eq!(display.step(SHOWN_FOR_MS, true), Step::Stay, "put back to an earlier state");
        display.hear(&[call(21, "A021", 0), call(20, "A020", 0)]);
        assert_eq!(begun(display.step(SHOWN_FOR_MS, true)), Some(aloud("A021")));
    }

    #[test]
    fn a_clock_set_back_does_not_freeze_the_display() {
        let mut display = switched_on();
        let late = 3_600_000;
        display.hear(&[call(1, "A001", late)]);
        assert!(begun(display.step(late, false)).is_some());
        assert_eq!(display.step(0, true), Step::Stay);
        assert_eq!(display.step(SHOWN_FOR_MS, true), Step::Rest);
    }
}

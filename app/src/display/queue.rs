//! Which calls are announced: every new call is shown large and spoken, one
//! after another, so that two in quick succession are both seen and both heard.
//!
//! Pure: it takes snapshots, the time and whether the voice has ended, and
//! returns what to do next.

use std::collections::VecDeque;

use jiban_domain::Millis;

use crate::api::display::CallShown;

/// An older call is not spoken: its visitor has come, or was called again.
pub const SAID_WITHIN_MS: Millis = 120_000;
/// The least time a call fills the display, so that someone who looks up at the
/// chime can read it from ten metres.
pub const SHOWN_FOR_MS: Millis = 6_000;
/// The same for a call that is shown but not spoken: after an interruption
/// several come in a row.
pub const SHOWN_SILENTLY_MS: Millis = 3_000;
/// A voice that has not ended by then never will.
pub const VOICE_LASTS_MS: Millis = 20_000;

/// A call that fills the display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    pub call: CallShown,
    /// It is spoken as well as shown.
    pub aloud: bool,
}

/// What the display does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueAction {
    /// Keep what is shown.
    Wait,
    /// Show this call, and speak it if it is `aloud`.
    Announce(Announcement),
    /// Show no announcement: all have been made.
    Idle,
}

/// The calls still to be announced, and the current one.
#[derive(Debug, Default)]
pub struct AnnouncementQueue {
    /// The newest call known; none before the first snapshot.
    newest: Option<i64>,
    waiting: VecDeque<CallShown>,
    current: Option<(Announcement, Millis)>,
}

impl AnnouncementQueue {
    /// Adds the calls of a snapshot, newest first. Those of the very first
    /// snapshot are not new: the display was just switched on.
    pub fn add_calls(&mut self, calls: &[CallShown]) {
        let Some(last) = calls.iter().map(|call| call.seq).max() else {
            self.newest.get_or_insert(0);
            return;
        };
        // An older number than before: the hall's database was restored from a
        // backup.
        let known = self.newest.filter(|newest| *newest <= last).unwrap_or(last);
        self.newest = Some(last);
        for waiting in &mut self.waiting {
            if let Some(now) = calls.iter().find(|call| call.seq == waiting.seq) {
                waiting.current = now.current;
            }
        }
        for call in calls.iter().rev().filter(|call| call.seq > known) {
            // Called again while still in the queue: announcing it once is
            // enough.
            self.waiting.retain(|waiting| waiting.number != call.number);
            self.waiting.push_back(call.clone());
        }
    }

    /// Decides what to do now. `now` is the server's clock, `voice_ended`
    /// whether the current announcement has been spoken to its end.
    pub fn next_action(&mut self, now: Millis, voice_ended: bool) -> QueueAction {
        if let Some((announcement, since)) = &mut self.current {
            // The clock may have been set back.
            *since = now.min(*since);
            let shown_for = now - *since;
            let over = if announcement.aloud {
                shown_for >= VOICE_LASTS_MS || (voice_ended && shown_for >= SHOWN_FOR_MS)
            } else {
                shown_for >= SHOWN_SILENTLY_MS
            };
            if !over {
                return QueueAction::Wait;
            }
        }
        while let Some(call) = self.waiting.pop_front() {
            let aloud = now - call.at <= SAID_WITHIN_MS;
            // Too old to be spoken and no longer awaited: the list shows it.
            if aloud || call.current {
                let announcement = Announcement { call, aloud };
                self.current = Some((announcement.clone(), now));
                return QueueAction::Announce(announcement);
            }
        }
        if self.current.take().is_some() { QueueAction::Idle } else { QueueAction::Wait }
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

    /// The queue of a display that was switched on before any call.
    fn switched_on() -> AnnouncementQueue {
        let mut queue = AnnouncementQueue::default();
        queue.add_calls(&[]);
        queue
    }

    fn begun(next_action: QueueAction) -> Option<(String, bool)> {
        match next_action {
            QueueAction::Announce(begun) => Some((begun.call.number, begun.aloud)),
            QueueAction::Wait | QueueAction::Idle => None,
        }
    }

    fn aloud(number: &str) -> (String, bool) {
        (number.to_owned(), true)
    }

    #[test]
    fn what_was_called_before_the_display_was_on_is_no_news() {
        let mut display = AnnouncementQueue::default();
        display.add_calls(&[call(7, "A007", 0), call(6, "A006", 0)]);
        assert_eq!(display.next_action(0, false), QueueAction::Wait);
        display.add_calls(&[call(8, "A008", 0), call(7, "A007", 0)]);
        assert_eq!(begun(display.next_action(0, false)), Some(aloud("A008")));
    }

    #[test]
    fn two_calls_close_together_are_both_announced_in_order() {
        let mut display = switched_on();
        display.add_calls(&[call(1, "A001", 0)]);
        assert_eq!(begun(display.next_action(0, false)), Some(aloud("A001")));
        display.add_calls(&[call(2, "B001", 10), call(1, "A001", 0)]);
        assert_eq!(
            display.next_action(100, false),
            QueueAction::Wait,
            "the second does not cover the first"
        );
        assert_eq!(
            display.next_action(SHOWN_FOR_MS - 1, true),
            QueueAction::Wait,
            "it can be read to its end"
        );
        assert_eq!(
            display.next_action(SHOWN_FOR_MS, false),
            QueueAction::Wait,
            "it is heard to its end"
        );
        assert_eq!(begun(display.next_action(SHOWN_FOR_MS + 1, true)), Some(aloud("B001")));
        assert_eq!(display.next_action(2 * SHOWN_FOR_MS + 1, true), QueueAction::Idle);
        assert_eq!(display.next_action(2 * SHOWN_FOR_MS + 2, true), QueueAction::Wait);
    }

    #[test]
    fn both_calls_of_one_snapshot_are_announced() {
        let mut display = switched_on();
        display.add_calls(&[call(2, "B001", 0), call(1, "A001", 0)]);
        assert_eq!(begun(display.next_action(0, false)), Some(aloud("A001")));
        assert_eq!(begun(display.next_action(SHOWN_FOR_MS, true)), Some(aloud("B001")));
    }

    #[test]
    fn nothing_is_announced_twice() {
        let mut display = switched_on();
        for _ in 0..3 {
            display.add_calls(&[call(1, "A001", 0)]);
        }
        assert_eq!(begun(display.next_action(0, false)), Some(aloud("A001")));
        assert_eq!(display.next_action(SHOWN_FOR_MS, true), QueueAction::Idle);
    }

    #[test]
    fn what_was_missed_is_shown_but_said_only_if_recent() {
        let mut display = switched_on();
        display.add_calls(&[call(1, "A001", 0)]);
        assert!(begun(display.next_action(0, false)).is_some());
        assert_eq!(display.next_action(SHOWN_FOR_MS, true), QueueAction::Idle);

        let now = 600_000;
        let gone = CallShown { current: false, ..call(2, "A002", 100_000) };
        let awaited = call(3, "A003", 200_000);
        let fresh_but_gone = CallShown { current: false, ..call(4, "A004", now - 60_000) };
        display.add_calls(&[fresh_but_gone, awaited, gone, call(1, "A001", 0)]);
        assert_eq!(begun(display.next_action(now, false)), Some(("A003".to_owned(), false)));
        assert_eq!(display.next_action(now + SHOWN_SILENTLY_MS - 1, false), QueueAction::Wait);
        assert_eq!(begun(display.next_action(now + SHOWN_SILENTLY_MS, false)), Some(aloud("A004")));
    }

    #[test]
    fn a_recall_waiting_for_its_turn_is_said_once() {
        let mut display = switched_on();
        display.add_calls(&[call(1, "A001", 0)]);
        assert!(begun(display.next_action(0, false)).is_some());
        display.add_calls(&[call(2, "B001", 0), call(1, "A001", 0)]);
        display.add_calls(&[call(4, "B001", 0), call(3, "C001", 0), call(2, "B001", 0)]);
        assert_eq!(begun(display.next_action(SHOWN_FOR_MS, true)), Some(aloud("C001")));
        assert_eq!(begun(display.next_action(2 * SHOWN_FOR_MS, true)), Some(aloud("B001")));
        assert_eq!(display.next_action(3 * SHOWN_FOR_MS, true), QueueAction::Idle);
    }

    #[test]
    fn a_voice_that_never_ends_does_not_hold_up_the_next() {
        let mut display = switched_on();
        display.add_calls(&[call(2, "B001", 0), call(1, "A001", 0)]);
        assert!(begun(display.next_action(0, false)).is_some());
        assert_eq!(begun(display.next_action(VOICE_LASTS_MS, false)), Some(aloud("B001")));
    }

    #[test]
    fn a_new_day_and_a_restored_database_leave_no_silence_and_no_noise() {
        let mut display = switched_on();
        display.add_calls(&[call(50, "A050", 0)]);
        assert!(begun(display.next_action(0, false)).is_some());
        assert_eq!(display.next_action(SHOWN_FOR_MS, true), QueueAction::Idle);

        display.add_calls(&[]);
        assert_eq!(display.next_action(SHOWN_FOR_MS, true), QueueAction::Wait, "the day turned");
        display.add_calls(&[call(50, "A050", 0)]);
        assert_eq!(
            display.next_action(SHOWN_FOR_MS, true),
            QueueAction::Wait,
            "an old call is no news"
        );

        display.add_calls(&[call(20, "A020", 0)]);
        assert_eq!(
            display.next_action(SHOWN_FOR_MS, true),
            QueueAction::Wait,
            "put back to an earlier state"
        );
        display.add_calls(&[call(21, "A021", 0), call(20, "A020", 0)]);
        assert_eq!(begun(display.next_action(SHOWN_FOR_MS, true)), Some(aloud("A021")));
    }

    #[test]
    fn a_clock_set_back_does_not_freeze_the_display() {
        let mut display = switched_on();
        let late = 3_600_000;
        display.add_calls(&[call(1, "A001", late)]);
        assert!(begun(display.next_action(late, false)).is_some());
        assert_eq!(display.next_action(0, true), QueueAction::Wait);
        assert_eq!(display.next_action(SHOWN_FOR_MS, true), QueueAction::Idle);
    }
}

//! When the browser is started again, and how soon.

use std::collections::VecDeque;
use std::time::Duration;

use jiban_domain::terminal_event::TerminalEventKind;

/// A page that says nothing for so long hangs.
const SILENT: Duration = Duration::from_secs(15);
/// From the browser's start to the page's first sign, on a slow machine.
const FIRST_SIGN: Duration = Duration::from_mins(1);
/// Nobody is there who would be disturbed.
pub const NOBODY: Duration = Duration::from_secs(20);
/// A browser that lived so long did not fail at its start.
const LIVED: Duration = Duration::from_mins(1);
/// The longest pause between two starts.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What is seen of the browser.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // Independent facts: any may hold with any other.
pub struct Seen {
    /// The process runs.
    pub runs: bool,
    /// The page's own process has crashed.
    pub crashed: bool,
    /// The page is at another address than the kiosk's.
    pub strayed: bool,
    /// The page has given a sign of life since the browser was started.
    pub heard: bool,
    /// Since its last sign of life, or since the browser was started.
    pub silent: Duration,
    /// The page shows what it shows when nobody is there.
    pub at_home: bool,
    /// Since somebody touched it.
    pub untouched: Duration,
    /// Bytes of memory.
    pub memory: u64,
}

/// Why the browser is started again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Died,
    Crashed,
    Hung,
    Strayed,
    Grew,
}

impl Reason {
    /// The kind of its event.
    pub const fn kind(self) -> TerminalEventKind {
        match self {
            Self::Died | Self::Crashed => TerminalEventKind::BrowserDied,
            Self::Hung => TerminalEventKind::BrowserHung,
            Self::Strayed => TerminalEventKind::BrowserStrayed,
            Self::Grew => TerminalEventKind::BrowserGrew,
        }
    }
}

/// Whether the browser must be started again. One that works is left alone while somebody is
/// there, however much memory it takes.
pub fn judge(seen: &Seen, most_memory: u64) -> Option<Reason> {
    if !seen.runs {
        return Some(Reason::Died);
    }
    if seen.crashed {
        return Some(Reason::Crashed);
    }
    if seen.strayed {
        return Some(Reason::Strayed);
    }
    if seen.silent >= if seen.heard { SILENT } else { FIRST_SIGN } {
        return Some(Reason::Hung);
    }
    let nobody = seen.heard && seen.at_home && seen.untouched >= NOBODY;
    (seen.memory > most_memory && nobody).then_some(Reason::Grew)
}

/// How soon a browser that ended is started again: at once, and ever later while it does not
/// live.
#[derive(Debug, Default)]
pub struct Pauses {
    failures: u32,
}

impl Pauses {
    /// The pause before the next start, after a browser that lived so long.
    pub fn after(&mut self, lived: Duration) -> Duration {
        if lived >= LIVED {
            self.failures = 0;
            return Duration::ZERO;
        }
        self.failures = (self.failures + 1).min(10);
        Duration::from_secs(1 << (self.failures - 1)).min(LONGEST_PAUSE)
    }
}

/// Of the browser's last lines, those that say why it ended.
#[derive(Debug, Default)]
pub struct LastLines(VecDeque<String>);

impl LastLines {
    const MOST: usize = 20;
    const LONGEST: usize = 300;

    pub fn push(&mut self, line: &str) {
        if self.0.len() == Self::MOST {
            self.0.pop_front();
        }
        self.0.push_back(line.chars().take(Self::LONGEST).collect());
    }

    /// All of them, for the log; they may hold addresses, so they are in no report.
    pub fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WELL: Seen = Seen {
        runs: true,
        crashed: false,
        strayed: false,
        heard: true,
        silent: Duration::from_secs(3),
        at_home: true,
        untouched: Duration::from_mins(5),
        memory: 100,
    };

    #[test]
    fn a_browser_that_works_is_left_alone() {
        assert_eq!(judge(&WELL, 200), None);
        let slow_start = Seen { heard: false, silent: Duration::from_secs(40), ..WELL };
        assert_eq!(judge(&slow_start, 200), None);
    }

    #[test]
    fn each_fault_has_its_reason() {
        let cases = [
            (Seen { runs: false, ..WELL }, Reason::Died),
            (Seen { crashed: true, ..WELL }, Reason::Crashed),
            (Seen { strayed: true, ..WELL }, Reason::Strayed),
            (Seen { silent: SILENT, ..WELL }, Reason::Hung),
            (Seen { heard: false, silent: FIRST_SIGN, ..WELL }, Reason::Hung),
            (Seen { memory: 201, ..WELL }, Reason::Grew),
        ];
        for (seen, reason) in cases {
            assert_eq!(judge(&seen, 200), Some(reason), "{seen:?}");
        }
    }

    #[test]
    fn nobody_loses_a_page_because_of_its_memory() {
        let visitor = Seen { memory: 201, at_home: false, ..WELL };
        assert_eq!(judge(&visitor, 200), None);
        let arrives = Seen { memory: 201, untouched: Duration::from_secs(2), ..WELL };
        assert_eq!(judge(&arrives, 200), None);
    }

    #[test]
    fn a_browser_that_does_not_live_is_started_ever_later() {
        let mut pauses = Pauses::default();
        let dead = Duration::from_secs(1);
        let waited: Vec<u64> = (0..8).map(|_| pauses.after(dead).as_secs()).collect();
        assert_eq!(waited, [1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(pauses.after(LIVED), Duration::ZERO);
        assert_eq!(pauses.after(dead).as_secs(), 1);
    }
}

//! What terminals reported last. In memory: the last one is kept in a row now and then, so that
//! a new start of the server still shows when a terminal was last seen.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiban_app::api::terminal::Report;
use jiban_domain::terminal_alert::TerminalFacts;
use jiban_domain::{KioskId, Millis};
use uuid::Uuid;

/// A terminal that has not reported for so long is silent: the server prints its slips again.
pub(super) const SILENT_AFTER: Millis = 60_000;
/// A report is kept so often, and whenever something else than its figures has changed.
const KEPT_EVERY: Millis = 60_000;
/// The browser's starts are counted over so long.
const STARTS_WITHIN: Millis = 10 * 60_000;

/// The terminals that are known.
#[derive(Debug, Default)]
pub struct Terminals {
    seen: Mutex<HashMap<KioskId, Seen>>,
    /// Programs whose key a newer one uses, and when they last tried.
    doubled: Mutex<HashMap<KioskId, (Uuid, Millis)>>,
}

/// How a terminal was when it last reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub report: Report,
    /// By the hall's clock.
    pub at: Millis,
    /// By what measures the time since: when it reported, or when the server started.
    steady: Millis,
    /// Whether it has reported to this server.
    reported: bool,
    kept: Option<Millis>,
    /// Since when the printer is as it is.
    printer_since: Millis,
    /// The browser's starts of this program, each with when it was told.
    starts: VecDeque<(Millis, u32)>,
}

impl Seen {
    /// Whether it is in touch.
    pub fn is_there(&self, steady: Millis) -> bool {
        self.reported && steady - self.steady < SILENT_AFTER
    }

    fn facts(&self, steady: Millis, key_doubled: Option<Millis>) -> TerminalFacts {
        let Report { printer, disk_free, disk_size, memory_free, memory_size, .. } = self.report;
        let recent = self.starts.iter().filter(|(at, _)| steady - at < STARTS_WITHIN);
        let before = self.starts.iter().rev().find(|(at, _)| steady - at >= STARTS_WITHIN);
        let first = before.into_iter().chain(recent).map(|(_, starts)| *starts).min();
        TerminalFacts {
            silent_for: steady - self.steady,
            printer,
            printer_for: steady - self.printer_since,
            disk: (disk_free, disk_size),
            memory: (memory_free, memory_size),
            temperature: self.report.temperature,
            restarts: self.report.browser_starts.saturating_sub(first.unwrap_or_default()),
            key_doubled,
            clock_off: self.reported.then(|| (self.report.clock - self.at).abs()),
        }
    }
}

impl Terminals {
    /// Takes a report from before the server's start.
    pub(super) fn remember(&self, report: Report, at: Millis, steady: Millis) {
        let mut seen = seen(report, at, steady);
        seen.reported = false;
        self.all().entry(seen.report.kiosk.clone()).or_insert(seen);
    }

    /// Notes a report. Returns whether it is to be kept in a row.
    pub(super) fn note(&self, report: &Report, at: Millis, steady: Millis) -> bool {
        let mut all = self.all();
        let mut now = seen(report.clone(), at, steady);
        let mut keep = true;
        if let Some(before) = all.remove(&report.kiosk) {
            keep = !is_like(&before.report, report)
                || before.kept.is_none_or(|kept| steady - kept >= KEPT_EVERY);
            now.kept = before.kept;
            if before.report.printer == report.printer {
                now.printer_since = before.printer_since;
            }
            if before.report.run == report.run {
                now.starts = before.starts;
                if now.starts.back().is_none_or(|(_, starts)| *starts != report.browser_starts) {
                    now.starts.push_back((steady, report.browser_starts));
                }
                while now.starts.len() > 1 && steady - now.starts[1].0 >= STARTS_WITHIN {
                    now.starts.pop_front();
                }
            }
        }
        if keep {
            now.kept = Some(steady);
        }
        all.insert(report.kiosk.clone(), now);
        keep
    }

    /// Notes that a program was refused because a newer one has its key. Returns whether that is
    /// new.
    pub(super) fn key_in_use(&self, kiosk: &KioskId, run: Uuid, steady: Millis) -> bool {
        let mut doubled = self.doubled.lock().unwrap_or_else(PoisonError::into_inner);
        let before = doubled.insert(kiosk.clone(), (run, steady));
        before.is_none_or(|(before, _)| before != run)
    }

    /// What is known of a kiosk's terminal; none where it never had one.
    pub(super) fn facts(&self, kiosk: &KioskId, steady: Millis) -> Option<TerminalFacts> {
        let doubled = {
            let doubled = self.doubled.lock().unwrap_or_else(PoisonError::into_inner);
            doubled.get(kiosk).map(|(_, at)| steady - at)
        };
        self.all().get(kiosk).map(|seen| seen.facts(steady, doubled))
    }

    /// How a kiosk's terminal was, if it has one.
    pub fn get(&self, kiosk: &KioskId) -> Option<Seen> {
        self.all().get(kiosk).cloned()
    }

    /// Whether a kiosk's terminal is in touch: it prints by itself then.
    pub fn attends(&self, kiosk: &KioskId, steady: Millis) -> bool {
        self.all().get(kiosk).is_some_and(|seen| seen.is_there(steady))
    }

    fn all(&self) -> MutexGuard<'_, HashMap<KioskId, Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn seen(report: Report, at: Millis, steady: Millis) -> Seen {
    let starts = VecDeque::from([(steady, report.browser_starts)]);
    let printer_since = steady;
    Seen { report, at, steady, reported: true, kept: None, printer_since, starts }
}

/// Whether two reports differ in figures alone.
fn is_like(one: &Report, other: &Report) -> bool {
    let what = |report: &Report| {
        (report.run, report.store, report.version.clone(), report.printer, report.shows.clone())
    };
    what(one) == what(other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const MINUTE: Millis = 60_000;

    fn report(run: Uuid, browser_starts: u32) -> Report {
        let report = json!({
            "kiosk": "K1", "store": Uuid::nil(), "run": run, "version": "", "page": null,
            "up_seconds": 0, "machine_up_seconds": 0, "printer": "ready", "slips": 0,
            "paper_mm": 0, "queued": 0, "disk_free": 0, "disk_size": 0, "memory_free": 0,
            "memory_size": 0, "page_memory": 0, "temperature": null, "last_touch": null,
            "browser_starts": browser_starts, "shows": "home", "events": [], "left": [],
            "to_hand_in": 0, "clock": 0, "hall_version": 0,
        });
        serde_json::from_value(report).unwrap()
    }

    #[test]
    fn starts_of_the_browser_count_for_ten_minutes_but_the_first_of_a_program() {
        let terminals = Terminals::default();
        let [first, second] = [1, 2].map(Uuid::from_u128);
        for (minute, run, starts, restarts) in [
            (0, first, 1, 0),
            (1, first, 2, 1),
            (2, first, 4, 3),
            (11, first, 4, 2),
            (12, first, 4, 0),
            (13, first, 5, 1),
            (14, second, 1, 0),
            (15, second, 2, 1),
        ] {
            let steady = minute * MINUTE;
            terminals.note(&report(run, starts), 0, steady);
            let facts = terminals.facts(&"K1".into(), steady).unwrap();
            assert_eq!(facts.restarts, restarts, "in minute {minute}");
        }
    }
}

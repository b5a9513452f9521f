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

//! What terminals reported last. In memory: the last one is kept in a row now and then, so that
//! a new start of the server still shows when a terminal was last seen.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiban_app::api::terminal::Report;
use jiban_domain::{KioskId, Millis};

/// A terminal that has not reported for so long is silent: the server prints its slips again.
pub(super) const SILENT_AFTER: Millis = 60_000;
/// A report is kept so often, and whenever something else than its figures has changed.
const KEPT_EVERY: Millis = 60_000;

/// The terminals that are known.
#[derive(Debug, Default)]
pub struct Terminals(Mutex<HashMap<KioskId, Seen>>);

/// How a terminal was when it last reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub report: Report,
    /// By the hall's clock.
    pub at: Millis,
    /// By what measures the time since; none before a report to this server.
    pub steady: Option<Millis>,
    kept: Option<Millis>,
}

impl Seen {
    /// Whether it is in touch.
    pub fn is_there(&self, steady: Millis) -> bool {
        self.steady.is_some_and(|at| steady - at < SILENT_AFTER)
    }
}

impl Terminals {
    /// Takes a report from before the server's start.
    pub(super) fn remember(&self, report: Report, at: Millis) {
        let seen = Seen { report, at, steady: None, kept: None };
        self.all().entry(seen.report.kiosk.clone()).or_insert(seen);
    }

    /// Notes a report. Returns whether it is to be kept in a row.
    pub(super) fn note(&self, report: &Report, at: Millis, steady: Millis) -> bool {
        let mut all = self.all();
        let before = all.remove(&report.kiosk);
        let is_as_before = before.as_ref().is_some_and(|before| is_like(&before.report, report));
        let kept = before.and_then(|before| before.kept);
        let keep = !is_as_before || kept.is_none_or(|kept| steady - kept >= KEPT_EVERY);
        let kept = if keep { Some(steady) } else { kept };
        let seen = Seen { report: report.clone(), at, steady: Some(steady), kept };
        all.insert(report.kiosk.clone(), seen);
        keep
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether two reports differ in figures alone.
fn is_like(one: &Report, other: &Report) -> bool {
    let what = |report: &Report| {
        (report.run, report.store, report.version.clone(), report.printer, report.shows.clone())
    };
    what(one) == what(other)
}

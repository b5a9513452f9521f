//! The alerts that are not over.

use std::collections::BTreeMap;

use jiban_domain::KioskId;
use jiban_domain::terminal_alert::AlertKind;

use crate::change::terminals::Alert;

/// Alerts by what they are about.
#[derive(Debug, Clone, Default)]
pub struct Alerts {
    open: BTreeMap<(KioskId, AlertKind), Alert>,
    last: i64,
}

impl Alerts {
    pub(super) fn put(&mut self, alert: &Alert) {
        self.last = self.last.max(alert.id);
        let key = (alert.kiosk.clone(), alert.kind);
        if alert.ended_at.is_none() {
            self.open.insert(key, alert.clone());
        } else {
            self.open.remove(&key);
        }
    }

    pub(super) fn set_last(&mut self, last: i64) {
        self.last = self.last.max(last);
    }

    pub fn open(&self) -> impl Iterator<Item = &Alert> {
        self.open.values()
    }

    pub fn of(&self, kiosk: &KioskId, kind: AlertKind) -> Option<&Alert> {
        self.open.get(&(kiosk.clone(), kind))
    }

    /// The row of the next one.
    pub const fn next_id(&self) -> i64 {
        self.last + 1
    }
}

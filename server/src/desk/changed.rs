//! Who must look again: a hall's version, counted up with each commit that
//! touched it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jiban_domain::HallId;
use tokio::sync::watch;

use crate::change::Change;

/// Tells streams that a hall has changed; clones tell the same.
#[derive(Debug, Clone, Default)]
pub struct Changed(Arc<Mutex<HashMap<HallId, watch::Sender<u64>>>>);

impl Changed {
    /// The version of a hall, to watch.
    pub fn watch(&self, hall: &HallId) -> watch::Receiver<u64> {
        self.halls().entry(hall.clone()).or_default().subscribe()
    }

    /// Counts a hall up: something beside the floor has changed there.
    pub fn hall(&self, hall: &HallId) {
        if let Some(version) = self.halls().get(hall) {
            version.send_modify(|version| *version += 1);
        }
    }

    /// Counts every hall up.
    pub fn everywhere(&self) {
        for version in self.halls().values() {
            version.send_modify(|version| *version += 1);
        }
    }

    /// Counts up the halls that changes touch.
    pub(super) fn by(&self, changes: &[Change]) {
        let mut halls = BTreeSet::new();
        for change in changes {
            match change {
                Change::Ticket(ticket) => halls.insert(&ticket.hall),
                Change::Event(event) if !event.hall.as_str().is_empty() => {
                    halls.insert(&event.hall)
                }
                Change::Job(job) => halls.insert(&job.hall),
                Change::Event(_) | Change::Password { .. } => false,
                // Which hall a session or a description concerns is not in the
                // row; they are few.
                _ => return self.everywhere(),
            };
        }
        for hall in halls {
            self.hall(hall);
        }
    }

    fn halls(&self) -> std::sync::MutexGuard<'_, HashMap<HallId, watch::Sender<u64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

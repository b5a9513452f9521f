//! Who must look again: a hall's version, counted up with each commit that
//! touched it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jiban_domain::{HallId, TicketId};
use tokio::sync::watch;

use crate::change::Change;

/// Tells streams that a hall has changed; clones tell the same.
#[derive(Debug, Clone, Default)]
pub struct Changed(Arc<Mutex<HashMap<Topic, watch::Sender<u64>>>>);

/// What someone watches.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A hall.
    Hall(HallId),
    /// The cases of a ticket.
    CasesOf(TicketId),
    /// The office.
    Office,
}

impl Changed {
    /// The version of a hall, to watch.
    pub fn watch(&self, topic: Topic) -> watch::Receiver<u64> {
        let mut topics = self.topics();
        // Tickets come and go by the thousand; who watched one has gone by now.
        topics.retain(|topic, version| {
            !matches!(topic, Topic::CasesOf(_)) || version.receiver_count() > 0
        });
        topics.entry(topic).or_default().subscribe()
    }

    /// Counts a hall up: something beside the live state has changed there.
    pub fn hall(&self, hall: &HallId) {
        self.count_up(&Topic::Hall(hall.clone()));
    }

    fn count_up(&self, topic: &Topic) {
        if let Some(version) = self.topics().get(topic) {
            version.send_modify(|version| *version += 1);
        }
    }

    /// Counts every hall up.
    pub fn everywhere(&self) {
        for version in self.topics().values() {
            version.send_modify(|version| *version += 1);
        }
    }

    /// Counts up the halls that changes touch.
    pub(super) fn by(&self, changes: &[Change]) {
        let mut halls = BTreeSet::new();
        for change in changes {
            match change {
                Change::Ticket(ticket) => halls.insert(&ticket.hall),
                // Nothing of a case shows on the live state.
                Change::Event(event) if event.case.is_some() => false,
                Change::Event(event) if !event.hall.as_str().is_empty() => {
                    halls.insert(&event.hall)
                }
                Change::Case(row) => {
                    if let Some(ticket) = row.case.ticket {
                        self.count_up(&Topic::CasesOf(ticket));
                    }
                    self.count_up(&Topic::Office);
                    // The counter's page tells which cases its ticket has.
                    row.case.accepted.is_none() && halls.insert(&row.case.hall)
                }
                Change::Job(job) => halls.insert(&job.hall),
                Change::Event(_)
                | Change::Password { .. }
                | Change::Person(_)
                | Change::PersonErased(_)
                | Change::PromiseBroken { .. }
                | Change::FileKept { .. }
                | Change::FileGone(_) => false,
                // Which hall a session or a description concerns is not in the
                // row; they are few.
                _ => return self.everywhere(),
            };
        }
        for hall in halls {
            self.hall(hall);
        }
    }

    fn topics(&self) -> std::sync::MutexGuard<'_, HashMap<Topic, watch::Sender<u64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

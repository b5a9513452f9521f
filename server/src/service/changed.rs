//! Change notification: each topic has a version, which every commit that touches the
//! topic increments. Streams wait for it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jiban_domain::{HallId, TicketId};
use tokio::sync::watch;

use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::change::terminals::TerminalChange;

/// The versions of all topics; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Changed(Arc<Mutex<HashMap<Topic, watch::Sender<u64>>>>);

/// What a stream watches.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Topic {
    Hall(HallId),
    /// The cases of a ticket.
    CasesOf(TicketId),
    /// The print jobs of a ticket.
    SlipsOf(TicketId),
    Office,
    /// The terminals of all halls.
    Terminals,
}

impl Changed {
    /// Subscribes to a topic.
    pub fn watch(&self, topic: Topic) -> watch::Receiver<u64> {
        let mut topics = self.topics();
        // Thousands of tickets are watched for a while. Forget those without a receiver.
        topics.retain(|topic, version| {
            !matches!(topic, Topic::CasesOf(_) | Topic::SlipsOf(_)) || version.receiver_count() > 0
        });
        topics.entry(topic).or_default().subscribe()
    }

    /// Wakes a hall's streams: something outside the live state has changed there.
    pub fn wake_hall(&self, hall: &HallId) {
        self.increment(&Topic::Hall(hall.clone()));
    }

    /// Wakes those who watch terminals: one has reported.
    pub fn wake_terminals(&self) {
        self.increment(&Topic::Terminals);
    }

    fn increment(&self, topic: &Topic) {
        if let Some(version) = self.topics().get(topic) {
            version.send_modify(|version| *version += 1);
        }
    }

    /// Wakes all streams.
    pub fn wake_all(&self) {
        for version in self.topics().values() {
            version.send_modify(|version| *version += 1);
        }
    }

    /// Wakes the streams that these changes concern.
    pub(super) fn wake_for(&self, changes: &[Change]) {
        let mut halls = BTreeSet::new();
        for change in changes {
            match change {
                Change::Ticket(ticket) => halls.insert(&ticket.hall),
                // Events of cases are not part of the live state.
                Change::Event(event) if event.case.is_some() => false,
                Change::Event(event) if !event.hall.as_str().is_empty() => {
                    halls.insert(&event.hall)
                }
                Change::Case(row) => {
                    if let Some(ticket) = row.case.ticket {
                        self.increment(&Topic::CasesOf(ticket));
                    }
                    self.increment(&Topic::Office);
                    // The counter page shows the cases of its ticket.
                    row.case.accepted.is_none() && halls.insert(&row.case.hall)
                }
                Change::Job(job) => {
                    self.increment(&Topic::SlipsOf(job.ticket));
                    halls.insert(&job.hall)
                }
                Change::Booking(row) => halls.insert(&row.booking.hall),
                Change::Draft(DraftChange::Put(draft)) => {
                    self.increment(&Topic::Office);
                    halls.insert(&draft.hall)
                }
                Change::Event(_)
                | Change::Password { .. }
                | Change::PasswordRemoved(_)
                | Change::Person(_)
                | Change::Draft(_)
                | Change::PersonErased(_)
                | Change::NotesKey { .. }
                | Change::BookingErased(_)
                | Change::PromiseBroken { .. }
                | Change::FileKept { .. }
                | Change::FileGone(_)
                | Change::Telling(_) => false,
                // It says which kiosk it concerns, and a director's page counts it.
                Change::Terminal(TerminalChange::Alert(_)) => return self.wake_all(),
                Change::Terminal(_) => {
                    self.increment(&Topic::Terminals);
                    false
                }
                // The row of a session or setup does not say which hall it concerns;
                // they are rare.
                _ => return self.wake_all(),
            };
        }
        for hall in halls {
            self.wake_hall(hall);
        }
    }

    fn topics(&self) -> std::sync::MutexGuard<'_, HashMap<Topic, watch::Sender<u64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

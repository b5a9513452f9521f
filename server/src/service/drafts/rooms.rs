//! The rooms of drafts that somebody works on. The writer puts into them what it committed: a room
//! is right also where whoever asked for the change has gone before the answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiban_domain::{DraftId, Token};

use super::Room;
use crate::change::Change;
use crate::change::drafts::DraftChange;

/// By the applicant's tokens; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Rooms(Arc<Mutex<HashMap<Token, Arc<Room>>>>);

impl Rooms {
    pub(super) fn all(&self) -> MutexGuard<'_, HashMap<Token, Arc<Room>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over what was committed.
    pub(in crate::service) fn take_over(&self, changes: &[Change]) {
        let changes = || {
            changes.iter().filter_map(|change| match change {
                Change::Draft(change) => Some(change),
                _ => None,
            })
        };
        if changes().next().is_none() {
            return;
        }
        let rooms = self.all();
        let of = |id: DraftId| rooms.values().find(|room| room.id == id);
        // A draft is told to its pages with the rest of what was committed with it.
        for change in changes() {
            match change {
                DraftChange::Remarks { draft, remarks, .. } => {
                    if let Some(room) = of(*draft) {
                        room.use_remarks(remarks.clone());
                    }
                }
                DraftChange::Erased(draft) => {
                    if let Some(room) = of(*draft) {
                        room.erase();
                    }
                }
                _ => {}
            }
        }
        for change in changes() {
            if let DraftChange::Put(draft) = change
                && let Some(room) = rooms.get(&draft.token)
            {
                room.replace(draft.clone());
            }
        }
    }

    /// It is not known what was committed: each is read again before it is used.
    pub(in crate::service) fn doubt(&self) {
        self.all().values().for_each(|room| room.doubt());
    }
}

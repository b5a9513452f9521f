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

#[cfg(test)]
mod tests {
    use jiban_domain::case::{Moment, Subject};
    use jiban_domain::draft::{Beginning, Draft, SharedValues, Way};
    use jiban_domain::form::Form;

    use super::*;

    fn draft() -> Draft {
        let beginning = Beginning {
            id: DraftId(1),
            token: Token([1; 16]),
            hall: "main".into(),
            subject: Subject::Matter("food".into()),
            name: "食品经营许可".into(),
            way: Way::Phone,
            form: String::new(),
            kept_days: 30,
        };
        let day = jiff::civil::date(2026, 11, 21);
        Draft::begin(beginning, Moment { at: 1_795_226_400_000, day })
    }

    #[test]
    fn what_was_read_before_a_commit_replaces_nothing() {
        let before = draft();
        let form = (Arc::new(Form { groups: Vec::new() }), Arc::from(""));
        let room = Arc::new(Room::new(before.clone(), Vec::new(), form, SharedValues::default()));
        let rooms = Rooms::default();
        rooms.all().insert(before.token, room.clone());
        let read = |draft: &Draft, known: u64| {
            room.settle(known, Arc::new(draft.clone()), Some(Vec::new()));
        };

        rooms.doubt();
        let known = room.doubted().unwrap();
        let mut after = before.clone();
        after.helped = true;
        rooms.take_over(&[Change::Draft(DraftChange::Put(Arc::new(after.clone())))]);
        read(&before, known);
        assert!(room.now().draft.helped, "what was committed is newer");
        // What comes into doubt while it is read is read once more.
        let known = room.doubted().unwrap();
        rooms.doubt();
        read(&after, known);
        let known = room.doubted().unwrap();
        read(&after, known);
        assert_eq!(room.doubted(), None);
        assert!(room.now().draft.helped);
    }
}

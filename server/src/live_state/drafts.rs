//! The drafts that the hall has in hand: those that were sent, and those that were looked at.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use jiban_app::api::drafts::DraftsNow;
use jiban_domain::draft::{Draft, DraftState};
use jiban_domain::{DraftId, HallId};

use super::LiveState;

/// The drafts in hand.
#[derive(Debug, Clone, Default)]
pub struct DraftsInHand {
    drafts: BTreeMap<DraftId, Arc<Draft>>,
}

impl LiveState {
    /// The drafts that the hall has in hand.
    pub fn drafts(&self) -> &DraftsInHand {
        &self.drafts
    }
}

impl DraftsInHand {
    pub(super) fn put(&mut self, draft: &Arc<Draft>) {
        if matches!(draft.state, DraftState::Sent | DraftState::Returned | DraftState::Cleared) {
            self.drafts.insert(draft.id, draft.clone());
        } else {
            self.drafts.remove(&draft.id);
        }
    }

    /// Those of a hall: what waits first, the longest waiting before the others.
    pub fn of(&self, hall: &HallId) -> Vec<Arc<Draft>> {
        let mut found: Vec<_> =
            self.drafts.values().filter(|draft| draft.hall == *hall).cloned().collect();
        found.sort_by_key(|draft| {
            let sent = draft.sent.map_or(0, |sent| sent.at);
            (draft.state != DraftState::Sent, sent, draft.id)
        });
        found
    }

    /// What a page follows of those that it may see.
    pub fn now(&self, sees: impl Fn(&Draft) -> bool) -> DraftsNow {
        let (mut waiting, mut hasher) = (0, DefaultHasher::new());
        for draft in self.drafts.values().filter(|draft| sees(draft)) {
            waiting += u32::from(draft.state == DraftState::Sent);
            let moves = (draft.times_sent, draft.times_returned, draft.files.len());
            (draft.id, draft.state, moves, draft.booking).hash(&mut hasher);
        }
        let [a, b, c, d, ..] = hasher.finish().to_be_bytes();
        DraftsNow { waiting, mark: u32::from_be_bytes([a, b, c, d]) }
    }
}

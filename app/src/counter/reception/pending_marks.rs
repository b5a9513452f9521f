//! Marks of materials that the server has not confirmed. A clerk marks faster
//! than a network answers, so each mark shows at once.

use std::collections::VecDeque;

use jiban_domain::CaseId;
use jiban_domain::case::MaterialState;
use leptos::prelude::*;

use crate::api::reception::MarkMaterial;

/// The marks, in the order they were made.
#[derive(Clone, Copy)]
pub struct PendingMarks {
    queue: RwSignal<VecDeque<MarkMaterial>>,
    /// No answer came to the first mark.
    pub unanswered: RwSignal<bool>,
    /// The material whose mark was refused last, and why.
    pub refused: RwSignal<Option<(u32, String)>>,
}

impl PendingMarks {
    pub fn new() -> Self {
        Self {
            queue: RwSignal::new(VecDeque::new()),
            unanswered: RwSignal::new(false),
            refused: RwSignal::new(None),
        }
    }

    pub fn any(self) -> bool {
        self.queue.with(|queue| !queue.is_empty())
    }

    pub fn push(self, mark: MarkMaterial) {
        self.queue.update(|queue| queue.push_back(mark));
    }

    /// The mark to send next; none when the page is gone, too.
    pub fn first(self) -> Option<MarkMaterial> {
        self.queue.try_with_untracked(|queue| queue.front().cloned()).flatten()
    }

    pub fn remove_first(self) {
        self.queue.update(|queue| {
            queue.pop_front();
        });
    }

    /// How a material is marked, if the server has not confirmed it yet.
    pub fn state_of(self, case: CaseId, material: u32) -> Option<MaterialState> {
        self.queue.with(|queue| {
            let last = queue.iter().rev().find(|one| (one.case, one.material) == (case, material));
            last.map(|one| one.state)
        })
    }
}

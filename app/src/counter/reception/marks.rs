//! Ticks of materials. A clerk ticks faster than a network answers: each shows
//! at once, and they are sent one after another, again until they are answered.

use std::collections::VecDeque;
use std::time::Duration;

use jiban_domain::CaseId;
use jiban_domain::case::MaterialState;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::room::Room;
use crate::api::reception::MarkMaterial;
use crate::api::{Refused, ask};
use crate::counter::state::CounterState;

const ASK_AGAIN: Duration = Duration::from_secs(2);

/// The ticks that are not answered yet.
#[derive(Clone, Copy)]
pub struct Marks {
    queue: RwSignal<VecDeque<MarkMaterial>>,
    /// No answer came to the first of them.
    pub lost: RwSignal<bool>,
    /// The material whose tick was refused last, and why.
    pub refused: RwSignal<Option<(u32, String)>>,
}

impl Marks {
    /// None.
    pub fn new() -> Self {
        Self {
            queue: RwSignal::new(VecDeque::new()),
            lost: RwSignal::new(false),
            refused: RwSignal::new(None),
        }
    }

    /// Whether any is on its way.
    pub fn any(self) -> bool {
        self.queue.with(|queue| !queue.is_empty())
    }

    fn pop(self) {
        self.queue.update(|queue| {
            queue.pop_front();
        });
    }

    /// What a material was ticked as, where the hall has not answered yet.
    pub fn of(self, case: CaseId, material: u32) -> Option<MaterialState> {
        self.queue.with(|queue| {
            let last = queue.iter().rev().find(|one| (one.case, one.material) == (case, material));
            last.map(|one| one.state)
        })
    }
}

/// Ticks a material.
pub(super) fn mark(page: CounterState, case: CaseId, material: u32, state: MaterialState) {
    let marks = page.room.marks;
    marks.refused.set(None);
    page.room.done.set(None);
    let first = !untrack(|| marks.any());
    marks.queue.update(|queue| queue.push_back(MarkMaterial { case, material, state }));
    if first {
        send_next(page.room, page);
    }
}

fn send_next(room: Room, page: CounterState) {
    let marks = room.marks;
    let next = marks.queue.try_with_untracked(|queue| queue.front().cloned()).flatten();
    let Some(next) = next else { return };
    spawn_local(async move {
        let lang = page.lang.get_untracked();
        let answer = ask(&next, lang).await;
        let lost = matches!(&answer, Err(refused) if refused.code == Refused::NO_ANSWER);
        // The page may be gone by the time an answer comes.
        if marks.lost.try_set(lost).is_some() {
            return;
        }
        if lost {
            set_timeout(move || send_next(room, page), ASK_AGAIN);
            return;
        }
        match answer {
            Ok(case) => {
                room.show(case);
                marks.pop();
            }
            Err(refused) => {
                marks.refused.set(Some((next.material, refused.in_a_line(lang))));
                marks.pop();
                room.heed(&refused);
                room.read();
            }
        }
        send_next(room, page);
    });
}

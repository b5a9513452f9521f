//! The last answers, so that a retry within seconds costs no look-up.

use std::collections::{HashMap, VecDeque};

use uuid::Uuid;

use crate::change::Change;
use crate::change::terminals::TerminalChange;
use crate::store::{Answer, Answered};

/// Answers remembered without reading the database.
const REMEMBERED: usize = 4_096;

#[derive(Default)]
pub(super) struct RecentAnswers {
    answers: HashMap<Uuid, Answered>,
    order: VecDeque<Uuid>,
}

impl RecentAnswers {
    pub(super) fn get(&self, request: &Uuid) -> Option<&Answered> {
        self.answers.get(request)
    }

    /// Takes over answers that were written over earlier ones.
    pub(super) fn replace(&mut self, changes: &[Change]) {
        for change in changes {
            if let Change::Terminal(TerminalChange::Answered { request, digest, answer, .. }) =
                change
                && let Some(known) = self.answers.get_mut(request)
            {
                *known = Answered { digest: *digest, answer: answer.clone() };
            }
        }
    }

    pub(super) fn remember(&mut self, answers: Vec<Answer>) {
        for Answer { request, answered, .. } in answers {
            self.answers.insert(request, answered);
            self.order.push_back(request);
        }
        while self.order.len() > REMEMBERED {
            if let Some(oldest) = self.order.pop_front() {
                self.answers.remove(&oldest);
            }
        }
    }
}

//! What can be done to the step in hand, by whom, and with which key.

use jiban_domain::Text;
use jiban_domain::case::step::{StepVerb, next_step_state};
use jiban_domain::case::{CaseState, StepState};
use jiban_domain::setup::Role;

use super::words::Words;
use crate::api::case::{CaseShown, CaseStepShown, PartShown};
use crate::api::office::OfficeNow;

/// One thing that can be done to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Take,
    Approve,
    Reject,
    Ask,
    Pause,
    Resume,
    HandOver,
}

impl Act {
    /// The keys as they lie on the page; pause and resume share a place.
    pub(super) const ALL: [Self; 7] = [
        Self::Take,
        Self::Approve,
        Self::Reject,
        Self::Ask,
        Self::Pause,
        Self::Resume,
        Self::HandOver,
    ];

    /// Its key, in lower case.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Take => "t",
            Self::Approve => "a",
            Self::Reject => "r",
            Self::Ask => "m",
            Self::Pause | Self::Resume => "p",
            Self::HandOver => "h",
        }
    }

    const fn verb(self) -> StepVerb {
        match self {
            Self::Take => StepVerb::Take,
            Self::Approve => StepVerb::Approve,
            Self::Reject => StepVerb::Reject,
            Self::Ask => StepVerb::AskForMore,
            Self::Pause => StepVerb::Pause,
            Self::Resume => StepVerb::Resume,
            Self::HandOver => StepVerb::HandOver,
        }
    }

    /// The word on its key.
    pub(super) const fn word(self, words: &Words) -> &'static str {
        match self {
            Self::Take => words.take,
            Self::Approve => words.approve,
            Self::Reject => words.reject,
            Self::Ask => words.ask,
            Self::Pause => words.pause,
            Self::Resume => words.resume,
            Self::HandOver => words.hand_over,
        }
    }

    /// What is said once it is done.
    pub(super) const fn done(self, words: &Words) -> &'static str {
        match self {
            Self::Take => words.done_take,
            Self::Approve => words.done_approve,
            Self::Reject => words.done_reject,
            Self::Ask => words.done_ask,
            Self::Pause => words.done_pause,
            Self::Resume => words.done_resume,
            Self::HandOver => words.done_hand_over,
        }
    }

    /// Whether it applies to a step that is one's to move.
    pub(super) fn applies(self, state: StepState) -> bool {
        match (self, state) {
            // It is taken already; nothing would change.
            (Self::Take, StepState::Taken) => false,
            _ => next_step_state(state, self.verb()).is_ok(),
        }
    }
}

/// Why nothing can be done to a step, or that it can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is the reviewer's to move.
    Free,
    /// A supervisor decides nothing.
    OnlyLooks,
    /// Another department's.
    NotYours,
    /// Another reviewer has it.
    TakenBy(Text),
    /// Decided, or never to be.
    Over,
    /// Its turn has not come.
    NotBegun,
}

/// How the one signed in stands to a step.
pub(super) fn standing(now: &OfficeNow, case: &CaseShown, step: &CaseStepShown) -> Standing {
    match step.state {
        StepState::Approved | StepState::Rejected | StepState::Skipped => return Standing::Over,
        StepState::Waiting => return Standing::NotBegun,
        _ if case.state != CaseState::Accepted => return Standing::Over,
        _ => {}
    }
    match now.clerk.role {
        Role::Supervisor | Role::Clerk => return Standing::OnlyLooks,
        Role::Reviewer if now.departments.iter().all(|one| one.id != step.department) => {
            return Standing::NotYours;
        }
        // The director may stand in for anyone.
        Role::Reviewer | Role::Admin => {}
    }
    match &step.reviewer {
        Some(name) if *name != now.clerk.name => Standing::TakenBy(name.clone()),
        _ => Standing::Free,
    }
}

/// The part and the step of a case that are meant by a number.
pub(super) fn find(case: &CaseShown, step: u32) -> Option<(&PartShown, &CaseStepShown)> {
    case.parts
        .iter()
        .find_map(|part| Some((part, part.steps.iter().find(|one| one.id.step == step)?)))
}

/// The step of a case that one would look at first: of one's departments and in
/// hand, else in hand, else the last begun, else the first.
pub(super) fn first_step(now: Option<&OfficeNow>, case: &CaseShown) -> Option<u32> {
    let steps = || case.parts.iter().flat_map(|part| &part.steps);
    let own = |step: &&CaseStepShown| {
        now.is_some_and(|now| now.departments.iter().any(|one| one.id == step.department))
    };
    let in_hand = |step: &&CaseStepShown| step.state.is_in_hand();
    steps()
        .filter(in_hand)
        .find(own)
        .or_else(|| steps().find(in_hand))
        .or_else(|| steps().rfind(|step| step.opened_at.is_some()))
        .or_else(|| steps().next())
        .map(|step| step.id.step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_has_its_acts_and_a_key_means_one_of_them() {
        for state in StepState::ALL.iter().copied() {
            let acts: Vec<_> = Act::ALL.into_iter().filter(|act| act.applies(state)).collect();
            let mut keys: Vec<_> = acts.iter().map(|act| act.key()).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), acts.len(), "{state:?}");
            assert_eq!(acts.is_empty(), !state.is_in_hand(), "{state:?}");
        }
        assert!(!Act::Take.applies(StepState::Taken));
        assert!(Act::Resume.applies(StepState::Asked));
    }
}

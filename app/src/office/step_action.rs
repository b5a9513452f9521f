//! The actions on a step: who may take them, and their shortcut keys.

use jiban_domain::Text;
use jiban_domain::case::step::{StepVerb, next_step_state};
use jiban_domain::case::{CaseState, StepState};
use jiban_domain::setup::Role;

use super::words::Words;
use crate::api::case::{CaseShown, CaseStepShown, PartShown};
use crate::api::office::OfficeNow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StepAction {
    Take,
    Approve,
    Reject,
    AskForMore,
    Pause,
    Resume,
    HandOver,
}

impl StepAction {
    /// The names of what is typed for it.
    pub(super) const fn drafts(self) -> &'static [&'static str] {
        match self {
            Self::Take => &[],
            Self::Approve => &["approve"],
            Self::Reject => &["reject"],
            Self::AskForMore => &["lines", "ask"],
            Self::Pause => &["pause"],
            Self::Resume => &["resume"],
            Self::HandOver => &["hand_over"],
        }
    }

    /// In the order of the buttons; pause and resume share a place.
    pub(super) const ALL: [Self; 7] = [
        Self::Take,
        Self::Approve,
        Self::Reject,
        Self::AskForMore,
        Self::Pause,
        Self::Resume,
        Self::HandOver,
    ];

    /// Its shortcut key, in lower case.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Take => "t",
            Self::Approve => "a",
            Self::Reject => "r",
            Self::AskForMore => "m",
            Self::Pause | Self::Resume => "p",
            Self::HandOver => "h",
        }
    }

    const fn verb(self) -> StepVerb {
        match self {
            Self::Take => StepVerb::Take,
            Self::Approve => StepVerb::Approve,
            Self::Reject => StepVerb::Reject,
            Self::AskForMore => StepVerb::AskForMore,
            Self::Pause => StepVerb::Pause,
            Self::Resume => StepVerb::Resume,
            Self::HandOver => StepVerb::HandOver,
        }
    }

    pub(super) const fn label(self, words: &Words) -> &'static str {
        match self {
            Self::Take => words.take,
            Self::Approve => words.approve,
            Self::Reject => words.reject,
            Self::AskForMore => words.ask_for_more,
            Self::Pause => words.pause,
            Self::Resume => words.resume,
            Self::HandOver => words.hand_over,
        }
    }

    /// The confirmation after it succeeded.
    pub(super) const fn done(self, words: &Words) -> &'static str {
        match self {
            Self::Take => words.done_take,
            Self::Approve => words.done_approve,
            Self::Reject => words.done_reject,
            Self::AskForMore => words.done_ask_for_more,
            Self::Pause => words.done_pause,
            Self::Resume => words.done_resume,
            Self::HandOver => words.done_hand_over,
        }
    }

    /// Whether it applies in a state, for a reviewer who may act on the step.
    pub(super) fn applies(self, state: StepState) -> bool {
        match (self, state) {
            // Taking it twice would change nothing.
            (Self::Take, StepState::Taken) => false,
            _ => next_step_state(state, self.verb()).is_ok(),
        }
    }
}

/// Whether the signed-in person may act on a step, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Availability {
    Available,
    /// Supervisors take no actions.
    ReadOnly,
    OtherDepartment,
    TakenBy(Text),
    /// Decided or skipped, or the case has ended.
    Finished,
    NotStarted,
}

pub(super) fn availability(
    now: &OfficeNow,
    case: &CaseShown,
    step: &CaseStepShown,
) -> Availability {
    match step.state {
        StepState::Approved | StepState::Rejected | StepState::Skipped | StepState::Replaced => {
            return Availability::Finished;
        }
        StepState::Waiting => return Availability::NotStarted,
        _ if case.state != CaseState::Accepted => return Availability::Finished,
        _ => {}
    }
    match now.clerk.role {
        Role::Supervisor | Role::Clerk => return Availability::ReadOnly,
        Role::Reviewer if now.departments.iter().all(|one| one.id != step.department) => {
            return Availability::OtherDepartment;
        }
        // The director may act for any department.
        Role::Reviewer | Role::Admin => {}
    }
    match &step.reviewer {
        Some(name) if *name != now.clerk.name => Availability::TakenBy(name.clone()),
        _ => Availability::Available,
    }
}

/// The step of a case with this number, and its part.
pub(super) fn find(case: &CaseShown, step: u32) -> Option<(&PartShown, &CaseStepShown)> {
    case.parts
        .iter()
        .find_map(|part| Some((part, part.steps.iter().find(|one| one.id.step == step)?)))
}

/// The most relevant step of a case: an active one of the reviewer's
/// departments, else any active one, else the last that was opened, else the
/// first.
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
    fn keys_are_unique_among_the_actions_of_each_state() {
        for state in StepState::ALL.iter().copied() {
            let actions: Vec<_> =
                StepAction::ALL.into_iter().filter(|action| action.applies(state)).collect();
            let mut keys: Vec<_> = actions.iter().map(|action| action.key()).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), actions.len(), "{state:?}");
            assert_eq!(actions.is_empty(), !state.is_in_hand(), "{state:?}");
        }
        assert!(!StepAction::Take.applies(StepState::Taken));
        assert!(StepAction::Resume.applies(StepState::Asked));
    }
}

//! The actions on a check: when they apply, and who may take them.

use jiban_domain::case::CheckState;
use jiban_domain::case::commitment::check::{CheckVerb, next_check_state};
use jiban_domain::setup::Role;

use super::words::CommitmentWords;
use crate::api::commitment::TermsShown;
use crate::api::office::OfficeNow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::office) enum CheckAction {
    Take,
    Keep,
    Notice,
    Answer,
    PutRight,
    Revoke,
}

impl CheckAction {
    pub(super) const ALL: [Self; 6] =
        [Self::Take, Self::Keep, Self::Notice, Self::Answer, Self::PutRight, Self::Revoke];

    const fn verb(self) -> CheckVerb {
        match self {
            Self::Take => CheckVerb::Take,
            Self::Keep => CheckVerb::Keep,
            Self::Notice => CheckVerb::Notice,
            Self::Answer => CheckVerb::Answer,
            Self::PutRight => CheckVerb::PutRight,
            Self::Revoke => CheckVerb::Revoke,
        }
    }

    pub(super) const fn label(self, state: CheckState, words: &CommitmentWords) -> &'static str {
        match (self, state) {
            (Self::Take, _) => words.take,
            (Self::Keep, CheckState::Noticed) => words.keep_heard,
            (Self::Keep, _) => words.keep,
            (Self::Notice, _) => words.broken,
            (Self::Answer, _) => words.record,
            (Self::PutRight, _) => words.put_right,
            (Self::Revoke, _) => words.revoke,
        }
    }

    /// The name of what is typed for it.
    pub(super) const fn draft(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Keep => "keep",
            Self::Notice => "notice",
            Self::Answer => "answer",
            Self::PutRight => "put_right",
            Self::Revoke => "revoke",
        }
    }

    /// Whether it applies to a check now, for whoever is signed in.
    pub(super) fn applies(self, now: &OfficeNow, terms: &TermsShown) -> bool {
        let Some(check) = &terms.check else { return false };
        let own = match now.clerk.role {
            Role::Admin => true,
            Role::Reviewer => now.departments.iter().any(|one| one.id == terms.department),
            Role::Supervisor | Role::Clerk => false,
        };
        let mine = check.reviewer.as_ref() == Some(&now.clerk.name);
        let free = check.reviewer.is_none() || mine;
        own && next_check_state(check.state, self.verb()).is_ok()
            && match self {
                Self::Take => !mine,
                Self::Answer => true,
                _ => free,
            }
    }
}

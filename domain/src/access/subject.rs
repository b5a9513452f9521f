//! What an action concerns.

use crate::case::{Case, VerifyCode};
use crate::draft::Draft;
use crate::ids::{DepartmentId, HallId, MatterId};
use crate::setup::{Clerk, Hall};

/// What an action concerns.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// Nothing beyond the place itself.
    Nothing,
    /// What belongs to a hall.
    Hall(&'a HallId),
    /// What belongs to every one of these halls.
    Halls(&'a [Hall]),
    Case {
        case: &'a Case,
        /// The actor has said why they look at it, or is serving its visit.
        opened: bool,
    },
    Step {
        case: &'a Case,
        /// Counted from 1 within the case.
        step: u32,
    },
    Document {
        case: &'a Case,
        code: VerifyCode,
    },
    Draft {
        draft: &'a Draft,
        /// Those that have a part in what it is for.
        departments: &'a [DepartmentId],
    },
    /// The check of a matter's commitment.
    Check {
        case: &'a Case,
        matter: &'a MatterId,
    },
    /// Somebody who signs in.
    Clerk(&'a Clerk),
}

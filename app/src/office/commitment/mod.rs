//! Commitments in the office: the list of checks, the commitment of the selected case with
//! its check, and what each action on a check asks for.

mod action;
mod block;
mod dialog;
mod list;
mod words;

pub(super) use action::CheckAction;
pub(super) use block::CommitmentBlock;
pub(super) use dialog::check_dialog;
pub(super) use list::CheckList;

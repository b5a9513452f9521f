//! Commitments at the counter: signing one or taking it back before acceptance, how far its
//! check is, and the applicant's answer to the notice of a breach.

mod answer;
mod fact;
mod sign;
mod words;

pub(super) use answer::AnswerDialog;
pub(super) use fact::commitment_fact;
pub(super) use sign::CommitmentDialog;

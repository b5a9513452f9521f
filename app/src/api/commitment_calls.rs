//! The calls of commitments (告知承诺): signed at a counter, checked in the office, and the
//! applicant's answer to the notice of a breach.
//!
//! - The phone page's form sends `matter` and `text` to `/t/{token}/answer`.

use jiban_domain::{CaseId, MatterId, Token};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::calls;
use super::case::CaseShown;
use super::progress::Progress;

calls! {
    SignCommitment => "/api/counter/sign_commitment" -> CaseShown,
    WithdrawCommitment => "/api/counter/withdraw_commitment" -> CaseShown,
    RecordAnswer => "/api/counter/record_answer" -> CaseShown,
    TakeCheck => "/api/office/take_check" -> CaseShown,
    FindKept => "/api/office/find_kept" -> CaseShown,
    FindBroken => "/api/office/find_broken" -> CaseShown,
    RecordAnswerAtOffice => "/api/office/record_answer" -> CaseShown,
    PutBreachRight => "/api/office/put_breach_right" -> CaseShown,
    RevokeForBreach => "/api/office/revoke_for_breach" -> CaseShown,
    AnswerBreach => "/api/case/answer" -> Progress,
}

/// Sign the commitment that the case's matters offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignCommitment {
    /// Made by the page; a repeat gets the first answer.
    pub request_id: Uuid,
    pub case: CaseId,
    /// The file of the drawn signature; null if paper was signed.
    #[serde(default)]
    pub signature: Option<String>,
}

/// Take the commitment back before acceptance: everything is asked for again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawCommitment {
    /// Made by the page; a repeat gets the first answer.
    pub request_id: Uuid,
    pub case: CaseId,
}

/// Defines the calls on the check of a matter's commitment.
macro_rules! on_a_check {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? })?),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// Made by the page; a repeat gets the first answer.
            pub request_id: Uuid,
            pub case: CaseId,
            pub matter: MatterId,
            /// What is said with it.
            #[serde(default)]
            pub note: String,
            $($(
                $(#[$field_doc])*
                #[serde(default)]
                pub $field: $type,
            )+)?
        }
    )+};
}

on_a_check! {
    /// Write down at a counter what the applicant says to the notice of a breach.
    RecordAnswer,
    /// Take a check, also over from another reviewer of the department.
    TakeCheck,
    /// Found as committed: the check ends.
    FindKept,
    /// Found broken: the note says what was found, and the applicant is told.
    FindBroken {
        /// What was found can be put right, where the matter allows it.
        may_put_right: bool,
    },
    /// Write down in the office what the applicant says to the notice.
    RecordAnswerAtOffice,
    /// The breach was put right: the check ends, and the result stands.
    PutBreachRight,
    /// Revoke what rests on the broken commitment; the note gives the reasons.
    RevokeForBreach,
}

/// Answer the notice of a breach (陈述申辩), with the case's own token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerBreach {
    /// Made by the page; a repeat gets the first answer.
    pub request_id: Uuid,
    pub token: Token,
    pub matter: MatterId,
    /// At most 2,000 characters.
    pub text: String,
}

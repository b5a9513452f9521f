//! Answers that are kept, so that the repeat of a request gets the first one.

use jiban_domain::Millis;
use uuid::Uuid;

/// What a request was answered, and to which body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// SHA-256 of the command.
    pub digest: [u8; 32],
    /// The answer, as it was sent.
    pub answer: String,
}

/// An answer to keep for a repeat of its request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub request: Uuid,
    pub answered: Answered,
    pub at: Millis,
}

//! Printing by oneself: who is there, what they may print, and how it went.
//!
//! - [`proof`]: a card or a code becomes a pass, [`passes`]
//! - [`items`]: what a proof opens
//! - [`queue`]: a print is counted, queued and followed; its result is handed over
//! - [`records`]: what departments bring, sealed; [`department`]: what their services answer
//!
//! The pages are drawn in [`crate::documents`], and printed by [`crate::jobs`].

mod department;
mod items;
mod passes;
mod proof;
mod queue;
mod records;

pub use department::StatementKey;
pub use items::Opened;
pub use passes::{Passes as ProofPasses, Proven};
pub use queue::{Papers, QueuedPrint};
pub use records::{PersonRecords, about_record, content_digest, opened_record};

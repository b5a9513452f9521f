//! Printing by oneself: who is there ([`proof`]), what they may print ([`choose`]), and how far
//! it is ([`printing`]). The pass that a proof gives is the visit's, and ends with it.

mod choose;
mod printing;
mod proof;
pub mod words;

pub use choose::PrintablesPage;
pub use printing::PrintingPage;
pub use proof::{CodePage, ProofPage};

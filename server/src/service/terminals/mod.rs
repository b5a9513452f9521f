//! Terminals: the programs on the kiosks' own machines.
//!
//! - [`lend`]: numbers that they may give by themselves
//! - [`issue`]: numbers that the hall gives, and they print
//! - [`hand_in`]: numbers that they gave while they were cut off
//! - [`pair`]: how a terminal gets its key; [`keys`]: who is admitted by which
//! - [`alerts`]: what is wrong with them, and who is told
//! - [`report`]: how they are; [`seen`]: what was reported last

mod alerts;
mod hand_in;
mod issue;
mod keys;
mod lend;
mod pair;
mod report;
mod seen;

pub use pair::Pairings;

pub use report::hall_version;
pub use seen::{Seen, Terminals};

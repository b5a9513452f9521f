//! Terminals: the programs on the kiosks' own machines.
//!
//! - [`lend`]: numbers that they may give by themselves
//! - [`issue`]: numbers that the hall gives, and they print
//! - [`hand_in`]: numbers that they gave while they were cut off
//! - [`report`]: how they are; [`seen`]: what was reported last

mod hand_in;
mod issue;
mod lend;
mod report;
mod seen;

pub use report::hall_version;
pub use seen::{Seen, Terminals};

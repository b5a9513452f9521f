//! What one client, and all together, may use of the hall: so that nobody guesses what is
//! not theirs, and nobody takes the hall away from the others.
//!
//! - [`ClientAddress`]: by what a client is counted

mod client_address;

pub use client_address::ClientAddress;

/// The bounds in force. Each is a setting of the operator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// Nothing is bounded: for load tests, where one machine plays a thousand.
    pub lifted: bool,
}

impl Limits {
    /// The bounds of a load test: none.
    pub fn lifted() -> Self {
        Self { lifted: true }
    }
}

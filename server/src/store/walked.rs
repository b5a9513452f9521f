//! What `jiban check` found.

/// What the check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walked {
    /// Every row is as it was written.
    Whole {
        events: u64,
        tickets: u64,
        cases: u64,
        /// Rows from before events had digests of rows, which are compared less closely.
        older: u64,
    },
    /// The first row that is not as it was written.
    Broken {
        /// Such as `events` or `tickets`.
        table: &'static str,
        /// Its id.
        row: i64,
        what: String,
    },
}

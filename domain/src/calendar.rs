//! Working days, and deadlines counted in them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// By when something is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The day.
    pub date: Date,
    /// The calendar ends before it: it is recomputed when the year arrives.
    pub provisional: bool,
}

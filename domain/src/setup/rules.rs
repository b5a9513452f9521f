//! What a hall may set for its lines. No authoritative values were found, so these
//! are settings with the values commonly seen.

use serde::{Deserialize, Serialize};

use crate::ids::Millis;
use crate::ticket::priority::Priority;

const MINUTE: Millis = 60_000;

/// The rules of a hall's lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Calls after which the console offers to mark a visitor as missed.
    pub calls_before_missed: u32,
    /// A reinstated visitor goes behind this many others.
    pub reinstate_behind: u32,
    /// Minutes of head start of a visitor of seventy or older.
    pub elder_head_start: u32,
    /// Minutes of head start of the statutory groups (military and veterans, disabled,
    /// pregnant).
    pub priority_head_start: u32,
    /// Minutes of head start of the very ill.
    pub ill_head_start: u32,
    /// After so many minutes without a clerk at the counter that a ticket was sent to, the
    /// ticket is back in its line; 0 is never.
    pub empty_counter_minutes: u32,
    /// Seconds without a touch before a kiosk starts its countdown.
    pub idle_seconds: u32,
    /// Seconds of the countdown; never less than 20 (WCAG 2.2.1).
    pub countdown_seconds: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            calls_before_missed: 3,
            reinstate_behind: 3,
            elder_head_start: 15,
            priority_head_start: 30,
            ill_head_start: 60,
            empty_counter_minutes: 10,
            idle_seconds: 40,
            countdown_seconds: 20,
        }
    }
}

impl Rules {
    /// The head start of a class, in milliseconds.
    pub fn head_start(&self, class: Priority) -> Millis {
        let minutes = match class {
            Priority::None => 0,
            Priority::Elder => self.elder_head_start,
            Priority::Honoured | Priority::Disabled | Priority::Pregnant => {
                self.priority_head_start
            }
            Priority::Ill => self.ill_head_start,
        };
        Millis::from(minutes) * MINUTE
    }

    /// The bound on overtaking, in milliseconds: nobody who arrives later than
    /// this after an ordinary ticket goes before it.
    pub fn longest_head_start(&self) -> Millis {
        Priority::ALL.into_iter().map(|class| self.head_start(class)).max().unwrap_or_default()
    }
}

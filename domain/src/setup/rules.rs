//! What a hall may set about its lines. Nothing authoritative was found for
//! these, so they are settings with the values commonly seen.

use serde::{Deserialize, Serialize};

use crate::ids::Millis;
use crate::ticket::priority::Priority;

const MINUTE: Millis = 60_000;

/// The rules of a hall's lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Calls before a visitor counts as missed: the console offers it from then on.
    pub calls_before_missed: u32,
    /// A reinstated visitor goes behind this many others.
    pub reinstate_behind: u32,
    /// Minutes a visitor of seventy or older stands ahead of their arrival.
    pub elder_head_start: u32,
    /// Minutes the statutory groups (soldiers and veterans, the disabled, the
    /// pregnant) stand ahead of their arrival.
    pub priority_head_start: u32,
    /// Minutes the very ill stand ahead of their arrival.
    pub ill_head_start: u32,
    /// Seconds without a touch before a kiosk begins to count down.
    pub idle_seconds: u32,
    /// Seconds the countdown gives; never less than 20 (WCAG 2.2.1).
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
            idle_seconds: 40,
            countdown_seconds: 20,
        }
    }
}

impl Rules {
    /// How far ahead of its arrival a class stands, in milliseconds.
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

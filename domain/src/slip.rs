//! What a slip says, the same for screen, browser and paper. Its layout is the
//! app's.

use serde::{Deserialize, Serialize};

use crate::ids::Millis;
use crate::schedule::CallsFrom;
use crate::text::{Lang, Text};
use crate::ticket::{Priority, TicketState};
use crate::wait::WaitMinutes;

/// The content of one slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// The language the visitor chose.
    pub lang: Lang,
    pub hall: Text,
    /// `A012`.
    pub number: String,
    /// The line waited in.
    pub line: Text,
    pub matter: Text,
    /// People ahead when it was taken.
    pub ahead: u32,
    /// The wait when it was printed, in minutes, counted from `calls_from` where that is
    /// set; none while no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
    /// When calling begins again, where it does not go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls_from: Option<CallsFrom>,
    /// The class it was taken with.
    #[serde(default)]
    pub priority: Priority,
    /// The state when it was printed: a reprint may be of one that was called or missed.
    #[serde(default = "waiting")]
    pub state: TicketState,
    /// The counter it was called to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<Text>,
    pub issued_at: Millis,
    /// The same by the hall's clock, `2026-11-21 09:05`.
    pub issued_local: String,
    /// The address the QR code holds: capitals after its scheme.
    pub qr: String,
    /// What to bring, the most important first.
    pub materials: Vec<Text>,
    /// A reprint of a slip that was printed before (补打).
    pub reprint: bool,
    /// False where a terminal gave the number by itself: nobody knows yet who is ahead.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub confirmed: bool,
}

const fn yes() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_true(value: &bool) -> bool {
    *value
}

const fn waiting() -> TicketState {
    TicketState::Waiting
}

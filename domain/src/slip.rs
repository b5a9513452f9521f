//! What a slip says, the same for screen, browser and paper. Its layout is the
//! app's.

use serde::{Deserialize, Serialize};

use crate::ids::Millis;
use crate::text::{Lang, Text};
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
    /// The wait when it was taken, in minutes; none while no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
    pub issued_at: Millis,
    /// The same by the hall's clock, `2026-11-21 09:05`.
    pub issued_local: String,
    /// The address the QR code holds: capitals after its scheme.
    pub qr: String,
    /// What to bring, the most important first.
    pub materials: Vec<Text>,
    /// A reprint of a slip that was printed before (补打).
    pub reprint: bool,
}

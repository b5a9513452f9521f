//! What a slip says. How it looks is the printing room's; this is the same for
//! screen, browser and paper.

use serde::{Deserialize, Serialize};

use crate::ids::Millis;
use crate::text::{Lang, Text};
use crate::wait::WaitMinutes;

/// The content of one slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// The language the visitor chose.
    pub lang: Lang,
    /// The hall.
    pub hall: Text,
    /// `A012`.
    pub number: String,
    /// The line waited in.
    pub line: Text,
    /// What the visitor came for.
    pub matter: Text,
    /// People ahead when it was taken.
    pub ahead: u32,
    /// The wait when it was taken, in minutes; none while no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
    /// When it was taken.
    pub issued_at: Millis,
    /// The same by the hall's clock, `2026-11-21 09:05`.
    pub issued_local: String,
    /// The address the QR code holds, upper case.
    pub qr: String,
    /// What to bring, main papers first.
    pub materials: Vec<Text>,
    /// Printed before: the same number again (补打).
    pub reprint: bool,
}

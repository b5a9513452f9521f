//! What can change about terminals, as values.

use jiban_domain::{HallId, KioskId, Millis};
use uuid::Uuid;

/// One row written.
#[derive(Debug, Clone)]
pub enum TerminalChange {
    /// Numbers were lent.
    Lent(LentBlock),
    /// What a request is answered when it is repeated, whatever it was answered before: its
    /// number came by another way.
    Answered { request: Uuid, digest: [u8; 32], answer: String, at: Millis },
    /// A terminal's last report.
    Reported(LastReport),
    /// Something that happened at a terminal.
    Happened(TerminalHappened),
}

/// Numbers that are lent to one store for one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LentBlock {
    pub hall: HallId,
    /// The business day on which they may be given.
    pub day: String,
    pub letter: char,
    /// The first of [`jiban_domain::lent::BLOCK`] numbers.
    pub first: u32,
    pub kiosk: KioskId,
    /// The file of the terminal, by its id.
    pub store: Uuid,
    pub at: Millis,
}

/// The last report of a kiosk's terminal that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastReport {
    pub kiosk: KioskId,
    pub at: Millis,
    /// The report as JSON.
    pub report: String,
}

/// An event of a terminal. It is not of the trail: the terminal says so itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalHappened {
    pub kiosk: KioskId,
    pub store: Uuid,
    /// Counts up in each store.
    pub id: u64,
    pub at: Millis,
    pub kind: String,
    pub detail: String,
}

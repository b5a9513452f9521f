//! What can change about terminals, as values.

use std::sync::Arc;

use jiban_domain::terminal_alert::AlertKind;
use jiban_domain::{HallId, KioskId, Millis};
use strum::IntoStaticStr;
use uuid::Uuid;

use crate::alerting::Way;

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
    /// A terminal that has a key, or had one.
    Keyed(Arc<KeyedTerminal>),
    /// Something is wrong with a terminal, or is over.
    Alert(Alert),
    /// What somebody is to be told of an alert, or how far that is.
    News(AlertNews),
}

/// Something that is wrong with a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub id: i64,
    pub kiosk: KioskId,
    pub kind: AlertKind,
    pub begun_at: Millis,
    pub ended_at: Option<Millis>,
}

/// What somebody is to be told of an alert in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertNews {
    pub alert: i64,
    /// That it is over.
    pub over: bool,
    pub way: Way,
    pub state: NewsState,
    /// Since when it is to be told.
    pub at: Millis,
    /// Tries that failed.
    pub tries: u32,
    pub next_at: Millis,
}

impl AlertNews {
    /// Its row: each alert is told of once in each way, and once more when it is over.
    pub const fn id(&self) -> i64 {
        let way = match self.way {
            Way::Webhook => 0,
            Way::Mail => 1,
        };
        self.alert * 4 + self.over as i64 * 2 + way
    }
}

/// How far it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum NewsState {
    Waiting,
    Sent,
    /// Nobody is told in this way any more, or it took too long.
    Dropped,
}

/// The SHA-256 of a key.
pub type KeyHash = [u8; 32];

/// A terminal that an admin has accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedTerminal {
    pub id: i64,
    pub kiosk: KioskId,
    pub key: KeyHash,
    /// The key that it is to use from now on, until it has.
    pub next_key: Option<KeyHash>,
    pub paired_at: Millis,
    /// The clerk who accepted it.
    pub by: String,
    pub revoked_at: Option<Millis>,
    /// The program that speaks for it; none before its first report.
    pub run: Option<Uuid>,
    /// Programs that spoke for it before.
    pub replaced: Vec<Uuid>,
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

//! The API of those who look after terminals: `GET /events/terminals?hall=ID` sends a
//! [`TerminalsNow`] whenever something in it changes.

use jiban_domain::terminal_alert::AlertKind;
use jiban_domain::{HallId, KioskId, Millis, Text};
use serde::{Deserialize, Serialize};

use super::terminal::{Report, TerminalEvent};
use super::{Done, calls};

calls! {
    PairTerminal => "/api/admin/pair_terminal" -> Done,
    RevokeTerminal => "/api/admin/revoke_terminal" -> Done,
    ChangeTerminalKey => "/api/admin/change_terminal_key" -> Done,
}

/// Accept the terminal that shows this code as a kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairTerminal {
    /// Six figures; spaces between them do not matter.
    pub code: String,
    pub kiosk: KioskId,
}

/// Revoke the key of a kiosk's terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeTerminal {
    pub kiosk: KioskId,
}

/// Give the terminal of a kiosk another key, without a visit to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeTerminalKey {
    pub kiosk: KioskId,
}

/// The terminals of a hall.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TerminalsNow {
    pub hall: HallId,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds.
    pub now: Millis,
    pub business_day: String,
    /// The server's version; a terminal with another one is older or newer.
    pub version: String,
    /// The script of the kiosk's page as the server has it.
    pub page: Option<String>,
    /// Whether this reader may accept and revoke terminals.
    pub may_act: bool,
    /// One for each kiosk of the hall file.
    pub terminals: Vec<TerminalNow>,
}

/// A kiosk and its terminal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TerminalNow {
    pub kiosk: KioskId,
    pub name: Text,
    /// Whether it is served only by its key.
    pub asks_for_key: bool,
    /// The terminal that has its key; null without one.
    pub key: Option<KeyNow>,
    /// When its page was last heard of; null since the server's start.
    pub heard_at: Option<Millis>,
    /// When its terminal last reported; null if it never did.
    pub seen_at: Option<Millis>,
    /// Whether that is less than a minute ago.
    pub there: bool,
    /// What it reported; null if it never did.
    pub report: Option<Report>,
    /// What happened there, the newest first.
    pub events: Vec<TerminalEvent>,
    /// What is wrong with it now.
    pub alerts: Vec<AlertNow>,
}

/// A terminal that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyNow {
    pub paired_at: Millis,
    /// Who accepted it.
    pub by: String,
    /// It is to use another key, and has not yet.
    pub changing: bool,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertNow {
    pub kind: AlertKind,
    pub since: Millis,
}

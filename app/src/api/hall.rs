//! `GET /api/hall`: what a hall offers and how full it is.

use jiban_domain::wait::WaitMinutes;
use jiban_domain::{CounterId, HallId, LineId, MatterId};
use serde::{Deserialize, Serialize};

/// The answer; names are in the language asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HallNow {
    /// Which hall.
    pub hall: HallName,
    /// `YYYY-MM-DD`, by the hall's clock and turn.
    pub business_day: String,
    /// Whether numbers are given now.
    pub open: bool,
    /// When numbers are given again, UTC milliseconds; null while open.
    pub opens_at: Option<i64>,
    /// Its lines.
    pub lines: Vec<LineNow>,
    /// What one comes for.
    pub matters: Vec<MatterOffered>,
    /// Its counters.
    pub counters: Vec<CounterName>,
}

/// A hall's id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallName {
    /// Its id.
    pub id: HallId,
    /// Its name.
    pub name: String,
}

/// A line and how full it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineNow {
    /// Its id.
    pub id: LineId,
    /// The letter its numbers begin with.
    pub letter: char,
    /// Its name.
    pub name: String,
    /// People waiting.
    pub waiting: u32,
    /// Counters open for it.
    pub counters_open: u32,
    /// The wait of someone who comes now; null when no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
    /// Takes no tickets for now.
    pub closed: bool,
}

/// A matter with its guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatterOffered {
    /// Its id.
    pub id: MatterId,
    /// Its name.
    pub name: String,
    /// Where one waits for it.
    pub line: LineId,
    /// Who decides it.
    pub department: String,
    /// Working days promised; 0 is on the spot.
    pub promised_days: u16,
    /// Working days the law allows.
    pub statutory_days: u16,
    /// What it costs.
    pub fee: String,
    /// What to bring.
    pub materials: Vec<MaterialAsked>,
    /// Its way through the departments.
    pub steps: Vec<String>,
    /// What one goes home with.
    pub result: String,
    /// A terminal can do it.
    pub self_service: bool,
}

/// A document to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialAsked {
    /// Its name.
    pub name: String,
    /// May follow later (容缺).
    pub deferrable: bool,
}

/// A counter's id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterName {
    /// Its id.
    pub id: CounterId,
    /// Its name.
    pub name: String,
    /// The lines it serves.
    pub lines: Vec<LineId>,
    /// Whether someone is signed in there.
    pub open: bool,
}

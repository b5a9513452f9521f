//! `GET /api/hall`: what a hall offers and how full it is.

use jiban_domain::schedule::CallsFrom;
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{CounterId, HallId, LineId, MatterId};
use serde::{Deserialize, Serialize};

/// Names are in the requested language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HallNow {
    pub hall: HallName,
    /// `YYYY-MM-DD`, by the hall's clock and the time its day turns.
    pub business_day: String,
    /// Whether numbers are given now.
    pub open: bool,
    /// When numbers are given again, UTC milliseconds; null while open.
    pub opens_at: Option<i64>,
    pub lines: Vec<LineNow>,
    pub matters: Vec<MatterOffered>,
    pub counters: Vec<CounterName>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallName {
    pub id: HallId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineNow {
    pub id: LineId,
    /// The letter its numbers begin with.
    pub letter: char,
    pub name: String,
    pub waiting: u32,
    /// Open counters that serve it.
    pub counters_open: u32,
    /// The estimated wait of someone who comes now, counted from `calls_from` where that is
    /// set; null if no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
    /// When calling begins again; null while it goes on.
    pub calls_from: Option<CallsFrom>,
    /// It gives no tickets now.
    pub closed: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatterOffered {
    pub id: MatterId,
    pub name: String,
    /// The line for it.
    pub line: LineId,
    /// The department that decides it.
    pub department: String,
    /// Working days promised; 0 means on the spot.
    pub promised_days: u16,
    /// The statutory limit in working days.
    pub statutory_days: u16,
    pub fee: String,
    pub materials: Vec<MaterialAsked>,
    pub steps: Vec<String>,
    /// What the applicant receives.
    pub result: String,
    /// A self-service terminal can do it.
    pub self_service: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialAsked {
    pub name: String,
    /// May be submitted later (容缺).
    pub deferrable: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterName {
    pub id: CounterId,
    pub name: String,
    /// The lines it serves.
    pub lines: Vec<LineId>,
    /// Whether someone is signed in there.
    pub open: bool,
}

//! `GET /events/display?hall=ID`: all a hall display shows, sent whole at each
//! (re)connect and whenever something in it changes.

use jiban_domain::{CounterId, HallId, LineId, Millis, Text};
use serde::{Deserialize, Serialize};

/// All a display shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DisplayNow {
    /// Which hall.
    pub hall: HallId,
    /// Its name.
    pub name: Text,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds.
    pub now: Millis,
    /// The last calls of the business day, newest first, at most twelve. A
    /// display that was away says those whose `seq` it has not said.
    pub calls: Vec<CallShown>,
    /// Its lines and how many wait.
    pub lines: Vec<LineWaiting>,
    /// Whether the server can make speech (`GET /api/display/voice?hall=&seq=`).
    pub voice: bool,
}

/// A call: ticket and counter brought together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallShown {
    /// Counted up with every call and recall, never twice the same.
    pub seq: i64,
    /// `A001`.
    pub number: String,
    /// Where to.
    pub counter: CounterId,
    /// The counter's name, e.g. `1号窗口`.
    pub counter_name: Text,
    /// When.
    pub at: Millis,
    /// The ticket is still called: the visitor has not come yet.
    pub current: bool,
}

/// How many wait in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineWaiting {
    /// Its id.
    pub id: LineId,
    /// Its letter.
    pub letter: char,
    /// Its name.
    pub name: Text,
    /// People waiting.
    pub waiting: u32,
}

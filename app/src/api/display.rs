//! `GET /events/display?hall=ID`: everything a hall display shows, sent as a
//! whole on each (re)connect and whenever something in it changes.

use jiban_domain::schedule::CallsFrom;
use jiban_domain::{CounterId, HallId, LineId, Millis, Text};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DisplayNow {
    pub hall: HallId,
    pub name: Text,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds.
    pub now: Millis,
    /// Whether nobody knows what time it is: the server's clock cannot be right.
    pub time_unknown: bool,
    /// The last calls of the business day, newest first, at most twelve. After
    /// an interruption a display announces those whose `seq` it has not
    /// announced.
    pub calls: Vec<CallShown>,
    pub lines: Vec<LineWaiting>,
    /// When the first line is called again; null while any is.
    #[serde(default)]
    pub calls_from: Option<CallsFrom>,
    /// Whether the server can synthesize speech (`GET
    /// /api/display/voice?hall=&seq=`).
    pub voice: bool,
}

/// A call of a ticket to a counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallShown {
    /// Increased by every call and recall; never the same twice.
    pub seq: i64,
    /// `A001`.
    pub number: String,
    pub counter: CounterId,
    /// The counter's name, e.g. `1号窗口`.
    pub counter_name: Text,
    pub at: Millis,
    /// The ticket is still called: the visitor has not come yet.
    pub current: bool,
}

/// The number of people waiting in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineWaiting {
    pub id: LineId,
    pub letter: char,
    pub name: Text,
    pub waiting: u32,
    /// It is within its hours.
    #[serde(default)]
    pub called: bool,
}

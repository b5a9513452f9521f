//! `GET /api/progress?token=`: where one ticket is. The same comes over
//! `GET /events/progress?token=` at each (re)connect and with each change.

use jiban_domain::setup::Material;
use jiban_domain::ticket::TicketState;
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{CounterId, Millis, Text};
use serde::{Deserialize, Serialize};

/// Where a ticket is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// `A001`.
    pub number: String,
    /// Where it stands.
    pub state: TicketState,
    /// People ahead; null unless waiting.
    pub ahead: Option<u32>,
    /// The wait; null unless waiting, and when no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
    /// The counter it was called to; null before.
    pub counter: Option<CounterId>,
    /// That counter's name.
    pub counter_name: Option<Text>,
    /// The hall's name.
    pub hall: Text,
    /// The telephone of the information desk.
    pub telephone: String,
    /// The line's name.
    pub line: Text,
    /// What the visitor came for.
    pub matter: Text,
    /// What to bring for it.
    pub materials: Vec<Material>,
    /// IANA name of the hall's time zone.
    pub time_zone: String,
    /// The business day it was taken.
    pub day: String,
    /// What happened so far, oldest first.
    pub events: Vec<Happened>,
}

/// Something that happened to the ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// UTC milliseconds.
    pub at: Millis,
    /// The event, in the past tense and snake case: `issued`, `called`,
    /// `recalled`, `begun`, `held`, `resumed`, `transferred`, `finished`,
    /// `missed`, `reinstated`, `cancelled`.
    pub kind: String,
}

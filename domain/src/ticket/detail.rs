//! What the trail keeps of a move beside its kind. `jiban check` reads it back
//! years later, so these shapes only grow.

use serde::{Deserialize, Serialize};

use super::order_reason::OrderReason;
use super::priority::Priority;
use crate::ids::{CounterId, KioskId, LineId, MatterId, Millis};

/// The detail of a ticket's event, a JSON object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Detail {
    Issued(Issued),
    Transferred(Transferred),
    /// Called, once or again: the number that was announced.
    Called {
        number: String,
        counter: CounterId,
    },
    /// Any other move at a counter.
    AtCounter {
        counter: CounterId,
    },
    /// Given back, because nobody wanted it any more.
    GivenBack {
        /// Where it was taken; null where its holder gave it back.
        kiosk: Option<KioskId>,
    },
    Renumbered(Renumbered),
    /// Moved because a terminal handed its number in.
    HandedIn {
        kiosk: KioskId,
    },
    /// A supervisor's order.
    Ordered {
        /// The counter that had it.
        #[serde(skip_serializing_if = "Option::is_none")]
        counter: Option<CounterId>,
        reason: OrderReason,
    },
    /// The day turned and ended what was left over.
    DayTurned {
        /// Always true.
        day_turned: bool,
    },
}

/// The detail of a number taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    pub number: String,
    pub line: LineId,
    pub matter: MatterId,
    pub priority: Priority,
    /// When it was taken, where that is not the time of the event: by a terminal that was cut
    /// off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<Millis>,
}

/// The detail of a number that became another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renumbered {
    /// What it was before: `A012`.
    pub from: String,
    /// What it is now.
    #[serde(flatten)]
    pub issued: Issued,
}

/// The detail of a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transferred {
    /// The counter that had it; absent where none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<CounterId>,
    /// Where it waits now; absent where it stays in its line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LineId>,
    /// The only counter it waits for; null where any of the line may call it.
    #[serde(default)]
    pub counter: Option<CounterId>,
    /// Why a supervisor sent it on; absent where the clerk did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<OrderReason>,
}

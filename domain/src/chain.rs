//! The trail (全程留痕): each event carries a hash over itself and the previous
//! event's hash, so that a changed, removed or inserted row is found.

use sha2::{Digest, Sha256};

use crate::ids::{CaseId, Millis, TicketId};

/// A link of the chain: SHA-256.
pub type Link = [u8; 32];

/// The link before the first event.
pub const START: Link = [0; 32];

/// An event as the chain reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<'a> {
    /// Its number, counted from 1 without a gap.
    pub id: i64,
    pub at: Millis,
    /// By [`crate::event`], such as `TicketIssued`.
    pub kind: &'a str,
    /// The hall it happened in; empty where it concerns all.
    pub hall: &'a str,
    pub ticket: Option<TicketId>,
    pub case: Option<CaseId>,
    /// A clerk, a kiosk, or empty for the program itself.
    pub by: &'a str,
    /// A JSON object.
    pub detail: &'a str,
}

/// The link that ties `event` to the one before.
///
/// Each text is preceded by its length, so that no two events have the same bytes.
pub fn link(before: &Link, event: &Event<'_>) -> Link {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(event.id.to_be_bytes());
    hash.update(event.at.to_be_bytes());
    hash.update(event.ticket.map_or(-1, |ticket| ticket.0).to_be_bytes());
    for text in [event.kind, event.hall, event.by, event.detail] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    // At the end, so that events from before there were cases keep their links. The
    // lengths keep it apart from the texts before it.
    if let Some(case) = event.case {
        hash.update(case.0.to_be_bytes());
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: Event<'static> = Event {
        id: 1,
        at: 2,
        kind: "TicketIssued",
        hall: "main",
        ticket: Some(TicketId(3)),
        case: None,
        by: "K1",
        detail: "{}",
    };

    #[test]
    fn any_change_to_a_row_changes_its_link() {
        let link_of = |event: Event<'_>| link(&START, &event);
        let whole = link_of(EVENT);
        for changed in [
            Event { id: 2, ..EVENT },
            Event { at: 3, ..EVENT },
            Event { kind: "TicketCalled", ..EVENT },
            Event { ticket: None, ..EVENT },
            Event { case: Some(CaseId(3)), ..EVENT },
            Event { by: "K2", ..EVENT },
            Event { detail: "{ }", ..EVENT },
            // The same letters, split elsewhere.
            Event { kind: "TicketIssuedm", hall: "ain", ..EVENT },
        ] {
            assert_ne!(link_of(changed), whole);
        }
        assert_ne!(link(&whole, &EVENT), whole, "the one before counts");
    }
}

//! What a clerk asks of the hall. Every act names the ticket the screen showed,
//! so that a press meant for one visitor never falls on another who came into
//! hand meanwhile.

use jiban_domain::ticket::{TicketState, Verb, next_state};
use jiban_domain::{CounterId, Lang, LineId, TicketId};
use uuid::Uuid;

use crate::api::counter::{
    Begin, CallNext, Finish, Hold, InHand, MarkMissed, Recall, Reinstate, Resume, TicketShown,
    Transfer,
};
use crate::api::{Refused, ask};

/// How a call says that the screen shows no ticket in hand.
const NONE_IN_HAND: TicketId = TicketId(0);

/// Where a visitor is sent on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum To {
    /// To a line.
    Line(LineId),
    /// To a counter.
    Counter(CounterId),
}

/// One thing a clerk asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// With the ticket in hand, which the call finishes.
    CallNext(Option<TicketId>),
    Recall(TicketId),
    Begin(TicketId),
    Hold(TicketId),
    Resume(TicketId),
    Finish(TicketId),
    Transfer(TicketId, To),
    MarkMissed(TicketId),
    Reinstate(TicketId),
}

impl Act {
    /// Sends it; the same `request_id` may be sent again until there is an answer.
    pub(super) async fn send(self, request_id: Uuid, lang: Lang) -> Result<InHand, Refused> {
        match self {
            Self::CallNext(in_hand) => {
                let in_hand = Some(in_hand.unwrap_or(NONE_IN_HAND));
                ask(&CallNext { request_id, in_hand }, lang).await
            }
            Self::Recall(id) => ask(&Recall { request_id, ticket: Some(id) }, lang).await,
            Self::Begin(id) => ask(&Begin { request_id, ticket: Some(id) }, lang).await,
            Self::Hold(id) => ask(&Hold { request_id, ticket: Some(id) }, lang).await,
            Self::Resume(id) => ask(&Resume { request_id, ticket: Some(id) }, lang).await,
            Self::Finish(id) => ask(&Finish { request_id, ticket: Some(id) }, lang).await,
            Self::MarkMissed(id) => ask(&MarkMissed { request_id, ticket: Some(id) }, lang).await,
            Self::Reinstate(id) => ask(&Reinstate { request_id, ticket: Some(id) }, lang).await,
            Self::Transfer(id, to) => {
                let (line, counter) = match to {
                    To::Line(line) => (Some(line), None),
                    To::Counter(counter) => (None, Some(counter)),
                };
                ask(&Transfer { request_id, ticket: Some(id), line, counter }, lang).await
            }
        }
    }
}

/// What the one big key does: the step that comes next by nature.
pub(super) fn next_step(in_hand: Option<&TicketShown>) -> Act {
    match in_hand {
        Some(ticket) if ticket.state == TicketState::Called => Act::Begin(ticket.id),
        // The call finishes the one being served.
        _ => Act::CallNext(in_hand.map(|ticket| ticket.id)),
    }
}

/// Whether a verb can be done to the ticket in hand.
pub(super) fn applies(verb: Verb, in_hand: Option<&TicketShown>) -> bool {
    in_hand.is_some_and(|ticket| next_state(ticket.state, verb).is_ok())
}

/// Whether a snapshot shows what an answer told. Until one does, the screen
/// still shows the state before the press, and a second press would be meant
/// for that.
pub(super) fn shows(in_hand: Option<&TicketShown>, answer: &InHand) -> bool {
    let shown = in_hand.map(|ticket| (ticket.id, ticket.state, ticket.calls));
    match &answer.ticket {
        Some(told) if told.state.is_in_hand() => shown == Some((told.id, told.state, told.calls)),
        Some(told) => shown.is_none_or(|(id, ..)| id != told.id),
        None => shown.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use jiban_domain::MatterId;
    use jiban_domain::ticket::Priority;

    use super::*;

    fn ticket(id: i64, state: TicketState) -> TicketShown {
        TicketShown {
            id: TicketId(id),
            number: format!("A{id:03}"),
            state,
            line: LineId::from("A"),
            matter: MatterId::from("m"),
            priority: Priority::None,
            counter: Some(CounterId::from("1")),
            reserved_for: None,
            calls: 1,
            issued_at: 0,
            called_at: Some(1),
            begun_at: None,
            ended_at: None,
        }
    }

    #[test]
    fn the_big_key_calls_then_begins_then_finishes_by_calling() {
        assert_eq!(next_step(None), Act::CallNext(None));
        assert_eq!(next_step(Some(&ticket(1, TicketState::Called))), Act::Begin(TicketId(1)));
        let serving = ticket(1, TicketState::Serving);
        assert_eq!(next_step(Some(&serving)), Act::CallNext(Some(TicketId(1))));
    }

    #[test]
    fn nothing_applies_to_an_empty_hand() {
        assert!(!applies(Verb::Hold, None));
        assert!(applies(Verb::Hold, Some(&ticket(1, TicketState::Serving))));
        assert!(!applies(Verb::MarkMissed, Some(&ticket(1, TicketState::Serving))));
    }

    #[test]
    fn an_answer_is_shown_once_the_hand_agrees_with_it() {
        let called = InHand { ticket: Some(ticket(2, TicketState::Called)) };
        assert!(!shows(None, &called));
        assert!(!shows(Some(&ticket(1, TicketState::Serving)), &called));
        assert!(shows(Some(&ticket(2, TicketState::Called)), &called));

        let finished = InHand { ticket: Some(ticket(1, TicketState::Finished)) };
        assert!(!shows(Some(&ticket(1, TicketState::Serving)), &finished));
        assert!(shows(None, &finished));

        let nobody = InHand { ticket: None };
        assert!(!shows(Some(&ticket(1, TicketState::Serving)), &nobody));
        assert!(shows(None, &nobody));
    }

    #[test]
    fn a_recall_is_shown_once_it_is_counted() {
        let before = ticket(1, TicketState::Called);
        let again = TicketShown { calls: 2, ..before.clone() };
        let answer = InHand { ticket: Some(again.clone()) };
        assert!(!shows(Some(&before), &answer));
        assert!(shows(Some(&again), &answer));
    }
}

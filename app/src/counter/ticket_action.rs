//! What a clerk can do to a ticket. Every action names the ticket the screen
//! showed, so a press meant for one visitor never reaches another who came into
//! hand meanwhile.

use jiban_domain::ticket::{TicketState, Verb, next_state};
use jiban_domain::{CounterId, Lang, LineId, TicketId};
use uuid::Uuid;

use crate::api::counter::{
    Begin, CallNext, Finish, Hold, InHand, MarkMissed, Recall, Reinstate, Reopen, Resume, TakeUp,
    TicketShown, Transfer,
};
use crate::api::{Refused, ask};

/// Tells the server that the screen shows no ticket in hand.
const NONE_IN_HAND: TicketId = TicketId(0);

/// Where a ticket is transferred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TransferTarget {
    Line(LineId),
    Counter(CounterId),
}

/// Whether a transfer goes on where nobody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ThoughEmpty(pub(super) bool);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TicketAction {
    /// Calls the next ticket, and finishes this one if it is in hand.
    CallNext(Option<TicketId>),
    Recall(TicketId),
    Begin(TicketId),
    Hold(TicketId),
    Resume(TicketId),
    /// Calls a ticket that is on hold at another counter.
    TakeUp(TicketId),
    Finish(TicketId),
    /// Takes the last end back.
    Reopen(TicketId),
    Transfer(TicketId, TransferTarget, ThoughEmpty),
    MarkMissed(TicketId),
    Reinstate(TicketId),
}

impl TicketAction {
    /// Sends it. The same `request_id` may be sent again until there is an answer.
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
            Self::TakeUp(id) => ask(&TakeUp { request_id, ticket: Some(id) }, lang).await,
            Self::Reopen(id) => ask(&Reopen { request_id, ticket: Some(id) }, lang).await,
            Self::Finish(id) => ask(&Finish { request_id, ticket: Some(id) }, lang).await,
            Self::MarkMissed(id) => ask(&MarkMissed { request_id, ticket: Some(id) }, lang).await,
            Self::Reinstate(id) => ask(&Reinstate { request_id, ticket: Some(id) }, lang).await,
            Self::Transfer(id, to, ThoughEmpty(though_empty)) => {
                let (line, counter) = match to {
                    TransferTarget::Line(line) => (Some(line), None),
                    TransferTarget::Counter(counter) => (None, Some(counter)),
                };
                let ticket = Some(id);
                ask(&Transfer { request_id, ticket, line, counter, though_empty }, lang).await
            }
        }
    }
}

/// What the big key does: the usual next step.
pub(super) fn next_action(in_hand: Option<&TicketShown>) -> TicketAction {
    match in_hand {
        Some(ticket) if ticket.state == TicketState::Called => TicketAction::Begin(ticket.id),
        // The call finishes the ticket being served.
        _ => TicketAction::CallNext(in_hand.map(|ticket| ticket.id)),
    }
}

/// Whether a verb can be done to the ticket in hand.
pub(super) fn applies(verb: Verb, in_hand: Option<&TicketShown>) -> bool {
    in_hand.is_some_and(|ticket| next_state(ticket.state, verb).is_ok())
}

/// Whether a snapshot shows what an answer says. Until one does, the screen
/// shows the state before the press, and a second press would be meant for that.
pub(super) fn is_reflected(in_hand: Option<&TicketShown>, answer: &InHand) -> bool {
    let shown = in_hand.map(|ticket| (ticket.id, ticket.state, ticket.calls));
    match &answer.ticket {
        Some(ticket) if ticket.state.is_in_hand() => {
            shown == Some((ticket.id, ticket.state, ticket.calls))
        }
        Some(ticket) => shown.is_none_or(|(id, ..)| id != ticket.id),
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
            served_ms: 0,
            ended_at: None,
        }
    }

    #[test]
    fn the_big_key_calls_then_begins_then_finishes_by_calling() {
        assert_eq!(next_action(None), TicketAction::CallNext(None));
        assert_eq!(
            next_action(Some(&ticket(1, TicketState::Called))),
            TicketAction::Begin(TicketId(1))
        );
        let serving = ticket(1, TicketState::Serving);
        assert_eq!(next_action(Some(&serving)), TicketAction::CallNext(Some(TicketId(1))));
    }

    #[test]
    fn nothing_applies_without_a_ticket() {
        assert!(!applies(Verb::Hold, None));
        assert!(applies(Verb::Hold, Some(&ticket(1, TicketState::Serving))));
        assert!(!applies(Verb::MarkMissed, Some(&ticket(1, TicketState::Serving))));
    }

    #[test]
    fn an_answer_is_reflected_once_the_ticket_in_hand_agrees() {
        let called = InHand { ticket: Some(ticket(2, TicketState::Called)) };
        assert!(!is_reflected(None, &called));
        assert!(!is_reflected(Some(&ticket(1, TicketState::Serving)), &called));
        assert!(is_reflected(Some(&ticket(2, TicketState::Called)), &called));

        let finished = InHand { ticket: Some(ticket(1, TicketState::Finished)) };
        assert!(!is_reflected(Some(&ticket(1, TicketState::Serving)), &finished));
        assert!(is_reflected(None, &finished));

        let nobody = InHand { ticket: None };
        assert!(!is_reflected(Some(&ticket(1, TicketState::Serving)), &nobody));
        assert!(is_reflected(None, &nobody));
    }

    #[test]
    fn a_recall_is_reflected_once_it_is_counted() {
        let before = ticket(1, TicketState::Called);
        let again = TicketShown { calls: 2, ..before.clone() };
        let answer = InHand { ticket: Some(again.clone()) };
        assert!(!is_reflected(Some(&before), &answer));
        assert!(is_reflected(Some(&again), &answer));
    }
}

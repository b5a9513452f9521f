//! What a counter does to a ticket. The rules are the domain's; here they get
//! the tickets as they are now, and what they give is written.

use std::sync::Arc;

use jiban_app::api::Call;
use jiban_app::api::counter::{CallNext, InHand, Reopen, Transfer};
use jiban_domain::access::{Action, Subject};
use jiban_domain::event::TicketEvent;
use jiban_domain::ticket::{self, Destination, Moment, Moved, Sending, Verb};
use jiban_domain::{Refusal, TicketId};
use uuid::Uuid;

use super::access::AtCounter;
use super::unit_of_work::{self, UnitOfWork};
use super::{HallService, answer, digest};

impl HallService {
    /// Calls the next ticket; the answer is an [`InHand`], with null where
    /// nobody waits.
    ///
    /// # Errors
    /// [`Refusal::CounterBusy`] where the console saw another ticket in hand.
    pub async fn call_next(&self, me: AtCounter, command: CallNext) -> Result<Arc<str>, Refusal> {
        let request = (command.request_id, digest::<CallNext>(&(&me.counter, &command)));
        self.execute(Some(request), move |work| call_next(work, &me, command.in_hand)).await
    }

    /// Does one of the plain verbs to the ticket named, or to the one in hand.
    ///
    /// # Errors
    /// The ticket is another counter's, or the verb does not apply to its state.
    pub async fn verb<C: Call>(
        &self,
        me: AtCounter,
        verb: Verb,
        request: Uuid,
        ticket: Option<TicketId>,
    ) -> Result<Arc<str>, Refusal> {
        let request = (request, digest::<C>(&(&me.counter, ticket)));
        let done =
            self.execute(Some(request), move |work| act(work, &me, verb, ticket, None)).await;
        self.refuse_ended(done, verb, ticket).await
    }

    /// Sends a ticket on to another line or counter.
    ///
    /// # Errors
    /// As [`HallService::verb`], and where not exactly one place is named.
    pub async fn transfer(&self, me: AtCounter, command: Transfer) -> Result<Arc<str>, Refusal> {
        let request = (command.request_id, digest::<Transfer>(&(&me.counter, &command)));
        let ticket = command.ticket;
        let though_empty = command.though_empty;
        let to = Destination::one_of(command.line, command.counter);
        let to = to.map(|to| Sending { to, though_empty });
        let done = self
            .execute(Some(request), move |work| act(work, &me, Verb::Transfer, ticket, to.clone()))
            .await;
        self.refuse_ended(done, Verb::Transfer, ticket).await
    }

    /// Takes back the last end at a counter.
    ///
    /// # Errors
    /// [`Refusal::TooLateToTakeBack`].
    pub async fn reopen(&self, me: AtCounter, command: Reopen) -> Result<Arc<str>, Refusal> {
        let request = (command.request_id, digest::<Reopen>(&(&me.counter, &command)));
        self.execute(Some(request), move |work| reopen(work, &me, command.ticket)).await
    }

    /// A ticket that has ended is no longer in the live state, but it is not
    /// unknown: the refusal says that it has ended.
    async fn refuse_ended(
        &self,
        done: Result<Arc<str>, Refusal>,
        verb: Verb,
        ticket: Option<TicketId>,
    ) -> Result<Arc<str>, Refusal> {
        match (done, ticket) {
            (Err(Refusal::UnknownTicket), Some(id)) => match self.reader.state(id).await {
                Ok(Some(state)) => Err(Refusal::WrongState { state, verb }),
                _ => Err(Refusal::UnknownTicket),
            },
            (done, _) => done,
        }
    }
}

/// What the table of access calls a verb.
const fn action(verb: Verb) -> Action {
    match verb {
        Verb::Call => Action::CallNext,
        Verb::Recall => Action::RecallTicket,
        Verb::Begin => Action::BeginService,
        Verb::Hold => Action::HoldTicket,
        Verb::Resume | Verb::TakeUp => Action::ResumeTicket,
        Verb::PutBack => Action::PutTicketBack,
        Verb::Transfer => Action::TransferTicket,
        Verb::Finish | Verb::Reopen | Verb::Cancel => Action::FinishTicket,
        Verb::MarkMissed => Action::MarkTicketMissed,
        Verb::Reinstate => Action::ReinstateTicket,
    }
}

fn call_next(
    work: &mut UnitOfWork<'_>,
    me: &AtCounter,
    seen: Option<TicketId>,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let (hall, counter) = unit_of_work::counter(&setup.setup, &me.counter)?;
    work.require(&me.caller(), Action::CallNext, &Subject::Hall(&hall.id))?;
    let at = Moment { now: work.now(), seq: work.event_id(), hall, counter };
    let moves = ticket::call_next(work.live_state(), &at, seen)?;
    let called = moves.iter().find(|moved| moved.event == TicketEvent::Called);
    let answer = answer(&InHand { ticket: called.map(|moved| (&moved.ticket).into()) })?;
    for moved in moves {
        work.move_ticket(moved, me.clerk.as_str());
    }
    Ok(answer)
}

fn reopen(
    work: &mut UnitOfWork<'_>,
    me: &AtCounter,
    named: Option<TicketId>,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let (hall, counter) = unit_of_work::counter(&setup.setup, &me.counter)?;
    work.require(&me.caller(), Action::FinishTicket, &Subject::Hall(&hall.id))?;
    let at = Moment { now: work.now(), seq: work.event_id(), hall, counter };
    let moves = ticket::reopen(work.live_state(), &at, named)?;
    let ticket = moves.last().map(|moved| (&moved.ticket).into());
    let answer = answer(&InHand { ticket })?;
    for moved in moves {
        work.move_ticket(moved, me.clerk.as_str());
    }
    Ok(answer)
}

fn act(
    work: &mut UnitOfWork<'_>,
    me: &AtCounter,
    verb: Verb,
    named: Option<TicketId>,
    to: Option<Sending>,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let (hall, counter) = unit_of_work::counter(&setup.setup, &me.counter)?;
    let named_in = named.and_then(|id| work.live_state().standing(id));
    let of = named_in.map_or(&hall.id, |standing| &standing.ticket.hall);
    work.require(&me.caller(), action(verb), &Subject::Hall(of))?;
    let at = Moment { now: work.now(), seq: work.event_id(), hall, counter };
    let moved: Moved = ticket::act(work.live_state(), &at, verb, named, to)?;
    let answer = answer(&InHand { ticket: Some((&moved.ticket).into()) })?;
    work.move_ticket(moved, me.clerk.as_str());
    Ok(answer)
}

use super::*;
use crate::Refusal;
use crate::event::TicketEvent;
use crate::line::Head;
use crate::setup::{Counter, Hall};
use crate::text::Text;

#[test]
fn numbers_have_three_places_until_they_need_four() {
    assert_eq!(label('A', 1), "A001");
    assert_eq!(label('A', 999), "A999");
    assert_eq!(label('A', 1000), "A1000");
}

#[test]
fn ends_are_ends_but_for_one_pressed_by_mistake() {
    for verb in Verb::ALL.iter().copied() {
        for end in [TicketState::Finished, TicketState::Cancelled] {
            let expected = match (verb, end) {
                (Verb::Reopen, TicketState::Finished) => Ok(TicketState::OnHold),
                _ => Err(Refusal::WrongState { state: end, verb }),
            };
            assert_eq!(next_state(end, verb), expected, "{verb:?}");
        }
    }
}

#[test]
fn a_missed_visitor_can_only_come_back_or_give_up() {
    let moves: Vec<_> = Verb::ALL
        .iter()
        .filter_map(|verb| Some((*verb, next_state(TicketState::Missed, *verb).ok()?)))
        .collect();
    assert_eq!(
        moves,
        [(Verb::Reinstate, TicketState::Waiting), (Verb::Cancel, TicketState::Cancelled)]
    );
}

#[test]
fn the_trail_keeps_its_shapes() {
    let json = |detail: &Detail| serde_json::to_value(detail).unwrap();
    let to_line = detail::Transferred {
        from: Some("1".into()),
        line: Some("a".into()),
        counter: None,
        reason: None,
    };
    let to_counter =
        detail::Transferred { line: None, counter: Some("2".into()), ..to_line.clone() };
    assert_eq!(
        json(&Detail::Transferred(to_line)),
        serde_json::json!({ "from": "1", "line": "a", "counter": null })
    );
    assert_eq!(
        json(&Detail::Transferred(to_counter)),
        serde_json::json!({ "from": "1", "counter": "2" })
    );
    let called = Detail::Called { number: "A001".to_owned(), counter: "1".into() };
    assert_eq!(json(&called), serde_json::json!({ "number": "A001", "counter": "1" }));
    let turned = Detail::DayTurned { day_turned: true };
    assert_eq!(json(&turned), serde_json::json!({ "day_turned": true }));
}

fn hall() -> Hall {
    serde_json::from_value(serde_json::json!({
        "id": "main", "name": "大厅",
        "line": [
            { "id": "a", "letter": "A", "name": "甲" },
            { "id": "b", "letter": "B", "name": "乙" }],
        "counter": [
            { "id": "1", "name": "1号窗口", "lines": ["a"] },
            { "id": "2", "name": "2号窗口", "lines": ["a", "b"] },
            { "id": "3", "name": "3号窗口", "lines": ["b"] }],
    }))
    .unwrap()
}

fn issued(hall: &Hall, id: i64, now: Millis) -> Ticket {
    let new = NewTicket {
        id: TicketId(id),
        token: Token([0; 16]),
        hall,
        line: &hall.lines[0],
        matter: "matter".into(),
        priority: Priority::None,
        day: "2026-11-26".to_owned(),
        number: 1,
        kiosk: None,
    };
    Ticket::issue(new, now).ticket
}

/// The ticket after verbs at the counter of a place in the hall's list.
fn after(hall: &Hall, counter: usize, verbs: &[(Verb, Millis)]) -> Ticket {
    verbs.iter().fold(issued(hall, 1, 0), |ticket, (verb, now)| {
        let at = Moment { now: *now, seq: *now, hall, counter: &hall.counters[counter] };
        ticket.act(*verb, &[], None, &at).unwrap().ticket
    })
}

/// Some tickets, and the counters at which somebody sits.
struct Few(Vec<Ticket>, Vec<&'static str>);

impl Tickets for Few {
    fn find(&self, id: TicketId) -> Option<&Ticket> {
        self.0.iter().find(|ticket| ticket.id == id && ticket.state.is_active())
    }

    fn in_hall<'a>(&'a self, _: &'a HallId) -> impl Iterator<Item = &'a Ticket> {
        self.0.iter().filter(|ticket| ticket.state.is_active())
    }

    fn in_hand(&self, counter: &CounterId) -> Option<&Ticket> {
        self.0.iter().find(|one| one.state.is_in_hand() && one.counter.as_ref() == Some(counter))
    }

    fn just_finished(&self, counter: &CounterId) -> Option<&Ticket> {
        let over = |one: &&Ticket| one.state == TicketState::Finished;
        self.0.iter().filter(over).find(|one| one.counter.as_ref() == Some(counter))
    }

    fn is_staffed(&self, counter: &CounterId, _: Millis) -> bool {
        self.1.contains(&counter.as_str())
    }

    fn heads(&self, _: &Hall, _: &Counter) -> Vec<Head> {
        Vec::new()
    }

    fn first_ranks(&self, _: &HallId, line: &LineId, how_many: usize) -> Vec<Rank> {
        let waits = |one: &&Ticket| one.state == TicketState::Waiting && one.line == *line;
        let mut ranks: Vec<Rank> = self.0.iter().filter(waits).map(|one| one.rank).collect();
        ranks.sort_unstable();
        ranks.truncate(how_many);
        ranks
    }
}

const CALLED: &[(Verb, Millis)] = &[(Verb::Call, 10)];
const SERVED: &[(Verb, Millis)] = &[(Verb::Call, 10), (Verb::Begin, 20)];
const HELD: &[(Verb, Millis)] = &[(Verb::Call, 10), (Verb::Begin, 20), (Verb::Hold, 50)];
const ENDED: &[(Verb, Millis)] = &[(Verb::Call, 10), (Verb::Begin, 20), (Verb::Finish, 50)];

#[test]
fn finishing_one_who_has_not_come_means_that_they_did_not_come() {
    let hall = hall();
    let at = Moment { now: 60, seq: 9, hall: &hall, counter: &hall.counters[0] };
    let finish = |verbs| {
        let tickets = Few(vec![after(&hall, 0, verbs)], vec!["1"]);
        act(&tickets, &at, Verb::Finish, None, None).unwrap().ticket.state
    };
    assert_eq!(finish(CALLED), TicketState::Missed);
    assert_eq!(finish(SERVED), TicketState::Finished);
}

#[test]
fn an_end_is_taken_back_for_some_seconds_and_the_next_call_goes_on() {
    let hall = hall();
    let moment = |now| Moment { now, seq: 9, hall: &hall, counter: &hall.counters[0] };
    let alone = Few(vec![after(&hall, 0, ENDED)], vec!["1"]);
    let moves = reopen(&alone, &moment(50 + moves::REOPENED_WITHIN), None).unwrap();
    let last = &moves.last().unwrap().ticket;
    assert_eq!((last.state, last.served_ms, last.ended_at), (TicketState::Serving, 30, None));
    let late = reopen(&alone, &moment(51 + moves::REOPENED_WITHIN), None);
    assert_eq!(late, Err(Refusal::TooLateToTakeBack));
    let other = reopen(&alone, &moment(60), Some(TicketId(7)));
    assert_eq!(other, Err(Refusal::TooLateToTakeBack));

    let next = issued(&hall, 2, 5).call(&moment(50)).unwrap().ticket;
    let with_next = Few(vec![after(&hall, 0, ENDED), next], vec!["1"]);
    let moves = reopen(&with_next, &moment(60), Some(TicketId(1))).unwrap();
    assert_eq!(moves.len(), 1);
    assert_eq!(moves[0].ticket.state, TicketState::OnHold, "the counter has called the next");
}

#[test]
fn one_set_aside_is_called_to_another_counter_of_its_line() {
    let hall = hall();
    let tickets = Few(vec![after(&hall, 0, HELD)], vec!["2", "3"]);
    let from = |counter: usize| {
        let at = Moment { now: 100, seq: 9, hall: &hall, counter: &hall.counters[counter] };
        act(&tickets, &at, Verb::TakeUp, Some(TicketId(1)), None)
    };
    let moved = from(1).unwrap();
    assert_eq!((moved.event, moved.ticket.state), (TicketEvent::Called, TicketState::Called));
    assert_eq!(moved.ticket.counter, Some("2".into()));
    assert_eq!(moved.ticket.served_ms, 30, "its service counts on");
    assert_eq!(from(2), Err(Refusal::NotYourCounter), "another line's counter");
}

#[test]
fn a_transfer_to_where_nobody_sits_is_asked_twice() {
    let hall = hall();
    let at = Moment { now: 60, seq: 9, hall: &hall, counter: &hall.counters[0] };
    let send = |staffed: &[&'static str], to: Destination, though_empty| {
        let tickets = Few(vec![after(&hall, 0, SERVED)], staffed.to_vec());
        let to = Some(Sending { to, though_empty });
        act(&tickets, &at, Verb::Transfer, None, to).map(|moved| moved.ticket.reserved_for)
    };
    let counter = || Destination::Counter("3".into());
    assert_eq!(send(&["1"], counter(), false), Err(Refusal::NobodyThere));
    assert_eq!(send(&["1"], counter(), true), Ok(Some("3".into())));
    assert_eq!(send(&["1", "3"], counter(), false), Ok(Some("3".into())));
    let line = || Destination::Line("b".into());
    assert_eq!(send(&["1"], line(), false), Err(Refusal::NobodyThere));
    assert_eq!(send(&["1", "2"], line(), false), Ok(None));
}

#[test]
fn what_waits_for_an_empty_counter_goes_back_to_its_line() {
    let hall = hall();
    let at = Moment { now: 60, seq: 9, hall: &hall, counter: &hall.counters[0] };
    let tickets = Few(vec![after(&hall, 0, SERVED)], vec![]);
    let to = Sending { to: Destination::Counter("3".into()), though_empty: true };
    let sent = act(&tickets, &at, Verb::Transfer, None, Some(to)).unwrap().ticket;
    let ten = Millis::from(hall.rules.empty_counter_minutes) * 60_000;
    assert!(!sent.returns_to_line(&hall, 60, 59 + ten));
    assert!(sent.returns_to_line(&hall, 60, 60 + ten));
    let mut never = hall.clone();
    never.rules.empty_counter_minutes = 0;
    assert!(!sent.returns_to_line(&never, 60, 60 + 9 * ten));
    let rank = sent.rank;
    let back = sent.return_to_line();
    assert_eq!((back.event, back.ticket.reserved_for), (TicketEvent::Returned, None));
    assert_eq!(back.ticket.rank, rank, "it has waited since it came");
    assert_eq!(serde_json::to_value(&back.detail).unwrap(), serde_json::json!({ "counter": "3" }));
}

#[test]
fn whoever_signs_out_says_what_becomes_of_their_tickets() {
    let hall = hall();
    let at = Moment { now: 100, seq: 9, hall: &hall, counter: &hall.counters[0] };
    let mut held = after(&hall, 0, HELD);
    held.id = TicketId(2);
    let leave = |in_hand: &[(Verb, Millis)], leaving| {
        let tickets = Few(vec![after(&hall, 0, in_hand), held.clone()], vec!["1"]);
        let moves = leaving::sign_out(&tickets, &at, leaving)?;
        Ok(moves.iter().map(|moved| moved.ticket.state).collect::<Vec<_>>())
    };
    let two = vec![Text::from("A001"), Text::from("A001")];
    assert_eq!(leave(SERVED, None), Err(Refusal::TicketsLeft(two)));
    let with = |in_hand, on_hold| Some(Leaving { in_hand, on_hold });
    let states = leave(SERVED, with(Left::Finish, Left::PutBack));
    assert_eq!(states, Ok(vec![TicketState::Finished, TicketState::Waiting]));
    assert_eq!(leave(CALLED, with(Left::Finish, Left::Hold)), Ok(vec![TicketState::Missed]));
    assert_eq!(leave(SERVED, with(Left::Hold, Left::Hold)), Ok(vec![TicketState::OnHold]));

    let abandoned = |in_hand| {
        let tickets = Few(vec![after(&hall, 0, in_hand)], vec![]);
        leaving::abandon(&tickets, &at).unwrap().map(|moved| moved.ticket.state)
    };
    assert_eq!(abandoned(SERVED), Some(TicketState::OnHold));
    assert_eq!(abandoned(CALLED), Some(TicketState::Waiting));
}

#[test]
fn a_supervisor_puts_first_sends_on_and_cancels() {
    let hall = hall();
    let late = issued(&hall, 2, 900);
    let tickets = Few(vec![issued(&hall, 1, 0), late, after(&hall, 0, &[])], vec!["1"]);
    let order = |id, order: Order| {
        supervise::supervise(&tickets, &hall, 999, TicketId(id), &order, OrderReason::Unwell)
    };
    let first = order(2, Order::PutFirst).unwrap();
    assert!(first.ticket.rank < tickets.0[0].rank, "before whoever came first");
    let detail = serde_json::to_value(&first.detail).unwrap();
    assert_eq!(detail, serde_json::json!({ "reason": "unwell" }));
    let to = Sending { to: Destination::Line("b".into()), though_empty: false };
    assert_eq!(order(1, Order::Send(to.clone())), Err(Refusal::NobodyThere));
    let sent = order(1, Order::Send(Sending { though_empty: true, ..to })).unwrap();
    assert_eq!((sent.ticket.line, sent.ticket.state), ("b".into(), TicketState::Waiting));
    assert_eq!(order(1, Order::Cancel).unwrap().ticket.state, TicketState::Cancelled);
    assert_eq!(order(9, Order::Cancel), Err(Refusal::UnknownTicket));

    let served = Few(vec![after(&hall, 0, SERVED)], vec![]);
    let first =
        supervise::supervise(&served, &hall, 99, TicketId(1), &Order::PutFirst, OrderReason::Other);
    assert!(matches!(first, Err(Refusal::WrongState { .. })), "they are being served");
}

#[test]
fn the_time_served_adds_up_over_a_hold() {
    let hall = hall();
    let mut ticket = issued(&hall, 1, 0);
    let verbs = [
        (Verb::Call, 10),
        (Verb::Begin, 20),
        (Verb::Hold, 50),
        (Verb::Resume, 100),
        (Verb::Finish, 105),
    ];
    for (verb, now) in verbs {
        let at = Moment { now, seq: now, hall: &hall, counter: &hall.counters[0] };
        ticket = ticket.act(verb, &[], None, &at).unwrap().ticket;
    }
    assert_eq!((ticket.served_ms, ticket.ended_at), (35, Some(105)));
    assert_eq!((ticket.first_called_at, ticket.begun_at), (Some(10), Some(100)));
}

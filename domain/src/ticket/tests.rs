use super::*;
use crate::Refusal;

#[test]
fn numbers_have_three_places_until_they_need_four() {
    assert_eq!(label('A', 1), "A001");
    assert_eq!(label('A', 999), "A999");
    assert_eq!(label('A', 1000), "A1000");
}

#[test]
fn ends_are_ends() {
    for verb in Verb::ALL.iter().copied() {
        for end in [TicketState::Finished, TicketState::Cancelled] {
            assert_eq!(
                next_state(end, verb),
                Err(Refusal::WrongState { state: end, verb }),
                "{verb:?}"
            );
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
    let to_line = detail::Transferred { from: "1".into(), line: Some("a".into()), counter: None };
    let to_counter =
        detail::Transferred { from: "1".into(), line: None, counter: Some("2".into()) };
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

#[test]
fn the_time_served_adds_up_over_a_hold() {
    let hall: crate::setup::Hall = serde_json::from_value(serde_json::json!({
        "id": "main", "name": "大厅",
        "line": [{ "id": "a", "letter": "A", "name": "甲" }],
        "counter": [{ "id": "1", "name": "1号窗口", "lines": ["a"] }],
    }))
    .unwrap();
    let new = NewTicket {
        id: TicketId(1),
        token: Token([0; 16]),
        hall: &hall,
        line: &hall.lines[0],
        matter: "matter".into(),
        priority: Priority::None,
        day: "2026-11-26".to_owned(),
        number: 1,
        kiosk: None,
    };
    let mut ticket = Ticket::issue(new, 0).ticket;
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

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

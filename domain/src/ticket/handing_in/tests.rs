use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::setup::Counter;
use crate::text::Text;
use crate::ticket::label;

const NOW: Millis = 90 * 60_000;

fn hall() -> Hall {
    serde_json::from_value(serde_json::json!({
        "id": "east", "name": "East", "general_line": "g",
        "line": [
            { "id": "a", "letter": "A", "name": "A" },
            { "id": "b", "letter": "B", "name": "B", "closed": true },
            { "id": "g", "letter": "G", "name": "General" },
        ],
        "counter": [{ "id": "1", "name": "1", "lines": ["a", "g", "b"] }],
    }))
    .unwrap()
}

fn given(number: u32, taken_at: Millis, priority: Priority) -> NumberGiven {
    let mut token = [0; 16];
    token[..4].copy_from_slice(&number.to_be_bytes());
    NumberGiven {
        token: Token(token),
        kiosk: "K1".into(),
        line: "a".into(),
        matter: "m".into(),
        priority,
        letter: 'A',
        number,
        day: "2026-11-26".to_owned(),
        taken_at,
        given_back: false,
    }
}

/// Tickets as the hall keeps them.
#[derive(Default)]
struct Book(HashMap<Token, Ticket>);

impl Book {
    /// Hands a number in, as the service does.
    fn take(&mut self, hall: &Hall, given: &NumberGiven) -> Vec<TicketEvent> {
        let line = given.line_in(hall).unwrap();
        let others = self.0.values().filter(|ticket| ticket.token != given.token);
        let taken = others.clone().any(|ticket| ticket.number == given.number);
        let ordinary = others.filter(|ticket| !crate::lent::is_lent(ticket.number)).count();
        let next = u32::try_from(ordinary).unwrap() + 1;
        let id = TicketId(i64::try_from(self.0.len()).unwrap() + 1);
        let found = self.0.get(&given.token).cloned();
        let moves = hand_in(found, given, (hall, line), (id, taken.then_some(next)), NOW);
        let events = moves.iter().map(|moved| moved.event).collect();
        if let Some(moved) = moves.into_iter().next_back() {
            self.0.insert(moved.ticket.token, moved.ticket);
        }
        events
    }

    /// The line in its order: what each visitor has in the hand, and its state.
    fn order(&self) -> Vec<(String, Token, TicketState)> {
        let mut tickets: Vec<&Ticket> = self.0.values().collect();
        tickets.sort_by_key(|ticket| ticket.rank);
        tickets.iter().map(|ticket| (ticket.label(), ticket.token, ticket.state)).collect()
    }

    /// A number that the hall gave itself.
    fn issue(&mut self, number: u32, token: u8, now: Millis) {
        let hall = hall();
        let new = crate::ticket::NewTicket {
            id: TicketId(i64::try_from(self.0.len()).unwrap() + 1),
            token: Token([token; 16]),
            hall: &hall,
            line: hall.line(&"a".into()).unwrap(),
            matter: "m".into(),
            priority: Priority::None,
            day: "2026-11-26".to_owned(),
            number,
            kiosk: None,
        };
        let ticket = Ticket::issue(new, now).ticket;
        self.0.insert(ticket.token, ticket);
    }
}

fn numbers() -> impl Strategy<Value = Vec<NumberGiven>> {
    let priority = prop_oneof![Just(Priority::None), Just(Priority::Elder)];
    // Often in the same millisecond, at two terminals.
    let one = (0..40 * 60_000i64, 0..4i64, priority, any::<bool>());
    prop::collection::vec(one, 1..24).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(at, (taken, tie, priority, given_back))| {
                let at = u32::try_from(at).unwrap();
                // The blocks of two terminals.
                let number = if at % 2 == 0 { 9_001 + at } else { 9_041 + at };
                let taken_at = if tie == 0 { 5 } else { taken };
                NumberGiven { given_back, ..given(number, taken_at, priority) }
            })
            .collect()
    })
}

proptest! {
    /// Whatever is handed in, in whichever order and however often, leaves the same.
    #[test]
    fn the_order_of_handing_in_does_not_matter(
        numbers in numbers(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
        between in 0..40 * 60_000i64,
    ) {
        let hall = hall();
        let mut straight = Book::default();
        straight.issue(1, 201, between);
        let mut mixed = Book::default();
        mixed.issue(1, 201, between);
        for number in &numbers {
            straight.take(&hall, number);
        }
        for index in order {
            mixed.take(&hall, index.get(&numbers));
        }
        for number in numbers.iter().rev() {
            mixed.take(&hall, number);
            prop_assert!(mixed.take(&hall, number).is_empty(), "twice changes nothing");
        }
        prop_assert_eq!(straight.order(), mixed.order());
        prop_assert_eq!(straight.0.len(), numbers.len() + 1, "none lost, none twice");
    }
}

#[test]
fn it_stands_where_it_would_have_stood() {
    let hall = hall();
    let mut book = Book::default();
    book.issue(1, 201, 10_000);
    book.issue(2, 202, 30_000);
    book.take(&hall, &given(9_005, 20_000, Priority::None));
    let labels: Vec<_> = book.order().into_iter().map(|(label, ..)| label).collect();
    assert_eq!(labels, ["A001", "A9005", "A002"]);
}

#[test]
fn a_number_that_two_slips_have_is_called_by_another_the_second_time() {
    let hall = hall();
    let mut book = Book::default();
    let first = given(9_001, 10, Priority::None);
    let copied = NumberGiven { token: Token([7; 16]), ..first.clone() };
    book.take(&hall, &first);
    let events = book.take(&hall, &copied);
    assert_eq!(events, [TicketEvent::Issued, TicketEvent::Renumbered]);
    assert!(book.take(&hall, &copied).is_empty(), "it keeps what it was told");
    let ticket = &book.0[&copied.token];
    assert_eq!(
        (ticket.label(), ticket.rank),
        ("A001".to_owned(), {
            let arrived = book.0[&first.token].issued_at;
            Rank::on_arrival(ticket.id, arrived, Priority::None, &hall.rules)
        })
    );
}

#[test]
fn a_lost_answer_leaves_one_ticket_with_the_number_of_the_slip() {
    let hall = hall();
    for (state, events, after) in [
        (TicketState::Waiting, vec![TicketEvent::Renumbered], TicketState::Waiting),
        (
            TicketState::Missed,
            vec![TicketEvent::Renumbered, TicketEvent::Reinstated],
            TicketState::Waiting,
        ),
        (
            TicketState::Called,
            vec![TicketEvent::Renumbered, TicketEvent::Recalled],
            TicketState::Called,
        ),
        (TicketState::Serving, vec![TicketEvent::Renumbered], TicketState::Serving),
        (TicketState::Cancelled, vec![], TicketState::Cancelled),
    ] {
        let mut book = Book::default();
        book.issue(12, 9, 1_000);
        let ticket = book.0.get_mut(&Token([9; 16])).unwrap();
        ticket.state = state;
        ticket.counter = (!matches!(state, TicketState::Waiting)).then(|| "1".into());
        let rank = ticket.rank;
        let slip = NumberGiven { token: Token([9; 16]), ..given(9_003, 1_000, Priority::None) };
        assert_eq!(book.take(&hall, &slip), events, "{state:?}");
        let ticket = &book.0[&slip.token];
        assert_eq!((ticket.state, ticket.rank.at), (after, rank.at), "{state:?}");
        let kept = if state == TicketState::Cancelled { 12 } else { 9_003 };
        assert_eq!(ticket.label(), label('A', kept), "{state:?}");
        assert!(book.take(&hall, &slip).is_empty(), "{state:?}");
    }
}

#[test]
fn a_slip_is_good_in_a_hall_that_has_changed() {
    let mut hall = hall();
    let mut slip = given(9_001, 10, Priority::None);
    let line = |hall: &Hall, slip: &NumberGiven| slip.line_in(hall).map(|line| line.id.clone());
    slip.line = "b".into();
    assert_eq!(line(&hall, &slip), Some("b".into()), "closed since; the slip says so");
    slip.line = "gone".into();
    assert_eq!(line(&hall, &slip), Some("g".into()), "the general line");
    hall.general_line = None;
    assert_eq!(line(&hall, &slip), Some("a".into()), "any that is served");
    hall.counters = vec![Counter {
        id: "1".into(),
        name: Text::from("1"),
        lines: vec!["b".into()],
        ..hall.counters[0].clone()
    }];
    assert_eq!(line(&hall, &slip), Some("b".into()));
    hall.lines.clear();
    assert_eq!(line(&hall, &slip), None);
}

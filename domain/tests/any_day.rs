//! Random days of a hall: whatever visitors and clerks do in whatever order, by
//! the moves the server runs, the hall keeps its promises. No number twice, no
//! two visitors at one counter, no ticket lost, nobody overtaken for longer
//! than the rules say.
#![allow(clippy::unwrap_used)]

use jiban_domain::Millis;
use jiban_domain::ticket::{Leaving, Left, Priority, Verb};
use proptest::prelude::*;

mod day;

use day::{COUNTERS, Day, Deed, LINES};

const MINUTE: Millis = 60_000;

fn any_class() -> impl Strategy<Value = Priority> {
    prop_oneof![3 => Just(Priority::None), 2 => prop::sample::select(Priority::ALL.to_vec())]
}

/// Any verb; those that bring a day forward more often.
fn any_verb() -> impl Strategy<Value = Verb> {
    prop_oneof![
        2 => prop::sample::select(Verb::ALL.to_vec()),
        1 => prop::sample::select(vec![Verb::Begin, Verb::MarkMissed, Verb::Reinstate]),
    ]
}

/// Something a visitor or a clerk does, also what is not allowed.
fn any_deed() -> impl Strategy<Value = Deed> {
    let counter = 0..COUNTERS;
    // Of the tickets taken so far; the day takes it modulo their count.
    let ticket = prop::option::weighted(0.4, any::<usize>());
    let to = (prop::option::of(0..LINES), prop::option::of(0..COUNTERS));
    let left = || prop::sample::select(vec![Left::Finish, Left::PutBack, Left::Hold]);
    let leaving = (left(), left()).prop_map(|(in_hand, on_hold)| Leaving { in_hand, on_hold });
    prop_oneof![
        6 => (0..LINES, any_class()).prop_map(|(line, class)| Deed::Issue { line, class }),
        5 => counter.clone().prop_map(|counter| Deed::CallNext { counter }),
        10 => (counter.clone(), any_verb(), ticket, to)
            .prop_map(|(counter, verb, ticket, to)| Deed::Act { counter, verb, ticket, to }),
        // Often no time at all: the same millisecond.
        3 => prop_oneof![Just(0), 0..40 * MINUTE].prop_map(|millis| Deed::Pass { millis }),
        1 => counter.clone().prop_map(|counter| Deed::Reopen { counter }),
        1 => (counter, prop::option::of(leaving))
            .prop_map(|(counter, leaving)| Deed::Leave { counter, leaving }),
        1 => (any::<usize>(), 0..3_usize, 0..COUNTERS)
            .prop_map(|(ticket, order, to)| Deed::Order { ticket, order, to }),
        1 => Just(Deed::StayEmpty),
        1 => Just(Deed::TurnDay),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_day_keeps_its_promises(
        // Near the thousand, so that some days pass it.
        given in 980_u32..1000,
        carries_over: bool,
        deeds in prop::collection::vec(any_deed(), 1..160),
    ) {
        let mut day = Day::new(given, carries_over);
        for deed in &deeds {
            day.perform(deed)?;
            day.check()?;
        }
        day.serve_all()?;
    }

    #[test]
    fn an_ordinary_ticket_is_reached_however_many_priority_visitors_come(
        class in any_class(),
        every in MINUTE..20 * MINUTE,
    ) {
        let mut day = Day::new(0, false);
        day.perform(&Deed::Issue { line: 0, class: Priority::None })?;
        let first = 0;
        // One counter, and for each visitor it takes another of the class comes.
        let mut calls = 0;
        while day.waits(first) {
            day.perform(&Deed::Pass { millis: every })?;
            day.perform(&Deed::Issue { line: 0, class })?;
            day.perform(&Deed::CallNext { counter: 0 })?;
            calls += 1;
            prop_assert!(calls <= day.longest_head_start() / every + 1, "starved");
        }
    }
}

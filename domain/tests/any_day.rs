//! Whatever visitors and clerks do in whatever order, the hall keeps its
//! promises: no number twice, no ticket at two counters, none lost, nobody
//! overtaken for longer than the rules say.

use jiban_domain::Millis;
use jiban_domain::ticket::{Priority, Verb};
use proptest::prelude::*;

mod floor;

use floor::{COUNTERS, Deed, Floor, LETTERS};

const MINUTE: Millis = 60_000;

fn any_class() -> impl Strategy<Value = Priority> {
    prop_oneof![3 => Just(Priority::None), 2 => prop::sample::select(Priority::ALL.to_vec())]
}

fn any_verb() -> impl Strategy<Value = Verb> {
    prop::sample::select(vec![
        Verb::Recall,
        Verb::Begin,
        Verb::Begin,
        Verb::Hold,
        Verb::Resume,
        Verb::Finish,
        Verb::MarkMissed,
        Verb::MarkMissed,
        Verb::Cancel,
    ])
}

/// Something a visitor or a clerk does; what is not allowed is among it.
fn any_deed() -> impl Strategy<Value = Deed> {
    let line = 0..LETTERS.len();
    let counter = 0..COUNTERS.len();
    // Of the tickets taken so far, whichever: the floor takes it modulo.
    let ticket = any::<usize>();
    prop_oneof![
        6 => (line.clone(), any_class()).prop_map(|(line, class)| Deed::Issue { line, class }),
        5 => counter.clone().prop_map(|counter| Deed::CallNext { counter }),
        5 => (counter.clone(), any_verb()).prop_map(|(counter, verb)| Deed::InHand { counter, verb }),
        2 => (ticket, any_verb()).prop_map(|(ticket, verb)| Deed::Named { ticket, verb }),
        2 => (ticket, line).prop_map(|(ticket, line)| Deed::ToLine { ticket, line }),
        1 => (ticket, counter).prop_map(|(ticket, counter)| Deed::ToCounter { ticket, counter }),
        2 => ticket.prop_map(|ticket| Deed::Reinstate { ticket }),
        // Often none at all: the same millisecond.
        3 => prop_oneof![Just(0), 0..40 * MINUTE].prop_map(|millis| Deed::Pass { millis }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_day_keeps_its_promises(
        // Near the thousand, so that some days pass it.
        given in 980_u32..1000,
        deeds in prop::collection::vec(any_deed(), 1..160),
    ) {
        let mut floor = Floor::new(given);
        for deed in deeds {
            floor.act(&deed)?;
            floor.check()?;
        }
        floor.empty()?;
    }

    #[test]
    fn an_ordinary_ticket_is_reached_however_many_priority_visitors_come(
        class in any_class(),
        every in MINUTE..20 * MINUTE,
    ) {
        let mut floor = Floor::new(0);
        floor.act(&Deed::Issue { line: 0, class: Priority::None })?;
        let first = 0;
        // One counter, and for each visitor it takes another of the class comes.
        let mut calls = 0;
        while floor.waits(first) {
            floor.act(&Deed::Pass { millis: every })?;
            floor.act(&Deed::Issue { line: 0, class })?;
            floor.act(&Deed::CallNext { counter: 0 })?;
            calls += 1;
            prop_assert!(calls <= floor.rules.longest_head_start() / every + 1, "starved");
        }
    }
}

//! Any day at all: random deeds at the real service, upon a real file. Whatever
//! the order, no number is given twice, no ticket is at two counters, none is
//! lost, and a restart finds everything as it was.

use std::collections::{HashMap, HashSet};

use crate::support::{House, SATURDAY_TEN};
use jiban::clock::Clock;
use jiban::service::AtCounter;
use jiban::store::open_to_read;
use jiban::store::trail::Walked;
use jiban_app::api::counter::{CallNext, InHand, Transfer};
use jiban_app::api::kiosk::{Issue, Issued};
use jiban_domain::ticket::{Priority, TicketState, Verb};
use jiban_domain::{Lang, Refusal, TicketId, Token};
use proptest::prelude::*;
use uuid::Uuid;

/// Something somebody does; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Deed {
    Issue { matter: usize, class: usize },
    CallNext { counter: usize },
    Verb { counter: usize, verb: usize, ticket: Option<usize> },
    SendToLine { counter: usize, line: usize },
    SendToCounter { counter: usize, to: usize },
    Wait { minutes: i64 },
    TurnDay,
    Restart,
}

fn deed() -> impl Strategy<Value = Deed> {
    let ticket = prop::option::weighted(0.3, 0..60_usize);
    prop_oneof![
        8 => (0..20_usize, 0..6_usize).prop_map(|(matter, class)| Deed::Issue { matter, class }),
        8 => (0..6_usize).prop_map(|counter| Deed::CallNext { counter }),
        10 => (0..6_usize, 0..7_usize, ticket)
            .prop_map(|(counter, verb, ticket)| Deed::Verb { counter, verb, ticket }),
        2 => (0..6_usize, 0..6_usize).prop_map(|(counter, line)| Deed::SendToLine { counter, line }),
        2 => (0..6_usize, 0..6_usize).prop_map(|(counter, to)| Deed::SendToCounter { counter, to }),
        3 => (1..400_i64).prop_map(|minutes| Deed::Wait { minutes }),
        1 => Just(Deed::TurnDay),
        1 => Just(Deed::Restart),
    ]
}

const MATTERS: [&str; 6] =
    ["food-permit", "road-use", "unemployment", "elder-allowance", "marriage", "identity-renew"];
const LINES: [&str; 6] = ["business", "approval", "insurance", "welfare", "marriage", "identity"];
const VERBS: [Verb; 7] = [
    Verb::Recall,
    Verb::Begin,
    Verb::Hold,
    Verb::Resume,
    Verb::Finish,
    Verb::MarkMissed,
    Verb::Reinstate,
];

fn at(counter: usize) -> AtCounter {
    let id = counter % 6 + 1;
    AtCounter {
        clerk: format!("clerk{id}").as_str().into(),
        counter: id.to_string().as_str().into(),
    }
}

/// What was answered, beside the hall.
#[derive(Default)]
struct Told {
    tickets: HashMap<TicketId, (Token, String)>,
    order: Vec<TicketId>,
}

async fn perform(house: &mut House, told: &mut Told, deed: &Deed) {
    let service = house.service();
    let request_id = Uuid::new_v4();
    let answered = match deed {
        Deed::Issue { matter, class } => {
            let issue = Issue {
                request_id,
                kiosk: "K1".into(),
                matter: MATTERS[matter % MATTERS.len()].into(),
                priority: Priority::ALL[*class],
                lang: Lang::Zh,
                screen_only: false,
            };
            let issued: Issued =
                serde_json::from_str(&service.issue(issue).await.unwrap()).unwrap();
            let number = format!("{} {}", issued.number, today(house));
            assert!(
                told.tickets.values().all(|(_, other)| *other != number),
                "{number} was given twice"
            );
            told.tickets.insert(issued.id, (issued.token, number));
            told.order.push(issued.id);
            return;
        }
        Deed::CallNext { counter } => {
            service.call_next(at(*counter), CallNext { request_id, in_hand: None }).await
        }
        Deed::Verb { counter, verb, ticket } => {
            let named = ticket.and_then(|nth| told.order.get(nth).copied());
            service.verb(at(*counter), VERBS[*verb], request_id, named).await
        }
        Deed::SendToLine { counter, line } => {
            let line = Some(LINES[*line].into());
            let question = Transfer { request_id, ticket: None, line, counter: None };
            service.transfer(at(*counter), question).await
        }
        Deed::SendToCounter { counter, to } => {
            let to = Some(at(*to).counter);
            let question = Transfer { request_id, ticket: None, line: None, counter: to };
            service.transfer(at(*counter), question).await
        }
        Deed::Wait { minutes } => {
            house.clock.set(house.clock.now() + minutes * 60_000);
            return;
        }
        Deed::TurnDay => return service.turn_day().await.unwrap(),
        Deed::Restart => return house.restart().await,
    };
    match answered {
        Ok(answer) => {
            let InHand { ticket } = serde_json::from_str(&answer).unwrap();
            if let Some(ticket) = ticket {
                assert!(told.tickets.contains_key(&ticket.id), "nobody took {}", ticket.number);
            }
        }
        Err(refusal) => assert_ne!(refusal, Refusal::Unavailable, "{deed:?}"),
    }
}

fn today(house: &House) -> String {
    let live_state = house.service().live_state();
    let hall = &live_state.setup().setup.halls[0];
    live_state.business_day(hall, house.clock.now())
}

/// Everyone has a place, and nobody two.
async fn look(house: &House, told: &Told) {
    let mut in_hand = HashSet::new();
    for (id, (token, number)) in &told.tickets {
        let kept = house.service().reader.ticket(*token).await.unwrap().expect("it was answered");
        let ticket = &kept.ticket;
        assert_eq!(ticket.id, *id);
        assert!(number.starts_with(&ticket.label()));
        let live_state = house.service().live_state();
        let standing = live_state.standing(*id).map(|standing| &standing.ticket);
        if ticket.state.is_active() {
            assert_eq!(standing, Some(ticket), "the live_state is as the rows are");
        } else {
            assert_eq!(standing, None);
        }
        if ticket.state.is_in_hand() {
            let counter = ticket.counter.clone().expect("it is in hand somewhere");
            assert!(in_hand.insert(counter), "two at one counter");
        }
        if ticket.state == TicketState::Waiting {
            let hall = &live_state.setup().setup.halls[0];
            assert!(live_state.ahead(ticket) < live_state.waiting(hall, &ticket.line).max(1));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_everyone_keeps_a_place(deeds in prop::collection::vec(deed(), 1..90)) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let mut house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
            let mut told = Told::default();
            for deed in &deeds {
                perform(&mut house, &mut told, deed).await;
            }
            look(&house, &told).await;
            house.restart().await;
            look(&house, &told).await;
            let walked = open_to_read(&house.db()).await.unwrap().walk().await.unwrap();
            assert!(matches!(walked, Walked::Whole { .. }), "{walked:?}");
        });
    }
}

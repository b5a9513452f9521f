//! Random days: random deeds at the real service, on a real file. After each of
//! them the live state is as the rows are, no number is given twice, no counter
//! has two tickets and no ticket is lost; a restart finds everything as it was.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use crate::support::{House, SATURDAY_TEN};
use jiban::clock::Clock;
use jiban::limits::ClientAddress;
use jiban::service::AtCounter;
use jiban::store::open_to_read;
use jiban::store::trail::Walked;
use jiban_app::api::counter::{Begin, CallNext, InHand, Transfer};
use jiban_app::api::kiosk::{Issue, Issued};
use jiban_domain::access::PlaceKind;
use jiban_domain::ticket::{Priority, Ticket, TicketState, Verb};
use jiban_domain::{CounterId, Lang, Refusal, TicketId, Token};
use proptest::prelude::*;
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;
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
        10 => (0..6_usize, 0..Verb::ALL.len(), ticket)
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

fn counter_id(counter: usize) -> String {
    (counter % 6 + 1).to_string()
}

/// A clerk at a counter, signed in again whenever a session has ended.
async fn at(house: &House, answered: &mut Answered, counter: usize) -> AtCounter {
    let id = counter_id(counter);
    let signed_in = |cookie: &str| {
        let secret = cookie.split_once('=').unwrap().1.to_owned();
        house.service().caller(&secret, PlaceKind::Counter)
    };
    let known = answered.cookies.get(&id).and_then(|cookie| signed_in(cookie).ok());
    let caller = if let Some(caller) = known {
        caller
    } else {
        let cookie = house.sign_in(&format!("clerk{id}"), &id).await;
        let caller = signed_in(&cookie).unwrap();
        answered.cookies.insert(id, cookie);
        caller
    };
    caller.try_into().unwrap()
}

/// What the answers said.
#[derive(Default)]
struct Answered {
    tickets: HashMap<TicketId, (Token, String)>,
    order: Vec<TicketId>,
    /// The cookie of each counter.
    cookies: HashMap<String, String>,
}

async fn perform(house: &mut House, answered: &mut Answered, deed: &Deed) {
    let me = match deed {
        Deed::CallNext { counter }
        | Deed::Verb { counter, .. }
        | Deed::SendToLine { counter, .. }
        | Deed::SendToCounter { counter, .. } => Some(at(house, answered, *counter).await),
        _ => None,
    };
    let me = || me.clone().unwrap();
    let service = house.service();
    let request_id = Uuid::new_v4();
    let result = match deed {
        Deed::Issue { matter, class } => {
            let issue = Issue {
                accepts_later: false,
                request_id,
                kiosk: "K1".into(),
                matter: MATTERS[matter % MATTERS.len()].into(),
                priority: Priority::ALL[*class],
                lang: Lang::Zh,
                screen_only: false,
            };
            let issued: Issued = serde_json::from_str(
                &service.issue(issue, ClientAddress::default()).await.unwrap(),
            )
            .unwrap();
            let number = format!("{} {}", issued.number, today(house));
            assert!(
                answered.tickets.values().all(|(_, other)| *other != number),
                "{number} was given twice"
            );
            answered.tickets.insert(issued.id, (issued.token, number));
            answered.order.push(issued.id);
            return;
        }
        Deed::CallNext { .. } => {
            service.call_next(me(), CallNext { request_id, in_hand: None }).await
        }
        Deed::Verb { verb, ticket, .. } => {
            let named = ticket.and_then(|nth| answered.order.get(nth).copied());
            service.verb::<Begin>(me(), Verb::ALL[*verb], request_id, named).await
        }
        Deed::SendToLine { line, .. } => {
            let line = Some(LINES[*line].into());
            let command =
                Transfer { request_id, ticket: None, line, counter: None, though_empty: true };
            service.transfer(me(), command).await
        }
        Deed::SendToCounter { to, .. } => {
            let to = Some(counter_id(*to).as_str().into());
            let command =
                Transfer { request_id, ticket: None, line: None, counter: to, though_empty: true };
            service.transfer(me(), command).await
        }
        Deed::Wait { minutes } => {
            house.clock.set(house.clock.now() + minutes * 60_000);
            return;
        }
        Deed::TurnDay => return service.turn_day().await.unwrap(),
        Deed::Restart => return house.restart().await,
    };
    match result {
        Ok(answer) => {
            let InHand { ticket } = serde_json::from_str(&answer).unwrap();
            if let Some(ticket) = ticket {
                assert!(answered.tickets.contains_key(&ticket.id), "nobody took {}", ticket.number);
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

/// Every ticket that was answered is found by its token, whole.
async fn check_whole(house: &House, answered: &Answered) {
    for (id, (token, number)) in &answered.tickets {
        let kept = house.service().reader.ticket(*token).await.unwrap().expect("it was answered");
        let ticket = &kept.ticket;
        assert_eq!(ticket.id, *id);
        assert!(number.starts_with(&ticket.label()));
        let live_state = house.service().live_state();
        let standing = live_state.standing(*id).map(|standing| &standing.ticket);
        if ticket.state.is_active() {
            assert_eq!(standing, Some(ticket), "the live state is as the rows are");
        } else {
            assert_eq!(standing, None);
        }
    }
}

/// What is compared of a ticket after each deed.
type Seen = (i64, String, String, i64, Option<String>, Option<String>, i64, i64, i64);

fn seen(ticket: &Ticket) -> Seen {
    let named = |counter: &Option<CounterId>| counter.as_ref().map(ToString::to_string);
    (
        ticket.id.0,
        ticket.state.into_str().to_owned(),
        ticket.line.to_string(),
        i64::from(ticket.calls),
        named(&ticket.counter),
        named(&ticket.reserved_for),
        ticket.rank.at,
        ticket.rank.anchor,
        ticket.rank.seq,
    )
}

async fn rows_of(house: &House) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(house.db()).read_only(true);
    SqlitePool::connect_with(options).await.unwrap()
}

/// What must be true at any moment: as many tickets as were answered, the live
/// state as the rows are, no number twice, none at two counters.
async fn check(house: &House, rows: &SqlitePool, taken: usize) {
    let all: (i64, i64) = sqlx::query_as(
        "SELECT count(*), count(DISTINCT day || ' ' || letter || number) FROM tickets",
    )
    .fetch_one(rows)
    .await
    .unwrap();
    let taken = i64::try_from(taken).unwrap();
    assert_eq!(all, (taken, taken), "tickets, and different numbers");
    let mut active = active_rows(rows).await;
    let mut live = live_tickets(house);
    // The hall's own jobs write too, and what they wrote is published just after its commit.
    for _ in 0..100 {
        if live == active {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        (active, live) = (active_rows(rows).await, live_tickets(house));
    }
    assert_eq!(live, active, "the live state is as the rows are");
}

async fn active_rows(rows: &SqlitePool) -> Vec<Seen> {
    let mut active: Vec<Seen> = sqlx::query_as(
        "SELECT id, state, line, calls, counter, reserved_for, rank_at, rank_anchor, rank_seq \
         FROM tickets WHERE state NOT IN ('finished', 'cancelled') ORDER BY id",
    )
    .fetch_all(rows)
    .await
    .unwrap();
    active.sort_unstable();
    active
}

/// The tickets of the live state, which agrees with itself.
fn live_tickets(house: &House) -> Vec<Seen> {
    let live_state = house.service().live_state();
    let hall = &live_state.setup().setup.halls[0];
    let mut live: Vec<Seen> = Vec::new();
    let mut in_hand = HashSet::new();
    let mut numbers = HashSet::new();
    for standing in live_state.standing_in(&hall.id) {
        let ticket = &standing.ticket;
        assert!(numbers.insert((ticket.day.clone(), ticket.label())), "twice: {ticket:?}");
        if ticket.state.is_in_hand() {
            let counter = ticket.counter.clone().expect("it is in hand somewhere");
            let found = live_state.in_hand(&counter).map(|standing| standing.ticket.id);
            assert_eq!(found, Some(ticket.id), "the counter has it in hand");
            assert!(in_hand.insert(counter), "two at one counter");
        }
        if ticket.state == TicketState::Waiting {
            // One that is reserved waits with those of any line that its counter is to take.
            let together = match &ticket.reserved_for {
                None => live_state.waiting(hall, &ticket.line),
                reserved => live_state
                    .standing_in(&hall.id)
                    .filter(|other| other.ticket.reserved_for == *reserved)
                    .count(),
            };
            assert!(live_state.ahead(ticket) < together.max(1));
        }
        live.push(seen(ticket));
    }
    live.sort_unstable();
    live
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_everyone_keeps_a_place(deeds in prop::collection::vec(deed(), 1..90)) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let mut house = House::unlimited(Clock::standing_at(SATURDAY_TEN)).await;
            let mut answered = Answered::default();
            let rows = rows_of(&house).await;
            for deed in &deeds {
                perform(&mut house, &mut answered, deed).await;
                check(&house, &rows, answered.tickets.len()).await;
            }
            check_whole(&house, &answered).await;
            house.restart().await;
            check_whole(&house, &answered).await;
            rows.close().await;
            let walked = open_to_read(&house.db()).await.unwrap().walk().await.unwrap();
            assert!(matches!(walked, Walked::Whole { .. }), "{walked:?}");
        });
    }
}

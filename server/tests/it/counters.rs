//! The actions of counters over HTTP.

use std::collections::HashSet;
use std::sync::Arc;

use crate::support::House;
use jiban::clock::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

/// Signs in at a counter that serves a matter's line: the cookie and the counter.
async fn counter_for(house: &House, matter: &str) -> (String, String) {
    let hall = house.get("/api/hall").await.ok();
    let find = |list: &str, test: &dyn Fn(&Value) -> bool| {
        hall[list].as_array().unwrap().iter().find(|one| test(one)).unwrap().clone()
    };
    let line = find("matters", &|one| one["id"] == matter)["line"].clone();
    let counter = find("counters", &|one| one["lines"].as_array().unwrap().contains(&line));
    let counter = counter["id"].as_str().unwrap().to_owned();
    let cookie = house.sign_in(&format!("clerk{counter}"), &counter).await;
    (cookie, counter)
}

fn ticket(answer: &crate::support::Answer) -> Value {
    answer.ok()["ticket"].clone()
}

#[tokio::test]
async fn a_visit_from_call_to_end() {
    let house = House::open().await;
    let taken = house.issue("marriage").await;
    let (clerk, counter) = counter_for(&house, "marriage").await;
    let called = ticket(&house.verb(&clerk, "call_next").await);
    assert_eq!((&called["id"], &called["state"]), (&taken["id"], &json!("called")));
    assert_eq!(called["counter"], json!(counter));
    assert_eq!(ticket(&house.verb(&clerk, "recall").await)["calls"], 2);
    assert_eq!(ticket(&house.verb(&clerk, "begin").await)["state"], "serving");
    assert_eq!(ticket(&house.verb(&clerk, "hold").await)["state"], "on_hold");
    assert_eq!(house.verb(&clerk, "finish").await.refusal().1, "no_ticket_in_hand");
    assert_eq!(ticket(&house.verb(&clerk, "resume").await)["state"], "serving");
    assert_eq!(house.verb(&clerk, "recall").await.refusal(), (409, "wrong_state".into()));
    assert_eq!(ticket(&house.verb(&clerk, "finish").await)["state"], "finished");
    assert_eq!(
        house.verb_on(&clerk, "finish", &taken["id"]).await.refusal(),
        (409, "wrong_state".into()),
        "an end is an end"
    );
    let token = taken["token"].as_str().unwrap();
    let progress = house.get(&format!("/api/progress?token={token}")).await.ok();
    let kinds: Vec<Value> =
        progress["events"].as_array().unwrap().iter().map(|event| event["kind"].clone()).collect();
    let expected = ["issued", "called", "recalled", "begun", "held", "resumed", "finished"]
        .map(|kind| json!(kind));
    assert_eq!(kinds, expected);
    assert_eq!(house.verb(&clerk, "call_next").await.ok()["ticket"], Value::Null);
}

#[tokio::test]
async fn only_its_own_counter_moves_a_ticket() {
    let house = House::open().await;
    let taken = house.issue("marriage").await;
    let (clerk, counter) = counter_for(&house, "marriage").await;
    house.verb(&clerk, "call_next").await.ok();
    let other = if counter == "6" { "5" } else { "6" };
    let stranger = house.sign_in(&format!("clerk{other}"), other).await;
    for verb in ["recall", "begin", "hold", "finish", "mark_missed"] {
        let refused = house.verb_on(&stranger, verb, &taken["id"]).await;
        assert_eq!(refused.refusal(), (403, "not_your_counter".into()), "{verb}");
    }
    let nobody = house.verb_on(&clerk, "finish", &json!(987_654)).await;
    assert_eq!(nobody.refusal(), (404, "unknown_ticket".into()));
    let now = house.get_as("/api/counter/now", &clerk).await.ok();
    assert_eq!(now["in_hand"]["state"], "called");
}

#[tokio::test]
async fn a_transfer_keeps_the_first_arrival() {
    let house = House::open().await;
    let (clerk, _) = counter_for(&house, "marriage").await;
    let early = house.issue("marriage").await;
    house.verb(&clerk, "call_next").await.ok();
    let late = house.issue("identity-renew").await;
    let line = |answer: &Value| answer["line"].clone();
    let hall = house.get("/api/hall").await.ok();
    let to = hall["matters"].as_array().unwrap().iter().find(|one| one["id"] == "identity-renew");
    let to = line(to.unwrap());
    let both = json!({ "request_id": Uuid::new_v4(), "line": to, "counter": "1" });
    let refused = house.post_as("/api/counter/transfer", &clerk, both).await;
    assert_eq!(refused.refusal(), (400, "bad_request".into()));
    let body = json!({ "request_id": Uuid::new_v4(), "line": to, "though_empty": true });
    let moved = ticket(&house.post_as("/api/counter/transfer", &clerk, body).await);
    assert_eq!((&moved["state"], &moved["line"]), (&json!("waiting"), &to));
    let ahead = async |taken: &Value| {
        let token = taken["token"].as_str().unwrap();
        house.get(&format!("/api/progress?token={token}")).await.ok()["ahead"].clone()
    };
    assert_eq!(ahead(&early).await, 0, "it came first");
    assert_eq!(ahead(&late).await, 1);
}

#[tokio::test]
async fn a_ticket_sent_to_a_counter_waits_for_that_counter() {
    let house = House::open().await;
    let (clerk, counter) = counter_for(&house, "marriage").await;
    let taken = house.issue("marriage").await;
    house.verb(&clerk, "call_next").await.ok();
    let to = if counter == "2" { "3" } else { "2" };
    let body = json!({ "request_id": Uuid::new_v4(), "counter": to, "though_empty": true });
    house.post_as("/api/counter/transfer", &clerk, body).await.ok();
    assert_eq!(house.verb(&clerk, "call_next").await.ok()["ticket"], Value::Null);
    let other = house.sign_in(&format!("clerk{to}"), to).await;
    assert_eq!(ticket(&house.verb(&other, "call_next").await)["id"], taken["id"]);
}

#[tokio::test]
async fn a_missed_visitor_returns_behind_three_others() {
    let house = House::open().await;
    let (clerk, _) = counter_for(&house, "marriage").await;
    let missed = house.issue("marriage").await;
    for _ in 0..5 {
        house.issue("marriage").await;
    }
    house.verb(&clerk, "call_next").await.ok();
    assert_eq!(ticket(&house.verb(&clerk, "mark_missed").await)["state"], "missed");
    let back = house.verb_on(&clerk, "reinstate", &missed["id"]).await;
    assert_eq!(ticket(&back)["state"], "waiting");
    let mut order = Vec::new();
    loop {
        let called = ticket(&house.verb(&clerk, "call_next").await);
        if called.is_null() {
            break;
        }
        order.push(called["number"].as_str().unwrap().to_owned());
    }
    assert_eq!(order, ["E002", "E003", "E004", "E001", "E005", "E006"]);
}

#[tokio::test]
async fn two_clerks_who_press_at_once_skip_no_visitor() {
    let house = House::open().await;
    let (clerk, _) = counter_for(&house, "marriage").await;
    house.issue("marriage").await;
    house.issue("marriage").await;
    let press = |seen: i64| json!({ "request_id": Uuid::new_v4(), "in_hand": seen });
    let first = house.post_as("/api/counter/call_next", &clerk, press(0)).await;
    assert_eq!(ticket(&first)["number"], "E001");
    let second = house.post_as("/api/counter/call_next", &clerk, press(0)).await;
    assert_eq!(second.refusal(), (409, "counter_busy".into()));
    let now = house.get_as("/api/counter/now", &clerk).await.ok();
    assert_eq!(now["in_hand"]["number"], "E001");
    assert_eq!(now["waiting_count"], 1);
}

#[tokio::test]
async fn priority_visitors_go_first_but_not_before_everyone() {
    let house = House::open().await;
    let (clerk, _) = counter_for(&house, "marriage").await;
    house.issue("marriage").await;
    let mut elder = crate::support::issue("marriage");
    elder["priority"] = json!("elder");
    assert_eq!(house.post("/api/kiosk/issue", elder).await.ok()["ahead"], 0);
    let first = ticket(&house.verb(&clerk, "call_next").await);
    assert_eq!((&first["number"], &first["priority"]), (&json!("E002"), &json!("elder")));
}

/// Eight counters call at the same time until a line of 500 is empty.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_counters_at_once_call_each_ticket_once() {
    let house = House::unlimited(Clock::Machine).await;
    let admin = house.admin().await;
    let mut now = house.get_as("/api/admin/setup", &admin).await.ok();
    let hall = &mut now["setup"]["hall"][0];
    let line = hall["matter"].as_array().unwrap().iter().find(|one| one["id"] == "marriage");
    let line = line.unwrap()["line"].clone();
    let counters: Vec<Value> = (1..=8)
        .map(|id| {
            let every: Vec<Value> =
                hall["line"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
            let lines = if id == 8 { json!(every) } else { json!([line]) };
            json!({ "id": id.to_string(), "name": format!("{id}"), "lines": lines })
        })
        .collect();
    hall["counter"] = json!(counters);
    house.post_as("/api/admin/save_setup", &admin, now).await.ok();

    let mut clerks = Vec::new();
    for id in 1..=8 {
        let name = format!("clerk{}", (id - 1) % 6 + 1);
        clerks.push(house.sign_in(&name, &id.to_string()).await);
    }
    let house = Arc::new(house);
    let mut taking = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let house = house.clone();
        taking.spawn(async move {
            let mut numbers = Vec::new();
            for _ in 0..50 {
                numbers.push(house.issue("marriage").await["number"].clone());
            }
            numbers
        });
    }
    let taken: Vec<Value> = taking.join_all().await.into_iter().flatten().collect();
    assert_eq!(taken.iter().map(Value::to_string).collect::<HashSet<_>>().len(), 500);

    let mut calling = tokio::task::JoinSet::new();
    for clerk in clerks {
        let house = house.clone();
        calling.spawn(async move {
            let mut called = Vec::new();
            loop {
                let ticket = house.verb(&clerk, "call_next").await.ok()["ticket"].clone();
                if ticket.is_null() {
                    return called;
                }
                called.push(ticket["number"].to_string());
            }
        });
    }
    let called: Vec<String> = calling.join_all().await.into_iter().flatten().collect();
    assert_eq!(called.len(), 500);
    assert_eq!(called.into_iter().collect::<HashSet<_>>().len(), 500, "none was called twice");
}

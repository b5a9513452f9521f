//! Nobody is stranded: empty counters, holds that are taken up elsewhere, clerks who leave,
//! ends pressed by mistake, and what a supervisor does about all of it.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, House, PASSWORD, SATURDAY_TEN};
use jiban::clock::Clock;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

async fn house() -> House {
    House::at(Clock::standing_at(SATURDAY_TEN)).await
}

fn at(house: &House, later: i64) {
    house.clock.set(SATURDAY_TEN + later);
}

async fn now(house: &House, cookie: &str) -> Value {
    house.get_as("/api/counter/now", cookie).await.ok()
}

async fn progress(house: &House, taken: &Value) -> Value {
    let token = taken["token"].as_str().unwrap();
    house.get(&format!("/api/progress?token={token}")).await.ok()
}

async fn send_to(house: &House, cookie: &str, counter: &str, though_empty: bool) -> Answer {
    let body = json!({
        "request_id": Uuid::new_v4(), "counter": counter, "though_empty": though_empty,
    });
    house.post_as("/api/counter/transfer", cookie, body).await
}

/// A ticket for a marriage, called at counter 5.
async fn called_at_five(house: &House) -> (String, Value) {
    let taken = house.issue("marriage").await;
    let clerk = house.sign_in("clerk5", "5").await;
    house.verb(&clerk, "call_next").await.ok();
    (clerk, taken)
}

fn last_event(progress: &Value) -> &Value {
    &progress["events"].as_array().unwrap().last().unwrap()["kind"]
}

#[tokio::test]
async fn what_is_sent_to_an_empty_counter_is_asked_about_and_comes_back() {
    let house = house().await;
    let (clerk, taken) = called_at_five(&house).await;
    let refused = send_to(&house, &clerk, "6", false).await;
    assert_eq!(refused.refusal(), (409, "nobody_there".to_owned()));
    assert_eq!(now(&house, &clerk).await["in_hand"]["state"], "called", "nothing was done");
    send_to(&house, &clerk, "6", true).await.ok();

    // It is looked at once when the counter is empty, and again ten minutes later.
    house.service().relieve_empty_counters().await.unwrap();
    at(&house, 10 * MINUTE - 1);
    house.service().relieve_empty_counters().await.unwrap();
    assert_eq!(house.verb(&clerk, "call_next").await.ok()["ticket"], Value::Null);
    at(&house, 10 * MINUTE);
    house.service().relieve_empty_counters().await.unwrap();
    let shown = progress(&house, &taken).await;
    assert_eq!((&shown["state"], last_event(&shown)), (&json!("waiting"), &json!("returned")));
    let next = house.verb(&clerk, "call_next").await.ok()["ticket"].clone();
    assert_eq!(next["id"], taken["id"], "any counter of the line calls it");
}

#[tokio::test]
async fn a_counter_where_somebody_sat_down_keeps_what_was_sent_to_it() {
    let house = house().await;
    let (clerk, taken) = called_at_five(&house).await;
    send_to(&house, &clerk, "6", true).await.ok();
    house.service().relieve_empty_counters().await.unwrap();
    at(&house, 5 * MINUTE);
    let other = house.sign_in("clerk6", "6").await;
    house.service().relieve_empty_counters().await.unwrap();
    house.post_as("/api/counter/sign_out", &other, json!({})).await.ok();
    // The ten minutes count from when it is empty again.
    at(&house, 11 * MINUTE);
    house.service().relieve_empty_counters().await.unwrap();
    assert_eq!(house.verb(&clerk, "call_next").await.ok()["ticket"], Value::Null);
    let other = house.sign_in("clerk6", "6").await;
    assert_eq!(house.verb(&other, "call_next").await.ok()["ticket"]["id"], taken["id"]);
}

#[tokio::test]
async fn a_hold_is_called_to_another_counter_of_the_line_and_its_service_counts_on() {
    let house = house().await;
    let (clerk, taken) = called_at_five(&house).await;
    house.verb(&clerk, "begin").await.ok();
    at(&house, 2 * MINUTE);
    house.verb(&clerk, "hold").await.ok();
    let stranger = house.sign_in("clerk1", "1").await;
    let refused = house.verb_on(&stranger, "take_up", &taken["id"]).await;
    assert_eq!(refused.refusal(), (403, "not_your_counter".to_owned()));

    let other = house.sign_in("clerk6", "6").await;
    let shown = now(&house, &other).await;
    assert_eq!(shown["held_elsewhere"][0]["id"], taken["id"]);
    assert_eq!(shown["held_elsewhere"][0]["counter"], "5");
    house.verb_on(&other, "take_up", &taken["id"]).await.ok();
    let shown = progress(&house, &taken).await;
    assert_eq!((&shown["state"], &shown["counter"]), (&json!("called"), &json!("6")));
    house.verb(&other, "begin").await.ok();
    at(&house, 3 * MINUTE);
    let in_hand = now(&house, &other).await["in_hand"].clone();
    assert_eq!(in_hand["served_ms"], 2 * MINUTE, "the clock goes on from there");
    house.verb(&other, "finish").await.ok();
    let admin = house.admin().await;
    let hall = first_snapshot(&house, "/events/admin?hall=main", &admin).await;
    assert_eq!(hall["today"]["mean_service_minutes"], 3.0);
}

#[tokio::test]
async fn whoever_signs_out_says_what_becomes_of_the_tickets() {
    let house = house().await;
    let (clerk, first) = called_at_five(&house).await;
    house.verb(&clerk, "begin").await.ok();
    house.verb(&clerk, "hold").await.ok();
    let second = house.issue("marriage").await;
    house.verb(&clerk, "call_next").await.ok();
    let refused = house.post_as("/api/counter/sign_out", &clerk, json!({})).await;
    assert_eq!(refused.refusal(), (409, "tickets_left".to_owned()));
    for taken in [&first, &second] {
        let number = taken["number"].as_str().unwrap();
        assert!(refused.text().contains(number), "{}", refused.text());
    }
    now(&house, &clerk).await;
    let tickets = json!({ "tickets": { "in_hand": "put_back", "on_hold": "hold" } });
    house.post_as("/api/counter/sign_out", &clerk, tickets).await.ok();
    assert_eq!(progress(&house, &first).await["state"], "on_hold");
    assert_eq!(progress(&house, &second).await["state"], "waiting");
    let over = house.get_as("/api/counter/now", &clerk).await;
    assert_eq!(over.refusal().1, "sign_in_first");
}

#[tokio::test]
async fn a_second_clerk_at_the_counter_goes_on_with_its_tickets() {
    let house = house().await;
    let (clerk, taken) = called_at_five(&house).await;
    let other = house.sign_in("clerk6", "5").await;
    house.post_as("/api/counter/sign_out", &clerk, json!({})).await.ok();
    assert_eq!(now(&house, &other).await["in_hand"]["id"], taken["id"]);
}

#[tokio::test]
async fn a_session_that_just_ends_leaves_nobody_at_an_empty_counter() {
    let house = house().await;
    let (_, served) = called_at_five(&house).await;
    let five = house.sign_in("clerk5", "5").await;
    house.verb(&five, "begin").await.ok();
    let called = house.issue("food-permit").await;
    let one = house.sign_in("clerk1", "1").await;
    house.verb(&one, "call_next").await.ok();
    let admin = house.admin().await;
    for clerk in ["clerk5", "clerk1"] {
        let body = json!({ "clerk": clerk, "password": format!("another {PASSWORD}") });
        house.post_as("/api/admin/set_password", &admin, body).await.ok();
    }
    let states = [progress(&house, &served).await, progress(&house, &called).await];
    assert_eq!((&states[0]["state"], &states[1]["state"]), (&json!("on_hold"), &json!("waiting")));
}

#[tokio::test]
async fn a_session_that_expires_strands_nobody_either() {
    let house = house().await;
    let (_, taken) = called_at_five(&house).await;
    at(&house, 12 * 60 * MINUTE);
    house.service().relieve_empty_counters().await.unwrap();
    let shown = progress(&house, &taken).await;
    assert_eq!((&shown["state"], last_event(&shown)), (&json!("waiting"), &json!("returned")));
}

#[tokio::test]
async fn an_end_is_taken_back_for_seconds_and_the_next_call_goes_on() {
    let mut house = house().await;
    let (clerk, first) = called_at_five(&house).await;
    house.verb(&clerk, "begin").await.ok();
    at(&house, MINUTE);
    house.verb(&clerk, "finish").await.ok();
    let shown = now(&house, &clerk).await;
    assert_eq!(
        (&shown["finished_today"], &shown["just_finished"]["id"]),
        (&json!(1), &first["id"])
    );
    // A restart forgets nothing of it.
    house.restart().await;
    at(&house, MINUTE + 20 * SECOND);
    let back = house.verb_on(&clerk, "reopen", &first["id"]).await.ok();
    assert_eq!(back["ticket"]["state"], "serving");
    let shown = now(&house, &clerk).await;
    assert_eq!((&shown["finished_today"], &shown["just_finished"]), (&json!(0), &Value::Null));
    let kinds = progress(&house, &first).await;
    assert_eq!(last_event(&kinds), "resumed");
    assert_eq!(kinds["events"].as_array().unwrap().len(), 6, "all it went through: {kinds}");

    // Finished by calling the next, who stays in hand.
    let second = house.issue("marriage").await;
    house.verb(&clerk, "call_next").await.ok();
    let back = house.verb_on(&clerk, "reopen", &first["id"]).await.ok();
    assert_eq!(back["ticket"]["state"], "on_hold");
    let shown = now(&house, &clerk).await;
    assert_eq!(shown["in_hand"]["id"], second["id"]);
    assert_eq!(shown["on_hold"][0]["id"], first["id"]);

    house.verb_on(&clerk, "finish", &first["id"]).await.ok();
    at(&house, MINUTE + 41 * SECOND);
    let late = house.verb_on(&clerk, "reopen", &first["id"]).await;
    assert_eq!(late.refusal(), (409, "too_late_to_take_back".to_owned()));
    let folder = house.stop().await;
    let trail = jiban::store::open_to_read(&folder.path().join("hall.db")).await.unwrap();
    let walked = trail.walk().await.unwrap();
    assert!(matches!(walked, jiban::store::trail::Walked::Whole { .. }), "{walked:?}");
}

#[tokio::test]
async fn finishing_one_who_has_not_come_marks_them_as_missed() {
    let house = house().await;
    let (clerk, taken) = called_at_five(&house).await;
    house.verb(&clerk, "finish").await.ok();
    assert_eq!(progress(&house, &taken).await["state"], "missed");
    assert_eq!(now(&house, &clerk).await["finished_today"], 0);
}

#[tokio::test]
async fn an_open_call_stays_on_the_display_however_many_end_after_it() {
    let mut house = House::unlimited(Clock::standing_at(SATURDAY_TEN)).await;
    let (_, open) = called_at_five(&house).await;
    let one = house.sign_in("clerk1", "1").await;
    for _ in 0..20 {
        house.issue("food-permit").await;
        house.verb(&one, "call_next").await.ok();
        house.verb(&one, "begin").await.ok();
        house.verb(&one, "finish").await.ok();
    }
    for restarted in [false, true] {
        let display = first_snapshot(&house, "/events/display?hall=main", "").await;
        let calls = display["calls"].as_array().unwrap();
        let shown = calls.iter().find(|call| call["number"] == open["number"]);
        assert_eq!(shown.unwrap()["current"], true, "restarted: {restarted}");
        house.restart().await;
    }
}

async fn order(house: &House, cookie: &str, ticket: &Value, more: Value) -> Answer {
    let mut body = json!({
        "request_id": Uuid::new_v4(), "hall": "main", "ticket": ticket["id"],
        "reason": "visitor_asked",
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    house.post_as("/api/admin/order_ticket", cookie, body).await
}

#[tokio::test]
async fn a_supervisor_sees_moves_cancels_and_puts_first_any_ticket() {
    let house = house().await;
    let (clerk, served) = called_at_five(&house).await;
    house.verb(&clerk, "begin").await.ok();
    let first = house.issue("marriage").await;
    let last = house.issue("marriage").await;
    let supervisor = json!({ "name": "supervisor", "password": PASSWORD });
    let supervisor = house.post("/api/admin/sign_in", supervisor).await.cookie();
    let seen = first_snapshot(&house, "/events/tickets?hall=main", &supervisor).await;
    assert_eq!(seen["total"], 3);
    let states: Vec<_> = seen["tickets"].as_array().unwrap().iter().collect();
    assert_eq!(states[0]["ticket"]["state"], "serving");

    order(&house, &supervisor, &last, json!({ "order": "put_first" })).await.ok();
    let shown = progress(&house, &last).await;
    assert_eq!((&shown["ahead"], last_event(&shown)), (&json!(0), &json!("put_first")));
    order(&house, &supervisor, &first, json!({ "order": "cancel" })).await.ok();
    assert_eq!(progress(&house, &first).await["state"], "cancelled");
    let nowhere = order(&house, &supervisor, &served, json!({ "order": "send" })).await;
    assert_eq!(nowhere.refusal().1, "bad_request");
    let empty = json!({ "order": "send", "counter": "6" });
    let refused = order(&house, &supervisor, &served, empty).await;
    assert_eq!(refused.refusal(), (409, "nobody_there".to_owned()));
    let line = json!({ "order": "send", "line": "marriage" });
    order(&house, &supervisor, &served, line).await.ok();
    assert_eq!(now(&house, &clerk).await["in_hand"], Value::Null, "the counter is told");
    let refused = order(&house, &clerk, &served, json!({ "order": "cancel" })).await;
    assert_eq!(refused.refusal().1, "sign_in_first", "a clerk orders nothing");

    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(house.db()).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let written: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT kind, by, detail FROM events WHERE by = 'supervisor' AND ticket > 0 ORDER BY id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let kinds: Vec<_> = written.iter().map(|(kind, ..)| kind.as_str()).collect();
    assert_eq!(kinds, ["TicketPutFirst", "TicketCancelled", "TicketTransferred"]);
    assert!(written.iter().all(|(.., detail)| detail.contains("visitor_asked")), "{written:?}");
    pool.close().await;
}

async fn first_snapshot(house: &House, path: &str, cookie: &str) -> Value {
    crate::nothing_lost::first_snapshot(&house.url(path), cookie).await
}

//! What was answered is kept: repeated requests, restarts, a new day.

use std::collections::HashSet;
use std::sync::Arc;

use crate::support::{House, SATURDAY_TEN, issue, walk_spoilt};
use jiban::clock::Clock;
use jiban::store::trail::Walked;
use jiban::store::{Store, StoreError, open_to_read};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_repeats_of_a_request_get_one_number() {
    let house = Arc::new(House::open().await);
    let body = issue("marriage");
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (house, body) = (house.clone(), body.clone());
        asking.spawn(async move { house.post("/api/kiosk/issue", body).await.ok().to_string() });
    }
    let answers: HashSet<String> = asking.join_all().await.into_iter().collect();
    assert_eq!(answers.len(), 1);
    let hall = house.get("/api/hall").await.ok();
    let waiting: u64 = hall["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["waiting"].as_u64().unwrap())
        .sum();
    assert_eq!(waiting, 1);
}

#[tokio::test]
async fn a_restart_changes_nothing_anyone_can_see() {
    let mut house = House::open().await;
    let clerk = house.sign_in("clerk1", "1").await;
    for matter in ["food-permit", "marriage", "identity-renew", "food-permit"] {
        house.issue(matter).await;
    }
    house.verb(&clerk, "call_next").await.ok();
    house.verb(&clerk, "begin").await.ok();
    let finish = json!({ "request_id": uuid::Uuid::new_v4() });
    let finished = house.post_as("/api/counter/finish", &clerk, finish.clone()).await.ok();
    let repeated = issue("marriage");
    let first = house.post("/api/kiosk/issue", repeated.clone()).await.ok();
    let visible = async |house: &House| {
        let mut seen = Vec::new();
        let token = first["token"].as_str().unwrap();
        for path in ["/api/hall".to_owned(), format!("/api/progress?token={token}")] {
            seen.push(house.get(&path).await.ok());
        }
        let mut counter = house.get_as("/api/counter/now", &clerk).await.ok();
        counter["now"] = Value::Null;
        seen.push(counter);
        let admin = house.admin().await;
        let address = house.url("/events/admin");
        let mut now = first_snapshot(&address, &admin).await;
        now["now"] = Value::Null;
        // A kiosk's heartbeat is known only while the server runs.
        now["kiosks"] = Value::Null;
        seen.push(now);
        seen.push(first_snapshot(&house.url("/events/display"), "").await["calls"].clone());
        seen
    };
    let before = visible(&house).await;
    house.restart().await;
    assert_eq!(visible(&house).await, before);
    assert_eq!(house.post("/api/kiosk/issue", repeated).await.ok(), first, "a late retry");
    // It is done already, so a new request would be refused.
    let again = house.post_as("/api/counter/finish", &clerk, finish.clone()).await.ok();
    assert_eq!(again, finished);
    let other = json!({ "request_id": finish["request_id"], "ticket": 1 });
    let refused = house.post_as("/api/counter/finish", &clerk, other).await;
    assert_eq!(refused.refusal(), (409, "request_reused".into()));
}

pub async fn first_snapshot(address: &str, cookie: &str) -> Value {
    let address = address.strip_prefix("http://").unwrap();
    let (host, path) = address.split_at(address.find('/').unwrap());
    let mut stream = TcpStream::connect(host).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut lines = BufReader::new(stream).lines();
    loop {
        let line = lines.next_line().await.unwrap().unwrap();
        if let Some(data) = line.strip_prefix("data: ") {
            return serde_json::from_str(data).unwrap();
        }
    }
}

#[tokio::test]
async fn two_servers_do_not_share_a_database() {
    let house = House::open().await;
    let second = Store::open(&house.db()).await;
    assert!(matches!(second, Err(StoreError::InUse(_))), "{second:?}");
    let other_name = house.folder.path().join("other.db");
    std::os::unix::fs::symlink(house.db(), &other_name).unwrap();
    let second = Store::open(&other_name).await;
    assert!(matches!(second, Err(StoreError::InUse(_))), "{second:?}");
    let folder = house.stop().await;
    assert!(Store::open(&folder.path().join("hall.db")).await.is_ok(), "the lock was released");
}

#[tokio::test]
async fn a_backup_is_complete_and_a_changed_row_is_found() {
    let house = House::open().await;
    for _ in 0..20 {
        house.issue("marriage").await;
    }
    let copy = house.folder.path().join("copy.db");
    open_to_read(&house.db()).await.unwrap().back_up(&copy).await.unwrap();
    assert!(open_to_read(&house.db()).await.unwrap().back_up(&copy).await.is_err(), "it exists");
    let walked = open_to_read(&copy).await.unwrap().walk().await.unwrap();
    assert!(matches!(walked, Walked::Whole { tickets: 20, .. }), "{walked:?}");

    let spoil = async |statement: &'static str| match walk_spoilt(&copy, statement).await {
        Walked::Broken { table, row, .. } => (table, row),
        Walked::Whole { .. } => panic!("{statement} went unseen"),
    };
    let ten = spoil("UPDATE events SET at = at + 1 WHERE id = 10").await;
    assert_eq!(ten, ("events", 10));
    assert_eq!(spoil("UPDATE events SET by = 'K2' WHERE id = 12").await, ("events", 12));
    assert_eq!(spoil("DELETE FROM events WHERE id = 11").await, ("events", 11));
    assert_eq!(spoil("DELETE FROM events WHERE ticket = 20").await, ("tickets", 20));
    assert_eq!(spoil("UPDATE tickets SET state = 'finished' WHERE id = 3").await, ("tickets", 3));
    for column in ["number = 500", "line = 'business'", "matter = 'x'", "issued_at = 1"] {
        let statement: &'static str =
            Box::leak(format!("UPDATE tickets SET {column} WHERE id = 5").into_boxed_str());
        assert_eq!(spoil(statement).await, ("tickets", 5), "{column}");
    }
    assert_eq!(spoil("DELETE FROM tickets WHERE id = 4").await, ("tickets", 4));
}

/// The main hall begins a new day at four in the morning and carries its lines
/// over; the station below it does neither.
#[tokio::test]
async fn numbers_restart_on_a_new_day_but_nobody_is_lost() {
    const HOUR: i64 = 3_600_000;
    let clock = Clock::standing_at(SATURDAY_TEN + 6 * HOUR);
    let house = House::at(clock.clone()).await;
    let waits = house.issue("marriage").await;
    let clerk = house.sign_in("clerk1", "1").await;
    assert_eq!(house.get("/api/hall").await.ok()["business_day"], "2026-11-21");
    // Sunday at three in the morning is still Saturday's business day.
    clock.set(SATURDAY_TEN + 17 * HOUR);
    house.service().turn_day().await.unwrap();
    assert_eq!(house.issue("marriage").await["number"], "E002");
    clock.set(SATURDAY_TEN + 18 * HOUR);
    house.service().turn_day().await.unwrap();
    assert_eq!(house.get("/api/hall").await.ok()["business_day"], "2026-11-22");
    let token = waits["token"].as_str().unwrap();
    let progress = house.get(&format!("/api/progress?token={token}")).await.ok();
    assert_eq!((&progress["state"], &progress["ahead"]), (&json!("waiting"), &json!(0)));
    // E001 and E002 are still in use: a second E001 would be called by mistake.
    let next = house.issue("marriage").await;
    assert_eq!((&next["number"], &next["ahead"]), (&json!("E003"), &json!(2)));
    assert_eq!(house.issue("food-permit").await["number"], "A001");
    // When the clock is set back by a day, the old day does not begin again.
    clock.set(SATURDAY_TEN);
    assert_eq!(house.issue("marriage").await["number"], "E004");
    drop(clerk);
}

#[tokio::test]
async fn a_hall_with_hours_is_closed_outside_them_and_keeps_nobody_overnight() {
    const HOUR: i64 = 3_600_000;
    // Monday 10:00.
    let clock = Clock::standing_at(SATURDAY_TEN + 48 * HOUR);
    let house = House::at(clock.clone()).await;
    let at_station = |mut body: Value| {
        body["kiosk"] = json!("K3");
        body
    };
    let taken = house.post("/api/kiosk/issue", at_station(issue("insurance-proof"))).await.ok();
    clock.set(SATURDAY_TEN + 60 * HOUR);
    let closed = house.post("/api/kiosk/issue", at_station(issue("insurance-proof"))).await;
    assert_eq!(closed.refusal(), (409, "hall_closed".into()));
    let hall = house.get("/api/hall?hall=station").await.ok();
    assert_eq!(hall["open"], false);
    assert_eq!(hall["opens_at"], SATURDAY_TEN + 71 * HOUR, "Tuesday at nine");
    clock.set(SATURDAY_TEN + 72 * HOUR);
    house.service().turn_day().await.unwrap();
    let token = taken["token"].as_str().unwrap();
    let progress = house.get(&format!("/api/progress?token={token}")).await.ok();
    assert_eq!(progress["state"], "cancelled");
    let again = house.post("/api/kiosk/issue", at_station(issue("insurance-proof"))).await.ok();
    assert!(again["number"].as_str().unwrap().ends_with("001"));
}

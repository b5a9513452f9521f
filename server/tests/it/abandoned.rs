//! Numbers whose visitor left the kiosk before they were shown: given back once and in the
//! trail, never given afterwards, and kept where a slip may be in a hand.

use jiban::store::open_to_read;
use jiban::store::trail::Walked;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{House, issue};

fn abandon(request: &Value, said_so: bool) -> Value {
    json!({ "request_id": request["request_id"], "kiosk": request["kiosk"], "said_so": said_so })
}

async fn state(house: &House, issued: &Value) -> Value {
    let token = issued["token"].as_str().unwrap();
    house.get(&format!("/api/progress?token={token}")).await.ok()["state"].clone()
}

/// What happened to the ticket, by the trail: kinds, by whom, details.
async fn events(house: &House, issued: &Value) -> Vec<(String, String, String)> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(house.db()).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let rows = sqlx::query_as("SELECT kind, by, detail FROM events WHERE ticket = $1 ORDER BY id")
        .bind(issued["id"].as_i64().unwrap())
        .fetch_all(&pool)
        .await
        .unwrap();
    pool.close().await;
    rows
}

async fn waiting(house: &House) -> u64 {
    let hall = house.get("/api/hall").await.ok();
    let lines = hall["lines"].as_array().unwrap();
    lines.iter().map(|line| line["waiting"].as_u64().unwrap()).sum()
}

#[tokio::test]
async fn a_number_nobody_saw_is_given_back_once() {
    let house = House::open().await;
    let request = issue("food-permit");
    let issued = house.post("/api/kiosk/issue", request.clone()).await.ok();
    // The answer was lost: the kiosk asks again while its visitor leaves.
    house.post("/api/kiosk/issue", request.clone()).await.ok();
    for _ in 0..3 {
        house.post("/api/kiosk/abandon", abandon(&request, false)).await.ok();
    }
    assert_eq!(state(&house, &issued).await, "cancelled");
    assert_eq!(waiting(&house).await, 0);
    let events = events(&house, &issued).await;
    let kinds: Vec<&str> = events.iter().map(|(kind, ..)| kind.as_str()).collect();
    assert_eq!(kinds, ["TicketIssued", "TicketCancelled"]);
    let (_, by, detail) = &events[1];
    let detail: Value = serde_json::from_str(detail).unwrap();
    assert_eq!((by.as_str(), &detail["kiosk"]), ("K1", &json!("K1")));
    // Whoever asks once more gets the answer of then: nothing new is given.
    let again = house.post("/api/kiosk/issue", request).await.ok();
    assert_eq!(again["number"], issued["number"]);
    assert_eq!(waiting(&house).await, 0);

    let db = house.db();
    let folder = house.stop().await;
    let walked = open_to_read(&db).await.unwrap().walk().await.unwrap();
    assert!(matches!(walked, Walked::Whole { .. }), "{walked:?}");
    drop(folder);
}

#[tokio::test]
async fn a_request_that_arrives_after_its_visitor_left_gives_nothing() {
    let mut house = House::open().await;
    let request = issue("food-permit");
    house.post("/api/kiosk/abandon", abandon(&request, false)).await.ok();
    house.post("/api/kiosk/abandon", abandon(&request, false)).await.ok();
    let refused = house.post("/api/kiosk/issue", request.clone()).await.refusal();
    assert_eq!(refused, (409, "request_reused".to_owned()));
    house.restart().await;
    let refused = house.post("/api/kiosk/issue", request).await.refusal();
    assert_eq!(refused, (409, "request_reused".to_owned()));
    assert_eq!(waiting(&house).await, 0);
}

#[tokio::test]
async fn a_slip_that_may_be_in_a_hand_keeps_its_number_unless_its_visitor_says_so() {
    let house = House::open().await;
    let at_k2 = |matter: &str| {
        let mut request = issue(matter);
        request["kiosk"] = json!("K2");
        request
    };
    let request = at_k2("marriage");
    let issued = house.post("/api/kiosk/issue", request.clone()).await.ok();
    let printed = json!({ "kiosk": "K2", "token": issued["token"] });
    house.post("/api/kiosk/printed", printed).await.ok();
    house.post("/api/kiosk/abandon", abandon(&request, false)).await.ok();
    assert_eq!(state(&house, &issued).await, "waiting");
    house.post("/api/kiosk/abandon", abandon(&request, true)).await.ok();
    assert_eq!(state(&house, &issued).await, "cancelled");

    // One that was not printed yet is not printed any more.
    let request = at_k2("marriage");
    let issued = house.post("/api/kiosk/issue", request.clone()).await.ok();
    house.post("/api/kiosk/abandon", abandon(&request, false)).await.ok();
    assert_eq!(state(&house, &issued).await, "cancelled");
    assert!(house.service().queued_slips().is_empty());
}

#[tokio::test]
async fn a_called_number_is_the_clerks_and_strangers_give_nothing_back() {
    let house = House::open().await;
    let request = issue("proprietor-open");
    let issued = house.post("/api/kiosk/issue", request.clone()).await.ok();
    let mut elsewhere = abandon(&request, true);
    elsewhere["kiosk"] = json!("K2");
    house.post("/api/kiosk/abandon", elsewhere).await.ok();
    assert_eq!(state(&house, &issued).await, "waiting");
    let clerk = house.sign_in("clerk1", "1").await;
    house.verb(&clerk, "call_next").await.ok();
    house.post("/api/kiosk/abandon", abandon(&request, true)).await.ok();
    assert_eq!(state(&house, &issued).await, "called");

    let unknown = json!({ "request_id": Uuid::new_v4(), "kiosk": "K9" });
    let refused = house.post("/api/kiosk/abandon", unknown).await.refusal();
    assert_eq!(refused, (404, "unknown_kiosk".to_owned()));
}

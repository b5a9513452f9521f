//! What a kiosk gives out.

use hyper::Request;
use jiban::limits::Limits;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{hall, refused};
use crate::support::{Answer, House, issue};

async fn issue_from(house: &House, address: &str, body: &Value) -> Answer {
    let request = Request::post(house.url("/api/kiosk/issue"))
        .header("content-type", "application/json")
        .header("x-forwarded-for", address);
    house.send(request.body(body.to_string().into()).unwrap()).await
}

#[tokio::test]
async fn a_kiosk_gives_out_what_people_can_touch() {
    let house = hall(Limits { numbers_per_kiosk: 3, ..Limits::default() }).await;
    let first = issue("marriage");
    house.post("/api/kiosk/issue", first.clone()).await.ok();
    for _ in 0..5 {
        // What is refused for another reason is not counted.
        assert_eq!(house.post("/api/kiosk/issue", issue("no-matter")).await.status, 404);
    }
    for n in 0..9 {
        // Nor is a repeat.
        house.post("/api/kiosk/issue", first.clone()).await.ok();
        // Made up by the client: nobody trusts it.
        let answer = issue_from(&house, &format!("203.0.113.{n}"), &issue("marriage")).await;
        if n < 2 {
            answer.ok();
        } else {
            let (code, seconds) = refused(&answer.json());
            assert_eq!((answer.status.as_u16(), code.as_str()), (429, "too_many_numbers"));
            assert!((1..=60).contains(&seconds));
            assert_eq!(answer.headers["retry-after"], seconds.to_string().as_str());
        }
    }
    let elsewhere = json!({ "request_id": Uuid::new_v4(), "kiosk": "K2", "matter": "marriage" });
    house.post("/api/kiosk/issue", elsewhere).await.ok();
}

#[tokio::test]
async fn limits_that_are_lifted_bound_nothing() {
    let limits = Limits { numbers_per_kiosk: 3, waiting_per_line: 3, ..Limits::lifted() };
    let house = hall(limits).await;
    for _ in 0..9 {
        house.issue("marriage").await;
    }
}

#[tokio::test]
async fn a_line_takes_only_so_many() {
    let house = hall(Limits { waiting_per_line: 2, ..Limits::default() }).await;
    for _ in 0..2 {
        house.issue("marriage").await;
    }
    let full = house.post("/api/kiosk/issue", issue("marriage")).await;
    assert_eq!(full.refusal(), (409, "line_full".to_owned()));
    house.issue("food-permit").await;
}

#[tokio::test]
async fn slips_of_one_kiosk_are_bounded() {
    let limits = Limits { slips_per_kiosk: 2, reprints_per_kiosk: 3, ..Limits::default() };
    let house = hall(limits).await;
    let at =
        |kiosk: &str| json!({ "request_id": Uuid::new_v4(), "kiosk": kiosk, "matter": "marriage" });
    // K2 prints by its browser, which is not there.
    let mut tokens = Vec::new();
    for _ in 0..4 {
        let issued = house.post("/api/kiosk/issue", at("K2")).await.ok();
        tokens.push(issued["token"].as_str().unwrap().to_owned());
    }
    let queued = house.service().live_state().jobs().count();
    assert_eq!(queued, 2, "further numbers are on the screen alone");
    let reprint = async |token: &str| {
        let body = json!({ "request_id": Uuid::new_v4(), "kiosk": "K2", "token": token });
        house.post("/api/kiosk/reprint", body).await
    };
    assert_eq!(reprint(&tokens[3]).await.refusal(), (429, "too_many_slips".to_owned()));
    let printed = async |token: &str| {
        let body = json!({ "kiosk": "K2", "token": token });
        house.post("/api/kiosk/printed", body).await.ok();
    };
    printed(&tokens[0]).await;
    printed(&tokens[1]).await;
    for _ in 0..3 {
        reprint(&tokens[0]).await.ok();
        printed(&tokens[0]).await;
    }
    let answer = reprint(&tokens[0]).await;
    let (code, seconds) = refused(&answer.json());
    assert_eq!(code, "too_many_slips");
    assert!((1..=600).contains(&seconds));
}

#[tokio::test]
async fn a_client_that_plays_kiosk_is_bounded_in_small_calls() {
    let house = hall(Limits { numbers_per_address: 1, ..Limits::default() }).await;
    let beat = json!({ "kiosk": "K1" });
    for _ in 0..10 {
        house.post("/api/kiosk/heartbeat", beat.clone()).await.ok();
    }
    let answer = house.post("/api/kiosk/heartbeat", beat).await;
    assert_eq!(answer.refusal(), (429, "busy".to_owned()));
}

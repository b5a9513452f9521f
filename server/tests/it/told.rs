//! What applicants are promised to be told: by a gateway for messages, which may fail, or by a
//! list of calls.

use std::sync::{Arc, Mutex};

use crate::support::cases::PERSON;
use crate::support::{House, SATURDAY_TEN};
use jiban::clock::Clock;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const MINUTE: i64 = 60_000;

/// A gateway: what it was sent, and what it answers.
#[derive(Clone, Default)]
struct Gateway {
    bodies: Arc<Mutex<Vec<Value>>>,
    answers: Arc<Mutex<&'static str>>,
}

impl Gateway {
    async fn open() -> (Self, u16) {
        let gateway = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let own = gateway.clone();
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut got = Vec::new();
                let body = loop {
                    let mut part = [0; 4096];
                    let read = stream.read(&mut part).await.unwrap();
                    got.extend_from_slice(&part[..read]);
                    let text = String::from_utf8_lossy(&got).into_owned();
                    let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
                    assert!(head.to_lowercase().contains("authorization: bearer x"), "{head}");
                    if let Ok(body) = serde_json::from_str::<Value>(body) {
                        break body;
                    }
                };
                own.bodies.lock().unwrap().push(body);
                let answer = *own.answers.lock().unwrap();
                let length = answer.len();
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{answer}");
                let _ = stream.write_all(head.as_bytes()).await;
            }
        });
        (gateway, port)
    }

    fn answers(&self, answer: &'static str) {
        *self.answers.lock().unwrap() = answer;
    }

    fn bodies(&self) -> Vec<Value> {
        self.bodies.lock().unwrap().clone()
    }
}

/// A case whose applicant wants to be told in some way, decided by its departments.
async fn decided(house: &House, told_by: &str) -> (String, Value) {
    let (cookie, ticket) = house.serve("clerk3", "3", "social-card-new").await;
    let what = json!({ "matter": "social-card-new", "told_by": told_by });
    let opened = house.try_open(&cookie, ticket, &what, PERSON).await.ok();
    house.mark_all(&cookie, &opened).await;
    house.accept(&cookie, &opened["id"]).await;
    for office in ["review1", "review2", "review3", "review4"] {
        let office = house.office(office).await;
        house.approve_all(&office).await;
    }
    assert_eq!(house.progress(&opened["token"]).await["case"]["state"], "ready");
    (cookie, opened)
}

async fn tellings(house: &House) -> (String, Value) {
    let supervisor = house.office("supervisor").await;
    let shown = house.get_as("/api/office/tellings", &supervisor).await.ok();
    (supervisor, shown)
}

#[tokio::test]
async fn without_a_gateway_the_staff_has_a_list_of_calls() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let (cookie, opened) = decided(&house, "message").await;
    let receipt = format!("/counter/paper?case={}&paper=receipt", opened["id"]);
    let receipt = house.get_as(&receipt, &cookie).await.text();
    assert!(receipt.contains("电话 138") && !receipt.contains("短信"), "{receipt}");
    let now = house.get_as("/api/counter/now", &cookie).await.ok();
    assert_eq!(now["sends_messages"], false);

    let (supervisor, shown) = tellings(&house).await;
    let call = shown["tellings"][0].clone();
    assert_eq!((&call["number"], &call["to_call"]), (&opened["number"], &json!(true)));
    assert!(!shown.to_string().contains("138"), "{shown}");
    let reveal = json!({ "telling": call["telling"] });
    let whom = house.post_as("/api/office/reveal_telephone", &supervisor, reveal).await.ok();
    assert_eq!(whom["telephone"].as_str().unwrap().replace(' ', ""), "13812345678");
    let missed = json!({ "telling": call["telling"], "reached": false });
    house.post_as("/api/office/mark_told", &supervisor, missed).await.ok();
    assert_eq!(tellings(&house).await.1["tellings"][0]["tries"], 1);
    let told = json!({ "telling": call["telling"], "reached": true });
    house.post_as("/api/office/mark_told", &supervisor, told).await.ok();
    let done = tellings(&house).await.1["tellings"][0].clone();
    assert_eq!((&done["state"], &done["to_call"]), (&json!("called"), &json!(false)));
    assert_eq!(done["by"], "supervisor");
    let happened = house.case(&cookie, &opened["id"]).await["happened"].to_string();
    assert!(happened.contains("告知申请人") && happened.contains("查看申请人信息"), "{happened}");
}

#[tokio::test]
async fn who_wants_the_page_alone_or_has_the_result_is_not_called() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    decided(&house, "page").await;
    assert_eq!(tellings(&house).await.1["tellings"], json!([]));
    let clerk = house.sign_in("clerk3", "3").await;
    house.verb(&clerk, "finish").await.ok();
    let (cookie, opened) = decided(&house, "call").await;
    assert_eq!(tellings(&house).await.1["tellings"][0]["to_call"], true);
    let card = house.card(&cookie, &opened["id"]).await;
    let fetched = json!({ "identity_checked": true, "card": card });
    house.on_case(&cookie, "hand_over_result", &opened["id"], fetched).await.ok();
    assert_eq!(tellings(&house).await.1["tellings"][0]["to_call"], false);
}

#[tokio::test]
async fn a_gateway_gets_each_message_by_its_id_until_it_takes_it() {
    let (gateway, port) = Gateway::open().await;
    gateway.answers(r#"{"code":7}"#);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sms.toml");
    let described = format!(
        "url = \"http://127.0.0.1:{port}/send\"\n\
         body = '{{\"to\":\"{{telephone}}\",\"text\":\"{{text}}\",\"id\":\"{{id}}\"}}'\n\
         answer_contains = '\"code\":0'\n[headers]\nauthorization = \"Bearer x\"\n"
    );
    std::fs::write(&file, described).unwrap();
    let clock = Clock::standing_at(SATURDAY_TEN);
    let mut house =
        House::with(clock.clone(), |settings| settings.sms_gateway = Some(file.clone())).await;
    let (cookie, opened) = decided(&house, "message").await;
    let receipt = format!("/counter/paper?case={}&paper=receipt", opened["id"]);
    assert!(house.get_as(&receipt, &cookie).await.text().contains("短信 138"));
    house.service().send_messages().await.unwrap();
    let first = gateway.bodies();
    assert!(!first.is_empty());
    assert_eq!(first[0]["to"].as_str().unwrap().replace(' ', ""), "13812345678");
    let text = first[0]["text"].as_str().unwrap();
    assert!(text.contains(opened["number"].as_str().unwrap()) && !text.contains("欧阳"), "{text}");
    assert_eq!(tellings(&house).await.1["tellings"][0]["state"], "waiting");
    // A restart forgets nothing; later it is tried again, under the same id.
    house.restart().await;
    gateway.answers(r#"{"code":0}"#);
    clock.set(SATURDAY_TEN + 10 * MINUTE);
    house.service().send_messages().await.unwrap();
    house.service().send_messages().await.unwrap();
    let (_, shown) = tellings(&house).await;
    assert_eq!(shown["tellings"][0]["state"], "sent", "{shown}");
    let bodies = gateway.bodies();
    assert!(bodies.iter().all(|body| body["id"] == first[0]["id"]), "{bodies:?}");
    let taken = bodies.len();
    clock.set(SATURDAY_TEN + 20 * MINUTE);
    house.service().send_messages().await.unwrap();
    assert_eq!(gateway.bodies().len(), taken, "sent once");
}

#[tokio::test]
async fn a_gateway_that_stays_away_ends_in_a_call() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sms.toml");
    // A port at which nothing listens.
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let described =
        format!("url = \"http://127.0.0.1:{port}/\"\nbody = '\"{{telephone}}{{text}}\"'\n");
    std::fs::write(&file, described).unwrap();
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house =
        House::with(clock.clone(), |settings| settings.sms_gateway = Some(file.clone())).await;
    decided(&house, "message").await;
    for hour in 1..=12 {
        house.service().send_messages().await.unwrap();
        clock.set(SATURDAY_TEN + hour * 4 * 60 * MINUTE);
    }
    let shown = tellings(&house).await.1["tellings"][0].clone();
    assert_eq!((&shown["state"], &shown["to_call"]), (&json!("failed"), &json!(true)));
}

//! Statements from the service of a department, which may be away.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use jiban::clock::Clock;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::kinds;
use crate::support::House;
use crate::support::cases::PERSON;

/// What the service answers, and what it was asked.
#[derive(Clone, Default)]
struct Department {
    answer: Arc<Mutex<(u16, String)>>,
    asked: Arc<Mutex<Vec<(HeaderMap, Value)>>>,
}

async fn answer(
    State(department): State<Department>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, String) {
    department.asked.lock().unwrap().push((headers, serde_json::from_str(&body).unwrap()));
    let (status, body) = department.answer.lock().unwrap().clone();
    if status == 0 {
        std::future::pending::<()>().await;
    }
    (StatusCode::from_u16(status).unwrap(), body)
}

impl Department {
    /// Starts the service; its address.
    async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/statements", listener.local_addr().unwrap());
        let router = Router::new().route("/statements", post(answer)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    }

    fn answers(&self, status: u16, body: &str) {
        *self.answer.lock().unwrap() = (status, body.to_owned());
    }
}

/// A hall whose second statement is the service's.
async fn hall(department: &Department) -> House {
    let address = department.start().await;
    let house = House::with(Clock::Machine, |settings| {
        let secret = settings.db.with_file_name("secret");
        std::fs::write(&secret, "0123456789abcdef0123456789abcdef\n").unwrap();
        settings.statement_secret = Some(secret);
    })
    .await;
    house
        .change_setup(|setup| {
            setup["hall"][0]["statement"][1]["source"] = json!({ "service": address });
        })
        .await;
    house
}

const GOOD: &str =
    r#"{"name":"欧阳小满","rows":[{"since":"2020-05-01","address":"青禾路 1 号","extra":[]}]}"#;

#[tokio::test]
async fn a_service_states_what_is_printed() {
    let department = Department::default();
    let house = hall(&department).await;
    let printer = house.document_printer().await;
    department.answers(200, GOOD);
    let proved = house.prove_by_card().await.ok();
    assert!(department.asked.lock().unwrap().is_empty(), "asked only when somebody prints");
    let done = house.print_to_the_end(&proved, json!({ "statement": "residence" })).await;
    assert_eq!(done["state"], "confirmed");
    assert_eq!(printer.tray(|tray| tray.jobs.len()), 1);
    let asked = department.asked.lock().unwrap();
    let [(headers, question)] = &asked[..] else { panic!("{asked:?}") };
    let expected = json!({
        "hall": "main", "statement": "residence", "number": PERSON, "name": "欧阳小满",
    });
    assert_eq!(*question, expected);
    for header in ["webhook-id", "webhook-timestamp"] {
        assert!(headers.contains_key(header), "{headers:?}");
    }
    let signature = headers["webhook-signature"].to_str().unwrap();
    assert!(signature.starts_with("v1,") && signature.len() == 47, "{signature}");
}

#[tokio::test]
async fn a_service_that_is_away_is_told_and_nothing_is_printed() {
    let department = Department::default();
    let house = hall(&department).await;
    let printer = house.document_printer().await;
    house.import_records().await;
    let proved = house.prove_by_card().await.ok();
    let item = json!({ "statement": "residence" });
    for (status, body) in [
        (500, ""),
        (200, "<html>"),
        (200, "{}"),
        (200, r#"{"name":"欧阳小满","rows":[{"since":"1 May","address":"x"}]}"#),
        (200, r#"{"name":"欧阳小满","rows":[{"since":"2020-05-01","address":{}}]}"#),
        // Silent: three seconds, no more.
        (0, ""),
    ] {
        department.answers(status, body);
        let (_, no) = house.print(&proved, &item).await;
        assert_eq!(no.refusal(), (503, "statement_away".to_owned()), "{status} {body}");
    }
    for (status, body) in [
        (404, ""),
        (200, r#"{"name":"欧阳小满","rows":[]}"#),
        // Of somebody else with the same number.
        (200, r#"{"name":"陈实","rows":[{"since":"2020-05-01","address":"x"}]}"#),
    ] {
        department.answers(status, body);
        let (_, no) = house.print(&proved, &item).await;
        assert_eq!(no.refusal(), (404, "no_record".to_owned()), "{status} {body}");
    }
    assert!(printer.tray(|tray| tray.jobs.is_empty()));
    // Everything else goes on.
    let done = house.print_to_the_end(&proved, json!({ "statement": "insured" })).await;
    assert_eq!(done["state"], "confirmed");
    assert_eq!(kinds(&house.print_events().await).last(), Some(&"StatementPrinted"));
}

//! Printing by oneself: proofs and what they open; results and statements on an emulated
//! printer of A4 pages with its vices; records, and the services of departments.

mod printing;
mod proofs;
mod records;
mod services;

use serde_json::{Value, json};

use crate::support::House;

/// A case of the person whose result is ready: the clerk's cookie, the case's id.
async fn ready(house: &House) -> (String, Value) {
    let (cookie, opened) = house.accepted("clerk1", "1", "food-permit").await;
    house.approve_all(&house.office("review1").await).await;
    (cookie, opened["id"].clone())
}

fn case(id: &Value) -> Value {
    json!({ "case": id })
}

/// What is offered: kind, and the code of the refusal if it cannot be printed now.
fn offered(proved: &Value) -> Vec<(String, String)> {
    let list = proved["printables"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    list.iter().map(|one| (text(&one["kind"]), text(&one["refused"]["code"]))).collect()
}

fn kinds(events: &[(String, Value)]) -> Vec<&str> {
    events.iter().map(|(kind, _)| kind.as_str()).collect()
}

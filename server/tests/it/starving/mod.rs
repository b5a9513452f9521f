//! Nobody starves the hall: what one client can take of it is bounded, in bytes, in time and
//! in number, while those who work in the hall still get what they need.
//!
//! Clients here are bare sockets: an HTTP client would not misbehave.

mod bodies;
mod connections;
mod forms;
mod kiosks;
mod socket;
mod streams;
mod uploads;

use jiban::clock::Clock;
use jiban::limits::Limits;
use serde_json::{Value, json};

use crate::support::House;

/// A hall with these limits.
async fn hall(limits: Limits) -> House {
    House::with(Clock::Machine, |settings| settings.limits = limits).await
}

/// The token of a case that lacks materials, and the id of one of them; and the cookie of
/// the counter that has it.
async fn lacking(house: &House, clerk: &str, counter: &str) -> (String, u64, String) {
    let (cookie, ticket) = house.serve(clerk, counter, "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    house.on_case(&cookie, "tell_missing", &opened["id"], json!({ "note": "" })).await.ok();
    let token = opened["token"].as_str().unwrap().to_owned();
    let case = &house.progress(&opened["token"]).await["case"];
    let material = case["missing"][0]["id"].as_u64().unwrap();
    (token, material, cookie)
}

/// The code of a refusal, and after how many seconds to come again.
fn refused(body: &Value) -> (String, u64) {
    (body["code"].as_str().unwrap().to_owned(), body["retry_after"].as_u64().unwrap_or(0))
}

//! A sample of a department's service that states where people live: `statement_service PORT`.
//!
//! It checks the signature if `STATEMENT_SECRET` names a file with the secret, and answers for
//! one number. The contract is in docs/STATEMENTS.md.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

#[derive(Clone)]
struct Secret(Option<Vec<u8>>);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port: u16 = std::env::args().nth(1).ok_or("which port?")?.parse()?;
    let secret = match std::env::var("STATEMENT_SECRET") {
        Ok(file) => Some(std::fs::read_to_string(file)?.trim().as_bytes().to_vec()),
        Err(_) => None,
    };
    let router = Router::new().route("/statements", post(state)).with_state(Secret(secret));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("ready http://{}/statements", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

async fn state(
    State(Secret(secret)): State<Secret>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, String) {
    if secret.is_some_and(|secret| !is_signed(&secret, &headers, &body)) {
        return (StatusCode::UNAUTHORIZED, String::new());
    }
    let Ok(question) = serde_json::from_str::<Value>(&body) else {
        return (StatusCode::BAD_REQUEST, String::new());
    };
    if question["number"] != "11010519491231002X" {
        return (StatusCode::NOT_FOUND, String::new());
    }
    let answer = json!({
        "name": "欧阳小满",
        "rows": [{ "since": "2020-05-01", "address": "青禾区青禾路 1 号" }],
    });
    (StatusCode::OK, answer.to_string())
}

/// Whether the hall signed it. A real service also refuses old timestamps.
fn is_signed(secret: &[u8], headers: &HeaderMap, body: &str) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(id), Some(at), Some(signature)) =
        (header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"))
    else {
        return false;
    };
    let given = signature.strip_prefix("v1,").and_then(|text| BASE64.decode(text.as_bytes()).ok());
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return false };
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    given.is_some_and(|given| mac.verify_slice(&given).is_ok())
}

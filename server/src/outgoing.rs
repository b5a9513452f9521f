//! Messages to other servers: whoever sends texts to telephones, or is told of alerts. What is
//! taken is known by a status of 2xx, and not before.

use std::time::Duration;

use hyper::Uri;
use hyper::header::HeaderMap;

use crate::post::{self, Bounds, PostError};

/// How long another server may take, to be reached and again to answer.
const BOUNDS: Bounds = Bounds {
    connect: Duration::from_secs(5),
    answer: Duration::from_secs(10),
    answer_bytes: 64 * 1024,
};

/// Why nothing was taken, as far as is known.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    #[error("the server {0}")]
    Unanswered(String),
    #[error("the server answered {status}: {body}")]
    Refused { status: u16, body: String },
}

impl NotSent {
    pub fn unreachable(error: &dyn std::fmt::Display) -> Self {
        Self::Unreachable(error.to_string())
    }
}

impl From<PostError> for NotSent {
    fn from(error: PostError) -> Self {
        match error {
            PostError::Unreachable(why) => Self::Unreachable(why),
            PostError::Unanswered(_) => Self::Unanswered(error.to_string()),
        }
    }
}

/// An address that can be posted to.
///
/// # Errors
/// It names no host, or is not one of HTTP.
pub fn address(url: &str) -> Result<Uri, NotSent> {
    let address: Uri = url.parse().map_err(|error| NotSent::unreachable(&error))?;
    if address.authority().is_none() {
        return Err(NotSent::unreachable(&"url names no host"));
    }
    if !matches!(address.scheme_str(), Some("http" | "https")) {
        return Err(NotSent::unreachable(&"url must begin with http:// or https://"));
    }
    Ok(address)
}

/// Posts a message. Returns the body of an answer with 2xx.
///
/// # Errors
/// It was not taken, as far as is known.
pub async fn send(url: &str, headers: HeaderMap, body: String) -> Result<String, NotSent> {
    let answer = post::post(&address(url)?, headers, body.into(), BOUNDS).await?;
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    if (200..300).contains(&answer.status) {
        return Ok(body);
    }
    Err(refused(answer.status, &body))
}

/// An answer that is a "no", with as much of it as a log needs.
pub fn refused(status: u16, body: &str) -> NotSent {
    NotSent::Refused { status, body: body.chars().take(200).collect() }
}

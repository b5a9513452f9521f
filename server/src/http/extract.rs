//! Extractors: the parts of a request as the handlers take them.

use std::convert::Infallible;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use futures::StreamExt;
use jiban_domain::{CounterId, Refusal, Token, typed};
use percent_encoding::percent_decode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::response::Rejection;

/// The limit of a JSON body, in bytes.
pub(super) const BODY_LIMIT: usize = 64 * 1024;
/// The limit of a JSON body that carries a whole hall file, in bytes.
pub const LARGE_BODY_LIMIT: usize = 4 * 1024 * 1024;

/// A JSON object of up to 64 KiB.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Rejection;

    async fn from_request(request: Request, _: &S) -> Result<Self, Rejection> {
        parse(request, BODY_LIMIT).await.map(Self)
    }
}

/// A JSON object of up to 4 MiB, for calls that carry a whole setup.
pub struct LargeJsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for LargeJsonBody<T> {
    type Rejection = Rejection;

    async fn from_request(request: Request, _: &S) -> Result<Self, Rejection> {
        parse(request, LARGE_BODY_LIMIT).await.map(Self)
    }
}

async fn parse<T: DeserializeOwned>(request: Request, limit: usize) -> Result<T, Rejection> {
    // A page of another site can send forms and plain text, but not JSON.
    let is_json = content_type(request.headers()).as_deref() == Some("application/json");
    if !is_json {
        return Err(bad_request("content-type: application/json is required"));
    }
    let body = collect(request.into_body(), limit).await?;
    // Serde would also accept an array of the fields' values.
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(bad_request("a JSON object is required"));
    }
    let malformed = |error: serde_json::Error| bad_request(&error.to_string());
    if !may_be_invisible(&body) {
        return serde_json::from_slice(&body).map_err(malformed);
    }
    let mut value = serde_json::from_slice(&body).map_err(malformed)?;
    leave_out_invisible(&mut value);
    serde_json::from_value(value).map_err(malformed)
}

/// Fields with a secret, which is compared as it was typed.
const SECRETS: [&str; 3] = ["password", "old", "new"];

/// Whether a body may have characters that cannot be seen: almost none has.
fn may_be_invisible(body: &[u8]) -> bool {
    // An escape may stand for one.
    let escaped = body.windows(2).any(|pair| pair[0] == b'\\' && !b"\"\\/n".contains(&pair[1]));
    let text = std::str::from_utf8(body).unwrap_or_default();
    escaped || text.chars().any(typed::is_invisible)
}

/// Leaves out of each text of a body what cannot be seen. This is done here, for all calls
/// alike, so that no field is forgotten: two equal numbers are equal, and nothing turns a
/// name around on a screen.
fn leave_out_invisible(value: &mut Value) {
    match value {
        Value::String(text) => *text = typed::visible(text),
        Value::Array(values) => values.iter_mut().for_each(leave_out_invisible),
        Value::Object(fields) => {
            for (name, value) in fields {
                if !SECRETS.contains(&&**name) {
                    leave_out_invisible(value);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

async fn collect(body: Body, limit: usize) -> Result<Bytes, Rejection> {
    if body.size_hint().lower() > limit as u64 {
        return Err(Rejection(Refusal::TooLarge));
    }
    let mut frames = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(frame) = frames.next().await {
        let frame =
            frame.map_err(|_| bad_request("the body is incomplete, or arrived too slowly"))?;
        if bytes.len() + frame.len() > limit {
            return Err(Rejection(Refusal::TooLarge));
        }
        bytes.extend_from_slice(&frame);
    }
    Ok(bytes.into())
}

/// The media type without its parameters, in lower case.
fn content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next()?.trim().to_ascii_lowercase())
}

fn bad_request(place: &str) -> Rejection {
    Rejection(Refusal::BadRequest(place.to_owned()))
}

/// A body that is a file. It is not read here: the upload store reads it piece
/// by piece and limits its size.
pub struct FileBody(pub BodyDataStream);

impl<S: Send + Sync> FromRequest<S> for FileBody {
    type Rejection = Rejection;

    async fn from_request(request: Request, _: &S) -> Result<Self, Rejection> {
        // A page of another site can send these three types without asking first.
        let simple = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
        let content_type = content_type(request.headers());
        if content_type.is_none_or(|content_type| simple.contains(&content_type.as_str())) {
            return Err(bad_request("content-type: the media type of a file is required"));
        }
        Ok(Self(request.into_body().into_data_stream()))
    }
}

/// What the sender of a file calls it, as the header `x-file-name` has it: percent-encoded
/// UTF-8. It stands in no address, since addresses are logged.
pub struct SentName(pub String);

impl<S: Sync> FromRequestParts<S> for SentName {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let name = parts.headers.get("x-file-name").map(HeaderValue::as_bytes);
        let name = percent_decode(name.unwrap_or_default()).decode_utf8_lossy();
        Ok(Self(name.into_owned()))
    }
}

/// A counter's command that may name the counter it is meant for. If that is not
/// the counter of the session, the command is refused rather than executed at
/// the wrong counter.
#[derive(Deserialize)]
pub struct ForCounter<T> {
    counter: Option<CounterId>,
    #[serde(flatten)]
    command: T,
}

impl<T> ForCounter<T> {
    /// The command, if it is meant for this counter.
    pub fn at(self, counter: &CounterId) -> Result<T, Refusal> {
        match self.counter {
            Some(meant) if meant != *counter => Err(Refusal::NotYourCounter),
            _ => Ok(self.command),
        }
    }
}

/// Query parameters.
pub struct QueryParams<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for QueryParams<T> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Rejection> {
        Query::try_from_uri(&parts.uri).map(|Query(params)| Self(params)).map_err(|error| {
            let text = error.body_text();
            bad_request(text.rsplit("string: ").next().unwrap_or(&text))
        })
    }
}

/// `?token=…`, in capitals or small letters.
#[derive(Deserialize)]
pub struct TokenParam {
    token: String,
}

impl TokenParam {
    /// The token. A malformed one is reported as unknown.
    pub fn token(&self) -> Result<Token, Refusal> {
        self.token.parse().map_err(|_| Refusal::UnknownTicket)
    }
}

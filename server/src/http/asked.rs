//! How a command is read.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use jiban_domain::{CounterId, Lang, Refusal, Token};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::refused::{self, No};

/// The largest command but for a hall file.
const LARGEST: usize = 64 * 1024;
/// The largest hall file.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;
/// What is read of a body that is too large before the answer goes out: one
/// who still sends hears no answer.
const DRAINED: usize = 64 * 1024 * 1024;

/// A command's body: JSON of up to 64 KiB.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Asked<T> {
    type Rejection = No;

    async fn from_request(request: Request, _: &S) -> Result<Self, No> {
        read(request, LARGEST).await.map(Self)
    }
}

/// A command that carries a whole description: JSON of up to 4 MiB.
pub struct AskedLarge<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for AskedLarge<T> {
    type Rejection = No;

    async fn from_request(request: Request, _: &S) -> Result<Self, No> {
        read(request, LARGEST_FILE).await.map(Self)
    }
}

async fn read<T: DeserializeOwned>(request: Request, largest: usize) -> Result<T, No> {
    // A page of another site can send forms and plain text, but not this.
    let json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    let body = whole(request.into_body(), largest).await?;
    if !json {
        return Err(No(Refusal::BadRequest("content-type: application/json is wanted".to_owned())));
    }
    // Serde would take a list of the fields' values for the command.
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(No(Refusal::BadRequest("a JSON object is wanted".to_owned())));
    }
    serde_json::from_slice(&body).map_err(|error| No(Refusal::BadRequest(error.to_string())))
}

async fn whole(body: Body, largest: usize) -> Result<Bytes, No> {
    let mut frames = body.into_data_stream();
    let mut read = Vec::new();
    let mut length = 0;
    while let Some(frame) = frames.next().await {
        let frame =
            frame.map_err(|_| No(Refusal::BadRequest("the body was cut off".to_owned())))?;
        length += frame.len();
        if length <= largest {
            read.extend_from_slice(&frame);
        } else if length > DRAINED {
            break;
        }
    }
    if length > largest { Err(No(Refusal::TooLarge)) } else { Ok(read.into()) }
}

/// A body that is a file: read as it comes, by whoever keeps it.
pub struct AskedFile(pub axum::body::BodyDataStream);

impl<S: Send + Sync> FromRequest<S> for AskedFile {
    type Rejection = No;

    async fn from_request(request: Request, _: &S) -> Result<Self, No> {
        // A page of another site can send forms and plain text, but not this
        // without asking first.
        let form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .map(|kind| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        let simple = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
        if form.is_none_or(|form| simple.contains(&form.as_str())) {
            let wanted = "content-type: image/jpeg, image/png or application/pdf is wanted";
            return Err(No(Refusal::BadRequest(wanted.to_owned())));
        }
        Ok(Self(request.into_body().into_data_stream()))
    }
}

/// A counter's command, which may name the counter it is meant for: another
/// than the asker's own is refused, where it would be done at the wrong one.
#[derive(Deserialize)]
pub struct MeantFor<T> {
    counter: Option<CounterId>,
    #[serde(flatten)]
    command: T,
}

impl<T> MeantFor<T> {
    /// The command, if it is meant for this counter.
    pub fn at(self, counter: &CounterId) -> Result<T, Refusal> {
        match self.counter {
            Some(meant) if meant != *counter => Err(Refusal::NotYourCounter),
            _ => Ok(self.command),
        }
    }
}

/// The language asked for.
pub struct Speaks(pub Lang);

impl<S: Sync> FromRequestParts<S> for Speaks {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(refused::lang(&parts.headers)))
    }
}

/// What stands behind the command mark of an address.
pub struct Behind<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Behind<T> {
    type Rejection = No;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, No> {
        Query::try_from_uri(&parts.uri).map(|Query(behind)| Self(behind)).map_err(|error| {
            let text = error.body_text();
            let place = text.rsplit("string: ").next().unwrap_or(&text);
            No(Refusal::BadRequest(place.to_owned()))
        })
    }
}

/// `?token=…`, read in either case.
#[derive(Deserialize)]
pub struct TokenBehind {
    token: String,
}

impl TokenBehind {
    /// The token; one that nobody can have is simply unknown.
    pub fn token(&self) -> Result<Token, Refusal> {
        self.token.parse().map_err(|_| Refusal::UnknownTicket)
    }
}

/// An answer that was kept as JSON, sent as it is.
pub struct Kept(pub Arc<str>);

impl IntoResponse for Kept {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0.to_string()).into_response()
    }
}

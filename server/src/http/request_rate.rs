//! How often one client may ask. A hall's phones may share an address, and all ask again when
//! a number is called; a program that asks without end is another thing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiban_domain::Refusal;

use super::client;
use super::response::Rejection;
use crate::limits::{ClientAddress, Limits, Rate};

/// What a client may ask at once, in seconds of what it may ask for ever.
const AHEAD: Duration = Duration::from_secs(10);

/// The requests of each client; none if limits are lifted.
pub(super) type RequestRate = Option<Arc<Rate<ClientAddress>>>;

pub(super) fn of(limits: &Limits) -> RequestRate {
    let rate = || Arc::new(Rate::new(limits.requests_per_address, AHEAD));
    (!limits.lifted).then(rate)
}

/// Middleware: refuses a client that asks too often.
pub(super) async fn keep(
    State(rate): State<RequestRate>,
    request: Request,
    next: Next,
) -> Response {
    let client = client::of(request.extensions());
    if rate.is_none_or(|rate| rate.allows(client, Instant::now())) {
        return next.run(request).await;
    }
    let version = request.version();
    let mut refused = Rejection(Refusal::Busy { seconds: 2 }).into_response();
    if version <= Version::HTTP_11 {
        // Whatever it has sent already is not read.
        refused.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    refused
}

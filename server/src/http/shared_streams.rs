//! One stream for all pages of a browser. Browsers open only six connections to one host by
//! HTTP/1.1, and each stream keeps one; the seventh page would wait for ever. The script
//! `streams.js` asks here for the streams of all pages at once.
//!
//! Each event has the place of its stream in the request as its id. `ended` says that one of
//! them has ended, or was refused with this status; the others go on.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, Request, State};
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, BoxStream, StreamExt as _};
use jiban_domain::Refusal;
use jiban_domain::access::Action;
use tower::ServiceExt as _;

use super::response::Rejection;
use super::routes::Routes;
use super::{App, client, events};

/// The most streams in one; the script opens another for more.
const MOST: usize = 64;

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/events/shared", Action::ShareStreams, any)
        // Apart, for a proxy that lets phones through and nothing else.
        .get("/events/progress/shared", Action::ShareStreams, of_phones)
}

async fn any(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Response, Rejection> {
    // The table is asked about each of them.
    let single = events::router().guarded(&app).with_state(app);
    open(&single, &query.unwrap_or_default(), &request, |_| true)
}

async fn of_phones(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Response, Rejection> {
    let is_phones = |of: &str| of.starts_with("progress?");
    let single = events::router().guarded(&app).with_state(app);
    open(&single, &query.unwrap_or_default(), &request, is_phones)
}

/// Opens the streams that a query asks for, each by the router of single ones.
///
/// # Errors
/// It asks for none, for too many, or for one that is not allowed here.
pub fn open(
    single: &Router,
    query: &str,
    request: &Request,
    allowed: impl Fn(&str) -> bool,
) -> Result<Response, Rejection> {
    let wanted: Vec<String> = query
        .split('&')
        .filter_map(|part| part.strip_prefix("of="))
        .map(|of| percent_encoding::percent_decode_str(of).decode_utf8_lossy().into_owned())
        .collect();
    if wanted.is_empty() || wanted.len() > MOST || !wanted.iter().all(|of| allowed(of)) {
        let place = format!("of: 1 to {MOST} streams are required");
        return Err(Refusal::BadRequest(place).into());
    }
    let streams = wanted.into_iter().enumerate().map(|(at, of)| {
        let begun = begin(single.clone(), &of, request.headers(), request.extensions());
        stream::once(begun).flat_map(move |answer| tagged(at, answer)).boxed()
    });
    let together = stream::select_all(streams);
    let headers =
        [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, Body::from_stream(together)).into_response())
}

/// Asks for one stream as its page would.
fn begin(
    single: Router,
    of: &str,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> impl Future<Output = Response> + use<> {
    let mut request = Request::builder().uri(format!("/events/{of}")).body(Body::empty());
    if let Ok(request) = &mut request {
        request.headers_mut().clone_from(headers);
        request.extensions_mut().insert(client::of(extensions));
    }
    async move {
        match request {
            Ok(request) => single.oneshot(request).await.unwrap_or_else(|never| match never {}),
            Err(_) => Rejection(Refusal::UnknownCall).into_response(),
        }
    }
}

type Events = BoxStream<'static, Result<Bytes, axum::Error>>;

/// The events of one stream, each with its place, and its end.
fn tagged(at: usize, answer: Response) -> Events {
    let status = answer.status();
    let end = move |status: StatusCode| {
        let event = format!("id: {at}\nevent: ended\ndata: {}\n\n", status.as_u16());
        stream::once(async move { Ok(Bytes::from(event)) })
    };
    if status != StatusCode::OK {
        return end(status).boxed();
    }
    let events = answer.into_body().into_data_stream();
    let events = events.take_while(|event| std::future::ready(event.is_ok()));
    // A stream sends whole events.
    let tag = move |event: Bytes| Bytes::from([format!("id: {at}\n").as_bytes(), &event].concat());
    events.map(move |event| event.map(tag)).chain(end(StatusCode::OK)).boxed()
}

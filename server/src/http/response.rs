//! Responses that all calls share: a stored answer, and a refusal with its own
//! status and a body in the client's language.

use std::any::Any;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiban_app::api::Refused;
use jiban_domain::Refusal;
use jiban_domain::case::CaseRefusal;

use super::{language, request_id};

/// An answer that is already JSON, sent unchanged.
pub struct StoredAnswer(pub Arc<str>);

impl IntoResponse for StoredAnswer {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0.to_string()).into_response()
    }
}

/// A refusal as the rejection of a handler or extractor. Its body is written by
/// [`write_rejections`], which knows the language and the request's id.
#[derive(Debug)]
pub struct Rejection(pub Refusal);

impl From<Refusal> for Rejection {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl From<CaseRefusal> for Rejection {
    fn from(refusal: CaseRefusal) -> Self {
        Self(refusal.into())
    }
}

/// The refusal of a response that has no body yet.
#[derive(Clone)]
struct Unwritten(Refusal);

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status(&self.0);
        response.extensions_mut().insert(Unwritten(self.0));
        response
    }
}

/// The status of a refusal.
pub(super) fn status(refusal: &Refusal) -> StatusCode {
    StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Middleware: writes the body of a refusal. If the server is at fault, the body
/// names the request, which the log names too.
pub(super) async fn write_rejections(request: Request, next: Next) -> Response {
    let lang = language::accepted(request.headers());
    let id = request_id::of(request.extensions());
    let mut response = next.run(request).await;
    let Some(Unwritten(refusal)) = response.extensions_mut().remove::<Unwritten>() else {
        return response;
    };
    let status = response.status();
    let mut body = Refused::of(&refusal, lang);
    // What a terminal cannot do while it is cut off is no fault that anybody looks up.
    let fault = !matches!(refusal, Refusal::NeedsServer | Refusal::NoNumbersLeft);
    if let Some(id) = id.filter(|_| fault && status.is_server_error()) {
        body = body.with_request(id, lang);
    }
    // Whoever refused may also have ended the connection.
    let connection = response.headers_mut().remove(header::CONNECTION);
    let mut response = (status, axum::Json(body)).into_response();
    if let Some(connection) = connection {
        response.headers_mut().insert(header::CONNECTION, connection);
    }
    if let Some(seconds) = refusal.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// The answer after a panic: its cause is logged, and the client is refused as if
/// the disk had failed.
#[allow(clippy::needless_pass_by_value)]
pub(super) fn after_panic(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown cause");
    tracing::error!(cause, "a handler panicked");
    Rejection(Refusal::Unavailable).into_response()
}

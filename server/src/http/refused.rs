//! How a "no" is said: its own status, and a body in the language asked for.

use std::any::Any;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiban_app::api::Refused;
use jiban_domain::case::CaseRefusal;
use jiban_domain::{Lang, Refusal};

/// A refusal on its way out. Its words are put in by [`say`], which knows the
/// language.
#[derive(Debug)]
pub struct No(pub Refusal);

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl From<CaseRefusal> for No {
    fn from(refusal: CaseRefusal) -> Self {
        Self(refusal.into())
    }
}

#[derive(Clone)]
struct Unsaid(Refusal);

impl IntoResponse for No {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() =
            StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response.extensions_mut().insert(Unsaid(self.0));
        response
    }
}

/// Puts the words of a refusal into its answer.
pub(super) async fn say(request: Request, next: Next) -> Response {
    let lang = lang(request.headers());
    let mut response = next.run(request).await;
    let Some(Unsaid(refusal)) = response.extensions_mut().remove::<Unsaid>() else {
        return response;
    };
    let mut said = (response.status(), axum::Json(Refused::of(&refusal, lang))).into_response();
    if let Refusal::LockedOut { seconds } = refusal {
        said.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    said
}

/// The language a client asks for; Chinese where it says nothing.
pub(super) fn lang(headers: &HeaderMap) -> Lang {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|header| header.to_str().ok())
        .map(Lang::from_accept_language)
        .unwrap_or_default()
}

/// A bug: logged with its cause, answered like a broken disk.
#[allow(clippy::needless_pass_by_value)]
pub(super) fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("no cause given");
    tracing::error!(cause, "a handler failed");
    let refused = Refused::of(&Refusal::Unavailable, Lang::Zh);
    (StatusCode::SERVICE_UNAVAILABLE, axum::Json(refused)).into_response()
}

//! The id of a request: in the header `x-request-id`, in every log line that the
//! request causes, and in the answer if the server is at fault, so that a person
//! can quote it.

use axum::extract::{FromRequestParts, MatchedPath, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use data_encoding::BASE32_NOPAD;
use tower_http::request_id::{MakeRequestId, RequestId};

use super::client;
use crate::vault::random;

pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken over from a client.
const MAX_LENGTH: usize = 64;

/// Makes ids of eight characters: short enough to be read out over the telephone.
#[derive(Clone, Copy)]
pub(super) struct ShortId;

impl MakeRequestId for ShortId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id = BASE32_NOPAD.encode(&random::<5>());
        HeaderValue::try_from(id).ok().map(RequestId::new)
    }
}

/// Middleware: removes an id that is not well-formed, so that a new one is made.
/// Ids are written to the log and shown to people.
pub(super) async fn check(mut request: Request, next: Next) -> Response {
    if request.headers().get(HEADER).is_some_and(|id| !is_well_formed(id.as_bytes())) {
        request.headers_mut().remove(HEADER);
    }
    next.run(request).await
}

fn is_well_formed(id: &[u8]) -> bool {
    (1..=MAX_LENGTH).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// The id of the request with these extensions.
pub(super) fn of(extensions: &Extensions) -> Option<String> {
    let id = extensions.get::<RequestId>()?.header_value().to_str().ok()?;
    Some(id.to_owned())
}

/// The span of a request's log lines. It has the route and not the address,
/// which may contain a ticket's token. The client's address is there, so that the operator can
/// find whoever attacks the hall.
pub(super) fn span(request: &Request) -> tracing::Span {
    let id = of(request.extensions()).unwrap_or_default();
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let client = client::of(request.extensions());
    tracing::info_span!("request", id, method = %request.method(), route, %client)
}

/// The id as handlers take it.
pub(super) struct Id(pub Option<String>);

impl<S: Sync> FromRequestParts<S> for Id {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(of(&parts.extensions)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_plain_ids_are_taken_over() {
        assert!(is_well_formed(b"7f3c9a1e-52d0-4f6b-9c1d-0a1b2c3d4e5f"));
        assert!(is_well_formed(&[b'a'; MAX_LENGTH]));
        for id in [&b""[..], b"a b", b"<b>", "号".as_bytes(), &[b'a'; MAX_LENGTH + 1]] {
            assert!(!is_well_formed(id), "{id:?}");
        }
    }

    #[test]
    fn a_new_id_is_short_and_unlike_the_last() {
        let request = axum::http::Request::new(());
        let make = || ShortId.make_request_id(&request).unwrap().into_header_value();
        let (first, second) = (make(), make());
        assert_eq!(first.len(), 8);
        assert_ne!(first, second);
        assert!(is_well_formed(first.as_bytes()));
    }
}

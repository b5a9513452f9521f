//! The language of a client.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use jiban_domain::Lang;

/// The language a client accepts, from `Accept-Language`.
pub struct Language(pub Lang);

impl<S: Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(accepted(&parts.headers)))
    }
}

/// The language a client accepts; Chinese if it does not say.
pub(super) fn accepted(headers: &HeaderMap) -> Lang {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|header| header.to_str().ok())
        .map(Lang::from_accept_language)
        .unwrap_or_default()
}

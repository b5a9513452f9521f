//! What is made for one request, in the characters that it asks for: whoever reads traditional
//! ones gets every answer in them, also what has no text of its own in that language (names of
//! the hall file, notes, refusals).

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiban_domain::Lang;

use super::language;
use crate::languages::traditional;

/// No answer of words is larger. What is, such as an exported setup, is for no visitor.
const LIMIT: u64 = 1024 * 1024;

/// Middleware: converts pages and answers of words. Built files and streams are left alone.
pub(super) async fn convert(request: Request, next: Next) -> Response {
    let lang = asked(&request);
    // Staff have no pages in these characters, whatever their browser says.
    let staff = ["/api/admin", "/api/office", "/api/counter", "/admin", "/office", "/counter"];
    let path = request.uri().path();
    let for_visitors = !staff.iter().any(|staff| path.starts_with(staff));
    let for_visitors = for_visitors && request.method() != Method::HEAD;
    let response = next.run(request).await;
    if !lang.is_traditional() || !for_visitors || !is_words(&response) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let converted = match std::str::from_utf8(&bytes) {
        Ok(text) => traditional(text).into(),
        Err(_) => bytes,
    };
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(converted.len()));
    Response::from_parts(parts, Body::from(converted))
}

/// The language that an address names, else the client's.
fn asked(request: &Request) -> Lang {
    let query = request.uri().query().unwrap_or_default();
    let named = query.split('&').rev().find_map(|part| part.strip_prefix("lang="));
    named.and_then(Lang::of_tag).unwrap_or_else(|| language::accepted(request.headers()))
}

fn is_words(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let small =
        axum::body::HttpBody::size_hint(response.body()).exact().is_some_and(|size| size <= LIMIT);
    small && (kind.starts_with("text/html") || kind.starts_with("application/json"))
}

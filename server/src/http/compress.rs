//! Answers made for one request, compressed on their way. Built files were compressed when
//! they were built.
//!
//! What may be compressed is listed, not what may not:
//!
//! - A stream of events is left alone: a compressor would keep events back until it has
//!   enough of them.
//! - An answer that sets a cookie is left alone. Beyond that, the length of a compressed
//!   answer tells what it repeats (BREACH), to someone who sees the length, can make the
//!   browser ask, and can put a guess of theirs beside the secret. A page of a ticket or case
//!   has secrets (the pick-up code), and nothing from its request: its address must have the
//!   token, which opens the page itself, and of the query only known words are shown. The
//!   answers for staff need a cookie that other sites cannot send. Where a query is shown
//!   (guides, the verification of a document), there is no secret beside it.

use axum::body::HttpBody;
use axum::http::{Response, header};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::Predicate;

/// Smaller answers fit in one packet all the same.
const LEAST: u64 = 1_000;

/// The kinds that shrink, and of which none is a stream.
const KINDS: [&str; 4] = ["text/html", "application/json", "text/csv", "application/toml"];

pub(super) fn layer() -> CompressionLayer<Shrinks> {
    CompressionLayer::new().compress_when(Shrinks)
}

/// What is compressed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shrinks;

impl Predicate for Shrinks {
    fn should_compress<B: HttpBody>(&self, response: &Response<B>) -> bool {
        let headers = response.headers();
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let shrinks = kind.is_some_and(|kind| KINDS.iter().any(|known| kind.starts_with(known)));
        let large = response.body().size_hint().exact().is_none_or(|size| size >= LEAST);
        shrinks && large && !headers.contains_key(header::SET_COOKIE)
    }
}

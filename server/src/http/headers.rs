//! The headers by which browsers protect pages: the only place that decides them. Every
//! answer gets them, whatever made it.

use std::convert::Infallible;
use std::sync::{Arc, OnceLock};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use data_encoding::BASE64;

use crate::vault::random;

/// Marks the inline scripts and styles of one answer as ours; no other answer has the same.
/// It is made when a page asks for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Nonce(Arc<OnceLock<String>>);

impl Nonce {
    pub(super) fn value(&self) -> &str {
        self.0.get_or_init(|| BASE64.encode(&random::<16>()))
    }
}

impl<S: Sync> FromRequestParts<S> for Nonce {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

/// In the extensions of an answer: it is the document of a machine or desk, which may do what
/// its page needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct MachinePage(pub &'static str);

/// Whether the public address is https.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Secure(pub bool);

/// What no browser page of ours ever needs.
const DENIED: &str = "accelerometer=(), autoplay=(self), display-capture=(), fullscreen=(self), \
     geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), \
     publickey-credentials-get=(), serial=(), usb=()";

/// Middleware: adds the headers to every answer.
pub(super) async fn protect(
    State(Secure(secure)): State<Secure>,
    mut request: Request,
    next: Next,
) -> Response {
    let nonce = Nonce::default();
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let machine = response.extensions().get::<MachinePage>().map(|MachinePage(page)| *page);
    let is_of = |kind: &[u8]| {
        let given = response.headers().get(header::CONTENT_TYPE);
        given.is_some_and(|given| given.as_bytes().starts_with(kind))
    };
    let policy = match (is_of(b"text/html"), machine) {
        (false, _) if is_of(b"text/javascript") => Some(HeaderValue::from_static(SCRIPT)),
        (false, _) if is_of(b"image/svg+xml") => Some(HeaderValue::from_static(PICTURE)),
        (false, _) => Some(NOTHING),
        (true, None) => HeaderValue::try_from(document(&nonce)).ok(),
        (true, Some(page)) => HeaderValue::try_from(machine_document(&nonce, page)).ok(),
    };
    let headers = response.headers_mut();
    // A nonce is a word of letters and digits, so there is always a value.
    headers.insert(header::CONTENT_SECURITY_POLICY, policy.unwrap_or(NOTHING));
    let camera = if matches!(machine, Some("counter" | "kiosk")) {
        "camera=(self), "
    } else {
        "camera=(), "
    };
    if let Ok(permissions) = HeaderValue::try_from(format!("{camera}{DENIED}")) {
        headers.insert(HeaderName::from_static("permissions-policy"), permissions);
    }
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if secure {
        // Only for this host: others of the same domain are not ours to decide on.
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
        // Over plain http browsers ignore it, and say so in every console.
        let opener = HeaderName::from_static("cross-origin-opener-policy");
        headers.insert(opener, HeaderValue::from_static("same-origin"));
    }
    keep_private(headers);
    response
}

/// The same on every answer.
const FIXED: [(&str, &str); 4] = [
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    // For browsers older than `frame-ancestors`.
    ("x-frame-options", "DENY"),
];

/// What is not a page loads nothing, and nothing may show it as a part of itself.
const DATA: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// A picture that is opened by its address, with its colours.
const PICTURE: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";
/// A worker has the policy of its script: the streams of all pages are its connections.
const SCRIPT: &str = "default-src 'none'; connect-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";
const NOTHING: HeaderValue = HeaderValue::from_static(DATA);

/// A document that the server rendered whole. `'unsafe-inline'` is for phones that know no
/// nonce (before 2016), which would show it without its style; all others ignore the word
/// beside a nonce. Its script reads a photograph as `blob:` to make it smaller.
fn document(nonce: &Nonce) -> String {
    let nonce = nonce.value();
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'; \
         style-src 'unsafe-inline' 'nonce-{nonce}'; style-src-attr 'none'; \
         img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

/// A document in which the browser mounts a page of ours.
fn machine_document(nonce: &Nonce, page: &str) -> String {
    let nonce = nonce.value();
    // A display plays its chime and announcements, a kiosk reads itself out.
    let media = if matches!(page, "display" | "kiosk") { "media-src 'self'; " } else { "" };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'nonce-{nonce}'; \
         style-src 'self' 'nonce-{nonce}'; style-src-attr 'none'; img-src 'self' data: blob:; \
         {media}connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    )
}

/// What an answer does not say about caches is for nobody else.
fn keep_private(headers: &mut HeaderMap) {
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

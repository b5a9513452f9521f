//! Requests that a page of another site makes a browser send. Cookies do not go with them
//! (`SameSite=Strict`), and calls need a content type that they cannot give; this refuses
//! them whatever a browser thinks of either.

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiban_domain::Refusal;

use super::response::Rejection;
use super::{Front, cookies, hosts};

/// Middleware: refuses what changes something, and calls and streams, for other sites.
pub(super) async fn refuse(State(front): State<Front>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_call = path.starts_with("/api/") || path.starts_with("/events/");
    let guarded = is_call || !request.method().is_safe();
    let host = hosts::addressed(&request);
    let headers = request.headers();
    // The forms of our own documents have no origin, since they send no referrer; what they
    // may do is in their address.
    let has_session = is_call && cookies::has_session(headers);
    if guarded && is_from_other_site(headers, host.as_ref(), &front.base, has_session) {
        return Rejection(Refusal::OtherSite).into_response();
    }
    next.run(request).await
}

/// What the browser says of the page that sends a request. Programs say nothing.
fn is_from_other_site(
    headers: &HeaderMap,
    host: Option<&Authority>,
    base: &str,
    has_session: bool,
) -> bool {
    // Told only at https and localhost, and by browsers since 2020.
    if let Some(site) = headers.get("sec-fetch-site") {
        return !matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return false };
    let Ok(origin) = origin.to_str() else { return true };
    if origin == "null" {
        return has_session;
    }
    let same =
        origin.parse::<Uri>().is_ok_and(|origin| host.is_some_and(|host| is_at(&origin, host)));
    // A proxy may name itself as the host.
    !same && origin != base
}

/// Whether an origin is at a host, at the same port.
fn is_at(origin: &Uri, host: &Authority) -> bool {
    let Some(authority) = origin.authority() else { return false };
    let usual = if origin.scheme_str() == Some("https") { 443 } else { 80 };
    authority.host().eq_ignore_ascii_case(host.host())
        && authority.port_u16().unwrap_or(usual) == host.port_u16().unwrap_or(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(headers: &[(&'static str, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| {
            (axum::http::HeaderName::from_static(name), value.parse().unwrap())
        });
        let host = Authority::from_static("hall.example:3000");
        let headers: HeaderMap = headers.collect();
        let has_session = cookies::has_session(&headers);
        is_from_other_site(&headers, Some(&host), "https://public.example", has_session)
    }

    #[test]
    fn what_a_browser_says_first_counts_most() {
        for site in ["cross-site", "same-site", "", "Same-Origin"] {
            assert!(refused(&[("sec-fetch-site", site)]), "{site}");
            let own = ("origin", "http://hall.example:3000");
            assert!(refused(&[("sec-fetch-site", site), own]), "{site}");
        }
        assert!(!refused(&[("sec-fetch-site", "same-origin")]));
        assert!(!refused(&[("sec-fetch-site", "none")]), "typed by a person");
        assert!(!refused(&[]), "a program");
    }

    #[test]
    fn otherwise_the_origin_is_the_host_or_the_public_address() {
        for origin in
            ["http://hall.example:3000", "http://HALL.example:3000", "https://public.example"]
        {
            assert!(!refused(&[("origin", origin)]), "{origin}");
        }
        for origin in [
            "http://hall.example",
            "http://hall.example:3001",
            "http://evil.example:3000",
            "http://public.example",
            "file:///",
            "*",
        ] {
            assert!(refused(&[("origin", origin)]), "{origin}");
        }
    }

    #[test]
    fn a_form_without_an_origin_carries_no_session() {
        assert!(!refused(&[("origin", "null")]));
        assert!(!refused(&[("origin", "null"), ("cookie", "lang=en")]));
        assert!(refused(&[("origin", "null"), ("cookie", "a=b; jiban_counter=x")]));
        assert!(refused(&[("origin", "null"), ("cookie", "__Host-jiban_admin=x")]));
    }

    #[test]
    fn the_usual_port_need_not_be_named() {
        let at = |origin: &'static str, host| {
            is_at(&Uri::from_static(origin), &Authority::from_static(host))
        };
        assert!(at("https://hall.example", "hall.example"));
        assert!(at("https://hall.example", "hall.example:443"));
        assert!(at("http://hall.example:80", "hall.example"));
        assert!(!at("https://hall.example", "hall.example:80"));
    }
}

//! How session cookies are named on the wire. Where the public address is https, they carry
//! the prefix `__Host-`, which browsers give to no cookie that was set over plain HTTP, by
//! another host or for a part of the site; a cookie without it is then not ours. Handlers know
//! only the plain names.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::headers::Secure;

/// How the names of our cookies begin.
const OURS: &str = "jiban_";
const PREFIX: &str = "__Host-";

/// Middleware: translates the names of session cookies.
pub(super) async fn translate(
    State(Secure(secure)): State<Secure>,
    mut request: Request,
    next: Next,
) -> Response {
    if !secure {
        return next.run(request).await;
    }
    let headers = request.headers_mut();
    if let Some(cookies) = headers.get(header::COOKIE).map(|_| secured(headers)) {
        headers.remove(header::COOKIE);
        headers.extend(cookies.map(|cookies| (header::COOKIE, cookies)));
    }
    let mut response = next.run(request).await;
    let set = response.headers().get_all(header::SET_COOKIE).iter().map(with_prefix);
    let set: Vec<HeaderValue> = set.collect();
    response.headers_mut().remove(header::SET_COOKIE);
    response.headers_mut().extend(set.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// The cookies that were set over TLS, by the names that handlers know.
fn secured(headers: &HeaderMap) -> Option<HeaderValue> {
    let kept = pairs(headers).filter_map(|pair| match pair.strip_prefix(PREFIX) {
        Some(ours) if ours.starts_with(OURS) => Some(ours),
        None if pair.starts_with(OURS) => None,
        _ => Some(pair),
    });
    let kept: Vec<&str> = kept.collect();
    HeaderValue::from_str(&kept.join("; ")).ok().filter(|kept| !kept.is_empty())
}

fn with_prefix(cookie: &HeaderValue) -> HeaderValue {
    let text = cookie.to_str().ok().filter(|text| text.starts_with(OURS));
    text.and_then(|text| HeaderValue::from_str(&format!("{PREFIX}{text}; Secure")).ok())
        .unwrap_or_else(|| cookie.clone())
}

fn pairs(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).map(str::trim)
}

/// Whether a request carries a session of ours, under either name.
pub(super) fn has_session(headers: &HeaderMap) -> bool {
    pairs(headers).any(|pair| pair.strip_prefix(PREFIX).unwrap_or(pair).starts_with(OURS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_cookie_is_not_taken_for_one_set_over_tls() {
        let secured = |lines: &[&'static str]| {
            let lines = lines.iter().map(|line| (header::COOKIE, HeaderValue::from_static(line)));
            secured(&lines.collect()).map(|kept| kept.to_str().unwrap().to_owned())
        };
        let both = "jiban_admin=plain; __Host-jiban_admin=tls";
        assert_eq!(secured(&[both]).as_deref(), Some("jiban_admin=tls"));
        assert_eq!(secured(&["jiban_admin=plain"]), None);
        let lines = ["a=b;__Host-jiban_office=x", "__Host-other=y; jiban_counter=z"];
        assert_eq!(secured(&lines).as_deref(), Some("a=b; jiban_office=x; __Host-other=y"));
        assert_eq!(
            secured(&["__Host-__Host-jiban_admin=x; jiban_admin"]).as_deref(),
            Some("__Host-__Host-jiban_admin=x")
        );
    }

    #[test]
    fn a_cookie_is_set_for_this_host_alone() {
        let set = |cookie| with_prefix(&HeaderValue::from_static(cookie));
        assert_eq!(
            set("jiban_admin=x; HttpOnly; SameSite=Strict; Path=/"),
            "__Host-jiban_admin=x; HttpOnly; SameSite=Strict; Path=/; Secure"
        );
        assert_eq!(set("other=x"), "other=x");
    }
}

//! Addresses that take only what a page sends, opened by hand: by a bookmark of a form that was
//! sent, by "back", by a link that somebody passed on. A person is led to the page they belong
//! to; a program is told that there is no such call.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiban_domain::{Refusal, Token};

use super::response::Rejection;

/// The answer for an address that is there, and takes another method.
pub(super) async fn lead_on(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    match page_of(uri.path()).filter(|_| is_by_hand(&method, &headers)) {
        Some(page) => Redirect::to(&page).into_response(),
        None => Rejection(Refusal::UnknownCall).into_response(),
    }
}

/// Where somebody signs in who opened an address of staff by hand, and is not signed in.
pub(super) fn to_sign_in(request: &Request, refusal: &Refusal) -> Option<Response> {
    let by_hand = is_by_hand(request.method(), request.headers());
    let page = page_of(request.uri().path()).filter(|_| by_hand)?;
    (*refusal == Refusal::SignInFirst).then(|| Redirect::to(&page).into_response())
}

/// Whether a person waits for the answer.
pub(super) fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// Whether somebody asks for a page, and sends nothing.
pub(super) fn is_by_hand(method: &Method, headers: &HeaderMap) -> bool {
    matches!(*method, Method::GET | Method::HEAD) && wants_page(headers)
}

/// The page from which an address is sent to.
fn page_of(path: &str) -> Option<String> {
    let mut parts = path.split('/').skip(1);
    match (parts.next()?, parts.next()?) {
        // Only what is a token goes into an address.
        ("d" | "D", token) => token.parse::<Token>().ok().map(|token| format!("/d/{token}")),
        ("t" | "T", token) => token.parse::<Token>().ok().map(|token| format!("/t/{token}")),
        ("api", place @ ("counter" | "office" | "admin")) | (place @ "counter", _) => {
            Some(format!("/{place}"))
        }
        _ => Some("/".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn each_address_belongs_to_a_page() {
        let token = "45A9QDFDBQGEBJR5QPC0XM9E19";
        let supply = format!("/T/{token}/supply");
        let sending = format!("/d/{token}/send");
        for (path, page) in [
            (&*supply, Some(format!("/t/{token}"))),
            (&*sending, Some(format!("/d/{token}"))),
            ("/api/counter/sign_in", Some("/counter".to_owned())),
            ("/api/office/take", Some("/office".to_owned())),
            ("/api/admin/save_setup", Some("/admin".to_owned())),
            ("/counter/paper", Some("/counter".to_owned())),
            ("/api/kiosk/issue", Some("/".to_owned())),
            ("/t/..%2f/supply", None),
        ] {
            assert_eq!(page_of(path), page, "{path}");
        }
    }
}

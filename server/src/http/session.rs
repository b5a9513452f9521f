//! Session cookies. Counter, office and admin page have one each, so that the same
//! browser can be signed in to all of them.

use axum::http::{HeaderName, header};
use axum::response::AppendHeaders;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use jiban_domain::Refusal;
use jiban_domain::access::PlaceKind;

use crate::service::HallService;
use crate::service::sign_in::NewSession;

/// The cookie by which a browser is known in which somebody signed in. It outlives the session.
const DEVICE: &str = "jiban_device";

/// Sets that cookie, if it is new. It comes after the session's.
pub(super) type DeviceCookie = AppendHeaders<Option<(HeaderName, String)>>;

/// The cookie of a known browser.
pub(super) fn device(jar: &CookieJar) -> Option<&str> {
    jar.get(DEVICE).map(Cookie::value)
}

/// The cookie of a kind of place.
pub(super) const fn cookie(place: PlaceKind) -> &'static str {
    match place {
        PlaceKind::Counter => "jiban_counter",
        PlaceKind::Office => "jiban_office",
        PlaceKind::Admin => "jiban_admin",
        PlaceKind::Help => "jiban_help",
    }
}

/// The secret in a cookie, or [`Refusal::SignInFirst`].
pub(super) fn secret<'a>(jar: &'a CookieJar, cookie: &str) -> Result<&'a str, Refusal> {
    jar.get(cookie).map(Cookie::value).ok_or(Refusal::SignInFirst)
}

/// Puts a session into its cookie, which scripts cannot read and other sites cannot
/// send. An earlier session of the cookie ends.
pub(super) async fn begin(
    service: &HallService,
    jar: CookieJar,
    cookie: &'static str,
    session: &NewSession,
) -> Result<(CookieJar, DeviceCookie), Refusal> {
    if let Ok(old) = secret(&jar, cookie) {
        service.sign_out(old).await?;
    }
    let own = |name: &'static str, value: &str| {
        let cookie = Cookie::build((name, value.to_owned()));
        cookie.path("/").http_only(true).same_site(SameSite::Strict)
    };
    let device = session.device.as_deref().map(|device| own(DEVICE, device).permanent().build());
    let device = device.map(|device| (header::SET_COOKIE, device.to_string()));
    Ok((jar.add(own(cookie, &session.secret)), AppendHeaders(device)))
}

/// Ends the session of a cookie and removes the cookie.
pub(super) async fn end(
    service: &HallService,
    jar: CookieJar,
    cookie: &'static str,
) -> Result<CookieJar, Refusal> {
    service.sign_out(secret(&jar, cookie)?).await?;
    Ok(jar.remove(Cookie::build(cookie).path("/")))
}

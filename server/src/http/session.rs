//! Session cookies. Counter, office and admin page have one each, so that the same
//! browser can be signed in to all of them.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use jiban_domain::Refusal;

use crate::service::HallService;
use crate::service::sign_in::NewSession;

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
) -> Result<CookieJar, Refusal> {
    if let Ok(old) = secret(&jar, cookie) {
        service.sign_out(old).await?;
    }
    let cookie = Cookie::build((cookie, session.secret.clone()));
    Ok(jar.add(cookie.path("/").http_only(true).same_site(SameSite::Strict)))
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

//! Sessions in cookies: one for the counter, one for the director, so that the
//! same browser can be at both.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use jiban_domain::Refusal;

use crate::service::HallService;
use crate::service::sign_in::Begun;

/// The secret a cookie holds.
///
/// # Errors
/// [`Refusal::SignInFirst`] where there is none.
pub(super) fn secret<'a>(jar: &'a CookieJar, cookie: &str) -> Result<&'a str, Refusal> {
    jar.get(cookie).map(Cookie::value).ok_or(Refusal::SignInFirst)
}

/// Puts a session into its cookie: scripts cannot read it, other sites cannot
/// send it. Whoever signs in anew leaves the session they had.
pub(super) async fn begin(
    service: &HallService,
    jar: CookieJar,
    cookie: &'static str,
    begun: &Begun,
) -> Result<CookieJar, Refusal> {
    if let Ok(old) = secret(&jar, cookie) {
        service.sign_out(old).await?;
    }
    let begun = Cookie::build((cookie, begun.secret.clone()));
    Ok(jar.add(begun.path("/").http_only(true).same_site(SameSite::Strict)))
}

/// Ends the session of a cookie, and takes the cookie back.
pub(super) async fn end(
    service: &HallService,
    jar: CookieJar,
    cookie: &'static str,
) -> Result<CookieJar, Refusal> {
    service.sign_out(secret(&jar, cookie)?).await?;
    Ok(jar.remove(Cookie::build(cookie).path("/")))
}

//! What a person does at a page of the staff keeps their session.

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;

use super::App;

/// Middleware: notes that somebody works with the session of a call. Pages read by themselves,
/// but send something only when a person does.
pub(super) async fn note(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() == Method::POST
        && let Some(place) = request.uri().path().strip_prefix("/api/")
        && let Some((place @ ("counter" | "office" | "admin" | "help"), _)) = place.split_once('/')
    {
        let jar = CookieJar::from_headers(request.headers());
        if let Some(cookie) = jar.get(&format!("jiban_{place}")) {
            app.service.note_activity(cookie.value());
        }
    }
    next.run(request).await
}

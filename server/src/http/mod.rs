//! HTTP: thin. A handler reads the command, asks the service, sends the answer.
//!
//! - [`asked`], [`session`], [`refused`]: how a command is read, who asks, and how a "no" is said
//! - [`kiosk`], [`counter`], [`reception`], [`office`], [`admin`], [`case`], [`reading`]: the calls, a file an audience
//! - [`events`]: the streams of snapshots; [`pages`]: the documents; [`assets`]: the built files

mod admin;
pub mod asked;
pub mod assets;
mod case;
mod counter;
mod events;
mod kiosk;
mod office;
mod pages;
mod reading;
mod reception;
pub mod refused;
mod session;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use jiban_app::shell::Assets;
use jiban_domain::Refusal;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;

use crate::service::HallService;
use refused::No;

/// What every handler may use.
#[derive(Clone)]
pub struct App {
    /// What the hall can be asked to do.
    pub service: Arc<HallService>,
    /// Where the built files are.
    pub assets: Arc<Assets>,
    /// Whether the server can make speech.
    pub voice: bool,
    /// Becomes true when the server stops: streams then end.
    pub closing: watch::Receiver<bool>,
}

/// Everything the server answers.
pub fn router(app: App) -> Router {
    let api = Router::new()
        .merge(kiosk::router())
        .merge(counter::router())
        .merge(admin::router())
        .merge(case::router())
        .merge(office::router())
        .merge(reception::router())
        .merge(reading::router())
        .merge(events::router())
        .route("/healthz", get(reading::healthz))
        .route("/api/{*rest}", axum::routing::any(|| async { No(Refusal::UnknownCall) }))
        .method_not_allowed_fallback(|| async { No(Refusal::UnknownCall) })
        .with_state(app.clone());
    let pages = pages::router().with_state(app);
    Router::new()
        .merge(api)
        .merge(pages)
        .merge(assets::router())
        .layer(middleware::from_fn(refused::say))
        .layer(CatchPanicLayer::custom(refused::panicked))
        .layer(middleware::from_fn(guard))
}

/// What every answer carries against the curious and the clever.
async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

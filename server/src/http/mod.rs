//! HTTP. The handlers are thin: each extracts a command, calls the service or a
//! view, and sends the answer.
//!
//! - [`routes`]: each route with the action it needs, and the guard before them
//! - [`kiosk_guard`]: whether a kiosk's call comes from that kiosk
//! - [`extract`], [`language`], [`response`], [`session`], [`request_id`], [`client`]: what
//!   handlers share
//! - [`kiosk`], [`terminal`], [`counter`], [`reception`], [`office`], [`admin`], [`case`],
//!   [`booking`], [`apply`], [`drafts`],
//!   [`application_forms`], [`public`]: the calls, one file per audience
//! - [`body`], [`form`], [`request_rate`]: what comes in, bounded in size and time
//! - [`assistance`]: what helps a visitor and needs nothing of the hall
//! - [`characters`], [`compress`]: what is made for one request, in traditional characters,
//!   and made smaller
//! - [`headers`], [`cookies`], [`hosts`], [`other_sites`], [`client`]: what protects every
//!   answer, and says whom it is for; [`opened_by_hand`]: form addresses lead to pages
//! - [`events`]: the streams of snapshots; [`shared_streams`]: one for all pages of a
//!   browser; [`pages`]: the HTML documents; [`give_back`]: of a number that is given back;
//!   [`booking_pages`]: of bookings; [`apply_pages`]: of applications; [`assets`]: the built files

mod activity;
mod admin;
mod application_forms;
mod apply;
mod apply_pages;
pub mod assets;
pub mod assistance;
mod body;
mod booking;
mod booking_pages;
mod case;
mod characters;
mod client;
mod compress;
mod cookies;
mod counter;
mod drafts;
pub mod events;
pub mod extract;
mod form;
mod form_schema;
mod give_back;
mod headers;
mod help;
mod hosts;
mod kiosk;
mod kiosk_guard;
pub mod language;
mod office;
mod opened_by_hand;
mod other_sites;
mod own_session;
pub mod pages;
mod public;
mod reception;
mod request_id;
mod request_rate;
pub mod response;
pub mod routes;
mod self_print;
mod session;
pub mod shared_streams;
mod terminal;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::middleware;
use axum::routing::any;
use ipnet::IpNet;
use jiban_app::shell::Assets;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use crate::limits::Limits;
use crate::service::HallService;
use body::BodyTimes;
use client::TrustedProxies;
use events::seats::Seats;
use events::snapshots::Snapshots;
pub use headers::Secure;
pub use hosts::Hosts;
use routes::Routes;

/// The state of every handler.
#[derive(Clone)]
pub struct App {
    pub service: Arc<HallService>,
    /// The addresses of the built files.
    pub assets: Arc<Assets>,
    /// Whether the server can synthesise speech.
    pub voice: bool,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Arc<[IpNet]>,
    pub limits: Limits,
    /// The places for event streams.
    pub seats: Arc<Seats>,
    /// What event streams send.
    pub snapshots: Arc<Snapshots>,
    /// The hosts of the addresses at which this server is opened.
    pub hosts: Hosts,
    pub secure: Secure,
    /// Becomes true when the server stops: event streams then end.
    pub closing: watch::Receiver<bool>,
}

/// All routes of the server, each with the action it needs.
pub fn routes() -> Routes {
    Routes::new()
        .merge(kiosk::router())
        .merge(terminal::router())
        .merge(self_print::router())
        .merge(counter::router())
        .merge(admin::router())
        .merge(case::router())
        .merge(office::router())
        .merge(reception::router())
        .merge(public::router())
        .merge(form_schema::router())
        .merge(apply::router())
        .merge(help::router())
        .merge(drafts::router())
        .merge(application_forms::router())
        .merge(events::router())
        .merge(shared_streams::router())
        .merge(own_session::router())
        .merge(pages::router())
        .merge(give_back::router())
        .merge(booking::router())
        .merge(booking_pages::router())
        .merge(apply_pages::router())
        .merge(Routes::of_files(assets::router()))
}

impl FromRef<App> for Arc<Assets> {
    fn from_ref(app: &App) -> Self {
        app.assets.clone()
    }
}

/// The whole server.
pub fn router(app: App) -> Router {
    let front = Front {
        assets: app.assets.clone(),
        hosts: app.hosts.clone(),
        base: app.service.addresses.base.clone(),
        secure: app.secure,
        trusted_proxies: app.trusted_proxies.clone(),
        limits: app.limits.clone(),
    };
    let routes = routes()
        .guarded(&app)
        .route("/api/{*rest}", any(pages::unknown_call))
        .method_not_allowed_fallback(opened_by_hand::lead_on)
        .fallback(pages::not_found)
        .with_state(app.clone())
        .layer(middleware::from_fn_with_state(app, activity::note));
    front.before(routes)
}

/// What stands before every router, that of the hall's server and that of a kiosk's terminal:
/// by which names it is addressed, and whom it lets in.
#[derive(Clone)]
pub struct Front {
    /// For pages that say why not.
    pub assets: Arc<Assets>,
    pub hosts: Hosts,
    /// Its public address, without a path.
    pub base: String,
    pub secure: Secure,
    pub trusted_proxies: TrustedProxies,
    pub limits: Limits,
}

impl FromRef<Front> for Arc<Assets> {
    fn from_ref(front: &Front) -> Self {
        front.assets.clone()
    }
}

impl Front {
    /// The router behind it.
    pub fn before(self, routes: Router) -> Router {
        crate::languages::load();
        let rate = request_rate::of(&self.limits);
        let (trusted, secure) = (self.trusted_proxies.clone(), self.secure);
        let times = BodyTimes::of(&self.limits);
        let routes = routes
            .layer(middleware::from_fn_with_state(self.clone(), other_sites::refuse))
            .layer(middleware::from_fn_with_state(self, hosts::check))
            .layer(middleware::from_fn_with_state(rate, request_rate::keep));
        with_layers(routes, trusted, secure, times)
    }
}

/// Adds what all routes share. The last layer is the outermost.
fn with_layers(
    routes: Router,
    trusted: TrustedProxies,
    secure: Secure,
    times: Option<BodyTimes>,
) -> Router {
    routes
        .layer(middleware::from_fn_with_state(times, body::bound))
        .layer(CatchPanicLayer::custom(response::after_panic))
        .layer(middleware::from_fn(response::write_rejections))
        .layer(middleware::from_fn(characters::convert))
        .layer(compress::layer())
        .layer(middleware::from_fn_with_state(secure, cookies::translate))
        .layer(middleware::from_fn_with_state(secure, headers::protect))
        .layer(PropagateRequestIdLayer::new(request_id::HEADER))
        .layer(TraceLayer::new_for_http().make_span_with(request_id::span).on_request(()))
        .layer(SetRequestIdLayer::new(request_id::HEADER, request_id::ShortId))
        .layer(middleware::from_fn(request_id::check))
        .layer(middleware::from_fn_with_state(trusted, client::note))
}

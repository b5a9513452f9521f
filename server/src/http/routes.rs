//! The routes, each registered together with the action it needs. A guard asks the
//! table of [`jiban_domain::access`] before any handler runs, and refuses whatever has
//! no row; what the request concerns is then asked where it is known.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use jiban_domain::Refusal;
use jiban_domain::access::{Action, PlaceKind, Rule, enters};

use super::response::Rejection;
use super::{App, kiosk_guard, opened_by_hand, session};
use crate::service::{AtCounter, Caller, HallService};

/// A route and what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// As axum writes it: `/t/{token}`.
    pub path: &'static str,
    pub action: Action,
}

/// Routes with their rows.
pub struct Routes {
    router: Router<App>,
    rows: Vec<Route>,
}

impl Routes {
    pub(super) fn new() -> Self {
        Self { router: Router::new(), rows: Vec::new() }
    }

    /// A route that is read.
    pub(super) fn get<H, T>(mut self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.rows.push(Route { method: "GET", path, action });
        self.router = self.router.route(path, get(handler));
        self
    }

    /// A route that a body is sent to.
    pub(super) fn post<H, T>(mut self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.rows.push(Route { method: "POST", path, action });
        self.router = self.router.route(path, post(handler));
        self
    }

    pub(super) fn merge(mut self, other: Self) -> Self {
        self.rows.extend(other.rows);
        self.router = self.router.merge(other.router);
        self
    }

    /// The built files, which anyone may load.
    pub(super) fn of_files(router: Router<App>) -> Self {
        let row = |path| Route { method: "GET", path, action: Action::LoadAsset };
        Self { router, rows: vec![row("/assets/{*name}"), row("/favicon.svg")] }
    }

    /// What was registered.
    pub fn rows(self) -> Vec<Route> {
        self.rows
    }

    /// The router, with the guard before each of its routes.
    pub(super) fn guarded(self, app: &App) -> Router<App> {
        let table: HashMap<_, _> =
            self.rows.iter().map(|row| ((row.method, row.path), row.action)).collect();
        let guard = Guard { service: app.service.clone(), table: Arc::new(table) };
        self.router.route_layer(from_fn_with_state(guard, check))
    }
}

#[derive(Clone)]
struct Guard {
    service: Arc<HallService>,
    table: Arc<HashMap<(&'static str, &'static str), Action>>,
}

impl Guard {
    fn action(&self, request: &Request) -> Option<Action> {
        let method = match *request.method() {
            Method::GET | Method::HEAD => "GET",
            Method::POST => "POST",
            _ => return None,
        };
        let path = request.extensions().get::<MatchedPath>()?.as_str();
        // Looked for by a path that lives shorter than those in the table.
        let table: &HashMap<(&str, &str), Action> = &self.table;
        table.get(&(method, path)).copied()
    }
}

async fn check(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let Some(action) = guard.action(&request) else {
        return Rejection(Refusal::UnknownCall).into_response();
    };
    let jar = CookieJar::from_headers(request.headers());
    match caller(&guard.service, &jar, action) {
        Ok(Some(caller)) => {
            request.extensions_mut().insert(caller);
        }
        Ok(None) => {}
        Err(refusal) => {
            let led = opened_by_hand::to_sign_in(&request, &refusal);
            return led.unwrap_or_else(|| Rejection(refusal).into_response());
        }
    }
    if action.rule() == Rule::Kiosk {
        request = match kiosk_guard::admit(&guard.service, request).await {
            Ok(request) => request,
            Err(refusal) => return Rejection(refusal).into_response(),
        };
    }
    next.run(request).await
}

/// Who is signed in at a place where the action is offered; nobody where none is needed.
fn caller(
    service: &HallService,
    jar: &CookieJar,
    action: Action,
) -> Result<Option<Caller>, Refusal> {
    let rule = action.rule();
    let mut refused = None;
    for place in rule.places() {
        match signed_in_at(service, jar, *place).and_then(|caller| {
            let live_state = service.live_state();
            enters(&caller.staff(&live_state, service.clock.now())?, rule)?;
            drop(live_state);
            Ok(caller)
        }) {
            Ok(caller) => return Ok(Some(caller)),
            // In the same browser somebody may be signed in to both.
            Err(refusal) if refused.is_none() || refusal == Refusal::NotAllowed => {
                refused = Some(refusal);
            }
            Err(_) => {}
        }
    }
    refused.map_or(Ok(None), Err)
}

/// Who is signed in at a kind of place.
pub(super) fn signed_in_at(
    service: &HallService,
    jar: &CookieJar,
    place: PlaceKind,
) -> Result<Caller, Refusal> {
    service.caller(session::secret(jar, session::cookie(place))?, place)
}

/// Somebody signed in, whom the guard let through. Handlers take it before the body.
pub(super) struct SignedInCaller(pub Caller);

impl<S: Sync> FromRequestParts<S> for SignedInCaller {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Rejection> {
        let caller = parts.extensions.get::<Caller>().cloned();
        Ok(Self(caller.ok_or(Refusal::SignInFirst)?))
    }
}

/// The same at a counter.
pub(super) struct CounterSession(pub AtCounter);

impl<S: Sync> FromRequestParts<S> for CounterSession {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        let SignedInCaller(caller) = SignedInCaller::from_request_parts(parts, state).await?;
        Ok(Self(caller.try_into()?))
    }
}

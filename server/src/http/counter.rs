//! The calls of counters about tickets.

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use axum_extra::extract::CookieJar;
use jiban_app::api::counter::{
    Begin, CallNext, CounterNow, Finish, Hold, MarkMissed, Places, Recall, Reinstate, Resume,
    SignIn, SignOut, Transfer,
};
use jiban_app::api::session::SignedIn;
use jiban_app::api::{Call, Done};
use jiban_domain::ticket::Verb;
use jiban_domain::{CounterId, Refusal};

use super::App;
use super::client::Client;
use super::extract::{ForCounter, JsonBody};
use super::response::{Rejection, StoredAnswer};
use super::session;
use crate::service::sign_in::SignInPlace;
use crate::service::{AtCounter, HallService};
use crate::views;

pub(super) const COOKIE: &str = "jiban_counter";

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/counter/places", get(places))
        .route("/api/counter/now", get(now))
        .route(SignIn::PATH, post(sign_in))
        .route(SignOut::PATH, post(sign_out))
        .route(CallNext::PATH, post(call_next))
        .route(Transfer::PATH, post(transfer))
        .merge(plain_verbs())
}

/// The verbs that take nothing but a ticket.
fn plain_verbs() -> Router<App> {
    macro_rules! verbs {
        ($($command:ty => $verb:expr),+ $(,)?) => {
            Router::new()$(.route(
                <$command>::PATH,
                post(|State(app): State<App>, CounterSession(me): CounterSession, JsonBody(q): JsonBody<ForCounter<$command>>| async move {
                    let q = q.at(&me.counter)?;
                    let done = app.service.verb::<$command>(me, $verb, q.request_id, q.ticket).await?;
                    Ok::<_, Rejection>(StoredAnswer(done))
                }),
            ))+
        };
    }
    verbs! {
        Recall => Verb::Recall,
        Begin => Verb::Begin,
        Hold => Verb::Hold,
        Resume => Verb::Resume,
        Finish => Verb::Finish,
        MarkMissed => Verb::MarkMissed,
        Reinstate => Verb::Reinstate,
    }
}

async fn places(State(app): State<App>) -> Json<Places> {
    let now = app.service.clock.now();
    Json(views::hall::places(&app.service.live_state(), now))
}

async fn now(State(app): State<App>, jar: CookieJar) -> Result<Json<CounterNow>, Rejection> {
    let (clerk, counter) = signed_in(&app.service, &jar)?;
    let now = app.service.clock.now();
    let mut snapshot = views::counter::counter_now(&app.service, clerk, &counter, now)?;
    snapshot.now = now;
    Ok(Json(snapshot))
}

async fn sign_in(
    State(app): State<App>,
    Client(client): Client,
    jar: CookieJar,
    JsonBody(command): JsonBody<SignIn>,
) -> Result<impl IntoResponse, Rejection> {
    let place = SignInPlace::Counter(command.workplace().counter.clone());
    let device = session::device(&jar);
    let new = app.service.sign_in(&command.name, command.password, place, client, device).await?;
    let (jar, device) = session::begin(&app.service, jar, COOKIE, &new).await?;
    Ok((jar, device, Json(new.signed_in)))
}

async fn sign_out(
    State(app): State<App>,
    jar: CookieJar,
    _: JsonBody<SignOut>,
) -> Result<impl IntoResponse, Rejection> {
    Ok((session::end(&app.service, jar, COOKIE).await?, Json(Done {})))
}

async fn call_next(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<ForCounter<CallNext>>,
) -> Result<StoredAnswer, Rejection> {
    let command = command.at(&me.counter)?;
    Ok(StoredAnswer(app.service.call_next(me, command).await?))
}

async fn transfer(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<Transfer>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(app.service.transfer(me, command).await?))
}

/// The clerk and counter of the session. Handlers extract it before the body, so
/// that without a session the answer is 401 whatever the body is.
pub(super) struct CounterSession(pub AtCounter);

impl FromRequestParts<App> for CounterSession {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Rejection> {
        let jar = CookieJar::from_headers(&parts.headers);
        Ok(Self(app.service.at_counter(session::secret(&jar, COOKIE)?)?))
    }
}

/// Who is signed in, as the page shows it, and at which counter.
pub(super) fn signed_in(
    service: &HallService,
    jar: &CookieJar,
) -> Result<(SignedIn, CounterId), Refusal> {
    let (session, clerk) = service.session(session::secret(jar, COOKIE)?)?;
    let counter = session.counter.ok_or(Refusal::SignInFirst)?;
    let shown = SignedIn {
        clerk: clerk.id,
        name: clerk.name,
        role: clerk.role,
        counter: Some(counter.clone()),
    };
    Ok((shown, counter))
}

//! What a counter asks.

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
use super::asked::{Asked, Kept, MeantFor};
use super::refused::No;
use super::session;
use crate::service::sign_in::Door;
use crate::service::{AtCounter, HallService};
use crate::views;

/// The cookie of a session at a counter.
const COOKIE: &str = "jiban_counter";

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

/// The verbs that differ in nothing but what they do.
fn plain_verbs() -> Router<App> {
    macro_rules! verbs {
        ($($command:ty => $verb:expr),+ $(,)?) => {
            Router::new()$(.route(
                <$command>::PATH,
                post(|State(app): State<App>, At(me): At, Asked(q): Asked<MeantFor<$command>>| async move {
                    let q = q.at(&me.counter)?;
                    let done = app.service.verb(me, $verb, q.request_id, q.ticket).await?;
                    Ok::<_, No>(Kept(done))
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

async fn now(State(app): State<App>, jar: CookieJar) -> Result<Json<CounterNow>, No> {
    let (clerk, counter) = signed_in(&app.service, &jar)?;
    let now = app.service.clock.now();
    let mut snapshot = views::counter::counter_now(&app.service, clerk, &counter, now)?;
    snapshot.now = now;
    Ok(Json(snapshot))
}

async fn sign_in(
    State(app): State<App>,
    jar: CookieJar,
    Asked(command): Asked<SignIn>,
) -> Result<impl IntoResponse, No> {
    let door = Door::Counter(command.workplace().counter.clone());
    let begun = app.service.sign_in(&command.name, command.password, door).await?;
    let jar = session::begin(&app.service, jar, COOKIE, &begun).await?;
    Ok((jar, Json(begun.signed_in)))
}

async fn sign_out(
    State(app): State<App>,
    jar: CookieJar,
    _: Asked<SignOut>,
) -> Result<impl IntoResponse, No> {
    Ok((session::end(&app.service, jar, COOKIE).await?, Json(Done {})))
}

async fn call_next(
    State(app): State<App>,
    At(me): At,
    Asked(command): Asked<MeantFor<CallNext>>,
) -> Result<Kept, No> {
    let command = command.at(&me.counter)?;
    Ok(Kept(app.service.call_next(me, command).await?))
}

async fn transfer(
    State(app): State<App>,
    At(me): At,
    Asked(command): Asked<Transfer>,
) -> Result<Kept, No> {
    Ok(Kept(app.service.transfer(me, command).await?))
}

/// Who works at a counter. Asked for before the command is read: a stranger
/// is told to sign in, whatever they send.
pub(super) struct At(pub AtCounter);

impl FromRequestParts<App> for At {
    type Rejection = No;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, No> {
        let jar = CookieJar::from_headers(&parts.headers);
        Ok(Self(app.service.at_counter(session::secret(&jar, COOKIE)?)?))
    }
}

/// Who is signed in, as their page shows it, and at which counter.
pub(super) fn signed_in(
    service: &HallService,
    jar: &CookieJar,
) -> Result<(SignedIn, CounterId), Refusal> {
    let (session, clerk) = service.who(session::secret(jar, COOKIE)?)?;
    let counter = session.counter.ok_or(Refusal::SignInFirst)?;
    let shown = SignedIn {
        clerk: clerk.id,
        name: clerk.name,
        role: clerk.role,
        counter: Some(counter.clone()),
    };
    Ok((shown, counter))
}

//! The calls of counters about tickets.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use axum_extra::extract::CookieJar;
use jiban_app::api::counter::{
    Begin, CallNext, CounterNow, Finish, Hold, MarkMissed, Places, PutBack, Recall, Reinstate,
    Reopen, Resume, SignIn, SignOut, TakeUp, Transfer,
};
use jiban_app::api::session::SignedIn;
use jiban_app::api::{Call, Done};
use jiban_domain::access::{Action, PlaceKind};
use jiban_domain::ticket::Verb;
use jiban_domain::{CounterId, Refusal};

use super::App;
use super::client::Client;
use super::extract::{ForCounter, JsonBody};
use super::response::{Rejection, StoredAnswer};
use super::routes::{CounterSession, Routes, signed_in_at};
use super::session;
use crate::service::sign_in::SignInPlace;
use crate::service::{AtCounter, HallService};
use crate::views;

const COOKIE: &str = session::cookie(PlaceKind::Counter);

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/api/counter/places", Action::ListPlaces, places)
        .get("/api/counter/now", Action::WatchCounter, now)
        .post(SignIn::PATH, Action::SignIn, sign_in)
        .post(SignOut::PATH, Action::SignOut, sign_out)
        .post(CallNext::PATH, Action::CallNext, call_next)
        .post(Transfer::PATH, Action::TransferTicket, transfer)
        .post(Reopen::PATH, Action::FinishTicket, reopen)
        .merge(plain_verbs())
}

/// The verbs that take nothing but a ticket.
fn plain_verbs() -> Routes {
    macro_rules! verbs {
        ($($command:ty => $verb:expr, $action:expr;)+) => {
            Routes::new()$(.post(
                <$command>::PATH,
                $action,
                |State(app): State<App>, CounterSession(me): CounterSession, JsonBody(q): JsonBody<ForCounter<$command>>| async move {
                    let q = q.at(&me.counter)?;
                    let done = app.service.verb::<$command>(me, $verb, q.request_id, q.ticket).await?;
                    Ok::<_, Rejection>(StoredAnswer(done))
                },
            ))+
        };
    }
    verbs! {
        Recall => Verb::Recall, Action::RecallTicket;
        Begin => Verb::Begin, Action::BeginService;
        Hold => Verb::Hold, Action::HoldTicket;
        Resume => Verb::Resume, Action::ResumeTicket;
        TakeUp => Verb::TakeUp, Action::ResumeTicket;
        PutBack => Verb::PutBack, Action::PutTicketBack;
        Finish => Verb::Finish, Action::FinishTicket;
        MarkMissed => Verb::MarkMissed, Action::MarkTicketMissed;
        Reinstate => Verb::Reinstate, Action::ReinstateTicket;
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
    JsonBody(command): JsonBody<SignOut>,
) -> Result<impl IntoResponse, Rejection> {
    app.service.leave_counter(session::secret(&jar, COOKIE)?, command.tickets).await?;
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

async fn reopen(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<ForCounter<Reopen>>,
) -> Result<StoredAnswer, Rejection> {
    let command = command.at(&me.counter)?;
    Ok(StoredAnswer(app.service.reopen(me, command).await?))
}

async fn transfer(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<Transfer>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(app.service.transfer(me, command).await?))
}

/// Who is signed in, as the page shows it, and at which counter.
pub(super) fn signed_in(
    service: &HallService,
    jar: &CookieJar,
) -> Result<(SignedIn, CounterId), Refusal> {
    let caller = signed_in_at(service, jar, PlaceKind::Counter)?;
    let clerk = service.clerk(&caller)?;
    let AtCounter { counter, .. } = caller.try_into()?;
    let shown = SignedIn {
        clerk: clerk.id,
        name: clerk.name,
        role: clerk.role,
        counter: Some(counter.clone()),
    };
    Ok((shown, counter))
}

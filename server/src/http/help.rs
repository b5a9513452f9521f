//! The calls of who helps applicants: signing in, with or without a counter.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use axum_extra::extract::CookieJar;
use jiban_app::api::session::{self as api, HelpWorkplace, SignedIn};
use jiban_app::api::{Call, Done};
use jiban_domain::access::{Action, PlaceKind};

use super::App;
use super::client::Client;
use super::extract::JsonBody;
use super::response::Rejection;
use super::routes::{Routes, SignedInCaller};
use super::session;
use crate::service::sign_in::SignInPlace;

type SignIn = api::SignIn<HelpWorkplace>;
type SignOut = api::SignOut<HelpWorkplace>;

const COOKIE: &str = session::cookie(PlaceKind::Help);

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/api/help/me", Action::ReadyToHelp, me)
        .post(SignIn::PATH, Action::SignIn, sign_in)
        .post(SignOut::PATH, Action::SignOut, sign_out)
}

/// Who is signed in to help.
async fn me(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
) -> Result<Json<SignedIn>, Rejection> {
    let clerk = app.service.clerk(&me)?;
    Ok(Json(SignedIn { clerk: clerk.id, name: clerk.name, role: clerk.role, counter: None }))
}

async fn sign_in(
    State(app): State<App>,
    Client(client): Client,
    jar: CookieJar,
    JsonBody(command): JsonBody<SignIn>,
) -> Result<impl IntoResponse, Rejection> {
    let device = session::device(&jar);
    let new = app
        .service
        .sign_in(&command.name, command.password, SignInPlace::Help, client, device)
        .await?;
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

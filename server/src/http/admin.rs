//! The calls of the admin page.

use axum::extract::{FromRequestParts, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use axum_extra::extract::CookieJar;
use jiban_app::api::admin::{
    CalendarNow, ImportCalendar, ImportHallFile, Recounted, SaveSetup, SetPassword, SetupNow,
    SignIn, SignOut,
};
use jiban_app::api::session::SignedIn;
use jiban_app::api::{Call, Done};
use jiban_domain::Refusal;
use jiban_domain::setup::Clerk;

use super::App;
use super::client::Client;
use super::extract::{JsonBody, LargeJsonBody};
use super::response::Rejection;
use super::session;
use crate::hall_file::{self, HallFileFault};
use crate::service::HallService;
use crate::service::sign_in::SignInPlace;

pub(super) const COOKIE: &str = "jiban_admin";

pub(super) fn router() -> Router<App> {
    Router::new()
        .route(SignIn::PATH, post(sign_in))
        .route(SignOut::PATH, post(sign_out))
        .route("/api/admin/setup", get(setup))
        .route("/api/admin/setup.toml", get(export))
        .route(SaveSetup::PATH, post(save))
        .route(ImportHallFile::PATH, post(import))
        .route(SetPassword::PATH, post(set_password))
        .route("/api/admin/calendar", get(calendar))
        .route(ImportCalendar::PATH, post(import_calendar))
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
        .sign_in(&command.name, command.password, SignInPlace::Admin, client, device)
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

async fn setup(State(app): State<App>, _: Director) -> Result<Json<SetupNow>, Rejection> {
    Ok(Json(app.service.setup_now()))
}

async fn export(State(app): State<App>, _: Director) -> Result<impl IntoResponse, Rejection> {
    let file = hall_file::write(&app.service.setup_now().setup);
    let headers = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"hall.toml\""),
    ];
    Ok((headers, file))
}

async fn save(
    State(app): State<App>,
    Director(by): Director,
    LargeJsonBody(command): LargeJsonBody<SaveSetup>,
) -> Result<Json<SetupNow>, Rejection> {
    let SaveSetup { version, setup } = command;
    Ok(Json(app.service.replace_setup(setup, Some(version), by.id.0).await?))
}

async fn import(
    State(app): State<App>,
    Director(by): Director,
    LargeJsonBody(command): LargeJsonBody<ImportHallFile>,
) -> Result<Json<SetupNow>, Rejection> {
    let place = app.service.drawing_place().await?;
    // A large file with many faults takes a second.
    let read = tokio::task::spawn_blocking(move || {
        let _place = place;
        hall_file::read(&command.file)
    });
    let setup = read
        .await
        .map_err(|_| Refusal::Unavailable)?
        .map_err(|faults| Refusal::BadSetup(faults.iter().map(HallFileFault::message).collect()))?;
    Ok(Json(app.service.replace_setup(setup, None, by.id.0).await?))
}

async fn set_password(
    State(app): State<App>,
    Director(by): Director,
    JsonBody(command): JsonBody<SetPassword>,
) -> Result<Json<Done>, Rejection> {
    app.service.set_password(command, by.id.0).await?;
    Ok(Json(Done {}))
}

async fn calendar(State(app): State<App>, _: Director) -> Json<CalendarNow> {
    Json(app.service.calendar_now())
}

async fn import_calendar(
    State(app): State<App>,
    Director(by): Director,
    LargeJsonBody(command): LargeJsonBody<ImportCalendar>,
) -> Result<Json<Recounted>, Rejection> {
    Ok(Json(app.service.import_calendar(&command.file, by.id.0).await?))
}

/// The director of the session, extracted before the body.
struct Director(Clerk);

impl FromRequestParts<App> for Director {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Rejection> {
        Ok(Self(director(&app.service, &CookieJar::from_headers(&parts.headers))?))
    }
}

fn director(service: &HallService, jar: &CookieJar) -> Result<Clerk, Refusal> {
    service.director(session::secret(jar, COOKIE)?)
}

/// The director who is signed in, as the page shows them.
pub(super) fn signed_in(service: &HallService, jar: &CookieJar) -> Result<SignedIn, Refusal> {
    let clerk = director(service, jar)?;
    Ok(SignedIn { clerk: clerk.id, name: clerk.name, role: clerk.role, counter: None })
}

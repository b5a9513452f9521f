//! What the director asks.

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
use super::asked::{Asked, AskedLarge};
use super::refused::No;
use super::session;
use crate::hall_file::{self, Fault};
use crate::service::HallService;
use crate::service::sign_in::Door;

/// The cookie of a director's session.
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
    jar: CookieJar,
    Asked(command): Asked<SignIn>,
) -> Result<impl IntoResponse, No> {
    let begun = app.service.sign_in(&command.name, command.password, Door::Admin).await?;
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

async fn setup(State(app): State<App>, _: Director) -> Result<Json<SetupNow>, No> {
    Ok(Json(app.service.setup_now()))
}

async fn export(State(app): State<App>, _: Director) -> Result<impl IntoResponse, No> {
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
    AskedLarge(command): AskedLarge<SaveSetup>,
) -> Result<Json<SetupNow>, No> {
    let SaveSetup { version, setup } = command;
    Ok(Json(app.service.replace_setup(setup, Some(version), by.id.0).await?))
}

async fn import(
    State(app): State<App>,
    Director(by): Director,
    AskedLarge(command): AskedLarge<ImportHallFile>,
) -> Result<Json<SetupNow>, No> {
    let setup = hall_file::read(&command.file)
        .map_err(|faults| Refusal::BadSetup(faults.iter().map(Fault::told).collect()))?;
    Ok(Json(app.service.replace_setup(setup, None, by.id.0).await?))
}

async fn set_password(
    State(app): State<App>,
    Director(by): Director,
    Asked(command): Asked<SetPassword>,
) -> Result<Json<Done>, No> {
    app.service.set_password(command, by.id.0).await?;
    Ok(Json(Done {}))
}

async fn calendar(State(app): State<App>, _: Director) -> Json<CalendarNow> {
    Json(app.service.calendar_now())
}

async fn import_calendar(
    State(app): State<App>,
    Director(by): Director,
    AskedLarge(command): AskedLarge<ImportCalendar>,
) -> Result<Json<Recounted>, No> {
    Ok(Json(app.service.import_calendar(&command.file, by.id.0).await?))
}

/// The director who asks. Known before the command is read.
struct Director(Clerk);

impl FromRequestParts<App> for Director {
    type Rejection = No;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, No> {
        Ok(Self(director(&app.service, &CookieJar::from_headers(&parts.headers))?))
    }
}

fn director(service: &HallService, jar: &CookieJar) -> Result<Clerk, Refusal> {
    service.director(session::secret(jar, COOKIE)?)
}

/// The director signed in, as their page shows them.
pub(super) fn signed_in(service: &HallService, jar: &CookieJar) -> Result<SignedIn, Refusal> {
    let clerk = director(service, jar)?;
    Ok(SignedIn { clerk: clerk.id, name: clerk.name, role: clerk.role, counter: None })
}

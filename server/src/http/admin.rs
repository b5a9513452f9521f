//! The calls of the admin page.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum_extra::extract::CookieJar;
use jiban_app::api::admin::{
    AcceptClock, CalendarNow, ImportCalendar, ImportHallFile, ImportRecords, RecordsNow, Recounted,
    SaveSetup, SetPassword, SetupNow, SignIn, SignOut,
};
use jiban_app::api::session::SignedIn;
use jiban_app::api::tickets::OrderTicket;
use jiban_app::api::{Call, Done};
use jiban_domain::Refusal;
use jiban_domain::access::{Action, PlaceKind, Subject};
use jiban_domain::setup::Role;

use super::App;
use super::client::Client;
use super::extract::{JsonBody, LargeJsonBody};
use super::response::{Rejection, StoredAnswer};
use super::routes::{Routes, SignedInCaller, signed_in_at};
use super::session;
use crate::hall_file::{self, HallFileFault};
use crate::record_file::{self, LISTED, RecordFault};
use crate::service::sign_in::SignInPlace;
use crate::service::{Author, Caller, HallService};

const COOKIE: &str = session::cookie(PlaceKind::Admin);

pub(super) fn router() -> Routes {
    Routes::new()
        .post(SignIn::PATH, Action::SignIn, sign_in)
        .post(SignOut::PATH, Action::SignOut, sign_out)
        .get("/api/admin/setup", Action::ReadSetup, setup)
        .get("/api/admin/setup.toml", Action::ExportSetup, export)
        .post(SaveSetup::PATH, Action::SaveSetup, save)
        .post(ImportHallFile::PATH, Action::ImportSetup, import)
        .post(SetPassword::PATH, Action::SetPassword, set_password)
        .get("/api/admin/calendar", Action::ReadCalendar, calendar)
        .post(OrderTicket::PATH, Action::OrderTicket, order_ticket)
        .post(ImportRecords::PATH, Action::ImportRecords, import_records)
        .post(ImportCalendar::PATH, Action::ImportCalendar, import_calendar)
        .post(AcceptClock::PATH, Action::AcceptClock, accept_clock)
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

async fn setup(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
) -> Result<Json<SetupNow>, Rejection> {
    of_all_halls(&app, &me, Action::ReadSetup)?;
    Ok(Json(app.service.setup_now()))
}

async fn export(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
) -> Result<impl IntoResponse, Rejection> {
    of_all_halls(&app, &me, Action::ExportSetup)?;
    let file = hall_file::write(&app.service.setup_now().setup);
    let headers = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"hall.toml\""),
    ];
    Ok((headers, file))
}

async fn save(
    State(app): State<App>,
    SignedInCaller(by): SignedInCaller,
    LargeJsonBody(command): LargeJsonBody<SaveSetup>,
) -> Result<Json<SetupNow>, Rejection> {
    of_all_halls(&app, &by, Action::SaveSetup)?;
    let SaveSetup { version, setup } = command;
    Ok(Json(app.service.replace_setup(setup, Some(version), Author::Caller(by)).await?))
}

async fn import(
    State(app): State<App>,
    SignedInCaller(by): SignedInCaller,
    LargeJsonBody(command): LargeJsonBody<ImportHallFile>,
) -> Result<Json<SetupNow>, Rejection> {
    of_all_halls(&app, &by, Action::ImportSetup)?;
    let (place, check) = (app.service.drawing_place().await?, command.check);
    // A large file with many faults takes a second.
    let read = tokio::task::spawn_blocking(move || {
        let _place = place;
        hall_file::read(&command.file)
    });
    let setup = read
        .await
        .map_err(|_| Refusal::Unavailable)?
        .map_err(|faults| Refusal::BadSetup(faults.iter().map(HallFileFault::message).collect()))?;
    if check {
        return Ok(Json(app.service.check_setup(setup)?));
    }
    Ok(Json(app.service.replace_setup(setup, None, Author::Caller(by)).await?))
}

async fn set_password(
    State(app): State<App>,
    SignedInCaller(by): SignedInCaller,
    JsonBody(command): JsonBody<SetPassword>,
) -> Result<Json<Done>, Rejection> {
    app.service.set_password(command, Author::Caller(by)).await?;
    Ok(Json(Done {}))
}

async fn order_ticket(
    State(app): State<App>,
    SignedInCaller(by): SignedInCaller,
    JsonBody(command): JsonBody<OrderTicket>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(app.service.order_ticket(by, command).await?))
}

async fn calendar(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
) -> Result<Json<CalendarNow>, Rejection> {
    of_all_halls(&app, &me, Action::ReadCalendar)?;
    Ok(Json(app.service.calendar_now()))
}

async fn import_calendar(
    State(app): State<App>,
    SignedInCaller(by): SignedInCaller,
    LargeJsonBody(command): LargeJsonBody<ImportCalendar>,
) -> Result<Json<Recounted>, Rejection> {
    of_all_halls(&app, &by, Action::ImportCalendar)?;
    Ok(Json(app.service.import_calendar(&command.file, Author::Caller(by)).await?))
}

/// Refuses a look at what belongs to every hall.
fn of_all_halls(app: &App, me: &Caller, action: Action) -> Result<(), Refusal> {
    let setup = app.service.live_state().setup().clone();
    app.service.require(me, action, &Subject::Halls(&setup.setup.halls))
}

/// The director who is signed in, as the page shows them.
pub(super) fn signed_in(service: &HallService, jar: &CookieJar) -> Result<SignedIn, Refusal> {
    let clerk = service.clerk(&signed_in_at(service, jar, PlaceKind::Admin)?)?;
    if clerk.role != Role::Admin {
        return Err(Refusal::NotAllowed);
    }
    Ok(SignedIn { clerk: clerk.id, name: clerk.name, role: clerk.role, counter: None })
}

async fn import_records(
    State(app): State<App>,
    SignedInCaller(by): SignedInCaller,
    LargeJsonBody(command): LargeJsonBody<ImportRecords>,
) -> Result<Json<RecordsNow>, Rejection> {
    let ImportRecords { hall, statement: id, file } = command;
    app.service.require(&by, Action::ImportRecords, &Subject::Hall(&hall))?;
    let statement = app.service.statement(&hall, &id)?;
    let (place, today) = (app.service.drawing_place().await?, app.service.today_at(&hall));
    // A large file takes a second.
    let read = tokio::task::spawn_blocking(move || {
        let _place = place;
        record_file::read(file.as_bytes(), &statement, today)
    });
    let listed = |faults: Vec<RecordFault>| {
        Refusal::BadRecords(faults.iter().take(LISTED).map(RecordFault::message).collect())
    };
    let rows = read.await.map_err(|_| Refusal::Unavailable)?.map_err(listed)?;
    let records = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let version = app.service.import_records((&hall, &id), rows, by.clerk.as_str()).await?;
    Ok(Json(RecordsNow { version, records }))
}

async fn accept_clock(
    State(app): State<App>,
    SignedInCaller(by): SignedInCaller,
    JsonBody(command): JsonBody<AcceptClock>,
) -> Result<Json<Done>, Rejection> {
    of_all_halls(&app, &by, Action::AcceptClock)?;
    app.service.accept_clock(Some(command.ahead), Author::Caller(by)).await?;
    Ok(Json(Done {}))
}

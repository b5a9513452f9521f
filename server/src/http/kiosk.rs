//! The calls of kiosks.

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::routing::post;
use axum::{Json, Router};
use jiban_app::api::guide::Guide;
use jiban_app::api::kiosk::{
    GuidePrinted, Heartbeat, Issue, PrintGuide, ReadGuide, ReportPrinted, Reprint,
};
use jiban_app::api::{Call, Done};
use jiban_domain::Refusal;

use super::App;
use super::client::{self, Client};
use super::extract::JsonBody;
use super::response::{Rejection, StoredAnswer};
use crate::documents;
use crate::views::guides::guide_at_kiosk;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route(Issue::PATH, post(issue))
        .route(Reprint::PATH, post(reprint))
        .route(ReportPrinted::PATH, post(printed))
        .route(ReadGuide::PATH, post(guide))
        .route(PrintGuide::PATH, post(print_guide))
        .route(Heartbeat::PATH, post(heartbeat))
}

/// A call that gives out nothing. Nobody needs many of them.
struct SmallCall;

impl FromRequestParts<App> for SmallCall {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Rejection> {
        let client = client::of(&parts.extensions);
        app.service.kiosk_bounds.small_call(client, app.service.clock.now())?;
        Ok(Self)
    }
}

async fn issue(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<Issue>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(app.service.issue(command, client).await?))
}

async fn reprint(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<Reprint>,
) -> Result<StoredAnswer, Rejection> {
    let done = app.service.reprint(command, client).await;
    Ok(StoredAnswer(client::known(&app, client, done)?))
}

async fn printed(
    State(app): State<App>,
    _: SmallCall,
    Client(client): Client,
    JsonBody(command): JsonBody<ReportPrinted>,
) -> Result<StoredAnswer, Rejection> {
    let done = app.service.printed(command).await;
    Ok(StoredAnswer(client::known(&app, client, done)?))
}

async fn guide(
    State(app): State<App>,
    _: SmallCall,
    JsonBody(command): JsonBody<ReadGuide>,
) -> Result<Json<Guide>, Rejection> {
    let ReadGuide { kiosk, id, lang } = command;
    Ok(Json(guide_at_kiosk(&app.service, &kiosk, &id, lang)?))
}

async fn print_guide(
    State(app): State<App>,
    _: SmallCall,
    JsonBody(command): JsonBody<PrintGuide>,
) -> Result<Json<GuidePrinted>, Rejection> {
    let guide = guide_at_kiosk(&app.service, &command.kiosk, &command.id, command.lang)?;
    Ok(Json(documents::guide::print_guide(&app.service, &command, &guide).await?))
}

async fn heartbeat(
    State(app): State<App>,
    _: SmallCall,
    JsonBody(command): JsonBody<Heartbeat>,
) -> Result<Json<Done>, Rejection> {
    let service = &app.service;
    let hall = {
        let live_state = service.live_state();
        let (hall, _) =
            live_state.setup().setup.kiosk(&command.kiosk).ok_or(Refusal::UnknownKiosk)?;
        hall.id.clone()
    };
    if service.presence.heartbeat(&command.kiosk, service.clock.now()) {
        service.changed.wake_hall(&hall);
    }
    Ok(Json(Done {}))
}

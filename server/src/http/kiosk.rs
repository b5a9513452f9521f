//! The calls of kiosks.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::IntoResponse;
use jiban_app::api::Call;
use jiban_app::api::guide::Guide;
use jiban_app::api::kiosk::{
    Abandon, CodeRead, FindCharacters, Found, FoundCharacters, GuidePrinted, Heartbeat,
    HeartbeatHeard, Issue, PrintGuide, ReadGuide, ReportPrinted, Reprint, Search,
};
use jiban_domain::Refusal;
use jiban_domain::access::Action;

use super::App;
use super::assistance::{self, PictureParams, VoiceParams};
use super::client::{self, Client};
use super::extract::{JsonBody, QueryParams};
use super::response::{Rejection, StoredAnswer};
use super::routes::Routes;
use crate::documents;
use crate::views::guides::{guide_at_kiosk, search_at_kiosk};

pub(super) fn router() -> Routes {
    Routes::new()
        .post(Issue::PATH, Action::IssueTicket, issue)
        .post(Abandon::PATH, Action::AbandonNumber, abandon)
        .post(Search::PATH, Action::SearchAtKiosk, search)
        .post(Reprint::PATH, Action::ReprintSlip, reprint)
        .post(ReportPrinted::PATH, Action::ReportPrinted, printed)
        .post(ReadGuide::PATH, Action::ReadGuideAtKiosk, guide)
        .post(PrintGuide::PATH, Action::PrintGuide, print_guide)
        .post(FindCharacters::PATH, Action::FindCharacters, find_characters)
        .post(Heartbeat::PATH, Action::ReportHeartbeat, heartbeat)
        .get(assistance::VOICE, Action::ReadAloud, voice)
        .post(assistance::READ_CODE, Action::ReadCode, read_code)
}

/// A call that gives out nothing. Nobody needs many of them.
pub(super) struct SmallCall;

impl FromRequestParts<App> for SmallCall {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Rejection> {
        let client = client::of(&parts.extensions);
        app.service.kiosk_bounds.small_call(client, app.service.clock.steady())?;
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

async fn abandon(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<Abandon>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(app.service.abandon(command, client).await?))
}

async fn search(
    State(app): State<App>,
    _: SmallCall,
    JsonBody(command): JsonBody<Search>,
) -> Result<Json<Found>, Rejection> {
    let setup = app.service.live_state().setup().clone();
    Ok(Json(search_at_kiosk(&setup.setup, &command)?))
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
    // The kiosk's own terminal has the printer to itself.
    if app.service.terminals.attends(&command.kiosk, app.service.clock.steady()) {
        return Err(Refusal::NoPrinter.into());
    }
    Ok(Json(documents::guide::print_guide(&app.service, &command, &guide).await?))
}

async fn voice(
    State(app): State<App>,
    _: SmallCall,
    params: QueryParams<VoiceParams>,
) -> Result<impl IntoResponse, Rejection> {
    if !app.voice {
        return Err(Rejection(Refusal::UnknownCall));
    }
    assistance::voice(params).await
}

async fn read_code(
    _: SmallCall,
    params: QueryParams<PictureParams>,
    picture: Result<Bytes, BytesRejection>,
) -> Result<Json<CodeRead>, Rejection> {
    assistance::read_code(params, picture).await
}

async fn find_characters(_: SmallCall, command: JsonBody<FindCharacters>) -> Json<FoundCharacters> {
    assistance::find_characters(command).await
}

async fn heartbeat(
    State(app): State<App>,
    _: SmallCall,
    JsonBody(command): JsonBody<Heartbeat>,
) -> Result<Json<HeartbeatHeard>, Rejection> {
    // Only a terminal counts the pages of a kiosk.
    if command.leaving {
        return Ok(Json(HeartbeatHeard::default()));
    }
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
    Ok(Json(HeartbeatHeard::default()))
}

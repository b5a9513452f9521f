//! What a kiosk asks.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use jiban_app::api::guide::Guide;
use jiban_app::api::kiosk::{
    GuidePrinted, Heartbeat, Issue, PrintGuide, ReadGuide, ReportPrinted, Reprint,
};
use jiban_app::api::{Call, Done};
use jiban_domain::Refusal;

use super::App;
use super::asked::{Asked, Kept};
use super::refused::No;
use crate::documents::guide::print_guide;
use crate::views::guides::guide_at_kiosk;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route(Issue::PATH, post(issue))
        .route(Reprint::PATH, post(reprint))
        .route(ReportPrinted::PATH, post(printed))
        .route(ReadGuide::PATH, post(guide))
        .route(PrintGuide::PATH, post(guide_on_paper))
        .route(Heartbeat::PATH, post(heartbeat))
}

async fn issue(State(app): State<App>, Asked(command): Asked<Issue>) -> Result<Kept, No> {
    Ok(Kept(app.service.issue(command).await?))
}

async fn reprint(State(app): State<App>, Asked(command): Asked<Reprint>) -> Result<Kept, No> {
    Ok(Kept(app.service.reprint(command).await?))
}

async fn printed(State(app): State<App>, Asked(command): Asked<ReportPrinted>) -> Result<Kept, No> {
    Ok(Kept(app.service.printed(command).await?))
}

async fn guide(
    State(app): State<App>,
    Asked(command): Asked<ReadGuide>,
) -> Result<Json<Guide>, No> {
    let ReadGuide { kiosk, id, lang } = command;
    Ok(Json(guide_at_kiosk(&app.service, &kiosk, &id, lang)?))
}

async fn guide_on_paper(
    State(app): State<App>,
    Asked(command): Asked<PrintGuide>,
) -> Result<Json<GuidePrinted>, No> {
    let guide = guide_at_kiosk(&app.service, &command.kiosk, &command.id, command.lang)?;
    Ok(Json(print_guide(&app.service, &command, &guide).await?))
}

async fn heartbeat(
    State(app): State<App>,
    Asked(command): Asked<Heartbeat>,
) -> Result<Json<Done>, No> {
    let service = &app.service;
    let hall = {
        let live_state = service.live_state();
        let (hall, _) =
            live_state.setup().setup.kiosk(&command.kiosk).ok_or(Refusal::UnknownKiosk)?;
        hall.id.clone()
    };
    if service.presence.heard(&command.kiosk, service.clock.now()) {
        service.changed.hall(&hall);
    }
    Ok(Json(Done {}))
}

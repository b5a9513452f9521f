//! What a kiosk asks.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use jiban_app::api::guide::Guide;
use jiban_app::api::kiosk::{
    GuidePrinted, Heartbeat, Issue, PrintGuide, Printed, ReadGuide, Reprint,
};
use jiban_app::api::{Call, Done};
use jiban_domain::Refusal;

use super::App;
use super::asked::{Asked, Kept};
use super::refused::No;
use crate::papers::guide::print_guide;
use crate::views::guides::guide_at_kiosk;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route(Issue::PATH, post(issue))
        .route(Reprint::PATH, post(reprint))
        .route(Printed::PATH, post(printed))
        .route(ReadGuide::PATH, post(guide))
        .route(PrintGuide::PATH, post(guide_on_paper))
        .route(Heartbeat::PATH, post(heartbeat))
}

async fn issue(State(app): State<App>, Asked(question): Asked<Issue>) -> Result<Kept, No> {
    Ok(Kept(app.service.issue(question).await?))
}

async fn reprint(State(app): State<App>, Asked(question): Asked<Reprint>) -> Result<Kept, No> {
    Ok(Kept(app.service.reprint(question).await?))
}

async fn printed(State(app): State<App>, Asked(question): Asked<Printed>) -> Result<Kept, No> {
    Ok(Kept(app.service.printed(question).await?))
}

async fn guide(
    State(app): State<App>,
    Asked(question): Asked<ReadGuide>,
) -> Result<Json<Guide>, No> {
    let ReadGuide { kiosk, id, lang } = question;
    Ok(Json(guide_at_kiosk(&app.service, &kiosk, &id, lang)?))
}

async fn guide_on_paper(
    State(app): State<App>,
    Asked(question): Asked<PrintGuide>,
) -> Result<Json<GuidePrinted>, No> {
    let guide = guide_at_kiosk(&app.service, &question.kiosk, &question.id, question.lang)?;
    Ok(Json(print_guide(&app.service, &question, &guide).await?))
}

async fn heartbeat(
    State(app): State<App>,
    Asked(question): Asked<Heartbeat>,
) -> Result<Json<Done>, No> {
    let service = &app.service;
    let hall = {
        let live_state = service.live_state();
        let (hall, _) =
            live_state.setup().setup.kiosk(&question.kiosk).ok_or(Refusal::UnknownKiosk)?;
        hall.id.clone()
    };
    if service.presence.heard(&question.kiosk, service.clock.now()) {
        service.changed.hall(&hall);
    }
    Ok(Json(Done {}))
}

//! What a kiosk asks.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use jiban_app::api::kiosk::{Heartbeat, Issue, Printed, Reprint};
use jiban_app::api::{Call, Done};
use jiban_domain::Refusal;

use super::App;
use super::asked::{Asked, Kept};
use super::refused::No;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route(Issue::PATH, post(issue))
        .route(Reprint::PATH, post(reprint))
        .route(Printed::PATH, post(printed))
        .route(Heartbeat::PATH, post(heartbeat))
}

async fn issue(State(app): State<App>, Asked(question): Asked<Issue>) -> Result<Kept, No> {
    Ok(Kept(app.desk.issue(question).await?))
}

async fn reprint(State(app): State<App>, Asked(question): Asked<Reprint>) -> Result<Kept, No> {
    Ok(Kept(app.desk.reprint(question).await?))
}

async fn printed(State(app): State<App>, Asked(question): Asked<Printed>) -> Result<Kept, No> {
    Ok(Kept(app.desk.printed(question).await?))
}

async fn heartbeat(
    State(app): State<App>,
    Asked(question): Asked<Heartbeat>,
) -> Result<Json<Done>, No> {
    let desk = &app.desk;
    let hall = {
        let floor = desk.floor();
        let (hall, _) = floor.setup().setup.kiosk(&question.kiosk).ok_or(Refusal::UnknownKiosk)?;
        hall.id.clone()
    };
    if desk.presence.heard(&question.kiosk, desk.clock.now()) {
        desk.changed.hall(&hall);
    }
    Ok(Json(Done {}))
}

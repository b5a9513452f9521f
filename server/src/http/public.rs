//! Calls that anyone may make.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use jiban_app::api::hall::HallNow;
use jiban_app::api::progress::Progress;
use jiban_app::parts::announce;
use jiban_domain::access::Action;
use jiban_domain::{HallId, Lang, Refusal};
use serde::Deserialize;

use super::App;
use super::assistance;
use super::client::{self, Client};
use super::extract::{QueryParams, TokenParam};
use super::language::Language;
use super::response::Rejection;
use super::routes::Routes;
use crate::views;
use crate::voice;

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/api/hall", Action::ReadHall, hall)
        .get("/api/progress", Action::FollowProgress, progress)
        .get("/api/display/voice", Action::Announce, say)
        .get(assistance::LANGUAGE, Action::ReadLanguage, assistance::language)
        .get("/healthz", Action::CheckHealth, healthz)
}

#[derive(Deserialize)]
struct HallParams {
    hall: Option<HallId>,
}

async fn hall(
    State(app): State<App>,
    Language(lang): Language,
    QueryParams(HallParams { hall }): QueryParams<HallParams>,
) -> Result<Json<HallNow>, Rejection> {
    let live_state = app.service.live_state();
    let hall = views::hall::meant(&live_state, hall.as_ref())?;
    let now = app.service.clock.now();
    let mut shown = views::hall::hall_now(&live_state, hall, lang, now);
    if app.service.is_open(&live_state, hall, now) {
        (shown.open, shown.opens_at) = (true, None);
    }
    Ok(Json(shown))
}

async fn progress(
    State(app): State<App>,
    Client(client): Client,
    QueryParams(params): QueryParams<TokenParam>,
) -> Result<Json<Progress>, Rejection> {
    let found = match params.token() {
        Ok(token) => views::progress::progress(&app.service, token).await,
        Err(unknown) => Err(unknown),
    };
    Ok(Json(client::known(&app, client, found)?))
}

/// Says in words why not: it is read by monitors and their operators.
pub(super) async fn healthz(State(app): State<App>) -> (StatusCode, String) {
    match app.service.health().await {
        Ok(()) => (StatusCode::OK, "ok\n".to_owned()),
        Err(unhealthy) => {
            tracing::error!("{unhealthy}");
            (StatusCode::SERVICE_UNAVAILABLE, format!("{}\n", unhealthy.reason()))
        }
    }
}

#[derive(Deserialize)]
struct VoiceParams {
    hall: HallId,
    seq: i64,
}

/// The announcement of a call as a WAV file, for browsers without a Chinese voice.
async fn say(
    State(app): State<App>,
    QueryParams(VoiceParams { hall, seq }): QueryParams<VoiceParams>,
) -> Result<impl IntoResponse, Rejection> {
    if !app.voice {
        return Err(Rejection(Refusal::UnknownCall));
    }
    let sentence = {
        let live_state = app.service.live_state();
        let found = views::hall::meant(&live_state, Some(&hall))?;
        let called = live_state
            .calls(&hall)
            .find(|called| called.seq == seq)
            .ok_or(Refusal::UnknownTicket)?;
        let counter = found.counter(&called.counter).ok_or(Refusal::UnknownCounter)?;
        announce::sentence(&called.number, counter.name.get(Lang::Zh))
    };
    let wav = voice::wav(&sentence).await.map_err(|_| Refusal::Busy { seconds: 2 })?;
    let wav = wav.ok_or(Refusal::UnknownCall)?;
    Ok(([(header::CONTENT_TYPE, "audio/wav")], wav))
}

//! What anyone may read.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use jiban_app::api::hall::HallNow;
use jiban_app::api::progress::Progress;
use jiban_app::parts::announce;
use jiban_domain::{HallId, Lang, Refusal};
use serde::Deserialize;

use super::App;
use super::asked::{Behind, Speaks, TokenBehind};
use super::refused::No;
use crate::views;
use crate::voice;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/hall", get(hall))
        .route("/api/progress", get(progress))
        .route("/api/display/voice", get(say))
}

#[derive(Deserialize)]
struct HallBehind {
    hall: Option<HallId>,
}

async fn hall(
    State(app): State<App>,
    Speaks(lang): Speaks,
    Behind(HallBehind { hall }): Behind<HallBehind>,
) -> Result<Json<HallNow>, No> {
    let live_state = app.service.live_state();
    let hall = views::hall::meant(&live_state, hall.as_ref())?;
    Ok(Json(views::hall::hall_now(&live_state, hall, lang, app.service.clock.now())))
}

async fn progress(
    State(app): State<App>,
    Behind(behind): Behind<TokenBehind>,
) -> Result<Json<Progress>, No> {
    Ok(Json(views::progress::progress(&app.service, behind.token()?).await?))
}

pub(super) async fn healthz(State(app): State<App>) -> Result<&'static str, No> {
    app.service.reader.answers().await.map_err(|error| {
        tracing::error!(%error, "the database does not answer");
        No(Refusal::Unavailable)
    })?;
    if !app.service.takes_questions() {
        tracing::error!("the writer has ended");
        return Err(No(Refusal::Unavailable));
    }
    Ok("ok\n")
}

#[derive(Deserialize)]
struct VoiceBehind {
    hall: HallId,
    seq: i64,
}

/// The announcement of a call as a WAV file, for browsers without a voice.
async fn say(
    State(app): State<App>,
    Behind(VoiceBehind { hall, seq }): Behind<VoiceBehind>,
) -> Result<impl IntoResponse, No> {
    if !app.voice {
        return Err(No(Refusal::UnknownCall));
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
    let wav = voice::wav(&sentence).await.ok_or(Refusal::UnknownCall)?;
    Ok(([(header::CONTENT_TYPE, "audio/wav")], wav))
}

//! What helps a visitor at a kiosk and needs nothing of the hall: the voice, the camera, the
//! characters of names, the texts of a language. The hall's server and a kiosk's own terminal
//! answer it alike.

use axum::Json;
use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::BytesRejection;
use axum::http::header;
use axum::response::IntoResponse;
use jiban_app::api::kiosk::{CodeRead, FindCharacters, FoundCharacters};
use jiban_app::words::Texts;
use jiban_domain::{Lang, Refusal};
use serde::Deserialize;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::extract::{JsonBody, QueryParams};
use super::response::Rejection;
use crate::{characters, languages, qr_reader, voice};

/// The paths of these calls.
pub const VOICE: &str = "/api/kiosk/voice";
pub const READ_CODE: &str = "/api/kiosk/read_code";
pub const LANGUAGE: &str = "/api/languages/{tag}";

#[derive(Deserialize)]
pub struct VoiceParams {
    #[serde(default)]
    lang: Lang,
    text: String,
}

/// A sentence as a WAV file: browsers of kiosks have no voices.
pub async fn voice(
    QueryParams(VoiceParams { lang, text }): QueryParams<VoiceParams>,
) -> Result<impl IntoResponse, Rejection> {
    let wav = voice::wav_in(lang, &text).await.map_err(|_| Refusal::Busy { seconds: 2 })?;
    let wav = wav.ok_or(Refusal::UnknownCall)?;
    Ok(([(header::CONTENT_TYPE, "audio/wav")], wav))
}

#[derive(Deserialize)]
pub struct PictureParams {
    width: usize,
}

/// Reads the code in a picture of the kiosk's camera.
pub async fn read_code(
    QueryParams(PictureParams { width }): QueryParams<PictureParams>,
    picture: Result<Bytes, BytesRejection>,
) -> Result<Json<CodeRead>, Rejection> {
    // Some hundredths of a second of a core, and no more than one core.
    static ONE: Semaphore = Semaphore::const_new(1);
    let picture = picture.map_err(|_| Refusal::TooLarge)?;
    if picture.len() > qr_reader::MOST_PIXELS {
        return Err(Rejection(Refusal::TooLarge));
    }
    let turn = ONE.try_acquire().map_err(|_| Refusal::Busy { seconds: 1 })?;
    let read = spawn_blocking(move || qr_reader::read(width, &picture)).await;
    drop(turn);
    Ok(Json(CodeRead { text: read.ok().flatten() }))
}

/// Characters for a name.
pub async fn find_characters(
    JsonBody(FindCharacters { text, is_first }): JsonBody<FindCharacters>,
) -> Json<FoundCharacters> {
    let found = spawn_blocking(move || characters::find(&text)).await;
    let mut characters = found.unwrap_or_default();
    if is_first {
        characters::surnames_first(&mut characters);
    }
    Json(FoundCharacters { characters })
}

/// The texts of a language, for a kiosk whose visitor chose it.
pub async fn language(Path(tag): Path<String>) -> Result<Json<Texts>, Rejection> {
    let lang = Lang::of_tag(&tag).ok_or(Refusal::UnknownCall)?;
    Ok(Json(languages::texts_of(lang)))
}

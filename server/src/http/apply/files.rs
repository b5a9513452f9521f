//! The calls about the files of drafts.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use jiban_app::api::apply::{DetachDraftFile, DraftShown};
use jiban_app::api::{Call, Done};
use jiban_domain::access::Action;
use jiban_domain::draft::DraftRefusal;
use jiban_domain::{Refusal, Token};
use serde::Deserialize;

use super::super::App;
use super::super::client::{self, Client};
use super::super::extract::{FileBody, JsonBody, QueryParams};
use super::super::response::Rejection;
use super::super::routes::Routes;
use crate::views;

pub(super) fn router() -> Routes {
    Routes::new()
        .post("/api/apply/attach", Action::WriteDraft, attach)
        .get("/api/apply/file", Action::ReadDraft, thumbnail)
        .post(DetachDraftFile::PATH, Action::WriteDraft, detach)
}

#[derive(Deserialize)]
struct AttachParams {
    token: String,
    material: String,
}

async fn attach(
    State(app): State<App>,
    Client(client): Client,
    QueryParams(params): QueryParams<AttachParams>,
    FileBody(body): FileBody,
) -> Result<Json<DraftShown>, Rejection> {
    let token = client::known(&app, client, token_of(&params.token))?;
    let place = app.service.place_to_attach(token, client).await;
    let place = client::known(&app, client, place)?;
    app.service.attach_to_draft(&place, &params.material, body).await?;
    drop(place);
    let at = app.service.at_draft(token).await?;
    Ok(Json(views::draft::shown(&app.service, &at).await?))
}

fn token_of(token: &str) -> Result<Token, Refusal> {
    token.parse().map_err(|_| DraftRefusal::UnknownDraft.into())
}

#[derive(Deserialize)]
struct FileParams {
    token: String,
    file: String,
}

async fn thumbnail(
    State(app): State<App>,
    Client(client): Client,
    QueryParams(params): QueryParams<FileParams>,
) -> Result<impl IntoResponse, Rejection> {
    let token = client::known(&app, client, token_of(&params.token))?;
    let found = app.service.draft_thumbnail(token, &params.file).await;
    Ok(picture(client::known(&app, client, found)?))
}

/// A thumbnail. A browser in a hall is another visitor's a minute later: it keeps none, as of
/// every answer that says nothing else.
pub(in crate::http) fn picture(thumbnail: Vec<u8>) -> impl IntoResponse + use<> {
    ([(header::CONTENT_TYPE, "image/jpeg")], thumbnail)
}

async fn detach(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<DetachDraftFile>,
) -> Result<Json<Done>, Rejection> {
    client::known(&app, client, app.service.detach_from_draft(command).await)?;
    Ok(Json(Done {}))
}

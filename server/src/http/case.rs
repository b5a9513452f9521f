//! What anyone may ask about a case: by its number and the last four of the
//! applicant's, by a slip's token, or by a document's code.

use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiban_app::api::Call;
use jiban_app::api::case::{FindCase, FoundCase, Verified};
use jiban_app::api::progress::Progress;
use jiban_domain::case::CaseRefusal;
use jiban_domain::{Refusal, Token};
use serde::Deserialize;

use super::App;
use super::asked::{Asked, AskedFile, Behind};
use super::reception::CodeBehind;
use super::refused::No;
use crate::views;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route(FindCase::PATH, post(find))
        .route("/api/case/supply", post(supply))
        .route("/api/verify", get(verify))
        .merge(
            Router::new()
                .route("/t/{token}/supply", post(supply_by_form))
                .route("/T/{token}/supply", post(supply_by_form))
                // Whoever keeps the file says what is too large.
                .layer(DefaultBodyLimit::disable()),
        )
}

async fn find(
    State(app): State<App>,
    Asked(command): Asked<FindCase>,
) -> Result<Json<FoundCase>, No> {
    Ok(Json(app.service.find_case(&command).await?))
}

async fn verify(
    State(app): State<App>,
    Behind(CodeBehind { code }): Behind<CodeBehind>,
) -> Result<Json<Verified>, No> {
    Ok(Json(views::verify::verify(&app.service, &code).await?))
}

#[derive(Deserialize)]
struct SupplyBehind {
    token: String,
    material: u32,
}

async fn supply(
    State(app): State<App>,
    Behind(behind): Behind<SupplyBehind>,
    AskedFile(body): AskedFile,
) -> Result<Json<Progress>, No> {
    let token: Token = behind.token.parse().map_err(|_| CaseRefusal::UnknownCase)?;
    app.service.supply_by_phone(token, behind.material, body).await?;
    Ok(Json(views::progress::progress(&app.service, token).await?))
}

/// The phone page's form: back to the page, with a word on how it went.
async fn supply_by_form(
    State(app): State<App>,
    Path(token): Path<String>,
    form: Multipart,
) -> Response {
    let done = match token.parse::<Token>() {
        Ok(token) => by_form(&app, token, form).await,
        Err(_) => Err(CaseRefusal::UnknownCase.into()),
    };
    let word = match &done {
        Ok(()) => "ok",
        Err(refusal) => refusal.code(),
    };
    Redirect::to(&format!("/t/{token}?supplied={word}")).into_response()
}

async fn by_form(app: &App, token: Token, mut form: Multipart) -> Result<(), Refusal> {
    let wrong = |_| Refusal::BadRequest("the form was cut off".to_owned());
    let mut material = None;
    // The form names the material before the file.
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        match field.name() {
            Some("material") => {
                material = field.text().await.map_err(wrong)?.trim().parse().ok();
            }
            Some("file") => {
                let material = material.ok_or(CaseRefusal::UnknownMaterial)?;
                return app.service.supply_by_phone(token, material, field).await;
            }
            _ => {}
        }
    }
    Err(CaseRefusal::FileBroken.into())
}

//! The calls about a case that need no session: they are authorised by the case
//! number with the last four characters of the applicant's identity number, by a
//! token, or by a document's code.

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
use super::extract::{FileBody, JsonBody, QueryParams};
use super::reception::CodeParams;
use super::response::Rejection;
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
                // The upload store limits the size.
                .layer(DefaultBodyLimit::disable()),
        )
}

async fn find(
    State(app): State<App>,
    JsonBody(command): JsonBody<FindCase>,
) -> Result<Json<FoundCase>, Rejection> {
    Ok(Json(app.service.find_case(&command).await?))
}

async fn verify(
    State(app): State<App>,
    QueryParams(CodeParams { code }): QueryParams<CodeParams>,
) -> Result<Json<Verified>, Rejection> {
    Ok(Json(views::verify::verify(&app.service, &code).await?))
}

#[derive(Deserialize)]
struct SupplyParams {
    token: String,
    material: u32,
}

async fn supply(
    State(app): State<App>,
    QueryParams(params): QueryParams<SupplyParams>,
    FileBody(body): FileBody,
) -> Result<Json<Progress>, Rejection> {
    let token: Token = params.token.parse().map_err(|_| CaseRefusal::UnknownCase)?;
    app.service.supply_by_phone(token, params.material, body).await?;
    Ok(Json(views::progress::progress(&app.service, token).await?))
}

/// The form of the phone page. It leads back to the page, which shows the outcome.
async fn supply_by_form(
    State(app): State<App>,
    Path(token): Path<String>,
    form: Multipart,
) -> Response {
    let result = match token.parse::<Token>() {
        Ok(token) => by_form(&app, token, form).await,
        Err(_) => Err(CaseRefusal::UnknownCase.into()),
    };
    let outcome = match &result {
        Ok(()) => "ok",
        Err(refusal) => refusal.code(),
    };
    Redirect::to(&format!("/t/{token}?supplied={outcome}")).into_response()
}

async fn by_form(app: &App, token: Token, mut form: Multipart) -> Result<(), Refusal> {
    let incomplete = |_| Refusal::BadRequest("the form is incomplete".to_owned());
    let mut material = None;
    // The form names the material before the file.
    while let Some(field) = form.next_field().await.map_err(incomplete)? {
        match field.name() {
            Some("material") => {
                material = field.text().await.map_err(incomplete)?.trim().parse().ok();
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

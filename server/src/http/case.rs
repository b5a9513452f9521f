//! The calls about a case that need no session: they are authorised by the case
//! number with the last four characters of the applicant's identity number, by a
//! token, or by a document's code.

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use jiban_app::api::Call;
use jiban_app::api::case::{FindCase, FoundCase, Verified};
use jiban_app::api::commitment_calls::AnswerBreach;
use jiban_app::api::progress::Progress;
use jiban_domain::access::Action;
use jiban_domain::case::CaseRefusal;
use jiban_domain::case::reception::FILES;
use jiban_domain::{MatterId, Refusal, Token};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::App;
use super::client::{self, Client};
use super::extract::{FileBody, JsonBody, QueryParams, SentName};
use super::form::SupplyForm;
use super::reception::CodeParams;
use super::response::Rejection;
use super::routes::Routes;
use crate::limits::ClientAddress;
use crate::views;

pub(super) fn router() -> Routes {
    Routes::new()
        .post(FindCase::PATH, Action::FindCase, find)
        .post("/api/case/supply", Action::SupplyMaterial, supply)
        .get("/api/verify", Action::VerifyDocument, verify)
        .post("/t/{token}/supply", Action::SupplyMaterial, supply_by_form)
        .get("/t/{token}/file/{file}", Action::FollowProgress, thumbnail)
        .post("/T/{token}/supply", Action::SupplyMaterial, supply_by_form)
        .post(AnswerBreach::PATH, Action::AnswerBreach, answer)
        .post("/t/{token}/answer", Action::AnswerBreach, answer_by_form)
        .post("/T/{token}/answer", Action::AnswerBreach, answer_by_form)
}

/// An answer to the notice of a breach.
async fn answer(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<AnswerBreach>,
) -> Result<Json<Progress>, Rejection> {
    let token = command.token;
    client::known(&app, client, app.service.answer_breach(command).await)?;
    Ok(Json(views::progress::progress(&app.service, token).await?))
}

#[derive(Deserialize)]
struct AnswerFields {
    matter: MatterId,
    text: String,
}

/// The form of the phone page. It leads back to the page, which shows the outcome.
async fn answer_by_form(
    State(app): State<App>,
    Client(client): Client,
    Path(token): Path<String>,
    form: Result<Form<AnswerFields>, FormRejection>,
) -> Response {
    let Ok(token) = token.parse::<Token>() else {
        let unknown = client::known::<()>(&app, client, Err(CaseRefusal::UnknownCase.into()));
        return unknown.map_err(Rejection).into_response();
    };
    // Whoever opens the address without a form is led to the page.
    let Ok(Form(AnswerFields { matter, text })) = form else {
        return Redirect::to(&format!("/t/{token}")).into_response();
    };
    // A form has no request id: what is sent twice in the same words is one answer.
    let request_id = repeated_form(token, &matter, &text);
    let answered =
        app.service.answer_breach(AnswerBreach { request_id, token, matter, text }).await;
    let outcome = match answered {
        Ok(()) => "answered",
        Err(refusal @ Refusal::Case(CaseRefusal::UnknownCase)) => {
            let unknown = client::known::<()>(&app, client, Err(refusal));
            return unknown.map_err(Rejection).into_response();
        }
        Err(refusal) => refusal.code(),
    };
    Redirect::to(&format!("/t/{token}?supplied={outcome}")).into_response()
}

/// The same id for the same words.
fn repeated_form(token: Token, matter: &MatterId, text: &str) -> Uuid {
    let digest = Sha256::digest(format!("{token}/{matter}/{}", text.trim()));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

async fn find(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<FindCase>,
) -> Result<Json<FoundCase>, Rejection> {
    Ok(Json(app.service.find_case(&command, client).await?))
}

async fn verify(
    State(app): State<App>,
    Client(client): Client,
    QueryParams(CodeParams { code }): QueryParams<CodeParams>,
) -> Result<Json<Verified>, Rejection> {
    Ok(Json(views::verify::verify(&app.service, &code, client).await?))
}

#[derive(Deserialize)]
struct SupplyParams {
    token: String,
    material: u32,
}

async fn supply(
    State(app): State<App>,
    Client(client): Client,
    QueryParams(params): QueryParams<SupplyParams>,
    SentName(name): SentName,
    FileBody(body): FileBody,
) -> Result<Json<Progress>, Rejection> {
    let token: Result<Token, _> = params.token.parse().map_err(|_| CaseRefusal::UnknownCase);
    let token = client::known(&app, client, token.map_err(Refusal::from))?;
    let place = app.service.place_to_supply(token, client).await;
    let place = client::known(&app, client, place)?;
    app.service.supply_by_phone(&place, params.material, (&name, body)).await?;
    drop(place);
    Ok(Json(views::progress::progress(&app.service, token).await?))
}

/// The form of the phone page. It leads back to the page, which shows the outcome.
async fn supply_by_form(
    State(app): State<App>,
    Client(client): Client,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let Ok(token) = token.parse::<Token>() else {
        let unknown = client::known::<()>(&app, client, Err(CaseRefusal::UnknownCase.into()));
        return unknown.map_err(Rejection).into_response();
    };
    let outcome = match by_form(&app, token, client, request).await {
        Ok(()) => "ok",
        // There is no page that could show it.
        Err(refusal @ Refusal::Case(CaseRefusal::UnknownCase)) => {
            let unknown = client::known::<()>(&app, client, Err(refusal));
            return unknown.map_err(Rejection).into_response();
        }
        Err(refusal) => refusal.code(),
    };
    Redirect::to(&format!("/t/{token}?supplied={outcome}")).into_response()
}

async fn by_form(
    app: &App,
    token: Token,
    client: ClientAddress,
    request: Request,
) -> Result<(), Refusal> {
    // Nothing is read for a token that nobody has.
    let place = app.service.place_to_supply(token, client).await?;
    let mut form = SupplyForm::open(request)?;
    let mut files = 0;
    while let Some(file) = form.file().await? {
        // No material takes more.
        if files == FILES {
            return Err(CaseRefusal::TooManyFiles.into());
        }
        let material = file.material.parse().map_err(|_| CaseRefusal::UnknownMaterial)?;
        let name = file.name.clone();
        app.service.supply_by_phone(&place, material, (&name, file.into_body())).await?;
        files += 1;
    }
    if files == 0 {
        return Err(CaseRefusal::FileEmpty.into());
    }
    Ok(())
}

/// The thumbnail of a file that was sent by phone, for who has the receipt. Slips lie around,
/// and pictures show persons.
async fn thumbnail(
    State(app): State<App>,
    Client(client): Client,
    Path((token, file)): Path<(String, String)>,
) -> Result<impl IntoResponse, Rejection> {
    let token: Result<Token, _> = token.parse().map_err(|_| CaseRefusal::UnknownCase);
    let token = client::known(&app, client, token.map_err(Refusal::from))?;
    let thumbnail = app.service.sent_thumbnail(token, &file).await;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, max-age=3600"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    Ok((headers, client::known(&app, client, thumbnail)?))
}

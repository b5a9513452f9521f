//! Application forms on paper, as PDF: empty, of a draft, and of a case.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use jiban_app::api::Done;
use jiban_domain::access::Action;
use jiban_domain::draft::DraftRefusal;
use jiban_domain::{CaseId, DraftId, HallId, Refusal};
use serde::Deserialize;

use super::App;
use super::client::{self, Client};
use super::extract::{FileBody, QueryParams, TokenParam};
use super::language::Language;
use super::response::Rejection;
use super::routes::{Routes, SignedInCaller};
use crate::documents::application;
use crate::service::Caller;

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/guides/{hall}/{matter}/form.pdf", Action::ReadGuides, blank)
        .get("/api/apply/form.pdf", Action::ReadDraft, of_draft)
        .post("/api/apply/sign", Action::MoveDraft, sign)
        .get("/api/drafts/form.pdf", Action::LookAtDraft, in_hand)
        .get("/api/counter/form.pdf", Action::RevealApplicant, at_counter)
        .get("/api/office/form.pdf", Action::RevealToReviewer, at_office)
}

fn pdf(pdf: Vec<u8>) -> impl IntoResponse + use<> {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"application.pdf\""),
    ];
    (headers, pdf)
}

async fn blank(
    State(app): State<App>,
    Language(lang): Language,
    Path((hall, id)): Path<(HallId, String)>,
) -> Result<impl IntoResponse, Rejection> {
    Ok(pdf(application::blank(&app.service, &hall, &id, lang).await?))
}

async fn of_draft(
    State(app): State<App>,
    Client(client): Client,
    Language(lang): Language,
    QueryParams(query): QueryParams<TokenParam>,
) -> Result<impl IntoResponse, Rejection> {
    let token = query.token().map_err(|_| Refusal::from(DraftRefusal::UnknownDraft));
    let at = match token {
        Ok(token) => app.service.at_draft(token).await,
        Err(unknown) => Err(unknown),
    };
    let at = client::known(&app, client, at)?;
    // A helper's token ends with the help, and is on no paper.
    at.require_applicant().map_err(Refusal::from)?;
    Ok(pdf(application::of_draft(&app.service, &at.room, at.token, (true, lang)).await?))
}

#[derive(Deserialize)]
struct SignParams {
    token: String,
    /// What the applicant has read.
    #[serde(default)]
    version: Option<u64>,
}

async fn sign(
    State(app): State<App>,
    Client(client): Client,
    QueryParams(query): QueryParams<SignParams>,
    FileBody(body): FileBody,
) -> Result<Json<Done>, Rejection> {
    let token = query.token.parse().map_err(|_| Refusal::from(DraftRefusal::UnknownDraft));
    let signed = match token {
        Ok(token) => app.service.sign_draft((token, query.version), client, body).await,
        Err(unknown) => Err(unknown),
    };
    client::known(&app, client, signed)?;
    Ok(Json(Done {}))
}

#[derive(Deserialize)]
struct DraftParams {
    draft: DraftId,
}

async fn in_hand(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    Language(lang): Language,
    QueryParams(DraftParams { draft }): QueryParams<DraftParams>,
) -> Result<impl IntoResponse, Rejection> {
    let room = app.service.look_at_draft(&me, Action::LookAtDraft, draft).await?;
    let draft = room.now().draft;
    let whole = app.service.may_on_draft(&me, Action::ReturnDraft, &draft).is_ok();
    // By this code a counter opens the case; it opens nothing of the applicant's.
    let token = app.service.draft_alias(room.token);
    Ok(pdf(application::of_draft(&app.service, &room, token, (whole, lang)).await?))
}

#[derive(Deserialize)]
struct CaseParams {
    case: CaseId,
}

async fn at_counter(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(CaseParams { case }): QueryParams<CaseParams>,
) -> Result<impl IntoResponse, Rejection> {
    of_case(&app, &me, Action::RevealApplicant, case).await
}

async fn at_office(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(CaseParams { case }): QueryParams<CaseParams>,
) -> Result<impl IntoResponse, Rejection> {
    of_case(&app, &me, Action::RevealToReviewer, case).await
}

async fn of_case(
    app: &App,
    me: &Caller,
    action: Action,
    case: CaseId,
) -> Result<impl IntoResponse + use<>, Rejection> {
    Ok(pdf(application::of_case(&app.service, me, action, case).await?))
}

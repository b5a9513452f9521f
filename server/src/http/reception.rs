//! The calls of counters about cases.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use jiban_app::api::Call;
use jiban_app::api::case::{Applicant, CaseShown};
use jiban_app::api::reception::{
    AcceptCase, CasesHere, DecideCase, DeclineCase, DetachFile, DocumentPrinted, HandOverResult,
    MarkMaterial, OpenCase, PostResult, PrintDocument, ReuseMaterial, RevealApplicant, SignPromise,
    TakeUpCase, TellMissing, UploadedFile, WithdrawCase,
};
use jiban_domain::case::{Case, CaseRefusal};
use jiban_domain::{CaseId, Refusal};
use serde::Deserialize;

use super::App;
use super::client::Client;
use super::counter::CounterSession;
use super::extract::{FileBody, JsonBody, QueryParams};
use super::response::{Rejection, StoredAnswer};
use crate::service::AtCounter;
use crate::{documents, views};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route(OpenCase::PATH, post(open_case))
        .route(AcceptCase::PATH, post(accept_case))
        .route(RevealApplicant::PATH, post(reveal))
        .route(PrintDocument::PATH, post(print_document))
        .route("/api/counter/cases", get(cases))
        .route("/api/counter/case", get(case))
        .route("/api/counter/attach", post(attach))
        .route("/api/counter/signature", post(signature))
        .route("/api/counter/card", post(card))
        .route("/api/counter/file", get(file))
        .route("/api/counter/result.pdf", get(result))
        .route(HandOverResult::PATH, post(hand_over_result))
        .merge(verbs())
}

/// The verbs whose answer is the changed case.
fn verbs() -> Router<App> {
    macro_rules! verbs {
        ($($command:ty => $verb:ident),+ $(,)?) => {
            Router::new()$(.route(
                <$command>::PATH,
                post(|State(app): State<App>, CounterSession(me): CounterSession, JsonBody(q): JsonBody<$command>| async move {
                    let case = q.case;
                    app.service.$verb(me.clone(), q).await?;
                    shown(&app, &me, case).await
                }),
            ))+
        };
    }
    verbs! {
        MarkMaterial => mark_material,
        DetachFile => detach,
        ReuseMaterial => reuse_material,
        TellMissing => tell_missing,
        SignPromise => sign_promise,
        DecideCase => decide_case,
        DeclineCase => decline_case,
        WithdrawCase => withdraw_case,
        TakeUpCase => take_up_case,
        PostResult => post_result,
    }
}

/// A case of the counter's hall; cases of other halls are unknown there.
async fn of_hall(app: &App, me: &AtCounter, id: CaseId) -> Result<Case, Rejection> {
    let case = app.service.case(id).await?;
    if case.hall != app.service.hall_of(me)? {
        return Err(Rejection(CaseRefusal::UnknownCase.into()));
    }
    Ok(case)
}

async fn shown(app: &App, me: &AtCounter, id: CaseId) -> Result<Json<CaseShown>, Rejection> {
    let case = of_hall(app, me, id).await?;
    let mine = case.clerk == me.clerk;
    Ok(Json(views::case::shown(&app.service, &case, mine).await?))
}

async fn hand_over_result(
    State(app): State<App>,
    Client(client): Client,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<HandOverResult>,
) -> Result<Json<CaseShown>, Rejection> {
    let case = command.case;
    app.service.hand_over_result(me.clone(), command, client).await?;
    shown(&app, &me, case).await
}

async fn open_case(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<OpenCase>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(app.service.open_case(me, command).await?))
}

async fn accept_case(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<AcceptCase>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(app.service.accept_case(me, command).await?))
}

async fn reveal(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<RevealApplicant>,
) -> Result<Json<Applicant>, Rejection> {
    Ok(Json(app.service.reveal_to_clerk(&me.clerk, command.case).await?))
}

#[derive(Deserialize)]
struct CasesParams {
    #[serde(default)]
    q: String,
}

async fn cases(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    QueryParams(CasesParams { q }): QueryParams<CasesParams>,
) -> Result<Json<CasesHere>, Rejection> {
    Ok(Json(views::reception::cases_here(&app.service, &me, &q).await?))
}

#[derive(Deserialize)]
pub(super) struct CaseParams {
    pub case: CaseId,
}

async fn case(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    QueryParams(CaseParams { case }): QueryParams<CaseParams>,
) -> Result<Json<CaseShown>, Rejection> {
    shown(&app, &me, case).await
}

#[derive(Deserialize)]
struct MaterialParams {
    case: CaseId,
    material: u32,
}

async fn attach(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    QueryParams(params): QueryParams<MaterialParams>,
    FileBody(body): FileBody,
) -> Result<Json<CaseShown>, Rejection> {
    app.service.attach(me.clone(), params.case, params.material, body).await?;
    shown(&app, &me, params.case).await
}

async fn signature(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    QueryParams(CaseParams { case }): QueryParams<CaseParams>,
    FileBody(body): FileBody,
) -> Result<Json<UploadedFile>, Rejection> {
    Ok(Json(UploadedFile { file: app.service.store_signature(me, case, body).await? }))
}

/// A photograph of the identity document of who collects the results.
async fn card(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    QueryParams(CaseParams { case }): QueryParams<CaseParams>,
    FileBody(body): FileBody,
) -> Result<Json<UploadedFile>, Rejection> {
    Ok(Json(UploadedFile { file: app.service.store_card(me, case, body).await? }))
}

#[derive(Deserialize)]
pub(super) struct FileParams {
    pub case: CaseId,
    pub file: String,
    #[serde(default)]
    pub small: bool,
}

async fn file(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    QueryParams(params): QueryParams<FileParams>,
) -> Result<impl IntoResponse, Rejection> {
    let case = of_hall(&app, &me, params.case).await?;
    file_response(&app, &case, &params).await
}

/// A file of a case, or its thumbnail.
pub(super) async fn file_response(
    app: &App,
    case: &Case,
    params: &FileParams,
) -> Result<impl IntoResponse + use<>, Rejection> {
    let kind = views::case::kind_of_file(case, &params.file).ok_or(CaseRefusal::UnknownFile)?;
    let uploads = &app.service.uploads;
    let id = params.file.parse().map_err(|_| CaseRefusal::UnknownFile)?;
    let read = if params.small {
        uploads.read_thumbnail(id).await
    } else {
        uploads.read(id).await.map(|(_, bytes)| bytes)
    };
    let bytes = read.map_err(|error| {
        tracing::error!(%error, file = params.file, "a file could not be read");
        Rejection(Refusal::Unavailable)
    })?;
    let media = match (params.small, kind) {
        (true, _) | (false, "picture") => {
            infer::get(&bytes).map_or("image/png", |known| known.mime_type())
        }
        (false, "jpeg") => "image/jpeg",
        (false, "pdf") => "application/pdf",
        (false, _) => "image/png",
    };
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CACHE_CONTROL, "private, no-store"),
        // Nothing in the file may run as a page of this site.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::CONTENT_DISPOSITION, "inline"),
    ];
    Ok((headers, bytes))
}

#[derive(Deserialize)]
pub(super) struct CodeParams {
    pub code: String,
}

async fn result(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    QueryParams(CodeParams { code }): QueryParams<CodeParams>,
) -> Result<impl IntoResponse, Rejection> {
    let (case, code) = documents::case_of_result(&app.service, &code).await?;
    if case.hall != app.service.hall_of(&me)? {
        return Err(Rejection(CaseRefusal::UnknownDocument.into()));
    }
    result_response(&app, &case, code, me.clerk.as_str()).await
}

/// An issued document as PDF. It reveals the applicant, so the audit trail records
/// every one.
pub(super) async fn result_response(
    app: &App,
    case: &Case,
    code: jiban_domain::case::VerifyCode,
    by: &str,
) -> Result<impl IntoResponse + use<>, Rejection> {
    let pdf = documents::result_pdf(&app.service, case, code, by).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"result.pdf\""),
    ];
    Ok((headers, pdf))
}

async fn print_document(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(q): JsonBody<PrintDocument>,
) -> Result<Json<DocumentPrinted>, Rejection> {
    let case = of_hall(&app, &me, q.case).await?;
    let state = documents::print(&app.service, &me, &case, &q).await?;
    Ok(Json(DocumentPrinted { state }))
}

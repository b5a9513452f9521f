//! The calls of counters about cases.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use jiban_app::api::Call;
use jiban_app::api::case::{Applicant, CaseShown};
use jiban_app::api::commitment_calls::{RecordAnswer, SignCommitment, WithdrawCommitment};
use jiban_app::api::reception::{
    AcceptCase, CaseDocument, CasesHere, DecideCase, DeclineCase, DetachFile, DocumentPrinted,
    FindCases, HandOverResult, LookInto, MarkMaterial, OpenCase, PostResult, PrintDocument,
    ReuseMaterial, RevealApplicant, SignPromise, TakeUpCase, TellMissing, Unreadable, UploadedFile,
    WithdrawCase,
};
use jiban_domain::access::Action;
use jiban_domain::case::{Case, CaseRefusal};
use jiban_domain::event::CaseEvent;
use jiban_domain::{CaseId, Refusal};
use serde::Deserialize;
use serde_json::json;

use super::App;
use super::client::Client;
use super::extract::{FileBody, JsonBody, QueryParams, SentName};
use super::response::{Rejection, StoredAnswer};
use super::routes::{CounterSession, Routes};
use crate::service::AtCounter;
use crate::uploads::FileKind;
use crate::{documents, views};

pub(super) fn router() -> Routes {
    Routes::new()
        .post(OpenCase::PATH, Action::OpenCase, open_case)
        .post(AcceptCase::PATH, Action::AcceptCase, accept_case)
        .post(RevealApplicant::PATH, Action::RevealApplicant, reveal)
        .post(PrintDocument::PATH, Action::PrintPaper, print_document)
        .post(LookInto::PATH, Action::SayWhy, look_into)
        .post(FindCases::PATH, Action::SearchCases, find_cases)
        .get("/api/counter/cases", Action::ListCases, cases)
        .get("/api/counter/case", Action::LookAtCase, case)
        .post("/api/counter/attach", Action::AttachFile, attach)
        .post("/api/counter/signature", Action::StoreSignature, signature)
        .post("/api/counter/card", Action::StoreCard, card)
        .get("/api/counter/file", Action::ReadFile, file)
        .get("/api/counter/result.pdf", Action::ReadResult, result)
        .post(HandOverResult::PATH, Action::HandOverResult, hand_over_result)
        .merge(verbs())
}

/// The verbs whose answer is the changed case.
fn verbs() -> Routes {
    macro_rules! verbs {
        ($($command:ty => $verb:ident, $action:expr;)+) => {
            Routes::new()$(.post(
                <$command>::PATH,
                $action,
                |State(app): State<App>, CounterSession(me): CounterSession, JsonBody(q): JsonBody<$command>| async move {
                    let case = q.case;
                    app.service.$verb(me.clone(), q).await?;
                    shown(&app, &me, case).await
                },
            ))+
        };
    }
    verbs! {
        MarkMaterial => mark_material, Action::MarkMaterial;
        DetachFile => detach, Action::DetachFile;
        Unreadable => material_unreadable, Action::CallUnreadable;
        ReuseMaterial => reuse_material, Action::ReuseMaterial;
        TellMissing => tell_missing, Action::TellMissing;
        SignPromise => sign_promise, Action::SignPromise;
        SignCommitment => sign_commitment, Action::SignCommitment;
        WithdrawCommitment => withdraw_commitment, Action::WithdrawCommitment;
        RecordAnswer => record_answer, Action::RecordAnswer;
        DecideCase => decide_case, Action::DecideCase;
        DeclineCase => decline_case, Action::DeclineCase;
        WithdrawCase => withdraw_case, Action::WithdrawCase;
        TakeUpCase => take_up_case, Action::TakeUpCase;
        PostResult => post_result, Action::PostResult;
    }
}

async fn shown(app: &App, me: &AtCounter, id: CaseId) -> Result<Json<CaseShown>, Rejection> {
    let case = app.service.look(&me.caller(), Action::LookAtCase, id).await?;
    let mine = case.clerk == me.clerk;
    Ok(Json(views::case::shown(&app.service, &case, mine).await?))
}

/// Says why the clerk looks at another's case, and shows it.
async fn look_into(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(q): JsonBody<LookInto>,
) -> Result<Json<CaseShown>, Rejection> {
    let case = q.case;
    app.service.say_why(&me, q).await?;
    shown(&app, &me, case).await
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
    Ok(Json(app.service.reveal(&me.caller(), Action::RevealApplicant, command.case).await?))
}

/// A number that is looked for is sent by POST: an address is logged and remembered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoParams {}

async fn cases(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    QueryParams(NoParams {}): QueryParams<NoParams>,
) -> Result<Json<CasesHere>, Rejection> {
    Ok(Json(views::reception::cases_here(&app.service, &me).await?))
}

async fn find_cases(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<FindCases>,
) -> Result<Json<CasesHere>, Rejection> {
    Ok(Json(views::reception::cases_found(&app.service, &me, &command.q).await?))
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
    SentName(name): SentName,
    FileBody(body): FileBody,
) -> Result<Json<CaseShown>, Rejection> {
    app.service.attach(me.clone(), params.case, params.material, (&name, body)).await?;
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
    /// A page of a PDF, counted from 1.
    pub page: Option<u32>,
}

async fn file(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    QueryParams(params): QueryParams<FileParams>,
) -> Result<impl IntoResponse, Rejection> {
    let case = app.service.look(&me.caller(), Action::ReadFile, params.case).await?;
    file_response(&app, &case, &params).await
}

/// A file of a case, its thumbnail, or a page of it as a picture.
pub(super) async fn file_response(
    app: &App,
    case: &Case,
    params: &FileParams,
) -> Result<impl IntoResponse + use<>, Rejection> {
    let kind = views::case::kind_of_file(case, &params.file).ok_or(CaseRefusal::UnknownFile)?;
    stored_file(app, kind, &params.file, (params.small, params.page)).await
}

/// A file of this kind, its thumbnail, or a page of it as a picture.
pub(super) async fn stored_file(
    app: &App,
    kind: &str,
    file: &str,
    (small, page): (bool, Option<u32>),
) -> Result<impl IntoResponse + use<>, Rejection> {
    let uploads = &app.service.uploads;
    let id = file.parse().map_err(|_| CaseRefusal::UnknownFile)?;
    let read = match page {
        Some(number) if kind == "pdf" => uploads.read_page(id, number).await,
        Some(_) => return Err(CaseRefusal::UnknownFile.into()),
        None if small => uploads.read_thumbnail(id).await.map(Some),
        None => uploads.read(id).await.map(|(_, bytes)| Some(bytes)),
    };
    let bytes = read.map_err(|error| {
        tracing::error!(%error, file, "a file could not be read");
        Rejection(Refusal::Unavailable)
    })?;
    let bytes = bytes.ok_or(CaseRefusal::UnknownFile)?;
    let drawn = small || page.is_some();
    // What it is, its bytes say; thumbnails and pages are JPEGs.
    let media = FileKind::of_stored(&bytes).map_or("application/octet-stream", FileKind::mime);
    let disposition = match kind {
        // No browser shows an OFD, and none shows a PDF that may run nothing.
        "pdf" | "ofd" if !drawn => format!("attachment; filename=\"{file}.{kind}\""),
        _ => "inline".to_owned(),
    };
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        // Nothing in the file may run as a page of this site.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
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
    let case = app.service.look(&me.caller(), Action::ReadResult, case.id).await?;
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

/// Records that a document shows the applicant whole.
pub(super) async fn revealed_by(
    app: &App,
    case: &Case,
    paper: CaseDocument,
    me: &AtCounter,
) -> Result<(), Refusal> {
    if matches!(paper, CaseDocument::Decision | CaseDocument::Revocation) {
        let (kind, by) = (CaseEvent::PersonRevealed, me.clerk.as_str());
        let detail = json!({ "paper": paper });
        app.service.record_case_event(case, kind, by, detail).await?;
    }
    Ok(())
}

async fn print_document(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(q): JsonBody<PrintDocument>,
) -> Result<Json<DocumentPrinted>, Rejection> {
    let case = app.service.look(&me.caller(), Action::PrintPaper, q.case).await?;
    revealed_by(&app, &case, q.paper, &me).await?;
    let state = documents::print(&app.service, &me, &case, &q).await?;
    Ok(Json(DocumentPrinted { state }))
}

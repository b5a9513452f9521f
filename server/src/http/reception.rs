//! What a counter asks about cases.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use jiban_app::api::case::{Applicant, CaseShown};
use jiban_app::api::reception::{
    AcceptCase, CasesHere, DecideCase, DeclineCase, DetachFile, HandOverResult, MarkMaterial,
    OpenCase, PostResult, PrintDocument, ReuseMaterial, RevealApplicant, SignPromise, TakeUpCase,
    TellMissing, UploadedFile, WithdrawCase,
};
use jiban_app::api::{Call, Done};
use jiban_domain::case::{Case, CaseRefusal};
use jiban_domain::{CaseId, Refusal};
use serde::Deserialize;

use super::App;
use super::asked::{Asked, AskedFile, Behind, Kept};
use super::counter::At;
use super::refused::No;
use crate::service::AtCounter;
use crate::{documents, views};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route(OpenCase::PATH, post(open_case))
        .route(AcceptCase::PATH, post(accept_case))
        .route(RevealApplicant::PATH, post(look))
        .route(PrintDocument::PATH, post(print_paper))
        .route("/api/counter/cases", get(cases))
        .route("/api/counter/case", get(case))
        .route("/api/counter/attach", post(attach))
        .route("/api/counter/signature", post(signature))
        .route("/api/counter/file", get(file))
        .route("/api/counter/result.pdf", get(result))
        .merge(verbs())
}

/// The verbs that answer with the case as it is then.
fn verbs() -> Router<App> {
    macro_rules! verbs {
        ($($command:ty => $verb:ident),+ $(,)?) => {
            Router::new()$(.route(
                <$command>::PATH,
                post(|State(app): State<App>, At(me): At, Asked(q): Asked<$command>| async move {
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
        HandOverResult => hand_over_result,
        PostResult => post_result,
    }
}

/// A case of the counter's hall.
async fn of_hall(app: &App, me: &AtCounter, id: CaseId) -> Result<Case, No> {
    let case = app.service.case(id).await?;
    if case.hall != app.service.hall_of(me)? {
        return Err(No(CaseRefusal::UnknownCase.into()));
    }
    Ok(case)
}

async fn shown(app: &App, me: &AtCounter, id: CaseId) -> Result<Json<CaseShown>, No> {
    let case = of_hall(app, me, id).await?;
    let mine = case.clerk == me.clerk;
    Ok(Json(views::case::shown(&app.service, &case, mine).await?))
}

async fn open_case(
    State(app): State<App>,
    At(me): At,
    Asked(command): Asked<OpenCase>,
) -> Result<Kept, No> {
    Ok(Kept(app.service.open_case(me, command).await?))
}

async fn accept_case(
    State(app): State<App>,
    At(me): At,
    Asked(command): Asked<AcceptCase>,
) -> Result<Kept, No> {
    Ok(Kept(app.service.accept_case(me, command).await?))
}

async fn look(
    State(app): State<App>,
    At(me): At,
    Asked(command): Asked<RevealApplicant>,
) -> Result<Json<Applicant>, No> {
    Ok(Json(app.service.look_from_counter(&me.clerk, command.case).await?))
}

#[derive(Deserialize)]
struct CasesBehind {
    #[serde(default)]
    q: String,
}

async fn cases(
    State(app): State<App>,
    At(me): At,
    Behind(CasesBehind { q }): Behind<CasesBehind>,
) -> Result<Json<CasesHere>, No> {
    Ok(Json(views::reception::cases_here(&app.service, &me, &q).await?))
}

#[derive(Deserialize)]
pub(super) struct CaseBehind {
    pub case: CaseId,
}

async fn case(
    State(app): State<App>,
    At(me): At,
    Behind(CaseBehind { case }): Behind<CaseBehind>,
) -> Result<Json<CaseShown>, No> {
    shown(&app, &me, case).await
}

#[derive(Deserialize)]
struct MaterialBehind {
    case: CaseId,
    material: u32,
}

async fn attach(
    State(app): State<App>,
    At(me): At,
    Behind(behind): Behind<MaterialBehind>,
    AskedFile(body): AskedFile,
) -> Result<Json<CaseShown>, No> {
    app.service.attach(me.clone(), behind.case, behind.material, body).await?;
    shown(&app, &me, behind.case).await
}

async fn signature(
    State(app): State<App>,
    At(me): At,
    Behind(CaseBehind { case }): Behind<CaseBehind>,
    AskedFile(body): AskedFile,
) -> Result<Json<UploadedFile>, No> {
    Ok(Json(UploadedFile { file: app.service.keep_signature(me, case, body).await? }))
}

#[derive(Deserialize)]
pub(super) struct FileBehind {
    pub case: CaseId,
    pub file: String,
    #[serde(default)]
    pub small: bool,
}

async fn file(
    State(app): State<App>,
    At(me): At,
    Behind(behind): Behind<FileBehind>,
) -> Result<impl IntoResponse, No> {
    let case = of_hall(&app, &me, behind.case).await?;
    give_file(&app, &case, &behind).await
}

/// A file of a case, or its thumbnail.
pub(super) async fn give_file(
    app: &App,
    case: &Case,
    asked: &FileBehind,
) -> Result<impl IntoResponse + use<>, No> {
    let kind = views::case::kind_of_file(case, &asked.file).ok_or(CaseRefusal::UnknownFile)?;
    let files = &app.service.files;
    let id = asked.file.parse().map_err(|_| CaseRefusal::UnknownFile)?;
    let read = if asked.small {
        files.read_thumbnail(id).await
    } else {
        files.read(id).await.map(|(_, bytes)| bytes)
    };
    let bytes = read.map_err(|error| {
        tracing::error!(%error, file = asked.file, "a file could not be read");
        No(Refusal::Unavailable)
    })?;
    let media = match (asked.small, kind) {
        (true, _) => infer::get(&bytes).map_or("image/png", |known| known.mime_type()),
        (false, "jpeg") => "image/jpeg",
        (false, "pdf") => "application/pdf",
        (false, _) => "image/png",
    };
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CACHE_CONTROL, "private, no-store"),
        // Whatever it holds, nothing in it runs as one of our pages.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::CONTENT_DISPOSITION, "inline"),
    ];
    Ok((headers, bytes))
}

#[derive(Deserialize)]
pub(super) struct CodeBehind {
    pub code: String,
}

async fn result(
    State(app): State<App>,
    At(me): At,
    Behind(CodeBehind { code }): Behind<CodeBehind>,
) -> Result<impl IntoResponse, No> {
    let (case, code) = documents::case_of_result(&app.service, &code).await?;
    if case.hall != app.service.hall_of(&me)? {
        return Err(No(CaseRefusal::UnknownDocument.into()));
    }
    give_result(&app, &case, code, me.clerk.as_str()).await
}

/// A document as PDF. It shows its holder whole, so that each is a look.
pub(super) async fn give_result(
    app: &App,
    case: &Case,
    code: jiban_domain::case::VerifyCode,
    by: &str,
) -> Result<impl IntoResponse + use<>, No> {
    let pdf = documents::result_pdf(&app.service, case, code, by).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"result.pdf\""),
    ];
    Ok((headers, pdf))
}

async fn print_paper(
    State(app): State<App>,
    At(me): At,
    Asked(q): Asked<PrintDocument>,
) -> Result<Json<Done>, No> {
    let case = of_hall(&app, &me, q.case).await?;
    documents::print(&app.service, &me, &case, q.paper).await?;
    Ok(Json(Done {}))
}

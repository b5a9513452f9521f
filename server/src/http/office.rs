//! The calls of the office.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum_extra::extract::CookieJar;
use jiban_app::api::case::{Applicant, CaseShown};
use jiban_app::api::commitment::Checks;
use jiban_app::api::commitment_calls::{
    FindBroken, FindKept, PutBreachRight, RecordAnswerAtOffice, RevokeForBreach, TakeCheck,
};
use jiban_app::api::figures::Figures;
use jiban_app::api::office::{
    Approve, AskForMore, HandOver, LookAtNew, MarkTold, Pause, Reject, Resume, RevealApplicant,
    RevealTelephone, Revoke, SignIn, SignOut, Steps, Take, Telephone, Tellings, Unreadable,
};
use jiban_app::api::session::SignedIn;
use jiban_app::api::{Call, Done};
use jiban_domain::access::{Action, PlaceKind, has_step};
use jiban_domain::case::{CaseRefusal, Colour, StepRef};
use jiban_domain::setup::Clerk;
use jiban_domain::{CaseId, DepartmentId, HallId, Refusal};
use serde::Deserialize;

use super::App;
use super::client::Client;
use super::extract::{JsonBody, QueryParams};
use super::language::Language;
use super::reception::{CodeParams, FileParams, file_response, result_response};
use super::response::{Rejection, StoredAnswer};
use super::routes::{Routes, SignedInCaller, signed_in_at};
use super::session;
use crate::service::HallService;
use crate::service::sign_in::SignInPlace;
use crate::views::office::StepsQuery;
use crate::{documents, views};

const COOKIE: &str = session::cookie(PlaceKind::Office);

pub(super) fn router() -> Routes {
    Routes::new()
        .post(SignIn::PATH, Action::SignIn, sign_in)
        .post(SignOut::PATH, Action::SignOut, sign_out)
        .get("/api/office/steps", Action::ListSteps, steps)
        .get("/api/office/checks", Action::ListChecks, checks)
        .get("/api/office/case", Action::ReviewCase, case)
        .get("/api/office/file", Action::ReviewFile, file)
        .get("/api/office/result.pdf", Action::ReviewResult, result)
        .get("/api/office/figures", Action::ReadFigures, figures)
        .get("/api/office/figures.csv", Action::ReadFigures, figures_csv)
        .get("/api/office/tellings", Action::ReadTellings, tellings)
        .post(RevealTelephone::PATH, Action::RevealTelephone, reveal_telephone)
        .post(MarkTold::PATH, Action::MarkTold, mark_told)
        .post(RevealApplicant::PATH, Action::RevealToReviewer, reveal)
        .post(Revoke::PATH, Action::RevokeResult, revoke)
        .merge(verbs())
        .merge(check_verbs())
}

/// The verbs on checks, whose answer is the changed case.
fn check_verbs() -> Routes {
    macro_rules! verbs {
        ($($command:ident => $verb:ident;)+) => {
            Routes::new()$(.post(
                <$command>::PATH,
                Action::$command,
                |State(app): State<App>, SignedInCaller(me): SignedInCaller, JsonBody(q): JsonBody<$command>| async move {
                    let id = q.case;
                    app.service.$verb(me.clone(), q).await?;
                    let case = app.service.look(&me, Action::ReviewCase, id).await?;
                    let has = has_step(&app.service.clerk(&me)?, &case);
                    Ok::<_, Rejection>(Json(views::case::shown(&app.service, &case, has).await?))
                },
            ))+
        };
    }
    verbs! {
        TakeCheck => take_check;
        FindKept => find_kept;
        FindBroken => find_broken;
        RecordAnswerAtOffice => record_answer_at_office;
        PutBreachRight => put_breach_right;
        RevokeForBreach => revoke_for_breach;
    }
}

fn verbs() -> Routes {
    macro_rules! verbs {
        ($($command:ty => $verb:ident, $action:expr;)+) => {
            Routes::new()$(.post(
                <$command>::PATH,
                $action,
                |State(app): State<App>, SignedInCaller(me): SignedInCaller, JsonBody(q): JsonBody<$command>| async move {
                    Ok::<_, Rejection>(StoredAnswer(app.service.$verb(me, q).await?))
                },
            ))+
        };
    }
    verbs! {
        Take => take_step, Action::TakeStep;
        Approve => approve_step, Action::ApproveStep;
        Reject => reject_step, Action::RejectStep;
        AskForMore => ask_for_more, Action::AskForMore;
        Unreadable => step_unreadable, Action::AskAgain;
        LookAtNew => look_at_new, Action::LookAtNew;
        Pause => pause_step, Action::PauseStep;
        Resume => resume_step, Action::ResumeStep;
        HandOver => hand_over_step, Action::HandOverStep;
    }
}

async fn sign_in(
    State(app): State<App>,
    Client(client): Client,
    jar: CookieJar,
    JsonBody(command): JsonBody<SignIn>,
) -> Result<impl IntoResponse, Rejection> {
    let device = session::device(&jar);
    let new = app
        .service
        .sign_in(&command.name, command.password, SignInPlace::Office, client, device)
        .await?;
    let (jar, device) = session::begin(&app.service, jar, COOKIE, &new).await?;
    Ok((jar, device, Json(new.signed_in)))
}

async fn sign_out(
    State(app): State<App>,
    jar: CookieJar,
    _: JsonBody<SignOut>,
) -> Result<impl IntoResponse, Rejection> {
    Ok((session::end(&app.service, jar, COOKIE).await?, Json(Done {})))
}

#[derive(Deserialize)]
struct StepsParams {
    department: Option<DepartmentId>,
    colour: Option<Colour>,
    #[serde(default)]
    mine: bool,
    after: Option<String>,
    limit: Option<u32>,
}

async fn steps(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(params): QueryParams<StepsParams>,
) -> Result<Json<Steps>, Rejection> {
    let StepsParams { department, colour, mine, after, limit } = params;
    let filter = StepsQuery { department, colour, mine, after, limit };
    let me = app.service.clerk(&me)?;
    Ok(Json(views::office::steps(&app.service, &me, &filter).await?))
}

#[derive(Deserialize)]
struct ChecksParams {
    department: Option<DepartmentId>,
    #[serde(default)]
    mine: bool,
}

async fn checks(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(ChecksParams { department, mine }): QueryParams<ChecksParams>,
) -> Result<Json<Checks>, Rejection> {
    let me = app.service.clerk(&me)?;
    Ok(Json(views::checks::checks(&app.service, &me, department.as_ref(), mine).await?))
}

#[derive(Deserialize)]
struct CaseParams {
    step: Option<StepRef>,
    case: Option<CaseId>,
}

async fn case(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(params): QueryParams<CaseParams>,
) -> Result<Json<CaseShown>, Rejection> {
    let id = params.step.map(|step| step.case).or(params.case);
    let id = id.ok_or(CaseRefusal::UnknownCase)?;
    let case = app.service.look(&me, Action::ReviewCase, id).await?;
    let has = has_step(&app.service.clerk(&me)?, &case);
    Ok(Json(views::case::shown(&app.service, &case, has).await?))
}

async fn file(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(params): QueryParams<FileParams>,
) -> Result<impl IntoResponse, Rejection> {
    let case = app.service.look(&me, Action::ReviewFile, params.case).await?;
    file_response(&app, &case, &params).await
}

async fn result(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(CodeParams { code }): QueryParams<CodeParams>,
) -> Result<impl IntoResponse, Rejection> {
    let (case, code) = documents::case_of_result(&app.service, &code).await?;
    let case = app.service.look(&me, Action::ReviewResult, case.id).await?;
    result_response(&app, &case, code, me.clerk.as_str()).await
}

async fn reveal(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    JsonBody(command): JsonBody<RevealApplicant>,
) -> Result<Json<Applicant>, Rejection> {
    Ok(Json(app.service.reveal(&me, Action::RevealToReviewer, command.case).await?))
}

async fn revoke(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    JsonBody(command): JsonBody<Revoke>,
) -> Result<Json<CaseShown>, Rejection> {
    let id = app.service.revoke_result(me, command).await?;
    let case = app.service.case(id).await?;
    Ok(Json(views::case::shown(&app.service, &case, false).await?))
}

#[derive(Deserialize)]
struct FiguresParams {
    hall: Option<HallId>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    table: String,
}

async fn figures(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(params): QueryParams<FiguresParams>,
) -> Result<Json<Figures>, Rejection> {
    let FiguresParams { hall, from, to, .. } = params;
    let period = views::figures::period(&app.service, &me, hall, from.as_deref(), to.as_deref())?;
    Ok(Json(views::figures::figures(&app.service, app.service.clerk(&me)?.role, period).await?))
}

async fn figures_csv(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    Language(lang): Language,
    QueryParams(params): QueryParams<FiguresParams>,
) -> Result<impl IntoResponse, Rejection> {
    let FiguresParams { hall, from, to, table } = params;
    let period = views::figures::period(&app.service, &me, hall, from.as_deref(), to.as_deref())?;
    let figures =
        views::figures::figures(&app.service, app.service.clerk(&me)?.role, period).await?;
    let csv = views::figures_csv::table(&figures, &table, lang)?;
    let name = format!("attachment; filename=\"{table}.csv\"");
    Ok((
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        csv,
    ))
}

/// Who is signed in to the office, as the page shows them.
pub(super) fn signed_in(
    service: &HallService,
    jar: &CookieJar,
) -> Result<(Clerk, SignedIn), Refusal> {
    let clerk = service.clerk(&signed_in_at(service, jar, PlaceKind::Office)?)?;
    let shown = SignedIn {
        clerk: clerk.id.clone(),
        name: clerk.name.clone(),
        role: clerk.role,
        counter: None,
    };
    Ok((clerk, shown))
}

async fn tellings(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
) -> Result<Json<Tellings>, Rejection> {
    Ok(Json(views::tellings::tellings(&app.service, &me).await?))
}

async fn reveal_telephone(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    JsonBody(q): JsonBody<RevealTelephone>,
) -> Result<Json<Telephone>, Rejection> {
    Ok(Json(app.service.reveal_telephone(&me, q).await?))
}

async fn mark_told(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    JsonBody(q): JsonBody<MarkTold>,
) -> Result<Json<Done>, Rejection> {
    app.service.mark_told(&me, q).await?;
    Ok(Json(Done {}))
}

//! The calls of the office.

use axum::extract::{FromRequestParts, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use axum_extra::extract::CookieJar;
use jiban_app::api::case::{Applicant, CaseShown};
use jiban_app::api::office::{
    Approve, AskForMore, Figures, HandOver, Pause, Reject, Resume, RevealApplicant, Revoke, SignIn,
    SignOut, Steps, Take,
};
use jiban_app::api::session::SignedIn;
use jiban_app::api::{Call, Done};
use jiban_domain::case::{Case, CaseRefusal, Colour, StepRef};
use jiban_domain::setup::Clerk;
use jiban_domain::{CaseId, DepartmentId, HallId, Refusal};
use serde::Deserialize;

use super::App;
use super::client::Client;
use super::extract::{JsonBody, QueryParams};
use super::language::Language;
use super::reception::{CodeParams, FileParams, file_response, result_response};
use super::response::{Rejection, StoredAnswer};
use super::{admin, session};
use crate::service::sign_in::SignInPlace;
use crate::service::{HallService, Reviewer, has_a_step};
use crate::views::office::StepsQuery;
use crate::{documents, views};

pub(super) const COOKIE: &str = "jiban_office";

pub(super) fn router() -> Router<App> {
    Router::new()
        .route(SignIn::PATH, post(sign_in))
        .route(SignOut::PATH, post(sign_out))
        .route("/api/office/steps", get(steps))
        .route("/api/office/case", get(case))
        .route("/api/office/file", get(file))
        .route("/api/office/result.pdf", get(result))
        .route("/api/office/figures", get(figures))
        .route("/api/office/figures.csv", get(figures_csv))
        .route(RevealApplicant::PATH, post(reveal))
        .route(Revoke::PATH, post(revoke))
        .merge(verbs())
}

fn verbs() -> Router<App> {
    macro_rules! verbs {
        ($($command:ty => $verb:ident),+ $(,)?) => {
            Router::new()$(.route(
                <$command>::PATH,
                post(|State(app): State<App>, OfficeSession(me): OfficeSession, JsonBody(q): JsonBody<$command>| async move {
                    Ok::<_, Rejection>(StoredAnswer(app.service.$verb(me, q).await?))
                }),
            ))+
        };
    }
    verbs! {
        Take => take_step,
        Approve => approve_step,
        Reject => reject_step,
        AskForMore => ask_for_more,
        Pause => pause_step,
        Resume => resume_step,
        HandOver => hand_over_step,
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
    OfficeSession(me): OfficeSession,
    QueryParams(params): QueryParams<StepsParams>,
) -> Result<Json<Steps>, Rejection> {
    let StepsParams { department, colour, mine, after, limit } = params;
    let filter = StepsQuery { department, colour, mine, after, limit };
    Ok(Json(views::office::steps(&app.service, &me, &filter).await?))
}

#[derive(Deserialize)]
struct CaseParams {
    step: Option<StepRef>,
    case: Option<CaseId>,
}

/// A case the reviewer may see: one that is or was in their department.
async fn visible_case(app: &App, me: &Reviewer, id: CaseId) -> Result<Case, Rejection> {
    let case = app.service.case(id).await?;
    let steps = case.parts.iter().flat_map(|part| &part.steps);
    let theirs = steps.clone().any(|step| me.sees(&step.department)) || has_a_step(&case, &me.0);
    if !theirs || !me.0.works_in(&case.hall) {
        return Err(Rejection(CaseRefusal::NotYourDepartment.into()));
    }
    Ok(case)
}

async fn case(
    State(app): State<App>,
    OfficeSession(me): OfficeSession,
    QueryParams(params): QueryParams<CaseParams>,
) -> Result<Json<CaseShown>, Rejection> {
    let id = params.step.map(|step| step.case).or(params.case);
    let id = id.ok_or(CaseRefusal::UnknownCase)?;
    let case = visible_case(&app, &me, id).await?;
    let has = has_a_step(&case, &me.0);
    Ok(Json(views::case::shown(&app.service, &case, has).await?))
}

async fn file(
    State(app): State<App>,
    OfficeSession(me): OfficeSession,
    QueryParams(params): QueryParams<FileParams>,
) -> Result<impl IntoResponse, Rejection> {
    let case = visible_case(&app, &me, params.case).await?;
    file_response(&app, &case, &params).await
}

async fn result(
    State(app): State<App>,
    OfficeSession(me): OfficeSession,
    QueryParams(CodeParams { code }): QueryParams<CodeParams>,
) -> Result<impl IntoResponse, Rejection> {
    let (case, code) = documents::case_of_result(&app.service, &code).await?;
    let case = visible_case(&app, &me, case.id).await?;
    result_response(&app, &case, code, me.0.id.as_str()).await
}

async fn reveal(
    State(app): State<App>,
    OfficeSession(me): OfficeSession,
    JsonBody(command): JsonBody<RevealApplicant>,
) -> Result<Json<Applicant>, Rejection> {
    Ok(Json(app.service.reveal_to_reviewer(&me, command.case).await?))
}

async fn revoke(
    State(app): State<App>,
    OfficeSession(me): OfficeSession,
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
    Supervisor(me): Supervisor,
    QueryParams(params): QueryParams<FiguresParams>,
) -> Result<Json<Figures>, Rejection> {
    let FiguresParams { hall, from, to, .. } = params;
    let period = views::figures::period(&app.service, hall, from.as_deref(), to.as_deref())?;
    Ok(Json(views::figures::figures(&app.service, me.role, period).await?))
}

async fn figures_csv(
    State(app): State<App>,
    Supervisor(me): Supervisor,
    Language(lang): Language,
    QueryParams(params): QueryParams<FiguresParams>,
) -> Result<impl IntoResponse, Rejection> {
    let FiguresParams { hall, from, to, table } = params;
    let period = views::figures::period(&app.service, hall, from.as_deref(), to.as_deref())?;
    let figures = views::figures::figures(&app.service, me.role, period).await?;
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

/// The reviewer of the session, extracted before the body.
pub(super) struct OfficeSession(pub Reviewer);

impl FromRequestParts<App> for OfficeSession {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Rejection> {
        let jar = CookieJar::from_headers(&parts.headers);
        Ok(Self(app.service.reviewer(session::secret(&jar, COOKIE)?)?))
    }
}

/// Who may see every case, signed in to the office or the admin page.
struct Supervisor(Clerk);

impl FromRequestParts<App> for Supervisor {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Rejection> {
        let jar = CookieJar::from_headers(&parts.headers);
        let session = |cookie| app.service.supervisor(session::secret(&jar, cookie)?);
        // In the same browser a reviewer may be signed in to the office.
        match session(COOKIE) {
            Ok(clerk) => Ok(Self(clerk)),
            Err(Refusal::SignInFirst) => Ok(Self(session(admin::COOKIE)?)),
            Err(refusal) => Ok(Self(session(admin::COOKIE).map_err(|_| refusal)?)),
        }
    }
}

/// Who is signed in to the office, as the page shows them.
pub(super) fn signed_in(
    service: &HallService,
    jar: &CookieJar,
) -> Result<(Reviewer, SignedIn), Refusal> {
    let me = service.reviewer(session::secret(jar, COOKIE)?)?;
    let clerk = me.0.clone();
    let shown = SignedIn { clerk: clerk.id, name: clerk.name, role: clerk.role, counter: None };
    Ok((me, shown))
}

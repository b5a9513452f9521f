//! What the office asks.

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
use super::asked::{Asked, Behind, Kept, Speaks};
use super::reception::{CodeBehind, FileBehind, give_file, give_result};
use super::refused::No;
use super::{admin, session};
use crate::service::sign_in::Door;
use crate::service::{HallService, Reviewer, has_a_step};
use crate::views::office::StepsAsked;
use crate::{documents, views};

/// The cookie of a session in the office.
const COOKIE: &str = "jiban_office";

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
        .route(RevealApplicant::PATH, post(look))
        .route(Revoke::PATH, post(revoke))
        .merge(verbs())
}

fn verbs() -> Router<App> {
    macro_rules! verbs {
        ($($command:ty => $verb:ident),+ $(,)?) => {
            Router::new()$(.route(
                <$command>::PATH,
                post(|State(app): State<App>, In(me): In, Asked(q): Asked<$command>| async move {
                    Ok::<_, No>(Kept(app.service.$verb(me, q).await?))
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
    jar: CookieJar,
    Asked(command): Asked<SignIn>,
) -> Result<impl IntoResponse, No> {
    let begun = app.service.sign_in(&command.name, command.password, Door::Office).await?;
    let jar = session::begin(&app.service, jar, COOKIE, &begun).await?;
    Ok((jar, Json(begun.signed_in)))
}

async fn sign_out(
    State(app): State<App>,
    jar: CookieJar,
    _: Asked<SignOut>,
) -> Result<impl IntoResponse, No> {
    Ok((session::end(&app.service, jar, COOKIE).await?, Json(Done {})))
}

#[derive(Deserialize)]
struct StepsBehind {
    department: Option<DepartmentId>,
    colour: Option<Colour>,
    #[serde(default)]
    mine: bool,
    after: Option<String>,
    limit: Option<u32>,
}

async fn steps(
    State(app): State<App>,
    In(me): In,
    Behind(behind): Behind<StepsBehind>,
) -> Result<Json<Steps>, No> {
    let StepsBehind { department, colour, mine, after, limit } = behind;
    let asked = StepsAsked { department, colour, mine, after, limit };
    Ok(Json(views::office::steps(&app.service, &me, &asked).await?))
}

#[derive(Deserialize)]
struct CaseBehind {
    step: Option<StepRef>,
    case: Option<CaseId>,
}

/// A case that the asker may see: one that is, or was, in their department.
async fn seen(app: &App, me: &Reviewer, id: CaseId) -> Result<Case, No> {
    let case = app.service.case(id).await?;
    let steps = case.parts.iter().flat_map(|part| &part.steps);
    let theirs = steps.clone().any(|step| me.sees(&step.department)) || has_a_step(&case, &me.0);
    if !theirs || !me.0.works_in(&case.hall) {
        return Err(No(CaseRefusal::NotYourDepartment.into()));
    }
    Ok(case)
}

async fn case(
    State(app): State<App>,
    In(me): In,
    Behind(behind): Behind<CaseBehind>,
) -> Result<Json<CaseShown>, No> {
    let id = behind.step.map(|step| step.case).or(behind.case);
    let id = id.ok_or(CaseRefusal::UnknownCase)?;
    let case = seen(&app, &me, id).await?;
    let has = has_a_step(&case, &me.0);
    Ok(Json(views::case::shown(&app.service, &case, has).await?))
}

async fn file(
    State(app): State<App>,
    In(me): In,
    Behind(behind): Behind<FileBehind>,
) -> Result<impl IntoResponse, No> {
    let case = seen(&app, &me, behind.case).await?;
    give_file(&app, &case, &behind).await
}

async fn result(
    State(app): State<App>,
    In(me): In,
    Behind(CodeBehind { code }): Behind<CodeBehind>,
) -> Result<impl IntoResponse, No> {
    let (case, code) = documents::case_of_result(&app.service, &code).await?;
    let case = seen(&app, &me, case.id).await?;
    give_result(&app, &case, code, me.0.id.as_str()).await
}

async fn look(
    State(app): State<App>,
    In(me): In,
    Asked(command): Asked<RevealApplicant>,
) -> Result<Json<Applicant>, No> {
    Ok(Json(app.service.look_from_office(&me, command.case).await?))
}

async fn revoke(
    State(app): State<App>,
    In(me): In,
    Asked(command): Asked<Revoke>,
) -> Result<Json<CaseShown>, No> {
    let id = app.service.revoke_result(me, command).await?;
    let case = app.service.case(id).await?;
    Ok(Json(views::case::shown(&app.service, &case, false).await?))
}

#[derive(Deserialize)]
struct FiguresBehind {
    hall: Option<HallId>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    table: String,
}

async fn figures(
    State(app): State<App>,
    Supervisor(me): Supervisor,
    Behind(behind): Behind<FiguresBehind>,
) -> Result<Json<Figures>, No> {
    let FiguresBehind { hall, from, to, .. } = behind;
    let stretch = views::figures::stretch(&app.service, hall, from.as_deref(), to.as_deref())?;
    Ok(Json(views::figures::figures(&app.service, me.role, stretch).await?))
}

async fn figures_csv(
    State(app): State<App>,
    Supervisor(me): Supervisor,
    Speaks(lang): Speaks,
    Behind(behind): Behind<FiguresBehind>,
) -> Result<impl IntoResponse, No> {
    let FiguresBehind { hall, from, to, table } = behind;
    let stretch = views::figures::stretch(&app.service, hall, from.as_deref(), to.as_deref())?;
    let figures = views::figures::figures(&app.service, me.role, stretch).await?;
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

/// Who is in the office. Known before the command is read.
pub(super) struct In(pub Reviewer);

impl FromRequestParts<App> for In {
    type Rejection = No;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, No> {
        let jar = CookieJar::from_headers(&parts.headers);
        Ok(Self(app.service.reviewer(session::secret(&jar, COOKIE)?)?))
    }
}

/// Who may see every case, signed in at either door.
struct Supervisor(Clerk);

impl FromRequestParts<App> for Supervisor {
    type Rejection = No;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, No> {
        let jar = CookieJar::from_headers(&parts.headers);
        let by = |cookie| app.service.supervisor(session::secret(&jar, cookie)?);
        // A reviewer may sit at the office's door of the same browser.
        match by(COOKIE) {
            Ok(known) => Ok(Self(known)),
            Err(Refusal::SignInFirst) => Ok(Self(by(admin::COOKIE)?)),
            Err(refused) => Ok(Self(by(admin::COOKIE).map_err(|_| refused)?)),
        }
    }
}

/// Who is in the office, as their page shows them.
pub(super) fn signed_in(
    service: &HallService,
    jar: &CookieJar,
) -> Result<(Reviewer, SignedIn), Refusal> {
    let me = service.reviewer(session::secret(jar, COOKIE)?)?;
    let clerk = me.0.clone();
    let shown = SignedIn { clerk: clerk.id, name: clerk.name, role: clerk.role, counter: None };
    Ok((me, shown))
}

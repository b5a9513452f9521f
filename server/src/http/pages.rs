//! The documents: machines the browser mounts, and pages whole without scripts.

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use jiban_app::api::Refused;
use jiban_app::api::reception::Paper;
use jiban_app::guides;
use jiban_app::progress::case_words::CaseWords;
use jiban_app::progress::{CaseView, ProgressView, html};
use jiban_app::shell::{Machine, MachineDocument, MachineDocumentProps};
use jiban_domain::case::CaseRefusal;
use jiban_domain::{CaseId, HallId, KioskId, Lang, Refusal, Token};
use serde::Deserialize;

use super::App;
use super::asked::{Behind, Speaks};
use super::counter::At;
use super::refused;
use crate::zone::{moment_in, time_in};
use crate::{documents, views};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/", get(doors))
        .route("/kiosk/{kiosk}", get(kiosk))
        .route("/display/{hall}", get(display))
        .route("/counter", get(counter))
        .route("/counter/paper", get(paper))
        .route("/office", get(office))
        .route("/admin", get(admin))
        .route("/t/{token}", get(progress))
        // The QR code holds its address in capitals.
        .route("/T/{token}", get(progress))
        .route("/guides", get(guide_list))
        .route("/guides/{hall}/{matter}", get(guide))
        .route("/verify", get(verify_by_form))
        .route("/verify/{code}", get(verify))
        .route("/VERIFY/{code}", get(verify))
        .fallback(nothing)
}

/// `?lang=en` or `?lang=zh-CN`: what a link on the page asks for.
#[derive(Deserialize)]
struct LangBehind {
    lang: Option<Lang>,
}

/// The language of a document: the one its link names, else the browser's.
struct DocumentLang(Lang);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for DocumentLang {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        state: &S,
    ) -> Result<Self, Self::Rejection> {
        let Speaks(browser) = Speaks::from_request_parts(parts, state).await?;
        let asked = Behind::<LangBehind>::from_request_parts(parts, state).await.ok();
        Ok(Self(asked.and_then(|Behind(asked)| asked.lang).unwrap_or(browser)))
    }
}

async fn doors(State(app): State<App>, DocumentLang(lang): DocumentLang) -> Response {
    let halls = views::hall::doors(&app.service.live_state());
    Html(html::doors(&app.assets, lang, halls)).into_response()
}

/// `?supplied=ok`, or the code of a refusal: how the last upload went.
#[derive(Deserialize)]
struct SuppliedBehind {
    supplied: Option<String>,
}

/// What may be said of an upload that came to nothing.
fn not_supplied(code: &str, lang: Lang) -> String {
    let known = [
        CaseRefusal::FileTooLarge,
        CaseRefusal::FileNotAKind,
        CaseRefusal::FileBroken,
        CaseRefusal::TooManyFiles,
        CaseRefusal::NothingMissing,
        CaseRefusal::UnknownMaterial,
    ];
    known.into_iter().find(|refusal| refusal.code() == code).map_or_else(
        || CaseWords::of(lang).not_supplied.to_owned(),
        |refusal| Refused::of(&refusal.into(), lang).in_a_line(lang),
    )
}

async fn progress(
    State(app): State<App>,
    token: Result<Path<String>, PathRejection>,
    DocumentLang(lang): DocumentLang,
    supplied: Result<Query<SuppliedBehind>, QueryRejection>,
) -> Response {
    // What is no text at all is a wrong token like any other.
    let token = token.map(|Path(token)| token).unwrap_or_default();
    let found = match token.parse::<Token>() {
        Ok(token) => {
            views::progress::progress(&app.service, token).await.map(|found| (token, found))
        }
        Err(_) => Err(Refusal::UnknownTicket),
    };
    match found {
        Ok((token, found)) => {
            let live = format!("/events/progress?token={token}");
            // The slip's own page stays the ticket's while the visitor is at it.
            let case =
                found.case.as_ref().filter(|case| case.by_own_token || !found.state.is_active());
            if let Some(case) = case {
                let supplied = supplied.ok().and_then(|Query(behind)| behind.supplied);
                let supplied = supplied.map(|code| match code.as_str() {
                    "ok" => (true, CaseWords::of(lang).supplied.to_owned()),
                    code => (false, not_supplied(code, lang)),
                });
                let now = app.service.clock.now();
                let view = CaseView::of(&found, case, supplied, lang, now, |at| {
                    moment_in(&found.time_zone, at)
                });
                let supply = format!("/t/{}/supply", case.token);
                return Html(html::case(&app.assets, view, &live, &supply)).into_response();
            }
            let view = ProgressView::of(&found, lang, app.service.clock.now(), |at| {
                time_in(&found.time_zone, at)
            });
            Html(html::progress(&app.assets, view, &live)).into_response()
        }
        Err(Refusal::UnknownTicket) => {
            (StatusCode::NOT_FOUND, Html(html::not_found(&app.assets, lang))).into_response()
        }
        Err(refusal) => {
            let document = html::unavailable(&app.assets, lang, "");
            (status(&refusal), Html(document)).into_response()
        }
    }
}

#[derive(Deserialize, Default)]
struct GuidesBehind {
    hall: Option<HallId>,
    #[serde(default)]
    q: String,
    line: Option<String>,
    department: Option<String>,
    event: Option<String>,
}

/// Longer than any name.
const QUERY_MOST: usize = 40;

/// What can be done in a hall.
async fn guide_list(
    State(app): State<App>,
    DocumentLang(lang): DocumentLang,
    asked: Result<Query<GuidesBehind>, QueryRejection>,
) -> Response {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let wanted = views::guides::Wanted {
        query: asked.q.trim().chars().take(QUERY_MOST).collect(),
        line: asked.line,
        department: asked.department,
        event: asked.event,
    };
    let list = views::guides::list(&app.service.live_state(), asked.hall.as_ref(), &wanted, lang);
    match list {
        Ok(list) => Html(guides::html::list(&app.assets, list)).into_response(),
        Err(refusal) => no(&app, lang, &refusal),
    }
}

async fn guide(
    State(app): State<App>,
    DocumentLang(lang): DocumentLang,
    Path((hall, matter)): Path<(HallId, String)>,
) -> Response {
    match views::guides::guide(&app.service, &hall, &matter, lang) {
        Ok(guide) => Html(guides::html::guide(&app.assets, guide)).into_response(),
        Err(refusal) => no(&app, lang, &refusal),
    }
}

/// Whether a document is genuine, for anyone who holds it.
async fn verify(
    State(app): State<App>,
    Path(code): Path<String>,
    DocumentLang(lang): DocumentLang,
) -> Response {
    match views::verify::verify(&app.service, &code).await {
        Ok(verified) => {
            let code = code.to_uppercase();
            Html(html::verify(&app.assets, lang, code, Some(verified))).into_response()
        }
        Err(refusal) => no(&app, lang, &refusal),
    }
}

#[derive(Deserialize)]
struct CodeTyped {
    code: Option<String>,
}

/// The same, with the code typed; without one, only the form.
async fn verify_by_form(
    State(app): State<App>,
    typed: Result<Query<CodeTyped>, QueryRejection>,
    lang: DocumentLang,
) -> Response {
    let code = typed.ok().and_then(|Query(typed)| typed.code).unwrap_or_default();
    let code = code.trim();
    if code.is_empty() {
        return Html(html::verify(&app.assets, lang.0, String::new(), None)).into_response();
    }
    verify(State(app), Path(code.to_owned()), lang).await
}

/// An unknown kiosk gets the same document, under the status that says so: its
/// page tells the installer what to do, and starts once the hall knows it.
async fn kiosk(State(app): State<App>, Path(id): Path<KioskId>, request: Request) -> Response {
    let known = app.service.live_state().setup().setup.kiosk(&id).is_some();
    let mut answer = machine(app, "kiosk", id.0, "自助取号", request).await;
    if !known {
        *answer.status_mut() = status(&Refusal::UnknownKiosk);
    }
    answer
}

async fn display(
    State(app): State<App>,
    Path(id): Path<HallId>,
    DocumentLang(lang): DocumentLang,
    request: Request,
) -> Response {
    if app.service.live_state().setup().setup.hall(&id).is_none() {
        return no(&app, lang, &Refusal::UnknownHall);
    }
    machine(app, "display", id.0, "叫号大屏", request).await
}

async fn counter(State(app): State<App>, request: Request) -> Response {
    machine(app, "counter", String::new(), "窗口 · 即办", request).await
}

async fn office(State(app): State<App>, request: Request) -> Response {
    machine(app, "office", String::new(), "审批 · 即办", request).await
}

#[derive(Deserialize)]
struct PaperBehind {
    case: CaseId,
    paper: Paper,
}

/// A paper of a case, which prints itself in the clerk's browser.
async fn paper(
    State(app): State<App>,
    DocumentLang(lang): DocumentLang,
    At(me): At,
    Behind(PaperBehind { case, paper }): Behind<PaperBehind>,
) -> Response {
    let drawn = async {
        let case = app.service.case(case).await?;
        if case.hall != app.service.hall_of(&me)? {
            return Err(CaseRefusal::UnknownCase.into());
        }
        documents::for_browser(&app.service, &case, paper).await
    };
    match drawn.await {
        Ok((svg, a4)) => Html(html::paper(&svg, a4)).into_response(),
        Err(refusal) => no(&app, lang, &refusal),
    }
}

async fn admin(State(app): State<App>, request: Request) -> Response {
    machine(app, "admin", String::new(), "管理 · 即办", request).await
}

/// The document in which the browser mounts a machine.
async fn machine(
    app: App,
    page: &'static str,
    id: String,
    title: &'static str,
    request: Request<Body>,
) -> Response {
    let assets = app.assets;
    let render = leptos_axum::render_app_async(move || {
        MachineDocument(
            MachineDocumentProps::builder()
                .assets(assets.as_ref().clone())
                .machine(Machine { page, id: id.clone(), title })
                .build(),
        )
    });
    render(request).await.into_response()
}

fn no(app: &App, lang: Lang, refusal: &Refusal) -> Response {
    let document = html::refused(&app.assets, lang, &Refused::of(refusal, lang));
    (status(refusal), Html(document)).into_response()
}

fn status(refusal: &Refusal) -> StatusCode {
    StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Any other address. A page for people, JSON for programs.
async fn nothing(
    State(app): State<App>,
    DocumentLang(lang): DocumentLang,
    uri: Uri,
    request: Request,
) -> Response {
    let program = uri.path().starts_with("/api/") || uri.path().starts_with("/events/");
    let wants_page = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    if program || !wants_page {
        return refused::No(Refusal::UnknownCall).into_response();
    }
    (StatusCode::NOT_FOUND, Html(html::not_found(&app.assets, lang))).into_response()
}

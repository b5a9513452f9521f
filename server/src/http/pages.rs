//! HTML documents: shells in which the browser mounts the pages of machines, and
//! pages that work without scripts.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRef, FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use jiban_app::api::Refused;
use jiban_app::api::reception::CaseDocument;
use jiban_app::guides;
use jiban_app::progress::case_words::CaseWords;
use jiban_app::progress::{CaseView, ProgressView, html};
use jiban_app::shell::{Assets, Machine, Shell};
use jiban_domain::access::Action;
use jiban_domain::case::CaseRefusal;
use jiban_domain::setup::KioskScreen;
use jiban_domain::{CaseId, HallId, KioskId, Lang, Refusal, Token};
use serde::Deserialize;

use super::client::{self, Client};
use super::extract::QueryParams;
use super::headers::{MachinePage, Nonce};
use super::kiosk_guard;
use super::language::Language;
use super::opened_by_hand::{is_by_hand, wants_page};
use super::reception::revealed_by;
use super::request_id;
use super::response::{Rejection, status};
use super::routes::{CounterSession, Routes};
use super::{App, Front};
use crate::zone::{moment_in, time_in};
use crate::{documents, views};

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/", Action::OpenPage, home)
        .get("/kiosk/{kiosk}", Action::OpenPage, kiosk)
        .get("/display/{hall}", Action::OpenPage, display)
        .get("/counter", Action::OpenPage, counter)
        .get("/counter/paper", Action::ReadPaper, case_document)
        .get("/office", Action::OpenPage, office)
        .get("/help", Action::OpenPage, help)
        .get("/admin", Action::OpenPage, admin)
        .get("/t/{token}", Action::FollowProgress, progress)
        // The QR code holds its address in capitals.
        .get("/T/{token}", Action::FollowProgress, progress)
        .get("/guides", Action::ReadGuides, guide_list)
        .get("/guides/{hall}/{matter}", Action::ReadGuides, guide)
        .get("/verify", Action::VerifyDocument, verify_by_form)
        .get("/verify/{code}", Action::VerifyDocument, verify)
        .get("/VERIFY/{code}", Action::VerifyDocument, verify)
}

/// `?lang=en` or `?lang=zh-CN`: a link on the page sets it. `?parts=true`.
#[derive(Deserialize)]
struct LangParam {
    lang: Option<Lang>,
    /// A page's script fetches what it replaces in the page.
    #[serde(default)]
    parts: bool,
}

/// How a page is rendered for this request.
pub struct PageContext {
    /// The language its link names, otherwise the browser's.
    pub lang: Lang,
    request_id: Option<String>,
    /// What goes around its content.
    pub shell: Shell,
    path: String,
}

impl<S> FromRequestParts<S> for PageContext
where
    S: Send + Sync,
    Arc<Assets>: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let Language(accepted) = Language::from_request_parts(parts, state).await?;
        let request_id::Id(request_id) = request_id::Id::from_request_parts(parts, state).await?;
        let params = QueryParams::<LangParam>::from_request_parts(parts, state).await.ok();
        let params = params.map(|QueryParams(params)| params);
        let parts_only = params.as_ref().is_some_and(|params| params.parts);
        let lang = params.and_then(|params| params.lang).unwrap_or(accepted);
        let path = parts.uri.path().to_owned();
        let nonce = Nonce::from_request_parts(parts, state).await?.value().to_owned();
        let shell = Shell { assets: FromRef::from_ref(state), nonce, parts_only };
        Ok(Self { lang, request_id, shell, path })
    }
}

async fn home(State(app): State<App>, page: PageContext) -> Response {
    let halls = views::hall::hall_pages(&app.service.live_state());
    Html(html::front_page(&page.shell, page.lang, halls)).into_response()
}

/// `?supplied=ok`, or the code of a refusal: how the last upload went.
#[derive(Deserialize)]
struct SuppliedParams {
    supplied: Option<String>,
}

/// After so many seconds the page of a number that is not here yet is fetched again. Each time
/// counts as a token that nobody has.
const LOOKS_AGAIN: &str = "60";

/// The same for the page of a kiosk that is served to its own terminal alone.
const PAIRED_LOOKS_AGAIN: &str = "20";

/// The message about a failed upload. `code` comes from the address, so only known
/// codes are shown.
fn not_supplied(code: &str, lang: Lang) -> String {
    let of_cases = [
        CaseRefusal::FileTooLarge,
        CaseRefusal::FileNotAKind,
        CaseRefusal::FileHeic,
        CaseRefusal::FilePictureFormat,
        CaseRefusal::FileEmpty,
        CaseRefusal::FileLocked,
        CaseRefusal::FileBroken,
        CaseRefusal::TooManyFiles,
        CaseRefusal::NothingMissing,
        CaseRefusal::UnknownMaterial,
    ];
    let others = [Refusal::Busy { seconds: 10 }, Refusal::Unavailable];
    let mut known = of_cases.map(Refusal::from).into_iter().chain(others);
    known.find(|refusal| refusal.code() == code).map_or_else(
        || CaseWords::of(lang).not_supplied.to_owned(),
        |refusal| Refused::of(&refusal, lang).in_a_line(lang),
    )
}

async fn progress(
    State(app): State<App>,
    Client(client): Client,
    token: Result<Path<String>, PathRejection>,
    page: PageContext,
    supplied: Result<Query<SuppliedParams>, QueryRejection>,
) -> Response {
    // A path that is not valid UTF-8 counts as an unknown token.
    let token = token.map(|Path(token)| token).unwrap_or_default();
    let may_be_one = token.parse::<Token>().is_ok();
    let found = match token.parse::<Token>() {
        Ok(token) => {
            views::progress::progress(&app.service, token).await.map(|found| (token, found))
        }
        Err(_) => Err(Refusal::UnknownTicket),
    };
    match client::known(&app, client, found) {
        Ok((token, found)) => {
            let stream = html::Stream {
                address: format!("/events/progress?token={token}&brief=true"),
                edition: views::progress::Edition::of(&found).edition,
            };
            // The slip's address shows the ticket as long as the visit lasts.
            let case = found
                .case
                .as_ref()
                .filter(|case| case.by_own_token || case.by_pass || !found.state.is_active());
            if let Some(case) = case {
                let supplied = supplied.ok().and_then(|Query(params)| params.supplied);
                let supplied = supplied.map(|code| match code.as_str() {
                    "answered" => (true, CaseWords::of(page.lang).answered.to_owned()),
                    "ok" => (true, CaseWords::of(page.lang).supplied.to_owned()),
                    code => (false, not_supplied(code, page.lang)),
                });
                let now = app.service.clock.now();
                let view = CaseView::of(&found, case, supplied, page.lang, now, |at| {
                    moment_in(&found.time_zone, at)
                });
                let supply =
                    case.token.map(|token| format!("/t/{token}/supply")).unwrap_or_default();
                return Html(html::case(&page.shell, view, stream, &supply)).into_response();
            }
            let view = ProgressView::of(&found, page.lang, app.service.clock.now(), |at| {
                time_in(&found.time_zone, at)
            });
            let give_back = format!("/t/{token}/give_back?lang={}", page.lang.tag());
            Html(html::progress(&page.shell, view, stream, &give_back)).into_response()
        }
        Err(Refusal::UnknownTicket) if may_be_one => {
            let document = html::not_here_yet(&page.shell, page.lang, &page.path);
            let again = [(header::REFRESH, LOOKS_AGAIN)];
            (StatusCode::NOT_FOUND, again, Html(document)).into_response()
        }
        Err(Refusal::UnknownTicket) => unknown_page(&page),
        Err(refusal) if refusal.retry_after().is_some() => refusal_page(&page, &refusal),
        Err(refusal) => {
            let reference = page.request_id.as_deref().unwrap_or_default();
            let document = html::unavailable(&page.shell, page.lang, reference);
            (status(&refusal), Html(document)).into_response()
        }
    }
}

#[derive(Deserialize, Default)]
struct GuidesParams {
    hall: Option<HallId>,
    #[serde(default)]
    q: String,
    line: Option<String>,
    department: Option<String>,
    event: Option<String>,
}

/// The longest search text, in characters; no name is longer.
const MAX_QUERY: usize = 40;

/// The matters of a hall.
async fn guide_list(
    State(app): State<App>,
    page: PageContext,
    params: Result<Query<GuidesParams>, QueryRejection>,
) -> Response {
    let params = params.map(|Query(params)| params).unwrap_or_default();
    let filter = views::guides::GuideFilter {
        query: params.q.trim().chars().take(MAX_QUERY).collect(),
        line: params.line,
        department: params.department,
        event: params.event,
    };
    let list =
        views::guides::list(&app.service.live_state(), params.hall.as_ref(), &filter, page.lang);
    match list {
        Ok(list) => Html(guides::html::list(&page.shell, list)).into_response(),
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

async fn guide(
    State(app): State<App>,
    page: PageContext,
    Path((hall, matter)): Path<(HallId, String)>,
) -> Response {
    match views::guides::guide(&app.service, &hall, &matter, page.lang) {
        Ok(guide) => Html(guides::html::guide(&page.shell, guide)).into_response(),
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

/// Whether a document is genuine. Anyone who holds it may check.
async fn verify(
    State(app): State<App>,
    Client(client): Client,
    Path(code): Path<String>,
    page: PageContext,
) -> Response {
    match views::verify::verify(&app.service, &code, client).await {
        Ok(verified) => {
            let code = code.to_uppercase();
            Html(html::verify(&page.shell, page.lang, code, Some(verified))).into_response()
        }
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

#[derive(Deserialize)]
struct CodeParam {
    code: Option<String>,
}

/// The same with a typed code; without a code, only the form.
async fn verify_by_form(
    State(app): State<App>,
    client: Client,
    typed: Result<Query<CodeParam>, QueryRejection>,
    page: PageContext,
) -> Response {
    let code = typed.ok().and_then(|Query(typed)| typed.code).unwrap_or_default();
    let code = code.trim();
    if code.is_empty() {
        return Html(html::verify(&page.shell, page.lang, String::new(), None)).into_response();
    }
    verify(State(app), client, Path(code.to_owned()), page).await
}

/// An unknown kiosk gets the same document with status 404: its page tells the
/// installer what to do, and starts as soon as the hall file has the kiosk.
/// One that is served only to its own terminal tells the installer about pairing.
async fn kiosk(
    State(app): State<App>,
    Path(id): Path<KioskId>,
    headers: HeaderMap,
    page: PageContext,
) -> Response {
    if let Err(refusal) = app.service.admit_kiosk(&id, kiosk_guard::key(&headers)) {
        // Nothing of the page runs here: the browser looks again, and is served when it may be.
        let again = [(header::REFRESH, PAIRED_LOOKS_AGAIN)];
        return (again, refusal_page(&page, &refusal)).into_response();
    }
    let screen = {
        let live_state = app.service.live_state();
        live_state.setup().setup.kiosk(&id).map(|(_, kiosk)| kiosk.screen)
    };
    let mut answer = kiosk_document(&page, id, screen.unwrap_or_default());
    if screen.is_none() {
        *answer.status_mut() = status(&Refusal::UnknownKiosk);
    }
    answer
}

/// The document of a kiosk, the same from the server and from the kiosk's own terminal.
pub fn kiosk_document(page: &PageContext, id: KioskId, screen: KioskScreen) -> Response {
    mounted(page, Machine { page: "kiosk", id: id.0, title: "自助取号", screen })
}

async fn display(State(app): State<App>, Path(id): Path<HallId>, page: PageContext) -> Response {
    if app.service.live_state().setup().setup.hall(&id).is_none() {
        return refusal_page(&page, &Refusal::UnknownHall);
    }
    machine(&page, "display", id.0, "叫号大屏")
}

async fn counter(page: PageContext) -> Response {
    machine(&page, "counter", String::new(), "窗口 · 即办")
}

async fn office(page: PageContext) -> Response {
    machine(&page, "office", String::new(), "审批 · 即办")
}

/// Beside an applicant.
async fn help(page: PageContext) -> Response {
    machine(&page, "help", String::new(), "帮办 · 即办")
}

#[derive(Deserialize)]
struct PaperParams {
    case: CaseId,
    paper: CaseDocument,
}

/// A printed document of a case; it opens the print dialog of the clerk's browser.
async fn case_document(
    State(app): State<App>,
    page: PageContext,
    CounterSession(me): CounterSession,
    QueryParams(PaperParams { case, paper }): QueryParams<PaperParams>,
) -> Response {
    let drawn = async {
        let case = app.service.look(&me.caller(), Action::ReadPaper, case).await?;
        revealed_by(&app, &case, paper, &me).await?;
        documents::for_browser(&app.service, &case, paper).await
    };
    match drawn.await {
        Ok((svg, a4)) => Html(html::self_printing(&svg, a4, &page.shell.nonce)).into_response(),
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

async fn admin(page: PageContext) -> Response {
    machine(&page, "admin", String::new(), "管理 · 即办")
}

/// The document in which the browser mounts the page of a machine.
fn machine(context: &PageContext, page: &'static str, id: String, title: &'static str) -> Response {
    mounted(context, Machine { page, id, title, screen: KioskScreen::default() })
}

fn mounted(context: &PageContext, machine: Machine) -> Response {
    let page = machine.page;
    let document = html::machine(&context.shell, machine);
    let mut answer = Html(document).into_response();
    answer.extensions_mut().insert(MachinePage(page));
    answer
}

/// What keeps somebody out, as a page.
pub fn refused_page(page: &PageContext, refused: &Refused, status: StatusCode) -> Response {
    (status, Html(html::refused(&page.shell, page.lang, refused, &page.path))).into_response()
}

/// A refusal as a page. If the server is at fault, the page names the request.
pub fn refusal_page(page: &PageContext, refusal: &Refusal) -> Response {
    let mut refused = Refused::of(refusal, page.lang);
    if let Some(id) = page.request_id.clone().filter(|_| status(refusal).is_server_error()) {
        refused = refused.with_request(id, page.lang);
    }
    let document = Html(html::refused(&page.shell, page.lang, &refused, &page.path));
    let mut response = (status(refusal), document).into_response();
    if let Some(seconds) = refusal.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// The same where the request reached no handler.
pub(super) async fn refusal_of(front: &Front, mut parts: Parts, refusal: &Refusal) -> Response {
    match PageContext::from_request_parts(&mut parts, front).await {
        Ok(page) => refusal_page(&page, refusal),
        Err(never) => match never {},
    }
}

/// Any other address: a page for people, JSON for programs.
pub async fn not_found(page: PageContext, uri: Uri, headers: HeaderMap) -> Response {
    let program = uri.path().starts_with("/api/") || uri.path().starts_with("/events/");
    if program || !wants_page(&headers) {
        return Rejection(Refusal::UnknownCall).into_response();
    }
    unknown_page(&page)
}

/// An address below `/api/` that is not there.
pub(super) async fn unknown_call(
    page: PageContext,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if is_by_hand(&method, &headers) {
        return unknown_page(&page);
    }
    Rejection(Refusal::UnknownCall).into_response()
}

/// Status 404.
pub(super) fn unknown_page(page: &PageContext) -> Response {
    let document = html::not_found(&page.shell, page.lang, &page.path);
    (StatusCode::NOT_FOUND, Html(document)).into_response()
}

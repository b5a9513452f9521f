//! What a terminal answers at its own address: the kiosk's page and its calls at the paths of
//! the hall's server, and nothing else.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get, post};
use jiban_app::api::booking::CheckIn;
use jiban_app::api::kiosk::{
    Abandon, FindCharacters, Heartbeat, HeartbeatHeard, Issue, PrintGuide, ReadGuide,
    ReportPrinted, Reprint, Search,
};
use jiban_app::api::{Call, Done};
use jiban_app::shell::Assets;
use jiban_domain::access::{Action, Rule};
use jiban_domain::terminal_event::TerminalEventKind;
use jiban_domain::{KioskId, Refusal};
use serde::Deserialize;
use tokio::time::Instant;

use super::Terminal;
use super::numbers::Answered;
use super::page::Place;
use super::pairing::Standing;
use super::server_link::{Answer, LONG_PATIENCE, language_of};
use crate::http::extract::{JsonBody, QueryParams};
use crate::http::pages::{PageContext, kiosk_document, not_found, refused_page};
use crate::http::response::{Rejection, StoredAnswer};
use crate::http::{assets, assistance, shared_streams};
use crate::service::MAX_FILE;

/// The WebSocket of a draft.
const LIVE_DRAFT: &str = "/api/apply/live";
/// By which a photograph is added to a draft.
const ATTACH: &str = "/api/apply/attach";
/// Any other body that is passed on has at most so many bytes.
const BODY_BYTES: usize = 1024 * 1024;

#[derive(Clone)]
pub(super) struct Served {
    pub terminal: Arc<Terminal>,
    pub assets: Arc<Assets>,
}

impl FromRef<Served> for Arc<Assets> {
    fn from_ref(served: &Served) -> Self {
        served.assets.clone()
    }
}

/// With fewer free bytes the next commit may fail.
const LEAST_FREE: u64 = 256 * 1024;

/// What it answers itself.
const OWN: [&str; 14] = [
    LIVE_DRAFT,
    CheckIn::PATH,
    Issue::PATH,
    Abandon::PATH,
    Search::PATH,
    Reprint::PATH,
    ReportPrinted::PATH,
    ReadGuide::PATH,
    PrintGuide::PATH,
    Heartbeat::PATH,
    FindCharacters::PATH,
    assistance::VOICE,
    assistance::READ_CODE,
    assistance::LANGUAGE,
];

/// The router.
pub(super) fn router(served: Served) -> Router {
    let own = Router::new()
        .route("/", get(home))
        .route("/kiosk/{kiosk}", get(kiosk))
        .route("/healthz", get(healthz))
        .route("/events/shared", get(shared))
        .route(Issue::PATH, post(issue))
        .route(Abandon::PATH, post(abandon))
        .route(CheckIn::PATH, post(check_in))
        .route(Search::PATH, post(search))
        .route(Reprint::PATH, post(reprint))
        .route(ReportPrinted::PATH, post(printed))
        .route(ReadGuide::PATH, post(guide))
        .route(PrintGuide::PATH, post(print_guide))
        .route(Heartbeat::PATH, post(heartbeat))
        .route(FindCharacters::PATH, post(assistance::find_characters))
        .route(assistance::VOICE, get(voice))
        .route(assistance::READ_CODE, post(assistance::read_code))
        .route(assistance::LANGUAGE, get(assistance::language))
        .route(LIVE_DRAFT, get(live_draft))
        .merge(streams());
    let all = passed_on().into_iter().fold(own, |router, path| router.route(path, any(pass_on)));
    all.fallback(not_found).with_state(served).merge(assets::router())
}

/// The streams that a page may ask for.
fn streams() -> Router<Served> {
    Router::new().route("/events/kiosk", get(stream))
}

/// The calls of visitors that only the server can answer: whatever anyone may call there, and
/// what kiosks may, but for what the terminal answers itself.
fn passed_on() -> Vec<&'static str> {
    let mut paths: Vec<&str> = crate::http::routes()
        .rows()
        .into_iter()
        .filter(|row| matches!(row.action.rule(), Rule::Anyone | Rule::Holder | Rule::Kiosk))
        // A clerk signs in at the server.
        .filter(|row| {
            !matches!(
                row.action,
                Action::SignIn
                    | Action::SignOut
                    | Action::ChangeOwnPassword
                    | Action::StayHere
                    | Action::ListPlaces
                    | Action::ReadHall
            )
        })
        .map(|row| row.path)
        .filter(|path| path.starts_with("/api/") && !path.starts_with("/api/terminal/"))
        .filter(|path| !OWN.contains(path))
        .collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

async fn home(State(served): State<Served>) -> Redirect {
    Redirect::to(&format!("/kiosk/{}", served.terminal.kiosk))
}

/// The kiosk's document; where it may not work, what the installer has to do.
async fn kiosk(
    State(Served { terminal, .. }): State<Served>,
    Path(id): Path<KioskId>,
    page: PageContext,
) -> Response {
    if id != terminal.kiosk {
        let own = format!("/kiosk/{}", terminal.kiosk);
        let mut refused = jiban_app::api::Refused::of(&Refusal::UnknownKiosk, page.lang);
        refused.next = match page.lang.base() {
            jiban_domain::Lang::Zh => format!("这台机器是自助终端 {}：{own}", terminal.kiosk),
            _ => format!("This machine is the kiosk {}: {own}", terminal.kiosk),
        };
        return refused_page(&page, &refused, StatusCode::NOT_FOUND);
    }
    if let Some(told) = terminal.standing().told(page.lang) {
        let mut answer = refused_page(&page, &told, StatusCode::UNAUTHORIZED);
        // It goes on by itself.
        answer.headers_mut().insert(header::REFRESH, HeaderValue::from_static("3"));
        return answer;
    }
    terminal.page.loaded();
    kiosk_document(&page, id, terminal.screen())
}

async fn healthz(State(Served { terminal, .. }): State<Served>) -> (StatusCode, String) {
    let (healthy, told) = terminal.health().await;
    (if healthy { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, told)
}

#[derive(Deserialize)]
struct StreamParams {
    kiosk: KioskId,
    token: Option<String>,
    /// In whose characters its names are.
    #[serde(default)]
    lang: jiban_domain::Lang,
}

async fn stream(
    State(Served { terminal, .. }): State<Served>,
    QueryParams(StreamParams { kiosk, token, lang }): QueryParams<StreamParams>,
) -> Result<Response, Rejection> {
    terminal.is_own(&kiosk)?;
    let token = token.and_then(|token| token.parse().ok());
    Ok(super::stream::open(terminal, token, lang)?)
}

async fn live_draft(
    State(Served { terminal, .. }): State<Served>,
    request: Request,
) -> Result<Response, Rejection> {
    super::tunnel::open(terminal, request).await
}

async fn shared(
    State(served): State<Served>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Response, Rejection> {
    let single = streams().with_state(served);
    shared_streams::open(&single, &query.unwrap_or_default(), &request, |_| true)
}

async fn issue(
    State(Served { terminal, .. }): State<Served>,
    headers: HeaderMap,
    JsonBody(issue): JsonBody<Issue>,
) -> Result<Response, Rejection> {
    terminal.may_work()?;
    Ok(answer(terminal.issue(issue, headers).await?))
}

async fn abandon(
    State(Served { terminal, .. }): State<Served>,
    JsonBody(command): JsonBody<Abandon>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(terminal.abandon(command).await?.into()))
}

async fn check_in(
    State(Served { terminal, .. }): State<Served>,
    headers: HeaderMap,
    JsonBody(command): JsonBody<CheckIn>,
) -> Result<Response, Rejection> {
    terminal.may_work()?;
    Ok(answer(terminal.check_in(command, headers).await?))
}

async fn search(
    State(Served { terminal, .. }): State<Served>,
    headers: HeaderMap,
    JsonBody(search): JsonBody<Search>,
) -> Result<Response, Rejection> {
    Ok(answer(terminal.search(&search, &headers).await?))
}

async fn guide(
    State(Served { terminal, .. }): State<Served>,
    headers: HeaderMap,
    JsonBody(read): JsonBody<ReadGuide>,
) -> Result<Response, Rejection> {
    Ok(answer(terminal.guide(&read, &headers).await?))
}

async fn reprint(
    State(Served { terminal, .. }): State<Served>,
    JsonBody(command): JsonBody<Reprint>,
) -> Result<axum::Json<Done>, Rejection> {
    Ok(axum::Json(terminal.reprint(command).await?))
}

async fn printed(
    State(Served { terminal, .. }): State<Served>,
    JsonBody(report): JsonBody<ReportPrinted>,
) -> Result<axum::Json<Done>, Rejection> {
    Ok(axum::Json(terminal.printed_by_browser(report).await?))
}

async fn print_guide(
    State(Served { terminal, .. }): State<Served>,
    JsonBody(print): JsonBody<PrintGuide>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(terminal.print_guide(print).await?.into()))
}

async fn heartbeat(
    State(Served { terminal, .. }): State<Served>,
    JsonBody(heartbeat): JsonBody<Heartbeat>,
) -> Result<axum::Json<HeartbeatHeard>, Rejection> {
    terminal.is_own(&heartbeat.kiosk)?;
    if let Some(page) = heartbeat.page {
        if heartbeat.leaving {
            terminal.page.left(page);
            return Ok(axum::Json(HeartbeatHeard::default()));
        }
        match terminal.page.place(page, Instant::now()) {
            Place::Its => {}
            Place::Elsewhere { told } => {
                if !told {
                    terminal.note(TerminalEventKind::SecondPage, "the page is open twice").await;
                }
                return Ok(axum::Json(HeartbeatHeard { elsewhere: true }));
            }
        }
    }
    let (shows, idle) = (heartbeat.shows.as_deref(), heartbeat.idle_seconds);
    terminal.page.heard(shows, idle, terminal.clock.now());
    Ok(axum::Json(HeartbeatHeard::default()))
}

/// A sentence as sound, unless this machine is not to speak.
async fn voice(
    State(Served { terminal, .. }): State<Served>,
    params: QueryParams<assistance::VoiceParams>,
) -> Result<Response, Rejection> {
    if !terminal.settings.voice {
        return Err(Refusal::UnknownCall.into());
    }
    Ok(assistance::voice(params).await?.into_response())
}

/// Passes a call on to the server, and its answer back.
async fn pass_on(
    State(Served { terminal, .. }): State<Served>,
    uri: Uri,
    request: Request,
) -> Result<Response, Rejection> {
    if !terminal.server.is_reached() {
        return Err(Refusal::NeedsServer.into());
    }
    let (parts, body) = request.into_parts();
    let most = if uri.path() == ATTACH { MAX_FILE } else { BODY_BYTES };
    let body = axum::body::to_bytes(body, most).await.map_err(|_| Refusal::TooLarge)?;
    let target = uri.path_and_query().map_or("/", |path| path.as_str());
    let headers = language_of(&parts.headers);
    match terminal.server.send((parts.method, target), headers, body, LONG_PATIENCE).await {
        Ok(answer) => {
            terminal.refused_by_server(&answer).await;
            Ok(by_server(answer))
        }
        Err(away) => {
            terminal.lost(&away).await;
            Err(Refusal::NeedsServer.into())
        }
    }
}

fn answer(answered: Answered) -> Response {
    match answered {
        Answered::Json(body) => StoredAnswer(body.into()).into_response(),
        Answered::ByServer(answer) => by_server(answer),
    }
}

/// What the server said, as it said it. The browser keeps nothing of it for the next visitor.
fn by_server(Answer { status, headers, body }: Answer) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    for name in [header::CONTENT_TYPE, header::RETRY_AFTER, header::CONTENT_DISPOSITION] {
        if let Some(value) = headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl Terminal {
    /// Whether it may give numbers at all.
    ///
    /// # Errors
    /// [`Refusal::NeedsServer`] while it has no key, or lost it.
    fn may_work(&self) -> Result<(), Refusal> {
        if self.standing() == Standing::Fine { Ok(()) } else { Err(Refusal::NeedsServer) }
    }

    /// Whether it is healthy, and how it is, in words.
    async fn health(&self) -> (bool, String) {
        let written = self.store.printed().await;
        // The log of a database has room for a while where the disk has none.
        let free = super::machine::MachineNow::read(self.store.path()).disk_free;
        let full = free < LEAST_FREE;
        let healthy = written.is_ok() && !full;
        let mut lines = vec![match &written {
            Err(error) => format!("nothing can be written to the store: {error}"),
            Ok(_) if full => format!("the disk is full: {free} bytes are free"),
            Ok(_) => "ok".to_owned(),
        }];
        let reached = if self.server.is_reached() { "reached" } else { "not reached" };
        lines.push(format!("server: {reached} ({})", self.server.base()));
        let standing = self.standing();
        if standing != Standing::Fine {
            lines.push(format!("standing: {standing:?}"));
        }
        lines.push(format!("printer: {:?}", self.printer_now()));
        let left = self.store.left().await.unwrap_or_default();
        let left: Vec<String> =
            left.iter().map(|one| format!("{} {} on {}", one.left, one.letter, one.day)).collect();
        lines.push(format!("numbers left: {}", left.join(", ")));
        let to_hand_in = self.store.count_to_hand_in().await.unwrap_or_default();
        lines.push(format!("numbers to hand in: {to_hand_in}"));
        let signs = self.page.signs();
        lines.push(match signs.heard {
            Some(heard) => {
                format!("page: {}, heard {} s ago", signs.shows, heard.elapsed().as_secs())
            }
            None => "page: none".to_owned(),
        });
        let browser = super::lock(&self.browser).clone();
        if self.settings.browser.is_some() {
            let (starts, memory) = (browser.starts, browser.page_memory >> 20);
            let ending = if starts == 1 { "" } else { "s" };
            lines.push(format!("browser: {starts} start{ending}, {memory} MB"));
        }
        (healthy, lines.join("\n") + "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_of_visitors_are_passed_on_and_no_others() {
        let paths = passed_on();
        for path in ["/api/progress", "/api/case/find"] {
            assert!(paths.contains(&path), "{path} of {paths:?}");
        }
        // No personal password at a public screen: the pages where one signs in are not here.
        let signs_in = |path: &&&str| path.contains("sign") && !path.contains("/api/apply/sign");
        assert_eq!(paths.iter().find(signs_in), None);
        let rows = crate::http::routes().rows();
        let pages = rows.iter().filter(|row| row.action == Action::SignInToDraft);
        assert!(pages.clone().count() > 0 && pages.clone().all(|row| !paths.contains(&row.path)));
        for path in &paths {
            let apart = ["/api/admin/", "/api/office/", "/api/counter/", "/api/terminal/"];
            assert!(apart.iter().all(|staff| !path.starts_with(staff)), "{path}");
        }
    }
}

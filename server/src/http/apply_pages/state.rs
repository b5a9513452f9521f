//! How far a draft is: its steps, or what became of it.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::{Html, IntoResponse, Response};
use jiban_app::api::Refused;
use jiban_app::api::apply::{EndHelp, ShareDraft, SharedWith};
use jiban_app::apply::phone::DraftView;
use jiban_app::apply::phone::html::{self, Notice};
use jiban_app::apply::phone::share::Figures;
use jiban_app::apply::phone::state::Ways;
use jiban_domain::Refusal;
use jiban_domain::access::Action;
use jiban_domain::booking::is_offered;
use serde::Deserialize;
use uuid::Uuid;

use super::super::App;
use super::super::client::Client;
use super::super::pages::PageContext;
use super::super::response::status;
use super::super::routes::Routes;
use super::{TokenPath, find_at, refused, to, view};
use crate::service::drafts::AtDraft;

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/d/{token}", Action::ReadDraft, page)
        // The QR code holds its address in capitals.
        .get("/D/{token}", Action::ReadDraft, page)
        .get("/d/{token}/share", Action::ReadDraft, ask_share)
        .post("/d/{token}/share", Action::ShareDraft, share)
        .post("/d/{token}/end_help", Action::ShareDraft, end_help)
}

async fn page(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
) -> Response {
    match find_at(&app, client, token).await {
        Ok(at) => shown(&app, &page, &at, None).await,
        Err(refusal) => refused(&page, &refusal),
    }
}

/// The page of a draft by its state.
pub(super) async fn shown(
    app: &App,
    page: &PageContext,
    at: &AtDraft,
    notice: Option<Notice>,
) -> Response {
    let view = match view(app, page, at).await {
        Ok(view) => view,
        Err(refusal) => return refused(page, &refusal),
    };
    if view.draft.state.is_writable() {
        return Html(html::overview(&page.shell, view, notice)).into_response();
    }
    match ways(app, page, &view).await {
        Ok(ways) => Html(html::state(&page.shell, view, ways, notice)).into_response(),
        Err(refusal) => refused(page, &refusal),
    }
}

async fn ways(app: &App, page: &PageContext, view: &DraftView) -> Result<Ways, Refusal> {
    let draft = &view.draft;
    let tag = page.lang.tag();
    let book = {
        let setup = app.service.live_state().setup().clone();
        let hall = setup.setup.hall(&draft.hall);
        let matter = draft.matter.as_ref().and_then(|id| Some((hall?, hall?.matter(id)?)));
        matter
            .filter(|(hall, matter)| is_offered(hall, matter))
            .map(|(hall, matter)| format!("/book/{}/{}?lang={tag}", hall.id, matter.id))
    };
    let case = match draft.case {
        Some(id) => app.service.page_of_case(id).await?,
        None => None,
    };
    let subject = draft.matter.as_ref().map(ToString::to_string);
    let subject = subject.or_else(|| draft.bundle.as_ref().map(ToString::to_string));
    Ok(Ways {
        own: app.service.addresses.draft(draft.token),
        book,
        case: case.map(|token| format!("/t/{token}?lang={tag}")),
        again: format!("/apply/{}/{}?lang={tag}", draft.hall, subject.unwrap_or_default()),
        request_id: Uuid::new_v4().to_string(),
    })
}

async fn ask_share(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
) -> Response {
    let shown = async {
        let at = find_at(&app, client, token).await?;
        view(&app, &page, &at).await
    };
    match shown.await {
        Ok(view) if view.draft.state.is_over() => to(&page, view.draft.token, ""),
        Ok(view) => Html(html::share(&page.shell, view, None, None)).into_response(),
        Err(refusal) => refused(&page, &refusal),
    }
}

#[derive(Deserialize)]
struct Shared {
    #[serde(default)]
    with: SharedWith,
}

/// Shows six figures.
async fn share(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
    form: Result<Form<Shared>, FormRejection>,
) -> Response {
    let at = match find_at(&app, client, token).await {
        Ok(at) => at,
        Err(refusal) => return refused(&page, &refusal),
    };
    let with = form.map(|Form(shared)| shared.with).unwrap_or_default();
    let command = ShareDraft { request_id: Uuid::new_v4(), token: at.token, with };
    let figures = app.service.share_draft(command).await;
    let view = match view(&app, &page, &at).await {
        Ok(view) => view,
        Err(refusal) => return refused(&page, &refusal),
    };
    match figures {
        Ok(figures) => {
            let base = &app.service.addresses.base;
            let entered_at = match with {
                SharedWith::Helper => "help",
                SharedWith::Device => "apply/continue",
            };
            let address = format!("{base}/{entered_at}?code={}", figures.code);
            let figures = Figures { code: figures.code, address, with };
            Html(html::share(&page.shell, view, Some(figures), None)).into_response()
        }
        Err(refusal) => {
            let why = Refused::of(&refusal, page.lang).in_a_line(page.lang);
            let document = html::share(&page.shell, view, None, Some(Notice::not(why)));
            (status(&refusal), Html(document)).into_response()
        }
    }
}

/// Ends the help, and leads back to the draft.
async fn end_help(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
) -> Response {
    let ended = async {
        let at = find_at(&app, client, token).await?;
        let command = EndHelp { request_id: Uuid::new_v4(), token: at.token };
        app.service.end_help(command).await.map(|()| at.token)
    };
    match ended.await {
        Ok(token) => to(&page, token, ""),
        Err(refusal) => refused(&page, &refusal),
    }
}

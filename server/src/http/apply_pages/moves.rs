//! What is done with a whole draft: checked, sent, taken back, given up.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::{Html, IntoResponse, Response};
use jiban_app::api::Refused;
use jiban_app::api::apply::{SendDraft, TakeDraftBack, WithdrawDraft};
use jiban_app::apply::phone::html::{self, Notice};
use jiban_domain::access::Action;
use jiban_domain::draft::DraftRefusal;
use jiban_domain::{Refusal, Token};
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
        .get("/d/{token}/check", Action::ReadDraft, check)
        .post("/d/{token}/send", Action::MoveDraft, send)
        .post("/d/{token}/take_back", Action::MoveDraft, take_back)
        .get("/d/{token}/withdraw", Action::ReadDraft, ask_withdraw)
        .post("/d/{token}/withdraw", Action::MoveDraft, withdraw)
}

#[derive(Deserialize)]
struct Repeatable {
    request_id: Uuid,
}

type Repeated = Result<Form<Repeatable>, FormRejection>;

/// The request of a form. Without one, a repeat finds the draft in another state.
fn request_of(form: Repeated) -> Uuid {
    form.map_or_else(|_| Uuid::new_v4(), |Form(form)| form.request_id)
}

async fn check(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
) -> Response {
    match find_at(&app, client, token).await {
        Ok(at) => check_page(&app, &page, &at, None).await,
        Err(refusal) => refused(&page, &refusal),
    }
}

/// All answers, and why they were not sent.
async fn check_page(
    app: &App,
    page: &PageContext,
    at: &AtDraft,
    not_sent: Option<&Refusal>,
) -> Response {
    match view(app, page, at).await {
        Ok(view) if view.draft.state.is_writable() => {
            let notice = not_sent
                .map(|refusal| Notice::not(Refused::of(refusal, page.lang).in_a_line(page.lang)));
            let request_id = Uuid::new_v4().to_string();
            let document = Html(html::check(&page.shell, view, request_id, notice));
            match not_sent {
                Some(refusal) => (status(refusal), document).into_response(),
                None => document.into_response(),
            }
        }
        Ok(view) => to(page, view.draft.token, ""),
        Err(refusal) => refused(page, &refusal),
    }
}

/// The form from which a draft is sent.
#[derive(Deserialize)]
struct Sent {
    request_id: Uuid,
    /// Of what stood on the page.
    #[serde(default)]
    version: Option<u64>,
}

async fn send(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
    form: Result<Form<Sent>, FormRejection>,
) -> Response {
    let at = match find_at(&app, client, token).await {
        Ok(at) => at,
        Err(refusal) => return refused(&page, &refusal),
    };
    let (request_id, version) =
        form.map_or_else(|_| (Uuid::new_v4(), None), |Form(form)| (form.request_id, form.version));
    let command = SendDraft { request_id, token: at.token, version };
    match app.service.send_draft(command).await {
        Err(
            refusal @ Refusal::Draft(
                DraftRefusal::FormNotComplete(_)
                | DraftRefusal::ApplicantOnly
                | DraftRefusal::ChangedMeanwhile,
            ),
        ) => check_page(&app, &page, &at, Some(&refusal)).await,
        done => moved(&page, at.token, done.map(|_| ())),
    }
}

/// Back to the page of a draft. In another state than was thought, its page says which.
fn moved(page: &PageContext, token: Token, done: Result<(), Refusal>) -> Response {
    match done {
        Ok(()) | Err(Refusal::Draft(DraftRefusal::WrongDraftState(_))) => to(page, token, ""),
        Err(refusal) => refused(page, &refusal),
    }
}

async fn take_back(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
    form: Repeated,
) -> Response {
    let at = match find_at(&app, client, token).await {
        Ok(at) => at,
        Err(refusal) => return refused(&page, &refusal),
    };
    let command = TakeDraftBack { request_id: request_of(form), token: at.token };
    moved(&page, at.token, app.service.take_draft_back(command).await.map(|_| ()))
}

/// Whether it is meant.
async fn ask_withdraw(
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
        Ok(view) if !view.draft.state.is_over() => {
            let request_id = Uuid::new_v4().to_string();
            Html(html::withdraw(&page.shell, view, request_id)).into_response()
        }
        Ok(view) => to(&page, view.draft.token, ""),
        Err(refusal) => refused(&page, &refusal),
    }
}

async fn withdraw(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
    form: Repeated,
) -> Response {
    let at = match find_at(&app, client, token).await {
        Ok(at) => at,
        Err(refusal) => return refused(&page, &refusal),
    };
    let command = WithdrawDraft { request_id: request_of(form), token: at.token };
    moved(&page, at.token, app.service.withdraw_draft(command).await.map(|_| ()))
}

//! The pages on which somebody applies by phone. All of them work without scripts: what is
//! written is posted by plain forms, and kept whatever it is.
//!
//! - [`begin`]: what can be applied for; going on by six figures
//! - [`step`]: one group of a form
//! - [`files`]: the materials
//! - [`sign_in`]: proving who one is
//! - [`moves`]: checking, sending, taking back, giving up; [`state`]: how far a draft is

mod begin;
mod files;
mod moves;
mod sign_in;
mod state;
mod step;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::{IntoResponse, Redirect, Response};
use jiban_app::apply::phone::DraftView;
use jiban_domain::draft::DraftRefusal;
use jiban_domain::{Refusal, Token};

use super::App;
use super::client;
use super::pages::{PageContext, refusal_page, unknown_page};
use super::routes::Routes;
use crate::limits::ClientAddress;
use crate::service::drafts::AtDraft;
use crate::views;

pub(super) fn router() -> Routes {
    Routes::new()
        .merge(begin::router())
        .merge(state::router())
        .merge(step::router())
        .merge(files::router())
        .merge(moves::router())
        .merge(sign_in::router())
}

type TokenPath = Result<Path<String>, PathRejection>;

/// The draft of a token; one that nobody has is counted for the client.
async fn find(app: &App, client: ClientAddress, token: &str) -> Result<AtDraft, Refusal> {
    let found = match token.parse::<Token>() {
        Ok(token) => app.service.at_draft(token).await,
        Err(_) => Err(DraftRefusal::UnknownDraft.into()),
    };
    client::known(app, client, found)
}

/// The same for a path of nothing but the token.
async fn find_at(app: &App, client: ClientAddress, token: TokenPath) -> Result<AtDraft, Refusal> {
    let token = token.map(|Path(token)| token).unwrap_or_default();
    find(app, client, &token).await
}

/// A draft as its pages show it.
async fn view(app: &App, page: &PageContext, at: &AtDraft) -> Result<DraftView, Refusal> {
    let draft = views::draft::shown(&app.service, at).await?;
    let now = at.room.now();
    let checked = app.service.check_draft(&now);
    let sign_in = app.service.sign_in_offered(at, &now);
    let (lang, offers) = (page.lang, Vec::new());
    Ok(DraftView { lang, draft, refusals: checked.refusals, offers, sign_in })
}

/// A refusal as a page.
fn refused(page: &PageContext, refusal: &Refusal) -> Response {
    match refusal {
        Refusal::Draft(DraftRefusal::UnknownDraft) => unknown_page(page),
        refusal => refusal_page(page, refusal),
    }
}

/// Leads to a page of a draft.
fn to(page: &PageContext, token: Token, below: &str) -> Response {
    Redirect::to(&format!("/d/{token}{below}?lang={}", page.lang.tag())).into_response()
}

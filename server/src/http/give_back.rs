//! A number given back on the phone: asked first, then done. Both work without scripts.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiban_app::progress::{ProgressView, html};
use jiban_domain::access::Action;
use jiban_domain::{Refusal, Token};

use super::App;
use super::client::{self, Client};
use super::pages::{PageContext, refusal_page, unknown_page};
use super::routes::Routes;
use crate::views;
use crate::zone::time_in;

pub(super) fn router() -> Routes {
    Routes::new().get("/t/{token}/give_back", Action::GiveBackTicket, ask).post(
        "/t/{token}/give_back",
        Action::GiveBackTicket,
        give_back,
    )
}

type TokenPath = Result<Path<String>, PathRejection>;

fn token_of(token: TokenPath) -> Result<Token, Refusal> {
    let Path(token) = token.map_err(|_| Refusal::UnknownTicket)?;
    token.parse().map_err(|_| Refusal::UnknownTicket)
}

/// Whether it is meant.
async fn ask(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
) -> Response {
    let found = match token_of(token) {
        Ok(token) => {
            views::progress::progress(&app.service, token).await.map(|found| (token, found))
        }
        Err(unknown) => Err(unknown),
    };
    match client::known(&app, client, found) {
        Ok((token, found)) => {
            let address = format!("/t/{token}");
            let view = ProgressView::of(&found, page.lang, app.service.clock.now(), |at| {
                time_in(&found.time_zone, at)
            });
            if view.may_give_back {
                Html(html::give_back(&page.shell, view, &address)).into_response()
            } else {
                // The ticket's page says what has become of it.
                Redirect::to(&address).into_response()
            }
        }
        Err(Refusal::UnknownTicket) => unknown_page(&page),
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

/// Gives it back, and leads to its page.
async fn give_back(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
) -> Response {
    let given_back = match token_of(token) {
        Ok(token) => app.service.give_back_number(token).await.map(|()| token).or_else(|refusal| {
            // It was called meanwhile: its page says where to go.
            if matches!(refusal, Refusal::WrongState { .. }) { Ok(token) } else { Err(refusal) }
        }),
        Err(unknown) => Err(unknown),
    };
    match client::known(&app, client, given_back) {
        Ok(token) => Redirect::to(&format!("/t/{token}?lang={}", page.lang.tag())).into_response(),
        Err(Refusal::UnknownTicket) => unknown_page(&page),
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

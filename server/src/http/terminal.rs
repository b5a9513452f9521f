//! The calls of terminals, and those by which an admin accepts them.

use axum::extract::State;
use axum::{Extension, Json};
use jiban_app::api::terminal::{
    AskPaired, BeginPairing, HandIn, HandedIn, IssueByTerminal, IssuedByTerminal, Paired,
    PairingCode, ReadTerminalHall, Report, Reported, TerminalHall,
};
use jiban_app::api::terminals::{ChangeTerminalKey, PairTerminal, RevokeTerminal};
use jiban_app::api::{Call, Done};
use jiban_domain::access::Action;

use super::App;
use super::client::Client;
use super::extract::JsonBody;
use super::kiosk::SmallCall;
use super::kiosk_guard::UsedKey;
use super::response::Rejection;
use super::routes::{Routes, SignedInCaller};
use crate::views;

pub(super) fn router() -> Routes {
    Routes::new()
        .post(ReadTerminalHall::PATH, Action::ServeTerminal, hall)
        .post(IssueByTerminal::PATH, Action::IssueTicket, issue)
        .post(HandIn::PATH, Action::ServeTerminal, hand_in)
        .post(Report::PATH, Action::ServeTerminal, report)
        .post(BeginPairing::PATH, Action::PairTerminal, begin_pairing)
        .post(AskPaired::PATH, Action::PairTerminal, ask_paired)
        .post(PairTerminal::PATH, Action::AcceptTerminal, accept)
        .post(RevokeTerminal::PATH, Action::AcceptTerminal, revoke)
        .post(ChangeTerminalKey::PATH, Action::AcceptTerminal, change_key)
}

async fn hall(
    State(app): State<App>,
    _: SmallCall,
    JsonBody(command): JsonBody<ReadTerminalHall>,
) -> Result<Json<TerminalHall>, Rejection> {
    Ok(Json(views::terminal::terminal_hall(&app.service, &command.kiosk)?))
}

async fn issue(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<IssueByTerminal>,
) -> Result<Json<IssuedByTerminal>, Rejection> {
    Ok(Json(app.service.issue_by_terminal(command, client).await?))
}

async fn hand_in(
    State(app): State<App>,
    _: SmallCall,
    Client(client): Client,
    JsonBody(command): JsonBody<HandIn>,
) -> Result<Json<HandedIn>, Rejection> {
    Ok(Json(app.service.hand_in(command, client).await?))
}

async fn report(
    State(app): State<App>,
    _: SmallCall,
    used: Option<Extension<UsedKey>>,
    JsonBody(command): JsonBody<Report>,
) -> Result<Json<Reported>, Rejection> {
    let key = used.and_then(|Extension(UsedKey(key))| key);
    Ok(Json(app.service.report(command, key).await?))
}

async fn begin_pairing(
    State(app): State<App>,
    _: SmallCall,
    Client(client): Client,
    JsonBody(command): JsonBody<BeginPairing>,
) -> Result<Json<PairingCode>, Rejection> {
    Ok(Json(app.service.begin_pairing(&command, client)?))
}

async fn ask_paired(
    State(app): State<App>,
    _: SmallCall,
    JsonBody(command): JsonBody<AskPaired>,
) -> Result<Json<Paired>, Rejection> {
    Ok(Json(app.service.ask_paired(&command)?))
}

async fn accept(
    State(app): State<App>,
    SignedInCaller(by): SignedInCaller,
    JsonBody(PairTerminal { code, kiosk }): JsonBody<PairTerminal>,
) -> Result<Json<Done>, Rejection> {
    app.service.pair_terminal(by, &code, kiosk).await?;
    Ok(Json(Done {}))
}

async fn revoke(
    State(app): State<App>,
    SignedInCaller(by): SignedInCaller,
    JsonBody(RevokeTerminal { kiosk }): JsonBody<RevokeTerminal>,
) -> Result<Json<Done>, Rejection> {
    app.service.revoke_terminal(by, kiosk).await?;
    Ok(Json(Done {}))
}

async fn change_key(
    State(app): State<App>,
    SignedInCaller(by): SignedInCaller,
    JsonBody(ChangeTerminalKey { kiosk }): JsonBody<ChangeTerminalKey>,
) -> Result<Json<Done>, Rejection> {
    app.service.change_terminal_key(by, kiosk).await?;
    Ok(Json(Done {}))
}

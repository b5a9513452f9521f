//! The calls of terminals.

use axum::Json;
use axum::extract::State;
use jiban_app::api::Call;
use jiban_app::api::terminal::{
    HandIn, HandedIn, IssueByTerminal, IssuedByTerminal, ReadTerminalHall, Report, Reported,
    TerminalHall,
};
use jiban_domain::access::Action;

use super::App;
use super::client::Client;
use super::extract::JsonBody;
use super::kiosk::SmallCall;
use super::response::Rejection;
use super::routes::Routes;
use crate::views;

pub(super) fn router() -> Routes {
    Routes::new()
        .post(ReadTerminalHall::PATH, Action::ServeTerminal, hall)
        .post(IssueByTerminal::PATH, Action::IssueTicket, issue)
        .post(HandIn::PATH, Action::ServeTerminal, hand_in)
        .post(Report::PATH, Action::ServeTerminal, report)
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
    JsonBody(command): JsonBody<Report>,
) -> Result<Json<Reported>, Rejection> {
    Ok(Json(app.service.report(command).await?))
}

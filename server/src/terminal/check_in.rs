//! Bookings that become numbers: the server knows them, and the terminal prints the slip.

use std::sync::Arc;

use axum::http::HeaderMap;
use jiban_app::api::booking::{CheckIn, CheckedIn};
use jiban_domain::Refusal;
use jiban_domain::setup::Printer;

use super::numbers::Answered;
use super::server_link::LONG_PATIENCE;
use super::{Terminal, json};
use crate::store::terminal::StoredSlip;

impl Terminal {
    /// Passes a check-in on and prints its slip, once for a ticket however often it is asked.
    ///
    /// # Errors
    /// [`Refusal::NeedsServer`] while the server is away: only it knows the bookings.
    pub(super) async fn check_in(
        self: Arc<Self>,
        command: CheckIn,
        headers: HeaderMap,
    ) -> Result<Answered, Refusal> {
        if command.kiosk != self.kiosk {
            return Err(Refusal::UnknownKiosk);
        }
        if !self.server.is_reached() {
            return Err(Refusal::NeedsServer);
        }
        // A task of its own: a page that leaves must not stop it between number and slip.
        let checking = tokio::spawn(async move {
            let answer = match self.server.ask(&command, &headers, LONG_PATIENCE).await {
                Ok(answer) => answer,
                Err(away) => {
                    self.lost(&away).await;
                    return Err(Refusal::NeedsServer);
                }
            };
            if answer.refused().is_some() {
                self.refused_by_server(&answer).await;
                return Ok(Answered::ByServer(answer));
            }
            let Ok(mut checked_in) = serde_json::from_slice::<CheckedIn>(&answer.body) else {
                // A newer server's answer, which the page may understand.
                return Ok(Answered::ByServer(answer));
            };
            let token = checked_in.issued.token;
            let slip = checked_in.slip.take().filter(|_| self.printer() != Printer::None);
            if let Some(slip) = slip.filter(|_| !self.has_slip(token)) {
                let mut queued = StoredSlip::queued(token, slip, self.clock.now());
                let kept = self.store.queue_slip(&mut queued).await;
                self.watch_store(kept.map_err(|error| (error, "a slip")));
                self.remember(queued);
            }
            Ok(Answered::Json(json(&checked_in)?))
        });
        checking.await.map_err(|_| Refusal::Unavailable)?
    }
}

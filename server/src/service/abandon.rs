//! Giving up a number that was asked for and never shown: its visitor has left the kiosk.

use std::sync::Arc;

use jiban_app::api::Done;
use jiban_app::api::kiosk::{Abandon, Issued, JobState};
use jiban_domain::Refusal;
use jiban_domain::ticket::TicketState;

use super::kiosk_bounds::Asked;
use super::slips::set_state;
use super::unit_of_work::{self, UnitOfWork};
use super::{HallService, answer, digest, read_failed};
use crate::change::Job;
use crate::limits::ClientAddress;

impl HallService {
    /// Makes sure that nobody is called for a number nobody saw. It has the id of the
    /// request for the number: where that was not answered yet, this is its answer, and the
    /// request is refused whenever it still arrives. Where it was, the ticket is cancelled.
    ///
    /// # Errors
    /// [`Refusal::UnknownKiosk`]; [`Refusal::TooManyNumbers`], since it counts as the number
    /// it is about.
    pub async fn abandon(
        &self,
        command: Abandon,
        client: ClientAddress,
    ) -> Result<Arc<str>, Refusal> {
        unit_of_work::kiosk(&self.live_state().setup().setup, &command.kiosk)?;
        let asked = Asked { kiosk: &command.kiosk, client, request: command.request_id };
        self.kiosk_bounds.number(&asked, self.clock.steady())?;
        let request =
            (command.request_id, digest::<Abandon>(&(&command.kiosk, command.request_id)));
        match self.execute(Some(request), |_| answer(&Done {})).await {
            Err(Refusal::RequestReused) => self.give_back(command).await,
            done => done,
        }
    }

    async fn give_back(&self, command: Abandon) -> Result<Arc<str>, Refusal> {
        let answered = self.reader.answer(command.request_id).await.map_err(read_failed)?;
        // Under the same id there may be the answer of another call.
        let issued = answered.and_then(|answered| serde_json::from_str::<Issued>(&answered).ok());
        let Some(issued) = issued else { return Err(Refusal::RequestReused) };
        self.execute(None, move |work| give_back(work, &command, &issued)).await
    }
}

fn give_back(
    work: &mut UnitOfWork<'_>,
    command: &Abandon,
    issued: &Issued,
) -> Result<String, Refusal> {
    let done = answer(&Done {});
    // One that has ended is done with, and one at a counter is the clerk's.
    let Some(standing) = work.live_state().by_token(issued.token) else { return done };
    let ticket = (*standing.ticket).clone();
    let here = ticket.kiosk.as_ref() == Some(&command.kiosk);
    if !here || ticket.state != TicketState::Waiting {
        return done;
    }
    let jobs = || work.live_state().jobs().filter(|job| job.ticket == ticket.id);
    let printed = jobs().any(|job| !matches!(job.state, JobState::Queued | JobState::Failed));
    if printed && !command.said_so {
        return done;
    }
    let queued: Vec<Arc<Job>> =
        jobs().filter(|job| job.state == JobState::Queued).cloned().collect();
    for job in queued {
        set_state(work, &job, JobState::Failed);
    }
    let by = command.kiosk.clone();
    let moved = ticket.give_back(Some(by.clone()), work.now())?;
    work.move_ticket(moved, by.as_str());
    done
}

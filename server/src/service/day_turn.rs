//! When the business day turns: what is left of the day before ends, but for
//! those who wait in a hall that carries its lines over.

use jiban_domain::setup::Hall;
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::{Refusal, TicketId};
use serde_json::json;

use super::HallService;
use super::unit_of_work::UnitOfWork;
use crate::change::EventKind;

/// Tickets ended in one command: no visitor waits for all of them.
const AT_ONCE: usize = 200;

impl HallService {
    /// Ends what the day before left. Does nothing where nothing is left.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn turn_day(&self) -> Result<(), Refusal> {
        while self.anything_left() {
            self.execute(None, |work| {
                let setup = work.setup();
                for hall in &setup.setup.halls {
                    let left = left(work, hall);
                    for id in left {
                        end(work, id)?;
                    }
                }
                Ok(String::new())
            })
            .await?;
        }
        Ok(())
    }

    fn anything_left(&self) -> bool {
        let live_state = self.live_state();
        let now = self.clock.now();
        live_state.setup().setup.halls.iter().any(|hall| {
            let today = live_state.business_day(hall, now);
            live_state.standing_in(&hall.id).any(|standing| is_left(hall, &standing.ticket, &today))
        })
    }
}

fn is_left(hall: &Hall, ticket: &Ticket, today: &str) -> bool {
    // Missed visitors can come back the same day only.
    let stays = hall.carries_over && ticket.state != TicketState::Missed;
    ticket.day.as_str() < today && !stays
}

fn left(work: &UnitOfWork<'_>, hall: &Hall) -> Vec<TicketId> {
    let today = work.live_state().business_day(hall, work.now());
    let mut left: Vec<TicketId> = work
        .live_state()
        .standing_in(&hall.id)
        .filter(|standing| is_left(hall, &standing.ticket, &today))
        .map(|standing| standing.ticket.id)
        .collect();
    left.sort_unstable();
    left.truncate(AT_ONCE);
    left
}

fn end(work: &mut UnitOfWork<'_>, id: TicketId) -> Result<(), Refusal> {
    let mut ticket = Ticket::clone(&work.standing(id)?.ticket);
    let now = work.now();
    // Whoever was served was served, though nobody pressed the key.
    let (state, kind) = match ticket.state {
        TicketState::Serving | TicketState::OnHold => {
            (TicketState::Finished, EventKind::TicketFinished)
        }
        _ => (TicketState::Cancelled, EventKind::TicketCancelled),
    };
    ticket.state = state;
    ticket.ended_at = Some(now);
    work.move_ticket(ticket, kind, "", &json!({ "day_turned": true }));
    Ok(())
}

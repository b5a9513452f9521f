//! When the business day turns, what the day before left over ends, except those
//! who wait in a hall that carries its lines over, and numbers that were taken for the
//! next hours of their line. Not while the clock is in doubt: a ticket that has ended does
//! not come back.

use jiban_domain::Refusal;
use jiban_domain::setup::Hall;
use jiban_domain::ticket::Ticket;

use super::HallService;
use super::unit_of_work::UnitOfWork;

/// Tickets ended in one command: no visitor waits for all of them.
const AT_ONCE: usize = 200;

impl HallService {
    /// Ends what the day before left. Does nothing where nothing is left.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn turn_day(&self) -> Result<(), Refusal> {
        // A day that may be wrong ends nobody's visit.
        while !self.clock.is_in_doubt() && self.anything_left_over() {
            self.execute(None, |work| {
                let setup = work.setup();
                for hall in &setup.setup.halls {
                    for ticket in left_over(work, hall) {
                        let moved = ticket.turn_day(work.now());
                        work.move_ticket(moved, "");
                    }
                }
                Ok(String::new())
            })
            .await?;
        }
        Ok(())
    }

    fn anything_left_over(&self) -> bool {
        let live_state = self.live_state();
        let now = self.clock.now();
        live_state.setup().setup.halls.iter().any(|hall| {
            let today = live_state.business_day(hall, now);
            live_state
                .standing_in(&hall.id)
                .any(|standing| live_state.ends_with_day(&standing.ticket, hall, &today))
        })
    }
}

fn left_over(work: &UnitOfWork<'_>, hall: &Hall) -> Vec<Ticket> {
    let today = work.live_state().business_day(hall, work.now());
    let mut left: Vec<Ticket> = work
        .live_state()
        .standing_in(&hall.id)
        .filter(|standing| work.live_state().ends_with_day(&standing.ticket, hall, &today))
        .map(|standing| Ticket::clone(&standing.ticket))
        .collect();
    left.sort_unstable_by_key(|ticket| ticket.id);
    left.truncate(AT_ONCE);
    left
}

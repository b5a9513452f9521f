//! Nothing of the last visitor stays with the terminal: slips, answers and tokens are forgotten
//! as soon as they have left. What must not be lost is kept for as long as it takes: slips until
//! they are printed, numbers given without the server until they are handed in.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiban_domain::print_job::JobState;
use jiban_domain::setup::Printer;
use jiban_domain::{Millis, Token};
use tokio::time::sleep;

use super::{Terminal, lock};
use crate::store::terminal::StoredSlip;

/// How often it is looked what is over.
const EVERY: Duration = Duration::from_secs(2);
/// A page whose stream broke, or whose terminal was started again, shows its ticket again within
/// so long; and it says within so long that a visitor is there.
const AFTER: Millis = 15_000;
/// At a kiosk where one visitor follows the other nobody is ever seen to have left.
const AT_LATEST: Millis = 10 * 60_000;

/// The pages that show a ticket.
#[derive(Debug, Default)]
pub(super) struct ShownBy {
    pub pages: usize,
    /// When the last of them left it, by the counter that nobody can set.
    pub left: Millis,
}

/// Forgets until it is dropped.
pub(super) async fn run(terminal: Arc<Terminal>) {
    let started = terminal.clock.steady();
    loop {
        sleep(EVERY).await;
        // After a start, pages find their way back first.
        if terminal.clock.steady() - started >= AFTER {
            terminal.forget().await;
        }
    }
}

impl Terminal {
    /// Forgets what is over.
    async fn forget(&self) {
        let now = self.clock.now();
        // While a visitor is there, the page may still repeat what it asked.
        let before = now - if self.page.signs().is_idle() { AFTER } else { AT_LATEST };
        let mut kept: HashSet<Token> = {
            let mut shown = lock(&self.shown);
            shown.retain(|_, by| by.pages > 0 || by.left > self.clock.steady() - AFTER);
            shown.keys().copied().collect()
        };
        let over: HashSet<i64> = {
            let slips = lock(&self.slips);
            let is_over = |slip: &&StoredSlip| {
                self.has_ended(slip.state) && slip.at < before && !kept.contains(&slip.token)
            };
            let over = slips.iter().filter(is_over).map(|slip| slip.id).collect::<HashSet<_>>();
            let others = slips.iter().filter(|slip| !over.contains(&slip.id));
            kept.extend(others.map(|slip| slip.token).collect::<Vec<_>>());
            over
        };
        // Below 1 are those that the store never took.
        let stored: Vec<i64> = over.iter().copied().filter(|id| *id > 0).collect();
        let forgotten = self.store.forget(&stored, before, &kept).await;
        let forgotten = forgotten.map_err(|error| (error, "that something is over"));
        if self.watch_store(forgotten).is_some() {
            lock(&self.slips).retain(|slip| !over.contains(&slip.id));
            lock(&self.confirmed).retain(|(token, _)| kept.contains(token));
        }
    }

    /// Whether nothing more will become of a slip.
    fn has_ended(&self, state: JobState) -> bool {
        match state {
            JobState::Confirmed | JobState::Unknown | JobState::Failed => true,
            // A browser does not say whether it has printed.
            JobState::Sent => matches!(self.printer(), Printer::Browser { .. }),
            JobState::Queued => false,
        }
    }
}

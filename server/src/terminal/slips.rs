//! The terminal's own printer.

use std::sync::Arc;

use jiban_app::api::Done;
use jiban_app::api::kiosk::{JobNow, JobState, ReportPrinted, Reprint};
use jiban_app::api::progress::Progress;
use jiban_domain::print_job::PrinterNow;
use jiban_domain::setup::{EscposPrinter, Printer};
use jiban_domain::slip::Slip;
use jiban_domain::{KioskId, Millis, Refusal, Token};

use super::{Terminal, lock, write};
use crate::printing::spool::{QueuedSlip, SlipQueue};
use crate::store::terminal::StoredSlip;

impl Terminal {
    /// Keeps a slip in memory. One that the store did not take is printed from there: no
    /// start can print it again.
    pub(super) fn remember(&self, mut slip: StoredSlip) {
        let mut slips = lock(&self.slips);
        if slip.id == 0 {
            slip.id = slips.iter().map(|known| known.id).min().unwrap_or_default().min(0) - 1;
        }
        slips.push(slip);
        drop(slips);
        self.wake();
    }

    /// Whether a slip of a ticket is known.
    pub(super) fn has_slip(&self, token: Token) -> bool {
        lock(&self.slips).iter().any(|slip| slip.token == token)
    }

    /// The slips of a token, as the page shows them.
    pub(super) fn jobs_of(&self, token: Option<Token>, by_browser: bool) -> Vec<JobNow> {
        let slips = lock(&self.slips);
        let of_token = slips.iter().filter(|slip| Some(slip.token) == token);
        of_token
            .map(|slip| JobNow {
                token: slip.token,
                state: slip.state,
                slip: (by_browser && slip.state == JobState::Queued).then(|| (*slip.slip).clone()),
            })
            .collect()
    }

    /// The slips of a ticket that wait are not printed any more.
    pub(super) fn fail_slips_of(&self, token: Token) {
        for slip in lock(&self.slips).iter_mut() {
            if slip.token == token && slip.state == JobState::Queued {
                slip.state = JobState::Failed;
            }
        }
        self.wake();
    }

    /// Whether the slip of a ticket may be in somebody's hand.
    pub(super) fn may_be_printed(&self, token: Token) -> bool {
        let unprinted = |state| matches!(state, JobState::Queued | JobState::Failed);
        lock(&self.slips).iter().any(|slip| slip.token == token && !unprinted(slip.state))
    }

    /// Slips that wait for the printer.
    pub(super) fn queued_slips(&self) -> usize {
        lock(&self.slips).iter().filter(|slip| slip.state == JobState::Queued).count()
    }

    /// Prints a ticket's slip again, with the same number; as it stands now, where the server
    /// can say that.
    ///
    /// # Errors
    /// No slip of this ticket is known here; it has ended; there is no printer.
    pub(super) async fn reprint(&self, command: Reprint) -> Result<Done, Refusal> {
        if command.kiosk != self.kiosk {
            return Err(Refusal::UnknownKiosk);
        }
        let printer = self.printer();
        if printer == Printer::None {
            return Err(Refusal::NoPrinter);
        }
        if self.queued_slips() >= self.limits.most(self.limits.slips_per_kiosk) {
            return Err(Refusal::TooManySlips { seconds: 30 });
        }
        let before = {
            let slips = lock(&self.slips);
            slips.iter().rev().find(|slip| slip.token == command.token).cloned()
        };
        let before = before.ok_or(Refusal::UnknownTicket)?;
        let slip = match self.progress(command.token).await {
            Some(progress) if !progress.state.is_active() => return Err(Refusal::NothingToPrint),
            Some(progress) => as_it_stands(&before.slip, progress),
            None => (*before.slip).clone(),
        };
        let slip = Slip { reprint: true, ..slip };
        let mut queued = StoredSlip::queued(command.token, slip, self.clock.now());
        let kept = self.store.queue_slip(&mut queued).await;
        self.watch_store(kept.map_err(|error| (error, "a slip")));
        self.remember(queued);
        Ok(Done {})
    }

    /// The kiosk's own browser has printed the slips of a ticket.
    ///
    /// # Errors
    /// No slip of this ticket is known here.
    pub(super) async fn printed_by_browser(&self, report: ReportPrinted) -> Result<Done, Refusal> {
        if report.kiosk != self.kiosk {
            return Err(Refusal::UnknownKiosk);
        }
        let queued: Vec<i64> = {
            let slips = lock(&self.slips);
            let of_ticket = || slips.iter().filter(|slip| slip.token == report.token);
            if of_ticket().next().is_none() {
                return Err(Refusal::UnknownTicket);
            }
            let queued = of_ticket().filter(|slip| slip.state == JobState::Queued);
            queued.map(|slip| slip.id).collect()
        };
        for id in queued {
            let _ = self.set_state(id, JobState::Sent).await;
        }
        Ok(Done {})
    }
}

/// A slip with what the server says of its ticket now.
fn as_it_stands(slip: &Slip, progress: Progress) -> Slip {
    Slip {
        number: progress.number,
        ahead: progress.ahead.unwrap_or_default(),
        wait_minutes: progress.wait_minutes,
        calls_from: progress.calls_from,
        state: progress.state,
        counter: progress.counter_name,
        confirmed: true,
        ..slip.clone()
    }
}

impl SlipQueue for Terminal {
    fn now(&self) -> Millis {
        self.clock.now()
    }

    fn printers(&self) -> Vec<(KioskId, EscposPrinter)> {
        self.printer().network().map(|own| (self.kiosk.clone(), own.clone())).into_iter().collect()
    }

    fn queued(&self) -> Vec<QueuedSlip> {
        let slips = lock(&self.slips);
        let queued = slips.iter().filter(|slip| slip.state == JobState::Queued);
        queued
            .map(|slip| QueuedSlip {
                id: slip.id,
                kiosk: self.kiosk.clone(),
                slip: slip.slip.clone(),
                at: slip.at,
            })
            .collect()
    }

    fn being_sent(&self) -> Vec<i64> {
        let sent = |slip: &&StoredSlip| slip.state == JobState::Sent;
        lock(&self.slips).iter().filter(sent).map(|slip| slip.id).collect()
    }

    async fn claim(&self, id: i64) -> Result<bool, Refusal> {
        // One that is in memory only cannot be printed again after a start.
        if id > 0 {
            let moved = self.store.move_slip(id, Some(JobState::Queued), JobState::Sent).await;
            let moved = self.watch_store(moved.map_err(|error| (error, "a slip's state")));
            if !moved.ok_or(Refusal::Unavailable)? {
                return Ok(false);
            }
        }
        let mut slips = lock(&self.slips);
        let slip = slips.iter_mut().find(|slip| slip.id == id);
        let claimed = slip.is_some_and(|slip| {
            let queued = slip.state == JobState::Queued;
            slip.state = JobState::Sent;
            queued
        });
        drop(slips);
        self.wake();
        Ok(claimed)
    }

    async fn set_state(&self, id: i64, state: JobState) -> Result<(), Refusal> {
        if id > 0 {
            let kept = self.store.move_slip(id, None, state).await;
            let kept = self.watch_store(kept.map_err(|error| (error, "a slip's state")));
            kept.ok_or(Refusal::Unavailable)?;
        }
        let slip = {
            let mut slips = lock(&self.slips);
            let slip = slips.iter_mut().find(|slip| slip.id == id);
            slip.map(|slip| {
                slip.state = state;
                slip.slip.clone()
            })
        };
        self.wake();
        if let Some(slip) = slip
            && matches!(state, JobState::Confirmed | JobState::Unknown)
        {
            let paper = jiban_app::slip::height_mm(&slip, self.printer().dots());
            let kept = self.store.count_slip(paper).await;
            self.watch_store(kept.map_err(|error| (error, "the paper used")));
        }
        Ok(())
    }

    fn told(&self, _: &KioskId, status: PrinterNow) {
        let before = std::mem::replace(&mut *write(&self.printer_now), status);
        if before != status {
            tracing::info!(?status, "the printer");
            self.wake();
            self.server.look_now();
        }
    }
}

/// Prints until it is dropped.
pub(super) async fn run(terminal: Arc<Terminal>) {
    crate::printing::spool::run(terminal).await;
}

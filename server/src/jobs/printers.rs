//! The network printers: requests the status of each, and prints its slips one after another.
//! A printer at a kiosk's own machine is its terminal's.

use std::sync::Arc;

use jiban_domain::print_job::{JobState, PrinterNow};
use jiban_domain::setup::EscposPrinter;
use jiban_domain::{KioskId, Millis, Refusal};

use crate::printing::spool::{self, QueuedSlip, SlipQueue};
use crate::service::HallService;

/// Runs until it is dropped.
pub async fn run(service: Arc<HallService>) {
    spool::run(Arc::new(SlipsOfHalls(service))).await;
}

/// The slips of all kiosks.
struct SlipsOfHalls(Arc<HallService>);

impl SlipQueue for SlipsOfHalls {
    fn now(&self) -> Millis {
        self.0.clock.now()
    }

    fn printers(&self) -> Vec<(KioskId, EscposPrinter)> {
        let live_state = self.0.live_state();
        let halls = &live_state.setup().setup.halls;
        let kiosks = halls.iter().flat_map(|hall| hall.kiosks.iter().map(move |one| (hall, one)));
        let steady = self.0.clock.steady();
        kiosks
            .filter_map(|(hall, kiosk)| {
                // A terminal that is in touch has the printer to itself.
                if self.0.terminals.attends(&kiosk.id, steady) {
                    return None;
                }
                if self.0.presence.let_go(&kiosk.id) {
                    self.0.changed.wake_hall(&hall.id);
                }
                let printer = kiosk.printer.network().filter(|printer| !printer.is_device())?;
                Some((kiosk.id.clone(), printer.clone()))
            })
            .collect()
    }

    fn queued(&self) -> Vec<QueuedSlip> {
        let queued = self.0.queued_slips().into_iter().map(|job| QueuedSlip {
            id: job.id,
            kiosk: job.kiosk.clone(),
            slip: job.slip.clone(),
            at: job.at,
        });
        queued.collect()
    }

    fn being_sent(&self) -> Vec<i64> {
        let live_state = self.0.live_state();
        let setup = live_state.setup();
        live_state
            .jobs()
            .filter(|job| job.state == JobState::Sent)
            .filter(|job| {
                let kiosk = setup.setup.kiosk(&job.kiosk);
                kiosk.is_some_and(|(_, kiosk)| kiosk.printer.network().is_some())
            })
            .map(|job| job.id)
            .collect()
    }

    async fn claim(&self, id: i64) -> Result<bool, Refusal> {
        self.0.claim_job(id).await
    }

    async fn set_state(&self, id: i64, state: JobState) -> Result<(), Refusal> {
        self.0.set_job_state(id, state).await
    }

    fn told(&self, kiosk: &KioskId, status: PrinterNow) {
        if self.0.presence.set_printer(kiosk, status) {
            let live_state = self.0.live_state();
            if let Some((hall, _)) = live_state.setup().setup.kiosk(kiosk) {
                self.0.changed.wake_hall(&hall.id);
            }
        }
    }
}

//! The network printers: requests the status of each, and prints its slips one after another.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiban_domain::print_job::{JobState, PrinterNow};
use jiban_domain::setup::Printer;
use jiban_domain::{HallId, KioskId, Millis};
use tokio::time::{Instant, sleep};

use crate::change::Job;
use crate::printing::{self, Outcome};
use crate::service::HallService;

/// How often the queue is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(150);
/// How often the status of an idle printer is requested.
const STATUS_INTERVAL: Duration = Duration::from_secs(10);
/// An older slip is not printed: the visitor has gone on with the code on the screen, and a slip
/// with somebody's number must not be left lying about.
const MAX_AGE: Millis = 2 * 60_000;

#[derive(Clone)]
struct NetworkPrinter {
    hall: HallId,
    kiosk: KioskId,
    address: String,
    paper: u16,
    native_qr: bool,
}

/// The kiosks whose printers are in use.
type Busy = Arc<Mutex<HashSet<KioskId>>>;

/// Marks a printer as in use until it is dropped.
struct InUse {
    kiosk: KioskId,
    busy: Busy,
}

impl Drop for InUse {
    fn drop(&mut self) {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.kiosk);
    }
}

/// Runs until it is dropped.
pub async fn run(service: Arc<HallService>) {
    mark_sent_as_unknown(&service).await;
    let busy = Busy::default();
    let mut last_request: HashMap<KioskId, Instant> = HashMap::new();
    loop {
        let queued = service.queued_for_network();
        for printer in network_printers(&service) {
            if busy.lock().unwrap_or_else(PoisonError::into_inner).contains(&printer.kiosk) {
                continue;
            }
            let job = queued.iter().find(|job| job.kiosk == printer.kiosk).cloned();
            let due = last_request
                .get(&printer.kiosk)
                .is_none_or(|last| last.elapsed() >= STATUS_INTERVAL);
            if job.is_none() && !due {
                continue;
            }
            last_request.insert(printer.kiosk.clone(), Instant::now());
            busy.lock().unwrap_or_else(PoisonError::into_inner).insert(printer.kiosk.clone());
            let (service, busy) = (service.clone(), busy.clone());
            tokio::spawn(async move {
                let _in_use = InUse { kiosk: printer.kiosk.clone(), busy };
                serve(&service, &printer, job).await;
            });
        }
        sleep(POLL_INTERVAL).await;
    }
}

/// Slips that were being sent when the server stopped: it is unknown whether they were printed,
/// so they are not printed again automatically.
async fn mark_sent_as_unknown(service: &HallService) {
    let sent: Vec<i64> = {
        let live_state = service.live_state();
        let setup = live_state.setup();
        live_state
            .jobs()
            .filter(|job| job.state == JobState::Sent)
            .filter(|job| {
                let kiosk = setup.setup.kiosk(&job.kiosk);
                kiosk.is_some_and(|(_, kiosk)| matches!(kiosk.printer, Printer::Escpos { .. }))
            })
            .map(|job| job.id)
            .collect()
    };
    for id in sent {
        set_state(service, id, JobState::Unknown).await;
    }
}

fn network_printers(service: &HallService) -> Vec<NetworkPrinter> {
    let live_state = service.live_state();
    let halls = &live_state.setup().setup.halls;
    halls
        .iter()
        .flat_map(|hall| hall.kiosks.iter().map(move |kiosk| (hall, kiosk)))
        .filter_map(|(hall, kiosk)| match &kiosk.printer {
            Printer::Escpos { address, paper, native_qr } => Some(NetworkPrinter {
                hall: hall.id.clone(),
                kiosk: kiosk.id.clone(),
                address: address.clone(),
                paper: *paper,
                native_qr: *native_qr,
            }),
            _ => None,
        })
        .collect()
}

async fn serve(service: &HallService, printer: &NetworkPrinter, job: Option<Arc<Job>>) {
    let status = match job {
        Some(job) if service.clock.now() - job.at > MAX_AGE => {
            set_state(service, job.id, JobState::Failed).await;
            return;
        }
        Some(job) => {
            if !service.claim_job(job.id).await.unwrap_or(false) {
                return;
            }
            let printed =
                printing::print(&printer.address, printer.paper, printer.native_qr, &job.slip)
                    .await;
            let (state, status) = match printed {
                Outcome::Confirmed => (JobState::Confirmed, PrinterNow::Ready),
                Outcome::Unknown => (JobState::Unknown, printing::status(&printer.address).await),
                Outcome::Failed(status) => (JobState::Failed, status),
            };
            set_state(service, job.id, state).await;
            status
        }
        None => printing::status(&printer.address).await,
    };
    if service.presence.set_printer(&printer.kiosk, status) {
        service.changed.wake_hall(&printer.hall);
    }
}

async fn set_state(service: &HallService, id: i64, state: JobState) {
    if let Err(refusal) = service.set_job_state(id, state).await {
        tracing::warn!(%refusal, "the state of a slip could not be stored");
    }
}

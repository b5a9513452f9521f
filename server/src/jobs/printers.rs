//! The network printers: requests the status of each, and prints its slips one after another.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiban_domain::print_job::{JobState, PRINTED_WITHIN, PrinterNow};
use jiban_domain::setup::EscposPrinter;
use jiban_domain::{HallId, KioskId};
use tokio::time::{Instant, sleep};

use crate::change::Job;
use crate::printing::{self, Outcome};
use crate::service::HallService;

/// How often the queue is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(150);
/// How often the status of an idle printer is requested.
const STATUS_INTERVAL: Duration = Duration::from_secs(10);
/// The pause after a state could not be stored, because the disk is full.
const STORE_INTERVAL: Duration = Duration::from_secs(1);

#[derive(Clone)]
struct NetworkPrinter {
    hall: HallId,
    kiosk: KioskId,
    printer: EscposPrinter,
}

/// The kiosks whose printers are in use.
type Busy = Arc<Mutex<HashSet<KioskId>>>;

/// How slips ended whose state could not be stored yet. It is stored as soon as the disk takes
/// it: else the visitor would wait at the screen for ever, and the slip might come twice.
type Unstored = Arc<Mutex<HashMap<i64, JobState>>>;

/// Marks a printer as in use until it is dropped.
struct InUse {
    kiosk: KioskId,
    busy: Busy,
}

impl Drop for InUse {
    fn drop(&mut self) {
        lock(&self.busy).remove(&self.kiosk);
    }
}

/// Runs until it is dropped.
pub async fn run(service: Arc<HallService>) {
    let busy = Busy::default();
    let unstored = Unstored::default();
    mark_sent_as_unknown(&service, &unstored);
    let mut last_request: HashMap<KioskId, Instant> = HashMap::new();
    loop {
        let mut queued = service.queued_slips();
        queued.retain(|job| !lock(&unstored).contains_key(&job.id));
        for late in
            queued.extract_if(.., |job| (service.clock.now() - job.at).abs() > PRINTED_WITHIN)
        {
            lock(&unstored).insert(late.id, JobState::Failed);
        }
        store(&service, &unstored).await;
        for printer in network_printers(&service) {
            if lock(&busy).contains(&printer.kiosk) {
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
            lock(&busy).insert(printer.kiosk.clone());
            let (service, busy, unstored) = (service.clone(), busy.clone(), unstored.clone());
            tokio::spawn(async move {
                let _in_use = InUse { kiosk: printer.kiosk.clone(), busy };
                serve(&service, &printer, job, &unstored).await;
            });
        }
        sleep(POLL_INTERVAL).await;
    }
}

/// Slips that were being sent when the server stopped: it is unknown whether they were printed,
/// so they are not printed again automatically.
fn mark_sent_as_unknown(service: &HallService, unstored: &Unstored) {
    let sent: Vec<i64> = {
        let live_state = service.live_state();
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
    };
    for id in sent {
        lock(unstored).insert(id, JobState::Unknown);
    }
}

/// Stores the states that wait for it. If the disk is full, it pauses.
async fn store(service: &HallService, unstored: &Unstored) {
    let waiting: Vec<_> = lock(unstored).iter().map(|(id, state)| (*id, *state)).collect();
    for (id, state) in waiting {
        if let Err(refusal) = service.set_job_state(id, state).await {
            tracing::warn!(%refusal, "the state of a slip could not be stored; trying again");
            sleep(STORE_INTERVAL).await;
            return;
        }
        lock(unstored).remove(&id);
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn network_printers(service: &HallService) -> Vec<NetworkPrinter> {
    let live_state = service.live_state();
    let halls = &live_state.setup().setup.halls;
    halls
        .iter()
        .flat_map(|hall| hall.kiosks.iter().map(move |kiosk| (hall, kiosk)))
        .filter_map(|(hall, kiosk)| {
            Some(NetworkPrinter {
                hall: hall.id.clone(),
                kiosk: kiosk.id.clone(),
                printer: kiosk.printer.network()?.clone(),
            })
        })
        .collect()
}

async fn serve(
    service: &HallService,
    NetworkPrinter { hall, kiosk, printer }: &NetworkPrinter,
    job: Option<Arc<Job>>,
    unstored: &Unstored,
) {
    let status = match job {
        Some(job) => {
            match service.claim_job(job.id).await {
                Ok(true) => {}
                Ok(false) => return,
                // It stays queued, and is printed once the disk takes the claim.
                Err(refusal) => {
                    tracing::warn!(%refusal, "a slip could not be claimed; trying again");
                    sleep(STORE_INTERVAL).await;
                    return;
                }
            }
            let (state, status) = match printing::print(printer, &job.slip).await {
                Outcome::Confirmed => (JobState::Confirmed, PrinterNow::Ready),
                Outcome::Unknown => (JobState::Unknown, printing::status(printer).await),
                Outcome::Failed(status) => (JobState::Failed, status),
            };
            if service.set_job_state(job.id, state).await.is_err() {
                lock(unstored).insert(job.id, state);
            }
            status
        }
        None => printing::status(printer).await,
    };
    if service.presence.set_printer(kiosk, status) {
        service.changed.wake_hall(hall);
    }
}

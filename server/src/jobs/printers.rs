//! The network printers: each is asked how it is, and given its slips one
//! after another.

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

/// How often slips are looked for.
const LOOK: Duration = Duration::from_millis(150);
/// How often an idle printer is asked how it is.
const ASK: Duration = Duration::from_secs(10);
/// A slip that waited longer is not printed: its visitor has gone on with the
/// screen's code, and paper with somebody's number must not lie about.
const TOO_OLD: Millis = 2 * 60_000;

#[derive(Clone)]
struct Networked {
    hall: HallId,
    kiosk: KioskId,
    address: String,
    paper: u16,
    native_qr: bool,
}

/// Printers that are being talked to: one conversation at a time.
type Busy = Arc<Mutex<HashSet<KioskId>>>;

/// A conversation with one printer; over when dropped, however it ended.
struct Conversation {
    kiosk: KioskId,
    busy: Busy,
}

impl Drop for Conversation {
    fn drop(&mut self) {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.kiosk);
    }
}

/// Runs until it is dropped.
pub async fn run(service: Arc<HallService>) {
    settle_sent(&service).await;
    let busy = Busy::default();
    let mut asked: HashMap<KioskId, Instant> = HashMap::new();
    loop {
        let queued = service.queued_for_network();
        for printer in networked(&service) {
            if busy.lock().unwrap_or_else(PoisonError::into_inner).contains(&printer.kiosk) {
                continue;
            }
            let job = queued.iter().find(|job| job.kiosk == printer.kiosk).cloned();
            let due = asked.get(&printer.kiosk).is_none_or(|last| last.elapsed() >= ASK);
            if job.is_none() && !due {
                continue;
            }
            asked.insert(printer.kiosk.clone(), Instant::now());
            busy.lock().unwrap_or_else(PoisonError::into_inner).insert(printer.kiosk.clone());
            let (service, busy) = (service.clone(), busy.clone());
            tokio::spawn(async move {
                let _conversation = Conversation { kiosk: printer.kiosk.clone(), busy };
                talk(&service, &printer, job).await;
            });
        }
        sleep(LOOK).await;
    }
}

/// Slips that were being sent when the server ended: whether they came out is
/// not known, and they are not printed again by themselves.
async fn settle_sent(service: &HallService) {
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
        set(service, id, JobState::Unknown).await;
    }
}

fn networked(service: &HallService) -> Vec<Networked> {
    let live_state = service.live_state();
    let halls = &live_state.setup().setup.halls;
    halls
        .iter()
        .flat_map(|hall| hall.kiosks.iter().map(move |kiosk| (hall, kiosk)))
        .filter_map(|(hall, kiosk)| match &kiosk.printer {
            Printer::Escpos { address, paper, native_qr } => Some(Networked {
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

async fn talk(service: &HallService, printer: &Networked, job: Option<Arc<Job>>) {
    let now = match job {
        Some(job) if service.clock.now() - job.at > TOO_OLD => {
            set(service, job.id, JobState::Failed).await;
            return;
        }
        Some(job) => {
            if !service.begin_job(job.id).await.unwrap_or(false) {
                return;
            }
            let printed =
                printing::print(&printer.address, printer.paper, printer.native_qr, &job.slip)
                    .await;
            let (state, now) = match printed {
                Outcome::Confirmed => (JobState::Confirmed, PrinterNow::Ready),
                Outcome::Unknown => (JobState::Unknown, printing::status(&printer.address).await),
                Outcome::Failed(now) => (JobState::Failed, now),
            };
            set(service, job.id, state).await;
            now
        }
        None => printing::status(&printer.address).await,
    };
    if service.presence.printer(&printer.kiosk, now) {
        service.changed.hall(&printer.hall);
    }
}

async fn set(service: &HallService, id: i64, state: JobState) {
    if let Err(refusal) = service.set_job(id, state).await {
        tracing::warn!(%refusal, "a slip's state could not be kept");
    }
}

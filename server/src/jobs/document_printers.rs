//! The printers of A4 pages: prints what people queued by themselves, one document after
//! another at each printer.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiban_domain::KioskId;
use jiban_domain::print_job::{JobState, PRINTED_WITHIN};
use jiban_domain::self_print::DocumentPrinterNow;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::change::DocumentPrint;
use crate::documents::self_print::device;
use crate::printing::ipp::Progress;
use crate::service::HallService;

/// How often the queue is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(150);
/// The pause after something could not be stored, because the disk is full.
const STORE_INTERVAL: Duration = Duration::from_secs(1);

/// The kiosks that print.
type Busy = Arc<Mutex<HashSet<KioskId>>>;
/// How prints ended that could not be stored yet.
type Unstored = Arc<Mutex<HashMap<i64, Progress>>>;

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Nothing was sent.
const NOT_PRINTED: Progress =
    Progress { state: JobState::Failed, came_out: 0, printer: DocumentPrinterNow::Stopped };

/// Runs until it is dropped.
pub async fn run(service: Arc<HallService>) {
    let (busy, unstored) = (Busy::default(), Unstored::default());
    lock(&unstored).extend(service.prints_left());
    // They end with this: what is on its way then is unknown at the next start.
    let mut prints = JoinSet::new();
    loop {
        while prints.try_join_next().is_some() {}
        store(&service, &unstored).await;
        for print in service.queued_prints() {
            if lock(&unstored).contains_key(&print.id) {
                continue;
            }
            // Who waited so long has gone.
            if (service.clock.now() - print.at).abs() > PRINTED_WITHIN {
                lock(&unstored).insert(print.id, NOT_PRINTED);
                continue;
            }
            if !lock(&busy).insert(print.kiosk.clone()) {
                continue;
            }
            let (service, busy, unstored) = (service.clone(), busy.clone(), unstored.clone());
            prints.spawn(async move {
                serve(&service, &print, &unstored).await;
                lock(&busy).remove(&print.kiosk);
            });
        }
        sleep(POLL_INTERVAL).await;
    }
}

async fn serve(service: &HallService, print: &DocumentPrint, unstored: &Unstored) {
    let printer = service.printing_kiosk(&print.kiosk).ok();
    let Some(printer) = printer.and_then(|(_, kiosk)| kiosk.document_printer) else {
        lock(unstored).insert(print.id, NOT_PRINTED);
        return;
    };
    let document = match service.claim_print_job(print.id).await {
        Ok(Some(document)) => document,
        Ok(None) => return,
        // It stays queued, and is printed once the disk takes the claim.
        Err(refusal) => {
            tracing::warn!(%refusal, "a document could not be claimed; trying again");
            sleep(STORE_INTERVAL).await;
            return;
        }
    };
    let told = |progress| service.note_print(print.id, progress);
    let end = device(&printer).print(document, told).await;
    if service.end_print(print.id, end).await.is_err() {
        lock(unstored).insert(print.id, end);
    }
}

/// Stores the ends that wait for it. If the disk is full, it pauses.
async fn store(service: &HallService, unstored: &Unstored) {
    let waiting: Vec<_> = lock(unstored).iter().map(|(id, end)| (*id, *end)).collect();
    for (id, end) in waiting {
        if let Err(refusal) = service.end_print(id, end).await {
            tracing::warn!(%refusal, "the end of a print could not be stored; trying again");
            sleep(STORE_INTERVAL).await;
            return;
        }
        lock(unstored).remove(&id);
    }
}

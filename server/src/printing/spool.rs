//! The slips that wait for printers, one after another at each. Where they are kept is the
//! [`SlipQueue`]'s matter: the hall's server and a kiosk's terminal have one each.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiban_domain::print_job::{JobState, PRINTED_WITHIN, PrinterNow};
use jiban_domain::setup::EscposPrinter;
use jiban_domain::slip::Slip;
use jiban_domain::{KioskId, Millis, Refusal};
use tokio::time::{Instant, sleep};

use super::{Outcome, print, status};

/// How often the queue is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(150);
/// How often the status of an idle printer is requested.
const STATUS_INTERVAL: Duration = Duration::from_secs(10);
/// The pause after a state could not be stored, because the disk is full.
const STORE_INTERVAL: Duration = Duration::from_secs(1);

/// A slip that waits.
#[derive(Debug, Clone)]
pub struct QueuedSlip {
    pub id: i64,
    pub kiosk: KioskId,
    pub slip: Arc<Slip>,
    /// When it was queued.
    pub at: Millis,
}

/// Where slips are kept, and what is known of printers.
pub trait SlipQueue: Send + Sync + 'static {
    fn now(&self) -> Millis;

    /// The kiosks with printers that are served here.
    fn printers(&self) -> Vec<(KioskId, EscposPrinter)>;

    /// The queued slips, the oldest first.
    fn queued(&self) -> Vec<QueuedSlip>;

    /// The slips that are being sent.
    fn being_sent(&self) -> Vec<i64>;

    /// Claims a queued slip by marking it as sent; returns whether it may be printed. A slip
    /// that could not be marked must not be printed, since it would be printed again.
    ///
    /// # Errors
    /// It cannot be stored now.
    fn claim(&self, id: i64) -> impl Future<Output = Result<bool, Refusal>> + Send;

    /// Stores how a slip stands.
    ///
    /// # Errors
    /// It cannot be stored now.
    fn set_state(
        &self,
        id: i64,
        state: JobState,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Tells the status of a printer.
    fn told(&self, kiosk: &KioskId, status: PrinterNow);
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

/// Prints, and asks idle printers how they are. Runs until it is dropped.
pub async fn run<Q: SlipQueue>(slips: Arc<Q>) {
    let busy = Busy::default();
    let unstored = Unstored::default();
    // Slips that were being sent when the program stopped: it is unknown whether they were
    // printed, so they are not printed again automatically.
    lock(&unstored).extend(slips.being_sent().into_iter().map(|id| (id, JobState::Unknown)));
    let mut last_request: HashMap<KioskId, Instant> = HashMap::new();
    loop {
        let mut queued = slips.queued();
        queued.retain(|slip| !lock(&unstored).contains_key(&slip.id));
        for late in queued.extract_if(.., |slip| (slips.now() - slip.at).abs() > PRINTED_WITHIN) {
            lock(&unstored).insert(late.id, JobState::Failed);
        }
        store(&*slips, &unstored).await;
        for (kiosk, printer) in slips.printers() {
            if lock(&busy).contains(&kiosk) {
                continue;
            }
            let slip = queued.iter().find(|slip| slip.kiosk == kiosk).cloned();
            let due = last_request.get(&kiosk).is_none_or(|last| last.elapsed() >= STATUS_INTERVAL);
            if slip.is_none() && !due {
                continue;
            }
            last_request.insert(kiosk.clone(), Instant::now());
            lock(&busy).insert(kiosk.clone());
            let (slips, busy, unstored) = (slips.clone(), busy.clone(), unstored.clone());
            tokio::spawn(async move {
                let in_use = InUse { kiosk, busy };
                serve(&*slips, &in_use.kiosk, &printer, slip, &unstored).await;
            });
        }
        sleep(POLL_INTERVAL).await;
    }
}

/// Stores the states that wait for it. If the disk is full, it pauses.
async fn store(slips: &impl SlipQueue, unstored: &Unstored) {
    let waiting: Vec<_> = lock(unstored).iter().map(|(id, state)| (*id, *state)).collect();
    for (id, state) in waiting {
        if let Err(refusal) = slips.set_state(id, state).await {
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

async fn serve(
    slips: &impl SlipQueue,
    kiosk: &KioskId,
    printer: &EscposPrinter,
    slip: Option<QueuedSlip>,
    unstored: &Unstored,
) {
    let Some(QueuedSlip { id, slip, .. }) = slip else {
        slips.told(kiosk, status(printer).await);
        return;
    };
    match slips.claim(id).await {
        Ok(true) => {}
        Ok(false) => return,
        // It stays queued, and is printed once the disk takes the claim.
        Err(refusal) => {
            tracing::warn!(%refusal, "a slip could not be claimed; trying again");
            sleep(STORE_INTERVAL).await;
            return;
        }
    }
    let (state, status) = match print(printer, &slip).await {
        Outcome::Confirmed => (JobState::Confirmed, PrinterNow::Ready),
        Outcome::Unknown => (JobState::Unknown, status(printer).await),
        Outcome::Failed(status) => (JobState::Failed, status),
    };
    if slips.set_state(id, state).await.is_err() {
        lock(unstored).insert(id, state);
    }
    slips.told(kiosk, status);
}

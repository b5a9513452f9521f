//! Prints that a request asks for directly, outside the queue of slips: documents at counters
//! and guides at kiosks. Each request is printed once, however often it is sent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiban_app::api::Call;
use jiban_domain::print_job::JobState;
use jiban_domain::{Millis, Refusal};
use serde::Serialize;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::{HallService, answer, digest};

/// How a request is remembered in memory; the database knows it for longer, but not how it
/// ended.
const REMEMBERED: Millis = 60 * 60_000;

type Printed = Result<JobState, Refusal>;

/// The requests of the last hour.
#[derive(Debug, Default)]
pub struct PrintRequests(Mutex<HashMap<Uuid, Arc<PrintRequest>>>);

#[derive(Debug)]
struct PrintRequest {
    digest: [u8; 32],
    at: Millis,
    printed: OnceCell<Printed>,
}

impl PrintRequests {
    fn entry(&self, id: Uuid, digest: [u8; 32], now: Millis) -> Result<Arc<PrintRequest>, Refusal> {
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.retain(|_, one| (now - REMEMBERED..=now).contains(&one.at));
        let entry = requests
            .entry(id)
            .or_insert_with(|| PrintRequest { digest, at: now, printed: OnceCell::new() }.into());
        if entry.digest == digest { Ok(entry.clone()) } else { Err(Refusal::RequestReused) }
    }

    fn forget(&self, id: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}

impl HallService {
    /// Prints what `print` prints, unless this request has done so before; then returns how
    /// that ended. A repeat after a restart is [`JobState::Unknown`]: whether it was printed is
    /// not known, and nothing is printed twice.
    ///
    /// # Errors
    /// [`Refusal::RequestReused`], or what `print` refuses; then nothing was printed.
    pub async fn print_once<C: Call>(
        self: &Arc<Self>,
        id: Uuid,
        content: &impl Serialize,
        print: impl Future<Output = Printed> + Send + 'static,
    ) -> Printed {
        let digest = digest::<C>(content);
        let entry = self.print_requests.entry(id, digest, self.clock.steady())?;
        let service = self.clone();
        // A task of its own: a client that leaves must not stop a print in the middle.
        let printed = tokio::spawn(async move {
            let claim_and_print = async || match service.claim_print((id, digest)).await {
                Ok(true) => print.await,
                Ok(false) => Ok(JobState::Unknown),
                Err(refusal) => {
                    service.print_requests.forget(id);
                    Err(refusal)
                }
            };
            entry.printed.get_or_init(claim_and_print).await.clone()
        });
        printed.await.map_err(|_| Refusal::Unavailable)?
    }

    /// Stores that a request is being printed. Returns false if it was stored before.
    async fn claim_print(&self, request: (Uuid, [u8; 32])) -> Result<bool, Refusal> {
        // The stored answer tells which claim was the first.
        let mine = answer(&Uuid::new_v4())?;
        let claim = mine.clone();
        let stored = self.execute(Some(request), move |_| Ok(claim.clone())).await?;
        Ok(*stored == *mine)
    }
}

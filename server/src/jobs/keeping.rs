//! The turn of the day, what time asks of cases, and letting old rows go.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::service::HallService;

/// How late the turn of a day may be noticed.
const LOOK: Duration = Duration::from_secs(20);
/// Looks between two rounds of letting old rows go: about an hour.
const LOOKS_PER_ROUND: u32 = 180;

/// Runs until it is dropped.
pub async fn keep(service: Arc<HallService>) {
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut look = 0;
    loop {
        looks.tick().await;
        if let Err(refusal) = service.turn_day().await {
            tracing::warn!(%refusal, "the day could not be turned; tried again soon");
        }
        if let Err(refusal) = service.keep_cases().await {
            tracing::warn!(%refusal, "cases could not be looked at; tried again soon");
        }
        if look == 0 {
            service.prune().await;
            if let Err(refusal) = service.erase_persons().await {
                tracing::warn!(%refusal, "persons could not be erased; tried again soon");
            }
            if let Err(refusal) = service.sweep_files().await {
                tracing::warn!(%refusal, "files could not be swept; tried again soon");
            }
        }
        look = (look + 1) % LOOKS_PER_ROUND;
    }
}

//! Asks each second whether the machine's clock can be believed.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::service::HallService;

const INTERVAL: Duration = Duration::from_secs(1);

/// Runs until it is dropped.
pub async fn run(service: Arc<HallService>) {
    let mut rounds = interval(INTERVAL);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        if let Err(refusal) = service.check_clock().await {
            tracing::warn!(%refusal, "the clock could not be set; trying again soon");
        }
    }
}

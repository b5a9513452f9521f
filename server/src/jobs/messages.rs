//! Sends what applicants are to be told.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::service::HallService;

const INTERVAL: Duration = Duration::from_secs(5);

/// Runs until it is dropped.
pub async fn run(service: Arc<HallService>) {
    let mut rounds = interval(INTERVAL);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        if let Err(refusal) = service.send_messages().await {
            tracing::warn!(%refusal, "messages could not be sent; trying again soon");
        }
    }
}

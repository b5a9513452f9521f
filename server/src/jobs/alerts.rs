//! Begins and ends alerts about terminals, and tells whoever is to be told.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::service::HallService;

const INTERVAL: Duration = Duration::from_secs(2);

/// Runs until it is dropped. Telling may take long, and must not keep an alert from beginning.
pub async fn run(service: Arc<HallService>) {
    let telling = tell(service.clone());
    tokio::join!(check(service), telling);
}

async fn check(service: Arc<HallService>) {
    let mut rounds = interval(INTERVAL);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        if let Err(refusal) = service.check_terminals().await {
            tracing::warn!(%refusal, "alerts could not be written; trying again soon");
        }
    }
}

async fn tell(service: Arc<HallService>) {
    let mut rounds = interval(INTERVAL);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        if let Err(refusal) = service.tell_alerts().await {
            tracing::warn!(%refusal, "alerts could not be told; trying again soon");
        }
    }
}

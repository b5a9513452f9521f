//! Looks every second whether the hall can still keep what it is told, and says so when that
//! changes.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::service::HallService;

const INTERVAL: Duration = Duration::from_secs(1);

/// Runs until it is dropped.
pub async fn run(service: Arc<HallService>) {
    let mut rounds = interval(INTERVAL);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut before = None;
    loop {
        rounds.tick().await;
        let now = service.check_ground().await.err();
        if now != before {
            if let Some(lost) = &now {
                tracing::error!("{lost}");
            } else if before.is_some() {
                tracing::info!("the files of the hall are in their places again");
            }
        }
        before = now;
    }
}

//! The turn of the day, and letting old rows go.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::desk::Desk;

/// How late the turn of a day may be noticed.
const LOOK: Duration = Duration::from_secs(20);
/// Looks between two rounds of letting old rows go: about an hour.
const LOOKS_PER_ROUND: u32 = 180;

/// Runs until it is dropped.
pub async fn keep(desk: Arc<Desk>) {
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut look = 0;
    loop {
        looks.tick().await;
        if let Err(refusal) = desk.turn_day().await {
            tracing::warn!(%refusal, "the day could not be turned; tried again soon");
        }
        if look == 0 {
            desk.let_go().await;
        }
        look = (look + 1) % LOOKS_PER_ROUND;
    }
}

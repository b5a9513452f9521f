//! Periodic work: the turn of the day, changes of cases that time makes, and removing old data.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::service::HallService;

/// The interval of the rounds, which is how late the turn of a day may be noticed.
const INTERVAL: Duration = Duration::from_secs(20);
/// Rounds between two clean-ups: about an hour.
const ROUNDS_PER_CLEANUP: u32 = 180;

/// Rounds between two sums of failed tries: a minute.
const ROUNDS_PER_SUM: u32 = 3;

/// Runs until it is dropped.
pub async fn run(service: Arc<HallService>) {
    let mut rounds = interval(INTERVAL);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut round = 0;
    loop {
        rounds.tick().await;
        if let Err(refusal) = service.turn_day().await {
            tracing::warn!(%refusal, "the day could not be turned; trying again soon");
        }
        if let Err(refusal) = service.end_idle_sessions().await {
            tracing::warn!(%refusal, "idle sessions could not be ended; trying again soon");
        }
        service.end_help_of_ended_sessions().await;
        service.drop_idle_rooms();
        if let Err(refusal) = service.relieve_empty_counters().await {
            tracing::warn!(%refusal, "empty counters could not be relieved; trying again soon");
        }
        if let Err(refusal) = service.apply_due_bookings().await {
            tracing::warn!(%refusal, "bookings could not be brought up to date; trying again soon");
        }
        if let Err(refusal) = service.apply_timed_changes().await {
            tracing::warn!(%refusal, "timed changes of cases failed; trying again soon");
        }
        if round % ROUNDS_PER_SUM == 0 {
            service.sum_up_failed_tries().await;
        }
        if round == 0 {
            service.prune().await;
            if let Err(refusal) = service.erase_persons().await {
                tracing::warn!(%refusal, "applicants could not be erased; trying again later");
            }
            if let Err(refusal) = service.erase_old_records().await {
                tracing::warn!(%refusal, "old records could not be erased; trying again later");
            }
            if let Err(refusal) = service.erase_old_drafts().await {
                tracing::warn!(%refusal, "old drafts could not be erased; trying again later");
            }
            if let Err(refusal) = service.sweep_files().await {
                tracing::warn!(%refusal, "unreferenced files could not be removed; trying again later");
            }
        }
        round = (round + 1) % ROUNDS_PER_CLEANUP;
    }
}

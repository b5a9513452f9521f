//! Keeps what is written to drafts.

use std::sync::Arc;

use crate::service::HallService;

/// Runs until it is dropped.
pub async fn run(service: Arc<HallService>) {
    service.keep_drafts().await;
}

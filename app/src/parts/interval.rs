//! Something done again and again while its page is open.

use std::time::Duration;

use leptos::prelude::*;

/// Calls `run` at each `period` until the reactive owner is disposed of.
pub fn every(period: Duration, run: impl Fn() + 'static) {
    if let Ok(handle) = set_interval_with_handle(run, period) {
        on_cleanup(move || handle.clear());
    }
}

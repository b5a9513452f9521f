//! How long it will take, as a range.

use serde::{Deserialize, Serialize};

/// A range of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitMinutes {
    /// No shorter, most of the time.
    pub low: u32,
    /// No longer, most of the time.
    pub high: u32,
}

/// What the estimate of one line's wait is made from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// Counters open for the line; one that serves several lines counts whole.
    pub counters_open: u32,
    /// Mean minutes of one visit, shrunk toward the long-run mean.
    pub mean_minutes: f64,
}

/// The wait of someone with `ahead` people before them; none while no counter
/// is open.
pub fn wait(load: Load, ahead: u32) -> Option<WaitMinutes> {
    if load.counters_open == 0 {
        return None;
    }
    let minutes = (f64::from(ahead) + 1.0) * load.mean_minutes / f64::from(load.counters_open);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = |value: f64| value.round().clamp(0.0, 10_000.0) as u32;
    Some(WaitMinutes { low: whole(minutes * 0.6), high: whole(minutes * 1.4).max(1) })
}

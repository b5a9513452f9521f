//! How long the wait will be, as a range.
//!
//! Three steps, each a small pure function, cheap enough to run for every ticket
//! and every snapshot:
//!
//! 1. [`Pace`]: how long one matter keeps a counter, learned visit by visit
//!    from where the hall file begins.
//! 2. [`load`]: the work ahead of one line just now: the visits in hand, the
//!    tickets that wait, and the counters, which several lines may share. Its
//!    cost is that of walking the open counters a few times; it does not grow
//!    with the people waiting.
//! 3. [`wait`]: the range for someone with so many people ahead.
//!
//! For this the server keeps for each matter a [`Pace`]; for each line how many
//! wait **of each matter** ([`Waiting::add`] turns the counts into work, so no
//! running sum of minutes can drift from the paces); for each open counter the
//! lines it serves, and of the ticket in hand its matter and when it was called.
//! The test `wait` judges the result over sixty simulated days.

use serde::{Deserialize, Serialize};

mod load;
mod pace;

pub use load::{Load, OpenCounter, Waiting, load};
pub use pace::Pace;

/// A range of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitMinutes {
    /// No shorter, most of the time.
    pub low: u32,
    /// No longer, most of the time; at least 1 and at least `low`.
    pub high: u32,
}

impl WaitMinutes {
    /// From here on a range is shown in steps of five: nobody plans by the
    /// difference between 43 and 45 minutes.
    const FIVES_FROM: f64 = 20.0;

    /// The range as it is shown.
    fn rounded(low: f64, high: f64) -> Self {
        let high = round_minutes(high).max(1);
        Self { low: round_minutes(low).min(high), high }
    }
}

/// Minutes as they are shown: whole, and in steps of five when many.
fn round_minutes(minutes: f64) -> u32 {
    let minutes = minutes.clamp(0.0, 10_000.0);
    let rounded = if minutes < WaitMinutes::FIVES_FROM {
        minutes.round()
    } else {
        (minutes / 5.0).round() * 5.0
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = rounded as u32;
    whole
}

/// The wait of someone with `ahead` people of their line before them; none
/// while no counter is open for it.
///
/// Made to hold four of five waits: wider than a standard deviation above,
/// since waits run long more often than short.
pub fn wait(load: &Load, ahead: u32) -> Option<WaitMinutes> {
    const BELOW: f64 = 0.85;
    const ABOVE: f64 = 1.1;
    let expected = load.minutes(ahead)?;
    let deviation = load.deviation(ahead);
    Some(WaitMinutes::rounded(expected - BELOW * deviation, expected + ABOVE * deviation))
}

#[cfg(test)]
mod tests;

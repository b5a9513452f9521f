//! Figures from durations.

use std::time::Duration;

/// Durations of many requests, in any order.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub fn join(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// A quantile (0 to 1), in milliseconds.
    pub fn part(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss
        )]
        let place = (sorted.len() as f64 * part).ceil() as usize;
        sorted.get(place.saturating_sub(1)).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    }
}

/// Number per second.
pub fn rate(done: usize, took: Duration) -> f64 {
    count(done) / took.as_secs_f64()
}

/// A count as a float.
pub fn count(of: usize) -> f64 {
    #[allow(clippy::cast_precision_loss)]
    let count = of as f64;
    count
}

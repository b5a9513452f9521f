//! How far off the waits shown were.

use super::Predicted;

/// How far off one way of predicting the wait was.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    people: f64,
    off: f64,
    over: f64,
}

impl Score {
    fn add(&mut self, predicted: f64, waited: f64) {
        self.people += 1.0;
        self.off += (predicted - waited).abs();
        self.over += predicted - waited;
    }

    /// Mean distance from the actual wait, in minutes.
    pub fn error(&self) -> f64 {
        self.off / self.people
    }

    /// Mean of how much too long the prediction was, in minutes; negative when it
    /// was too short.
    pub fn bias(&self) -> f64 {
        self.over / self.people
    }
}

/// How the waits predicted on some days compare with the actual ones, for the
/// visitors who found no counter free: for the others "0 to 1" is easy.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures {
    /// Visitors called at once.
    pub at_once: u32,
    /// What the hall shows.
    pub ours: Score,
    /// The same functions with the day's true means.
    pub knowing: Score,
    /// (ahead + 1) x true mean / counters, knowing the true means.
    pub plain: Score,
    /// The average of the last 20 waits of the line.
    pub last_20: Score,
    inside: f64,
    width: f64,
    waited: f64,
}

impl Figures {
    pub(super) fn add(&mut self, predicted: &Predicted, waited: f64) {
        self.ours.add(predicted.ours, waited);
        self.knowing.add(predicted.knowing, waited);
        self.plain.add(predicted.plain, waited);
        if let Some(last_20) = predicted.last_20 {
            self.last_20.add(last_20, waited);
        }
        let (low, high) = (f64::from(predicted.shown.low), f64::from(predicted.shown.high));
        self.inside += f64::from(u8::from(low <= waited && waited <= high));
        self.width += high - low;
        self.waited += waited;
    }

    /// Visitors who waited.
    pub const fn people(&self) -> f64 {
        self.ours.people
    }

    /// Of their waits, the part (0 to 1) that the range shown held.
    pub fn held(&self) -> f64 {
        self.inside / self.people()
    }

    /// Mean width of the range shown, in minutes.
    pub fn width(&self) -> f64 {
        self.width / self.people()
    }

    /// Mean wait, in minutes.
    pub fn waited(&self) -> f64 {
        self.waited / self.people()
    }
}

//! How long one matter keeps a counter.

/// How long the visits for one matter keep a counter, as far as known.
///
/// Begins with what the hall file says, as if so many visits had been seen
/// ([`Pace::BELIEF`]), and moves with each visit; old visits fade, so that the
/// hall may change ([`Pace::MEMORY`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    mean: f64,
    variance: f64,
    seen: f64,
    /// As the hall file has it.
    file: f64,
}

impl Pace {
    /// Visits the hall file's figure is worth: it is outvoted within a day.
    const BELIEF: f64 = 5.0;
    /// Visits remembered: some weeks of a busy matter.
    const MEMORY: f64 = 300.0;
    /// Standard deviation over mean, before any visit was seen.
    const USUAL_VARIATION: f64 = 0.6;
    /// A visit counts at most this many means: a ticket left open over noon
    /// says nothing of the matter.
    const LONGEST: f64 = 6.0;

    /// Nothing seen yet: `minutes` as the hall file has it
    /// ([`crate::setup::Matter::minutes`]).
    pub fn new(minutes: f64) -> Self {
        let deviation = minutes * Self::USUAL_VARIATION;
        Self { mean: minutes, variance: deviation * deviation, seen: Self::BELIEF, file: minutes }
    }

    /// Mean and standard deviation known for certain, in minutes.
    pub fn known(mean: f64, deviation: f64) -> Self {
        Self { mean, variance: deviation * deviation, seen: Self::MEMORY, file: mean }
    }

    /// A visit has kept its counter for so many minutes: from the call until
    /// the ticket left the counter, finished, missed, on hold or sent on. What
    /// is no positive number is not learned from.
    pub fn learn(&mut self, minutes: f64) {
        if !(minutes.is_finite() && minutes > 0.0) {
            return;
        }
        // A usual visit always counts whole: after a hundred tickets clicked
        // away the mean could else hardly grow again.
        let minutes = minutes.min((self.mean * Self::LONGEST).max(self.file * 2.0));
        self.seen = (self.seen + 1.0).min(Self::MEMORY);
        let off = minutes - self.mean;
        self.mean += off / self.seen;
        self.variance += (off * (minutes - self.mean) - self.variance) / self.seen;
    }

    /// Mean minutes of a visit.
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Variance of a visit, in square minutes.
    pub const fn variance(&self) -> f64 {
        self.variance
    }

    /// Minutes a visit still takes that has taken `elapsed` so far. One that
    /// lasts longer than most has, as a rule, a deviation still to go.
    pub fn left(&self, elapsed: f64) -> f64 {
        (self.mean - elapsed.max(0.0)).max(self.variance.sqrt().min(self.mean))
    }
}

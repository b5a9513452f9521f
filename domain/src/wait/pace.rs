//! How long one matter keeps a counter.

/// How long visits for one matter keep a counter, as far as is known.
///
/// It begins with the hall file's minutes, as if so many visits had been seen
/// ([`Pace::BELIEF`]), and moves with each visit. Old visits fade, so that the hall
/// may change ([`Pace::MEMORY`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    mean: f64,
    variance: f64,
    seen: f64,
    /// As the hall file has it.
    file: f64,
}

impl Pace {
    /// How many visits the hall file's figure counts for: it is outvoted within a day.
    const BELIEF: f64 = 5.0;
    /// How many visits are remembered: some weeks of a busy matter.
    const MEMORY: f64 = 300.0;
    /// Standard deviation divided by mean, before any visit was seen.
    const USUAL_VARIATION: f64 = 0.6;
    /// A visit counts as at most this many means: a ticket left open over lunch says
    /// nothing about the matter.
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

    /// Learns from a visit of so many minutes: from the call until the ticket left the
    /// counter, finished, missed, on hold or transferred. Nothing is learned from what is
    /// not a positive number.
    pub fn learn(&mut self, minutes: f64) {
        if !(minutes.is_finite() && minutes > 0.0) {
            return;
        }
        // A usual visit always counts in full: otherwise the mean could hardly grow again
        // after a hundred tickets clicked away.
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

    /// The minutes left of a visit that has taken `elapsed` so far. One that lasts
    /// longer than most usually has a deviation still to go.
    pub fn left(&self, elapsed: f64) -> f64 {
        (self.mean - elapsed.max(0.0)).max(self.variance.sqrt().min(self.mean))
    }
}

//! How far the waits told were off.

use super::Told;

/// How far one way of telling the wait was off.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    people: f64,
    off: f64,
    over: f64,
}

impl Score {
    fn add(&mut self, told: f64, came: f64) {
        self.people += 1.0;
        self.off += (told - came).abs();
        self.over += told - came;
    }

    /// Mean distance from the wait that came, in minutes.
    pub fn error(&self) -> f64 {
        self.off / self.people
    }

    /// Mean of what was told too much, in minutes; negative when too little.
    pub fn bias(&self) -> f64 {
        self.over / self.people
    }
}

/// How the waits told in some days compare with those that came. Counted are
/// the visitors who found no counter free: to the others "0 to 1" is no art.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures {
    /// Visitors called at once.
    pub at_once: u32,
    /// What the hall tells.
    pub ours: Score,
    /// The same functions with the day's true means.
    pub knowing: Score,
    /// (ahead + 1) x true mean / counters, of one who knows the true means.
    pub plain: Score,
    /// The average of the last 20 waits of the line.
    pub last_20: Score,
    inside: f64,
    width: f64,
    waited: f64,
}

impl Figures {
    pub(super) fn add(&mut self, told: &Told, came: f64) {
        self.ours.add(told.ours, came);
        self.knowing.add(told.knowing, came);
        self.plain.add(told.plain, came);
        if let Some(last_20) = told.last_20 {
            self.last_20.add(last_20, came);
        }
        let (low, high) = (f64::from(told.shown.low), f64::from(told.shown.high));
        self.inside += f64::from(u8::from(low <= came && came <= high));
        self.width += high - low;
        self.waited += came;
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

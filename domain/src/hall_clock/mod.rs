//! The time that the hall goes by. It follows the machine's clock as long as that can be
//! believed, and goes on by itself while it cannot: a dead battery starts a machine in 1970,
//! a typing error in 2099, and what the hall would do then cannot be undone.
//!
//! Two things can be compared with the machine's clock. While the program runs, a counter
//! that nobody can set (*steady*): it says how much time has passed. At the start only the
//! last event in the database: it says when the hall was last in use, and a hall may have
//! been closed since.

use serde::{Deserialize, Serialize};

use crate::ids::Millis;

const MINUTE: Millis = 60_000;
const DAY: Millis = 24 * 60 * MINUTE;

/// A correction of the clock that is not asked about: what NTP sets right, a leap second, a
/// minute by hand. Less than half an hour, since time zones differ by as little.
pub const CORRECTION: Millis = 15 * MINUTE;
/// The longest time that a hall is closed without a question at the next start. Three weeks
/// of Spring Festival are ordinary; a date that is wrong by a month is not.
pub const LONGEST_CLOSED: Millis = 25 * DAY;
/// 2026-01-01 UTC: no hall used this program before.
pub const EARLIEST: Millis = 1_767_225_600_000;

/// What the machine says at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Its clock.
    pub machine: Millis,
    /// Milliseconds since some instant in the past, which nobody can set.
    pub steady: Millis,
}

/// What the database knows of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Remembered {
    /// When the last event was; none in a new hall.
    pub last: Option<Millis>,
    /// When a doubt began that nobody has ended.
    pub in_doubt_since: Option<Millis>,
}

/// That the machine's clock is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockDoubt {
    /// What the machine's clock says.
    pub machine: Millis,
    /// What the hall goes by meanwhile.
    pub hall: Millis,
    /// The hall's time when the doubt began.
    pub since: Millis,
    /// Whether the hall's own time is right: it was when the machine's clock jumped. At a
    /// start it is only the time of the last event.
    pub known: bool,
}

/// How the clock was set: in the hall's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockSetting {
    pub from: Millis,
    pub to: Millis,
    /// When the doubt began that this ends.
    pub since: Millis,
}

/// The hall's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HallClock {
    /// The time at `steady`, from which it goes on.
    at: Millis,
    steady: Millis,
    /// The latest time told: it never goes back by itself.
    told: Millis,
    doubt: Option<Doubt>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Doubt {
    since: Millis,
    known: bool,
    /// Whether any later time of the machine ends it: nothing is known of a new hall.
    of_new_hall: bool,
}

impl HallClock {
    /// The clock at a start.
    pub fn at_start(remembered: Remembered, now: Reading) -> Self {
        let Reading { machine, steady } = now;
        let last = remembered.last.unwrap_or(EARLIEST);
        let closed = machine - last;
        let too_long = remembered.last.is_some() && closed > LONGEST_CLOSED;
        let doubted = too_long || closed < -CORRECTION || remembered.in_doubt_since.is_some();
        let doubt = doubted.then_some(Doubt {
            since: remembered.in_doubt_since.unwrap_or(last),
            known: false,
            of_new_hall: remembered.last.is_none(),
        });
        let at = if doubted { last } else { machine.max(last) };
        Self { at, steady, told: at, doubt }
    }

    /// Tells the time.
    pub fn tell(&mut self, now: Reading) -> Millis {
        let own = self.own(now);
        let ahead = now.machine - own;
        let jumped = ahead.abs() > CORRECTION || self.told - now.machine > CORRECTION;
        if self.doubt.is_none() && jumped {
            let since = self.told.max(own);
            self.doubt = Some(Doubt { since, known: true, of_new_hall: false });
        }
        self.at = if self.doubt.is_none() { now.machine } else { own };
        self.steady = now.steady;
        self.told = self.told.max(self.at);
        self.told
    }

    /// The doubt, if the machine's clock is not believed.
    pub fn doubt(&mut self, now: Reading) -> Option<ClockDoubt> {
        let hall = self.tell(now);
        let Doubt { since, known, .. } = self.doubt?;
        Some(ClockDoubt { machine: now.machine, hall, since, known })
    }

    /// Whether the machine's clock can be believed again, as after it was set right.
    pub fn can_settle(&mut self, now: Reading) -> bool {
        let hall = self.tell(now);
        let ahead = now.machine - hall;
        self.doubt.is_some_and(|doubt| match doubt {
            Doubt { known: true, .. } => ahead.abs() <= CORRECTION,
            Doubt { of_new_hall: true, .. } => ahead >= -CORRECTION,
            Doubt { .. } => (-CORRECTION..=LONGEST_CLOSED).contains(&ahead),
        })
    }

    /// Goes by the machine's clock from now on, whatever it says.
    pub fn settle(&mut self, now: Reading) -> ClockSetting {
        let from = self.tell(now);
        let since = self.doubt.map_or(from, |doubt| doubt.since);
        // A correction does not turn time back.
        let to = if (0..=CORRECTION).contains(&(from - now.machine)) { from } else { now.machine };
        *self = Self { at: now.machine, steady: now.steady, told: to, doubt: None };
        ClockSetting { from, to, since }
    }

    fn own(&self, now: Reading) -> Millis {
        self.at + (now.steady - self.steady).max(0)
    }
}

/// Whether a clock can be right at all.
pub const fn is_credible(machine: Millis) -> bool {
    machine >= EARLIEST
}

#[cfg(test)]
mod tests;

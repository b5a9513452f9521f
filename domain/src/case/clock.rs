//! The deadline, and what stops it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use super::{Case, StepRef};
use crate::calendar::{Calendar, Pause};
use crate::ids::Millis;
use crate::setup::CaseRules;
use crate::text::Text;

/// Why the clock was stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopGround {
    /// A legal ground: a hearing, an inspection (行政许可法 45).
    Legal {
        id: String,
        /// Its name at that time.
        name: Text,
        /// Working days after which the clock runs again by itself; 0 for no limit.
        most_days: u16,
    },
    /// Materials were asked for and are awaited (补正).
    Materials,
}

/// A stretch in which the clock was stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The step it belongs to.
    pub step: StepRef,
    pub ground: StopGround,
    /// The note given with it.
    #[serde(default)]
    pub note: String,
    pub at: Millis,
    /// The day it began.
    pub from: Date,
    /// The day it ended; none while it lasts.
    #[serde(default)]
    pub to: Option<Date>,
}

/// How near a deadline is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Colour {
    /// Past, or due at once.
    Red,
    /// Near.
    Yellow,
    /// Far.
    Green,
}

impl Colour {
    /// The colour of a deadline with so many working days left; negative is late.
    pub const fn of(left: i64, rules: &CaseRules) -> Self {
        if left <= rules.red_days as i64 {
            Self::Red
        } else if left <= rules.yellow_days as i64 {
            Self::Yellow
        } else {
            Self::Green
        }
    }
}

impl Stop {
    /// The last day it may last; none where there is no limit.
    pub fn bound(&self, calendar: &Calendar) -> Option<Date> {
        match self.ground {
            StopGround::Legal { most_days, .. } if most_days > 0 => {
                Some(calendar.due(self.from, most_days, &[]).date)
            }
            _ => None,
        }
    }

    /// The stretch as the calendar takes it; one that still lasts goes until `today`.
    fn pause(&self, today: Date) -> Pause {
        Pause { from: self.from, to: Some(self.to.unwrap_or(today).max(self.from)) }
    }
}

impl Case {
    /// The stretches in which the clock was stopped, the one that still lasts too.
    pub fn pauses(&self, today: Date) -> Vec<Pause> {
        self.stops.iter().map(|stop| stop.pause(today)).collect()
    }

    /// What stops the clock now.
    pub fn stopped(&self) -> impl Iterator<Item = &Stop> {
        self.stops.iter().filter(|stop| stop.to.is_none())
    }

    /// Recalculates its deadlines: after each change of what they depend on, and
    /// when a year of the calendar has arrived. While the clock is stopped they
    /// are what they would be if it ran again tomorrow.
    pub fn recalculate(&mut self, calendar: &Calendar, today: Date) {
        let Some(accepted) = self.accepted else { return };
        self.recalculate_checks(calendar);
        // A decided case keeps the days it took.
        let until = self.decided.or(self.ended).map_or(today, |at| at.day.min(today));
        let pauses = self.pauses(until);
        let due = calendar.due(accepted.day, self.promised_days, &pauses);
        self.due = Some(due);
        self.statutory_due = (self.statutory_days > 0)
            .then(|| calendar.due(accepted.day, self.statutory_days, &pauses));
        for step in self.parts.iter_mut().flat_map(|part| &mut part.steps) {
            if let Some(opened) = step.opened.filter(|_| step.done.is_none()) {
                step.due = Some(match step.days {
                    0 => due,
                    days => calendar.due(opened.day, days, &pauses),
                });
            }
        }
    }

    /// Working days from acceptance until a day, without pauses.
    pub fn days_used(&self, calendar: &Calendar, until: Date) -> u32 {
        let pauses = self.pauses(until);
        self.accepted
            .map_or(0, |accepted| calendar.working_days_between(accepted.day, until, &pauses))
    }
}

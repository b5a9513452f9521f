//! Working days, and deadlines counted in them. Which days are off is data: the
//! State Council's notice of each year. In a year that is not known only weekends
//! are off, and a deadline that reaches into it is provisional.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// The most days to walk over: more than the longest limit with any pause.
const WALK: u32 = 40_000;

/// The years known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Calendar {
    pub years: BTreeMap<i16, Year>,
}

/// A year by its notice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Year {
    /// Days off, weekdays too.
    pub holidays: BTreeSet<Date>,
    /// Saturdays and Sundays that are worked (调休).
    pub workdays: BTreeSet<Date>,
}

/// A deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub date: Date,
    /// The calendar ends before it: it is recalculated when that year arrives.
    pub provisional: bool,
}

/// Days that do not count, the first and the last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub from: Date,
    /// None where there is no end yet.
    pub to: Option<Date>,
}

impl Pause {
    fn holds(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// What the notice of its year makes of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: it is what its weekday is.
    Usual,
    /// A day off.
    Holiday,
    /// A Saturday or Sunday that is worked (调休).
    MadeUp,
}

impl Calendar {
    /// What the notice makes of a day. A year without one has no such days.
    pub fn kind(&self, day: Date) -> Kind {
        match self.years.get(&day.year()) {
            Some(year) if year.holidays.contains(&day) => Kind::Holiday,
            Some(year) if year.workdays.contains(&day) => Kind::MadeUp,
            _ => Kind::Usual,
        }
    }

    /// Whether the notice of a year is known.
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    /// Whether a day is a working day.
    pub fn is_working_day(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        match self.years.get(&day.year()) {
            Some(year) if weekend => year.workdays.contains(&day),
            Some(year) => !year.holidays.contains(&day),
            None => !weekend,
        }
    }

    /// The deadline of something accepted on a day, so many working days later. The
    /// day of acceptance does not count (民法典 201), nor does any day of a pause. No
    /// days at all means that day, or the next working day.
    pub fn due(&self, accepted: Date, days: u16, pauses: &[Pause]) -> Due {
        let mut provisional = !self.knows(accepted.year());
        let mut counted = 0;
        let mut day = accepted;
        for walked in 0..WALK {
            // With no days to count, it may be the day itself.
            if walked > 0 || days == 0 {
                provisional |= !self.knows(day.year());
                if self.is_working_day(day) && !pauses.iter().any(|pause| pause.holds(day)) {
                    counted += 1;
                    if counted >= days {
                        break;
                    }
                }
            }
            match day.checked_add(1.day()) {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        Due { date: day, provisional }
    }

    /// Working days after one day up to and including another, without pauses.
    pub fn working_days_between(&self, after: Date, through: Date, pauses: &[Pause]) -> u32 {
        let days = after.tomorrow().into_iter().flat_map(|first| first.series(1.day()));
        let counted = days
            .take_while(|day| *day <= through)
            .take(WALK as usize)
            .filter(|day| self.is_working_day(*day))
            .filter(|day| !pauses.iter().any(|pause| pause.holds(*day)));
        u32::try_from(counted.count()).unwrap_or(u32::MAX)
    }

    /// Working days left until a deadline: 0 on the day itself, negative after it.
    pub fn left(&self, today: Date, due: Date) -> i64 {
        if today <= due {
            i64::from(self.working_days_between(today, due, &[]))
        } else {
            -i64::from(self.working_days_between(due, today, &[]).max(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn known() -> Calendar {
        let holidays = (1..=7).map(|day| date(2026, 10, day)).collect();
        let workdays = [date(2026, 9, 20), date(2026, 10, 10)].into();
        Calendar { years: [(2026, Year { holidays, workdays })].into() }
    }

    #[test]
    fn days_off_and_days_made_up_are_counted_as_the_notice_has_them() {
        let calendar = known();
        let due = |from, days| calendar.due(from, days, &[]).date;
        assert_eq!(due(date(2026, 9, 30), 1), date(2026, 10, 8), "over the National Day");
        assert_eq!(due(date(2026, 10, 9), 1), date(2026, 10, 10), "a Saturday that is worked");
        assert_eq!(due(date(2026, 9, 18), 1), date(2026, 9, 20), "a Sunday that is worked");
        assert_eq!(due(date(2026, 9, 18), 0), date(2026, 9, 18), "at once");
        assert_eq!(due(date(2026, 10, 1), 0), date(2026, 10, 8), "at once, but not on a day off");
    }

    #[test]
    fn what_is_counted_into_an_unknown_year_is_provisional() {
        let calendar = known();
        assert!(!calendar.due(date(2026, 12, 30), 1, &[]).provisional);
        assert!(calendar.due(date(2026, 12, 31), 1, &[]).provisional);
        assert!(calendar.due(date(2025, 12, 30), 1, &[]).provisional);
    }

    #[test]
    fn days_left_are_none_on_the_day_and_fewer_than_none_after() {
        let calendar = known();
        let due = date(2026, 10, 9);
        assert_eq!(calendar.left(date(2026, 9, 30), due), 2);
        assert_eq!(calendar.left(due, due), 0);
        assert_eq!(calendar.left(date(2026, 10, 12), due), -2);
    }

    fn day() -> impl Strategy<Value = Date> {
        (0_i64..900).prop_map(|days| date(2025, 6, 1).saturating_add(days.days()))
    }

    fn pauses() -> impl Strategy<Value = Vec<Pause>> {
        let pause = (day(), 0_i64..20)
            .prop_map(|(from, long)| Pause { from, to: Some(from.saturating_add(long.days())) });
        proptest::collection::vec(pause, 0..3)
    }

    proptest! {
        #[test]
        fn a_deadline_counts_just_its_days(from in day(), days in 1_u16..60, pauses in pauses()) {
            let calendar = known();
            let due = calendar.due(from, days, &pauses);
            prop_assert!(calendar.is_working_day(due.date));
            prop_assert!(!pauses.iter().any(|pause| pause.holds(due.date)));
            let counted = calendar.working_days_between(from, due.date, &pauses);
            prop_assert_eq!(counted, u32::from(days));
        }

        #[test]
        fn more_days_a_later_start_and_any_pause_make_it_no_earlier(
            from in day(), days in 0_u16..60, pauses in pauses(),
        ) {
            let calendar = known();
            let due = calendar.due(from, days, &pauses).date;
            prop_assert!(calendar.due(from, days + 1, &pauses).date >= due);
            prop_assert!(calendar.due(from.tomorrow().unwrap(), days, &pauses).date >= due);
            prop_assert!(calendar.due(from, days, &[]).date <= due);
        }
    }
}

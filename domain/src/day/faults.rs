//! What is wrong with the hours of a file.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{Clock24, Hours, Period, Weekday};
use crate::setup::SetupFault;
use crate::text;

impl Hours {
    /// The periods that reach beyond the hours of their hall; places are relative to `hours`.
    pub(crate) fn outside(&self, hall: &Self) -> Vec<SetupFault> {
        if hall.always {
            return Vec::new();
        }
        if self.always {
            return vec![SetupFault {
                place: "always".to_owned(),
                what: text!(
                    "大厅并非全天开放；请填写大厅开放时间内的时段"
                        | "the hall is not open at all times; enter periods within its hours"
                ),
            }];
        }
        let mut found = Vec::new();
        for (day, periods) in &self.week {
            let open = hall.week.get(day).map_or(&[][..], Vec::as_slice);
            not_within(&mut found, &format!("week.{}", name(*day)), periods, open);
        }
        for (at, one) in self.dates.iter().enumerate() {
            // Where the hall does not name the date, the calendar decides, which is not known
            // here.
            let open = hall.dates.iter().find(|other| other.date == one.date);
            if let Some(open) = open {
                not_within(
                    &mut found,
                    &format!("dates[{at}].periods"),
                    &one.periods,
                    &open.periods,
                );
            }
        }
        found
    }

    /// Whether nothing of them is within the hours of their hall, on any weekday or date.
    pub(crate) fn never_within(&self, hall: &Self) -> bool {
        let meet = |periods: &[Period], open: &[Period]| {
            let meets = |one: &Period, other: &Period| one.0.max(other.0) < one.1.min(other.1);
            periods.iter().any(|one| open.iter().any(|other| meets(one, other)))
        };
        let on_weekdays =
            || self.week.iter().any(|(day, own)| hall.week.get(day).is_some_and(|o| meet(own, o)));
        let on_dates = || {
            self.dates.iter().any(|one| {
                let open = hall.dates.iter().find(|other| other.date == one.date);
                // Otherwise the calendar decides, which is not known here.
                open.is_none_or(|open| meet(&one.periods, &open.periods))
            })
        };
        !(self.always || hall.always || on_weekdays() || on_dates())
    }

    /// The faults of the hours; places are relative to `hours`.
    pub(crate) fn faults(&self) -> Vec<SetupFault> {
        let mut found = Vec::new();
        for (day, periods) in &self.week {
            out_of_order(&mut found, &format!("week.{}", name(*day)), periods);
        }
        for (at, day) in self.closed_on.iter().enumerate() {
            if date(day).is_none() {
                found.push(no_date(format!("closed_on[{at}]"), day));
            }
        }
        self.faults_of_dates(&mut found);
        let on_a_date = self.dates.iter().any(|one| !one.periods.is_empty());
        if !self.always && !on_a_date && self.week.values().all(Vec::is_empty) {
            found.push(SetupFault {
                place: "week".to_owned(),
                what: text!(
                    "从不开放；请设为全天开放，或填写每周时段"
                        | "never open; set it open at all times, or enter periods for the weekdays"
                ),
            });
        }
        found
    }

    fn faults_of_dates(&self, found: &mut Vec<SetupFault>) {
        let mut named = HashSet::new();
        for (at, one) in self.dates.iter().enumerate() {
            let (place, day) = (format!("dates[{at}].date"), &one.date);
            if date(day).is_none() {
                found.push(no_date(place, day));
            } else if !named.insert(day) {
                let what = text!("日期“{day}”重复" | "the date \"{day}\" is used twice");
                found.push(SetupFault { place, what });
            } else if self.closed_on.contains(day) {
                let what = text!(
                    "“{day}”也在停办日期中；请去掉其中一处"
                        | "\"{day}\" is one of the closed days too; remove one of them"
                );
                found.push(SetupFault { place, what });
            }
            out_of_order(found, &format!("dates[{at}].periods"), &one.periods);
        }
    }
}

fn name(day: Weekday) -> String {
    format!("{day:?}").to_lowercase()
}

/// A date as it must be written: others would be parsed, but match no day.
fn date(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|date| date.to_string() == text)
}

fn no_date(place: String, day: &str) -> SetupFault {
    let what =
        text!("“{day}”不是日期；应为 YYYY-MM-DD" | "\"{day}\" is not a date; expected YYYY-MM-DD");
    SetupFault { place, what }
}

fn out_of_order(found: &mut Vec<SetupFault>, place: &str, periods: &[Period]) {
    let mut last = Clock24::default();
    for (at, (from, to)) in periods.iter().enumerate() {
        if from >= to || *from < last {
            found.push(SetupFault {
                place: format!("{place}[{at}]"),
                what: text!(
                    "{from} 到 {to} 止早于起，或与前一时段重叠"
                        | "{from} to {to} ends before it begins, or overlaps the previous one"
                ),
            });
        }
        last = *to;
    }
}

fn not_within(found: &mut Vec<SetupFault>, place: &str, periods: &[Period], hall: &[Period]) {
    let open = joined(hall);
    for (at, (from, to)) in periods.iter().enumerate() {
        let within = open.iter().any(|hall| hall.0 <= *from && *to <= hall.1);
        if !within && from < to {
            found.push(SetupFault {
                place: format!("{place}[{at}]"),
                what: text!(
                    "{from} 到 {to} 不在大厅的开放时间内"
                        | "{from} to {to} is outside the hall's hours"
                ),
            });
        }
    }
}

/// Periods as one after another, where one ends as the next begins.
fn joined(periods: &[Period]) -> Vec<Period> {
    periods.iter().fold(Vec::new(), |mut joined: Vec<Period>, (from, to)| {
        match joined.last_mut() {
            Some(last) if last.1 == *from => last.1 = *to,
            _ => joined.push((*from, *to)),
        }
        joined
    })
}

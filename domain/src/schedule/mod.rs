//! When a hall gives numbers and when a line calls them, by the hall's clock and the
//! calendar of working days. The hours of a file alone say neither: a holiday closes a
//! weekday, and a weekend that is worked (调休) opens.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::day::{Clock24, Hours, Period, business_day, first_instant, local};
use crate::ids::{LineId, Millis};
use crate::setup::Hall;
use crate::text;
use crate::text::{Lang, Text};

/// How far ahead the next opening is looked for.
const DAYS_AHEAD: i32 = 31;

/// The clock and the calendar by which a hall opens.
#[derive(Debug, Clone, Copy)]
pub struct HallTime<'a> {
    pub zone: &'a TimeZone,
    pub calendar: &'a Calendar,
}

/// When calling begins again, for those who wait in a line outside its hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallsFrom {
    /// UTC milliseconds.
    pub at: Millis,
    /// The day by the hall's clock: `今天`, `明天（11月27日 周五）`, `11月30日 周一`.
    pub day: Text,
    /// The time of that day: `09:00`.
    pub time: String,
    /// Whether the number is still good then, or ends with the day before.
    pub kept: bool,
    /// A counter of the line is open all the same, and may call sooner.
    pub may_be_sooner: bool,
}

impl CallsFrom {
    /// Day and time in one: `明天（11月27日 周五）09:00`.
    pub fn words(&self, lang: Lang) -> String {
        let (day, time) = (self.day.get(lang), &self.time);
        match lang.base() {
            Lang::Zh if day.ends_with('）') => format!("{day}{time}"),
            Lang::Zh => format!("{day} {time}"),
            _ => format!("{day} at {time}"),
        }
    }
}

/// The hours of a hall, or of one of its lines.
#[derive(Debug, Clone)]
pub struct Schedule<'a> {
    hall: &'a Hall,
    /// Those of the line: open in any of them. Empty for the hall's own.
    of_line: Vec<&'a Hours>,
    time: HallTime<'a>,
}

impl<'a> Schedule<'a> {
    /// When a hall gives numbers.
    pub const fn of_hall(hall: &'a Hall, time: HallTime<'a>) -> Self {
        Self { hall, of_line: Vec::new(), time }
    }

    /// When the counters of a line are staffed: its own hours, else those of its counters,
    /// else the hall's; never while the hall is closed.
    pub fn of_line(hall: &'a Hall, line: &LineId, time: HallTime<'a>) -> Self {
        let own = hall.line(line).and_then(|line| line.hours.as_ref());
        let of_line = own.map_or_else(|| of_counters(hall, line), |own| vec![own]);
        Self { hall, of_line, time }
    }

    /// Whether it is open at an instant.
    pub fn is_open(&self, now: Millis) -> bool {
        let date = local(now, self.time.zone).date();
        let contains = |(from, to): &Period| {
            let instants = self.instant(date, *from).zip(self.instant(date, *to));
            instants.is_some_and(|(from, to)| (from..to).contains(&now))
        };
        self.on(date).iter().any(contains)
    }

    /// The next instant at which it opens, within a month. `None` where it is open now, or
    /// does not open.
    pub fn opens_next(&self, now: Millis) -> Option<Millis> {
        if self.is_open(now) {
            return None;
        }
        let today = local(now, self.time.zone).date();
        (0..=DAYS_AHEAD).find_map(|ahead| {
            let date = today.checked_add(ahead.days()).ok()?;
            let openings =
                self.on(date).into_iter().filter_map(|(from, _)| self.instant(date, from));
            openings.filter(|at| *at > now).min()
        })
    }

    /// The first instant from `now` on at which it is open.
    pub fn first_open(&self, now: Millis) -> Option<Millis> {
        if self.is_open(now) { Some(now) } else { self.opens_next(now) }
    }

    /// The last business day on which a number taken at an instant is called: that on which
    /// its line is first staffed from then on. So a number taken at eleven at night is still
    /// good in the morning.
    pub fn called_on(&self, taken: Millis) -> Option<String> {
        Some(business_day(self.first_open(taken)?, self.time.zone, self.hall.day_turns_at))
    }

    /// The business day of an instant.
    pub fn business_day(&self, at: Millis) -> String {
        business_day(at, self.time.zone, self.hall.day_turns_at)
    }

    /// When calling begins again, seen from `now`; `None` while it goes on, or where it does
    /// not begin within a month. A number with this last day may not be good then.
    pub fn calls_from(&self, now: Millis, last_day: Option<&str>) -> Option<CallsFrom> {
        let at = self.opens_next(now)?;
        let day = self.business_day(at);
        let (from, today) = (local(at, self.time.zone), local(now, self.time.zone).date());
        Some(CallsFrom {
            at,
            day: day_in_words(from.date(), today),
            time: from.strftime("%H:%M").to_string(),
            kept: last_day.is_none_or(|last| day.as_str() <= last),
            may_be_sooner: false,
        })
    }

    /// The periods of a date, in order.
    pub(crate) fn on(&self, date: Date) -> Vec<Period> {
        let calendar = self.time.calendar;
        let hall = self.hall.hours.on(date, calendar);
        if self.of_line.is_empty() {
            return hall;
        }
        let mut open: Vec<Period> = self
            .of_line
            .iter()
            .flat_map(|hours| hours.on_in_hall(&self.hall.hours, date, calendar))
            .flat_map(|one| hall.iter().filter_map(move |other| overlap(one, *other)))
            .collect();
        open.sort_unstable();
        // Where one counter's period meets another's, nothing opens anew.
        open.into_iter().fold(Vec::new(), |mut joined: Vec<Period>, (from, to)| {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
            joined
        })
    }

    fn instant(&self, date: Date, time: Clock24) -> Option<Millis> {
        first_instant(date, time, self.time.zone)
    }
}

/// The hours of a line's counters; none where no counter has hours of its own.
fn of_counters<'a>(hall: &'a Hall, line: &LineId) -> Vec<&'a Hours> {
    let counters = || hall.counters.iter().filter(|counter| counter.lines.contains(line));
    if counters().all(|counter| counter.hours.is_none()) {
        return Vec::new();
    }
    counters().map(|counter| counter.hours.as_ref().unwrap_or(&hall.hours)).collect()
}

/// A date as people say it: today, tomorrow, or by its name.
pub fn day_in_words(date: Date, today: Date) -> Text {
    if date == today {
        return Text::new("今天", "today");
    }
    let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    let weekday = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][weekday];
    let zh = format!("{}月{}日 {weekday}", date.month(), date.day());
    let en = date.strftime("%a %-d %b");
    if today.tomorrow().is_ok_and(|tomorrow| tomorrow == date) {
        text!("明天（{zh}）" | "tomorrow ({en})")
    } else {
        text!("{zh}" | "{en}")
    }
}

pub(crate) fn overlap(one: Period, other: Period) -> Option<Period> {
    let (from, to) = (one.0.max(other.0), one.1.min(other.1));
    (from < to).then_some((from, to))
}

#[cfg(test)]
mod tests;

//! The business day and the hours of a file. When they are open, with the calendar and the
//! hall's clock, is said by [`crate::schedule`].

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan, Zoned};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Kind};
use crate::ids::Millis;
use crate::setup::SetupFault;
use crate::text;
use crate::text::Text;

const MINUTES_OF_DAY: u16 = 24 * 60;

/// A time of day, written `HH:MM`; `24:00` is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Clock24 {
    /// Minutes since midnight, 0 to 1440.
    pub minutes: u16,
}

impl fmt::Display for Clock24 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl From<Clock24> for String {
    fn from(clock: Clock24) -> Self {
        clock.to_string()
    }
}

impl Clock24 {
    /// The fault of a text that is not a time of day; the parse error is its English.
    pub fn fault(text: &str) -> Text {
        text!(
            "“{text}”不是时刻；应为 HH:MM，如 08:30"
                | "\"{text}\" is not a time of day; expected HH:MM such as 08:30"
        )
    }
}

impl TryFrom<String> for Clock24 {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parse = || {
            let (hour, minute) = text.split_once(':')?;
            let two_digits =
                |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
            if !two_digits(hour) || !two_digits(minute) {
                return None;
            }
            let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
            let minutes = hour * 60 + minute;
            (minute < 60 && minutes <= 1440).then_some(Self { minutes })
        };
        parse().ok_or_else(|| Self::fault(&text).en)
    }
}

/// A period of a day: `["09:00", "12:00"]`.
pub type Period = (Clock24, Clock24);

/// When a hall issues numbers, or when a line or counter is staffed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Open day and night; the rest is then ignored.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub always: bool,
    /// Periods by weekday (`mon` to `sun`); a day not named is closed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub week: BTreeMap<Weekday, Vec<Period>>,
    /// Whether the State's holidays are closed, and weekends that are worked (调休) open
    /// like the weekday beside them.
    #[serde(default = "yes")]
    pub follows_calendar: bool,
    /// Days (`YYYY-MM-DD`) on which it is closed whatever the weekday and the calendar.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed_on: Vec<String>,
}

const fn yes() -> bool {
    true
}

impl Default for Hours {
    fn default() -> Self {
        Self { always: true, week: BTreeMap::new(), follows_calendar: true, closed_on: Vec::new() }
    }
}

/// A day of the week.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", try_from = "String")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Weekday {
    const ALL: [Self; 7] =
        [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// The fault of a name that is not a weekday; the parse error is its English.
    pub fn fault(name: &str) -> Text {
        let (zh, en) = (Self::NAMES.join("、"), Self::NAMES.join(", "));
        text!(
            "“{name}”不是星期；应为 {zh} 之一"
                | "\"{name}\" is not a weekday; expected one of {en}"
        )
    }

    fn of(date: Date) -> Self {
        let index = date.weekday().to_monday_zero_offset();
        Self::ALL[usize::try_from(index).unwrap_or_default()]
    }
}

// By hand and not derived, so that a file's faults name the day they are in.
impl TryFrom<String> for Weekday {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let known = Self::NAMES.into_iter().zip(Self::ALL).find(|(known, _)| *known == name);
        known.map(|(_, day)| day).ok_or_else(|| Self::fault(&name).en)
    }
}

impl Hours {
    /// The periods of a date, in order.
    pub(crate) fn on(&self, date: Date, calendar: &Calendar) -> Vec<Period> {
        if self.always {
            let (from, to) = (Clock24::default(), Clock24 { minutes: MINUTES_OF_DAY });
            return vec![(from, to)];
        }
        let weekday = if self.follows_calendar {
            match calendar.kind(date) {
                Kind::Holiday => return Vec::new(),
                // Saturday and Sunday have no hours in most files, or short ones: what is made
                // up for is a day of the week.
                Kind::MadeUp if Weekday::of(date) == Weekday::Sat => Weekday::Fri,
                Kind::MadeUp => Weekday::Mon,
                Kind::Usual => Weekday::of(date),
            }
        } else {
            Weekday::of(date)
        };
        let closed = self.closed_on.iter().any(|day| *day == date.to_string());
        if closed { Vec::new() } else { self.week.get(&weekday).cloned().unwrap_or_default() }
    }

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
            let open = joined(hall.week.get(day).map_or(&[], Vec::as_slice));
            for (at, (from, to)) in periods.iter().enumerate() {
                let within = open.iter().any(|hall| hall.0 <= *from && *to <= hall.1);
                if !within && from < to {
                    let name = format!("{day:?}").to_lowercase();
                    found.push(SetupFault {
                        place: format!("week.{name}[{at}]"),
                        what: text!(
                            "{from} 到 {to} 不在大厅的开放时间内"
                                | "{from} to {to} is outside the hall's hours"
                        ),
                    });
                }
            }
        }
        found
    }

    /// The faults of the hours; places are relative to `hours`.
    pub(crate) fn faults(&self) -> Vec<SetupFault> {
        let mut found = Vec::new();
        for (day, periods) in &self.week {
            let mut last = Clock24::default();
            for (at, (from, to)) in periods.iter().enumerate() {
                if from >= to || *from < last {
                    let name = format!("{day:?}").to_lowercase();
                    found.push(SetupFault {
                        place: format!("week.{name}[{at}]"),
                        what: text!(
                            "{from} 到 {to} 止早于起，或与前一时段重叠"
                                | "{from} to {to} ends before it begins, or overlaps the previous one"
                        ),
                    });
                }
                last = *to;
            }
        }
        for (at, day) in self.closed_on.iter().enumerate() {
            // Other ways to write a date would be parsed, but match no day.
            let as_written = day.parse::<Date>().is_ok_and(|date| date.to_string() == *day);
            if !as_written {
                found.push(SetupFault {
                    place: format!("closed_on[{at}]"),
                    what: text!(
                        "“{day}”不是日期；应为 YYYY-MM-DD"
                            | "\"{day}\" is not a date; expected YYYY-MM-DD"
                    ),
                });
            }
        }
        if !self.always && self.week.values().all(Vec::is_empty) {
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

/// An instant by the hall's clock.
pub(crate) fn local(now: Millis, zone: &TimeZone) -> Zoned {
    Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
}

/// The first instant of a date at which the hall's clock shows this time or a later one.
/// Where summer time begins, a time that the clock skips comes when it has skipped it;
/// where it ends, a time that comes twice counts when it comes first. So whatever begins
/// then begins once.
pub(crate) fn first_instant(date: Date, time: Clock24, zone: &TimeZone) -> Option<Millis> {
    let date = date.checked_add(i32::from(time.minutes / MINUTES_OF_DAY).days()).ok()?;
    let minutes = time.minutes % MINUTES_OF_DAY;
    let (hour, minute) = (i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?);
    let shown = date.at(hour, minute, 0, 0);
    let at = zone.to_ambiguous_timestamp(shown);
    let at = match at.offset() {
        AmbiguousOffset::Gap { before, .. } => {
            // By the offset from before, a skipped time is not earlier than the skip.
            let not_before = before.to_timestamp(shown).ok()?;
            let after = not_before.checked_add(1.millisecond()).ok()?;
            zone.preceding(after).next().map_or(not_before, |skip| skip.timestamp())
        }
        _ => at.earlier().ok()?,
    };
    Some(at.as_millisecond())
}

/// The business day of an instant, `YYYY-MM-DD`. It turns at `turns_at` by the
/// hall's clock, so an instant before that belongs to the previous day.
pub fn business_day(now: Millis, zone: &TimeZone, turns_at: Clock24) -> String {
    let date = local(now, zone).date();
    let has_turned = first_instant(date, turns_at, zone).is_none_or(|turn| now >= turn);
    let date = if has_turned { date } else { date.yesterday().unwrap_or(date) };
    date.to_string()
}

#[cfg(test)]
mod tests;

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
use crate::text;
use crate::text::Text;

mod faults;

const MINUTES_OF_DAY: u16 = 24 * 60;

/// A time of day, written `HH:MM`; `24:00` is the end of the day.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
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
    /// The hours of single dates: they go before everything else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateHours>,
}

/// The hours of one date: a holiday that is worked, half a day, an evening.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateHours {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Closed where there is none.
    #[serde(default)]
    pub periods: Vec<Period>,
}

const fn yes() -> bool {
    true
}

impl Default for Hours {
    fn default() -> Self {
        Self {
            always: true,
            week: BTreeMap::new(),
            follows_calendar: true,
            closed_on: Vec::new(),
            dates: Vec::new(),
        }
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
        self.of_date(date).unwrap_or_else(|| self.by_rule(date, calendar.kind(date)))
    }

    /// The periods of a date for a line or counter of a hall with these hours. Where the hall
    /// says by itself that it opens on a holiday, that day is for its lines what its weekday is.
    pub(crate) fn on_in_hall(&self, hall: &Self, date: Date, calendar: &Calendar) -> Vec<Period> {
        self.of_date(date).unwrap_or_else(|| {
            let kind = match calendar.kind(date) {
                Kind::Holiday if hall.of_date(date).is_some() => Kind::Usual,
                kind => kind,
            };
            self.by_rule(date, kind)
        })
    }

    /// The periods of a date that has hours of its own.
    fn of_date(&self, date: Date) -> Option<Vec<Period>> {
        // Most files name no date, and this is asked for every line of every snapshot.
        if self.dates.is_empty() {
            return None;
        }
        let date = date.to_string();
        self.dates.iter().find(|one| one.date == date).map(|one| one.periods.clone())
    }

    /// The periods of a date without hours of its own.
    fn by_rule(&self, date: Date, kind: Kind) -> Vec<Period> {
        if self.always {
            let (from, to) = (Clock24::default(), Clock24 { minutes: MINUTES_OF_DAY });
            return vec![(from, to)];
        }
        let weekday = if self.follows_calendar {
            match kind {
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

/// When a business day begins.
pub fn day_begins(day: &str, zone: &TimeZone, turns_at: Clock24) -> Option<Millis> {
    first_instant(day.parse().ok()?, turns_at, zone)
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

//! Calendar days in words. On the wire a day is `YYYY-MM-DD`; an instant
//! belongs to a day of the hall's zone.

use jiban_domain::{Lang, Millis};
use jiff::{ToSpan as _, civil};
use web_sys::js_sys::Date;

use super::clock::{format, hour_minute};

/// The start of a day in UTC; only its date is used.
fn instant(day: &str) -> Option<f64> {
    let at = Date::parse(day);
    at.is_finite().then_some(at)
}

/// `11月27日 周五`, or `Fri, Nov 27`; other text is returned as it is.
#[allow(clippy::cast_possible_truncation)]
pub fn weekday(day: &str, lang: Lang) -> String {
    let options = [("month", "short"), ("day", "numeric"), ("weekday", "short")];
    let Some(at) = instant(day) else { return day.to_owned() };
    let written = format(at as Millis, "UTC", lang, &options);
    match lang.base() {
        // Browsers write no space here.
        Lang::Zh => written.replacen('周', " 周", 1),
        _ => written,
    }
}

/// The day of an instant: `11月27日`, or `Nov 27`.
pub fn of(at: Millis, zone: &str, lang: Lang) -> String {
    format(at, zone, lang, &[("month", "short"), ("day", "numeric")])
}

/// The day of an instant, as on the wire: `2026-11-27`.
pub fn on(at: Millis, zone: &str) -> String {
    let options = [("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")];
    format(at, zone, Lang::Zh, &options).replace('/', "-")
}

/// `11月27日 14:05`.
pub fn with_time(at: Millis, zone: &str, lang: Lang) -> String {
    format!("{} {}", of(at, zone, lang), hour_minute(at, zone))
}

/// The day so many days later, or earlier; other text is returned as it is.
pub fn plus(day: &str, days: i32) -> String {
    let moved = day.parse::<civil::Date>().ok().and_then(|day| day.checked_add(days.days()).ok());
    moved.map_or_else(|| day.to_owned(), |day| day.to_string())
}

/// The first day of a day's month.
pub fn first_of_month(day: &str) -> String {
    day.get(..8).map_or_else(|| day.to_owned(), |month| format!("{month}01"))
}

/// The first day of a day's quarter.
pub fn first_of_quarter(day: &str) -> String {
    let parts = (day.get(..5), day.get(5..7).and_then(|month| month.parse::<u32>().ok()));
    match parts {
        (Some(year), Some(month @ 1..)) => format!("{year}{:02}-01", (month - 1) / 3 * 3 + 1),
        _ => day.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_and_a_quarter_begin() {
        assert_eq!(first_of_month("2026-11-25"), "2026-11-01");
        for (day, first) in [
            ("2026-01-31", "2026-01-01"),
            ("2026-06-30", "2026-04-01"),
            ("2026-11-25", "2026-10-01"),
        ] {
            assert_eq!(first_of_quarter(day), first);
        }
        assert_eq!(first_of_quarter("soon"), "soon");
    }

    #[test]
    fn days_go_on_over_the_end_of_a_month() {
        assert_eq!(plus("2028-02-28", 2), "2028-03-01");
        assert_eq!(plus("2026-01-01", -1), "2025-12-31");
        assert_eq!(plus("soon", 1), "soon");
    }
}

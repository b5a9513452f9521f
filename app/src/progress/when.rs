//! Days in words, for pages rendered by the server and for the kiosk. Parsed
//! and formatted by hand: jiff's parser and patterns would be a tenth of what a
//! kiosk loads.

use jiban_domain::Lang;
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS_ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Parses `2026-11-30`.
fn date(day: &str) -> Option<Date> {
    let mut parts = day.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    Date::new(year, month, parts.next()?.parse().ok()?).ok()
}

fn month(date: Date) -> &'static str {
    MONTHS[usize::try_from(date.month() - 1).unwrap_or_default()]
}

/// `11月30日 周一`, or `Mon 30 Nov`; other text is returned as it is.
pub fn weekday(day: &str, lang: Lang) -> String {
    let Some(date) = date(day) else { return day.to_owned() };
    let at = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    let short = short(day, lang);
    match lang.base() {
        Lang::Zh => format!("{short} 周{}", WEEKDAYS_ZH[at]),
        _ => format!("{} {short}", WEEKDAYS_EN[at]),
    }
}

/// `11月30日`, or `30 Nov`.
pub fn short(day: &str, lang: Lang) -> String {
    let Some(date) = date(day) else { return day.to_owned() };
    match lang.base() {
        Lang::Zh => format!("{}月{}日", date.month(), date.day()),
        _ => format!("{} {}", date.day(), &month(date)[..3]),
    }
}

/// `2026年11月30日`, or `30 November 2026`.
pub fn long(day: &str, lang: Lang) -> String {
    let Some(date) = date(day) else { return day.to_owned() };
    match lang.base() {
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        _ => format!("{} {} {}", date.day(), month(date), date.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_in_both_languages() {
        assert_eq!(weekday("2026-11-30", Lang::Zh), "11月30日 周一");
        assert_eq!(weekday("2026-11-30", Lang::En), "Mon 30 Nov");
        assert_eq!(short("2026-02-01", Lang::Zh), "2月1日");
        assert_eq!(long("2026-02-01", Lang::En), "1 February 2026");
        assert_eq!(weekday("soon", Lang::En), "soon");
    }
}

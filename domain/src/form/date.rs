//! Dates as people write them.

use jiff::civil::Date;

use crate::identity::normalise;

/// A date as people write it: `2026-01-02`, `2026.1.2`, `2026/1/2`, `20260102`, `2026年1月2日`.
pub fn date(written: &str) -> Option<Date> {
    let plain = normalise(written);
    if plain.len() == 8 && plain.bytes().all(|b| b.is_ascii_digit()) {
        return day(&plain[..4], &plain[4..6], &plain[6..]);
    }
    let mut parts = plain.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let found = day(parts.next()?, parts.next()?, parts.next()?);
    let separators = plain.chars().filter(|c| !c.is_ascii_digit());
    let known = separators.clone().all(|c| "-./年月日".contains(c)) && separators.count() <= 3;
    found.filter(|_| known && parts.next().is_none())
}

fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

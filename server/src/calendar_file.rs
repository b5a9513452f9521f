//! The calendar of working days as a file, and the one that is shipped.

use std::collections::BTreeSet;

use jiban_domain::calendar::{Calendar, Year};
use jiban_domain::{Text, text};
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use toml::Spanned;

use crate::hall_file::Lines;

/// The years that are known without an import.
const SHIPPED: &str = include_str!("../data/calendar.toml");

/// Fewer days off than any notice has: a year that was begun and not finished.
const FEWEST: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "year")]
    years: Vec<YearWritten>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearWritten {
    year: Spanned<i16>,
    #[serde(default)]
    source: String,
    holidays: Vec<Spanned<String>>,
    #[serde(default)]
    workdays: Vec<Spanned<String>>,
}

/// A year, and which notice it follows.
pub type Sourced = (i16, String, Year);

/// The calendar that is shipped.
pub fn shipped() -> Calendar {
    let years = read(SHIPPED).unwrap_or_default();
    Calendar { years: years.into_iter().map(|(year, _, days)| (year, days)).collect() }
}

/// Reads a file.
///
/// # Errors
/// Every fault with its line.
pub fn read(file: &str) -> Result<Vec<Sourced>, Vec<Text>> {
    let lines = Lines::of(file);
    let written: File = toml::from_str(file).map_err(|error| {
        let line = error.span().map_or(1, |span| lines.at(span.start).0);
        let what = error.message().trim().to_owned();
        vec![text!("第 {line} 行：{what}" | "line {line}: {what}")]
    })?;
    let mut reading = Reading { lines, faults: Vec::new() };
    let mut years: Vec<Sourced> = Vec::new();
    for year in written.years {
        let at = year.year.span().start;
        let number = *year.year.get_ref();
        if years.iter().any(|(known, ..)| *known == number) {
            reading.say(at, text!("{number} 年重复" | "{number} is given twice"));
        }
        let days = reading.year(number, at, &year);
        years.push((number, year.source, days));
    }
    if years.is_empty() {
        reading.say(0, text!("没有年份（[[year]]）" | "there is no year ([[year]])"));
    }
    if reading.faults.is_empty() { Ok(years) } else { Err(reading.faults) }
}

struct Reading<'a> {
    lines: Lines<'a>,
    faults: Vec<Text>,
}

impl Reading<'_> {
    fn say(&mut self, at: usize, Text { zh, en }: Text) {
        let line = self.lines.at(at).0;
        self.faults.push(text!("第 {line} 行：{zh}" | "line {line}: {en}"));
    }

    fn year(&mut self, year: i16, at: usize, written: &YearWritten) -> Year {
        let holidays = self.days(year, &written.holidays);
        let workdays = self.days(year, &written.workdays);
        if holidays.len() < FEWEST {
            self.say(
                at,
                text!(
                    "{year} 年的节假日不足 {FEWEST} 天，不完整"
                        | "{year} has fewer than {FEWEST} days off: it is not whole"
                ),
            );
        }
        for (day, place) in &workdays {
            if holidays.iter().any(|(off, _)| off == day) {
                self.say(
                    *place,
                    text!("{day} 既是节假日又是工作日" | "{day} is both off and worked"),
                );
            } else if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
                self.say(
                    *place,
                    text!(
                        "{day} 不是周末，本来就上班" | "{day} is no weekend: it is worked anyway"
                    ),
                );
            }
        }
        let set = |days: Vec<(Date, usize)>| {
            days.into_iter().map(|(day, _)| day).collect::<BTreeSet<_>>()
        };
        Year { holidays: set(holidays), workdays: set(workdays) }
    }

    fn days(&mut self, year: i16, written: &[Spanned<String>]) -> Vec<(Date, usize)> {
        let mut days = Vec::new();
        for day in written {
            let (at, text) = (day.span().start, day.get_ref());
            match text.parse::<Date>() {
                Ok(date) if date.year() == year => days.push((date, at)),
                Ok(_) => self.say(at, text!("{text} 不在 {year} 年" | "{text} is not in {year}")),
                Err(_) => self.say(
                    at,
                    text!(
                        "“{text}”不是日期；应为 YYYY-MM-DD"
                            | "\"{text}\" is no day; wanted YYYY-MM-DD"
                    ),
                ),
            }
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What another package says: a line a month, a letter a day.
    fn agrees(told: &str) -> Vec<i16> {
        let calendar = shipped();
        let mut years = BTreeSet::new();
        for line in told.lines().filter(|line| !line.starts_with('#')) {
            let (month, letters) = line.split_once(' ').unwrap();
            let first: Date = format!("{month}-01").parse().unwrap();
            assert_eq!(usize::try_from(first.days_in_month()).unwrap(), letters.len(), "{month}");
            for (day, letter) in first.series(jiff::ToSpan::day(1)).zip(letters.chars()) {
                assert_eq!(calendar.is_working_day(day), letter == 'W', "{day}");
                years.insert(day.year());
            }
        }
        years.into_iter().collect()
    }

    #[test]
    fn two_others_count_the_same_working_days() {
        let years = [2025, 2026];
        assert_eq!(agrees(include_str!("../tests/it/fixtures/chinesecalendar.txt")), years);
        assert_eq!(agrees(include_str!("../tests/it/fixtures/chinese-days.txt")), years);
    }

    #[test]
    fn a_year_that_is_not_shipped_is_provisional() {
        let calendar = shipped();
        let due = calendar.due("2026-12-25".parse().unwrap(), 10, &[]);
        assert!(due.provisional);
        assert!(!calendar.due("2026-09-21".parse().unwrap(), 10, &[]).provisional);
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let told = read(
            "[[year]]\nyear = 2027\nholidays = [\"2027-01-01\", \"2026-01-02\"]\n\
             workdays = [\"2027-01-04\", \"2027-01-01\", \"soon\"]\n",
        )
        .unwrap_err();
        let told: Vec<&str> = told.iter().map(|fault| fault.en.as_str()).collect();
        assert_eq!(
            told,
            [
                "line 3: 2026-01-02 is not in 2027",
                "line 4: \"soon\" is no day; wanted YYYY-MM-DD",
                "line 2: 2027 has fewer than 5 days off: it is not whole",
                "line 4: 2027-01-04 is no weekend: it is worked anyway",
                "line 4: 2027-01-01 is both off and worked",
            ]
        );
        assert!(read("").unwrap_err()[0].en.contains("there is no year"));
        assert!(read("year = 3").unwrap_err()[0].en.starts_with("line 1: "));
    }
}

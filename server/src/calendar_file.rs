//! The calendar of working days as a file, and the built-in calendar.

use std::collections::BTreeSet;

use jiban_domain::calendar::{Calendar, Year};
use jiban_domain::{Text, text};
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use toml::Spanned;

use crate::hall_file::Lines;

/// The years known without an import.
const BUILT_IN: &str = include_str!("../data/calendar.toml");

/// Every official notice has more days off. A year with fewer is incomplete.
const MIN_HOLIDAYS: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "year")]
    years: Vec<YearEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearEntry {
    year: Spanned<i16>,
    #[serde(default)]
    source: String,
    holidays: Vec<Spanned<String>>,
    #[serde(default)]
    workdays: Vec<Spanned<String>>,
}

/// A year, the official notice it is taken from, and its days.
pub type SourcedYear = (i16, String, Year);

/// The built-in calendar.
pub fn built_in() -> Calendar {
    let years = read(BUILT_IN).unwrap_or_default();
    Calendar { years: years.into_iter().map(|(year, _, days)| (year, days)).collect() }
}

/// Reads a file.
///
/// # Errors
/// All faults, each with its line.
pub fn read(file: &str) -> Result<Vec<SourcedYear>, Vec<Text>> {
    let lines = Lines::of(file);
    let parsed: File = toml::from_str(file).map_err(|error| {
        let line = error.span().map_or(1, |span| lines.at(span.start).0);
        let what = error.message().trim().to_owned();
        vec![text!(
            "第 {line} 行：不符合日历文件的格式（{what}）"
                | "line {line}: the file format is broken here: {what}"
        )]
    })?;
    let mut reader = Reader { lines, faults: Vec::new() };
    let mut years: Vec<SourcedYear> = Vec::new();
    for year in parsed.years {
        let at = year.year.span().start;
        let number = *year.year.get_ref();
        if years.iter().any(|(known, ..)| *known == number) {
            reader.add_fault(at, text!("{number} 年重复" | "the year {number} is given twice"));
        }
        let days = reader.year(number, at, &year);
        years.push((number, year.source, days));
    }
    if years.is_empty() {
        reader.add_fault(0, text!("文件里没有年份" | "the file contains no year"));
    }
    if reader.faults.is_empty() { Ok(years) } else { Err(reader.faults) }
}

struct Reader<'a> {
    lines: Lines<'a>,
    faults: Vec<Text>,
}

impl Reader<'_> {
    fn add_fault(&mut self, at: usize, Text { zh, en }: Text) {
        let line = self.lines.at(at).0;
        self.faults.push(text!("第 {line} 行：{zh}" | "line {line}: {en}"));
    }

    fn year(&mut self, year: i16, at: usize, entry: &YearEntry) -> Year {
        let holidays = self.days(year, &entry.holidays);
        let workdays = self.days(year, &entry.workdays);
        if holidays.len() < MIN_HOLIDAYS {
            self.add_fault(
                at,
                text!(
                    "{year} 年的节假日不足 {MIN_HOLIDAYS} 天，不完整"
                        | "{year} has fewer than {MIN_HOLIDAYS} holidays and is incomplete"
                ),
            );
        }
        for (day, place) in &workdays {
            if holidays.iter().any(|(off, _)| off == day) {
                self.add_fault(
                    *place,
                    text!(
                        "{day} 既是节假日又是工作日" | "{day} is both a holiday and a working day"
                    ),
                );
            } else if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
                self.add_fault(
                    *place,
                    text!(
                        "{day} 不是周末，本来就上班"
                            | "{day} is not at a weekend and is a working day anyway"
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
                Ok(_) => {
                    self.add_fault(at, text!("{text} 不在 {year} 年" | "{text} is not in {year}"));
                }
                Err(_) => self.add_fault(
                    at,
                    text!(
                        "“{text}”不是日期；应为 YYYY-MM-DD"
                            | "\"{text}\" is not a date; expected YYYY-MM-DD"
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

    /// Compares with another package: a line for each month, a letter for each day.
    fn years_in_agreement(other: &str) -> Vec<i16> {
        let calendar = built_in();
        let mut years = BTreeSet::new();
        for line in other.lines().filter(|line| !line.starts_with('#')) {
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
    fn two_other_packages_count_the_same_working_days() {
        let years = [2025, 2026];
        assert_eq!(
            years_in_agreement(include_str!("../tests/it/fixtures/chinesecalendar.txt")),
            years
        );
        assert_eq!(
            years_in_agreement(include_str!("../tests/it/fixtures/chinese-days.txt")),
            years
        );
    }

    #[test]
    fn a_year_that_is_not_built_in_is_provisional() {
        let calendar = built_in();
        let due = calendar.due("2026-12-25".parse().unwrap(), 10, &[]);
        assert!(due.provisional);
        assert!(!calendar.due("2026-09-21".parse().unwrap(), 10, &[]).provisional);
    }

    #[test]
    fn every_fault_has_its_line() {
        let faults = read(
            "[[year]]\nyear = 2027\nholidays = [\"2027-01-01\", \"2026-01-02\"]\n\
             workdays = [\"2027-01-04\", \"2027-01-01\", \"soon\"]\n",
        )
        .unwrap_err();
        let faults: Vec<&str> = faults.iter().map(|fault| fault.en.as_str()).collect();
        assert_eq!(
            faults,
            [
                "line 3: 2026-01-02 is not in 2027",
                "line 4: \"soon\" is not a date; expected YYYY-MM-DD",
                "line 2: 2027 has fewer than 5 holidays and is incomplete",
                "line 4: 2027-01-04 is not at a weekend and is a working day anyway",
                "line 4: 2027-01-01 is both a holiday and a working day",
            ]
        );
        assert!(read("").unwrap_err()[0].en.contains("contains no year"));
        assert!(read("year = 3").unwrap_err()[0].en.starts_with("line 1: "));
    }
}

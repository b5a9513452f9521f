//! The number people say and type: twelve digits, `261125 00017 3`. They are the day
//! it was opened, a count over all halls, and a check digit that finds typing
//! mistakes.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A case's number with a valid check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CaseNumber(String);

/// The text is not a case number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a case's number has twelve figures, and the last one fits the others")]
pub struct NotANumber;

const FIGURES: usize = 12;

impl CaseNumber {
    /// The number of the `count`th case opened on a day, counted from 1. Past
    /// 99 999 only the last five digits of the count are used, which the database
    /// refuses as a duplicate.
    pub fn new(day: Date, count: u32) -> Self {
        let year = day.year().rem_euclid(100);
        let plain = format!("{year:02}{:02}{:02}{:05}", day.month(), day.day(), count % 100_000);
        let check = check_figure(&plain);
        Self(format!("{plain}{check}"))
    }

    /// The digits alone.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is printed and read out: `261125 00017 3`.
    pub fn grouped(&self) -> String {
        format!("{} {} {}", &self.0[..6], &self.0[6..11], &self.0[11..])
    }
}

/// The check digit of ISO/IEC 7812 (Luhn): it finds any single wrong digit and
/// nearly any two exchanged.
fn check_figure(plain: &str) -> u32 {
    let sum: u32 = plain
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let figure = u32::from(byte - b'0');
            let doubled = if place % 2 == 0 { figure * 2 } else { figure };
            doubled / 10 + doubled % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CaseNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let mut figures = String::with_capacity(FIGURES);
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            // Full-width digits, as an input method may write them.
            let figure = match c {
                '０'..='９' => u32::from(c) - u32::from('０'),
                c => c.to_digit(10).ok_or(NotANumber)?,
            };
            figures.push(char::from_digit(figure, 10).ok_or(NotANumber)?);
        }
        if figures.len() != FIGURES {
            return Err(NotANumber);
        }
        let (plain, last) = figures.split_at(FIGURES - 1);
        if check_figure(plain).to_string() == last { Ok(Self(figures)) } else { Err(NotANumber) }
    }
}

impl Serialize for CaseNumber {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CaseNumber {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_tells_its_day_and_is_read_as_people_write_it() {
        let number = CaseNumber::new(date(2026, 11, 25), 17);
        assert_eq!(&number.as_str()[..11], "26112500017");
        for written in [number.to_string(), number.grouped(), format!(" {} ", number.grouped())] {
            assert_eq!(written.parse().as_ref(), Ok(&number));
        }
        assert!("一二三".parse::<CaseNumber>().is_err());
    }

    proptest! {
        #[test]
        fn one_wrong_figure_is_noticed(count in 1_u32..99_999, place in 0_usize..12, by in 1_u8..10) {
            let number = CaseNumber::new(date(2026, 1, 31), count);
            let mut wrong = number.to_string().into_bytes();
            wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert!(wrong.parse::<CaseNumber>().is_err());
        }
    }
}

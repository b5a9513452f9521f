//! The days between which a date must be.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::value::Values;
use crate::ids::FieldId;

/// A day: `2026-01-01`, `today`, `today-18y`, `today+3m`, `today+30d`, or the date in another
/// field of the form, by its id; of a column of a table, also in another column of the row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DateBound {
    Day(Date),
    FromToday { amount: i32, unit: Unit },
    Field(FieldId),
}

/// What is counted from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Days,
    Months,
    Years,
}

impl DateBound {
    /// The field whose date is meant.
    pub const fn named(&self) -> Option<&FieldId> {
        match self {
            Self::Field(id) => Some(id),
            Self::Day(_) | Self::FromToday { .. } => None,
        }
    }

    /// The day that is meant; none where a field has no date yet.
    pub fn day(&self, today: Date, values: &Values) -> Option<Date> {
        match self {
            Self::Day(day) => Some(*day),
            Self::FromToday { amount, unit } => {
                let amount = i64::from(*amount);
                let span = match unit {
                    Unit::Days => amount.days(),
                    Unit::Months => amount.months(),
                    Unit::Years => amount.years(),
                };
                today.checked_add(span).ok()
            }
            Self::Field(id) => super::date::date(values.get(id)?.text()?),
        }
    }
}

impl FromStr for DateBound {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let wrong = || {
            format!(
                "\"{written}\" is no day; expected 2026-01-01, today, today-18y, today+3m, \
                 today+30d, or the id of a field"
            )
        };
        if let Ok(day) = written.parse() {
            return Ok(Self::Day(day));
        }
        let Some(offset) = written.strip_prefix("today") else {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            let is_id = written.starts_with(|c: char| c.is_ascii_alphabetic());
            let is_id = is_id && written.chars().all(plain);
            return if is_id { Ok(Self::Field(FieldId::from(written))) } else { Err(wrong()) };
        };
        if offset.is_empty() {
            return Ok(Self::FromToday { amount: 0, unit: Unit::Days });
        }
        let unit = match offset.chars().last() {
            Some('d') => Unit::Days,
            Some('m') => Unit::Months,
            Some('y') => Unit::Years,
            _ => return Err(wrong()),
        };
        let amount = &offset[..offset.len() - 1];
        let signed = amount.starts_with(['+', '-']);
        match amount.parse::<i32>() {
            Ok(amount) if signed && amount.abs() <= 40_000 => Ok(Self::FromToday { amount, unit }),
            _ => Err(wrong()),
        }
    }
}

impl TryFrom<String> for DateBound {
    type Error = String;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        written.parse()
    }
}

impl fmt::Display for DateBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::FromToday { amount: 0, .. } => f.write_str("today"),
            Self::FromToday { amount, unit } => {
                let unit = match unit {
                    Unit::Days => 'd',
                    Unit::Months => 'm',
                    Unit::Years => 'y',
                };
                write!(f, "today{amount:+}{unit}")
            }
            Self::Field(id) => id.fmt(f),
        }
    }
}

impl From<DateBound> for String {
    fn from(bound: DateBound) -> Self {
        bound.to_string()
    }
}

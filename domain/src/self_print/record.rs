//! A value of a statement's column: read as the column's kind, kept in one form.

use jiff::civil::Date;

use crate::setup::{Column, ColumnKind};
use crate::text;
use crate::text::Text;
use crate::typed;

/// The most characters of a value: more do not fit a table.
const LONGEST: usize = 60;

/// A value in the form in which it is kept and printed; empty where a row lacks it.
pub type Cell = String;

/// Why a value does not fit its column, for the person.
pub type CellFault = Text;

/// Reads a value of a column.
///
/// # Errors
/// Why it does not fit.
pub fn cell(column: &Column, typed: &str) -> Result<Cell, CellFault> {
    let value = typed::visible(typed).trim().to_owned();
    if value.is_empty() {
        return if column.optional { Ok(value) } else { Err(text!("没有填写" | "is empty")) };
    }
    if value.chars().count() > LONGEST {
        return Err(text!("超过 {LONGEST} 个字" | "is longer than {LONGEST} characters"));
    }
    if value.chars().any(char::is_control) {
        return Err(text!(
            "含有换行或其他控制字符" | "contains a line break or a control character"
        ));
    }
    match column.kind {
        ColumnKind::Text => Ok(value),
        ColumnKind::Date => match value.parse::<Date>() {
            Ok(day) if value.len() == 10 => Ok(day.to_string()),
            _ => Err(text!(
                "“{value}”不是日期；应为 2026-09-01 这样"
                    | "\"{value}\" is not a date; expected such as 2026-09-01"
            )),
        },
        ColumnKind::Month => match format!("{value}-01").parse::<Date>() {
            Ok(_) if value.len() == 7 => Ok(value),
            _ => Err(text!(
                "“{value}”不是月份；应为 2026-09 这样"
                    | "\"{value}\" is not a month; expected such as 2026-09"
            )),
        },
        ColumnKind::Count => match value.parse::<u64>() {
            Ok(count) if value.bytes().all(|byte| byte.is_ascii_digit()) => Ok(count.to_string()),
            _ => Err(text!("“{value}”不是整数" | "\"{value}\" is not a whole number")),
        },
        ColumnKind::Money => money(&value).ok_or_else(|| {
            text!(
                "“{value}”不是金额；应为 1234.50 这样，不带千分位"
                    | "\"{value}\" is not an amount; expected such as 1234.50, without separators"
            )
        }),
    }
}

/// An amount with two decimals.
fn money(value: &str) -> Option<String> {
    let (sign, digits) = match value.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", value),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "00"));
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !figures(whole) || !figures(part) || part.len() > 2 || whole.len() > 12 {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(format!("{sign}{whole}.{part:0<2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: ColumnKind, typed: &str) -> Result<Cell, CellFault> {
        cell(&Column { id: "a".to_owned(), name: "甲".into(), kind, optional: false }, typed)
    }

    #[test]
    fn a_value_is_kept_in_one_form() {
        use ColumnKind::{Count, Date, Money, Month, Text};
        for (kind, typed, kept) in [
            (Text, " \u{feff}正常参保 ", "正常参保"),
            (Date, "2026-09-01", "2026-09-01"),
            (Month, "2026-09", "2026-09"),
            (Count, "007", "7"),
            (Money, "1234.5", "1234.50"),
            (Money, "12", "12.00"),
            (Money, "-0.05", "-0.05"),
            (Money, "007.10", "7.10"),
        ] {
            assert_eq!(read(kind, typed).as_deref(), Ok(kept), "{kind:?} {typed}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        use ColumnKind::{Count, Date, Money, Month, Text};
        for (kind, typed) in [
            (Text, ""),
            (Text, "一\n二"),
            (Date, "2026/09/01"),
            (Date, "2026-02-30"),
            (Month, "2026-13"),
            (Month, "2026-9"),
            (Count, "-1"),
            (Count, "+7"),
            (Count, "1.5"),
            // As spreadsheets show long figures.
            (Count, "2.61E+11"),
            (Money, "1,234.50"),
            (Money, "1.234"),
            (Money, "."),
            (Money, "¥12"),
        ] {
            assert!(read(kind, typed).is_err(), "{kind:?} {typed}");
        }
        let optional =
            Column { id: "a".to_owned(), name: "甲".into(), kind: Count, optional: true };
        assert_eq!(cell(&optional, " ").as_deref(), Ok(""));
    }
}

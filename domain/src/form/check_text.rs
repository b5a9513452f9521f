//! The rules of texts and numbers.

use super::field::{Field, FieldKind};
use super::refusal::{FieldFault, FieldRefusal};
use crate::identity::normalise;
use crate::text;
use crate::text::Text;
use crate::typed;

/// The most digits of a number: as many as every program keeps exactly.
const DIGITS: usize = 15;

/// A text without what cannot be seen, and with single spaces; a long one keeps its lines.
pub(super) fn text(field: &Field, written: &str) -> Result<String, FieldRefusal> {
    let visible = typed::visible(written);
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept = match field.kind {
        FieldKind::LongText => {
            let lines: Vec<String> = visible.lines().map(line).collect();
            lines.join("\n").trim().to_owned()
        }
        _ => line(&visible),
    };
    let long = kept.chars().count();
    let (shortest, longest) =
        (usize::from(field.shortest.unwrap_or_default()), field.most_characters());
    if long < shortest {
        return Err(FieldRefusal::new(
            FieldFault::TooShort,
            text!(
                "至少 {shortest} 个字，现为 {long} 个。"
                    | "At least {shortest} characters, not {long}."
            ),
        ));
    }
    if long > longest {
        return Err(FieldRefusal::new(
            FieldFault::TooLong,
            text!(
                "不超过 {longest} 个字，现为 {long} 个。"
                    | "At most {longest} characters, not {long}."
            ),
        ));
    }
    Ok(kept)
}

/// A number as people write it (`1,200`, `１２００`, `¥1200`, `1200元`): as it is kept, and its
/// value. A comma is never read as a point, nor left out where it may be meant as one.
pub(super) fn amount(written: &str, decimals: u8) -> Result<(String, f64), FieldRefusal> {
    let plain = normalise(written);
    let plain = plain.trim_start_matches(['¥', '￥']).trim_end_matches('元');
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.strip_prefix('+').unwrap_or(plain)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = without_commas(whole).filter(|whole| is_figures(whole));
    let Some(whole) = whole.filter(|_| is_figures(part)) else {
        let why = if digits.contains(',') {
            Text::new(
                "小数点请用“.”，如 1.5；逗号只作千位分隔，如 1,200。",
                "Write a point before decimals, such as 1.5; commas only part thousands, such as 1,200.",
            )
        } else {
            Text::new("请填写数字，如 120。", "Enter a number, such as 120.")
        };
        return Err(FieldRefusal::new(FieldFault::Number, why));
    };
    let whole = whole.trim_start_matches('0');
    let part = part.trim_end_matches('0');
    if part.len() > usize::from(decimals) {
        let why = match decimals {
            0 => Text::new("请填写整数。", "Enter a whole number."),
            decimals => {
                text!("最多 {decimals} 位小数。" | "At most {decimals} digits after the point.")
            }
        };
        return Err(FieldRefusal::new(FieldFault::Number, why));
    }
    if whole.len() + part.len() > DIGITS {
        return Err(FieldRefusal::new(
            FieldFault::TooLarge,
            text!("最多 {DIGITS} 位数字。" | "At most {DIGITS} digits."),
        ));
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let kept =
        if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") };
    let kept = if kept == "-0" { "0".to_owned() } else { kept };
    let value = kept.parse().unwrap_or_default();
    Ok((kept, value))
}

fn is_figures(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// The figures before the point; none where there are none, or where commas part them into groups
/// of another length than three, or four (万).
fn without_commas(whole: &str) -> Option<String> {
    let (first, rest) = whole.split_once(',').unwrap_or((whole, ""));
    if first.is_empty() {
        return None;
    }
    let parts = |long: usize| first.len() <= long && rest.split(',').all(|one| one.len() == long);
    // Nobody writes thousands behind a zero: `0,500` is half of one.
    let fits = first.len() == whole.len() || !first.starts_with('0') && (parts(3) || parts(4));
    fits.then(|| whole.replace(',', ""))
}

/// Six figures.
pub(super) fn postcode(written: &str) -> Result<String, FieldRefusal> {
    let code = normalise(written);
    if code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(code);
    }
    Err(FieldRefusal::new(
        FieldFault::Format,
        Text::new("邮政编码为 6 位数字。", "A postcode has six figures."),
    ))
}

/// Something, an at sign, and a name of the network. Only a letter that arrives shows more.
pub(super) fn email(written: &str) -> Result<String, FieldRefusal> {
    let wrong = || {
        FieldRefusal::new(
            FieldFault::Format,
            Text::new(
                "请填写电子邮箱，如 name@example.com。",
                "Enter an e-mail address, such as name@example.com.",
            ),
        )
    };
    let address: String = written
        .chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        })
        .filter(|c| !c.is_whitespace())
        .collect();
    let (person, host) = address.rsplit_once('@').ok_or_else(wrong)?;
    let named = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    if person.is_empty() || person.contains('@') || !named || host.contains("..") {
        return Err(wrong());
    }
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_was_meant() {
        for (written, kept) in [
            ("1200", "1200"),
            ("1,200", "1200"),
            ("１，２００", "1200"),
            ("12,345,678.90", "12345678.9"),
            ("1,2345", "12345"),
            ("12,3456,7890", "1234567890"),
            ("¥ 1,200.50", "1200.5"),
            ("￥1200元", "1200"),
            ("-1,200", "-1200"),
            ("0.50", "0.5"),
            ("0", "0"),
            ("-0", "0"),
        ] {
            assert_eq!(amount(written, 2).map(|(kept, _)| kept), Ok(kept.to_owned()), "{written}");
        }
    }

    #[test]
    fn a_comma_is_no_point() {
        for written in [
            "1,5",
            "1，5",
            "12,50",
            "１２，５",
            "0,500",
            "1,2,3",
            "1,200,00",
            "1234,567",
            "1,",
            ",5",
            "1.200,50",
        ] {
            let refused = amount(written, 2).unwrap_err();
            assert_eq!(refused.fault, FieldFault::Number, "{written}");
            assert!(refused.why.zh.contains("小数点"), "{written}: {}", refused.why.zh);
        }
        for written in ["", "十二", "1.5.2", "1/2", "--5", "."] {
            assert_eq!(amount(written, 2).unwrap_err().fault, FieldFault::Number, "{written}");
        }
    }
}

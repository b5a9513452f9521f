//! Telephone numbers as people write them.
//!
//! Sources: 电信网编号计划 (mobile, area and 400 numbers), ITU-T E.164 (the rest of the world).

use super::normalise;
use crate::text::Text;

/// The most figures of an extension.
const EXTENSION: usize = 6;
/// Words before an extension, normalised to upper case.
const BEFORE_EXTENSION: [&str; 9] = ["转分机", "分机号", "分机", "转", "EXT", "X", "#", ",", ";"];
/// What people write between the figures of a number.
const BETWEEN: &str = "-()[]./_‐‑‒–—―－~· ";

/// A telephone number: a mobile number of eleven figures, one with its area code, one of
/// seven or eight figures in the hall's own area, a 400 or 800 number, or one of another
/// country or region with its code. It may have an extension.
///
/// It is kept as figures; of another country with a plus, an extension after a hyphen:
/// `13812345678`, `057187654321-8001`, `4008100080`, `+85291234567`.
///
/// # Errors
/// It is not a telephone number.
pub fn telephone(typed: &str) -> Result<String, Text> {
    read(&normalise(typed)).ok_or_else(|| {
        Text::new(
            "电话号码不对：应为 11 位手机号，或带区号的座机号；境外号码前加 + 和国家（地区）代码，如 +852。",
            "Check the telephone number: a mobile number has 11 digits; others need their area code, those abroad + and their country code, such as +852.",
        )
    })
}

fn read(typed: &str) -> Option<String> {
    for marker in BEFORE_EXTENSION {
        if let Some((number, extension)) = typed.split_once(marker) {
            let extension = extension.trim_start_matches(['.', ':', '：', '-', '号']);
            return with_extension(number, extension);
        }
    }
    if let Some(number) = whole(typed) {
        return Some(number);
    }
    // 0571-87654321-8001: the last group is an extension if the others are a number.
    let (number, extension) = typed.rsplit_once(|c| BETWEEN.contains(c))?;
    with_extension(number, extension)
}

fn with_extension(number: &str, extension: &str) -> Option<String> {
    let fits =
        (1..=EXTENSION).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| whole(number))?.map(|number| format!("{number}-{extension}"))
}

/// A number without an extension.
fn whole(typed: &str) -> Option<String> {
    let typed: String = typed.chars().filter(|c| !BETWEEN.contains(*c)).collect();
    let (abroad, figures) = match typed.strip_prefix('+').or_else(|| typed.strip_prefix("00")) {
        Some(figures) => (true, figures),
        None => (false, &typed[..]),
    };
    if figures.is_empty() || !figures.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if abroad {
        return match figures.strip_prefix("86") {
            Some(national) => domestic(national, true),
            None => foreign(figures),
        };
    }
    let without_code = figures.strip_prefix("86").filter(|national| national.len() == 11);
    domestic(without_code.unwrap_or(figures), false)
}

/// A number in the mainland. With the country's code in front, an area code has no zero.
fn domestic(figures: &str, after_code: bool) -> Option<String> {
    let long = figures.len();
    let mobile = long == 11 && figures.starts_with('1');
    let service = long == 10 && (figures.starts_with("400") || figures.starts_with("800"));
    let with_area = figures.starts_with('0') && (10..=12).contains(&long);
    let local = (7..=8).contains(&long) && !figures.starts_with('0');
    let without_zero = after_code && (9..=11).contains(&long) && !figures.starts_with('0');
    match () {
        () if mobile || service || with_area => Some(figures.to_owned()),
        () if local && !after_code => Some(figures.to_owned()),
        () if without_zero => Some(format!("0{figures}")),
        () => None,
    }
}

/// A number of another country or region, by its code.
fn foreign(figures: &str) -> Option<String> {
    // A zero in brackets after the code is for those who call within: +886 (0)912 345 678.
    let taiwan = figures.strip_prefix("8860").map(|rest| format!("886{rest}"));
    let figures = taiwan.as_deref().unwrap_or(figures);
    let fits = match () {
        () if figures.starts_with("852") || figures.starts_with("853") => figures.len() == 11,
        () if figures.starts_with("886") => (11..=12).contains(&figures.len()),
        () => (8..=15).contains(&figures.len()) && !figures.starts_with('0'),
    };
    fits.then(|| format!("+{figures}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn telephones_are_taken_as_they_are_written() {
        for (typed, kept) in [
            ("138 1234 5678", "13812345678"),
            ("138-1234-5678", "13812345678"),
            ("\u{202d}138 1234 5678\u{202c}", "13812345678"),
            ("１３８１２３４５６７８", "13812345678"),
            ("+86 13812345678", "13812345678"),
            ("0086-138 1234 5678", "13812345678"),
            ("8613812345678", "13812345678"),
            ("0571-87654321", "057187654321"),
            ("(010) 6552–9988", "01065529988"),
            ("+86 571 8765 4321", "057187654321"),
            ("+86 (0)571 87654321", "057187654321"),
            ("12345678", "12345678"),
            ("87654321", "87654321"),
            ("6543-2100", "65432100"),
            ("400-810-0080", "4008100080"),
            ("800 820 8820", "8008208820"),
            ("400-810-0080转2", "4008100080-2"),
            ("0571-87654321-8001", "057187654321-8001"),
            ("0571-87654321转8001", "057187654321-8001"),
            ("010 65529988 ext. 12", "01065529988-12"),
            ("0571 87654321 分机 8001", "057187654321-8001"),
            ("057187654321#801", "057187654321-801"),
            ("+852 9123 4567", "+85291234567"),
            ("00852-91234567", "+85291234567"),
            ("+853 6612 3456", "+85366123456"),
            ("+886 912 345 678", "+886912345678"),
            ("+886 (0)912-345-678", "+886912345678"),
            ("+1 (415) 555-0132", "+14155550132"),
            ("+44 20 7946 0958", "+442079460958"),
        ] {
            assert_eq!(telephone(typed).as_deref(), Ok(kept), "{typed}");
        }
    }

    #[test]
    fn what_is_no_telephone_is_refused() {
        for typed in [
            "",
            "12",
            "2381234567890",
            "1381234567a",
            "138123456789",
            "+852 123",
            "+0 123 456 789",
            "转8001",
            "0571-87654321-80010203",
            "电话",
            "+",
        ] {
            assert!(telephone(typed).is_err(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_again_as_it_is(typed in "[+0-9 ()转#-]{0,24}") {
            if let Ok(kept) = telephone(&typed) {
                prop_assert_eq!(telephone(&kept), Ok(kept));
            }
        }

        #[test]
        fn whatever_is_typed_nothing_breaks(typed in ".{0,40}") {
            let _ = telephone(&typed);
        }
    }
}

//! Telephone numbers as people write them.
//!
//! Sources: 电信网编号计划 (mobile, area and 400 numbers), ITU-T E.164 (the rest of the world).

use super::normalise;
use crate::text::Text;

/// The figures of a mobile number.
const MOBILE: usize = 11;
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
    let plain = whole(typed);
    let Some((number, extension)) = typed.rsplit_once(is_between) else { return plain };
    // 0571-87654321-8001: the last group is an extension if the others are a number. Where all of
    // it could be a number too, those with an area code, and those in one piece, have been whole
    // before it: so are they kept.
    let extended = with_extension(number, extension);
    let was_whole = |one: &String| one.starts_with('0') || !number.contains(is_between);
    extended.clone().filter(was_whole).or(plain).or(extended)
}

fn is_between(c: char) -> bool {
    BETWEEN.contains(c)
}

fn with_extension(number: &str, extension: &str) -> Option<String> {
    let fits =
        (1..=EXTENSION).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit());
    let number = fits.then(|| whole(number))??;
    // 138-1234-567: a mobile number without one of its figures, and no number of seven with three.
    let cut_short = number.len() < MOBILE && number.starts_with('1');
    (!cut_short).then(|| format!("{number}-{extension}"))
}

/// A number without an extension.
fn whole(typed: &str) -> Option<String> {
    let typed: String = typed.chars().filter(|c| !is_between(*c)).collect();
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
    // The country's code as many write it, without what says that it is one.
    let without_code = ["86", "086"]
        .into_iter()
        .find_map(|code| figures.strip_prefix(code).filter(|rest| rest.len() == MOBILE));
    domestic(without_code.unwrap_or(figures), false)
}

/// A number in the mainland. With the country's code in front, an area code has no zero.
fn domestic(figures: &str, after_code: bool) -> Option<String> {
    // A zero before a mobile number is for those who call from another city.
    let figures = figures.strip_prefix('0').filter(|rest| is_mobile(rest)).unwrap_or(figures);
    let long = figures.len();
    let service = long == 10 && (figures.starts_with("400") || figures.starts_with("800"));
    let with_area = figures.strip_prefix('0').is_some_and(is_with_area);
    let local = (7..=8).contains(&long) && !figures.starts_with('0');
    match () {
        () if is_mobile(figures) || service || with_area => Some(figures.to_owned()),
        () if local && !after_code => Some(figures.to_owned()),
        () if after_code && is_with_area(figures) => Some(format!("0{figures}")),
        () => None,
    }
}

fn is_mobile(figures: &str) -> bool {
    figures.len() == MOBILE && matches!(figures.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// Whether a number begins with an area code, without its zero: 10 (Beijing) or 2x before eight
/// figures, 3xx to 9xx before seven or eight. No other begins with 1, as mobile numbers do, and
/// none is 86x, which is the country's own.
fn is_with_area(figures: &str) -> bool {
    let long = figures.len();
    match figures.as_bytes() {
        [b'1', b'0', ..] | [b'2', ..] => long == 10,
        [b'3'..=b'9', ..] => (10..=11).contains(&long) && !figures.starts_with("86"),
        _ => false,
    }
}

/// A number of another country or region, by its code.
fn foreign(figures: &str) -> Option<String> {
    // A zero in brackets after the code is for those who call within: +886 (0)912 345 678.
    let taiwan = figures.strip_prefix("8860").map(|rest| format!("886{rest}"));
    let figures = taiwan.as_deref().unwrap_or(figures);
    let fits = match () {
        () if figures.starts_with("852") || figures.starts_with("853") => figures.len() == 11,
        () if figures.starts_with("8860") => false,
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
            ("086-138 1234 5678", "13812345678"),
            ("008613812345678", "13812345678"),
            ("0138 1234 5678", "13812345678"),
            ("+86 10 6552 9988", "01065529988"),
            ("0086 21 6552 9988", "02165529988"),
            ("+86 0371 6552 998", "03716552998"),
            ("+86 400 810 0080", "4008100080"),
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
            ("1381234-5678", "13812345678"),
            ("6552998-3", "6552998-3"),
            ("0371-6552998-3", "03716552998-3"),
            ("0371-6552-9983", "037165529983"),
            ("0371-6552998转3", "03716552998-3"),
            ("+1 415 555 0132 转 12", "+14155550132-12"),
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
            // A figure is missing, or there is one too many.
            "+86 138 1234 567",
            "+86 138 1234 56",
            "+86 138 1234 56789",
            "0086 138 1234 567",
            "0086-138-1234-567",
            "86 138 1234 567",
            "086 138 1234 567",
            "086 138 1234 56",
            "+86 0138 1234 567",
            "0138 1234 567",
            "010 6552 9988 0",
            "+86 10 6552 9988 0",
            "138-1234-567",
            "1381234转567",
            "+86 8765 4321",
            "010 6552 998",
            "021-6552-998",
            "0571 8765 43",
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
        fn what_has_an_extension_is_read_again_as_it_is(
            code in "(0|0[1-9][0-9]{0,2}|\\+[1-9][0-9]{0,2}|\\+86|1[3-9]|400|)",
            number in "[0-9]{5,9}",
            extension in "[0-9]{1,6}",
        ) {
            for typed in [format!("{code}{number}转{extension}"), format!("{code}-{number}-{extension}")] {
                if let Ok(kept) = telephone(&typed) {
                    prop_assert_eq!(telephone(&kept), Ok(kept));
                }
            }
        }

        #[test]
        fn whatever_is_typed_nothing_breaks(typed in ".{0,40}") {
            let _ = telephone(&typed);
        }
    }
}

//! The identity number of eighteen places (公民身份号码): GB 11643-1999.
//!
//! Residence permits of people from Hong Kong (810000), Macau (820000) and Taiwan (830000)
//! have such a number too (国务院令 2018), and so has a foreigner's permanent residence card
//! since 2023, where it begins with a 9.

use jiff::civil::Date;

use super::normalise;
use crate::text;
use crate::text::Text;

const PLACES: usize = 18;
/// Places of an identity number before 1999.
const OLD: usize = 15;
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";
/// Nobody is older, in years.
const OLDEST: i16 = 130;

/// An identity number, checked. `today` is the day at the hall: a child born today has a
/// number that is valid there, while it is still yesterday elsewhere.
///
/// # Errors
/// Why it is not valid, for the person.
pub fn identity_number(typed: &str, today: Date) -> Result<String, Text> {
    let number = normalise(typed).replace('-', "");
    let long = number.chars().count();
    if long == OLD && number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Text::new(
            "15 位的旧号码已停用，请按现在的身份证填写 18 位号码。",
            "Old numbers of 15 digits are no longer in use. Enter the 18 characters of the present card.",
        ));
    }
    if long != PLACES {
        return Err(text!(
            "身份证号码应为 18 位，现为 {long} 位。其他证件请先选证件种类。"
                | "An identity number has 18 characters, not {long}. For another document, choose its kind first."
        ));
    }
    let bytes = number.as_bytes();
    let figures_first = bytes[..bytes.len().min(17)].iter().all(u8::is_ascii_digit);
    let last = bytes[bytes.len() - 1];
    if bytes.len() != PLACES || !figures_first || !(last.is_ascii_digit() || last == b'X') {
        return Err(Text::new(
            "身份证号码前 17 位应为数字，末位为数字或 X。",
            "The first 17 characters of an identity number are digits, the last a digit or X.",
        ));
    }
    let born = number.get(6..14).and_then(|born| Date::strptime("%Y%m%d", born).ok());
    let plausible = |born: &Date| *born <= today && today.year() - born.year() <= OLDEST;
    if bytes[0] == b'0' || !born.as_ref().is_some_and(plausible) {
        return Err(Text::new(
            "身份证号码中的地区或出生日期不对。",
            "The region or the date of birth in the identity number is not valid.",
        ));
    }
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    if CHECKS[(sum % 11) as usize] != last {
        return Err(Text::new(
            "身份证号码校验不符，请逐位核对。",
            "The identity number's check digit does not match. Compare it digit by digit.",
        ));
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2026, 11, 25);
    const SPECIMEN: &str = "11010519491231002X";

    #[test]
    fn a_number_is_read_as_people_type_it() {
        for typed in [
            SPECIMEN,
            " 110105 19491231 002x",
            "１１０１０５１９４９１２３１００２Ｘ",
            "\u{202d}11010519491231002X\u{202c}",
            "110105-19491231-002X",
        ] {
            assert_eq!(identity_number(typed, TODAY).as_deref(), Ok(SPECIMEN), "{typed}");
        }
    }

    #[test]
    fn residents_of_hong_kong_macau_and_taiwan_have_one_too() {
        for number in ["810000199001010019", "830000199001010039"] {
            assert_eq!(identity_number(number, TODAY).as_deref(), Ok(number));
        }
    }

    #[test]
    fn a_number_that_is_not_valid_is_refused_with_the_reason() {
        let why = |typed: &str| identity_number(typed, TODAY).unwrap_err().zh;
        assert!(why("1101051949123100").contains("16 位"));
        assert!(why("110105491231002").contains("停用"));
        assert!(why("11010519491231A02X").contains("数字"));
        assert!(why("11010519491331002X").contains("出生日期"));
        assert!(why("110105202712310025").contains("出生日期"), "not born yet");
        assert!(why("110105194912310021").contains("校验"));
        assert!(why("一二三四五六七八九十一二三四五六七八").contains("数字"));
    }

    #[test]
    fn a_child_born_today_is_born() {
        let number = "110105202611260011";
        assert!(identity_number(number, date(2026, 11, 25)).is_err());
        assert_eq!(identity_number(number, date(2026, 11, 26)).as_deref(), Ok(number));
    }

    proptest! {
        #[test]
        fn one_wrong_place_is_noticed(place in 0_usize..18, by in 1_u8..10) {
            let mut wrong = SPECIMEN.as_bytes().to_vec();
            if place < 17 {
                wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
            } else {
                wrong[place] = b'0' + by;
            }
            prop_assert!(identity_number(std::str::from_utf8(&wrong).unwrap(), TODAY).is_err());
        }

        #[test]
        fn whatever_is_typed_nothing_breaks(typed in ".{0,40}") {
            let _ = identity_number(&typed, TODAY);
        }
    }
}

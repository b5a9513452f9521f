//! Numbers of persons and businesses as people type them: read, checked by their
//! check digits, and masked.
//!
//! Sources: GB 11643-1999 (identity number), GB 32100-2015 (unified social
//! credit code).

use jiff::civil::Date;

use crate::case::ApplicantKind;
use crate::text;
use crate::text::Text;

/// The length of either number.
const PLACES: usize = 18;
/// The characters of a credit code: no I, O, S, V and Z.
const CREDIT: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const CREDIT_WEIGHTS: [usize; 17] =
    [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const IDENTITY_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const IDENTITY_CHECKS: &[u8; 11] = b"10X98765432";
/// The most characters of a name.
const NAME: usize = 60;

/// What was typed, normalised: full-width characters made plain, upper case, no
/// spaces.
pub fn normalise(typed: &str) -> String {
    typed
        .chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        })
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect()
}

/// The number of an applicant of this kind.
///
/// # Errors
/// Why it is not valid, for the person.
pub fn number(kind: ApplicantKind, typed: &str, today: Date) -> Result<String, Text> {
    match kind {
        ApplicantKind::Person => identity_number(typed, today),
        ApplicantKind::Business => credit_code(typed),
    }
}

/// An identity number (居民身份证号码), checked.
///
/// # Errors
/// Why it is not valid, for the person.
pub fn identity_number(typed: &str, today: Date) -> Result<String, Text> {
    let number = normalise(typed);
    let long = number.chars().count();
    if long != PLACES {
        return Err(text!(
            "身份证号码应为 18 位，现为 {long} 位。"
                | "An identity number has 18 characters, not {long}."
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
    let plausible = |born: &Date| *born <= today && today.year() - born.year() <= 130;
    if bytes[0] == b'0' || !born.as_ref().is_some_and(plausible) {
        return Err(Text::new(
            "身份证号码中的地区或出生日期不对。",
            "The region or the date of birth in the identity number is not valid.",
        ));
    }
    let sum: u32 = bytes.iter().zip(IDENTITY_WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    if IDENTITY_CHECKS[(sum % 11) as usize] != last {
        return Err(Text::new(
            "身份证号码校验不符，请逐位核对。",
            "The identity number's check digit does not match. Compare it digit by digit.",
        ));
    }
    Ok(number)
}

/// A unified social credit code (统一社会信用代码), checked.
///
/// # Errors
/// Why it is not valid, for the person.
pub fn credit_code(typed: &str) -> Result<String, Text> {
    let code = normalise(typed);
    let long = code.chars().count();
    if long != PLACES {
        return Err(text!(
            "统一社会信用代码应为 18 位，现为 {long} 位。"
                | "A credit code has 18 characters, not {long}."
        ));
    }
    let value = |c: u8| CREDIT.iter().position(|known| *known == c);
    let values: Option<Vec<usize>> = code.bytes().map(value).collect();
    let Some(values) = values.filter(|values| values.len() == PLACES) else {
        return Err(Text::new(
            "统一社会信用代码只含数字和字母，不含 I、O、S、V、Z。",
            "A credit code has digits and letters except I, O, S, V and Z.",
        ));
    };
    let sum: usize = values.iter().zip(CREDIT_WEIGHTS).map(|(value, weight)| value * weight).sum();
    if values[PLACES - 1] != (31 - sum % 31) % 31 {
        return Err(Text::new(
            "统一社会信用代码校验不符，请逐位核对。",
            "The credit code's check digit does not match. Compare it character by character.",
        ));
    }
    Ok(code)
}

/// A name of a person or business, trimmed.
///
/// # Errors
/// It is empty, too long, or has characters that no name has.
pub fn name(typed: &str) -> Result<String, Text> {
    let name = typed.trim();
    let long = name.chars().count();
    let wrong = |c: char| c.is_control() || "<>{}\\".contains(c);
    if long == 0 || long > NAME || name.chars().any(wrong) {
        return Err(text!(
            "请填写名称，不超过 {NAME} 个字。" | "Enter a name of at most {NAME} characters."
        ));
    }
    Ok(name.to_owned())
}

/// A telephone number: a mobile number of eleven digits, or one with its area code.
///
/// # Errors
/// It is not a telephone number.
pub fn telephone(typed: &str) -> Result<String, Text> {
    let typed = normalise(typed);
    let figures: String = typed.chars().filter(|c| !"-()+".contains(*c)).collect();
    let figures = figures.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&figures);
    let all = figures.bytes().all(|b| b.is_ascii_digit());
    let mobile = figures.len() == 11 && figures.starts_with('1');
    let fixed = figures.starts_with('0') && (10..=12).contains(&figures.len());
    let local = (7..=8).contains(&figures.len());
    if all && (mobile || fixed || local) {
        Ok(figures.to_owned())
    } else {
        Err(Text::new(
            "电话号码不对：应为 11 位手机号，或带区号的座机号。",
            "Check the telephone number: a mobile number has 11 digits; others need their area code.",
        ))
    }
}

/// The last four of a number, asked for together with a case's number.
pub fn last_four(number: &str) -> &str {
    number.char_indices().rev().nth(3).map_or(number, |(at, _)| &number[at..])
}

/// A name masked: `张*`, `欧阳**`; of a business both ends are shown.
pub fn masked_name(kind: ApplicantKind, name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let stars = |count: usize| "*".repeat(count.min(4));
    match (kind, letters.len()) {
        (_, 0) => String::new(),
        (_, 1) => "*".to_owned(),
        (ApplicantKind::Business, long) if long > 6 => {
            let head: String = letters[..2].iter().collect();
            let tail: String = letters[long - 2..].iter().collect();
            format!("{head}{}{tail}", stars(long - 4))
        }
        (_, long) => {
            let double = COMPOUND.iter().any(|known| name.starts_with(known)) && long > 2;
            let shown = if double { 2 } else { 1 };
            format!("{}{}", letters[..shown].iter().collect::<String>(), stars(long - shown))
        }
    }
}

/// The common family names of two characters.
const COMPOUND: [&str; 12] = [
    "欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "端木", "司徒", "夏侯",
];

/// A number masked: `4101**********002X`.
pub fn masked_number(number: &str) -> String {
    masked(number, 4, 4)
}

/// A telephone number masked: `138****5678`.
pub fn masked_telephone(telephone: &str) -> String {
    masked(telephone, 3, 4)
}

fn masked(text: &str, head: usize, tail: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= head + tail {
        return "*".repeat(letters.len());
    }
    let (from, to) = (head, letters.len() - tail);
    let shown = |(at, c): (usize, &char)| if (from..to).contains(&at) { '*' } else { *c };
    letters.iter().enumerate().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2026, 11, 25);
    const SPECIMEN: &str = "11010519491231002X";
    /// Of a company that prints it on each of its bills.
    const CODE: &str = "9144030071526726XG";

    #[test]
    fn a_number_is_read_as_people_type_it() {
        for typed in [SPECIMEN, " 110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ"]
        {
            assert_eq!(identity_number(typed, TODAY).as_deref(), Ok(SPECIMEN), "{typed}");
        }
        assert_eq!(credit_code("9144 0300 7152 6726xg").as_deref(), Ok(CODE));
    }

    #[test]
    fn a_number_that_is_not_valid_is_refused_with_the_reason() {
        let why = |typed: &str| identity_number(typed, TODAY).unwrap_err().zh;
        assert!(why("1101051949123100").contains("16 位"));
        assert!(why("11010519491231A02X").contains("数字"));
        assert!(why("11010519491331002X").contains("出生日期"));
        assert!(why("110105202712310025").contains("出生日期"), "not born yet");
        assert!(why("110105194912310021").contains("校验"));
        assert!(why("一二三四五六七八九十一二三四五六七八").contains("数字"));
        assert!(credit_code("9144030071526726XI").unwrap_err().zh.contains("不含"));
        assert!(credit_code("9144030071526726XY").unwrap_err().zh.contains("校验"));
        assert!(name("  ").is_err() && name("<b>").is_err());
        assert_eq!(name(" 张 伟 ").as_deref(), Ok("张 伟"));
    }

    #[test]
    fn telephones_are_taken_as_they_are_written() {
        for (typed, kept) in [
            ("138 1234 5678", "13812345678"),
            ("+86 13812345678", "13812345678"),
            ("0571-87654321", "057187654321"),
            ("12345678", "12345678"),
        ] {
            assert_eq!(telephone(typed).as_deref(), Ok(kept), "{typed}");
        }
        for typed in ["", "12", "2381234567890", "1381234567a"] {
            assert!(telephone(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn masks_show_the_ends_alone() {
        let person = |name| masked_name(ApplicantKind::Person, name);
        assert_eq!(
            (person("张伟"), person("欧阳修"), person("张")),
            ("张*".into(), "欧阳*".into(), "*".into())
        );
        assert_eq!(masked_name(ApplicantKind::Business, "青禾区小满咖啡馆"), "青禾****啡馆");
        assert_eq!(masked_number(SPECIMEN), "1101**********002X");
        assert_eq!(masked_telephone("13812345678"), "138****5678");
        assert_eq!(last_four(SPECIMEN), "002X");
    }

    proptest! {
        #[test]
        fn one_wrong_place_is_noticed(place in 0_usize..18, by in 1_u8..10, letter in 1_usize..31) {
            let mut wrong = SPECIMEN.as_bytes().to_vec();
            if place < 17 {
                wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
            } else {
                wrong[place] = b'0' + by;
            }
            prop_assert!(identity_number(std::str::from_utf8(&wrong).unwrap(), TODAY).is_err());
            let mut wrong = CODE.as_bytes().to_vec();
            let at = CREDIT.iter().position(|known| *known == wrong[place]).unwrap();
            wrong[place] = CREDIT[(at + letter) % 31];
            prop_assert!(credit_code(std::str::from_utf8(&wrong).unwrap()).is_err());
        }

        #[test]
        fn whatever_is_typed_nothing_breaks(typed in ".{0,40}") {
            let _ = identity_number(&typed, TODAY);
            let _ = credit_code(&typed);
            let _ = telephone(&typed);
            let shown = masked_name(ApplicantKind::Person, &typed);
            prop_assert!(typed.chars().count() < 3 || shown.contains('*'));
        }
    }
}

//! The unified social credit code (统一社会信用代码) of a business: GB 32100-2015.

use super::normalise;
use crate::text;
use crate::text::Text;

const PLACES: usize = 18;
/// The characters of a credit code: no I, O, S, V and Z.
const CHARACTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// Places of the numbers that businesses had before 2015.
const OLD: [usize; 2] = [13, 15];

/// A unified social credit code, checked.
///
/// # Errors
/// Why it is not valid, for the person.
pub fn credit_code(typed: &str) -> Result<String, Text> {
    // Some print it in groups.
    let code = normalise(typed).replace('-', "");
    let long = code.chars().count();
    if OLD.contains(&long) && code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(text!(
            "{long} 位的旧注册号已停用。请出示新版营业执照，填写 18 位统一社会信用代码。"
                | "Old registration numbers of {long} digits are no longer in use. Bring the new licence and enter its credit code of 18 characters."
        ));
    }
    if long != PLACES {
        return Err(text!(
            "统一社会信用代码应为 18 位，现为 {long} 位。"
                | "A credit code has 18 characters, not {long}."
        ));
    }
    let value = |c: u8| CHARACTERS.iter().position(|known| *known == c);
    let values: Option<Vec<usize>> = code.bytes().map(value).collect();
    let Some(values) = values.filter(|values| values.len() == PLACES) else {
        return Err(Text::new(
            "统一社会信用代码只含数字和字母，不含 I、O、S、V、Z。",
            "A credit code has digits and letters except I, O, S, V and Z.",
        ));
    };
    let sum: usize = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    if values[PLACES - 1] != (31 - sum % 31) % 31 {
        return Err(Text::new(
            "统一社会信用代码校验不符，请逐位核对。",
            "The credit code's check digit does not match. Compare it character by character.",
        ));
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Of a company that prints it on each of its bills.
    const CODE: &str = "9144030071526726XG";

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in
            ["9144 0300 7152 6726xg", "91-440300-71526726X-G", "\u{202d}9144030071526726XG"]
        {
            assert_eq!(credit_code(typed).as_deref(), Ok(CODE), "{typed}");
        }
    }

    #[test]
    fn a_code_that_is_not_valid_is_refused_with_the_reason() {
        let why = |typed: &str| credit_code(typed).unwrap_err().zh;
        assert!(why("9144030071526726XI").contains("不含"));
        assert!(why("9144030071526726XY").contains("校验"));
        assert!(why("110105600123456").contains("新版营业执照"), "of before 2015");
        assert!(why("9144030071526726").contains("16 位"));
    }

    proptest! {
        #[test]
        fn one_wrong_place_is_noticed(place in 0_usize..18, letter in 1_usize..31) {
            let mut wrong = CODE.as_bytes().to_vec();
            let at = CHARACTERS.iter().position(|known| *known == wrong[place]).unwrap();
            wrong[place] = CHARACTERS[(at + letter) % 31];
            prop_assert!(credit_code(std::str::from_utf8(&wrong).unwrap()).is_err());
        }

        #[test]
        fn whatever_is_typed_nothing_breaks(typed in ".{0,40}") {
            let _ = credit_code(&typed);
        }
    }
}

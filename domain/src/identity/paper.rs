//! The papers by which a person is known, and the rules of their numbers.
//!
//! Sources: GB 11643-1999 (identity card and residence permits), GA/T 1012 and the notes on
//! the travel permits of the National Immigration Administration, ICAO Doc 9303 (passports).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use super::{identity_number, normalise};
use crate::text::Text;

/// The kind of a person's identity paper.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Default,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum IdentityPaper {
    /// 居民身份证, and the others with a number of eighteen places: residence permits of
    /// people from Hong Kong, Macau and Taiwan, and permanent residence cards since 2023.
    #[default]
    IdentityCard,
    /// 外国人永久居留身份证: of the older kind three letters and twelve figures.
    PermanentResidence,
    /// 护照, of any state.
    Passport,
    /// 港澳居民来往内地通行证 (回乡证): H or M and eight figures, and perhaps two more for the
    /// number of its issue.
    HongKongMacauPermit,
    /// 台湾居民来往大陆通行证 (台胞证): eight figures; older ones have ten and a letter.
    TaiwanPermit,
    /// 军人证件: 军字第…号, 士字第…号.
    Military,
    /// 其他证件, such as a birth certificate.
    Other,
}

impl IdentityPaper {
    /// All, the most common first.
    pub const ALL: [Self; 7] = [
        Self::IdentityCard,
        Self::PermanentResidence,
        Self::Passport,
        Self::HongKongMacauPermit,
        Self::TaiwanPermit,
        Self::Military,
        Self::Other,
    ];

    /// Its name on a screen.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::IdentityCard => {
                ("居民身份证（含港澳台居民居住证）", "Identity card or residence permit")
            }
            Self::PermanentResidence => ("外国人永久居留身份证", "Permanent residence card"),
            Self::Passport => ("护照", "Passport"),
            Self::HongKongMacauPermit => {
                ("港澳居民来往内地通行证", "Hong Kong/Macau travel permit")
            }
            Self::TaiwanPermit => ("台湾居民来往大陆通行证", "Taiwan travel permit"),
            Self::Military => ("军人证件", "Military ID"),
            Self::Other => ("其他证件", "Other document"),
        };
        Text::new(zh, en)
    }

    /// The paper that has such a number. What could be of several is taken for an identity
    /// card: a number of eight figures is more often one cut short than a travel permit, which
    /// has to be named.
    pub fn recognise(typed: &str) -> Self {
        let number = normalise(typed);
        if number.chars().count() == 18 {
            return Self::IdentityCard;
        }
        let letters_first = number.starts_with(|c: char| c.is_ascii_uppercase());
        let figures = number.bytes().filter(u8::is_ascii_digit).count();
        let by_shape = [Self::PermanentResidence, Self::HongKongMacauPermit, Self::Military];
        let has_shape = |paper: &Self| paper.tidied(&number).is_some();
        match by_shape.into_iter().find(has_shape) {
            Some(paper) => paper,
            None if letters_first && figures >= 5 && has_shape(&Self::Passport) => Self::Passport,
            None if number.ends_with(')') && has_shape(&Self::TaiwanPermit) => Self::TaiwanPermit,
            None => Self::IdentityCard,
        }
    }

    /// A number of such a paper, checked.
    ///
    /// # Errors
    /// Why it is not valid, for the person.
    pub fn number(self, typed: &str, today: Date) -> Result<String, Text> {
        let number = normalise(typed);
        let eighteen = number.chars().count() == 18;
        if self == Self::IdentityCard || self == Self::PermanentResidence && eighteen {
            return identity_number(typed, today);
        }
        self.tidied(&number).ok_or_else(|| {
            let (zh, en) = match self {
                Self::PermanentResidence => (
                    "永久居留身份证号码为 18 位，旧版为 3 个字母加 12 位数字。",
                    "A permanent residence card's number has 18 characters; of the older kind 3 letters and 12 digits.",
                ),
                Self::Passport => (
                    "护照号码为 5 至 17 位字母和数字，请按护照资料页填写。",
                    "A passport number has 5 to 17 letters and digits. Copy it from the data page.",
                ),
                Self::HongKongMacauPermit => (
                    "通行证号码为 H 或 M 加 8 位数字（或再加 2 位换证次数）。",
                    "The permit's number is H or M with 8 digits, or with 2 more for its issue.",
                ),
                Self::TaiwanPermit => (
                    "通行证号码为 8 位数字，旧版为 10 位数字加括号中的字母。",
                    "The permit's number has 8 digits; of the older kind 10 and a letter in brackets.",
                ),
                Self::Military => (
                    "请按证件填写，如：军字第1234567号。",
                    "Copy it from the document, such as 军字第1234567号.",
                ),
                Self::IdentityCard | Self::Other => (
                    "证件号码为 3 至 40 个字母、数字或汉字。",
                    "The number has 3 to 40 letters, digits or Chinese characters.",
                ),
            };
            Text::new(zh, en)
        })
    }

    /// A normalised number in the form it is kept, if it has the shape of this paper's.
    fn tidied(self, number: &str) -> Option<String> {
        let bare: String = number.chars().filter(|c| !"-.·".contains(*c)).collect();
        let shape = |letters: usize, figures: usize| {
            bare.len() == letters + figures
                && bare.bytes().take(letters).all(|b| b.is_ascii_uppercase())
                && bare.bytes().skip(letters).all(|b| b.is_ascii_digit())
        };
        let fits = match self {
            Self::IdentityCard => return None,
            Self::PermanentResidence => shape(3, 12),
            Self::Passport => {
                (5..=17).contains(&bare.len())
                    && bare.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
                    && bare.bytes().any(|b| b.is_ascii_digit())
            }
            Self::HongKongMacauPermit => {
                // The number of its issue may be in brackets: H12345678(02).
                let bare: String = bare.chars().filter(|c| !"()".contains(*c)).collect();
                let figures = bare.len().saturating_sub(1);
                let fits = bare.starts_with(['H', 'M'])
                    && [8, 10].contains(&figures)
                    && bare.bytes().skip(1).all(|b| b.is_ascii_digit());
                return fits.then_some(bare);
            }
            Self::TaiwanPermit => {
                let (figures, letter) = match bare.split_once('(') {
                    Some((figures, letter)) => (figures, letter.strip_suffix(')')?),
                    None => (&bare[..], ""),
                };
                figures.bytes().all(|b| b.is_ascii_digit())
                    && match letter {
                        "" => [8, 10].contains(&figures.len()),
                        letter => {
                            figures.len() == 10
                                && letter.len() <= 2
                                && letter.bytes().all(|b| b.is_ascii_alphanumeric())
                        }
                    }
            }
            Self::Military => {
                let (corps, rest) = bare.split_once("字第")?;
                let number = rest.strip_suffix('号').unwrap_or(rest);
                let fits = (1..=4).contains(&corps.chars().count())
                    && (4..=10).contains(&number.len())
                    && number.bytes().all(|b| b.is_ascii_alphanumeric());
                return fits.then(|| format!("{corps}字第{number}号"));
            }
            Self::Other => {
                let long = number.chars().count();
                let known = |c: char| c.is_alphanumeric() || "-()/·.".contains(c);
                let fits = (3..=40).contains(&long) && number.chars().all(known);
                return fits.then(|| number.to_owned());
            }
        };
        fits.then_some(bare)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2026, 11, 26);

    #[test]
    fn each_paper_takes_its_numbers_as_they_are_written() {
        use IdentityPaper::*;
        for (paper, typed, kept) in [
            (IdentityCard, "830000199001010039", "830000199001010039"),
            (PermanentResidence, "usa 110090010123", "USA110090010123"),
            (Passport, "E12345678", "E12345678"),
            (Passport, " e-1234 5678", "E12345678"),
            (Passport, "123456789", "123456789"),
            (Passport, "C01X00T47", "C01X00T47"),
            (HongKongMacauPermit, "H12345678", "H12345678"),
            (HongKongMacauPermit, "m12345678（02）", "M1234567802"),
            (TaiwanPermit, "12345678", "12345678"),
            (TaiwanPermit, "0123456789(b)", "0123456789(B)"),
            (Military, "军字第1234567号", "军字第1234567号"),
            (Military, "士字第 P011816", "士字第P011816号"),
            (Other, "出生证 A-330012345", "出生证A-330012345"),
        ] {
            assert_eq!(paper.number(typed, TODAY).as_deref(), Ok(kept), "{paper:?} {typed}");
        }
    }

    #[test]
    fn what_is_no_number_of_a_paper_is_refused_with_its_rule() {
        use IdentityPaper::*;
        for (paper, typed, why) in [
            (PermanentResidence, "US110090010123", "3 个字母"),
            (PermanentResidence, "910000199001010010", "校验"),
            (Passport, "E123", "5 至 17"),
            (Passport, "张三的护照", "5 至 17"),
            (HongKongMacauPermit, "K12345678", "H 或 M"),
            (TaiwanPermit, "1234567", "8 位"),
            (Military, "1234567", "军字第"),
            (Other, "#", "3 至 40"),
        ] {
            let refused = paper.number(typed, TODAY).unwrap_err();
            assert!(refused.zh.contains(why), "{paper:?} {typed}: {}", refused.zh);
        }
    }

    #[test]
    fn a_paper_is_recognised_by_a_number_that_no_other_has() {
        use IdentityPaper::*;
        for (typed, paper) in [
            ("11010519491231002X", IdentityCard),
            ("1101051949123100", IdentityCard),
            ("12345678", IdentityCard),
            ("USA110090010123", PermanentResidence),
            ("E12345678", Passport),
            ("ej1234567", Passport),
            ("C01X00T47", Passport),
            ("H12345678", HongKongMacauPermit),
            ("M1234567", Passport),
            ("0123456789(B)", TaiwanPermit),
            ("军字第1234567号", Military),
            ("张三", IdentityCard),
        ] {
            assert_eq!(IdentityPaper::recognise(typed), paper, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_nothing_breaks(typed in ".{0,40}") {
            for paper in IdentityPaper::ALL {
                if let Ok(kept) = paper.number(&typed, TODAY) {
                    // What is kept is taken again as it is.
                    prop_assert_eq!(paper.number(&kept, TODAY), Ok(kept));
                }
            }
        }
    }
}

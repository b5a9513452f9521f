//! The papers by which a person is known, and the rules of their numbers.
//!
//! Sources: GB 11643-1999 (numbers of eighteen places), 国办发〔2018〕81号 (residence permits of
//! people from Hong Kong, Macau and Taiwan), GA/T 1012 and the notes on the travel permits and
//! the permanent residence card of the National Immigration Administration, ICAO Doc 9303
//! (passports).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use super::masked_ends::{masked, masked_number};
use super::{identity_number, normalise};
use crate::text::Text;

/// Places of a number by GB 11643.
const PLACES: usize = 18;

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
    /// 居民身份证.
    #[default]
    IdentityCard,
    /// 港澳居民居住证: eighteen places that begin with 81 (Hong Kong) or 82 (Macau).
    HongKongMacauResidence,
    /// 台湾居民居住证: eighteen places that begin with 83.
    TaiwanResidence,
    /// 外国人永久居留身份证: since 2023 eighteen places that begin with a 9; of the older design
    /// three letters and twelve figures.
    PermanentResidence,
    /// 护照, of any state.
    Passport,
    /// 港澳居民来往内地通行证 (回乡证): H or M and eight figures, and perhaps two more for the
    /// number of its issue.
    HongKongMacauPermit,
    /// 台湾居民来往大陆通行证 (台胞证): eight figures; older ones have ten and a letter.
    TaiwanPermit,
    /// 军人证件, such as 军官证 (军字第…号), 士兵证 (士字第…号) and 文职干部证 (文字第…号).
    Military,
    /// 其他证件, such as a birth certificate.
    Other,
}

impl IdentityPaper {
    /// All, the most common first.
    pub const ALL: [Self; 9] = [
        Self::IdentityCard,
        Self::HongKongMacauResidence,
        Self::TaiwanResidence,
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
            Self::IdentityCard => ("居民身份证", "Identity card"),
            Self::HongKongMacauResidence => ("港澳居民居住证", "Hong Kong/Macau residence permit"),
            Self::TaiwanResidence => ("台湾居民居住证", "Taiwan residence permit"),
            Self::PermanentResidence => ("外国人永久居留身份证", "Permanent residence card"),
            Self::Passport => ("护照", "Passport"),
            Self::HongKongMacauPermit => {
                ("港澳居民来往内地通行证（回乡证）", "Hong Kong/Macau travel permit")
            }
            Self::TaiwanPermit => ("台湾居民来往大陆通行证（台胞证）", "Taiwan travel permit"),
            Self::Military => ("军官证、士兵证等军人证件", "Military ID"),
            Self::Other => ("其他证件", "Other document"),
        };
        Text::new(zh, en)
    }

    /// Whether its numbers have eighteen places. So have the newer permanent residence cards,
    /// but the older are in use too.
    pub const fn has_eighteen_places(self) -> bool {
        matches!(self, Self::IdentityCard | Self::HongKongMacauResidence | Self::TaiwanResidence)
    }

    /// The paper of a number of eighteen places: no number is of two.
    fn of_eighteen(number: &str) -> Self {
        match number.as_bytes() {
            [b'8', b'1' | b'2', ..] => Self::HongKongMacauResidence,
            [b'8', b'3', ..] => Self::TaiwanResidence,
            [b'9', ..] => Self::PermanentResidence,
            _ => Self::IdentityCard,
        }
    }

    /// The paper that a valid number is of, where this one was named. Many say "identity card"
    /// for each of those with eighteen places, and their readers call them so.
    #[must_use]
    pub fn by_number(self, number: &str) -> Self {
        let is_eighteen = self == Self::IdentityCard && number.len() == PLACES;
        if is_eighteen { Self::of_eighteen(number) } else { self }
    }

    /// The paper that has such a number. What could be of several is taken for an identity
    /// card: a number of eight figures is more often one cut short than a travel permit, which
    /// has to be named.
    pub fn recognise(typed: &str) -> Self {
        let number = normalise(typed);
        if number.chars().count() == PLACES {
            return Self::of_eighteen(&number);
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
        let eighteen = number.replace('-', "").chars().count() == PLACES;
        if self.has_eighteen_places() || self == Self::PermanentResidence && eighteen {
            let number = identity_number(typed, today)?;
            let fits = self == Self::IdentityCard || self == Self::of_eighteen(&number);
            return if fits { Ok(number) } else { Err(self.other_beginning()) };
        }
        self.tidied(&number).ok_or_else(|| {
            let (zh, en) = match self {
                Self::PermanentResidence => (
                    "永久居留身份证号码为 9 开头的 18 位，旧版为 3 个字母加 12 位数字。",
                    "A permanent residence card's number has 18 characters and begins with 9; of the older kind 3 letters and 12 digits.",
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
                    "请按证件填写，如：军字第1234567号、士字第1234567号。",
                    "Copy it from the document, such as 军字第1234567号.",
                ),
                Self::IdentityCard
                | Self::HongKongMacauResidence
                | Self::TaiwanResidence
                | Self::Other => (
                    "证件号码为 3 至 40 个字母、数字或汉字。",
                    "The number has 3 to 40 letters, digits or Chinese characters.",
                ),
            };
            Text::new(zh, en)
        })
    }

    /// Its number is one, but of another paper.
    fn other_beginning(self) -> Text {
        let (zh, en) = match self {
            Self::HongKongMacauResidence => (
                "港澳居民居住证号码以 81 或 82 开头，请核对证件种类。",
                "A Hong Kong or Macau residence permit's number begins with 81 or 82. Check the kind of document.",
            ),
            Self::TaiwanResidence => (
                "台湾居民居住证号码以 83 开头，请核对证件种类。",
                "A Taiwan residence permit's number begins with 83. Check the kind of document.",
            ),
            _ => (
                "永久居留身份证的 18 位号码以 9 开头，请核对证件种类。",
                "A permanent residence card's number of 18 characters begins with 9. Check the kind of document.",
            ),
        };
        Text::new(zh, en)
    }

    /// A number masked: what all such papers have in common may be read, and of what is the
    /// person's own no more than a quarter at either end.
    pub fn masked(self, number: &str) -> String {
        match self {
            Self::Military => {
                let parts = number.split_once("字第");
                let parts = parts.and_then(|(corps, rest)| Some((corps, rest.strip_suffix('号')?)));
                match parts {
                    Some((corps, own)) => format!("{corps}字第{}号", masked_number(own)),
                    None => masked_number(number),
                }
            }
            // The letter says where it was issued.
            Self::TaiwanPermit => match number.split_once('(') {
                Some((own, issued)) => format!("{}({issued}", masked_number(own)),
                None => masked_number(number),
            },
            // The state; what follows is mostly the birthday.
            Self::PermanentResidence if number.len() < PLACES => masked(number, 3, 3),
            _ => masked_number(number),
        }
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
            Self::IdentityCard | Self::HongKongMacauResidence | Self::TaiwanResidence => {
                return None;
            }
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
                let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
                let fits = (1..=4).contains(&corps.chars().count())
                    && corps.chars().all(is_han)
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
            (IdentityCard, "110105 19491231 002x", "11010519491231002X"),
            (IdentityCard, "830000199001010039", "830000199001010039"),
            (HongKongMacauResidence, "810000199001010019", "810000199001010019"),
            (HongKongMacauResidence, "820000 19900101 0010", "820000199001010010"),
            (TaiwanResidence, "830000-19900101-0039", "830000199001010039"),
            (PermanentResidence, "911124198108030024", "911124198108030024"),
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
            (Military, "文字第20210045号", "文字第20210045号"),
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
            (PermanentResidence, "11010519491231002X", "9 开头"),
            (HongKongMacauResidence, "11010519491231002X", "81 或 82"),
            (HongKongMacauResidence, "830000199001010039", "81 或 82"),
            (HongKongMacauResidence, "H12345678", "18 位"),
            (TaiwanResidence, "810000199001010019", "83 开头"),
            (TaiwanResidence, "83000019900101003", "17 位"),
            (Passport, "E123", "5 至 17"),
            (Passport, "张三的护照", "5 至 17"),
            (HongKongMacauPermit, "K12345678", "H 或 M"),
            (TaiwanPermit, "1234567", "8 位"),
            (Military, "1234567", "军字第"),
            (Military, "A1字第1234567号", "军字第"),
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
            ("810000199001010019", HongKongMacauResidence),
            ("820000199001010010", HongKongMacauResidence),
            ("830000199001010039", TaiwanResidence),
            ("911124198108030024", PermanentResidence),
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

    #[test]
    fn what_is_called_an_identity_card_is_known_by_its_number() {
        use IdentityPaper::*;
        for (number, paper) in [
            ("11010519491231002X", IdentityCard),
            ("810000199001010019", HongKongMacauResidence),
            ("830000199001010039", TaiwanResidence),
            ("911124198108030024", PermanentResidence),
        ] {
            assert_eq!(IdentityCard.by_number(number), paper);
        }
        assert_eq!(Passport.by_number("911124198108030024"), Passport);
    }

    #[test]
    fn each_paper_has_its_mask() {
        use IdentityPaper::*;
        for (paper, number, shown) in [
            (IdentityCard, "11010519491231002X", "1101**********002X"),
            (HongKongMacauResidence, "810000199001010019", "8100**********0019"),
            (TaiwanResidence, "830000199001010039", "8300**********0039"),
            (PermanentResidence, "911124198108030024", "9111**********0024"),
            (PermanentResidence, "USA110090010123", "USA*********123"),
            (Passport, "E12345678", "E1*****78"),
            (HongKongMacauPermit, "H12345678", "H1*****78"),
            (TaiwanPermit, "12345678", "12****78"),
            (TaiwanPermit, "0123456789(B)", "01******89(B)"),
            (Military, "军字第1234567号", "军字第1*****7号"),
            (Military, "士字第P011816号", "士字第P*****6号"),
            (Other, "出生证A-330012345", "出生证********345"),
        ] {
            assert_eq!(paper.masked(number), shown, "{paper:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_nothing_breaks(typed in ".{0,40}") {
            for paper in IdentityPaper::ALL {
                if let Ok(kept) = paper.number(&typed, TODAY) {
                    // What is kept is taken again as it is, and never shown whole.
                    prop_assert!(paper.masked(&kept).contains('*'), "{kept}");
                    prop_assert_eq!(paper.number(&kept, TODAY), Ok(kept));
                }
            }
        }
    }
}

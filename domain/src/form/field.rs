//! A field of a form, as the hall file describes it.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use super::bound::DateBound;
use super::condition::Condition;
use crate::ids::FieldId;
use crate::text::Text;

/// What a field asks for.
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
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    #[default]
    Text,
    /// Several lines.
    LongText,
    Number,
    /// Yuan, with two decimals.
    Money,
    Date,
    /// One of [`Field::choices`].
    Choice,
    /// Several of [`Field::choices`].
    Several,
    /// Parts `region` (province to district) and `detail`.
    Address,
    /// Parts `name`, `paper` and `number`.
    Person,
    /// Parts `name` and `code`, the unified social credit code.
    Business,
    Telephone,
    YesNo,
    /// Rows with [`Field::columns`].
    Table,
    /// What only the applicant can agree to; [`Field::statement`] is what they agree to.
    Consent,
}

impl FieldKind {
    /// All, in the order in which they are offered.
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

    /// The parts of its value, and whether each must be there.
    pub const fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Address => &["region", "detail"],
            Self::Person => &["name", "paper", "number"],
            Self::Business => &["name", "code"],
            _ => &[],
        }
    }

    /// Whether it may be a column of a table.
    pub const fn fits_a_column(self) -> bool {
        !matches!(self, Self::Table | Self::Consent | Self::Several | Self::LongText)
    }

    /// Whether what is written in it says who somebody is.
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::Person | Self::Telephone | Self::Address)
    }

    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Text => ("文字", "Text"),
            Self::LongText => ("长文字", "Long text"),
            Self::Number => ("数字", "Number"),
            Self::Money => ("金额", "Amount of money"),
            Self::Date => ("日期", "Date"),
            Self::Choice => ("单选", "Choice"),
            Self::Several => ("多选", "Several choices"),
            Self::Address => ("地址", "Address"),
            Self::Person => ("个人", "Person"),
            Self::Business => ("企业", "Business"),
            Self::Telephone => ("电话", "Telephone"),
            Self::YesNo => ("是或否", "Yes or no"),
            Self::Table => ("表格", "Table"),
            Self::Consent => ("同意事项", "Consent"),
        };
        Text::new(zh, en)
    }
}

/// A field of a form, or a column of a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Unique in its form. Within a bundle it says what is asked: fields of two matters with
    /// one id are asked once.
    pub id: FieldId,
    pub label: Text,
    #[serde(default)]
    pub kind: FieldKind,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// What helps to answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// An answer as it may look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Text>,
    /// The least number or amount, choices or rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<f64>,
    /// The largest number or amount, the most choices or rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<f64>,
    /// Digits after the point of a number.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub decimals: u8,
    /// The unit of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// The least characters of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortest: Option<u16>,
    /// The most characters of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest: Option<u16>,
    #[serde(default, skip_serializing_if = "TextFormat::is_any")]
    pub format: TextFormat,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<DateBound>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<DateBound>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Field>,
    /// What is agreed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Text>,
    /// Asked only where one of these holds; always, where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown_when: Vec<Condition>,
    /// Where its value may come from, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<Source>,
}

// Serde calls it with a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_zero(decimals: &u8) -> bool {
    *decimals == 0
}

/// The most characters of a text where the field does not say.
const TEXT: u16 = 100;
const LONG_TEXT: u16 = 1000;
/// The most rows of a table where the field does not say.
const ROWS: usize = 50;

impl Field {
    /// The most characters that may be written in it.
    pub fn most_characters(&self) -> usize {
        let usual = if self.kind == FieldKind::LongText { LONG_TEXT } else { TEXT };
        usize::from(self.longest.unwrap_or(usual))
    }

    /// The most rows that it takes.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounds of a file")]
    pub fn most_rows(&self) -> usize {
        self.most.map_or(ROWS, |most| most as usize)
    }
}

/// The form that a text must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextFormat {
    #[default]
    Any,
    Email,
    /// Six figures.
    Postcode,
    /// The unified social credit code of a business.
    CreditCode,
}

impl TextFormat {
    // Serde calls it with a reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    fn is_any(&self) -> bool {
        *self == Self::Any
    }
}

/// One of the answers to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Unique in its field.
    pub id: String,
    pub name: Text,
}

/// Where a value may come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// The same field in the applicant's last application.
    Earlier,
    /// Another field of the form.
    Field(FieldId),
    /// The applicant as far as a clerk knows them.
    Applicant(ApplicantPart),
    /// A document that the hall issued to the applicant.
    Licence {
        /// As [`crate::setup::Matter::produces`] names it.
        document: String,
        part: LicencePart,
    },
}

/// What is known of an applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantPart {
    /// Name, and the number of their paper: for a field of a person or business.
    Whole,
    Name,
    Telephone,
}

/// What is known of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicencePart {
    Number,
    IssuedOn,
}

//! What a form asks: the fields of a group, and those of each kind of a form's field.

use jiban_domain::form::FieldKind as Kind;

use super::recurring_fields::id;
use super::{Field, FieldKind, NestedList};
use crate::admin::words::Bilingual;

/// The largest number that a bound may be.
const MOST: f64 = 1e12;

/// A group, besides its fields.
pub const GROUP: &[Field] = &[
    Field::new("/name", FieldKind::Bilingual, "组名", "Title of the group"),
    Field::new(
        "/help",
        FieldKind::OptionalBilingual,
        "填写前要知道的",
        "To know before filling in",
    ),
];

/// What every field has.
pub const EVERY: &[Field] = &[
    Field::new("/label", FieldKind::Bilingual, "问什么", "Label"),
    Field::new("/help", FieldKind::OptionalBilingual, "提示", "Help"),
];

/// What every field has, and is rarely changed.
pub const RARE: &[Field] = &[id()];

const EXAMPLE: Field = Field::new("/example", FieldKind::OptionalBilingual, "举例", "Example");

const CHOICE: NestedList = NestedList {
    singular: Bilingual("选项", "choice"),
    fields: &[Field::new("/name", FieldKind::Bilingual, "选项", "Choice")],
    advanced: &[id()],
    template: r#"{"id":"","name":{"zh":"","en":""}}"#,
};

pub const CHOICES: Field = Field::new("/choices", FieldKind::List(&CHOICE), "选项", "Choices");

const fn amount(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, FieldKind::OptionalNumber { min: -MOST, max: MOST }, zh, en)
        .hint("不填则不限", "Empty: no bound")
}

const fn count(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, FieldKind::OptionalInteger { min: 0.0, max: 200.0 }, zh, en)
        .hint("不填则不限", "Empty: no bound")
}

const fn characters(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, FieldKind::OptionalInteger { min: 1.0, max: 4000.0 }, zh, en)
}

const SHORTEST: Field = characters("/shortest", "最少几个字", "Least characters");
const LONGEST: Field = characters("/longest", "最多几个字", "Most characters");

const TEXT: &[Field] = &[
    Field::new(
        "/format",
        FieldKind::OneOf(&[
            ("any", Bilingual("不限", "any text")),
            ("email", Bilingual("电子邮箱", "e-mail address")),
            ("postcode", Bilingual("邮政编码", "postcode")),
            ("credit_code", Bilingual("统一社会信用代码", "credit code")),
        ]),
        "格式",
        "Format",
    ),
    SHORTEST,
    LONGEST.hint("不填为 100", "Empty: 100"),
    EXAMPLE,
];

const LONG_TEXT: &[Field] = &[SHORTEST, LONGEST.hint("不填为 1000", "Empty: 1000"), EXAMPLE];

const NUMBER: &[Field] = &[
    amount("/least", "不小于", "At least"),
    amount("/most", "不大于", "At most"),
    Field::new(
        "/decimals",
        FieldKind::Integer { min: 0.0, max: 6.0 },
        "小数位数",
        "Digits after the point",
    ),
    Field::new("/unit", FieldKind::OptionalBilingual, "单位", "Unit"),
    EXAMPLE,
];

const MONEY: &[Field] = &[
    amount("/least", "不少于（元）", "At least (yuan)"),
    amount("/most", "不多于（元）", "At most (yuan)"),
    EXAMPLE,
];

const DATE: &[Field] = &[
    Field::new("/earliest", FieldKind::DateBound, "不早于", "Not before"),
    Field::new("/latest", FieldKind::DateBound, "不晚于", "Not after"),
];

const SEVERAL: &[Field] = &[
    CHOICES,
    count("/least", "至少选几项", "Least choices"),
    count("/most", "最多选几项", "Most choices"),
];

const TABLE: &[Field] = &[
    Field::new("/columns", FieldKind::Columns, "列", "Columns"),
    count("/least", "至少几行", "Least rows"),
    count("/most", "最多几行", "Most rows").hint("不填为 50", "Empty: 50"),
];

const CONSENT: &[Field] = &[Field::new(
    "/statement",
    FieldKind::Bilingual,
    "同意的内容（全文）",
    "What is agreed to (all of it)",
)];

/// What fields of a kind have besides.
pub const fn of_kind(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Text => TEXT,
        Kind::LongText => LONG_TEXT,
        Kind::Number => NUMBER,
        Kind::Money => MONEY,
        Kind::Date => DATE,
        Kind::Choice => &[CHOICES],
        Kind::Several => SEVERAL,
        Kind::Table => TABLE,
        Kind::Consent => CONSENT,
        Kind::Telephone | Kind::Address | Kind::Person | Kind::Business => &[EXAMPLE],
        Kind::YesNo => &[],
    }
}

/// When a field is asked, and where its value may come from. A column has neither.
pub const ASKED: &[Field] = &[
    Field::new("/shown_when", FieldKind::Conditions, "什么时候问", "When it is asked"),
    Field::new("/from", FieldKind::Sources, "自动带出", "Filled in from"),
];

/// All fields of a form, for the names of their places.
pub fn all() -> impl Iterator<Item = &'static Field> {
    let of_kinds = Kind::ALL.iter().flat_map(|kind| of_kind(*kind));
    GROUP.iter().chain(EVERY).chain(RARE).chain(ASKED).chain(of_kinds)
}

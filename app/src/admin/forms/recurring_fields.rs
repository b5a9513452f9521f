//! Fields that several lists have in common.

use super::{Field, FieldKind};

pub const fn heading(zh: &'static str, en: &'static str) -> Field {
    Field::new("", FieldKind::Heading, zh, en)
}

pub const fn id() -> Field {
    Field::new("/id", FieldKind::Text, "编号", "Id")
        .hint("英文字母、数字、- 和 _，最多 40 位", "Letters A–Z, digits, - and _; at most 40")
}

pub const fn name() -> Field {
    Field::new("/name", FieldKind::Bilingual, "名称", "Name")
}

pub const fn days(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, FieldKind::Integer { min: 0.0, max: 3650.0 }, zh, en)
}

pub const fn telephone() -> Field {
    Field::new("/telephone", FieldKind::OptionalText, "咨询电话", "Telephone for enquiries")
}

pub const fn complaints() -> Field {
    Field::new("/complaints", FieldKind::OptionalText, "投诉电话", "Telephone for complaints")
}

//! What people print by themselves: the printer of A4 pages at a kiosk, and the statements.

use super::recurring_fields::{heading, id, name};
use super::{Field, FieldKind, NestedList, Section, Within};
use crate::admin::words::Bilingual;

/// Of a kiosk.
pub(super) const DOCUMENT_PRINTER: [Field; 4] = [
    heading("文书打印（自助打印）", "Documents (printing by oneself)"),
    Field::new(
        "/document_printer/address",
        FieldKind::Within(&Within {
            empty: "null",
            filled: r#"{"kind":"ipp","address":"","resume":true}"#,
        }),
        "A4 打印机地址（IPP）",
        "Address of the A4 printer (IPP)",
    )
    .hint(
        "如 ipp://192.168.1.60:631/ipp/print，或 CUPS 的 ipp://主机/printers/名称；不填则不能自助打印",
        "Such as ipp://192.168.1.60:631/ipp/print, or ipp://host/printers/NAME of CUPS. Without it nothing is printed",
    ),
    Field::new(
        "/document_printer/resume",
        FieldKind::Checkbox,
        "打印队列暂停时自动恢复",
        "A paused queue is resumed",
    ),
    Field::new(
        "/card_reader",
        FieldKind::Checkbox,
        "装有身份证读卡器",
        "A card reader is attached",
    )
    .hint(
        "请同时给终端配对：未配对时，首次领取结果还要取件码",
        "Pair the kiosk too: unpaired, the first print of a result needs its pick-up code as well",
    ),
];

/// Of a hall.
pub(super) const LIMITS: [Field; 3] = [
    heading("自助打印", "Printing by oneself"),
    Field::new(
        "/self_print/documents_of_person",
        FieldKind::Integer { min: 1.0, max: 100.0 },
        "每人每天最多打印（份）",
        "Documents of one person a day",
    ),
    Field::new(
        "/self_print/pages_of_kiosk",
        FieldKind::Integer { min: 1.0, max: 5000.0 },
        "每台终端每天最多打印（页）",
        "Pages of one kiosk a day",
    ),
];

pub const STATEMENTS: Section = Section {
    key: "statement",
    per_hall: true,
    singular: Bilingual("证明", "statement"),
    introduction: Bilingual(
        "个人凭身份证在终端自助打印的证明，如社保参保证明。",
        "What people print about themselves at a kiosk against their identity card, such as social insurance.",
    ),
    id_prefix: "statement-",
    template: r#"{"name":{"zh":"","en":""},"text":{"zh":"","en":""},"column":[{"id":"item","name":{"zh":"","en":""}}]}"#,
    fields: &[
        name(),
        id(),
        Field::new("/department", FieldKind::Department, "出具部门", "Issued by"),
        Field::new("/text", FieldKind::Bilingual, "正文", "Sentence").hint(
            "{name} 为姓名，{number} 为证件号码",
            "{name} stands for the name, {number} for the identity number",
        ),
        Field::new(
            "/source/service",
            FieldKind::Within(&Within { empty: r#""records""#, filled: r#"{"service":""}"# }),
            "部门服务地址",
            "Address of the department's service",
        )
        .hint(
            "不填则使用部门提供的记录文件（CSV）",
            "Without it, the records that the department brings (CSV) are used",
        ),
        Field::new(
            "/times_a_day",
            FieldKind::Integer { min: 1.0, max: 50.0 },
            "每人每天最多打印（次）",
            "Times a day for one person",
        ),
        Field::new(
            "/records_kept_days",
            FieldKind::Integer { min: 1.0, max: 800.0 },
            "记录保留（天）",
            "Records are kept (days)",
        ),
        Field::new("/column", FieldKind::List(&COLUMNS), "表格各列", "Columns"),
    ],
};

const COLUMNS: NestedList = NestedList {
    singular: Bilingual("列", "column"),
    fields: &[
        Field::new("/name", FieldKind::Bilingual, "列名", "Heading"),
        Field::new("/id", FieldKind::Text, "文件中的列名", "Name in the file"),
        Field::new("/kind", FieldKind::OneOf(KINDS), "内容", "Content"),
    ],
    advanced: &[Field::new("/optional", FieldKind::Checkbox, "可以不填", "May be empty")],
    template: r#"{"id":"item","name":{"zh":"","en":""}}"#,
};

const KINDS: &[(&str, Bilingual)] = &[
    ("text", Bilingual("文字", "text")),
    ("date", Bilingual("日期", "date")),
    ("month", Bilingual("月份", "month")),
    ("count", Bilingual("整数", "whole number")),
    ("money", Bilingual("金额", "amount")),
];

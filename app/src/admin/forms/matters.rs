//! The lists of matters and bundles, with their guides.

use super::commitment::COMMITMENT;
use super::recurring_fields::{complaints, days, heading, id, name, telephone};
use super::{Field, FieldKind, NestedList, Section};
use crate::admin::words::Bilingual;

/// The topics under which visitors find a matter.
const LIFE_EVENT: NestedList = NestedList {
    singular: Bilingual("主题", "topic"),
    fields: &[Field::new("", FieldKind::Bilingual, "主题", "Topic")],
    advanced: &[],
    template: r#"{"zh":"","en":""}"#,
};

/// What people call it.
const ALIAS: NestedList = NestedList {
    singular: Bilingual("别名", "alias"),
    fields: &[Field::new("", FieldKind::Text, "别名", "Alias")],
    advanced: &[],
    template: r#""""#,
};

/// The field of the aliases, in both lists.
const fn aliases() -> Field {
    Field::new("/aliases", FieldKind::List(&ALIAS), "别名", "Aliases")
}

/// Its heading, which says what they are for.
const fn aliases_heading() -> Field {
    heading(
        "别名：群众平时怎么说，按这些词也能找到（如 开店、办执照）",
        "Aliases: what people call it; it is found by each of them (such as open a shop)",
    )
}

const MATERIAL: NestedList = NestedList {
    singular: Bilingual("材料", "material"),
    fields: &[name(), Field::new("/deferrable", FieldKind::Checkbox, "可容缺", "may follow later")],
    advanced: &[
        Field::new(
            "/form",
            FieldKind::OneOf(&[
                ("original", Bilingual("原件", "original")),
                ("copy", Bilingual("复印件", "copy")),
                ("original_and_copy", Bilingual("原件和复印件", "original and copy")),
                ("electronic", Bilingual("电子证照或原件", "electronic certificate or original")),
            ]),
            "形式",
            "Form",
        ),
        Field::new("/document", FieldKind::OptionalText, "材料种类", "Type of document").hint(
            "如 business-licence；同种材料只要一次",
            "Such as business-licence; materials of the same type are needed only once",
        ),
        Field::new("/source", FieldKind::OptionalBilingual, "来源", "Issued by"),
        Field::new("/needed_when", FieldKind::OptionalBilingual, "何时需要", "Required if"),
    ],
    template: r#"{"name":{"zh":"","en":""}}"#,
};

const STEP: NestedList = NestedList {
    singular: Bilingual("步骤", "step"),
    fields: &[Field::new("/name", FieldKind::Bilingual, "步骤", "Step")],
    advanced: &[
        Field::new(
            "/kind",
            FieldKind::OneOf(&[
                ("review", Bilingual("部门审查", "department review")),
                ("accept", Bilingual("窗口受理", "acceptance at the counter")),
                ("deliver", Bilingual("出件", "handing out the result")),
            ]),
            "由谁办理",
            "Type of step",
        ),
        Field::new("/department", FieldKind::StepDepartment, "部门", "Department"),
        days("/days", "本步骤时限（工作日）", "Limit of this step (working days)")
            .hint("0 表示只看总时限", "0: only the limit of the whole matter applies"),
    ],
    template: r#"{"name":{"zh":"","en":""},"kind":"review","days":0}"#,
};

/// Matters with their guides.
pub const MATTERS: Section = Section {
    key: "matter",
    per_hall: true,
    singular: Bilingual("事项", "matter"),
    introduction: Bilingual(
        "来办什么，以及它的办事指南：自助终端和窗口看到的都在这里。",
        "What visitors come for, with the guides shown at kiosks and counters.",
    ),
    id_prefix: "matter-",
    template: r#"{"name":{"zh":"","en":""},"department":"","handling":"immediate",
        "statutory_days":0,"promised_days":0,"fee":{"zh":"不收费","en":"free"},"materials":[],
        "steps":[],"result":{"zh":"","en":""},"visits":1,"self_service":false,"minutes":8.0}"#,
    fields: &[
        name(),
        Field::new("/department", FieldKind::Department, "部门", "Department"),
        Field::new("/line", FieldKind::Line, "在哪个队列等候", "Line"),
        id(),
        Field::new(
            "/handling",
            FieldKind::OneOf(&[
                ("immediate", Bilingual("即办件", "same day")),
                ("promised", Bilingual("承诺件", "within a promised limit")),
            ]),
            "办件类型",
            "Type of handling",
        ),
        Field::new(
            "/self_service",
            FieldKind::Checkbox,
            "可在自助终端办理",
            "Available as self-service",
        ),
        heading("时限与收费", "Limits and fee"),
        days("/promised_days", "承诺时限（工作日）", "Promised limit (working days)")
            .hint("0 表示当场办结", "0: decided on the spot"),
        days("/statutory_days", "法定时限（工作日）", "Statutory limit (working days)"),
        Field::new("/fee", FieldKind::Bilingual, "收费", "Fee"),
        Field::new(
            "/booking_slots",
            FieldKind::OptionalInteger { min: 0.0, max: 16.0 },
            "预约占几个时段",
            "Slots that a booking takes",
        )
        .hint("不填为 1，0 表示不接受预约", "Empty: 1; 0: it is not booked"),
        Field::new(
            "/minutes",
            FieldKind::Minutes,
            "窗口办理用时（分钟）",
            "Minutes at the counter",
        )
        .hint(
            "估算等候时间的初值，运行后自动修正",
            "First estimate for waiting times; adjusted automatically in use",
        ),
        heading("材料", "Materials"),
        Field::new("/materials", FieldKind::List(&MATERIAL), "材料", "Materials"),
        heading("申请表", "Application form"),
        Field::new(
            "/applicants",
            FieldKind::OneOf(&[
                ("either", Bilingual("个人或企业", "persons and businesses")),
                ("persons", Bilingual("个人", "persons")),
                ("businesses", Bilingual("企业", "businesses")),
            ]),
            "谁来申请",
            "Who applies",
        ),
        Field::new("/form", FieldKind::Form, "申请表", "Application form"),
        heading("办理步骤", "Steps"),
        Field::new("/steps", FieldKind::List(&STEP), "办理步骤", "Steps"),
        Field::new("/commitment", FieldKind::Part(&COMMITMENT), "告知承诺", "Commitment"),
        aliases_heading(),
        aliases(),
        heading("主题", "Topics"),
        Field::new("/life_events", FieldKind::List(&LIFE_EVENT), "主题", "Topics"),
        heading("结果与咨询", "Result and enquiries"),
        Field::new("/result", FieldKind::Bilingual, "办理结果", "Result"),
        Field::new("/conditions", FieldKind::OptionalBilingual, "办理条件", "Conditions"),
        Field::new("/basis", FieldKind::OptionalBilingual, "法律依据", "Legal basis"),
        Field::new(
            "/visits",
            FieldKind::Integer { min: 0.0, max: 20.0 },
            "到现场次数",
            "Visits required",
        ),
        Field::new("/produces", FieldKind::OptionalText, "结果种类", "Type of result document")
            .hint(
                "如 food-permit；办过的人下次不必再交",
                "Such as food-permit; applicants who have it need not submit it again",
            ),
        telephone(),
        complaints(),
        Field::new("/code", FieldKind::OptionalText, "实施编码", "Implementation code")
            .hint("31 位，没有可不填", "31 characters; optional"),
    ],
};

/// Matters handled as one case.
pub const BUNDLES: Section = Section {
    key: "bundle",
    per_hall: true,
    singular: Bilingual("一件事", "bundle"),
    introduction: Bilingual(
        "几个事项一次申请、一张材料清单、一个时限；互不依赖的部门同时办理。",
        "Several matters as one: one application, one list of materials, one limit. Departments that do not depend on each other work in parallel.",
    ),
    id_prefix: "bundle-",
    template: r#"{"name":{"zh":"","en":""},"part":[{"matter":""},{"matter":""}],"promised_days":0}"#,
    fields: &[
        name(),
        id(),
        days("/promised_days", "承诺时限（工作日）", "Promised limit (working days)")
            .hint("0 表示按各事项中最长的", "0: the longest path through its matters"),
        heading("包含的事项", "Matters included"),
        Field::new(
            "/part",
            FieldKind::List(&NestedList {
                singular: Bilingual("事项", "matter"),
                fields: &[Field::new("/matter", FieldKind::Matter, "事项", "Matter")],
                advanced: &[Field::new(
                    "/after",
                    FieldKind::Matters,
                    "须等哪些事项办完",
                    "Starts after",
                )
                .hint(
                    "需要哪些事项的结果；都不选则同时办理",
                    "Matters whose results it needs; none means in parallel",
                )],
                template: r#"{"matter":""}"#,
            }),
            "包含的事项",
            "Matters included",
        ),
        aliases_heading(),
        aliases(),
        heading("说明", "Description"),
        Field::new("/life_events", FieldKind::List(&LIFE_EVENT), "主题", "Topics"),
        Field::new("/note", FieldKind::OptionalBilingual, "说明", "Description"),
        heading("申请表", "Application form"),
        Field::new("", FieldKind::FormPreview, "申请表", "Application form"),
    ],
};

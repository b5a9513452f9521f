//! The fields of what a matter lets an applicant commit to instead of proving it first.

use super::booking::Part;
use super::recurring_fields::days;
use super::{Field, FieldKind, NestedList};
use crate::admin::words::Bilingual;

/// Steps, by their Chinese names.
const STEP_NAME: NestedList = NestedList {
    singular: Bilingual("代替的步骤", "replaced step"),
    fields: &[Field::new("", FieldKind::Text, "步骤名称", "Chinese name of the step")],
    advanced: &[],
    template: r#""""#,
};

/// Materials, by their kind of document or their Chinese names.
const MATERIAL_NAME: NestedList = NestedList {
    singular: Bilingual("代替的材料", "replaced material"),
    fields: &[Field::new(
        "",
        FieldKind::Text,
        "材料种类或名称",
        "Type of document, or Chinese name",
    )],
    advanced: &[],
    template: r#""""#,
};

/// The commitment of a matter.
pub const COMMITMENT: Part = Part {
    toggle: Bilingual("可以告知承诺方式办理", "Can be handled on a commitment"),
    template: r#"{"text":{"zh":"","en":""},"consequence":{"zh":"","en":""},"replaces_steps":[],
        "replaces_materials":[],"promised_days":0,"check_within_days":30,"answer_days":5,
        "put_right_days":10}"#,
    fields: &[
        Field::new("/text", FieldKind::Bilingual, "承诺内容", "What the applicant declares"),
        Field::new("/consequence", FieldKind::Bilingual, "不实后果", "What a breach leads to"),
        Field::new(
            "/replaces_steps",
            FieldKind::List(&STEP_NAME),
            "以承诺代替的步骤",
            "Steps that it replaces",
        ),
        Field::new(
            "/replaces_materials",
            FieldKind::List(&MATERIAL_NAME),
            "以承诺代替的材料",
            "Materials that it replaces",
        ),
        days(
            "/promised_days",
            "以承诺办理的时限（工作日）",
            "Promised limit with it (working days)",
        )
        .hint("应短于平常的时限，0 表示当场办结", "Shorter than otherwise; 0: on the spot"),
        Field::new(
            "/check_department",
            FieldKind::StepDepartment,
            "核查部门",
            "Department that checks",
        ),
        days(
            "/check_within_days",
            "作出决定后多少个工作日内核查",
            "Check within (working days after the decision)",
        ),
        days("/answer_days", "陈述申辩期限（工作日）", "Term to answer a breach (working days)"),
        days("/put_right_days", "整改期限（工作日）", "Term to put it right (working days)")
            .hint("0 表示不能整改", "0: it cannot be put right"),
    ],
};

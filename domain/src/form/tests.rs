//! The rules of a form, by a form like those of life.

use proptest::prelude::*;
use serde_json::json;

use super::compare::changes;
use super::*;
use crate::case::{ApplicantKind, Subject};
use crate::identity::IdentityPaper;
use crate::setup::Hall;

fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 27)
}

fn hall() -> Hall {
    serde_json::from_value(json!({
        "id": "main", "name": "大厅",
        "line": [{ "id": "a", "letter": "A", "name": "甲" }],
        "matter": [
            { "id": "food", "name": "食品经营许可", "line": "a", "department": "d",
              "applicants": "businesses",
              "form": [
                { "id": "premises", "name": "经营场所", "field": [
                  { "id": "address", "label": "地址", "kind": "address", "required": true },
                  { "id": "area", "label": "面积", "kind": "number", "decimals": 2, "least": 5,
                    "most": 10000, "unit": { "zh": "平方米", "en": "m²" }, "required": true },
                ]},
                { "id": "trade", "name": "经营", "field": [
                  { "id": "modes", "label": "方式", "kind": "several", "least": 1, "most": 2,
                    "required": true,
                    "choices": [{ "id": "dine", "name": "堂食" }, { "id": "online", "name": "网络" },
                                { "id": "cold", "name": "冷食" }] },
                  { "id": "site", "label": "网址", "shown_when": [{ "field": "modes", "is": ["online"] }],
                    "required": true },
                  { "id": "staff", "label": "从业人员", "kind": "table", "least": 1, "most": 3,
                    "columns": [{ "id": "name", "label": "姓名", "required": true },
                                { "id": "since", "label": "入职", "kind": "date", "latest": "today" }] },
                  { "id": "opens", "label": "开业日期", "kind": "date", "earliest": "today",
                    "latest": "today+6m" },
                  { "id": "until", "label": "租期", "kind": "date", "earliest": "opens" },
                  { "id": "mail", "label": "邮箱", "format": "email" },
                  { "id": "true", "label": "承诺属实", "kind": "consent", "required": true,
                    "statement": "以上内容属实。" },
                ]},
              ] },
            { "id": "sign", "name": "店招设置", "line": "a", "department": "d",
              "form": [
                { "id": "premises", "name": "经营场所", "field": [
                  { "id": "address", "label": "地址", "kind": "address" },
                  { "id": "area", "label": "面积", "kind": "number", "most": 500 },
                  { "id": "width", "label": "店招宽", "kind": "number", "decimals": 1, "required": true },
                ]},
              ] },
        ],
        "bundle": [{ "id": "shop", "name": "开餐饮店", "part": [{ "matter": "food" }, { "matter": "sign" }] }],
    }))
    .unwrap()
}

fn form() -> Form {
    of(&hall(), &Subject::Matter("food".into())).unwrap()
}

fn values(json: serde_json::Value) -> Values {
    serde_json::from_value(json).unwrap()
}

fn good() -> serde_json::Value {
    json!({
        "applicant_business": { "name": "某某餐饮店", "code": "91350100M000100Y43" },
        "applicant_telephone": "138 1234 5678",
        "address": { "region": "河南省郑州市", "detail": "建设路 １ 号" },
        "area": "１２０.50",
        "modes": ["online", "dine"],
        "site": "example.com",
        "staff": [{ "name": "张伟", "since": "2026年1月2日" }, { "name": "", "since": "" }],
        "opens": "2026.12.1",
        "until": "20271130",
        "mail": "Zhang@example.com",
        "true": true,
    })
}

fn places(checked: &Checked) -> Vec<(&str, &'static str)> {
    checked
        .refusals
        .iter()
        .map(|refusal| (refusal.place.as_str(), <&'static str>::from(refusal.fault)))
        .collect()
}

#[test]
fn right_answers_are_kept_in_one_form() {
    let checked = check(&form(), &values(good()), today());
    assert_eq!(places(&checked), []);
    let kept = |id: &str| serde_json::to_value(&checked.values[&id.into()]).unwrap();
    assert_eq!(kept("area"), json!("120.5"));
    assert_eq!(kept("modes"), json!(["dine", "online"]));
    assert_eq!(kept("staff"), json!([{ "name": "张伟", "since": "2026-01-02" }]));
    assert_eq!(kept("until"), json!("2027-11-30"));
    assert_eq!(kept("applicant_telephone"), json!("13812345678"));
    assert_eq!(kept("address")["detail"], "建设路 １ 号");
    let applicant = applicant::answers(&checked.values);
    assert_eq!(applicant.kind, ApplicantKind::Business);
    assert_eq!((applicant.name.as_str(), applicant.paper), ("某某餐饮店", None));
}

#[test]
fn what_is_right_once_stays_right() {
    let once = check(&form(), &values(good()), today()).values;
    let again = check(&form(), &once, today());
    assert_eq!((again.values, again.refusals), (once, Vec::new()));
}

#[test]
fn each_wrong_answer_is_refused_in_its_place() {
    for (spoiled, place, fault) in [
        (json!({ "area": "" }), "area", "required"),
        (json!({ "site": "\u{200b}\u{feff}" }), "site", "required"),
        (
            json!({ "address": { "region": "河南", "detail": "\u{200b}" } }),
            "address.detail",
            "required",
        ),
        (json!({ "area": "12,5" }), "area", "number"),
        (json!({ "area": "十二" }), "area", "number"),
        (json!({ "area": "1.234" }), "area", "number"),
        (json!({ "area": 4 }), "area", "too_small"),
        (json!({ "area": 10000.5 }), "area", "too_large"),
        (json!({ "area": ["12"] }), "area", "shape"),
        (json!({ "address": { "region": "河南" } }), "address.detail", "required"),
        (json!({ "modes": [] }), "modes", "required"),
        (json!({ "modes": ["dine", "fly"] }), "modes", "choice"),
        (json!({ "modes": ["dine", "online", "cold"] }), "modes", "too_many"),
        (json!({ "site": "" }), "site", "required"),
        (json!({ "staff": [{ "since": "2026-01-02" }] }), "staff[0].name", "required"),
        (
            json!({ "staff": [{ "name": "张", "since": "2027-01-02" }] }),
            "staff[0].since",
            "too_late",
        ),
        (json!({ "opens": "2026-02-30" }), "opens", "date"),
        (json!({ "opens": "2026-11-26" }), "opens", "too_early"),
        (json!({ "opens": "2027-05-28" }), "opens", "too_late"),
        (json!({ "until": "2026-11-30" }), "until", "too_early"),
        (json!({ "mail": "zhang@example" }), "mail", "format"),
        (json!({ "true": false }), "true", "not_agreed"),
        (json!({ "true": null }), "true", "not_agreed"),
        (json!({ "applicant_telephone": "1381234567" }), "applicant_telephone", "identity"),
        (
            json!({ "applicant_business": { "name": "店", "code": "91350100M000100Y44" } }),
            "applicant_business.code",
            "identity",
        ),
    ] {
        let mut answers = good();
        for (id, value) in spoiled.as_object().unwrap() {
            answers[id] = value.clone();
        }
        let checked = check(&form(), &values(answers), today());
        assert_eq!(places(&checked), [(place, fault)], "{spoiled}");
        let why = &checked.refusals[0].why;
        assert!(!why.zh.is_empty() && !why.en.is_empty());
        assert_eq!(checked.refusals[0].field().as_str(), place.split(['.', '[']).next().unwrap());
    }
}

#[test]
fn what_is_not_asked_is_neither_wanted_nor_kept() {
    let mut answers = good();
    answers["modes"] = json!(["dine"]);
    answers["site"] = json!("x".repeat(500));
    let checked = check(&form(), &values(answers), today());
    assert_eq!(places(&checked), []);
    assert!(!checked.values.contains_key(&"site".into()));
}

/// A form of these fields alone.
fn of_fields(fields: serde_json::Value) -> Form {
    serde_json::from_value(json!({ "groups": [{ "id": "all", "name": "全部", "field": fields }] }))
        .unwrap()
}

#[test]
fn what_is_hidden_is_no_bound() {
    let form = of_fields(json!([
        { "id": "rents", "label": "租用", "kind": "yes_no" },
        { "id": "lease", "label": "租期至", "kind": "date",
          "shown_when": [{ "field": "rents", "is": ["yes"] }] },
        { "id": "until", "label": "经营至", "kind": "date", "latest": "lease" },
        { "id": "shifts", "label": "班次", "kind": "table", "columns": [
            { "id": "day", "label": "日期", "kind": "date", "latest": "lease" }] },
    ]));
    let answers = |rents: bool| {
        values(json!({
            "rents": rents, "lease": "2027-01-01", "until": "2027-06-01",
            "shifts": [{ "day": "2027-06-01" }],
        }))
    };
    let rented = check(&form, &answers(true), today());
    assert_eq!(places(&rented), [("until", "too_late"), ("shifts[0].day", "too_late")]);
    let owned = check(&form, &answers(false), today());
    assert_eq!(places(&owned), []);
    assert!(!owned.values.contains_key(&"lease".into()));
}

#[test]
fn a_date_of_a_row_is_bounded_by_the_others_of_that_row() {
    let form = of_fields(json!([
        // A column of the same id stands before it, for its own rows.
        { "id": "from", "label": "起", "kind": "date" },
        { "id": "leases", "label": "租约", "kind": "table", "columns": [
            { "id": "from", "label": "起", "kind": "date" },
            { "id": "until", "label": "止", "kind": "date", "earliest": "from" }] },
    ]));
    let checked = check(
        &form,
        &values(json!({ "from": "2027-01-01", "leases": [
            { "from": "2026-03-01", "until": "2026-04-01" },
            { "from": "2026-04-01", "until": "2026-03-01" },
            { "until": "2026-01-01" },
        ]})),
        today(),
    );
    assert_eq!(places(&checked), [("leases[1].until", "too_early")]);
}

#[test]
fn too_many_rows_are_told_once() {
    for (bounds, rows) in [
        (json!({}), 51),
        (json!({ "most": 3 }), 4),
        (json!({ "least": 2 }), 51),
        (json!({ "least": 2, "most": 3 }), 4),
    ] {
        let mut table = json!({ "id": "t", "label": "表", "kind": "table", "columns": [{ "id": "a", "label": "名" }] });
        table.as_object_mut().unwrap().extend(bounds.as_object().unwrap().clone());
        let form = of_fields(json!([table]));
        let answers = |rows: usize| values(json!({ "t": vec![json!({ "a": "1" }); rows] }));
        assert_eq!(places(&check(&form, &answers(rows), today())), [("t", "too_many")], "{bounds}");
        assert_eq!(places(&check(&form, &answers(rows - 1), today())), [], "{bounds}");
    }
}

#[test]
fn a_person_is_checked_by_the_rules_of_their_paper() {
    let form = of(&hall(), &Subject::Matter("sign".into())).unwrap();
    let answers = |number: &str, paper: &str| {
        values(json!({
            "applicant_kind": "person",
            "applicant": { "name": "李雷", "number": number, "paper": paper },
            "applicant_telephone": "13812345678", "width": 2,
        }))
    };
    let checked = check(&form, &answers("11010519491231002x", ""), today());
    assert_eq!(places(&checked), []);
    let applicant = applicant::answers(&checked.values);
    assert_eq!(applicant.number, "11010519491231002X");
    assert_eq!(applicant.paper, Some(IdentityPaper::IdentityCard));
    let checked = check(&form, &answers("110105194912310021", "identity_card"), today());
    assert_eq!(places(&checked), [("applicant.number", "identity")]);
    let checked = check(&form, &answers("E12345678", "passport"), today());
    assert_eq!(places(&checked), []);
}

#[test]
fn a_bundle_asks_each_thing_once_within_the_bounds_of_all() {
    let form = of(&hall(), &Subject::Bundle("shop".into())).unwrap();
    let ids: Vec<&str> = form.fields().map(|field| field.id.as_str()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len());
    assert_eq!(&ids[..4], ["applicant_business", "applicant_telephone", "address", "area"]);
    let area = form.field(&"area".into()).unwrap();
    assert_eq!(
        (area.least, area.most, area.decimals, area.required),
        (Some(5.0), Some(500.0), 0, true)
    );
    assert_eq!(form.groups.iter().filter(|group| group.id == "premises").count(), 1);
    assert!(form.field(&"address".into()).unwrap().required);
}

#[test]
fn a_new_version_says_what_changed() {
    let before = form();
    let mut hall = hall();
    let matter = &mut hall.matters[0];
    matter.form[0].fields[1].least = Some(8.0);
    matter.form[0].fields[1].label = "使用面积".into();
    matter.form[1].fields.remove(1);
    matter.form[0].fields[0].label = "经营地址".into();
    matter.form[1].fields.push(Field {
        id: "new".into(),
        label: "新问".into(),
        ..Field::default()
    });
    let now = of(&hall, &Subject::Matter("food".into())).unwrap();
    let changed = changes(&before, &now);
    assert_eq!(changed.added, ["新问".into()]);
    assert_eq!(changed.removed, ["网址".into()]);
    assert_eq!(changed.changed, ["使用面积".into()], "other words alone change nothing");
    assert!(changes(&before, &before).is_empty());
}

#[test]
fn what_is_being_written_needs_the_right_shape_alone() {
    let form = form();
    let fits = |id: &str, value: serde_json::Value| {
        let value = serde_json::from_value(value).unwrap();
        super::check::fits(form.field(&id.into()).unwrap(), &value)
    };
    assert!(
        fits("area", json!("12.")) && fits("area", json!(null)) && fits("opens", json!("2026-"))
    );
    assert!(fits("staff", json!([{ "name": "张" }, {}])) && fits("staff", json!([])));
    assert!(!fits("staff", json!([{ "height": "1" }])) && !fits("area", json!({ "name": "1" })));
    assert!(!fits("true", json!("on")) && !fits("modes", json!("dine")));
    assert!(!fits("site", json!("长".repeat(4001))));
    assert!(!fits("staff", serde_json::Value::Array(vec![json!({ "name": "张" }); 501])));
}

fn anything() -> impl Strategy<Value = FieldValue> {
    let text = "\\PC{0,20}".prop_map(FieldValue::Text);
    prop_oneof![
        text.clone(),
        any::<bool>().prop_map(FieldValue::Flag),
        proptest::collection::vec("[a-z]{0,6}", 0..4).prop_map(FieldValue::Several),
        proptest::collection::btree_map("[a-z]{1,6}", "\\PC{0,9}", 0..4)
            .prop_map(FieldValue::Parts),
        proptest::collection::vec(
            proptest::collection::btree_map(
                "[a-z]{1,5}".prop_map(|id| FieldId::from(id.as_str())),
                text,
                0..3
            ),
            0..4
        )
        .prop_map(FieldValue::Rows),
    ]
}

proptest! {
    /// Whatever is sent, it is refused in its place or kept in a form that stays.
    #[test]
    fn any_answer_is_refused_or_kept_for_good(
        which in proptest::collection::vec(0usize..11, 0..6),
        sent in proptest::collection::vec(anything(), 6),
    ) {
        let form = form();
        let fields: Vec<&Field> = form.fields().collect();
        let mut answers = values(good());
        for (field, value) in which.iter().zip(sent) {
            answers.insert(fields[*field].id.clone(), value);
        }
        let checked = check(&form, &answers, today());
        for refusal in &checked.refusals {
            prop_assert!(form.field(&refusal.field()).is_some());
            prop_assert!(!checked.values.contains_key(&refusal.field()));
        }
        let again = check(&form, &checked.values, today());
        for (id, kept) in &checked.values {
            // Bounds by another field and conditions count only where that one was kept.
            if let Some(same) = again.values.get(id) {
                prop_assert_eq!(same, kept);
            }
        }
    }

    /// A value on the wire is read as it was written, or as the empty list it looks like.
    #[test]
    fn a_value_survives_the_wire(value in anything()) {
        let sent = serde_json::to_string(&value).unwrap();
        let read: FieldValue = serde_json::from_str(&sent).unwrap();
        prop_assert!(read == value || value.is_empty() && read.is_empty(), "{sent}");
    }
}

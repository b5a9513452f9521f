//! Fields as HTML.

mod untouched;

use std::sync::Arc;

use jiban_domain::Lang;
use jiban_domain::form::{FieldValue, Form, Values, check};
use jiban_domain::typed::visible;
use serde_json::json;

use self::untouched::{attribute, posted};
use super::*;
use crate::progress::html::to_html;

fn form() -> Arc<Form> {
    Arc::new(
        serde_json::from_value(json!({ "groups": [{ "id": "all", "name": "全部", "field": [
            { "id": "text", "label": "店名", "required": true, "help": "与营业执照一致。",
              "example": "老陈面馆" },
            { "id": "long", "label": "说明", "kind": "long_text" },
            { "id": "area", "label": "面积", "kind": "number", "decimals": 1,
              "unit": { "zh": "平方米", "en": "m²" } },
            { "id": "capital", "label": "资金", "kind": "money" },
            { "id": "opens", "label": "开业", "kind": "date" },
            { "id": "trade", "label": "业态", "kind": "choice", "required": true,
              "choices": [{ "id": "shop", "name": "销售" }, { "id": "food", "name": "餐饮" }] },
            { "id": "bank", "label": "银行", "kind": "choice", "choices":
              (0..9).map(|at| json!({ "id": format!("b{at}"), "name": format!("银行{at}") }))
                    .collect::<Vec<_>>() },
            { "id": "items", "label": "项目", "kind": "several",
              "choices": [{ "id": "hot", "name": "热" }, { "id": "cold", "name": "冷" }] },
            { "id": "address", "label": "地址", "kind": "address" },
            { "id": "manager", "label": "负责人", "kind": "person", "required": true },
            { "id": "company", "label": "单位", "kind": "business" },
            { "id": "phone", "label": "电话", "kind": "telephone" },
            { "id": "lit", "label": "带灯", "kind": "yes_no", "required": true },
            { "id": "light", "label": "照明", "shown_when": [{ "field": "lit", "is": ["yes"] }] },
            { "id": "staff", "label": "人员", "kind": "table", "columns": [
              { "id": "name", "label": "姓名", "required": true },
              { "id": "born", "label": "生日", "kind": "date" },
              { "id": "who", "label": "证件", "kind": "person" } ] },
            { "id": "truth", "label": "属实", "kind": "consent", "required": true,
              "statement": "所填内容属实。" },
        ]}] }))
        .unwrap(),
    )
}

fn values(json: serde_json::Value) -> Values {
    serde_json::from_value(json).unwrap()
}

fn answers() -> Values {
    values(json!({
        "text": "老陈<面>馆", "long": "一\n二 & 三", "area": "86.5", "capital": "80000",
        "opens": "2027-01-08", "trade": "food", "bank": "b3", "items": ["cold", "hot"],
        "address": { "region": "某市青禾区", "detail": "建设路 \"12\" 号" },
        "manager": { "name": "陈建国", "paper": "passport", "number": "E12345678" },
        "company": { "name": "某某公司", "code": "91350100M000100Y43" },
        "phone": "13800138000", "lit": true, "light": "内透光",
        "staff": [{ "name": "刘梅", "born": "1990-05-06", "who": { "name": "刘梅", "number": "1", "paper": "" } },
                  { "name": "王", "born": "", "who": "" }],
        "truth": true,
    }))
}

fn html(form: &Arc<Form>, values: Values, lang: Lang) -> String {
    let form = form.clone();
    let refusals = check(&form, &values, jiff::civil::date(2026, 11, 27)).refusals;
    to_html(move || group(&form, 0, Filling::still(lang, values, refusals)))
}

#[test]
fn a_page_that_nobody_touched_posts_what_it_shows() {
    let form = form();
    let posted = posted(&html(&form, answers(), Lang::Zh));
    let mut wanted = answers();
    // In the order of the page.
    wanted.insert("items".into(), serde_json::from_value(json!(["hot", "cold"])).unwrap());
    let read = posted::read(form.fields(), &posted);
    for (id, value) in &wanted {
        if id.as_str() != "staff" {
            assert_eq!(read[id], *value, "{id}: {posted:?}");
        }
    }
    let staff = serde_json::to_value(&read[&"staff".into()]).unwrap();
    assert_eq!((&staff[0]["name"], &staff[0]["born"]), (&json!("刘梅"), &json!("1990-05-06")));
    assert_eq!((&staff[1]["name"], &staff[1]["who"]), (&json!("王"), &json!("")));
    assert_eq!(staff[0]["who"]["number"], "1");
    assert_eq!(staff.as_array().unwrap().len(), 2);
}

#[test]
fn what_nobody_touched_is_known_again() {
    let form = form();
    let odd = values(json!({
        "text": "\u{202e}老陈\n面馆 ", "long": "\n一\r\n二\u{200b}", "area": "８６.5", "opens": "2027-02-30",
        "trade": "gone", "items": ["gone", "cold", "hot"], "address": { "region": "某市", "detail": "" },
        "manager": { "paper": "passport" }, "company": { "name": " ", "code": "" }, "lit": "no",
        "staff": [{ "name": "刘梅" }, {}, { "who": { "name": "王", "paper": "gone" } }], "truth": false,
    }));
    for kept in [Values::new(), answers(), odd] {
        let posted = posted(&html(&form, kept.clone(), Lang::Zh));
        // As the server takes it in.
        let posted: Vec<(String, String)> = posted
            .into_iter()
            .map(|(name, value)| (name, visible(&value.replace("\r\n", "\n"))))
            .collect();
        let read = posted::read(form.fields(), &posted);
        for field in form.fields().filter(|field| form.asks(field, &kept)) {
            let kept = kept.get(&field.id).cloned().unwrap_or_default();
            let posted = &read[&field.id];
            let fingerprints =
                [posted::fingerprint_of_shown(field, &kept), posted::fingerprint_of_posted(posted)];
            assert_eq!(fingerprints[0], fingerprints[1], "{}: {posted:?}", field.id);
            assert!(posted::is_same(field, &kept, posted), "{}: {posted:?}", field.id);
        }
    }
}

#[test]
fn what_somebody_changed_is_told_from_what_was_shown() {
    let form = form();
    let value = |json: serde_json::Value| serde_json::from_value::<FieldValue>(json).unwrap();
    for (id, kept, posted) in [
        ("text", json!("老陈"), json!("老陈面馆")),
        ("text", json!("老陈"), json!("")),
        ("opens", json!("2027-02-30"), json!("2027-02-3x")),
        ("manager", json!({ "name": "陈" }), json!({ "name": "", "paper": "", "number": "" })),
        ("manager", json!({ "name": "陈" }), json!({ "name": "陈", "paper": "passport" })),
        ("staff", json!([{ "name": "刘梅" }, {}]), json!([{ "name": "刘梅" }])),
        ("staff", json!([{ "name": "刘梅" }]), json!([{ "name": "" }])),
        ("truth", json!(null), json!(true)),
        ("items", json!(["hot"]), json!([])),
    ] {
        let field = form.field(&id.into()).unwrap();
        let (kept, posted) = (value(kept), value(posted));
        let shown = posted::fingerprint_of_shown(field, &kept);
        assert_ne!(shown, posted::fingerprint_of_posted(&posted), "{id}: {posted:?}");
        assert!(!posted::is_same(field, &kept, &posted), "{id}: {posted:?}");
    }
    // An empty row is known as one that was added, and says nothing.
    let staff = form.field(&"staff".into()).unwrap();
    let (kept, posted) =
        (value(json!([{ "name": "刘梅" }])), value(json!([{ "name": "刘梅" }, {}])));
    assert_ne!(posted::fingerprint_of_shown(staff, &kept), posted::fingerprint_of_posted(&posted));
    assert!(posted::is_same(staff, &kept, &posted));
}

#[test]
fn a_unit_that_was_written_is_not_added() {
    let form = form();
    let said = |id: &str, text: &str, lang| {
        answer::lines(form.field(&id.into()).unwrap(), &text.into(), lang)
    };
    assert_eq!(said("capital", "80000", Lang::Zh), ["80000 元"]);
    assert_eq!(said("capital", "80000元 ", Lang::Zh), ["80000元 "]);
    assert_eq!(said("capital", "80000元", Lang::En), ["80000元"]);
    assert_eq!(said("area", "86.5 m²", Lang::Zh), ["86.5 m²"]);
}

#[test]
fn an_empty_page_posts_nothing_that_counts() {
    let form = form();
    let page = html(&form, Values::new(), Lang::En);
    let read = posted::read(form.fields(), &posted(&page));
    let checked = check(&form, &read, jiff::civil::date(2026, 11, 27));
    assert!(checked.values.is_empty());
    let places: Vec<&str> = checked.refusals.iter().map(|refusal| &*refusal.place).collect();
    assert_eq!(places, ["text", "trade", "manager", "lit", "truth"]);
    assert!(!page.contains("name=\"light\""), "it is not asked");
    assert!(page.contains("name=\"staff.0.name\"") && page.contains("value=\"staff\""));
}

#[test]
fn what_is_wrong_is_said_beside_its_field() {
    let form = form();
    let mut wrong = answers();
    wrong.insert("area".into(), "十二".into());
    wrong.insert("text".into(), "".into());
    let page = html(&form, wrong, Lang::En);
    let tag = |name: &str| {
        let at = page.find(&format!("name=\"{name}\"")).unwrap();
        let start = page[..at].rfind('<').unwrap();
        page[start..].split('>').next().unwrap().to_owned()
    };
    assert_eq!(attribute(&tag("text"), "aria-describedby").unwrap(), "f-text-help f-text-why");
    assert_eq!(attribute(&tag("area"), "aria-describedby").unwrap(), "f-area-why");
    assert_eq!(attribute(&tag("area"), "aria-invalid").unwrap(), "true");
    assert_eq!(attribute(&tag("phone"), "aria-describedby"), None);
    let why = page.split("id=\"f-area-why\"").nth(1).unwrap().split_once('>').unwrap().1;
    assert!(why.starts_with("Enter a number, such as 120."), "{why}");
    // A cell of a table, and a part in it.
    let cell = tag("staff.0.who.number");
    assert_eq!(attribute(&cell, "aria-describedby").unwrap(), "f-staff-0-who-number-why");
}

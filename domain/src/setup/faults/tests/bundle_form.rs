//! Forms of a bundle's matters together.

use serde_json::{Value, json};

use super::{faults, good};
use crate::setup::SetupFault;

/// The faults of a bundle of two matters that ask these.
fn of_both(one: &Value, other: &Value) -> Vec<SetupFault> {
    let mut setup = good();
    let hall = &mut setup.halls[0];
    for (matter, fields) in hall.matters.iter_mut().zip([one, other]) {
        let form = json!([{ "id": "one", "name": "一", "field": fields }]);
        matter.form = serde_json::from_value(form).unwrap();
    }
    hall.bundles = serde_json::from_value(json!([
        { "id": "both", "name": "一起办", "part": [{ "matter": "m1" }, { "matter": "m2" }] },
    ]))
    .unwrap();
    faults(&setup)
}

/// The fields are one question in either order of the matters, or in neither: then the fault
/// names both matters, and says these words.
fn together(one: Value, other: Value, words: &[&str]) {
    for (one, other) in [(&one, &other), (&other, &one)] {
        let found = of_both(&json!([one]), &json!([other]));
        let places: Vec<&str> = found.iter().map(|fault| fault.place.as_str()).collect();
        let expected: &[&str] = if words.is_empty() { &[] } else { &["hall[0].bundle[0]"] };
        assert_eq!(places, expected, "{found:#?}");
        for word in found.iter().flat_map(|_| ["事项一", "事项二"].iter().chain(words)) {
            let both = &found[0].what;
            assert!(both.zh.contains(word) || both.en.contains(word), "{word}: {both:?}");
        }
    }
}

#[test]
fn matters_of_a_bundle_ask_one_thing_by_one_id() {
    let field = |kind: &str| json!({ "id": "area", "label": "面积", "kind": kind });
    together(field("number"), field("text"), &["不是一回事"]);
    together(field("number"), field("number"), &[]);
    let chosen = |ids: [&str; 2]| {
        let choices = ids.map(|id| json!({ "id": id, "name": id }));
        json!({ "id": "kind", "label": "类", "kind": "choice", "choices": choices })
    };
    together(chosen(["a", "b"]), chosen(["a", "c"]), &["不是一回事"]);
}

#[test]
fn one_number_has_one_unit() {
    let area =
        |unit: Value| json!({ "id": "area", "label": "面积", "kind": "number", "unit": unit });
    together(area(json!("平方米")), area(json!("亩")), &["平方米", "亩"]);
    together(area(json!("平方米")), area(Value::Null), &[]);
}

#[test]
fn what_both_matters_take_is_not_nothing() {
    let with = |kind: &str, bounds: Value| {
        let mut field = json!({ "id": "x", "label": "项", "kind": kind });
        field.as_object_mut().unwrap().extend(bounds.as_object().unwrap().clone());
        field
    };
    let number = |bounds| with("number", bounds);
    together(number(json!({ "least": 500 })), number(json!({ "most": 300 })), &["500", "300"]);
    together(number(json!({ "least": 5 })), number(json!({ "least": 3, "most": 30 })), &[]);
    let text = |bounds| with("text", bounds);
    together(text(json!({ "shortest": 20 })), text(json!({ "longest": 10 })), &["20", "10"]);
    let date = |bounds| with("date", bounds);
    let from = |day: &str| date(json!({ "earliest": day }));
    let until = |day: &str| date(json!({ "latest": day }));
    together(from("today"), from("today-1y"), &["最早", "today-1y"]);
    together(until("today"), until("2027-01-01"), &["最晚", "2027-01-01"]);
    together(from("2027-01-02"), until("2027-01-01"), &["2027-01-02", "2027-01-01"]);
    together(from("today"), from("today"), &[]);
    together(from("today"), until("today+1y"), &[]);
    together(from("today"), date(json!({})), &[]);
}

#[test]
fn somebody_can_apply_for_all_of_a_bundle() {
    let of = |one: &str, other: &str| {
        let mut setup = good();
        let hall = &mut setup.halls[0];
        for (matter, applicants) in hall.matters.iter_mut().zip([one, other]) {
            matter.applicants = serde_json::from_value(json!(applicants)).unwrap();
        }
        hall.bundles = serde_json::from_value(json!([
            { "id": "both", "name": "一起办", "part": [{ "matter": "m1" }, { "matter": "m2" }] },
        ]))
        .unwrap();
        faults(&setup)
    };
    for (one, other) in [("persons", "businesses"), ("businesses", "persons")] {
        let found = of(one, other);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].place, "hall[0].bundle[0]");
        let what = &found[0].what;
        assert!(what.zh.contains("事项一") && what.zh.contains("事项二"), "{what:?}");
    }
    for (one, other) in [("persons", "either"), ("either", "businesses"), ("persons", "persons")] {
        assert_eq!(of(one, other), []);
    }
}

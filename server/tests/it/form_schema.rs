//! `GET /api/form`: forms as JSON Schema.

use jiban::hall_file;
use jiban_domain::case::Subject;
use jiban_domain::form::{self, FieldFault, FieldKind, Form, Values};
use jiban_domain::setup::Hall;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{House, answers, json_schema};

/// The day for which the answers were written.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 27);

fn main_hall() -> Hall {
    hall_file::read(hall_file::DEMO).unwrap().halls.swap_remove(0)
}

async fn schema(house: &House, query: &str) -> Value {
    let answer = house.get(&format!("/api/form?hall=main&{query}")).await;
    assert_eq!(answer.headers["content-type"], "application/schema+json");
    answer.ok()
}

/// Answers with some of them set; null takes one out.
fn spoiled(matter: &str, set: &Value) -> Value {
    let mut answers = json!(answers::of_all_forms()[matter]);
    for (id, value) in set.as_object().unwrap() {
        match value {
            Value::Null => drop(answers.as_object_mut().unwrap().remove(id)),
            value => answers[id] = value.clone(),
        }
    }
    answers
}

#[tokio::test]
async fn each_form_takes_right_answers_and_refuses_wrong_ones() {
    let house = House::open().await;
    let hall = main_hall();
    for (matter, answers) in answers::of_all_forms() {
        let schema = schema(&house, &format!("matter={matter}")).await;
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(json_schema::is_valid(&schema, &json!(answers)), "{matter}");
        assert!(!json_schema::is_valid(&schema, &json!({})), "{matter}");
        assert!(!json_schema::is_valid(&schema, &spoiled(&matter, &json!({ "unknown": "1" }))));
        let form = form::of(&hall, &Subject::Matter(matter.as_str().into())).unwrap();
        // What is wanted is refused where it lacks.
        for field in form.fields().filter(|field| field.required && form.asks(field, &answers)) {
            let without = spoiled(&matter, &json!({ field.id.as_str(): null }));
            assert!(!json_schema::is_valid(&schema, &without), "{matter}: {}", field.id);
        }
    }
}

#[tokio::test]
async fn what_is_wrong_is_refused_by_the_rules_and_by_the_schema() {
    let house = House::open().await;
    let hall = main_hall();
    let wrong: Value = serde_json::from_str(include_str!("fixtures/wrong_answers.json")).unwrap();
    for wrong in wrong.as_array().unwrap() {
        let matter = wrong["matter"].as_str().unwrap();
        let answers = spoiled(matter, &wrong["set"]);
        let schema = schema(&house, &format!("matter={matter}")).await;
        assert!(!json_schema::is_valid(&schema, &answers), "{wrong}");
        let form = form::of(&hall, &Subject::Matter(matter.into())).unwrap();
        let Ok(values) = serde_json::from_value::<Values>(answers) else {
            assert_eq!(wrong["unread"], true, "{wrong}");
            continue;
        };
        let refusals = form::check(&form, &values, TODAY).refusals;
        assert_eq!(refusals.len(), 1, "{wrong}: {refusals:?}");
        assert_eq!(refusals[0].place, wrong["place"].as_str().unwrap());
        assert_eq!(json!(refusals[0].fault), wrong["fault"], "{wrong}");
    }
}

#[tokio::test]
async fn a_field_is_described_in_the_language_of_its_reader() {
    let house = House::open().await;
    let schema = schema(&house, "matter=food-permit").await;
    assert_eq!(schema["title"], "Food business permit (new)");
    assert_eq!(schema["x-matter"], "food-permit");
    let trade = &schema["properties"]["food_trade"];
    assert_eq!(trade["title"], "Kind of business");
    assert_eq!(trade["oneOf"][1], json!({ "const": "catering", "title": "Catering" }));
    let area = &schema["properties"]["premises_area"];
    assert_eq!((&area["minimum"], &area["maximum"]), (&json!(4), &json!(50000)));
    assert_eq!((&area["x-unit"], &area["x-decimals"]), (&json!("m²"), &json!(2)));
    let consent = &schema["properties"]["truth"];
    assert_eq!(consent["const"], true);
    assert!(consent["description"].as_str().unwrap().contains("answerable by law"));
    let groups = schema["x-groups"].as_array().unwrap();
    assert_eq!(groups[0]["id"], "applicant");
    assert_eq!(groups[1]["fields"], json!(["shop_name", "licence_held", "credit_code"]));
    let online = json!({
        "if": { "anyOf": [{ "properties": { "food_online": { "enum": [true] } }, "required": ["food_online"] }] },
        "then": { "required": ["food_platforms"] },
        "else": { "properties": { "food_platforms": false } },
    });
    assert!(schema["allOf"].as_array().unwrap().contains(&online));
    let request = hyper::Request::builder()
        .uri(house.url("/api/form?hall=main&matter=food-permit"))
        .header("accept-language", "zh-CN")
        .body(http_body_util::Full::default())
        .unwrap();
    let chinese = house.send(request).await.ok();
    assert_eq!(chinese["properties"]["food_trade"]["title"], "主体业态");
    assert_eq!(chinese["title"], "食品经营许可(新办)");
}

#[tokio::test]
async fn a_bundle_is_one_form() {
    let house = House::open().await;
    let schema = schema(&house, "bundle=open-restaurant").await;
    assert_eq!(schema["x-bundle"], "open-restaurant");
    let properties = schema["properties"].as_object().unwrap();
    for id in ["shop_name", "capital", "staff", "sign_width"] {
        assert!(properties.contains_key(id), "{id}");
    }
    // The bounds of both: 4 of one matter, 1 of the other.
    assert_eq!(properties["premises_area"]["minimum"], 4);
    let ids: Vec<&Value> = schema["x-groups"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|group| group["fields"].as_array().unwrap())
        .collect();
    assert_eq!(ids.len(), properties.len(), "each field is in one group");
}

#[tokio::test]
async fn an_unknown_form_is_refused() {
    let house = House::open().await;
    for (query, refusal) in [
        ("hall=nowhere&matter=food-permit", (404, "unknown_hall")),
        ("hall=main&matter=nothing", (404, "unknown_matter")),
        ("hall=main&bundle=nothing", (404, "unknown_bundle")),
        ("hall=main&bundle=food-permit", (404, "unknown_bundle")),
        ("hall=main", (400, "bad_request")),
        ("hall=main&matter=food-permit&bundle=open-restaurant", (400, "bad_request")),
    ] {
        let (status, code) = house.get(&format!("/api/form?{query}")).await.refusal();
        assert_eq!((status, code.as_str()), refusal, "{query}");
    }
    assert_eq!(house.get("/api/form?matter=food-permit").await.ok()["x-hall"], "main");
}

fn of_all_forms() -> Vec<(Form, Value, Values)> {
    let hall = main_hall();
    let forms = answers::of_all_forms().into_iter().map(|(matter, answers)| {
        let subject = Subject::Matter(matter.as_str().into());
        let schema =
            jiban::views::form_schema::form_schema(&hall, &subject, TODAY, jiban_domain::Lang::En);
        (form::of(&hall, &subject).unwrap(), schema.unwrap(), answers)
    });
    forms.collect()
}

fn anything() -> impl Strategy<Value = Value> {
    let text = prop_oneof!["[a-z0-9. @-]{0,24}", "\\PC{0,12}", "-?[0-9]{1,17}(\\.[0-9]{1,4})?"];
    let leaf = prop_oneof![
        text.prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        (-200_000_i64..200_000_000).prop_map(Value::from),
        (-1e7..1e7_f64).prop_map(|number| json!((number * 1000.0).round() / 1000.0)),
        proptest::sample::select(vec![
            "hot",
            "cold",
            "self",
            "post",
            "yes",
            "2026-12-01",
            "person"
        ])
        .prop_map(Value::from),
    ];
    let name = proptest::sample::select(vec![
        "name",
        "number",
        "paper",
        "code",
        "region",
        "detail",
        "certificate",
        "valid_until",
        "post",
        "relation",
        "income",
    ]);
    leaf.prop_recursive(2, 12, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(name.clone(), inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

/// Whether a schema cannot say it.
fn is_beyond_a_schema(form: &Form, refusal: &form::FieldRefusal, value: &Value) -> bool {
    let written = |value: &Value| value.is_string() || value.is_array() || value.is_object();
    match refusal.fault {
        // The digit that proves the others, and days that are counted from today.
        FieldFault::Identity | FieldFault::TooEarly | FieldFault::TooLate => true,
        // Figures in a text have no bounds, and a JSON number has as many decimals as it likes.
        FieldFault::TooSmall | FieldFault::TooLarge => written(value),
        FieldFault::Number => !written(value),
        // What cannot be seen does not count, nor a space after a space.
        FieldFault::Required | FieldFault::TooShort => {
            let text = |field: &&form::Field| field.id == refusal.field();
            let kind = form.fields().find(text).map(|field| field.kind);
            kind != Some(FieldKind::Consent)
                && written(value)
                && value.to_string().chars().any(|c| {
                    jiban_domain::typed::is_invisible(c)
                        || c == ' '
                        || !c.is_ascii() && c.is_whitespace()
                })
        }
        _ => false,
    }
}

proptest! {
    /// What the rules refuse for its shape or bounds, the schema refuses.
    #[test]
    fn a_schema_takes_nothing_of_another_shape(
        which in any::<proptest::sample::Index>(),
        at in any::<proptest::sample::Index>(),
        sent in anything(),
    ) {
        let forms = of_all_forms();
        let (form, schema, right) = which.get(&forms);
        let asked: Vec<_> = form.fields().filter(|field| form.asks(field, right)).collect();
        let field = at.get(&asked);
        let mut answers = json!(right);
        answers[field.id.as_str()] = sent.clone();
        let valid = json_schema::is_valid(schema, &answers);
        let Ok(values) = serde_json::from_value::<Values>(answers) else {
            prop_assert!(!valid, "{}: {sent}", field.id);
            return Ok(());
        };
        let refusals = form::check(form, &values, TODAY).refusals;
        let of_field = refusals.iter().filter(|refusal| refusal.field() == field.id);
        let within: Vec<_> =
            of_field.filter(|refusal| !is_beyond_a_schema(form, refusal, &sent)).collect();
        prop_assert!(within.is_empty() || !valid, "{}: {sent}: {within:?}", field.id);
    }
}

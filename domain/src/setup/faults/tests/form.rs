//! Forms of matters.

use serde_json::{Value, json};

use super::{first_matter, main_hall};

fn form(fields: &Value) -> Value {
    json!([{ "id": "one", "name": "一", "field": fields }])
}

/// The form of these fields in the first matter has its faults at these places.
fn fields(fields: Value, places: &[&str]) {
    let places: Vec<String> =
        places.iter().map(|place| format!("hall[0].matter[0].form{place}")).collect();
    main_hall(
        |hall| hall.matters[0].form = serde_json::from_value(form(&fields)).unwrap(),
        &places.iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

fn choice(id: &str, shown_when: Value) -> Value {
    json!({ "id": id, "label": "选", "kind": "choice", "choices": [{ "id": "a", "name": "甲" }],
            "shown_when": shown_when })
}

#[test]
fn a_form_of_every_kind_can_be_filled() {
    fields(
        json!([
            { "id": "text", "label": "文", "shortest": 2, "longest": 10, "format": "email" },
            { "id": "long", "label": "长", "kind": "long_text", "longest": 2000 },
            { "id": "number", "label": "数", "kind": "number", "least": -1.5, "most": 2, "decimals": 1 },
            { "id": "money", "label": "钱", "kind": "money", "least": 0 },
            { "id": "date", "label": "日", "kind": "date", "earliest": "2020-01-01", "latest": "today+1y" },
            { "id": "later", "label": "日", "kind": "date", "earliest": "date" },
            choice("choice", json!([])),
            { "id": "several", "label": "多", "kind": "several", "least": 1, "most": 2,
              "choices": [{ "id": "a", "name": "甲" }, { "id": "b", "name": "乙" }] },
            { "id": "address", "label": "址", "kind": "address", "from": ["earlier"] },
            { "id": "person", "label": "人", "kind": "person",
              "from": [{ "field": "applicant" }, { "applicant": "whole" }] },
            { "id": "business", "label": "企", "kind": "business",
              "from": [{ "licence": { "document": "business-licence", "part": "number" } }] },
            { "id": "telephone", "label": "电", "kind": "telephone" },
            { "id": "yes", "label": "是", "kind": "yes_no", "shown_when": [{ "field": "choice", "is": ["a"] }] },
            { "id": "table", "label": "表", "kind": "table", "least": 1, "most": 5,
              "columns": [{ "id": "name", "label": "名", "required": true }] },
            { "id": "consent", "label": "同意", "kind": "consent", "statement": "属实。",
              "shown_when": [{ "field": "yes", "is": ["yes"] }] },
        ]),
        &[],
    );
}

#[test]
fn a_form_that_refers_to_itself_or_to_nothing_is_refused() {
    let when = |field: &str, is: &str| json!([{ "field": field, "is": [is] }]);
    fields(json!([choice("x", when("x", "a"))]), &["[0].field[0].shown_when"]);
    fields(
        json!([
            choice("x", when("y", "a")),
            choice("y", when("z", "a")),
            choice("z", when("x", "a"))
        ]),
        &["[0].field[0].shown_when", "[0].field[1].shown_when", "[0].field[2].shown_when"],
    );
    fields(json!([choice("x", when("y", "a"))]), &["[0].field[0].shown_when[0].field"]);
    fields(
        json!([choice("x", json!([])), choice("y", when("x", "b"))]),
        &["[0].field[1].shown_when[0].is"],
    );
    fields(
        json!([choice("x", json!([])), choice("y", json!([{ "field": "x", "is": [] }]))]),
        &["[0].field[1].shown_when[0].is"],
    );
    fields(
        json!([{ "id": "t", "label": "文" }, choice("y", when("t", "a"))]),
        &["[0].field[1].shown_when[0].field"],
    );
    fields(
        json!([{ "id": "t", "label": "文", "from": [{ "field": "t" }, { "field": "u" }] }]),
        &["[0].field[0].from[0]", "[0].field[0].from[1]"],
    );
    fields(
        json!([{ "id": "d", "label": "日", "kind": "date", "earliest": "d", "latest": "e" }]),
        &["[0].field[0].earliest", "[0].field[0].latest"],
    );
}

#[test]
fn bounds_and_words_belong_to_their_kind() {
    fields(
        json!([
            { "id": "a", "label": "文", "least": 1, "decimals": 2, "earliest": "today", "statement": "甲" },
            { "id": "b", "label": "数", "kind": "number", "longest": 3, "least": 5, "most": 4, "decimals": 9 },
            { "id": "c", "label": "选", "kind": "choice" },
            { "id": "d", "label": "表", "kind": "table", "columns": [
                { "id": "e", "label": "长", "kind": "long_text" }] },
            { "id": "f", "label": "同意", "kind": "consent" },
            { "id": "g", "label": "表", "kind": "table", "most": 900,
              "columns": [{ "id": "h", "label": "名" }] },
            { "id": "applicant_age", "label": "龄" },
            { "id": "f", "label": "又" },
            { "id": "i", "label": "文", "choices": [{ "id": "a", "name": "甲" }], "shortest": 5, "longest": 2 },
        ]),
        &[
            "[0].field[0].least",
            "[0].field[0].decimals",
            "[0].field[0].earliest",
            "[0].field[0].statement",
            "[0].field[1].longest",
            "[0].field[1].most",
            "[0].field[1].decimals",
            "[0].field[2].choices",
            "[0].field[3].columns[0].kind",
            "[0].field[4].statement",
            "[0].field[5].most",
            "[0].field[6].id",
            "[0].field[7].id",
            "[0].field[8].longest",
            "[0].field[8].choices",
        ],
    );
}

#[test]
fn a_group_has_fields_and_an_id_of_its_own() {
    first_matter(
        |matter| {
            matter.form =
                serde_json::from_value(json!([{ "id": "one", "name": "一", "field": [] }]))
                    .unwrap();
        },
        "form[0].field",
    );
    first_matter(
        |matter| {
            let fields = json!([{ "id": "x", "label": "文" }]);
            matter.form = serde_json::from_value(
                json!([{ "id": "applicant", "name": "一", "field": fields }]),
            )
            .unwrap();
        },
        "form[0].id",
    );
}

#[test]
fn between_the_bounds_of_a_field_there_is_something() {
    let choices = json!([{ "id": "a", "name": "甲" }, { "id": "b", "name": "乙" }]);
    let columns = json!([{ "id": "name", "label": "名" }]);
    fields(
        json!([
            // Where the file says no most, there is one all the same.
            { "id": "a", "label": "文", "shortest": 101 },
            { "id": "b", "label": "长", "kind": "long_text", "shortest": 101 },
            { "id": "c", "label": "选", "kind": "several", "least": 3, "choices": choices },
            { "id": "d", "label": "选", "kind": "several", "least": 3, "most": 4, "choices": choices },
            { "id": "e", "label": "表", "kind": "table", "least": 51, "columns": columns },
            { "id": "f", "label": "表", "kind": "table", "least": 51, "most": 60, "columns": columns },
            { "id": "g", "label": "日", "kind": "date", "earliest": "2026-02-01", "latest": "2026-01-31" },
            { "id": "h", "label": "日", "kind": "date", "earliest": "today+1y", "latest": "today" },
            { "id": "i", "label": "日", "kind": "date", "earliest": "today-1y", "latest": "today+1d" },
            { "id": "j", "label": "日", "kind": "date", "earliest": "today", "latest": "2026-01-31" },
        ]),
        &[
            "[0].field[0].shortest",
            "[0].field[2].least",
            "[0].field[3].most",
            "[0].field[4].least",
            "[0].field[6].latest",
            "[0].field[7].latest",
        ],
    );
}

#[test]
fn a_date_in_a_table_is_bounded_by_one_of_its_row_or_of_the_form() {
    fields(
        json!([
            { "id": "opens", "label": "开业", "kind": "date" },
            { "id": "leases", "label": "租约", "kind": "table", "columns": [
                { "id": "from", "label": "起", "kind": "date", "latest": "opens" },
                { "id": "until", "label": "止", "kind": "date", "earliest": "from" },
                { "id": "owner", "label": "房东" },
            ]},
            { "id": "others", "label": "其他", "kind": "table", "columns": [
                { "id": "name", "label": "名" },
                { "id": "from", "label": "起", "kind": "date", "earliest": "until", "latest": "from" },
                { "id": "to", "label": "止", "kind": "date", "earliest": "name", "latest": "leases" },
            ]},
        ]),
        &[
            "[0].field[2].columns[1].earliest",
            "[0].field[2].columns[1].latest",
            "[0].field[2].columns[2].earliest",
            "[0].field[2].columns[2].latest",
        ],
    );
}

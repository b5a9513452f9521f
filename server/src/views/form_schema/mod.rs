//! A form as JSON Schema (draft 2020-12), so that other programs can show it and check
//! answers before they send them.
//!
//! What it takes is the form in which answers are kept; the domain also takes what people type,
//! such as `１２０` or `2026年1月2日`. It refuses whatever the domain refuses for its shape or
//! bounds. What a schema cannot say (the digit that proves a number, days counted from today)
//! is in members that begin with `x-`.

mod kinds;

use jiban_domain::case::Subject;
use jiban_domain::form::condition::Condition;
use jiban_domain::form::{self, Field, FieldKind, Form, Group};
use jiban_domain::setup::Hall;
use jiban_domain::{Lang, Refusal};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// The schema of a matter's or bundle's form, its words in one language.
///
/// # Errors
/// The hall has no such matter or bundle.
pub fn form_schema(
    hall: &Hall,
    subject: &Subject,
    today: Date,
    lang: Lang,
) -> Result<Value, Refusal> {
    let form = form::of(hall, subject)?;
    let (key, id, name) = match subject {
        Subject::Matter(id) => {
            ("matter", id.to_string(), hall.matter(id).map(|matter| &matter.name))
        }
        Subject::Bundle(id) => {
            ("bundle", id.to_string(), hall.bundle(id).map(|bundle| &bundle.name))
        }
    };
    let name = name.map(|name| name.get(lang).to_owned()).unwrap_or_default();
    let mut schema = of_form(&form, today, lang);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["$id"] = json!(format!("/api/form?hall={}&{key}={id}", hall.id));
    schema["title"] = json!(name);
    schema["x-hall"] = json!(hall.id);
    schema[format!("x-{key}")] = json!(id);
    Ok(schema)
}

/// The schema of a form without its name.
fn of_form(form: &Form, today: Date, lang: Lang) -> Value {
    let properties: Map<String, Value> = form
        .fields()
        .map(|field| (field.id.to_string(), kinds::of_field(field, today, lang)))
        .collect();
    let required: Vec<_> = form
        .fields()
        .filter(|field| field.required && field.shown_when.is_empty())
        .map(|field| &field.id)
        .collect();
    let conditions: Vec<Value> = form
        .fields()
        .filter(|field| !field.shown_when.is_empty())
        .map(|field| only_where_asked(form, field))
        .collect();
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
        "x-groups": form.groups.iter().map(|group| of_group(group, lang)).collect::<Vec<_>>(),
    });
    if !conditions.is_empty() {
        schema["allOf"] = conditions.into();
    }
    schema
}

/// Members of a schema have no order, so the fields' is here.
fn of_group(group: &Group, lang: Lang) -> Value {
    let mut schema = json!({
        "id": group.id,
        "title": group.name.get(lang),
        "fields": group.fields.iter().map(|field| &field.id).collect::<Vec<_>>(),
    });
    if let Some(help) = &group.help {
        schema["description"] = json!(help.get(lang));
    }
    schema
}

/// Wanted where it is asked; elsewhere there is nothing to answer.
fn only_where_asked(form: &Form, field: &Field) -> Value {
    let wanted: &[_] = if field.required { &[&field.id] } else { &[] };
    let holds: Vec<Value> =
        field.shown_when.iter().filter_map(|condition| holds(form, condition)).collect();
    json!({
        "if": { "anyOf": holds },
        "then": { "required": wanted },
        "else": { "properties": { field.id.as_str(): false } },
    })
}

/// That another field has one of these answers. Where that one is not asked it has none, by its
/// own condition.
fn holds(form: &Form, condition: &Condition) -> Option<Value> {
    let other = form.field(&condition.field)?;
    let answers = match other.kind {
        FieldKind::YesNo | FieldKind::Consent => {
            let flags: Vec<bool> = condition.is.iter().map(|answer| answer == "yes").collect();
            json!({ "enum": flags })
        }
        FieldKind::Several => json!({ "contains": { "enum": condition.is } }),
        _ => json!({ "enum": condition.is }),
    };
    Some(json!({
        "properties": { other.id.as_str(): answers },
        "required": [other.id],
    }))
}

//! The schema of one field, by its kind.

use jiban_domain::form::bound::DateBound;
use jiban_domain::form::{Choice, Field, FieldKind, TextFormat, Values};
use jiban_domain::identity::IdentityPaper;
use jiban_domain::{Lang, Text};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// A text in which something can be seen.
const VISIBLE: &str = r"\S";
/// The most characters of a name.
const NAME: usize = 120;
/// The most characters of a part of an address.
const ADDRESS: usize = 120;

/// The schema of a field or column.
pub(super) fn of_field(field: &Field, today: Date, lang: Lang) -> Value {
    let mut schema = match field.kind {
        FieldKind::Text | FieldKind::LongText => text(field),
        FieldKind::Number => number(field, field.decimals, lang),
        FieldKind::Money => number(field, 2, lang),
        FieldKind::Date => date(field, today),
        FieldKind::Choice => json!({ "type": "string", "oneOf": choices(&field.choices, lang) }),
        FieldKind::Several => counted(
            field,
            json!({
                "type": "array",
                "uniqueItems": true,
                "items": { "oneOf": choices(&field.choices, lang) },
            }),
            field.choices.len(),
        ),
        FieldKind::Address => address(lang),
        FieldKind::Person => person(lang),
        FieldKind::Business => business(lang),
        FieldKind::Telephone => json!({
            "type": "string",
            "pattern": r"^\+?[0-9][0-9 \-]{5,24}$",
            "x-check": "telephone",
        }),
        // Nobody agrees by "no": where it need not be agreed to, it may be left open.
        FieldKind::Consent if field.required => json!({ "const": true }),
        FieldKind::YesNo | FieldKind::Consent => json!({ "type": "boolean" }),
        FieldKind::Table => counted(field, table(field, today, lang), field.most_rows()),
    };
    schema["title"] = json!(field.label.get(lang));
    schema["x-kind"] = json!(field.kind);
    describe(&mut schema, field, lang);
    if !field.from.is_empty() {
        schema["x-from"] = json!(field.from);
    }
    schema
}

/// Its help, what is agreed to, and an example.
fn describe(schema: &mut Value, field: &Field, lang: Lang) {
    let said = |text: &Option<Text>| text.as_ref().map(|text| text.get(lang).to_owned());
    let words: Vec<String> = [&field.statement, &field.help].into_iter().filter_map(said).collect();
    if !words.is_empty() {
        schema["description"] = json!(words.join("\n"));
    }
    let Some(example) = said(&field.example) else { return };
    match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Telephone | FieldKind::Date => {
            schema["examples"] = json!([example]);
        }
        FieldKind::Number | FieldKind::Money if example.parse::<f64>().is_ok() => {
            schema["examples"] = json!([example]);
        }
        // In words, for people.
        _ => schema["x-example"] = json!(example),
    }
}

fn text(field: &Field) -> Value {
    let mut schema = json!({
        "type": "string",
        "minLength": field.shortest.unwrap_or(1).max(1),
        "maxLength": field.most_characters(),
        "pattern": VISIBLE,
    });
    match field.format {
        TextFormat::Any => {}
        TextFormat::Email => {
            schema["format"] = json!("email");
            schema["pattern"] = json!(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$");
        }
        TextFormat::Postcode => schema["pattern"] = json!("^[0-9]{6}$"),
        TextFormat::CreditCode => credit_code(&mut schema),
    }
    schema
}

/// Whose last place proves the others, which no pattern can.
fn credit_code(schema: &mut Value) {
    schema["pattern"] = json!("^[0-9A-HJ-NP-RTUWXY]{18}$");
    schema["x-check"] = json!("credit_code");
}

/// A JSON number, whose bounds a schema can say; or its figures as a text, in which it is kept,
/// since a number of a program loses the last of many decimals.
fn number(field: &Field, decimals: u8, lang: Lang) -> Value {
    let (type_of_number, fraction) = match decimals {
        0 => ("integer", String::new()),
        decimals => ("number", format!(r"(\.[0-9]{{1,{decimals}}})?")),
    };
    let mut schema = json!({
        "type": [type_of_number, "string"],
        "pattern": format!("^-?[0-9]{{1,15}}{fraction}$"),
        "x-decimals": decimals,
    });
    // No number of more than fifteen digits is kept.
    let most = 999_999_999_999_999.0_f64;
    let bound = |bound: f64| -> Value {
        #[allow(clippy::cast_possible_truncation, reason = "far within")]
        if bound.fract() == 0.0 && bound.abs() <= most { json!(bound as i64) } else { json!(bound) }
    };
    schema["minimum"] = bound(field.least.unwrap_or(-most));
    schema["maximum"] = bound(field.most.unwrap_or(most));
    let unit = match (&field.unit, field.kind) {
        (Some(unit), _) => Some(unit.get(lang).to_owned()),
        (None, FieldKind::Money) => Some("CNY".to_owned()),
        _ => None,
    };
    if let Some(unit) = unit {
        schema["x-unit"] = json!(unit);
    }
    schema
}

/// Bounds are said as they are in the file, and where they are known as the day of today.
fn date(field: &Field, today: Date) -> Value {
    let mut schema = json!({
        "type": "string",
        "format": "date",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    });
    for (name, bound) in [("earliest", &field.earliest), ("latest", &field.latest)] {
        let Some(bound) = bound else { continue };
        schema[format!("x-{name}")] = json!(bound);
        let day = bound.day(today, &Values::new());
        if let Some(day) = day.filter(|_| !matches!(bound, DateBound::Field(_))) {
            schema[format!("x-{name}-day")] = json!(day.to_string());
        }
    }
    schema
}

fn choices(choices: &[Choice], lang: Lang) -> Vec<Value> {
    let one = |choice: &Choice| json!({ "const": choice.id, "title": choice.name.get(lang) });
    choices.iter().map(one).collect()
}

/// A list of so many entries. An empty one is no answer.
fn counted(field: &Field, mut schema: Value, most: usize) -> Value {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounds of a file")]
    let entries = |bound: f64| bound as usize;
    let least = field.least.map_or(0, entries);
    schema["minItems"] = match least {
        least if field.required => json!(least.max(1)),
        0 | 1 => json!(0),
        least => json!(least),
    };
    schema["maxItems"] = json!(field.most.map_or(most, entries).max(1));
    schema
}

fn table(field: &Field, today: Date, lang: Lang) -> Value {
    let properties: Map<String, Value> = field
        .columns
        .iter()
        .map(|column| (column.id.to_string(), of_field(column, today, lang)))
        .collect();
    let required: Vec<_> =
        field.columns.iter().filter(|column| column.required).map(|column| &column.id).collect();
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "properties": properties,
            "required": required,
            // An empty row counts for nothing.
            "minProperties": 1,
            "additionalProperties": false,
        },
        "x-columns": field.columns.iter().map(|column| &column.id).collect::<Vec<_>>(),
    })
}

fn part(name: &Text, most: usize, lang: Lang) -> Value {
    json!({
        "type": "string",
        "minLength": 1,
        "maxLength": most,
        "pattern": VISIBLE,
        "title": name.get(lang),
    })
}

fn of_parts(properties: &Value, required: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn address(lang: Lang) -> Value {
    let region = Text::new("省、市、区县", "Province, city and district");
    let detail = Text::new("街道和门牌号", "Street and number");
    of_parts(
        &json!({ "region": part(&region, ADDRESS, lang), "detail": part(&detail, ADDRESS, lang) }),
        &["region", "detail"],
    )
}

/// A name, in which nothing stands that no name has.
fn name(text: &Text, lang: Lang) -> Value {
    let mut schema = part(text, NAME, lang);
    schema["pattern"] = json!(r"^[^<>{}\\]*[^<>{}\\\s][^<>{}\\]*$");
    schema
}

fn person(lang: Lang) -> Value {
    let papers: Vec<Value> = IdentityPaper::ALL
        .iter()
        .map(|paper| json!({ "const": paper, "title": paper.name().get(lang) }))
        .collect();
    let mut number = part(&Text::new("证件号码", "Number of the document"), 40, lang);
    number["minLength"] = json!(3);
    number["x-check"] = json!("identity");
    of_parts(
        &json!({
            "name": name(&Text::new("姓名", "Name"), lang),
            "paper": {
                "type": "string",
                "oneOf": papers,
                "title": Text::new("证件种类", "Kind of document").get(lang),
            },
            "number": number,
        }),
        &["name", "number"],
    )
}

fn business(lang: Lang) -> Value {
    let code = Text::new("统一社会信用代码", "Credit code");
    let mut schema = json!({ "type": "string", "title": code.get(lang) });
    credit_code(&mut schema);
    of_parts(
        &json!({ "name": name(&Text::new("名称", "Name"), lang), "code": schema }),
        &["name", "code"],
    )
}

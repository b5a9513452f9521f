//! The keywords of JSON Schema that a form's schema uses, by the words of draft 2020-12. What
//! is not known here fails, so that no keyword goes unchecked. `end2end` checks the same schemas
//! by a validator that others wrote.

use regex::Regex;
use serde_json::{Map, Value};

/// Members that say nothing about what is valid.
const NOTES: [&str; 6] = ["$schema", "$id", "title", "description", "examples", "then"];

/// Whether a value is valid.
pub fn is_valid(schema: &Value, value: &Value) -> bool {
    match schema {
        Value::Bool(anything) => *anything,
        Value::Object(keywords) => keywords.iter().all(|(keyword, said)| {
            let noted = NOTES.contains(&keyword.as_str()) || keyword.starts_with("x-");
            noted || keyword == "else" || holds(keywords, keyword, said, value)
        }),
        _ => panic!("no schema: {schema}"),
    }
}

fn holds(schema: &Map<String, Value>, keyword: &str, said: &Value, value: &Value) -> bool {
    let count = || usize::try_from(said.as_u64().unwrap()).unwrap();
    let all = |said: &Value| said.as_array().unwrap().clone();
    match keyword {
        "type" => match said {
            Value::Array(types) => types.iter().any(|one| is_of(one.as_str().unwrap(), value)),
            one => is_of(one.as_str().unwrap(), value),
        },
        "const" => value == said,
        "enum" => all(said).contains(value),
        "anyOf" => all(said).iter().any(|one| is_valid(one, value)),
        "allOf" => all(said).iter().all(|one| is_valid(one, value)),
        "oneOf" => all(said).iter().filter(|one| is_valid(one, value)).count() == 1,
        "if" => {
            let next = if is_valid(said, value) { "then" } else { "else" };
            schema.get(next).is_none_or(|next| is_valid(next, value))
        }
        _ => match value {
            Value::String(text) => of_text(keyword, said, text, &count),
            Value::Number(number) => of_number(keyword, said, number.as_f64().unwrap()),
            Value::Array(list) => of_list(keyword, said, list, &count),
            Value::Object(object) => of_object(schema, keyword, said, object, &count),
            _ => is_known(keyword),
        },
    }
}

fn is_known(keyword: &str) -> bool {
    const KNOWN: &str = " format minLength maxLength pattern minimum maximum items contains minItems maxItems \
        uniqueItems properties required additionalProperties minProperties ";
    assert!(KNOWN.contains(&format!(" {keyword} ")), "an unknown keyword: {keyword}");
    true
}

fn is_of(type_name: &str, value: &Value) -> bool {
    match type_name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        other => panic!("no type: {other}"),
    }
}

fn of_text(keyword: &str, said: &Value, text: &str, count: &dyn Fn() -> usize) -> bool {
    match keyword {
        "minLength" => text.chars().count() >= count(),
        "maxLength" => text.chars().count() <= count(),
        "format" => said != "date" || text.parse::<jiff::civil::Date>().is_ok(),
        "pattern" => Regex::new(said.as_str().unwrap()).unwrap().is_match(text),
        other => is_known(other),
    }
}

fn of_number(keyword: &str, said: &Value, number: f64) -> bool {
    match keyword {
        "minimum" => number >= said.as_f64().unwrap(),
        "maximum" => number <= said.as_f64().unwrap(),
        other => is_known(other),
    }
}

fn of_list(keyword: &str, said: &Value, list: &[Value], count: &dyn Fn() -> usize) -> bool {
    match keyword {
        "items" => list.iter().all(|one| is_valid(said, one)),
        "contains" => list.iter().any(|one| is_valid(said, one)),
        "minItems" => list.len() >= count(),
        "maxItems" => list.len() <= count(),
        "uniqueItems" => (1..list.len()).all(|at| !list[..at].contains(&list[at])),
        other => is_known(other),
    }
}

fn of_object(
    schema: &Map<String, Value>,
    keyword: &str,
    said: &Value,
    object: &Map<String, Value>,
    count: &dyn Fn() -> usize,
) -> bool {
    match keyword {
        "properties" => said
            .as_object()
            .unwrap()
            .iter()
            .all(|(name, said)| object.get(name).is_none_or(|value| is_valid(said, value))),
        "required" => {
            said.as_array().unwrap().iter().all(|name| object.contains_key(name.as_str().unwrap()))
        }
        "additionalProperties" => {
            assert_eq!(said, false);
            object.keys().all(|name| schema["properties"].get(name).is_some())
        }
        "minProperties" => object.len() >= count(),
        other => is_known(other),
    }
}

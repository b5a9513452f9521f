//! Reading and changing one place of the description of the halls.
//!
//! The description is kept as the JSON it travels as. So a place has one name
//! everywhere: `hall[0].matter[3].line` in a fault is `/hall/0/matter/3/line`
//! here, and a form is a table of such names ([`forms`](super::forms)) and not
//! a piece of code for each field, which would weigh on every page's load. The
//! tests of the forms hold the tables against `domain::setup`'s own types.

use serde_json::{Map, Value};

/// The text at a place; empty where there is none.
pub fn text(root: &Value, at: &str) -> String {
    match root.pointer(at) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => match number.as_f64() {
            // 8.0 is read as 8.
            Some(value) => value.to_string(),
            None => number.to_string(),
        },
        _ => String::new(),
    }
}

/// Whether a place is ticked.
pub fn ticked(root: &Value, at: &str) -> bool {
    root.pointer(at).and_then(Value::as_bool).unwrap_or_default()
}

/// How many stand in the list at a place.
pub fn count(root: &Value, at: &str) -> usize {
    root.pointer(at).and_then(Value::as_array).map_or(0, Vec::len)
}

/// The list at a place; empty where there is none.
pub fn list<'a>(root: &'a Value, at: &str) -> &'a [Value] {
    root.pointer(at).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Puts a value in a place, making the objects on the way; null takes it away.
pub fn put(root: &mut Value, at: &str, value: Value) {
    let Some((above, key)) = at.rsplit_once('/') else {
        *root = value;
        return;
    };
    if let Some(Value::Array(list)) = root.pointer_mut(above) {
        if let Some(item) = key.parse().ok().and_then(|index: usize| list.get_mut(index)) {
            *item = value;
        }
        return;
    }
    if root.pointer(above).is_none_or(|found| !found.is_object()) {
        put(root, above, Value::Object(Map::new()));
    }
    if let Some(Value::Object(object)) = root.pointer_mut(above) {
        if value.is_null() {
            object.remove(key);
        } else {
            object.insert(key.to_owned(), value);
        }
    }
}

/// Puts a value at the end of a list, making the list where there is none.
pub fn push(root: &mut Value, list_at: &str, value: Value) {
    if !root.pointer(list_at).is_some_and(Value::is_array) {
        put(root, list_at, Value::Array(Vec::new()));
    }
    if let Some(Value::Array(list)) = root.pointer_mut(list_at) {
        list.push(value);
    }
}

/// Takes one out of a list.
pub fn take(root: &mut Value, list_at: &str, index: usize) {
    if let Some(Value::Array(list)) = root.pointer_mut(list_at)
        && index < list.len()
    {
        list.remove(index);
    }
}

/// Lets two of a list change places.
pub fn swap(root: &mut Value, list_at: &str, one: usize, other: usize) {
    if let Some(Value::Array(list)) = root.pointer_mut(list_at)
        && one < list.len()
        && other < list.len()
    {
        list.swap(one, other);
    }
}

/// Whether two descriptions say the same: what is absent, and what is empty or
/// not ticked, is the same thing.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.iter().all(|(key, value)| same(value, other.get(key).unwrap_or(&Value::Null)))
                && other.iter().all(|(key, value)| one.contains_key(key) || nothing(value))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        _ => one == other || (nothing(one) && nothing(other)),
    }
}

fn nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.values().all(nothing),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_place_is_made_filled_and_taken_away() {
        let mut root = json!({ "hall": [{ "id": "a" }] });
        put(&mut root, "/hall/0/rules/idle_seconds", json!(50));
        assert_eq!(root, json!({ "hall": [{ "id": "a", "rules": { "idle_seconds": 50 } }] }));
        put(&mut root, "/hall/0/rules/idle_seconds", Value::Null);
        assert_eq!(root, json!({ "hall": [{ "id": "a", "rules": {} }] }));
        put(&mut root, "/hall/7/id", json!("beyond the list"));
        assert_eq!(count(&root, "/hall"), 1);
    }

    #[test]
    fn lists_grow_shrink_and_turn() {
        let mut root = json!({});
        for step in ["one", "two", "three"] {
            push(&mut root, "/steps", json!(step));
        }
        swap(&mut root, "/steps", 0, 2);
        take(&mut root, "/steps", 1);
        take(&mut root, "/steps", 9);
        assert_eq!(root, json!({ "steps": ["three", "one"] }));
    }

    #[test]
    fn absent_and_empty_are_the_same_and_a_changed_word_is_not() {
        let saved = json!({ "name": "A", "minutes": 8.0 });
        assert!(same(&saved, &json!({ "name": "A", "minutes": 8, "closed": false, "halls": [] })));
        assert!(same(&json!({ "closed": false }), &json!({})));
        assert!(!same(&saved, &json!({ "name": "B", "minutes": 8.0 })));
        assert!(!same(&saved, &json!({ "name": "A", "minutes": 8.0, "closed": true })));
        assert!(!same(&json!([1]), &json!([1, 2])));
    }
}

//! Reads and changes single values of the setup by JSON pointer.
//!
//! The admin page keeps the setup as the JSON it is sent as. A value then has the
//! same address everywhere: `hall[0].matter[3].line` in a fault is
//! `/hall/0/matter/3/line` here, and a form is a table of pointers
//! ([`forms`](super::forms)) instead of code for each field, which would make
//! the module larger. The tests of the forms compare the tables with the types
//! of `domain::setup`. Arguments named `at` are JSON pointers.

use serde_json::{Map, Value};

/// The text or number at a pointer; empty if there is none.
pub fn text(root: &Value, at: &str) -> String {
    match root.pointer(at) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => match number.as_f64() {
            // 8.0 is shown as 8.
            Some(value) => value.to_string(),
            None => number.to_string(),
        },
        Some(Value::Bool(yes)) => yes.to_string(),
        _ => String::new(),
    }
}

pub fn is_true(root: &Value, at: &str) -> bool {
    root.pointer(at).and_then(Value::as_bool).unwrap_or_default()
}

/// The length of a list; 0 if there is none.
pub fn len(root: &Value, at: &str) -> usize {
    root.pointer(at).and_then(Value::as_array).map_or(0, Vec::len)
}

/// The list at a pointer; empty if there is none.
pub fn list<'a>(root: &'a Value, at: &str) -> &'a [Value] {
    root.pointer(at).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Sets a value, creating the objects on the way; null removes it.
pub fn set(root: &mut Value, at: &str, value: Value) {
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
        set(root, above, Value::Object(Map::new()));
    }
    if let Some(Value::Object(object)) = root.pointer_mut(above) {
        if value.is_null() {
            object.remove(key);
        } else {
            object.insert(key.to_owned(), value);
        }
    }
}

/// Appends to a list, creating it if necessary.
pub fn push(root: &mut Value, list_at: &str, value: Value) {
    if !root.pointer(list_at).is_some_and(Value::is_array) {
        set(root, list_at, Value::Array(Vec::new()));
    }
    if let Some(Value::Array(list)) = root.pointer_mut(list_at) {
        list.push(value);
    }
}

pub fn remove(root: &mut Value, list_at: &str, index: usize) {
    if let Some(Value::Array(list)) = root.pointer_mut(list_at)
        && index < list.len()
    {
        list.remove(index);
    }
}

/// Puts an item into a list at an index, or at its end.
pub fn insert(root: &mut Value, list_at: &str, index: usize, item: Value) {
    push(root, list_at, item);
    if let Some(Value::Array(list)) = root.pointer_mut(list_at) {
        let last = list.len().saturating_sub(1);
        list[index.min(last)..].rotate_right(1);
    }
}

pub fn swap(root: &mut Value, list_at: &str, one: usize, other: usize) {
    if let Some(Value::Array(list)) = root.pointer_mut(list_at)
        && one < list.len()
        && other < list.len()
    {
        list.swap(one, other);
    }
}

/// Whether two values mean the same: an absent value equals an empty or false
/// one.
pub fn equivalent(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.iter().all(|(key, value)| equivalent(value, other.get(key).unwrap_or(&Value::Null)))
                && other.iter().all(|(key, value)| one.contains_key(key) || is_empty(value))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| equivalent(one, other))
        }
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        _ => one == other || (is_empty(one) && is_empty(other)),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.values().all(is_empty),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_created_changed_and_removed() {
        let mut root = json!({ "hall": [{ "id": "a" }] });
        set(&mut root, "/hall/0/rules/idle_seconds", json!(50));
        assert_eq!(root, json!({ "hall": [{ "id": "a", "rules": { "idle_seconds": 50 } }] }));
        set(&mut root, "/hall/0/rules/idle_seconds", Value::Null);
        assert_eq!(root, json!({ "hall": [{ "id": "a", "rules": {} }] }));
        set(&mut root, "/hall/7/id", json!("beyond the list"));
        assert_eq!(len(&root, "/hall"), 1);
    }

    #[test]
    fn list_items_are_added_swapped_and_removed() {
        let mut root = json!({});
        for step in ["one", "two", "three"] {
            push(&mut root, "/steps", json!(step));
        }
        swap(&mut root, "/steps", 0, 2);
        remove(&mut root, "/steps", 1);
        remove(&mut root, "/steps", 9);
        assert_eq!(root, json!({ "steps": ["three", "one"] }));
        insert(&mut root, "/steps", 1, json!("two"));
        insert(&mut root, "/steps", 9, json!("last"));
        assert_eq!(root, json!({ "steps": ["three", "two", "one", "last"] }));
    }

    #[test]
    fn absent_and_empty_values_are_equivalent() {
        let saved = json!({ "name": "A", "minutes": 8.0 });
        assert!(equivalent(
            &saved,
            &json!({ "name": "A", "minutes": 8, "closed": false, "halls": [] })
        ));
        assert!(equivalent(&json!({ "closed": false }), &json!({})));
        assert!(!equivalent(&saved, &json!({ "name": "B", "minutes": 8.0 })));
        assert!(!equivalent(&saved, &json!({ "name": "A", "minutes": 8.0, "closed": true })));
        assert!(!equivalent(&json!([1]), &json!([1, 2])));
    }
}

//! Two directors edit the setup at once: their changes are merged field by field. Items of
//! lists are known by their id. Only a field that both changed is asked about.

use serde_json::{Map, Value};

use super::json_pointer::equivalent;

/// A field that both changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Its place in the merged setup, which has the own value.
    pub at: String,
    pub theirs: Value,
}

/// What became of two edits of one setup.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    pub setup: Value,
    pub conflicts: Vec<Conflict>,
}

/// Merges one's own edit of `base` with that of somebody else.
pub fn merge(base: &Value, own: &Value, theirs: &Value) -> Merged {
    let mut conflicts = Vec::new();
    let setup = value("", base, own, theirs, &mut conflicts);
    Merged { setup, conflicts }
}

fn value(
    at: &str,
    base: &Value,
    own: &Value,
    theirs: &Value,
    conflicts: &mut Vec<Conflict>,
) -> Value {
    if equivalent(own, theirs) || equivalent(base, theirs) {
        return own.clone();
    }
    if equivalent(base, own) {
        return theirs.clone();
    }
    if let (Value::Object(own), Value::Object(theirs)) = (own, theirs) {
        return object(at, base, own, theirs, conflicts);
    }
    if let (Some(own), Some(theirs)) = (items(own), items(theirs)) {
        return list(at, &items(base).unwrap_or_default(), &own, &theirs, conflicts);
    }
    conflicts.push(Conflict { at: at.to_owned(), theirs: theirs.clone() });
    own.clone()
}

fn object(
    at: &str,
    base: &Value,
    own: &Map<String, Value>,
    theirs: &Map<String, Value>,
    conflicts: &mut Vec<Conflict>,
) -> Value {
    let mut merged = Map::new();
    for key in own.keys().chain(theirs.keys().filter(|key| !own.contains_key(*key))) {
        let of = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or_default();
        let before = base.get(key).cloned().unwrap_or_default();
        let found = value(&format!("{at}/{key}"), &before, &of(own), &of(theirs), conflicts);
        if !found.is_null() {
            merged.insert(key.clone(), found);
        }
    }
    Value::Object(merged)
}

fn id(item: &Value) -> Option<&str> {
    item.get("id")?.as_str().filter(|id| !id.is_empty())
}

/// The items of a list in which each has an id of its own.
fn items(list: &Value) -> Option<Vec<&Value>> {
    let list: Vec<&Value> = list.as_array()?.iter().collect();
    let mut ids: Vec<&str> = list.iter().filter_map(|item| id(item)).collect();
    ids.sort_unstable();
    ids.dedup();
    (ids.len() == list.len()).then_some(list)
}

/// One's own order, then what somebody else has added. What one has removed and the other
/// has changed stays: nothing is lost.
fn list(
    at: &str,
    base: &[&Value],
    own: &[&Value],
    theirs: &[&Value],
    conflicts: &mut Vec<Conflict>,
) -> Value {
    let find = |list: &[&Value], wanted: &Value| -> Option<Value> {
        list.iter().find(|item| id(item) == id(wanted)).map(|item| (*item).clone())
    };
    let added = theirs.iter().filter(|item| find(own, item).is_none());
    let mut merged = Vec::new();
    for item in own.iter().chain(added) {
        let (before, mine, other) = (find(base, item), find(own, item), find(theirs, item));
        let found = match (before, mine, other) {
            (before, Some(mine), Some(other)) => {
                let at = format!("{at}/{}", merged.len());
                Some(value(&at, &before.unwrap_or_default(), &mine, &other, conflicts))
            }
            // Removed by one: it is gone, unless the other changed it.
            (Some(before), Some(left), None) | (Some(before), None, Some(left)) => {
                (!equivalent(&before, &left)).then_some(left)
            }
            // New.
            (None, new, None) | (None, None, new) => new,
            (Some(_), None, None) => None,
        };
        merged.extend(found);
    }
    Value::Array(merged)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn setup(idle: u32, lines: &[(&str, &str)]) -> Value {
        let lines: Vec<Value> =
            lines.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
        json!({ "hall": [{ "id": "main", "rules": { "idle_seconds": idle }, "line": lines }] })
    }

    #[test]
    fn changes_to_different_fields_merge_by_themselves() {
        let base = setup(40, &[("a", "甲"), ("b", "乙")]);
        let own = setup(50, &[("a", "甲"), ("b", "乙")]);
        let theirs = setup(40, &[("a", "甲甲"), ("b", "乙"), ("c", "丙")]);
        let merged = merge(&base, &own, &theirs);
        assert_eq!(merged.conflicts, []);
        assert_eq!(merged.setup, setup(50, &[("a", "甲甲"), ("b", "乙"), ("c", "丙")]));
    }

    #[test]
    fn the_same_field_is_asked_about_with_both_values() {
        let base = setup(40, &[("a", "甲"), ("b", "乙")]);
        let own = setup(40, &[("b", "我的")]);
        let theirs = setup(40, &[("a", "甲"), ("b", "对方的")]);
        let merged = merge(&base, &own, &theirs);
        let at = "/hall/0/line/0/name".to_owned();
        assert_eq!(merged.conflicts, [Conflict { at: at.clone(), theirs: json!("对方的") }]);
        assert_eq!(merged.setup.pointer(&at), Some(&json!("我的")));
    }

    #[test]
    fn what_one_removed_is_gone_unless_the_other_changed_it() {
        let base = setup(40, &[("a", "甲"), ("b", "乙")]);
        let own = setup(40, &[]);
        let theirs = setup(40, &[("a", "甲"), ("b", "改了")]);
        assert_eq!(merge(&base, &own, &theirs).setup, setup(40, &[("b", "改了")]));
        assert_eq!(merge(&base, &theirs, &own).setup, setup(40, &[("b", "改了")]));
    }
}

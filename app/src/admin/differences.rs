//! What an import would change: items added, changed and removed, each by its name.

use jiban_domain::Lang;
use serde_json::Value;

use super::field_faults::describe_place;
use super::json_pointer::{self, equivalent};

/// What happens to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Added,
    Changed,
    Removed,
}

/// A list of a hall, or of all halls.
const LISTS: [&str; 3] = ["/hall", "/department", "/clerk"];
const LISTS_OF_HALL: [&str; 5] = ["/line", "/matter", "/bundle", "/counter", "/kiosk"];

/// The differences between two setups, in the order of their lists.
pub fn differences(old: &Value, new: &Value, lang: Lang) -> Vec<(Change, String)> {
    let mut found = Vec::new();
    for list in LISTS {
        of_list((old, list), (new, list), lang, &mut found);
    }
    found
}

fn id(root: &Value, at: &str) -> String {
    json_pointer::text(root, &format!("{at}/id"))
}

fn of_list(
    (old, old_at): (&Value, &str),
    (new, new_at): (&Value, &str),
    lang: Lang,
    found: &mut Vec<(Change, String)>,
) {
    let places = |root: &Value, at: &str| -> Vec<String> {
        (0..json_pointer::len(root, at)).map(|index| format!("{at}/{index}")).collect()
    };
    let (before, after) = (places(old, old_at), places(new, new_at));
    for at in &after {
        let known = before.iter().find(|known| id(old, known) == id(new, at));
        let Some(known) = known else {
            found.push((Change::Added, describe_place(new, at, lang)));
            continue;
        };
        if old_at == "/hall" {
            let changed = !equivalent(&without_lists(old, known), &without_lists(new, at));
            if changed {
                found.push((Change::Changed, describe_place(new, at, lang)));
            }
            for list in LISTS_OF_HALL {
                let (old_at, new_at) = (format!("{known}{list}"), format!("{at}{list}"));
                of_list((old, &old_at), (new, &new_at), lang, found);
            }
        } else if old.pointer(known).zip(new.pointer(at)).is_some_and(|(a, b)| !equivalent(a, b)) {
            found.push((Change::Changed, describe_place(new, at, lang)));
        }
    }
    for at in &before {
        if !after.iter().any(|known| id(new, known) == id(old, at)) {
            found.push((Change::Removed, describe_place(old, at, lang)));
        }
    }
}

/// A hall's own fields.
fn without_lists(root: &Value, at: &str) -> Value {
    let mut hall = root.pointer(at).cloned().unwrap_or_default();
    if let Value::Object(fields) = &mut hall {
        for list in LISTS_OF_HALL {
            fields.remove(&list[1..]);
        }
    }
    hall
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_item_is_named_with_what_becomes_of_it() {
        let named = |id: &str, name: &str| json!({ "id": id, "name": { "zh": name, "en": "" } });
        let old = json!({
            "hall": [{ "id": "main", "name": { "zh": "大厅" }, "telephone": "1",
                       "line": [named("a", "甲"), named("b", "乙")] }],
            "clerk": [named("one", "张三")],
        });
        let new = json!({
            "hall": [{ "id": "main", "name": { "zh": "大厅" }, "telephone": "1",
                       "line": [named("a", "甲甲"), named("c", "丙")] }],
            "clerk": [named("one", "张三")],
        });
        let found = differences(&old, &new, Lang::Zh);
        let expected = [
            (Change::Changed, "大厅 · 甲甲".to_owned()),
            (Change::Added, "大厅 · 丙".to_owned()),
            (Change::Removed, "大厅 · 乙".to_owned()),
        ];
        assert_eq!(found, expected);
        assert_eq!(differences(&new, &new, Lang::Zh), []);
    }
}

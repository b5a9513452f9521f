//! What is written of a form so far, to choose from.

use jiban_domain::Lang;
use serde_json::Value;

use crate::admin::forms::display_name;
use crate::admin::json_pointer;

/// A field that is written.
pub(super) struct Known {
    pub at: String,
    pub id: String,
    pub label: String,
    pub kind: String,
}

/// Where the form is that a pointer leads into: `/hall/0/matter/3/form`.
pub(super) fn form_of(at: &str) -> &str {
    let end = at.find("/form").map_or(at.len(), |start| start + "/form".len());
    &at[..end]
}

/// Where the field is that a pointer leads into; a column's is that of its table.
pub(super) fn field_of(at: &str) -> &str {
    let Some(start) = at.find("/field/") else { return at };
    let index = start + "/field/".len();
    let end = at[index..].find('/').map_or(at.len(), |end| index + end);
    &at[..end]
}

/// The fields of a form, in their order.
pub(super) fn fields(root: &Value, form: &str, lang: Lang) -> Vec<Known> {
    let mut known = Vec::new();
    for group in 0..json_pointer::len(root, form) {
        let list = format!("{form}/{group}/field");
        for index in 0..json_pointer::len(root, &list) {
            let at = format!("{list}/{index}");
            known.push(Known {
                id: json_pointer::text(root, &format!("{at}/id")),
                label: display_name(root, &at, lang),
                kind: kind(root, &at),
                at,
            });
        }
    }
    known
}

/// The kind of a field; absent it is a text.
pub(super) fn kind(root: &Value, at: &str) -> String {
    let kind = json_pointer::text(root, &format!("{at}/kind"));
    if kind.is_empty() { "text".to_owned() } else { kind }
}

/// An id that is not in use: `field-7`.
pub(super) fn unused_id(prefix: &str, is_used: impl Fn(&str) -> bool) -> String {
    (1..usize::MAX)
        .map(|number| format!("{prefix}-{number}"))
        .find(|id| !is_used(id))
        .unwrap_or_default()
}

//! Reads what a browser posted.

use std::collections::BTreeMap;

use jiban_domain::FieldId;
use jiban_domain::form::{Field, FieldKind, FieldValue, Values};

/// The most rows that are read; the rules refuse fewer.
const MOST_ROWS: usize = 500;

/// The answers of these fields, which were all on the page. A box that was not ticked posts
/// nothing, so what lacks is empty or `false`.
pub fn read<'a>(
    fields: impl IntoIterator<Item = &'a Field>,
    posted: &[(String, String)],
) -> Values {
    fields
        .into_iter()
        .map(|field| (field.id.clone(), of(field, field.id.as_str(), posted)))
        .collect()
}

fn of(field: &Field, name: &str, posted: &[(String, String)]) -> FieldValue {
    let first = |name: &str| {
        posted.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    };
    match field.kind {
        FieldKind::Consent => FieldValue::Flag(first(name) == "yes"),
        FieldKind::YesNo => match first(name) {
            "yes" => FieldValue::Flag(true),
            "no" => FieldValue::Flag(false),
            _ => FieldValue::default(),
        },
        FieldKind::Several => {
            let own = posted.iter().filter(|(key, _)| key == name);
            FieldValue::Several(own.map(|(_, value)| value.clone()).collect())
        }
        FieldKind::Address | FieldKind::Person | FieldKind::Business => {
            let parts: BTreeMap<String, String> = field
                .kind
                .parts()
                .iter()
                .map(|part| ((*part).to_owned(), first(&format!("{name}.{part}")).to_owned()))
                .collect();
            // The kind of a paper by itself answers nothing.
            let says =
                |(part, value): (&String, &String)| part != "paper" && !value.trim().is_empty();
            if parts.iter().any(says) { FieldValue::Parts(parts) } else { FieldValue::default() }
        }
        FieldKind::Table => FieldValue::Rows(rows(field, name, posted)),
        _ => FieldValue::from(first(name)),
    }
}

fn rows(
    field: &Field,
    name: &str,
    posted: &[(String, String)],
) -> Vec<BTreeMap<FieldId, FieldValue>> {
    let at = |key: &str| -> Option<usize> {
        key.strip_prefix(name)?.strip_prefix('.')?.split('.').next()?.parse().ok()
    };
    let last = posted.iter().filter_map(|(key, _)| at(key)).filter(|at| *at < MOST_ROWS).max();
    let count = last.map_or(0, |last| last + 1);
    let row = |at: usize| {
        let cell = |column: &Field| {
            (column.id.clone(), of(column, &format!("{name}.{at}.{}", column.id), posted))
        };
        field.columns.iter().map(cell).collect()
    };
    (0..count).map(row).collect()
}

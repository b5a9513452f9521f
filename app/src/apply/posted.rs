//! Reads what a browser posted, and tells what was changed on a page from what it showed.

use std::collections::BTreeMap;

use jiban_domain::form::{Field, FieldKind, FieldValue, Values, date};
use jiban_domain::identity::IdentityPaper;
use jiban_domain::{FieldId, typed};

use super::slot::rows as rows_of;

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
            of_parts(parts)
        }
        FieldKind::Table => FieldValue::Rows(rows(field, name, posted)),
        _ => FieldValue::from(first(name)),
    }
}

/// The kind of a paper by itself answers nothing.
fn of_parts(parts: BTreeMap<String, String>) -> FieldValue {
    let says = |(part, value): (&String, &String)| part != "paper" && !value.trim().is_empty();
    if parts.iter().any(says) { FieldValue::Parts(parts) } else { FieldValue::default() }
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

/// The fingerprint of an answer as a page posts it where nobody touches it.
pub fn fingerprint_of_shown(field: &Field, kept: &FieldValue) -> String {
    fingerprint(&as_shown(field, kept))
}

/// The fingerprint of an answer as it was posted.
pub fn fingerprint_of_posted(posted: &FieldValue) -> String {
    fingerprint(&without_empty(posted))
}

/// Whether a page that posts this says what is kept already. A row that says nothing changes
/// nothing, and one that is there no longer was taken away.
pub fn is_same(field: &Field, kept: &FieldValue, posted: &FieldValue) -> bool {
    match (as_shown(field, kept), without_empty(posted)) {
        (FieldValue::Rows(kept), FieldValue::Rows(posted)) => {
            posted.len() >= kept.len()
                && posted
                    .iter()
                    .filter(|row| !row.is_empty())
                    .eq(kept.iter().filter(|row| !row.is_empty()))
        }
        (kept, posted) => kept == posted,
    }
}

/// An answer as its controls show it and a page posts it, without what is empty. What no control
/// can show, such as a choice that the form has no longer, is not posted.
fn as_shown(field: &Field, kept: &FieldValue) -> FieldValue {
    let text = kept.text().unwrap_or_default();
    let shown = match field.kind {
        FieldKind::Consent => FieldValue::Flag(*kept == FieldValue::Flag(true)),
        FieldKind::YesNo => match (kept, text) {
            (FieldValue::Flag(_), _) => kept.clone(),
            (_, "yes") => FieldValue::Flag(true),
            (_, "no") => FieldValue::Flag(false),
            _ => FieldValue::default(),
        },
        FieldKind::Choice => {
            let is_offered = field.choices.iter().any(|choice| choice.id == text);
            FieldValue::from(if is_offered { text } else { "" })
        }
        FieldKind::Several => {
            let chosen: &[String] = match kept {
                FieldValue::Several(several) => several,
                _ => &[],
            };
            let ids = field.choices.iter().map(|choice| &choice.id);
            FieldValue::Several(ids.filter(|id| chosen.contains(id)).cloned().collect())
        }
        FieldKind::Address | FieldKind::Person | FieldKind::Business => {
            let part = |part: &&'static str| ((*part).to_owned(), in_a_line(kept.part(part)));
            let mut parts: BTreeMap<String, String> = field.kind.parts().iter().map(part).collect();
            parts.retain(|part, said| part != "paper" || said.parse::<IdentityPaper>().is_ok());
            of_parts(parts)
        }
        FieldKind::Table => {
            let row = |row: &BTreeMap<FieldId, FieldValue>| {
                let cell = |column: &Field| {
                    let kept = row.get(&column.id).unwrap_or(FieldValue::empty());
                    (column.id.clone(), as_shown(column, kept))
                };
                field.columns.iter().map(cell).collect()
            };
            FieldValue::Rows(rows_of(kept).iter().map(row).collect())
        }
        FieldKind::Date => {
            FieldValue::Text(date::date(text).map_or_else(String::new, |date| date.to_string()))
        }
        FieldKind::LongText => {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            // Browsers leave out a line that is empty at the very beginning.
            FieldValue::Text(typed::visible(text.strip_prefix('\n').unwrap_or(&text)))
        }
        FieldKind::Text | FieldKind::Number | FieldKind::Money | FieldKind::Telephone => {
            FieldValue::Text(in_a_line(text))
        }
    };
    without_empty(&shown)
}

/// A text as an input of one line has it.
fn in_a_line(text: &str) -> String {
    typed::visible(text).replace('\n', "")
}

/// An answer without its empty parts and cells. A table shows one row at least.
fn without_empty(value: &FieldValue) -> FieldValue {
    match value {
        FieldValue::Parts(parts) => {
            let said = parts.iter().filter(|(_, said)| !said.trim().is_empty());
            let said: BTreeMap<String, String> =
                said.map(|(part, said)| (part.clone(), said.clone())).collect();
            if said.is_empty() { FieldValue::default() } else { FieldValue::Parts(said) }
        }
        FieldValue::Rows(rows) => {
            let row = |row: &BTreeMap<FieldId, FieldValue>| {
                let cells = row.iter().map(|(column, cell)| (column.clone(), without_empty(cell)));
                cells.filter(|(_, cell)| !cell.is_empty()).collect()
            };
            let mut rows: Vec<BTreeMap<FieldId, FieldValue>> = rows.iter().map(row).collect();
            if rows.is_empty() {
                rows.push(BTreeMap::new());
            }
            FieldValue::Rows(rows)
        }
        FieldValue::Text(text) if text.trim().is_empty() => FieldValue::default(),
        FieldValue::Flag(_) | FieldValue::Text(_) | FieldValue::Several(_) => value.clone(),
    }
}

/// FNV-1a of a value. It keeps nobody out: whoever has the page has the value too.
fn fingerprint(value: &FieldValue) -> String {
    // A value has nothing that JSON cannot represent.
    let text = serde_json::to_string(value).unwrap_or_default();
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

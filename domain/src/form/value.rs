//! What somebody wrote into a field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::FieldId;
use crate::typed::is_invisible;

/// The answers of a form, by field.
pub type Values = BTreeMap<FieldId, FieldValue>;

/// The most characters of any text in a value, whatever its field says: what is still being
/// written may be wrong, but not without end.
const MOST_CHARACTERS: usize = 4_000;
/// The most rows and entries of any value.
const MOST_ENTRIES: usize = 500;
/// About the bytes that a row and a cell of a table take besides what is written in them.
const ROW: usize = 64;
const CELL: usize = 48;

/// Whether nothing can be seen of a text.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// A value as it is on the wire. What is still being written need not be right: a telephone
/// with six figures is a text like another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged, from = "Written")]
pub enum FieldValue {
    /// Yes or no, agreed or not.
    Flag(bool),
    /// A text, number, amount, date, telephone, or the id of a choice.
    Text(String),
    /// Ids of choices.
    Several(Vec<String>),
    /// The parts of an address, person or business.
    Parts(BTreeMap<String, String>),
    /// The rows of a table, by column.
    Rows(Vec<BTreeMap<FieldId, FieldValue>>),
}

/// The same as people's programs send it: a number may be a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Nothing(()),
    Flag(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    Several(Vec<String>),
    Rows(Vec<BTreeMap<FieldId, FieldValue>>),
    Parts(BTreeMap<String, String>),
}

impl From<Written> for FieldValue {
    fn from(written: Written) -> Self {
        match written {
            Written::Nothing(()) => Self::Text(String::new()),
            Written::Flag(flag) => Self::Flag(flag),
            Written::Whole(number) => Self::Text(number.to_string()),
            Written::Number(number) => Self::Text(number.to_string()),
            Written::Text(text) => Self::Text(text),
            Written::Several(several) => Self::Several(several),
            Written::Rows(rows) => Self::Rows(rows),
            Written::Parts(parts) => Self::Parts(parts),
        }
    }
}

impl FieldValue {
    /// Nothing, which is what an emptied field has.
    pub const fn empty() -> &'static Self {
        static EMPTY: FieldValue = FieldValue::Text(String::new());
        &EMPTY
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Flag(_) => false,
            Self::Text(text) => is_blank(text),
            Self::Several(several) => several.is_empty(),
            Self::Parts(parts) => parts.values().all(|part| is_blank(part)),
            Self::Rows(rows) => rows.iter().all(|row| row.values().all(Self::is_empty)),
        }
    }

    /// Its text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// One of its parts; empty where it has none.
    pub fn part(&self, name: &str) -> &str {
        match self {
            Self::Parts(parts) => parts.get(name).map_or("", String::as_str),
            _ => "",
        }
    }

    /// Its bytes, about as many as it takes in memory: a table of many almost empty rows is large.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Flag(_) => 4,
            Self::Text(text) => text.len() + 2,
            Self::Several(several) => several.iter().map(|id| id.len() + 3).sum::<usize>() + 2,
            Self::Parts(parts) => {
                parts.iter().map(|(name, part)| name.len() + part.len() + 6).sum()
            }
            Self::Rows(rows) => {
                let cell =
                    |(id, value): (&FieldId, &Self)| CELL + id.as_str().len() + value.bytes();
                rows.iter().map(|row| ROW + row.iter().map(cell).sum::<usize>()).sum()
            }
        }
    }

    /// Whether it is longer than anything a form asks for.
    pub fn is_endless(&self) -> bool {
        let long = |text: &String| text.chars().count() > MOST_CHARACTERS;
        match self {
            Self::Flag(_) => false,
            Self::Text(text) => long(text),
            Self::Several(several) => several.len() > MOST_ENTRIES || several.iter().any(long),
            Self::Parts(parts) => parts.values().any(long),
            Self::Rows(rows) => {
                rows.len() > MOST_ENTRIES
                    || rows.iter().any(|row| row.values().any(Self::is_endless))
            }
        }
    }
}

impl From<&str> for FieldValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Default for FieldValue {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn value(json: serde_json::Value) -> FieldValue {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn what_nobody_can_see_is_no_answer() {
        for empty in [
            json!("\u{200b}"),
            json!(" \u{feff}\u{3000}\n"),
            json!({ "name": "\u{202e}", "number": "" }),
            json!([{ "name": "\u{ad}" }, {}]),
        ] {
            assert!(value(empty.clone()).is_empty(), "{empty}");
        }
        for full in [json!("张\u{200b}"), json!({ "name": "。" }), json!([{ "name": "\u{e843}" }])]
        {
            assert!(!value(full.clone()).is_empty(), "{full}");
        }
    }

    #[test]
    fn a_table_of_many_small_rows_is_large() {
        let rows = |rows: usize| value(json!(vec![json!({ "a": "1" }); rows])).bytes();
        assert!(rows(500) > 500 * (64 + 48), "{}", rows(500));
        assert_eq!(rows(500), 500 * rows(1));
        let wide = value(json!([{ "a": "1", "b": "1" }])).bytes();
        assert!(wide >= rows(1) + 48, "{wide}");
    }
}

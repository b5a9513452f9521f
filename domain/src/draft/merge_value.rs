//! Two changes of one answer, made at the same time from the same beginning. The server and both
//! pages join them by these rules alone, so that all come to the same answer.

use std::collections::{BTreeMap, BTreeSet};

use super::merge_text::{merge, only_change};
use crate::form::{Field, FieldKind, FieldValue, TextFormat};
use crate::ids::FieldId;

/// How two changes of an answer are joined, by what the field asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Joining {
    /// Not at all: the letters of two dates or numbers make a third that nobody wrote.
    #[default]
    Whole,
    /// Where they are in different places of a text.
    Letters,
    /// Each choice by itself: who took one away, and who added one.
    Choices,
    /// Each part by itself.
    Parts,
    /// Each cell by itself, as its column says.
    Cells(BTreeMap<FieldId, Joining>),
}

/// The parts of addresses, persons and businesses that are words; the others are numbers, or one
/// of a list.
const WORDS: [&str; 3] = ["name", "region", "detail"];

type Row = BTreeMap<FieldId, FieldValue>;

impl Joining {
    pub(super) fn of(field: &Field) -> Self {
        match field.kind {
            FieldKind::Text | FieldKind::LongText if field.format == TextFormat::Any => {
                Self::Letters
            }
            FieldKind::Several => Self::Choices,
            FieldKind::Address | FieldKind::Person | FieldKind::Business => Self::Parts,
            FieldKind::Table => {
                let columns = field.columns.iter();
                Self::Cells(columns.map(|column| (column.id.clone(), Self::of(column))).collect())
            }
            _ => Self::Whole,
        }
    }

    /// Both changes; none where they contradict each other, so that somebody has to choose.
    pub(super) fn joined(
        &self,
        base: &FieldValue,
        ours: &FieldValue,
        theirs: &FieldValue,
    ) -> Option<FieldValue> {
        if let Some(change) = only_change(base, ours, theirs) {
            return Some(change.clone());
        }
        match self {
            Self::Whole => None,
            Self::Letters => {
                merge(base.text()?, ours.text()?, theirs.text()?).map(FieldValue::Text)
            }
            Self::Choices => {
                let joined = choices(chosen(base)?, chosen(ours)?, chosen(theirs)?);
                Some(FieldValue::Several(joined))
            }
            Self::Parts => parts(base, ours, theirs),
            Self::Cells(columns) => cells(columns, base, ours, theirs),
        }
    }
}

fn chosen(value: &FieldValue) -> Option<&[String]> {
    match value {
        FieldValue::Several(chosen) => Some(chosen),
        value if value.is_empty() => Some(&[]),
        _ => None,
    }
}

fn choices(base: &[String], ours: &[String], theirs: &[String]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for id in ours.iter().chain(theirs) {
        let (in_ours, in_theirs) = (ours.contains(id), theirs.contains(id));
        let kept = if base.contains(id) { in_ours && in_theirs } else { in_ours || in_theirs };
        if kept && !joined.contains(id) {
            joined.push(id.clone());
        }
    }
    joined
}

fn parts(base: &FieldValue, ours: &FieldValue, theirs: &FieldValue) -> Option<FieldValue> {
    let (FieldValue::Parts(in_ours), FieldValue::Parts(in_theirs)) = (ours, theirs) else {
        return None;
    };
    let names: BTreeSet<&String> = in_ours.keys().chain(in_theirs.keys()).collect();
    let joined = names.into_iter().map(|name| {
        let (before, ours, theirs) = (base.part(name), ours.part(name), theirs.part(name));
        let joined = if WORDS.contains(&name.as_str()) {
            merge(before, ours, theirs)
        } else {
            only_change(before, ours, theirs).map(str::to_owned)
        };
        Some((name.clone(), joined?))
    });
    joined.collect::<Option<_>>().map(FieldValue::Parts)
}

/// The cells of rows that are as many at both as before. Otherwise nobody knows which row of one
/// is which of the other: somebody added or removed one.
fn cells(
    columns: &BTreeMap<FieldId, Joining>,
    base: &FieldValue,
    ours: &FieldValue,
    theirs: &FieldValue,
) -> Option<FieldValue> {
    let (FieldValue::Rows(ours), FieldValue::Rows(theirs)) = (ours, theirs) else { return None };
    let before: &[Row] = match base {
        FieldValue::Rows(rows) => rows,
        base if base.is_empty() => &[],
        _ => return None,
    };
    // A table that nobody has written in shows one row all the same.
    if ours.len() != theirs.len() || ours.len() != before.len().max(1) {
        return None;
    }
    let joined = ours.iter().zip(theirs).enumerate().map(|(at, (ours, theirs))| {
        let ids: BTreeSet<&FieldId> = ours.keys().chain(theirs.keys()).collect();
        let joined = ids.into_iter().map(|id| {
            let joining = columns.get(id).unwrap_or(&Joining::Whole);
            let (ours, theirs) = (cell(Some(ours), id), cell(Some(theirs), id));
            Some((id.clone(), joining.joined(cell(before.get(at), id), ours, theirs)?))
        });
        joined.collect::<Option<Row>>()
    });
    joined.collect::<Option<_>>().map(FieldValue::Rows)
}

fn cell<'a>(row: Option<&'a Row>, id: &FieldId) -> &'a FieldValue {
    row.and_then(|row| row.get(id)).unwrap_or(FieldValue::empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn joined(field: Value, base: Value, ours: Value, theirs: Value) -> Option<Value> {
        let joining = Joining::of(&serde_json::from_value(field).unwrap());
        let value = |written| serde_json::from_value::<FieldValue>(written).unwrap();
        let joined = joining.joined(&value(base), &value(ours), &value(theirs))?;
        Some(serde_json::to_value(joined).unwrap())
    }

    fn field(kind: &str) -> Value {
        json!({ "id": "x", "label": "项", "kind": kind })
    }

    #[test]
    fn what_is_one_piece_is_never_joined_of_two() {
        for (kind, base, ours, theirs) in [
            ("date", "2026-01-02", "2026-03-02", "2026-01-12"),
            ("number", "100", "1100", "1005"),
            ("money", "10.00", "210.00", "10.50"),
            ("choice", "owned", "lowned", "ownedx"),
            ("telephone", "13812345678", "13912345678", "13812345679"),
        ] {
            assert_eq!(
                joined(field(kind), json!(base), json!(ours), json!(theirs)),
                None,
                "{kind}"
            );
            // Where one alone changed it, nothing is contradicted.
            let changed = joined(field(kind), json!(base), json!(ours), json!(base));
            assert_eq!(changed, Some(json!(ours)), "{kind}");
        }
        for format in ["email", "postcode", "credit_code"] {
            let field = json!({ "id": "x", "label": "项", "format": format });
            assert_eq!(joined(field, json!("450000"), json!("150000"), json!("450009")), None);
        }
    }

    #[test]
    fn words_are_joined_by_letters() {
        for kind in ["text", "long_text"] {
            let both =
                joined(field(kind), json!("建设路"), json!("建设路1号"), json!("中原区建设路"));
            assert_eq!(both, Some(json!("中原区建设路1号")), "{kind}");
            assert_eq!(joined(field(kind), json!(""), json!("一句"), json!("另一句")), None);
        }
    }

    #[test]
    fn parts_are_joined_each_by_itself() {
        let both = joined(
            field("address"),
            json!({ "region": "河南", "detail": "" }),
            json!({ "region": "河南省" }),
            json!({ "region": "河南", "detail": "1号" }),
        );
        assert_eq!(both, Some(json!({ "region": "河南省", "detail": "1号" })));
        let person = |name: &str, paper: &str, number: &str| json!({ "name": name, "paper": paper, "number": number });
        let before = person("张", "passport", "E12345678");
        let both = joined(
            field("person"),
            before.clone(),
            person("张伟", "passport", "E12345678"),
            person("张", "passport", "E12345679"),
        );
        assert_eq!(both, Some(person("张伟", "passport", "E12345679")));
        // Letters of two papers, or of two numbers, are those of no third.
        let papers =
            (person("张", "passports", "E12345678"), person("张", "my_passport", "E12345678"));
        assert_eq!(joined(field("person"), before.clone(), papers.0, papers.1), None);
        let numbers =
            (person("张", "passport", "G12345678"), person("张", "passport", "E12345679"));
        assert_eq!(joined(field("person"), before, numbers.0, numbers.1), None);
    }

    #[test]
    fn choices_are_joined_each_by_itself_also_the_first() {
        let both =
            joined(field("several"), json!(["a", "b"]), json!(["b", "c"]), json!(["a", "b", "d"]));
        assert_eq!(both, Some(json!(["b", "c", "d"])));
        assert_eq!(
            joined(field("several"), json!(""), json!(["a"]), json!(["b"])),
            Some(json!(["a", "b"]))
        );
    }

    fn table() -> Value {
        json!({ "id": "staff", "label": "人员", "kind": "table", "columns": [
            { "id": "name", "label": "姓名" },
            { "id": "since", "label": "入职", "kind": "date" },
        ]})
    }

    #[test]
    fn cells_are_joined_each_by_itself() {
        let row = |name: &str, since: &str| json!({ "name": name, "since": since });
        let before = json!([row("张", ""), row("李", "2026-01-02")]);
        let both = joined(
            table(),
            before.clone(),
            json!([row("张伟", ""), row("李", "2026-01-02")]),
            json!([row("张", "2026-02-03"), row("李雷", "2026-01-02")]),
        );
        assert_eq!(both, Some(json!([row("张伟", "2026-02-03"), row("李雷", "2026-01-02")])));
        // One day is not joined of two.
        let days = ["2026-03-02", "2026-01-12"].map(|day| json!([row("张", ""), row("李", day)]));
        let [one, other] = days;
        assert_eq!(joined(table(), before.clone(), one, other), None);
        // Where somebody added or removed a row, nobody knows which is which.
        let longer = json!([row("张", ""), row("李", "2026-01-02"), row("王", "")]);
        let changed = json!([row("张伟", ""), row("李", "2026-01-02")]);
        assert_eq!(joined(table(), before, longer, changed), None);
    }

    #[test]
    fn the_first_row_is_joined_and_rows_that_both_added_are_not() {
        let both =
            joined(table(), json!(""), json!([{ "name": "张" }]), json!([{ "since": "2026" }]));
        assert_eq!(both, Some(json!([{ "name": "张", "since": "2026" }])));
        let one = json!([{ "name": "张" }, { "name": "李" }]);
        let other = json!([{ "since": "2026" }, { "since": "2025" }]);
        assert_eq!(joined(table(), json!([]), one, other), None);
    }

    fn rows() -> impl Strategy<Value = FieldValue> {
        let cell = "[ab]{0,3}".prop_map(FieldValue::Text);
        let id = prop_oneof![Just(FieldId::from("name")), Just(FieldId::from("since"))];
        let row = proptest::collection::btree_map(id, cell, 0..3);
        proptest::collection::vec(row, 2).prop_map(FieldValue::Rows)
    }

    proptest! {
        #[test]
        fn who_is_first_does_not_matter_in_a_table(base in rows(), ours in rows(), theirs in rows()) {
            let joining = Joining::of(&serde_json::from_value(table()).unwrap());
            let text = |value: &FieldValue, at: usize, id: &str| match value {
                FieldValue::Rows(rows) => cell(rows.get(at), &id.into()).clone(),
                _ => FieldValue::default(),
            };
            let one = joining.joined(&base, &ours, &theirs);
            let other = joining.joined(&base, &theirs, &ours);
            prop_assert_eq!(one.is_some(), other.is_some());
            let (Some(one), Some(other)) = (one, other) else { return Ok(()) };
            for at in 0..2 {
                for id in ["name", "since"] {
                    let joined = text(&one, at, id);
                    prop_assert_eq!(&joined, &text(&other, at, id));
                    // A cell that one of them left as it was is the other's.
                    let (before, own) = (text(&base, at, id), text(&ours, at, id));
                    if own == before {
                        prop_assert_eq!(joined, text(&theirs, at, id));
                    }
                }
            }
        }
    }
}

//! An answer in words, to be read once more before it is sent.

use jiban_domain::Lang;
use jiban_domain::form::{Field, FieldKind, FieldValue};
use jiban_domain::identity::IdentityPaper;

use super::control::unit;
use super::phone::words::ApplyPageWords;
use super::words::ApplyWords;

/// An answer in lines; empty where there is none.
pub fn lines(field: &Field, value: &FieldValue, lang: Lang) -> Vec<String> {
    if value.is_empty() {
        return Vec::new();
    }
    let words = ApplyWords::of(lang);
    let name = |id: &str| {
        let choice = field.choices.iter().find(|choice| choice.id == id);
        choice.map_or_else(|| id.to_owned(), |choice| choice.name.get(lang).to_owned())
    };
    match value {
        FieldValue::Flag(true) if field.kind == FieldKind::Consent => {
            vec![ApplyPageWords::of(lang).agreed.to_owned()]
        }
        FieldValue::Flag(false) if field.kind == FieldKind::Consent => Vec::new(),
        FieldValue::Flag(flag) => vec![if *flag { words.yes } else { words.no }.to_owned()],
        FieldValue::Text(text) => match (field.kind, text.as_str()) {
            (FieldKind::YesNo, "yes") => vec![words.yes.to_owned()],
            (FieldKind::YesNo, "no") => vec![words.no.to_owned()],
            (FieldKind::Choice, id) => vec![name(id)],
            (FieldKind::LongText, text) => text.lines().map(str::to_owned).collect(),
            (_, text) => vec![with_unit(field, text, lang)],
        },
        FieldValue::Several(several) => several.iter().map(|id| name(id)).collect(),
        FieldValue::Parts(parts) => field
            .kind
            .parts()
            .iter()
            .filter_map(|part| {
                let value = parts.get(*part).filter(|value| !value.trim().is_empty())?;
                Some(match (*part, value.parse::<IdentityPaper>()) {
                    ("paper", Ok(paper)) => paper.name().get(lang).to_owned(),
                    _ => value.clone(),
                })
            })
            .collect(),
        FieldValue::Rows(rows) => rows
            .iter()
            .filter(|row| !row.values().all(FieldValue::is_empty))
            .map(|row| {
                let cells = field.columns.iter().filter_map(|column| {
                    let cell = lines(column, row.get(&column.id)?, lang).join(" ");
                    (!cell.is_empty()).then_some(cell)
                });
                cells.collect::<Vec<_>>().join(" · ")
            })
            .collect(),
    }
}

fn with_unit(field: &Field, text: &str, lang: Lang) -> String {
    // Some write it themselves, in either language.
    let is_written = [Lang::Zh, Lang::En]
        .into_iter()
        .filter_map(|lang| unit(field, lang))
        .any(|unit| text.trim_end().ends_with(&unit));
    match unit(field, lang).filter(|_| !is_written) {
        Some(unit) => format!("{text} {unit}"),
        None => text.to_owned(),
    }
}

//! A settings file: one `key = value` for each setting.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::{Fault, Given, LIST};
use crate::hall_file::{self, Lines};

/// What of a value is shown, in characters.
const SHOWN: usize = 60;

/// What a settings file gives, in the order of its lines.
///
/// # Errors
/// Where it is no text, or no TOML.
pub(super) fn read(file: &Path, bytes: Vec<u8>) -> Result<Vec<Given>, Fault> {
    let name = file.display();
    let text = hall_file::text(bytes)
        .map_err(|fault| Fault(format!("{name} line {}: {}", fault.line, fault.what.en)))?;
    let lines = Lines::of(&text);
    let (table, syntax) = DeTable::parse_recoverable(&text);
    // What the parser says after its first stumble is a guess.
    if let Some(error) = syntax.first() {
        return Err(Fault(format!("{name} {}", stumbled(&text, &lines, error))));
    }
    let mut entries: Vec<_> = table.into_inner().into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let given = entries.into_iter().map(|(key, value)| {
        let source = format!("{name} line {}", lines.at(key.span().start).0);
        let key = key.into_inner().into_owned();
        let (value, shown) = of_its_type(&key, &value, &text);
        Given { key, value, shown, source }
    });
    Ok(given.collect())
}

/// The value where it is of the type its setting takes, and how it is shown.
fn of_its_type(
    key: &str,
    value: &Spanned<DeValue<'_>>,
    text: &str,
) -> (Result<String, &'static str>, String) {
    let switch = LIST.iter().any(|setting| setting.key == key && setting.is_switch());
    let flaw = if switch { "not right" } else { "no text in quotes" };
    match value.get_ref() {
        DeValue::String(text) => (Ok(text.to_string()), format!("\"{text}\"")),
        DeValue::Boolean(on) if switch => (Ok(on.to_string()), on.to_string()),
        DeValue::Table(_) => (Err(flaw), "{…}".to_owned()),
        _ => (Err(flaw), short(text.get(value.span()).unwrap_or_default())),
    }
}

fn stumbled(text: &str, lines: &Lines<'_>, error: &Error) -> String {
    let at = error.span().map_or(text.len(), |span| span.start);
    let line = lines.at(at).0;
    let written = text.lines().nth(line - 1).unwrap_or_default().trim();
    // Of a password over several lines, this may be any.
    let through = text.lines().take(line).filter(|line| line.contains('='));
    let shown = if through.last().is_some_and(|begun| begun.contains("password")) {
        "…".to_owned()
    } else {
        short(written)
    };
    format!(
        "line {line}: {shown} cannot be read ({}); wanted key = \"value\", such as \
         listen = \"127.0.0.1:3000\"",
        error.message().trim()
    )
}

/// The first line of what is written, cut where it is long.
fn short(written: &str) -> String {
    let first = written.lines().next().unwrap_or_default();
    let mut shown: String = first.chars().take(SHOWN).collect();
    if shown.len() < written.len() {
        shown.push('…');
    }
    shown
}

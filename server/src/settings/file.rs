//! The settings file: one `key = value` per setting.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::{GivenValue, LIST, Setting, SettingsFault};
use crate::hall_file::{self, Lines};

/// Characters of a value that messages show.
const MAX_SHOWN: usize = 60;

/// The values of a settings file, in the order of its lines.
///
/// # Errors
/// The file is not UTF-8 text, or not TOML.
pub(super) fn read(file: &Path, bytes: Vec<u8>) -> Result<Vec<GivenValue>, SettingsFault> {
    let name = file.display();
    let text = hall_file::text(bytes)
        .map_err(|fault| SettingsFault(format!("{name} line {}: {}", fault.line, fault.what.en)))?;
    let lines = Lines::of(&text);
    let (table, syntax) = DeTable::parse_recoverable(&text);
    // Errors after the first one are unreliable.
    if let Some(error) = syntax.first() {
        return Err(SettingsFault(format!("{name} {}", syntax_error(&text, &lines, error))));
    }
    let mut entries: Vec<_> = table.into_inner().into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let given = entries.into_iter().map(|(key, value)| {
        let source = format!("{name} line {}", lines.at(key.span().start).0);
        let key = key.into_inner().into_owned();
        let (value, shown) = typed(&key, &value, &text);
        GivenValue { key, value, shown, source }
    });
    Ok(given.collect())
}

/// The value, if it has the type of its setting, and the text that messages show.
fn typed(
    key: &str,
    value: &Spanned<DeValue<'_>>,
    text: &str,
) -> (Result<String, &'static str>, String) {
    let setting = LIST.iter().find(|setting| setting.key == key);
    let switch = setting.is_some_and(Setting::is_switch);
    let number = setting.is_some_and(Setting::is_number);
    let flaw = if switch || number { "invalid" } else { "not text in quotes" };
    match value.get_ref() {
        DeValue::String(text) => (Ok(text.to_string()), format!("\"{text}\"")),
        DeValue::Boolean(on) if switch => (Ok(on.to_string()), on.to_string()),
        DeValue::Integer(_) if number => {
            let written = text.get(value.span()).unwrap_or_default();
            (Ok(written.to_owned()), short(written))
        }
        DeValue::Table(_) => (Err(flaw), "{…}".to_owned()),
        _ => (Err(flaw), short(text.get(value.span()).unwrap_or_default())),
    }
}

fn syntax_error(text: &str, lines: &Lines<'_>, error: &Error) -> String {
    let at = error.span().map_or(text.len(), |span| span.start);
    let line = lines.at(at).0;
    let written = text.lines().nth(line - 1).unwrap_or_default().trim();
    // The line may be part of a password that spans several lines.
    let through = text.lines().take(line).filter(|line| line.contains('='));
    let shown = if through.last().is_some_and(|begun| begun.contains("password")) {
        "…".to_owned()
    } else {
        short(written)
    };
    format!(
        "line {line}: {shown} cannot be parsed ({}); expected key = \"value\", such as \
         listen = \"127.0.0.1:3000\"",
        error.message().trim()
    )
}

/// The first line, shortened if it is long.
fn short(written: &str) -> String {
    let first = written.lines().next().unwrap_or_default();
    let mut shown: String = first.chars().take(MAX_SHOWN).collect();
    if shown.len() < written.len() {
        shown.push('…');
    }
    shown
}

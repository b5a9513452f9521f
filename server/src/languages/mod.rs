//! Languages besides Chinese and English. Each is one file, `app/languages/TAG.toml`, which is
//! found by being there:
//!
//! ```toml
//! name = "日本語"            # its name in itself
//!
//! [KioskWords]               # a section for each of `jiban_app::languages::TABLES`
//! choose_line = "…"          # a line for each text, with the placeholders of the others
//!
//! [refusals.line_full]       # by the code of the refusal
//! message = "…"
//! next = "…"
//! ```
//!
//! A text that is missing is shown in English; in Chinese of traditional characters, where the
//! tag is `zh-Hant`, it is converted from the simplified ones. A release build contains the
//! files; a debug build reads them at its start.

mod traditional;

use std::collections::BTreeMap;
use std::sync::Once;

use jiban_app::languages::TABLES;
use jiban_app::words::{self, Table, Texts};
use jiban_domain::Lang;
use jiban_domain::lang::{RefusalTexts, put_in_refusals};
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use traditional::{simplified, traditional};

#[derive(RustEmbed)]
#[folder = "../app/languages"]
struct Files;

/// A file.
#[derive(Debug, Deserialize)]
struct LanguageFile {
    name: String,
    #[serde(default)]
    refusals: BTreeMap<String, RefusalTexts>,
    #[serde(flatten)]
    tables: BTreeMap<String, BTreeMap<String, String>>,
}

/// Makes the languages of all files known, once. A file that cannot be read is told in the
/// log, and the hall opens without it.
pub fn load() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let mut names: Vec<_> = Files::iter().collect();
        names.sort();
        for name in names {
            let Some(tag) = name.strip_suffix(".toml") else { continue };
            let text = Files::get(&name).map(|file| file.data.into_owned()).unwrap_or_default();
            match read(&String::from_utf8_lossy(&text)) {
                Ok(file) => put_in(tag, file),
                Err(error) => tracing::error!(%error, "app/languages/{name} cannot be read"),
            }
        }
    });
}

fn read(text: &str) -> Result<LanguageFile, toml::de::Error> {
    toml::from_str(text)
}

fn put_in(tag: &str, file: LanguageFile) {
    let lang = Lang::make_known(tag, &file.name);
    words::put_in(lang, texts(lang, &file));
    put_in_refusals(lang, file.refusals);
}

/// The texts of all tables, in the order of their keys.
fn texts(lang: Lang, file: &LanguageFile) -> Texts {
    let of_table = |table: &Table| {
        let given = file.tables.get(table.name);
        let words = table.keys.iter().zip(table.zh).zip(table.en);
        let words = words.map(|((key, zh), en)| match given.and_then(|given| given.get(*key)) {
            Some(text) => text.clone(),
            None if lang.is_traditional() => traditional(zh),
            None if lang.base() == Lang::Zh => (*zh).to_owned(),
            None => (*en).to_owned(),
        });
        (table.name.to_owned(), words.collect())
    };
    TABLES.iter().map(of_table).collect()
}

/// The texts of a language, as a kiosk fetches them when its visitor chooses it.
pub fn texts_of(lang: Lang) -> Texts {
    let all = TABLES.iter().map(|table| {
        let base = match lang.base() {
            Lang::Zh => table.zh,
            _ => table.en,
        };
        let words = words::texts(lang, table.name).unwrap_or_else(|| base.to_vec());
        (table.name.to_owned(), words.into_iter().map(str::to_owned).collect())
    });
    all.collect()
}

/// Something in the characters of a language: all its texts are converted, where that is
/// needed.
pub fn in_characters_of<T: Serialize + DeserializeOwned>(lang: Lang, what: T) -> T {
    if !lang.is_traditional() {
        return what;
    }
    let converted = serde_json::to_value(&what).map(|mut value| {
        convert(&mut value);
        value
    });
    converted.and_then(serde_json::from_value).unwrap_or(what)
}

fn convert(value: &mut Value) {
    match value {
        // Ids, codes and addresses have no Chinese in them.
        Value::String(text) if !text.is_ascii() => *text = traditional(text),
        Value::Array(values) => values.iter_mut().for_each(convert),
        Value::Object(fields) => fields.values_mut().for_each(convert),
        _ => {}
    }
}

#[cfg(test)]
mod tests;

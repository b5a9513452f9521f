//! The files of `app/languages`: nothing in them is misspelt, and what is missing is listed.

use std::fmt::Write as _;

use jiban_app::parts::wait::WaitWords;
use jiban_domain::{Refusal, Text};

use super::*;

fn files() -> Vec<(String, LanguageFile)> {
    let all = Files::iter().map(|name| {
        let text = Files::get(&name).unwrap().data.into_owned();
        let file = read(std::str::from_utf8(&text).unwrap());
        (name.to_string(), file.unwrap_or_else(|error| panic!("{name}: {error}")))
    });
    all.collect()
}

/// The names of a text's placeholders, in their order in the alphabet.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<_> =
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    names.sort_unstable();
    names
}

/// What a file lacks, and what it has that no page shows.
fn faults(file: &LanguageFile) -> (Vec<String>, Vec<String>) {
    let (mut missing, mut wrong) = (Vec::new(), Vec::new());
    for table in TABLES {
        let given = file.tables.get(table.name);
        for (key, zh) in table.keys.iter().zip(table.zh) {
            match given.and_then(|given| given.get(*key)) {
                None => missing.push(format!("{}.{key}", table.name)),
                Some(text) if placeholders(text) != placeholders(zh) => {
                    wrong.push(format!(
                        "{}.{key}: its placeholders are those of {zh:?}",
                        table.name
                    ));
                }
                Some(_) => {}
            }
        }
    }
    for (name, given) in &file.tables {
        let Some(table) = TABLES.iter().find(|table| table.name == name) else {
            wrong.push(format!("[{name}] is no table"));
            continue;
        };
        let unknown = given.keys().filter(|key| !table.keys.contains(&key.as_str()));
        wrong.extend(unknown.map(|key| format!("{name}.{key} is no text")));
    }
    for code in file.refusals.keys() {
        let known = Refusal::ROWS.iter().any(|(_, known)| known == code)
            || jiban_domain::case::CaseRefusal::ROWS.iter().any(|(_, known)| known == code)
            || jiban_domain::draft::DraftRefusal::ROWS.iter().any(|(_, known)| known == code);
        if !known {
            wrong.push(format!("[refusals.{code}] is no refusal"));
        }
    }
    (missing, wrong)
}

#[test]
fn the_files_have_no_text_that_no_page_shows_and_what_they_lack_is_listed() {
    let files = files();
    assert!(files.iter().any(|(name, _)| name == "zh-Hant.toml"));
    for (name, file) in &files {
        let (missing, wrong) = faults(file);
        assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
        // A language that is not finished is shown all the same: run with `--nocapture`.
        let mut list = String::new();
        for text in &missing {
            writeln!(list, "{text}").unwrap();
        }
        println!("{name} lacks {} texts\n{list}", missing.len());
    }
}

#[test]
fn a_language_is_one_file() {
    let file = "name = \"Volapük\"\n[WaitWords]\nlabel = \"Stebedön\"\nwrong = \"\"\n\
                ahead = \"{m} pösods\"\n[Words]\n\
                [refusals.line_full]\nmessage = \"Dido fulik\"\n[refusals.nonsense]\n";
    let file = read(file).unwrap();
    let (missing, wrong) = faults(&file);
    assert!(missing.contains(&"KioskWords.choose_line".to_owned()));
    assert!(!missing.contains(&"WaitWords.label".to_owned()));
    assert_eq!(wrong.len(), 4, "{wrong:?}");

    put_in("vo", file);
    let lang = Lang::from_accept_language("vo");
    assert_eq!(lang.name(), "Volapük");
    assert_eq!(WaitWords::of(lang).label, "Stebedön");
    assert_eq!(WaitWords::of(lang).minutes, "min", "what is missing is English");
    let full = Refusal::LineFull;
    assert_eq!(full.message(lang), "Dido fulik");
    assert_eq!(full.next(lang), full.next(Lang::En), "what is missing is English");
}

#[test]
fn what_has_no_text_of_its_own_is_converted() {
    load();
    let lang = Lang::of_tag("zh-Hant").unwrap();
    assert_eq!(WaitWords::of(lang).minutes, "分鐘");
    let name = in_characters_of(lang, Text::new("民政民生", "Civil affairs"));
    assert_eq!(name, Text::new("民政民生", "Civil affairs"));
    let name = in_characters_of(lang, Text::new("公安户政", "Police"));
    assert_eq!(name.zh, "公安戶政");
    let same = in_characters_of(Lang::Zh, Text::from("公安户政"));
    assert_eq!(same.zh, "公安户政");
}

/// What a new language begins with, which `cargo test -p jiban --lib a_new_language -- --nocapture`
/// prints: every text, to be written anew.
#[test]
fn a_new_language_begins_with_every_text() {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let mut file = "name = \"繁體中文\"\n".to_owned();
    for table in TABLES {
        writeln!(file, "\n[{}]", table.name).unwrap();
        for (key, zh) in table.keys.iter().zip(table.zh) {
            writeln!(file, "{key} = {}", quoted(&traditional(zh))).unwrap();
        }
    }
    println!("{file}");
    let read: toml::Table = file.parse().unwrap();
    for table in TABLES {
        let texts = read[table.name].as_table().unwrap();
        assert_eq!(texts.len(), table.keys.len(), "{}", table.name);
    }
}

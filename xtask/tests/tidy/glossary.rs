//! ARCHITECTURE.md has a word for every part of the house.

use std::fs::read_to_string;

use crate::sources::{checkout, files, folders};

fn architecture() -> String {
    read_to_string(checkout().join("ARCHITECTURE.md")).unwrap()
}

/// The section of the glossary.
fn glossary() -> String {
    let text = architecture();
    let (_, rest) = text.split_once("\n## Glossary\n").unwrap();
    rest.split("\n## ").next().unwrap().to_owned()
}

#[test]
fn every_folder_has_a_place_in_the_architecture() {
    let text = architecture();
    let named = |folder: &str| {
        let name = folder.rsplit('/').next().unwrap();
        [format!("{name}/"), format!("`{name}`")].iter().any(|word| text.contains(word))
    };
    let unnamed: Vec<String> = ["domain/src", "app/src", "server/src"]
        .into_iter()
        .flat_map(folders)
        .filter(|folder| !named(folder))
        .collect();
    assert!(unnamed.is_empty(), "ARCHITECTURE.md does not name {unnamed:?}");
}

#[test]
fn every_table_is_in_the_glossary() {
    let glossary = glossary();
    let mut tables: Vec<String> = Vec::new();
    for migration in files(&["server/migrations"], "sql") {
        for rest in migration.text.split("CREATE TABLE ").skip(1) {
            tables.push(rest.split([' ', '(']).next().unwrap().to_owned());
        }
        for rest in migration.text.split("DROP TABLE ").skip(1) {
            let dropped = rest.split([' ', ';']).next().unwrap();
            tables.retain(|table| table != dropped);
        }
        for rest in migration.text.split("ALTER TABLE ").skip(1) {
            if let Some((old, new)) = rest.split(';').next().unwrap().split_once(" RENAME TO ") {
                tables.retain(|table| table != old);
                tables.push(new.to_owned());
            }
        }
    }
    assert!(tables.len() > 10, "{tables:?}");
    tables.retain(|table| !glossary.contains(&format!("`{table}`")));
    assert!(tables.is_empty(), "the glossary does not name {tables:?}");
}

//! Rules that one file can break.

use crate::sources::{CRATES, Source, checkout, files};

/// The most lines a file may have: a few screens.
const MOST_LINES: usize = 450;

/// Names that say nothing of what a file or folder holds.
const EMPTY_NAMES: [&str; 8] =
    ["util", "utils", "helper", "helpers", "common", "misc", "manager", "shared"];

fn none(broken: Vec<String>) {
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_file_is_longer_than_a_few_screens() {
    let styles = files(&["style"], "css");
    let too_long = |source: &Source| {
        let lines = source.text.lines().count();
        (lines > MOST_LINES).then(|| format!("{} has {lines} lines", source.path))
    };
    let all = files(&CRATES, "rs").into_iter().chain(styles);
    none(all.filter_map(|source| too_long(&source)).collect());
}

#[test]
fn a_folder_of_modules_opens_with_its_mod_rs() {
    let beside_its_folder = |source: &Source| {
        let folder = checkout().join(source.path.trim_end_matches(".rs"));
        folder.is_dir().then(|| format!("{0}.rs belongs in {0}/mod.rs", folder.display()))
    };
    none(files(&CRATES, "rs").iter().filter_map(beside_its_folder).collect());
}

#[test]
fn names_say_what_they_hold() {
    let empty = |source: &Source| {
        let mut parts = source.path.trim_end_matches(".rs").split('/');
        parts.find(|part| EMPTY_NAMES.contains(part)).map(|_| source.path.clone())
    };
    none(files(&CRATES, "rs").iter().filter_map(empty).collect());
}

#[test]
fn sql_is_in_the_store_alone() {
    // As statements begin in our sources, and how they are run.
    let statements = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "sqlx::"];
    let code = files(&["domain/src", "app/src", "server/src"], "rs");
    let elsewhere = code.iter().filter(|source| !source.path.starts_with("server/src/store/"));
    let with_sql = |source: &Source| {
        let line = source.text.lines().position(|line| {
            statements.iter().any(|statement| line.contains(statement)) && !is_comment(line)
        })?;
        Some(format!("{}:{} has SQL", source.path, line + 1))
    };
    none(elsewhere.filter_map(with_sql).collect());
}

#[test]
fn the_time_is_told_by_the_clock_alone() {
    // Durations may be measured anywhere (`Instant`): no rule depends on them.
    let clocks = ["SystemTime::now", "Timestamp::now", "Zoned::now", "Date::now"];
    let code = files(&["domain/src", "server/src"], "rs");
    let elsewhere = code.iter().filter(|source| source.path != "server/src/clock.rs");
    let with_clock = |source: &Source| {
        let line = source.text.lines().position(|line| {
            clocks.iter().any(|clock| line.contains(clock)) && !is_comment(line)
        })?;
        Some(format!("{}:{} reads the machine's clock", source.path, line + 1))
    };
    none(elsewhere.filter_map(with_clock).collect());
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

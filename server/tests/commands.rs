//! The commands as an operator types them, on the program itself.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/hall.toml");

/// What a command said, and whether it did what it was asked.
struct Said {
    done: bool,
    out: String,
    err: String,
}

fn jiban_told(folder: &Path, line: &str, input: &str) -> Said {
    let mut program = Command::new(env!("CARGO_BIN_EXE_jiban"))
        .args(line.split(' '))
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = program.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { done: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
}

fn jiban(folder: &Path, line: &str) -> Said {
    jiban_told(folder, line, "")
}

fn hall() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(DEMO, folder.path().join("hall.toml")).unwrap();
    let said = jiban(folder.path(), "import hall.toml");
    assert!(said.done, "{}", said.err);
    folder
}

#[test]
fn an_export_is_imported_and_exported_the_same() {
    let folder = hall();
    let first = jiban(folder.path(), "export");
    assert!(first.done && first.out.contains("青禾区政务服务大厅"), "{}", first.err);
    let said = jiban_told(folder.path(), "import - --db other/hall.db", &first.out);
    assert!(said.done, "{}", said.err);
    assert_eq!(jiban(folder.path(), "export --db other/hall.db").out, first.out);
}

#[test]
fn a_bad_hall_file_lists_its_faults_and_changes_nothing() {
    let folder = hall();
    let before = jiban(folder.path(), "export").out;
    let bad = fs::read_to_string(DEMO)
        .unwrap()
        .replacen("letter = \"C\"", "letter = \"3\"", 1)
        .replacen("parent = \"main\"", "parent = \"gone\"", 1);
    fs::write(folder.path().join("bad.toml"), bad).unwrap();
    let said = jiban(folder.path(), "import bad.toml");
    assert!(!said.done);
    for place in ["hall[0].line[2].letter", "hall[1].parent", "line "] {
        assert!(said.err.contains(place), "{place}: {}", said.err);
    }
    assert_eq!(jiban(folder.path(), "export").out, before);
}

#[test]
fn a_copy_is_whole_and_never_put_over_another_file() {
    let folder = hall();
    let said = jiban(folder.path(), "backup copy.db");
    assert!(said.done, "{}", said.err);
    let checked = jiban(folder.path(), "check --db copy.db");
    assert!(checked.done && checked.out.contains("whole"), "{}{}", checked.out, checked.err);
    let copy = fs::read(folder.path().join("copy.db")).unwrap();
    let again = jiban(folder.path(), "backup copy.db");
    assert!(!again.done && again.err.contains("copy.db is there already"), "{}", again.err);
    assert_eq!(fs::read(folder.path().join("copy.db")).unwrap(), copy);
}

#[test]
fn a_password_is_set_for_someone_there_is() {
    let folder = hall();
    let set = |line: &str, input: &str| jiban_told(folder.path(), line, input);
    assert!(set("password clerk1", "a long word\n").done);
    let short = set("password clerk1", "short\n");
    assert!(!short.done && short.err.contains("8 to 256"), "{}", short.err);
    let nobody = set("password nobody", "a long word\n");
    assert!(!nobody.done && nobody.err.contains("nobody"), "{}", nobody.err);
}

#[test]
fn nothing_is_made_where_there_is_nothing_to_look_at() {
    let folder = tempfile::tempdir().unwrap();
    for line in ["check", "export", "backup copy.db", "import none.toml"] {
        let said = jiban(folder.path(), line);
        assert!(!said.done && !said.err.is_empty(), "{line}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn settings_that_are_not_right_stop_every_command() {
    let folder = hall();
    fs::write(folder.path().join("jiban.toml"), "listen = \"80\"\ndbb = \"x\"\n").unwrap();
    let said = jiban(folder.path(), "export");
    assert!(!said.done && said.out.is_empty());
    for fault in ["jiban.toml line 1: listen", "jiban.toml line 2: there is no setting \"dbb\""] {
        assert!(said.err.contains(fault), "{fault}: {}", said.err);
    }
}

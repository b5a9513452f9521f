//! The commands as an operator types them, run as processes.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/hall.toml");

/// The output of a command.
struct Output {
    ok: bool,
    out: String,
    err: String,
}

fn jiban_with_input(folder: &Path, line: &str, input: &str) -> Output {
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
    Output { ok: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
}

fn jiban(folder: &Path, line: &str) -> Output {
    jiban_with_input(folder, line, "")
}

fn hall() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(DEMO, folder.path().join("hall.toml")).unwrap();
    let output = jiban(folder.path(), "import hall.toml");
    assert!(output.ok, "{}", output.err);
    folder
}

#[test]
fn an_export_is_imported_and_exported_the_same() {
    let folder = hall();
    let first = jiban(folder.path(), "export");
    assert!(first.ok && first.out.contains("青禾区政务服务大厅"), "{}", first.err);
    let output = jiban_with_input(folder.path(), "import - --db other/hall.db", &first.out);
    assert!(output.ok, "{}", output.err);
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
    let output = jiban(folder.path(), "import bad.toml");
    assert!(!output.ok);
    for place in ["hall[0].line[2].letter", "hall[1].parent", "line "] {
        assert!(output.err.contains(place), "{place}: {}", output.err);
    }
    assert_eq!(jiban(folder.path(), "export").out, before);
}

#[test]
fn a_backup_is_complete_and_never_overwrites_a_file() {
    let folder = hall();
    let output = jiban(folder.path(), "backup copy.db");
    assert!(output.ok, "{}", output.err);
    let checked = jiban(folder.path(), "check --db copy.db");
    assert!(checked.ok && checked.out.contains("is intact"), "{}{}", checked.out, checked.err);
    let copy = fs::read(folder.path().join("copy.db")).unwrap();
    let again = jiban(folder.path(), "backup copy.db");
    assert!(!again.ok && again.err.contains("copy.db already exists"), "{}", again.err);
    assert_eq!(fs::read(folder.path().join("copy.db")).unwrap(), copy);
}

#[test]
fn a_backup_is_private_and_leaves_nothing_when_it_fails() {
    let folder = hall();
    assert!(jiban(folder.path(), "backup copy.db").ok);
    let mode = fs::metadata(folder.path().join("copy.db")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // A limit on the size of files takes the place of a full disk.
    let before = names(folder.path());
    let full = Command::new("sh")
        .args(["-c", "ulimit -f 8; trap '' XFSZ; exec \"$0\" backup second.db"])
        .arg(env!("CARGO_BIN_EXE_jiban"))
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(!full.status.success());
    assert_eq!(names(folder.path()), before);
    let again = jiban(folder.path(), "backup second.db");
    assert!(again.ok, "{}", again.err);
    assert!(jiban(folder.path(), "check --db second.db").ok);
}

#[test]
fn what_killed_backups_and_keys_left_is_removed() {
    let folder = hall();
    let put = |name: &str| fs::write(folder.path().join(name), "half").unwrap();
    let left = [
        "monday.db.jiban-Ab12cd.part",
        "monday.db.jiban-Ab12cd.part-journal",
        "copy.db.Ab12cd.part",
        "data/.key.Ab12cd.part",
    ];
    for name in left {
        put(name);
    }
    put("film.Ab12cd.part");
    let living = File::create(folder.path().join("sunday.db.jiban-Ab12cd.part")).unwrap();
    living.lock().unwrap();
    assert!(jiban(folder.path(), "backup copy.db").ok);
    let set = jiban_with_input(folder.path(), "password clerk1", "a long word\n");
    assert!(set.ok, "{}", set.err);
    for name in left {
        assert!(!folder.path().join(name).exists(), "{name} is left");
    }
    let names = names(folder.path());
    for kept in ["film.Ab12cd.part", "sunday.db.jiban-Ab12cd.part", "copy.db"] {
        assert!(names.contains(&kept.to_owned()), "{kept} is not ours to remove: {names:?}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_password_is_set_for_a_clerk_who_exists() {
    let folder = hall();
    let set = |line: &str, input: &str| jiban_with_input(folder.path(), line, input);
    assert!(set("password clerk1", "a long word\n").ok);
    let short = set("password clerk1", "short\n");
    assert!(!short.ok && short.err.contains("8 to 256"), "{}", short.err);
    let nobody = set("password nobody", "a long word\n");
    assert!(!nobody.ok && nobody.err.contains("nobody"), "{}", nobody.err);
}

#[test]
fn a_log_file_has_no_colour_codes() {
    let folder = hall();
    let log = folder.path().join("log");
    let started = Command::new(env!("CARGO_BIN_EXE_jiban"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .current_dir(folder.path())
        .env_clear()
        .env("JIBAN_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(fs::File::create(&log).unwrap())
        .spawn();
    let mut server = started.unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let line = lines.find(|line| line.as_ref().unwrap().contains("http://")).unwrap().unwrap();
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap();
    let mut asking = TcpStream::connect(address).unwrap();
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    asking.write_all(request.as_bytes()).unwrap();
    asking.read_to_end(&mut Vec::new()).unwrap();
    Command::new("kill").arg(server.id().to_string()).status().unwrap();
    server.wait().unwrap();
    let log = fs::read(log).unwrap();
    assert!(!log.is_empty());
    assert!(!log.contains(&0x1b));
}

#[test]
fn commands_that_read_create_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for line in ["check", "export", "backup copy.db", "import none.toml", "password clerk1"] {
        let output = jiban_with_input(folder.path(), line, "a long word\n");
        assert!(!output.ok && !output.err.is_empty(), "{line}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn invalid_settings_stop_every_command() {
    let folder = hall();
    fs::write(folder.path().join("jiban.toml"), "listen = \"80\"\ndbb = \"x\"\n").unwrap();
    let output = jiban(folder.path(), "export");
    assert!(!output.ok && output.out.is_empty());
    for fault in ["jiban.toml line 1: listen", "jiban.toml line 2: there is no setting \"dbb\""] {
        assert!(output.err.contains(fault), "{fault}: {}", output.err);
    }
}

#[test]
fn a_database_that_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("junk.db"), "this is no database ".repeat(300)).unwrap();
    fs::create_dir(folder.path().join("folder")).unwrap();
    for (line, told) in [
        ("serve --db junk.db", "junk.db: "),
        ("check --db junk.db", "junk.db: "),
        ("serve --db folder", "folder"),
        ("export --db folder", "folder"),
        ("serve --db /proc/none/hall.db", "the folder /proc/none cannot be created: "),
    ] {
        let output = jiban(folder.path(), line);
        assert!(!output.ok && output.err.starts_with(&format!("jiban: {told}")), "{}", output.err);
    }
}

#[test]
fn a_hall_file_in_another_encoding_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("gbk.toml"), b"[[hall]]\nname = \"\xb4\xf3\xcc\xfc\"\n").unwrap();
    let output = jiban(folder.path(), "import gbk.toml");
    assert!(!output.ok && output.err.contains("line 2, column 9: "), "{}", output.err);
    assert_eq!(names(folder.path()), ["gbk.toml"]);
}

#[test]
fn a_closed_output_is_no_error_but_a_full_one_is() {
    let folder = hall();
    for line in ["export", "check", "settings", "backup copy.db"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let done = Command::new(env!("CARGO_BIN_EXE_jiban"))
            .args(line.split(' '))
            .current_dir(folder.path())
            .env_clear()
            .stdout(writer)
            .output()
            .unwrap();
        assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let full = Command::new(env!("CARGO_BIN_EXE_jiban"))
        .arg("export")
        .current_dir(folder.path())
        .stdout(fs::File::options().write(true).open("/dev/full").unwrap())
        .output()
        .unwrap();
    assert!(!full.status.success(), "an export that was lost does not succeed");
}

/// A server whose output and errors nobody reads once it has printed its address.
fn unread_server(folder: &Path) -> (Child, String) {
    let mut server = Command::new("sh")
        .args(["-c", "ulimit -Sn 256; exec \"$0\" serve --demo --listen 127.0.0.1:0"])
        .arg(env!("CARGO_BIN_EXE_jiban"))
        .current_dir(folder)
        .env_clear()
        .env("JIBAN_LOG", "debug")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let line = lines.find(|line| line.as_ref().unwrap().contains("http://")).unwrap().unwrap();
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    drop(server.stderr.take());
    (server, address)
}

#[test]
fn a_server_whose_output_is_closed_serves_and_stops_gracefully() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, address) = unread_server(folder.path());
    let mut answer = String::new();
    let mut asking = TcpStream::connect(address).unwrap();
    asking
        .write_all(b"GET /nowhere HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .unwrap();
    asking.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    let limits = fs::read_to_string(format!("/proc/{}/limits", server.id())).unwrap();
    let files = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    let [soft, hard] = files.split_whitespace().collect::<Vec<_>>()[3..5] else { unreachable!() };
    assert_eq!(soft, hard, "{files}");
    let asked = Command::new("kill").arg(server.id().to_string()).status().unwrap();
    assert!(asked.success());
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

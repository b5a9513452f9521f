use std::fs;

use super::*;

/// A settings file of its own for each test.
fn file(text: &str) -> (tempfile::TempDir, Flags) {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("jiban.toml");
    fs::write(&config, text).unwrap();
    (folder, Flags { config: Some(config), given: Vec::new() })
}

fn nothing(_: &str) -> Option<OsString> {
    None
}

fn messages(result: Result<Settings, Vec<SettingsFault>>) -> Vec<String> {
    result.unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn the_defaults_are_those_of_the_list() {
    let defaults = Settings::default();
    for setting in LIST.iter().filter(|setting| !setting.default.is_empty()) {
        let mut settings = defaults.clone();
        assert_eq!((setting.set)(&mut settings, setting.default), Some(()), "{}", setting.key);
        assert_eq!(settings, defaults, "{}", setting.key);
    }
}

#[test]
fn a_flag_goes_before_the_environment_and_that_before_the_file() {
    let (_folder, mut flags) = file("listen = \"127.0.0.1:1\"\ndb = \"file.db\"\nlog = \"warn\"\n");
    flags.given = vec![("listen", "127.0.0.1:3".to_owned())];
    let env = |name: &str| match name {
        "JIBAN_LISTEN" => Some("127.0.0.1:2".into()),
        "JIBAN_DB" => Some("env.db".into()),
        _ => None,
    };
    let settings = Settings::read(&flags, env).unwrap();
    assert_eq!(settings.listen.port(), 3);
    assert_eq!(settings.db, PathBuf::from("env.db"));
    assert_eq!(settings.log, "warn");
    assert!(settings.voice, "not given anywhere");
}

#[test]
fn the_key_file_lies_beside_the_database_unless_it_is_named() {
    let mut settings = Settings { db: "/var/lib/hall.db".into(), ..Settings::default() };
    assert_eq!(settings.key_file(), PathBuf::from("/var/lib/hall.key"));
    assert_eq!(set::key(&mut settings, "/media/safe/hall.key"), Some(()));
    assert_eq!(settings.key_file(), PathBuf::from("/media/safe/hall.key"));
    assert_eq!(set::key(&mut settings, "/media/safe/"), None);
}

#[test]
fn every_fault_is_reported_with_its_source_its_value_and_what_is_expected() {
    let (_folder, mut flags) = file(
        "# our hall\ndb = \"\"\n\nlisten = 80\npublick_url = \"http://x\"\nvoice = \"maybe\"\n",
    );
    flags.given = vec![("public_url", "hall.example.org".to_owned())];
    let env = |name: &str| (name == "JIBAN_LOG").then(|| "loud".into());
    let found = messages(Settings::read(&flags, env));
    let expected = [
        "jiban.toml line 2: db = \"\" is invalid; expected the path of a file",
        "jiban.toml line 4: listen = 80 is not text in quotes; expected an address",
        "jiban.toml line 5: there is no setting \"publick_url\"; expected one of db, key, listen",
        "jiban.toml line 6: voice = \"maybe\" is invalid; expected true or false",
        "JIBAN_LOG: log = \"loud\" is invalid; expected error, warn",
        "--public-url: public_url = \"hall.example.org\" is invalid; expected http://",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (message, expected) in found.iter().zip(expected) {
        assert!(message.contains(expected), "{expected}\n{message}");
    }
}

#[test]
fn a_value_of_another_type_is_not_text() {
    let message_of = |line: &str| {
        let (_folder, flags) = file(line);
        let found = messages(Settings::read(&flags, nothing));
        assert_eq!(found.len(), 1, "{found:#?}");
        found[0].clone()
    };
    for (line, expected) in [
        ("db = 5", "line 1: db = 5 is not text in quotes; expected the path of a file"),
        ("db = true", "db = true is not text in quotes; expected the path"),
        ("log = [\"info\"]", "log = [\"info\"] is not text in quotes"),
        ("db.file = \"x\"", "db = {…} is not text in quotes"),
        ("demo = 1", "demo = 1 is invalid; expected true or false"),
        ("limit_uploads = 0", "limit_uploads = 0 is invalid; expected a whole number from 1"),
        ("limit_uploads = true", "limit_uploads = true is invalid; expected a whole number"),
        ("voice = 0.0", "voice = 0.0 is invalid; expected true or false"),
    ] {
        assert!(message_of(line).contains(expected), "{expected}\n{}", message_of(line));
    }
    let secret = message_of("demo_password = 12345678");
    assert!(secret.contains("demo_password = … is not text in quotes"), "{secret}");
    let (_folder, flags) = file("demo = true\nvoice = \"off\"\n");
    let settings = Settings::read(&flags, nothing).unwrap();
    assert!(settings.demo && !settings.voice);
}

#[test]
fn a_bound_is_a_number_with_or_without_quotes() {
    let (_folder, flags) = file("limit_uploads = 8\nlimit_numbers_per_kiosk = \"9\"\n");
    let limits = Settings::read(&flags, nothing).unwrap().limits;
    assert_eq!((limits.uploads, limits.numbers_per_kiosk), (8, 9));
}

#[test]
fn a_variable_that_is_not_text_is_not_ignored() {
    use std::os::unix::ffi::OsStringExt as _;
    let env =
        |name: &str| (name == "JIBAN_DB").then(|| OsString::from_vec(b"data/\xff.db".to_vec()));
    let found = messages(Settings::read(&Flags::default(), env));
    assert!(found[0].starts_with("JIBAN_DB: db = "), "{found:#?}");
    assert!(found[0].contains("is not UTF-8 text; expected the path of a file"), "{found:#?}");
}

#[test]
fn a_file_that_is_not_text_is_reported_by_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("jiban.toml");
    fs::write(&config, b"voice = true\ndb = \"\xb4\xf3.db\"\n").unwrap();
    let flags = Flags { config: Some(config), given: Vec::new() };
    let found = messages(Settings::read(&flags, nothing));
    assert!(found[0].contains("jiban.toml line 2: ") && found[0].contains("UTF-8"), "{found:#?}");
}

#[test]
fn a_value_that_is_overridden_is_validated_too() {
    let (_folder, mut flags) = file("listen = \"80\"\n");
    flags.given = vec![("listen", "127.0.0.1:80".to_owned())];
    assert!(messages(Settings::read(&flags, nothing))[0].contains("line 1"));
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let flags = Flags { config: Some("nowhere/jiban.toml".into()), given: Vec::new() };
    assert!(
        messages(Settings::read(&flags, nothing))[0].starts_with("--config: nowhere/jiban.toml")
    );
    let env = |name: &str| (name == CONFIG_ENV).then(|| "nowhere/jiban.toml".into());
    assert!(
        messages(Settings::read(&Flags::default(), env))[0].starts_with("JIBAN_CONFIG: nowhere")
    );
}

#[test]
fn a_file_that_is_no_toml_is_told_by_its_line() {
    let (_folder, flags) = file("db = \"hall.db\"\nlisten = 127.0.0.1:3000\n");
    let found = messages(Settings::read(&flags, nothing));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("jiban.toml line 2: listen = 127.0.0.1:3000 cannot"), "{found:#?}");
    assert!(found[0].contains("expected key = \"value\""), "{found:#?}");
}

#[test]
fn a_password_in_a_file_that_is_no_toml_is_not_shown() {
    for text in ["demo_password = secret\n", "demo_password = \"\"\"\nse\\cret\n\"\"\"\n"] {
        let (_folder, flags) = file(text);
        let found = messages(Settings::read(&flags, nothing));
        assert!(!found[0].contains("cret"), "{found:#?}");
    }
}

#[test]
fn an_empty_variable_counts_as_not_set() {
    let flags = Flags::default();
    let settings = Settings::read(&flags, |_| Some(OsString::new())).unwrap();
    assert_eq!(settings, Settings::default());
}

#[test]
fn a_public_address_is_scheme_and_host() {
    let read = |value: &str| {
        let mut settings = Settings::default();
        set::public_url(&mut settings, value).and(settings.public_url)
    };
    let kept = |value: &str| Some(value.to_owned());
    assert_eq!(read("https://hall.example.org/"), kept("https://hall.example.org"));
    assert_eq!(read("http://192.168.1.20:3000"), kept("http://192.168.1.20:3000"));
    for value in [
        "",
        "hall.example.org",
        "ftp://hall.example.org",
        "http://",
        "http://hall/path",
        "http://hall?x=1",
        "http://name:word@hall",
        "http://hall#top",
        "http://hall:x",
    ] {
        assert_eq!(read(value), None, "{value}");
    }
}

#[test]
fn proxies_are_addresses_and_networks() {
    let read = |value: &str| {
        let mut settings = Settings::default();
        set::trusted_proxies(&mut settings, value)?;
        Some(settings.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let kept = |values: &[&str]| Some(values.iter().map(ToString::to_string).collect());
    assert_eq!(read("127.0.0.1"), kept(&["127.0.0.1/32"]));
    assert_eq!(read("10.0.0.0/8, fd00::/8 ::1"), kept(&["10.0.0.0/8", "fd00::/8", "::1/128"]));
    assert_eq!(read("::ffff:127.0.0.1"), kept(&["127.0.0.1/32"]));
    assert_eq!(read("none"), None);
    assert_eq!(read("127.0.0.1, hall.example"), None);
    assert_eq!(read("10.0.0.0/33"), None);
}

#[test]
fn limits_are_lifted_in_so_many_words_only() {
    let env =
        |value: &'static str| move |name: &str| (name == "JIBAN_LIMITS").then(|| value.into());
    let lifted =
        |value| Settings::read(&Flags::default(), env(value)).map(|read| read.limits.lifted);
    assert_eq!(lifted("off"), Ok(true));
    assert_eq!(lifted("on"), Ok(false));
    assert!(lifted("none").is_err());
}

#[test]
fn hosts_are_named_without_scheme_and_port() {
    let read = |value: &str| {
        let mut settings = Settings::default();
        set::hosts(&mut settings, value).map(|()| settings.hosts)
    };
    let kept = |names: &[&str]| Some(names.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(read("hall.lan, 10.0.0.5"), kept(&["hall.lan", "10.0.0.5"]));
    assert_eq!(read("[fd00::5] fd00::6"), kept(&["fd00::5", "fd00::6"]));
    for value in
        ["", ",", "http://hall.lan", "hall.lan:3000", "[fd00::5]:80", "hall lan/", "me@hall"]
    {
        assert_eq!(read(value), None, "{value}");
    }
}

#[test]
fn an_idle_end_is_minutes_or_off() {
    let read = |value: &str| {
        let mut settings = Settings::default();
        set::office_idle_minutes(&mut settings, value).map(|()| settings.office_idle_minutes)
    };
    assert_eq!(read("15"), Some(Some(15)));
    assert_eq!(read("off"), Some(None));
    for value in ["", "0", "-1", "721", "1h", "never"] {
        assert_eq!(read(value), None, "{value}");
    }
}

#[test]
fn a_certificate_and_its_key_are_given_together() {
    let read = |given: &[(&'static str, &str)]| {
        let given = given.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        Settings::read(&Flags { config: None, given }, nothing)
    };
    let both = read(&[("tls_cert", "hall.pem"), ("tls_key", "hall.key")]).unwrap();
    let files = TlsFiles { cert: "hall.pem".into(), key: "hall.key".into() };
    assert_eq!((both.scheme(), both.tls), ("https", Some(files)));
    assert_eq!(read(&[]).unwrap().scheme(), "http");
    let half = messages(read(&[("tls_key", "hall.key")]));
    assert_eq!(half, ["tls_key is given without tls_cert; expected both or neither"]);
    let half = messages(read(&[("tls_cert", "hall.pem")]));
    assert_eq!(half, ["tls_cert is given without tls_key; expected both or neither"]);
    let invalid = messages(read(&[("tls_cert", "hall.pem"), ("tls_key", "keys/")]));
    assert_eq!(invalid.len(), 1, "{invalid:#?}");
}

#[test]
fn a_password_is_never_shown() {
    let long = "hunter2".repeat(50);
    let env = |name: &str| (name == "JIBAN_DEMO_PASSWORD").then(|| long.clone().into());
    let found = messages(Settings::read(&Flags::default(), env));
    assert!(found[0].contains("demo_password") && !found[0].contains("hunter2"), "{found:#?}");
    let settings = Settings { demo_password: Some("hunter2".to_owned()), ..Settings::default() };
    assert!(!format!("{settings:?}").contains("hunter2"));
}

#[test]
fn the_page_of_settings_is_made_from_the_list() {
    let page = include_str!("../../../docs/SETTINGS.md");
    assert!(page.contains(&table()), "docs/SETTINGS.md must contain this table:\n\n{}", table());
}

use std::fs;

use super::*;

/// A settings file of its own for each test.
fn file(text: &str) -> (tempfile::TempDir, Flags) {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("jiban.toml");
    fs::write(&config, text).unwrap();
    (folder, Flags { config: Some(config), given: Vec::new() })
}

fn nothing(_: &str) -> Option<String> {
    None
}

fn told(result: Result<Settings, Vec<Fault>>) -> Vec<String> {
    result.unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn the_defaults_are_those_of_the_list() {
    let defaults = Settings::default();
    for setting in LIST.iter().filter(|setting| !setting.default.is_empty()) {
        let mut settings = defaults.clone();
        assert_eq!((setting.take)(&mut settings, setting.default), Some(()), "{}", setting.key);
        assert_eq!(settings, defaults, "{}", setting.key);
    }
}

#[test]
fn a_flag_goes_before_the_environment_and_that_before_the_file() {
    let (_folder, mut flags) = file("listen = \"127.0.0.1:1\"\ndb = \"file.db\"\nlog = \"warn\"\n");
    flags.given = vec![("listen", "127.0.0.1:3".to_owned())];
    let env = |name: &str| match name {
        "JIBAN_LISTEN" => Some("127.0.0.1:2".to_owned()),
        "JIBAN_DB" => Some("env.db".to_owned()),
        _ => None,
    };
    let settings = Settings::read(&flags, env).unwrap();
    assert_eq!(settings.listen.port(), 3);
    assert_eq!(settings.db, PathBuf::from("env.db"));
    assert_eq!(settings.log, "warn");
    assert!(settings.voice, "not given anywhere");
}

#[test]
fn every_fault_is_told_with_its_source_its_value_and_what_was_wanted() {
    let (_folder, mut flags) = file(
        "# our hall\ndb = \"\"\n\nlisten = 80\npublick_url = \"http://x\"\nvoice = \"maybe\"\n",
    );
    flags.given = vec![("public_url", "hall.example.org".to_owned())];
    let env = |name: &str| (name == "JIBAN_LOG").then(|| "loud".to_owned());
    let told = told(Settings::read(&flags, env));
    let wanted = [
        "jiban.toml line 2: db = \"\" is not right; wanted the path of a file",
        "jiban.toml line 4: listen = \"80\" is not right; wanted an address",
        "jiban.toml line 5: there is no setting \"publick_url\"; wanted one of db, listen",
        "jiban.toml line 6: voice = \"maybe\" is not right; wanted true or false",
        "JIBAN_LOG: log = \"loud\" is not right; wanted error, warn",
        "--public-url: public_url = \"hall.example.org\" is not right; wanted http://",
    ];
    assert_eq!(told.len(), wanted.len(), "{told:#?}");
    for wanted in wanted {
        assert!(told.iter().any(|told| told.contains(wanted)), "{wanted}\n{told:#?}");
    }
}

#[test]
fn a_value_that_is_overruled_is_looked_at_all_the_same() {
    let (_folder, mut flags) = file("listen = \"80\"\n");
    flags.given = vec![("listen", "127.0.0.1:80".to_owned())];
    assert!(told(Settings::read(&flags, nothing))[0].contains("line 1"));
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let flags = Flags { config: Some("nowhere/jiban.toml".into()), given: Vec::new() };
    assert!(told(Settings::read(&flags, nothing))[0].starts_with("--config: nowhere/jiban.toml"));
    let env = |name: &str| (name == CONFIG_ENV).then(|| "nowhere/jiban.toml".to_owned());
    assert!(told(Settings::read(&Flags::default(), env))[0].starts_with("JIBAN_CONFIG: nowhere"));
}

#[test]
fn a_file_that_is_no_toml_is_told_by_its_line() {
    let (_folder, flags) = file("db = \"hall.db\"\nlisten = 127.0.0.1:3000\n");
    let told = told(Settings::read(&flags, nothing));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("jiban.toml line 2: "), "{told:#?}");
}

#[test]
fn an_empty_variable_counts_as_not_set() {
    let flags = Flags::default();
    let settings = Settings::read(&flags, |_| Some(String::new())).unwrap();
    assert_eq!(settings, Settings::default());
}

#[test]
fn a_public_address_is_scheme_and_host() {
    let read = |value: &str| {
        let mut settings = Settings::default();
        take::public_url(&mut settings, value).and(settings.public_url)
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
fn a_password_is_never_shown() {
    let long = "secret".repeat(50);
    let env = |name: &str| (name == "JIBAN_DEMO_PASSWORD").then(|| long.clone());
    let told = told(Settings::read(&Flags::default(), env));
    assert!(told[0].contains("demo_password") && !told[0].contains("secret"), "{told:#?}");
    let settings = Settings { demo_password: Some("secret".to_owned()), ..Settings::default() };
    assert!(!format!("{settings:?}").contains("secret"));
}

#[test]
fn the_page_of_settings_is_made_from_the_list() {
    let page = include_str!("../../../docs/SETTINGS.md");
    assert!(page.contains(&table()), "docs/SETTINGS.md wants this table:\n\n{}", table());
}

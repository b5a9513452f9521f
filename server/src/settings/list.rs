//! The one list of settings: the code that reads them, `--help`, and
//! `docs/SETTINGS.md` are all made from it.

use std::fmt::Write as _;

use super::Settings;

/// One setting, and how it may be given.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its key in the settings file.
    pub key: &'static str,
    /// Its flag on the command line; none where a flag would show a secret to
    /// everyone on the machine.
    pub flag: Option<&'static str>,
    /// Its variable in the environment.
    pub env: &'static str,
    /// What is taken where it is not given, as it would be written.
    pub default: &'static str,
    /// What a good value looks like; ends the sentence "wanted …".
    pub wanted: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Takes over a value, or says no.
    pub(super) take: fn(&mut Settings, &str) -> Option<()>,
}

impl Setting {
    /// Whether it is on or off, and so may stand in the file without quotes.
    pub(super) fn is_switch(&self) -> bool {
        matches!(self.default, "true" | "false")
    }
}

/// The variable that names the settings file.
pub const CONFIG_ENV: &str = "JIBAN_CONFIG";

/// Where the settings file is looked for when none is named.
pub const CONFIG_FILE: &str = "jiban.toml";

/// Every setting.
pub const LIST: [Setting; 8] = [
    Setting {
        key: "db",
        flag: Some("--db"),
        env: "JIBAN_DB",
        default: "data/hall.db",
        wanted: "the path of a file",
        about: "The database. \"serve\" and \"import\" make it where there is none",
        take: super::take::db,
    },
    Setting {
        key: "key",
        flag: Some("--key"),
        env: "JIBAN_KEY",
        default: "",
        wanted: "the path of a file",
        about: "The key file, without which no name or number in the database can be read. \"serve\" makes it where there is none and nothing is sealed yet. Unset, it lies beside the database: data/hall.key for data/hall.db",
        take: super::take::key,
    },
    Setting {
        key: "listen",
        flag: Some("--listen"),
        env: "JIBAN_LISTEN",
        default: "127.0.0.1:3000",
        wanted: "an address and port such as 127.0.0.1:3000, or 0.0.0.0:3000 for all networks",
        about: "Where the server listens. Phones and kiosks reach it only on a network it listens on",
        take: super::take::listen,
    },
    Setting {
        key: "public_url",
        flag: Some("--public-url"),
        env: "JIBAN_PUBLIC_URL",
        default: "",
        wanted: "http:// or https:// and a host, such as https://hall.example.org, without a path",
        about: "The address visitors' phones open: it is in every QR code. Unset, it is the machine's own on its network, or the one address that is listened at; said at the start",
        take: super::take::public_url,
    },
    Setting {
        key: "demo",
        flag: Some("--demo"),
        env: "JIBAN_DEMO",
        default: "false",
        wanted: "true or false",
        about: "Put the demo hall into a database that is empty. One that is not empty is left as it is",
        take: super::take::demo,
    },
    Setting {
        key: "demo_password",
        flag: None,
        env: "JIBAN_DEMO_PASSWORD",
        default: "",
        wanted: "1 to 256 characters",
        about: "The password of the demo's clerks and admin. Unset, a random one is made and printed once",
        take: super::take::demo_password,
    },
    Setting {
        key: "voice",
        flag: None,
        env: "JIBAN_VOICE",
        default: "true",
        wanted: "true or false",
        about: "Make announcements with espeak-ng, where it is installed, for displays whose browser has no Chinese voice",
        take: super::take::voice,
    },
    Setting {
        key: "log",
        flag: None,
        env: "JIBAN_LOG",
        default: "info",
        wanted: "error, warn, info, debug or trace, or parts such as info,jiban=debug",
        about: "How much is written to standard error",
        take: super::take::log,
    },
];

/// The line of `--help` about a setting.
///
/// # Panics
/// When there is no such setting: a slip in the program, met by its tests.
pub fn help(key: &str) -> String {
    let Some(setting) = LIST.iter().find(|setting| setting.key == key) else {
        panic!("there is no setting {key}")
    };
    let default = match setting.default {
        "" | "false" => String::new(),
        default => format!("default: {default}; "),
    };
    format!("{} [{default}environment: {}]", setting.about, setting.env)
}

/// The list as a table of Markdown, for the README and `jiban settings`.
pub fn table() -> String {
    let mut table = String::from(
        "| in the file | flag | environment | default | what it is |\n|---|---|---|---|---|\n",
    );
    for Setting { key, flag, env, default, wanted, about, .. } in LIST {
        let code =
            |text: &str| if text.is_empty() { "—".to_owned() } else { format!("`{text}`") };
        let (flag, default) = (code(flag.unwrap_or_default()), code(default));
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| `{key}` | {flag} | `{env}` | {default} | {about}. Wanted: {wanted} |"
        );
    }
    table
}

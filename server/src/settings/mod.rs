//! What the operator may set, from four sources: a flag goes before the
//! environment, that before the file, that before the default. [`LIST`] is the
//! one list of them.
//!
//! Every value given is looked at, also one that another source overrules, and
//! all that is wrong is told at once, each with its source.

mod list;
mod take;
#[cfg(test)]
mod tests;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::hall_file::Lines;
pub use list::{CONFIG_ENV, CONFIG_FILE, LIST, Setting, help, table};

/// What the operator has set.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// The database.
    pub db: PathBuf,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// What phones open, scheme and host without a slash at the end; none
    /// means the machine's own network address.
    pub public_url: Option<String>,
    /// Put the demo hall into an empty database.
    pub demo: bool,
    /// The password of the demo's clerks; none means a random one.
    pub demo_password: Option<String>,
    /// Make announcements with espeak-ng.
    pub voice: bool,
    /// How much is logged: a filter as `tracing` reads it.
    pub log: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            db: PathBuf::from("data/hall.db"),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)),
            public_url: None,
            demo: false,
            demo_password: None,
            voice: true,
            log: "info".to_owned(),
        }
    }
}

// A password must not reach a log through `{:?}`.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("db", &self.db)
            .field("listen", &self.listen)
            .field("public_url", &self.public_url)
            .field("demo", &self.demo)
            .field("demo_password", &self.demo_password.as_ref().map(|_| "…"))
            .field("voice", &self.voice)
            .field("log", &self.log)
            .finish()
    }
}

/// A setting that is not right: where it was given, what, and what was wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What was given on the command line.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--config FILE`.
    pub config: Option<PathBuf>,
    /// Key of a setting and what its flag said.
    pub given: Vec<(&'static str, String)>,
}

/// A value and where it was given: `JIBAN_LISTEN`, `jiban.toml line 3`.
struct Given {
    key: String,
    value: String,
    source: String,
}

impl Settings {
    /// Reads the settings of this run. `env` looks up a variable; an empty one
    /// counts as not set.
    ///
    /// # Errors
    /// Every setting that is not right, in the order file, environment, flags.
    pub fn read(flags: &Flags, env: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<Fault>> {
        let env = |name: &str| env(name).filter(|value| !value.is_empty());
        let (named_by, file) = match (&flags.config, env(CONFIG_ENV)) {
            (Some(file), _) => (Some("--config"), file.clone()),
            (None, Some(file)) => (Some(CONFIG_ENV), PathBuf::from(file)),
            (None, None) => (None, PathBuf::from(CONFIG_FILE)),
        };
        let mut faults = Vec::new();
        let mut given = Vec::new();
        match std::fs::read_to_string(&file) {
            Ok(text) => given = in_file(&file, &text, &mut faults),
            // Nobody asked for this file, so it need not be there.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named_by.is_none() => {}
            Err(error) => {
                let by = named_by.map(|name| format!("{name}: ")).unwrap_or_default();
                faults.push(Fault(format!("{by}{} cannot be read: {error}", file.display())));
            }
        }
        given.extend(LIST.iter().filter_map(|setting| {
            let (key, source) = (setting.key.to_owned(), setting.env.to_owned());
            Some(Given { key, value: env(setting.env)?, source })
        }));
        given.extend(flags.given.iter().map(|(key, value)| {
            let (key, value) = ((*key).to_owned(), value.clone());
            Given { source: format!("--{}", key.replace('_', "-")), key, value }
        }));
        let mut settings = Self::default();
        for Given { key, value, source } in given {
            let Some(setting) = LIST.iter().find(|setting| setting.key == key) else { continue };
            if (setting.take)(&mut settings, &value).is_none() {
                let shown = if key.contains("password") { "…" } else { &value };
                faults.push(Fault(format!(
                    "{source}: {key} = \"{shown}\" is not right; wanted {}",
                    setting.wanted
                )));
            }
        }
        if faults.is_empty() { Ok(settings) } else { Err(faults) }
    }
}

/// What a settings file gives: one `key = value` for each.
fn in_file(file: &Path, text: &str, faults: &mut Vec<Fault>) -> Vec<Given> {
    let lines = Lines::of(text);
    let source = |offset: usize| format!("{} line {}", file.display(), lines.at(offset).0);
    let (table, syntax) = DeTable::parse_recoverable(text);
    if let Some(error) = syntax.first() {
        // What the parser says of later lines is a guess.
        let at = source(error.span().map_or(text.len(), |span| span.start));
        faults.push(Fault(format!("{at}: {}", error.message())));
        return Vec::new();
    }
    let mut given = Vec::new();
    for (key, value) in table.into_inner() {
        let source = source(key.span().start);
        let key = key.into_inner().into_owned();
        let value = match value.get_ref() {
            _ if !LIST.iter().any(|setting| setting.key == key) => {
                let known: Vec<&str> = LIST.iter().map(|setting| setting.key).collect();
                let known = known.join(", ");
                faults.push(Fault(format!(
                    "{source}: there is no setting \"{key}\"; wanted one of {known}"
                )));
                continue;
            }
            DeValue::String(text) => text.to_string(),
            DeValue::Boolean(yes) => yes.to_string(),
            // Anything else is no value any setting takes: shown as written.
            _ => text.get(value.span()).unwrap_or_default().to_owned(),
        };
        given.push(Given { key, value, source });
    }
    given
}

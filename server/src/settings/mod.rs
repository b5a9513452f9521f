//! What the operator may set, from four sources: a flag goes before the
//! environment, that before the file, that before the default. [`LIST`] is the
//! one list of them.
//!
//! Every value given is looked at, also one that another source overrules, and
//! all that is wrong is told at once, each with its source.

mod file;
mod list;
mod take;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

pub use list::{CONFIG_ENV, CONFIG_FILE, LIST, Setting, help, table};

/// What the operator has set.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// The database.
    pub db: PathBuf,
    /// The key file; none means the one beside the database, see
    /// [`Settings::key_file`].
    pub key: Option<PathBuf>,
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
            key: None,
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
            .field("key", &self.key)
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
    /// Or why it is none this setting could take.
    value: Result<String, &'static str>,
    /// How it was written.
    shown: String,
    source: String,
}

impl Given {
    fn text(key: &str, value: String, source: String) -> Self {
        let shown = format!("\"{value}\"");
        Self { key: key.to_owned(), value: Ok(value), shown, source }
    }

    /// Puts it in its place.
    fn take(self, settings: &mut Settings) -> Result<(), Fault> {
        let Self { key, value, shown, source } = self;
        let Some(setting) = LIST.iter().find(|setting| setting.key == key) else {
            let known = LIST.map(|setting| setting.key).join(", ");
            return Err(Fault(format!(
                "{source}: there is no setting \"{key}\"; wanted one of {known}"
            )));
        };
        let flaw = match value {
            Ok(value) if (setting.take)(settings, &value).is_some() => return Ok(()),
            Ok(_) => "not right",
            Err(flaw) => flaw,
        };
        let shown = if key.contains("password") { "…" } else { &shown };
        Err(Fault(format!("{source}: {key} = {shown} is {flaw}; wanted {}", setting.wanted)))
    }
}

impl Settings {
    /// Where photographs, scans and signatures are: beside the database.
    pub fn files_folder(&self) -> PathBuf {
        self.db.with_added_extension("files")
    }

    /// Where the key file is.
    pub fn key_file(&self) -> PathBuf {
        self.key.clone().unwrap_or_else(|| self.db.with_extension("key"))
    }

    /// Reads the settings of this run. `env` looks up a variable; an empty one
    /// counts as not set.
    ///
    /// # Errors
    /// Every setting that is not right, in the order file, environment, flags;
    /// those of the file in the order of its lines.
    pub fn read(flags: &Flags, env: impl Fn(&str) -> Option<OsString>) -> Result<Self, Vec<Fault>> {
        let env = |name: &str| env(name).filter(|value| !value.is_empty());
        let (named_by, file) = match (&flags.config, env(CONFIG_ENV)) {
            (Some(file), _) => (Some("--config"), file.clone()),
            (None, Some(file)) => (Some(CONFIG_ENV), PathBuf::from(file)),
            (None, None) => (None, PathBuf::from(CONFIG_FILE)),
        };
        let mut faults = Vec::new();
        let mut given = Vec::new();
        match std::fs::read(&file) {
            Ok(bytes) => match file::read(&file, bytes) {
                Ok(read) => given = read,
                Err(fault) => faults.push(fault),
            },
            // Nobody asked for this file, so it need not be there.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named_by.is_none() => {}
            Err(error) => {
                let by = named_by.map(|name| format!("{name}: ")).unwrap_or_default();
                faults.push(Fault(format!("{by}{} cannot be read: {error}", file.display())));
            }
        }
        given.extend(LIST.iter().filter_map(|setting| Some(in_env(setting, env(setting.env)?))));
        given.extend(flags.given.iter().map(|(key, value)| {
            Given::text(key, value.clone(), format!("--{}", key.replace('_', "-")))
        }));
        let mut settings = Self::default();
        faults.extend(given.into_iter().filter_map(|given| given.take(&mut settings).err()));
        if faults.is_empty() { Ok(settings) } else { Err(faults) }
    }
}

fn in_env(setting: &Setting, value: OsString) -> Given {
    let source = setting.env.to_owned();
    match value.into_string() {
        Ok(value) => Given::text(setting.key, value, source),
        Err(garbled) => {
            let shown = format!("\"{}\"", garbled.display());
            Given { key: setting.key.to_owned(), value: Err("no UTF-8 text"), shown, source }
        }
    }
}

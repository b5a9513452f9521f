//! The settings of the operator. A flag takes precedence over the environment, the environment
//! over the settings file, and the file over the default. [`LIST`] is the only list of them.
//!
//! Every value is validated, even one that another source overrides, and all faults are
//! reported at once, each with its source.

mod file;
mod list;
mod set;
mod setting;
mod table;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use ipnet::IpNet;

use crate::limits::Limits;

pub use list::{CONFIG_ENV, CONFIG_FILE, LIST, help};
pub use setting::Setting;
pub use table::table;

/// The settings of this run.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    pub db: PathBuf,
    /// The key file; `None` means the one beside the database, see [`Settings::key_file`].
    pub key: Option<PathBuf>,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The address that phones open: scheme and host without a final slash. `None` means the
    /// machine's own network address.
    pub public_url: Option<String>,
    /// Further hosts by which the server may be addressed.
    pub hosts: Vec<String>,
    /// Minutes without activity after which a session at office or admin ends; `None` is never.
    pub office_idle_minutes: Option<u32>,
    /// The same at counters.
    pub counter_idle_minutes: Option<u32>,
    /// The certificate and its key; `None` means plain HTTP.
    pub tls: Option<TlsFiles>,
    /// Install the demo hall in an empty database.
    pub demo: bool,
    /// The password of the demo's clerks; `None` means a random one.
    pub demo_password: Option<String>,
    /// Synthesise announcements with espeak-ng.
    pub voice: bool,
    /// The filter of the log, in the syntax of `tracing`.
    pub log: String,
    /// The file that says how text messages are sent; `None` means that none are.
    pub sms_gateway: Option<PathBuf>,
    /// The file that says who is told of ill terminals; `None` means nobody.
    pub alerts: Option<PathBuf>,
    /// The file with the secret for the services of departments.
    pub statement_secret: Option<PathBuf>,
    /// The file about the provider at which applicants prove who they are; `None` means none.
    pub identity_provider: Option<PathBuf>,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// What clients may use of the hall.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            db: PathBuf::from("data/hall.db"),
            key: None,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)),
            public_url: None,
            hosts: Vec::new(),
            office_idle_minutes: Some(30),
            counter_idle_minutes: None,
            tls: None,
            demo: false,
            demo_password: None,
            voice: true,
            log: "info".to_owned(),
            sms_gateway: None,
            alerts: None,
            statement_secret: None,
            identity_provider: None,
            trusted_proxies: Vec::new(),
            limits: Limits::default(),
        }
    }
}

// The password must not reach the log through `{:?}`.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("db", &self.db)
            .field("key", &self.key)
            .field("listen", &self.listen)
            .field("public_url", &self.public_url)
            .field("hosts", &self.hosts)
            .field("office_idle_minutes", &self.office_idle_minutes)
            .field("counter_idle_minutes", &self.counter_idle_minutes)
            .field("tls", &self.tls)
            .field("demo", &self.demo)
            .field("demo_password", &self.demo_password.as_ref().map(|_| "…"))
            .field("voice", &self.voice)
            .field("log", &self.log)
            .field("sms_gateway", &self.sms_gateway)
            .field("alerts", &self.alerts)
            .field("statement_secret", &self.statement_secret)
            .field("identity_provider", &self.identity_provider)
            .field("trusted_proxies", &self.trusted_proxies)
            .field("limits", &self.limits)
            .finish()
    }
}

/// The files of a certificate, both in PEM. Only the reading of settings leaves one empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TlsFiles {
    pub cert: PathBuf,
    pub key: PathBuf,
}

/// An invalid setting: its source, its value, and what is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsFault(String);

impl fmt::Display for SettingsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The settings given on the command line.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--config FILE`.
    pub config: Option<PathBuf>,
    /// The keys of settings and the values of their flags.
    pub given: Vec<(&'static str, String)>,
}

/// A value and its source, such as `JIBAN_LISTEN` or `jiban.toml line 3`.
struct GivenValue {
    key: String,
    /// The error says why it cannot be a value of this setting.
    value: Result<String, &'static str>,
    /// The value as messages show it.
    shown: String,
    source: String,
}

impl GivenValue {
    fn text(key: &str, value: String, source: String) -> Self {
        let shown = format!("\"{value}\"");
        Self { key: key.to_owned(), value: Ok(value), shown, source }
    }

    /// Validates the value and stores it.
    fn apply(self, settings: &mut Settings) -> Result<(), SettingsFault> {
        let Self { key, value, shown, source } = self;
        let Some(setting) = LIST.iter().find(|setting| setting.key == key) else {
            let known: Vec<&str> = LIST.iter().map(|setting| setting.key).collect();
            let known = known.join(", ");
            return Err(SettingsFault(format!(
                "{source}: there is no setting \"{key}\"; expected one of {known}"
            )));
        };
        let flaw = match value {
            Ok(value) if (setting.set)(settings, &value).is_some() => return Ok(()),
            Ok(_) => "invalid",
            Err(flaw) => flaw,
        };
        let shown = if key.contains("password") { "…" } else { &shown };
        Err(SettingsFault(format!(
            "{source}: {key} = {shown} is {flaw}; expected {}",
            setting.expected
        )))
    }
}

impl Settings {
    /// The folder of photographs, scans and signatures, beside the database.
    pub fn files_folder(&self) -> PathBuf {
        self.db.with_added_extension("files")
    }

    /// The path of the key file.
    pub fn key_file(&self) -> PathBuf {
        self.key.clone().unwrap_or_else(|| self.db.with_extension("key"))
    }

    /// Reads the settings of this run. `env` looks up a variable; an empty one counts as unset.
    ///
    /// # Errors
    /// Every invalid setting, in the order file, environment, flags; those of the file in the
    /// order of its lines.
    pub fn read(
        flags: &Flags,
        env: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Vec<SettingsFault>> {
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
            // The default file is optional.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named_by.is_none() => {}
            Err(error) => {
                let by = named_by.map(|name| format!("{name}: ")).unwrap_or_default();
                faults
                    .push(SettingsFault(format!("{by}{} cannot be read: {error}", file.display())));
            }
        }
        given.extend(LIST.iter().filter_map(|setting| Some(in_env(setting, env(setting.env)?))));
        given.extend(flags.given.iter().map(|(key, value)| {
            GivenValue::text(key, value.clone(), format!("--{}", key.replace('_', "-")))
        }));
        let mut settings = Self::default();
        faults.extend(given.into_iter().filter_map(|given| given.apply(&mut settings).err()));
        // An invalid one was already reported.
        if faults.is_empty() {
            faults.extend(settings.half_given());
        }
        if faults.is_empty() { Ok(settings) } else { Err(faults) }
    }

    /// A setting that is nothing without another one.
    fn half_given(&self) -> Option<SettingsFault> {
        let tls = self.tls.as_ref()?;
        let (given, missing) = if tls.key.as_os_str().is_empty() {
            ("tls_cert", "tls_key")
        } else if tls.cert.as_os_str().is_empty() {
            ("tls_key", "tls_cert")
        } else {
            return None;
        };
        Some(SettingsFault(format!("{given} is given without {missing}; expected both or neither")))
    }

    /// The scheme of the server's own addresses.
    pub fn scheme(&self) -> &'static str {
        if self.tls.is_some() { "https" } else { "http" }
    }
}

fn in_env(setting: &Setting, value: OsString) -> GivenValue {
    let source = setting.env.to_owned();
    match value.into_string() {
        Ok(value) => GivenValue::text(setting.key, value, source),
        Err(invalid) => {
            let shown = format!("\"{}\"", invalid.display());
            GivenValue { key: setting.key.to_owned(), value: Err("not UTF-8 text"), shown, source }
        }
    }
}

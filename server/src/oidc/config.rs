//! The operator's file about the provider: it holds a secret and is changed as a whole.

use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use hyper::Uri;
use jiban_domain::Text;
use serde::Deserialize;

/// No such file is longer.
const MOST_BYTES: u64 = 64 * 1024;

/// The operator's file.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderConfig {
    /// What visitors know the provider by: the button says it.
    pub label: Text,
    /// As the provider names itself, to the letter.
    pub issuer: String,
    pub client_id: String,
    /// None for a client that the provider knows by its address alone.
    #[serde(default)]
    pub client_secret: Option<String>,
    #[serde(default)]
    pub scopes: Vec<String>,
    pub claims: ClaimNames,
}

/// Where the provider says who somebody is; each province names these in its own way.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimNames {
    /// The number of the identity paper: a claim's name, or a JSON pointer such as
    /// `/person/id_number`.
    pub number: String,
    #[serde(default = "name")]
    pub name: String,
    #[serde(default = "telephone")]
    pub telephone: String,
}

fn name() -> String {
    "name".to_owned()
}

fn telephone() -> String {
    "phone_number".to_owned()
}

// The secret must not reach the log through `{:?}`.
impl fmt::Debug for ProviderConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderConfig").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// Why the file is not usable.
#[derive(Debug, thiserror::Error)]
pub enum ProviderFault {
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, std::io::Error),
    #[error("{}: its mode is {:o}, so others can read the secret in it; run: chmod 600 {}",
            .0.display(), .1, .0.display())]
    Exposed(PathBuf, u32),
    #[error("{}: {}", .0.display(), .1)]
    Toml(PathBuf, Box<toml::de::Error>),
    #[error("{}: {}", .0.display(), .1)]
    Content(PathBuf, String),
}

impl ProviderConfig {
    /// Reads the file.
    ///
    /// # Errors
    /// It cannot be read, others can read it, or it does not describe a provider.
    pub fn read(path: &Path) -> Result<Self, ProviderFault> {
        let failed = |error| ProviderFault::File(path.to_owned(), error);
        let file = File::open(path).map_err(failed)?;
        let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o777;
        let mut text = String::new();
        file.take(MOST_BYTES).read_to_string(&mut text).map_err(failed)?;
        let config: Self = toml::from_str(&text)
            .map_err(|error| ProviderFault::Toml(path.to_owned(), Box::new(error)))?;
        if config.client_secret.is_some() && mode & 0o077 != 0 {
            return Err(ProviderFault::Exposed(path.to_owned(), mode));
        }
        match config.fault() {
            Some(fault) => Err(ProviderFault::Content(path.to_owned(), fault)),
            None => Ok(config),
        }
    }

    fn fault(&self) -> Option<String> {
        if let Err(why) = address(&self.issuer) {
            return Some(format!("issuer {why}"));
        }
        if self.issuer.contains(['?', '#']) {
            return Some("issuer must have neither \"?\" nor \"#\"".to_owned());
        }
        let empty = [
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.client_secret.as_deref().unwrap_or("-")),
            ("claims.number", &self.claims.number),
            ("claims.name", &self.claims.name),
            ("label", &self.label.zh),
            ("label", &self.label.en),
        ];
        let empty = empty.into_iter().find(|(_, value)| value.trim().is_empty());
        if let Some((key, _)) = empty {
            return Some(format!("{key} is empty"));
        }
        let spaced = self.scopes.iter().find(|one| one.is_empty() || one.contains(' '));
        spaced.map(|one| format!("scopes: {one:?} is not one scope"))
    }

    /// The scopes that are asked for; without `openid` it would be another protocol.
    pub(super) fn scope(&self) -> String {
        let others = self.scopes.iter().map(String::as_str).filter(|one| *one != "openid");
        std::iter::once("openid").chain(others).collect::<Vec<_>>().join(" ")
    }
}

/// An address of the provider: over TLS, or on this very machine.
///
/// # Errors
/// Why it is none, to come after its name.
pub(super) fn address(text: &str) -> Result<Uri, String> {
    let address: Uri = text.parse().map_err(|error| format!("is no address: {error}"))?;
    let host = address.host().unwrap_or_default();
    if host.is_empty() || address.authority().is_some_and(|all| all.as_str().contains('@')) {
        return Err("names no host".to_owned());
    }
    let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    match address.scheme_str() {
        Some("https") => Ok(address),
        Some("http") if is_here => Ok(address),
        _ => Err("must begin with https://".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const FILE: &str = r#"
        label = { zh = "浙里办", en = "Zhejiang account" }
        issuer = "https://id.example.gov.cn/realms/people"
        client_id = "hall"
        client_secret = "a secret"
        scopes = ["profile", "openid"]
        [claims]
        number = "/person/id_number"
    "#;

    fn read(text: &str, mode: u32) -> Result<ProviderConfig, ProviderFault> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("provider.toml");
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        ProviderConfig::read(&file)
    }

    #[test]
    fn a_file_says_all_that_is_needed() {
        let config = read(FILE, 0o600).unwrap();
        assert_eq!(config.scope(), "openid profile");
        assert_eq!(config.claims.name, "name");
        assert!(!format!("{config:?}").contains("a secret"));
    }

    #[test]
    fn a_secret_that_others_can_read_is_none() {
        for mode in [0o640, 0o604, 0o666] {
            assert!(
                matches!(read(FILE, mode), Err(ProviderFault::Exposed(_, found)) if found == mode)
            );
        }
        read(&FILE.replace("client_secret = \"a secret\"", ""), 0o644).unwrap();
    }

    #[test]
    fn what_cannot_work_is_said_at_the_start() {
        for (from, to, named) in [
            ("https://id", "http://id", "https"),
            ("https://id", "ftp://id", "https"),
            ("https://id.example", "https://me@id.example", "host"),
            ("realms/people", "realms?x", "issuer"),
            ("\"hall\"", "\"\"", "client_id"),
            ("\"a secret\"", "\" \"", "client_secret"),
            ("\"profile\"", "\"profile email\"", "scopes"),
            ("\"/person/id_number\"", "\"\"", "claims.number"),
            ("number =", "nummer =", "nummer"),
        ] {
            let text = FILE.replace(from, to);
            assert_ne!(text, FILE);
            let fault = read(&text, 0o600).unwrap_err().to_string();
            assert!(fault.contains(named), "{fault}");
        }
        let here = FILE.replace("https://id.example.gov.cn", "http://127.0.0.1:8080");
        assert!(read(&here, 0o600).is_ok(), "a provider on the same machine");
    }
}

//! Who is told of ill terminals, and how: a file of the operator says so, since it holds
//! secrets and is changed as a whole.

mod mail;
mod webhook;

use std::path::{Path, PathBuf};

use jiban_domain::terminal_alert::Thresholds;
use serde::Deserialize;

use mail::Mail;
pub use webhook::Webhook;

use crate::outgoing::NotSent;

/// The operator's file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alerting {
    /// An address that takes [Standard Webhooks](https://www.standardwebhooks.com).
    webhook: Option<Webhook>,
    mail: Option<Mail>,
    /// From when something is wrong.
    #[serde(default)]
    pub thresholds: Thresholds,
}

/// Why the file is not usable.
#[derive(Debug, thiserror::Error)]
pub enum AlertingFault {
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, std::io::Error),
    #[error("{}: {}", .0.display(), .1)]
    Toml(PathBuf, Box<toml::de::Error>),
    #[error("{}: {}", .0.display(), .1)]
    Content(PathBuf, String),
}

/// A way by which somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    Webhook,
    Mail,
}

impl Way {
    pub const ALL: [Self; 2] = [Self::Webhook, Self::Mail];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Mail => "mail",
        }
    }
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertMessage {
    /// The same at every try, so that a repeat can be left out.
    pub id: String,
    /// For programs: an object of JSON.
    pub json: String,
    /// For people: one line, and more.
    pub subject: String,
    pub text: String,
}

impl Alerting {
    /// Reads the file.
    ///
    /// # Errors
    /// It cannot be read, or does not describe how to tell anybody.
    pub fn read(path: &Path) -> Result<Self, AlertingFault> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| AlertingFault::File(path.to_owned(), error))?;
        let alerting: Self = toml::from_str(&text)
            .map_err(|error| AlertingFault::Toml(path.to_owned(), Box::new(error)))?;
        match alerting.fault() {
            Some(fault) => Err(AlertingFault::Content(path.to_owned(), fault)),
            None => Ok(alerting),
        }
    }

    fn fault(&self) -> Option<String> {
        let webhook = self.webhook.as_ref().and_then(Webhook::fault);
        webhook.or_else(|| self.mail.as_ref().and_then(Mail::fault))
    }

    /// Whether anybody is told in this way.
    pub const fn has(&self, way: Way) -> bool {
        match way {
            Way::Webhook => self.webhook.is_some(),
            Way::Mail => self.mail.is_some(),
        }
    }

    /// Tells it, at an instant in seconds.
    ///
    /// # Errors
    /// It was not taken, as far as is known.
    pub async fn tell(
        &self,
        way: Way,
        message: &AlertMessage,
        seconds: i64,
    ) -> Result<(), NotSent> {
        match way {
            Way::Webhook => match &self.webhook {
                Some(webhook) => webhook.post(message, seconds).await,
                None => Ok(()),
            },
            Way::Mail => match &self.mail {
                Some(mail) => mail.send(message).await,
                None => Ok(()),
            },
        }
    }
}

//! Alerts by mail.

use std::fmt;
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MessageBuilder};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use serde::Deserialize;

use super::AlertMessage;
use crate::outgoing::NotSent;

/// How long a mail server may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Who gets mail, and through which server.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mail {
    /// `smtps://NAME:PASSWORD@HOST`, or `smtp://…?tls=required` for STARTTLS; `smtp://HOST` sends
    /// in plain text.
    server: String,
    from: String,
    to: Vec<String>,
}

// A password may be in the address.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("from", &self.from)
            .field("to", &self.to)
            .finish_non_exhaustive()
    }
}

impl Mail {
    pub(super) fn fault(&self) -> Option<String> {
        let sample = AlertMessage {
            id: "msg_0".to_owned(),
            json: String::new(),
            subject: "x".to_owned(),
            text: "x".to_owned(),
        };
        if let Err(error) = self.message(&sample) {
            return Some(format!("mail: {error}"));
        }
        self.transport().err().map(|error| format!("mail.server: {error}"))
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, NotSent> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&self.server)
            .map_err(|error| NotSent::unreachable(&error))?;
        Ok(builder.timeout(Some(PATIENCE)).build())
    }

    fn message(&self, message: &AlertMessage) -> Result<Message, NotSent> {
        let address = |written: &str| {
            written.parse::<Mailbox>().map_err(|error| NotSent::unreachable(&error))
        };
        if self.to.is_empty() {
            return Err(NotSent::unreachable(&"to names nobody"));
        }
        let from = address(&self.from)?;
        let domain = from.email.domain().to_owned();
        let mut builder: MessageBuilder = Message::builder()
            .from(from)
            // The same at every try, so that a mail server can leave out a repeat.
            .message_id(Some(format!("<{}@{domain}>", message.id)))
            .subject(message.subject.clone())
            .header(ContentType::TEXT_PLAIN);
        for to in &self.to {
            builder = builder.to(address(to)?);
        }
        builder.body(message.text.clone()).map_err(|error| NotSent::unreachable(&error))
    }

    pub(super) async fn send(&self, message: &AlertMessage) -> Result<(), NotSent> {
        let sent = self.transport()?.send(self.message(message)?).await;
        sent.map(drop).map_err(|error| NotSent::unreachable(&error))
    }
}

//! Text messages, by the HTTP interface of whoever sends them. A file says how it is called:
//! providers differ in addresses, headers and bodies, and need no code here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::outgoing::{self, NotSent};

/// A gateway, as its file describes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    /// Where a message is posted to.
    url: String,
    #[serde(default = "json")]
    content_type: String,
    /// The body, with `{telephone}`, `{text}` and `{id}`.
    body: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// What an answer must contain beside a status of 2xx, since many gateways say "failed" with
    /// 200.
    #[serde(default)]
    answer_contains: String,
}

fn json() -> String {
    "application/json; charset=utf-8".to_owned()
}

/// A message. Its id is the same at every try, so that a gateway can leave out a repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: i64,
    pub telephone: String,
    pub text: String,
}

/// Why a gateway's file is not usable.
#[derive(Debug, thiserror::Error)]
pub enum GatewayFault {
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, std::io::Error),
    #[error("{}: {}", .0.display(), .1)]
    Toml(PathBuf, Box<toml::de::Error>),
    #[error("{}: {}", .0.display(), .1)]
    Content(PathBuf, String),
}

impl Gateway {
    /// Reads the file of a gateway.
    ///
    /// # Errors
    /// It cannot be read, or does not describe one.
    pub fn read(path: &Path) -> Result<Self, GatewayFault> {
        let file = |error| GatewayFault::File(path.to_owned(), error);
        let text = std::fs::read_to_string(path).map_err(file)?;
        let gateway: Self = toml::from_str(&text)
            .map_err(|error| GatewayFault::Toml(path.to_owned(), Box::new(error)))?;
        match gateway.fault() {
            Some(fault) => Err(GatewayFault::Content(path.to_owned(), fault)),
            None => Ok(gateway),
        }
    }

    fn fault(&self) -> Option<String> {
        for field in ["{telephone}", "{text}"] {
            if !self.body.contains(field) {
                return Some(format!("body must contain {field}"));
            }
        }
        let sample = Message { id: 1, telephone: "1\"3".to_owned(), text: "a\"b\n".to_owned() };
        let body = self.body_of(&sample);
        if self.is_json() && serde_json::from_str::<serde_json::Value>(&body).is_err() {
            return Some(
                "body is not JSON; {telephone}, {text} and {id} belong in quotes".to_owned(),
            );
        }
        let postable = outgoing::address(&self.url).and_then(|_| self.headers());
        postable.err().map(|error| error.to_string())
    }

    fn is_json(&self) -> bool {
        self.content_type.contains("json")
    }

    fn body_of(&self, message: &Message) -> String {
        let written = |value: &str| {
            if self.is_json() {
                let quoted = serde_json::Value::from(value).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            } else if self.content_type.contains("urlencoded") {
                utf8_percent_encode(value, NON_ALPHANUMERIC).to_string()
            } else {
                value.to_owned()
            }
        };
        // The text last: nothing in it is a field.
        self.body
            .replace("{id}", &message.id.to_string())
            .replace("{telephone}", &written(&message.telephone))
            .replace("{text}", &written(&message.text))
    }

    fn headers(&self) -> Result<HeaderMap, NotSent> {
        let wrong = |error: &dyn std::fmt::Display| NotSent::unreachable(error);
        let kind = HeaderValue::from_str(&self.content_type).map_err(|error| wrong(&error))?;
        let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, kind)]);
        for (name, value) in &self.headers {
            let name: HeaderName = name.parse().map_err(|error| wrong(&error))?;
            let value: HeaderValue = value.parse().map_err(|error| wrong(&error))?;
            headers.append(name, value);
        }
        Ok(headers)
    }

    /// Posts a message.
    ///
    /// # Errors
    /// It was not taken, as far as is known.
    pub async fn send(&self, message: &Message) -> Result<(), NotSent> {
        let body = outgoing::send(&self.url, self.headers()?, self.body_of(message)).await?;
        // Many gateways say "failed" with 200.
        if body.contains(&self.answer_contains) {
            Ok(())
        } else {
            Err(outgoing::refused(200, &body))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gateway(content_type: &str, body: &str) -> Gateway {
        Gateway {
            url: "https://sms.example/send?a=1".to_owned(),
            content_type: content_type.to_owned(),
            body: body.to_owned(),
            headers: BTreeMap::from([("authorization".to_owned(), "Bearer x".to_owned())]),
            answer_contains: String::new(),
        }
    }

    #[test]
    fn a_body_is_filled_in_its_own_syntax() {
        let message =
            Message {
                id: 7, telephone: "13800000000".to_owned(), text: "\"好\" {id}&".to_owned()
            };
        let json = gateway("application/json", r#"{"to":"{telephone}","t":"{text}","id":"{id}"}"#);
        assert_eq!(json.body_of(&message), r#"{"to":"13800000000","t":"\"好\" {id}&","id":"7"}"#);
        let form = gateway("application/x-www-form-urlencoded", "to={telephone}&t={text}");
        assert_eq!(form.body_of(&message), "to=13800000000&t=%22%E5%A5%BD%22%20%7Bid%7D%26");
    }

    #[test]
    fn what_cannot_work_is_said_at_the_start() {
        let fault = |body| gateway("application/json", body).fault();
        assert_eq!(fault(r#"{"to":"{telephone}","t":"{text}"}"#), None);
        assert!(fault(r#"{"to":"{telephone}"}"#).is_some_and(|fault| fault.contains("{text}")));
        assert!(
            fault(r#"{"to":{telephone},"t":"{text}"}"#).is_some_and(|fault| fault.contains("JSON"))
        );
        let ftp =
            Gateway { url: "ftp://x".to_owned(), ..gateway("text/plain", "{telephone}{text}") };
        assert!(ftp.fault().is_some());
    }
}

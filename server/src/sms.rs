//! Text messages, by the HTTP interface of whoever sends them. A file says how it is called:
//! providers differ in addresses, headers and bodies, and need no code here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HOST, HeaderName, HeaderValue};
use hyper::{Method, Request, Uri};
use hyper_util::rt::TokioIo;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long a gateway may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// Bytes of an answer that are read.
const ANSWER_BYTES: usize = 64 * 1024;

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

/// Why a message was not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    #[error("the gateway cannot be reached: {0}")]
    Unreachable(String),
    #[error("the gateway took longer than {} s", PATIENCE.as_secs())]
    TooSlow,
    #[error("the gateway answered {status}: {body}")]
    Refused { status: u16, body: String },
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
        self.request(&sample).err().map(|error| error.to_string())
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

    fn request(&self, message: &Message) -> Result<Request<Full<Bytes>>, NotSent> {
        let wrong = |error: &dyn std::fmt::Display| NotSent::Unreachable(error.to_string());
        let uri: Uri = self.url.parse().map_err(|error| wrong(&error))?;
        let host = uri.authority().ok_or_else(|| wrong(&"url names no host"))?.as_str();
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(wrong(&"url must begin with http:// or https://"));
        }
        let target = uri.path_and_query().map_or("/", |path| path.as_str());
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(target)
            .header(HOST, host)
            .header(CONTENT_TYPE, &self.content_type);
        for (name, value) in &self.headers {
            let name: HeaderName = name.parse().map_err(|error| wrong(&error))?;
            let value: HeaderValue = value.parse().map_err(|error| wrong(&error))?;
            request = request.header(name, value);
        }
        let body = Full::from(self.body_of(message));
        request.body(body).map_err(|error| wrong(&error))
    }

    /// Posts a message.
    ///
    /// # Errors
    /// It was not taken, as far as is known.
    pub async fn send(&self, message: &Message) -> Result<(), NotSent> {
        timeout(PATIENCE, self.post(message)).await.map_err(|_| NotSent::TooSlow)?
    }

    async fn post(&self, message: &Message) -> Result<(), NotSent> {
        let unreachable = |error: &dyn std::fmt::Display| NotSent::Unreachable(error.to_string());
        let request = self.request(message)?;
        let uri: Uri = self.url.parse().map_err(|error| unreachable(&error))?;
        let secure = uri.scheme_str() == Some("https");
        let host = uri.host().unwrap_or_default().to_owned();
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let plain = TcpStream::connect((host.trim_matches(['[', ']']), port))
            .await
            .map_err(|error| unreachable(&error))?;
        if !secure {
            return self.exchange(plain, request).await;
        }
        let name = ServerName::try_from(host).map_err(|error| unreachable(&error))?;
        let connector = TlsConnector::from(Arc::new(tls()));
        let stream = connector.connect(name, plain).await.map_err(|error| unreachable(&error))?;
        self.exchange(stream, request).await
    }

    async fn exchange(
        &self,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        request: Request<Full<Bytes>>,
    ) -> Result<(), NotSent> {
        let unreachable = |error: &dyn std::fmt::Display| NotSent::Unreachable(error.to_string());
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|error| unreachable(&error))?;
        let connection = tokio::spawn(connection);
        let answer = sender.send_request(request).await.map_err(|error| unreachable(&error))?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), ANSWER_BYTES).collect().await;
        connection.abort();
        let body = body.map_err(|error| unreachable(&error))?.to_bytes();
        let body = String::from_utf8_lossy(&body);
        if status.is_success() && body.contains(&self.answer_contains) {
            return Ok(());
        }
        let body = body.chars().take(200).collect();
        Err(NotSent::Refused { status: status.as_u16(), body })
    }
}

/// The authorities that this machine trusts.
fn tls() -> ClientConfig {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    // The ring provider has the default versions.
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap_or_else(|_| ClientConfig::builder());
    builder.with_root_certificates(roots).with_no_client_auth()
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

//! Requests to other servers: whoever sends text messages, or is told of alerts.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{HOST, HeaderValue};
use hyper::{Method, Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long another server may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// Bytes of an answer that are read.
const ANSWER_BYTES: usize = 64 * 1024;

/// Why nothing was taken, as far as is known.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    #[error("the server took longer than {} s", PATIENCE.as_secs())]
    TooSlow,
    #[error("the server answered {status}: {body}")]
    Refused { status: u16, body: String },
}

impl NotSent {
    pub fn unreachable(error: &dyn std::fmt::Display) -> Self {
        Self::Unreachable(error.to_string())
    }
}

/// A request that can be posted, without its headers.
///
/// # Errors
/// The address names no host, or is not one of HTTP.
pub fn post_to(url: &str, body: String) -> Result<Request<Full<Bytes>>, NotSent> {
    let uri: Uri = url.parse().map_err(|error| NotSent::unreachable(&error))?;
    let host = uri.authority().ok_or_else(|| NotSent::unreachable(&"url names no host"))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(NotSent::unreachable(&"url must begin with http:// or https://"));
    }
    let host =
        HeaderValue::from_str(host.as_str()).map_err(|error| NotSent::unreachable(&error))?;
    let request = Request::builder()
        .method(Method::POST)
        .uri(uri.path_and_query().map_or("/", |path| path.as_str()))
        .header(HOST, host);
    request.body(Full::from(body)).map_err(|error| NotSent::unreachable(&error))
}

/// Sends a request to the server of an address. Returns the body of an answer with 2xx.
///
/// # Errors
/// It was not taken, as far as is known.
pub async fn send(url: &str, request: Request<Full<Bytes>>) -> Result<String, NotSent> {
    timeout(PATIENCE, connect(url, request)).await.map_err(|_| NotSent::TooSlow)?
}

async fn connect(url: &str, request: Request<Full<Bytes>>) -> Result<String, NotSent> {
    let uri: Uri = url.parse().map_err(|error| NotSent::unreachable(&error))?;
    let secure = uri.scheme_str() == Some("https");
    let host = uri.host().unwrap_or_default().to_owned();
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let plain = TcpStream::connect((host.trim_matches(['[', ']']), port))
        .await
        .map_err(|error| NotSent::unreachable(&error))?;
    if !secure {
        return exchange(plain, request).await;
    }
    let name = ServerName::try_from(host).map_err(|error| NotSent::unreachable(&error))?;
    let connector = TlsConnector::from(Arc::new(tls()));
    let stream =
        connector.connect(name, plain).await.map_err(|error| NotSent::unreachable(&error))?;
    exchange(stream, request).await
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
) -> Result<String, NotSent> {
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| NotSent::unreachable(&error))?;
    let connection = tokio::spawn(connection);
    let answer =
        sender.send_request(request).await.map_err(|error| NotSent::unreachable(&error))?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), ANSWER_BYTES).collect().await;
    connection.abort();
    let body = body.map_err(|error| NotSent::unreachable(&error))?.to_bytes();
    let body = String::from_utf8_lossy(&body).into_owned();
    if status.is_success() {
        return Ok(body);
    }
    Err(refused(status.as_u16(), &body))
}

/// An answer that is a "no", with as much of it as a log needs.
pub fn refused(status: u16, body: &str) -> NotSent {
    NotSent::Refused { status, body: body.chars().take(200).collect() }
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

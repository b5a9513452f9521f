//! HTTP requests that the server sends by itself: to printers, to the gateway of messages, to the
//! services of departments and to the provider by whom people sign in. One connection for each request; all of it has its time.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{HOST, HeaderMap, HeaderValue};
use hyper::{Method, Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long each part of a request may take, and how much of its answer is read.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// For the connection, with its encryption.
    pub connect: Duration,
    /// For sending the request and receiving the whole answer.
    pub answer: Duration,
    pub answer_bytes: usize,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Bytes,
}

/// Why nothing came back.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// Nothing was sent: the address is wrong, or nobody listens there.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    /// Something was sent, or all of it. Whether it was taken is not known.
    #[error("did not answer: {0}")]
    Unanswered(String),
}

/// Posts a body. Of the address's scheme, `https` and `ipps` are encrypted.
///
/// # Errors
/// [`PostError`], which tells whether anything was sent.
pub async fn post(
    address: &Uri,
    headers: HeaderMap,
    body: Bytes,
    bounds: Bounds,
) -> Result<Answer, PostError> {
    send(address, (Method::POST, headers, body), bounds).await
}

/// Asks for what is at an address. Where that leads elsewhere is not followed.
///
/// # Errors
/// As [`post`].
pub async fn get(address: &Uri, headers: HeaderMap, bounds: Bounds) -> Result<Answer, PostError> {
    send(address, (Method::GET, headers, Bytes::new()), bounds).await
}

async fn send(
    address: &Uri,
    content: (Method, HeaderMap, Bytes),
    bounds: Bounds,
) -> Result<Answer, PostError> {
    let unreachable = |error: &dyn std::fmt::Display| PostError::Unreachable(error.to_string());
    let request = request(address, content).map_err(|error| unreachable(&error))?;
    let (secure, usual_port) = match address.scheme_str() {
        Some("http") => (false, 80),
        Some("https") => (true, 443),
        Some("ipp") => (false, 631),
        Some("ipps") => (true, 631),
        _ => return Err(unreachable(&"the address has no scheme that is known")),
    };
    let host = address.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let port = address.port_u16().unwrap_or(usual_port);
    let connected = timeout(bounds.connect, TcpStream::connect((host.as_str(), port))).await;
    let plain = connected
        .map_err(|_| unreachable(&"the connection took too long"))?
        .map_err(|error| unreachable(&error))?;
    if !secure {
        return within(bounds, exchange(plain, request, bounds)).await;
    }
    let name = ServerName::try_from(host).map_err(|error| unreachable(&error))?;
    let connecting = TlsConnector::from(Arc::new(tls())).connect(name, plain);
    let stream = timeout(bounds.connect, connecting).await;
    let stream = stream
        .map_err(|_| unreachable(&"the encryption took too long"))?
        .map_err(|error| unreachable(&error))?;
    within(bounds, exchange(stream, request, bounds)).await
}

async fn within(
    bounds: Bounds,
    exchange: impl Future<Output = Result<Answer, PostError>>,
) -> Result<Answer, PostError> {
    let done = timeout(bounds.answer, exchange).await;
    done.unwrap_or_else(|_| Err(PostError::Unanswered("it took too long".to_owned())))
}

/// A request as it is sent.
///
/// # Errors
/// The address has no host.
fn request(
    address: &Uri,
    (method, headers, body): (Method, HeaderMap, Bytes),
) -> Result<Request<Full<Bytes>>, Box<dyn std::error::Error + Send + Sync>> {
    let host = address.authority().ok_or("the address names no host")?.as_str();
    // Names and passwords in an address are not part of the host.
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let target = address.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::builder().method(method).uri(target);
    if let Some(known) = request.headers_mut() {
        *known = headers;
        known.insert(HOST, HeaderValue::from_str(host)?);
    }
    Ok(request.body(Full::from(body))?)
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
    bounds: Bounds,
) -> Result<Answer, PostError> {
    let unanswered = |error: &dyn std::fmt::Display| PostError::Unanswered(error.to_string());
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| unanswered(&error))?;
    let connection = tokio::spawn(connection);
    let answered = async {
        let answer = sender.send_request(request).await.map_err(|error| unanswered(&error))?;
        let status = answer.status().as_u16();
        let body = Limited::new(answer.into_body(), bounds.answer_bytes).collect().await;
        let body = body.map_err(|error| unanswered(&error))?.to_bytes();
        Ok(Answer { status, body })
    };
    let answer = answered.await;
    connection.abort();
    answer
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

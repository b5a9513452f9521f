//! Calls to the hall's server. An answer is the server's own word, yes or no; everything else
//! is no use of it: no connection, no answer in time, a fault of its own, somebody else's page.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::body::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use hyper::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use jiban_app::api::{Call, Refused};
use jiban_domain::Lang;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio::sync::Notify;
use tokio::time::timeout;

/// A visitor waits so long for the server; then the terminal answers by itself.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// For what nobody waits for, and what only the server can answer.
pub const LONG_PATIENCE: Duration = Duration::from_secs(20);
/// Until there is a connection.
const CONNECT: Duration = Duration::from_millis(1500);
/// Bytes of an answer.
const ANSWER_BYTES: usize = 8 * 1024 * 1024;

/// The server is of no use now; why, for the log.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Away(pub String);

/// The server's word.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// The code of a refusal; none for an answer.
    pub fn refused(&self) -> Option<String> {
        if self.status == StatusCode::OK {
            return None;
        }
        serde_json::from_slice::<Refused>(&self.body).ok().map(|refused| refused.code)
    }
}

/// Why an address of a server cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadServer {
    #[error("the server's address must be http:// or https:// and a host, without a path")]
    Address,
    #[error("{0}: {1}")]
    Authority(String, String),
}

/// The way to the server.
#[derive(Debug)]
pub struct ServerLink {
    base: String,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    key: RwLock<Option<HeaderValue>>,
    reached: AtomicBool,
    /// Somebody wants it to be looked at now.
    nudge: Notify,
}

impl ServerLink {
    /// `authority` is a file of a certificate that is trusted beside those of this machine.
    ///
    /// # Errors
    /// The address or the file cannot be used.
    pub fn new(server: &str, authority: Option<&Path>) -> Result<Self, BadServer> {
        let base = server.trim_end_matches('/').to_owned();
        let uri: Uri = base.parse().map_err(|_| BadServer::Address)?;
        let usable = matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.path_and_query().is_none_or(|path| path.as_str() == "/");
        if !usable {
            return Err(BadServer::Address);
        }
        let mut plain = HttpConnector::new();
        plain.enforce_http(false);
        plain.set_connect_timeout(Some(CONNECT));
        plain.set_nodelay(true);
        let secure = HttpsConnectorBuilder::new()
            .with_tls_config(tls(authority)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(plain);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(30))
            .build(secure);
        Ok(Self {
            base,
            client,
            key: RwLock::new(None),
            reached: AtomicBool::new(false),
            nudge: Notify::new(),
        })
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    /// The key by which the server knows this terminal.
    pub fn use_key(&self, key: Option<&str>) {
        let header = key.and_then(|key| {
            let mut header = HeaderValue::try_from(format!("Bearer {key}")).ok()?;
            header.set_sensitive(true);
            Some(header)
        });
        *self.key.write().unwrap_or_else(PoisonError::into_inner) = header;
    }

    /// Whether the server is there, as far as is known.
    pub fn is_reached(&self) -> bool {
        self.reached.load(Ordering::SeqCst)
    }

    /// Notes whether it is there. Returns whether that is news.
    pub fn set_reached(&self, reached: bool) -> bool {
        self.reached.swap(reached, Ordering::SeqCst) != reached
    }

    /// Lets it be looked at now.
    pub fn look_now(&self) {
        self.nudge.notify_one();
    }

    /// Waits until somebody wants it to be looked at.
    pub async fn wanted(&self) {
        self.nudge.notified().await;
    }

    /// Sends a call.
    ///
    /// # Errors
    /// [`Away`].
    pub async fn ask<C: Call>(
        &self,
        call: &C,
        lang: &HeaderMap,
        patience: Duration,
    ) -> Result<Answer, Away> {
        let body = serde_json::to_vec(call).map_err(|error| Away(error.to_string()))?;
        let mut headers = language_of(lang);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self.send((Method::POST, C::PATH), headers, body.into(), patience).await
    }

    /// Sends a request, and reads the whole answer.
    ///
    /// # Errors
    /// [`Away`].
    pub async fn send(
        &self,
        to: (Method, &str),
        headers: HeaderMap,
        body: Bytes,
        patience: Duration,
    ) -> Result<Answer, Away> {
        let exchange = async {
            let answer = self.begin(to, headers, body).await?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, ANSWER_BYTES).collect().await;
            let body = body.map_err(|error| Away(error.to_string()))?.to_bytes();
            Ok(Answer { status: parts.status, headers: parts.headers, body })
        };
        let answer = timeout(patience, exchange)
            .await
            .map_err(|_| Away(format!("no answer within {} s", patience.as_secs())))??;
        of_the_hall(answer)
    }

    /// Sends a request; the answer is still to be read.
    ///
    /// # Errors
    /// There is no connection.
    pub async fn begin(
        &self,
        (method, target): (Method, &str),
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Response<Incoming>, Away> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{target}", self.base))
            .body(Full::new(body))
            .map_err(|error| Away(error.to_string()))?;
        *request.headers_mut() = headers;
        let key = self.key.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(key) = key {
            request.headers_mut().insert(AUTHORIZATION, key);
        }
        self.client.request(request).await.map_err(|error| Away(words(&error)))
    }
}

/// What of a page's request the server needs to answer in its language and form.
pub fn language_of(page: &HeaderMap) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for name in [ACCEPT_LANGUAGE, ACCEPT, CONTENT_TYPE] {
        if let Some(value) = page.get(&name) {
            headers.insert(name, value.clone());
        }
    }
    headers
}

/// The headers of a call that no page waits for.
pub fn own_language() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(Lang::Zh.tag()));
    headers
}

/// A fault of the server, and an answer that no server of ours gives (a proxy's, a hotel's sign
/// in), are as good as none.
fn of_the_hall(answer: Answer) -> Result<Answer, Away> {
    let status = answer.status;
    if status.is_server_error() || (status != StatusCode::OK && answer.refused().is_none()) {
        return Err(Away(format!("it answered {status}")));
    }
    // An older server does not know the calls of terminals.
    if answer.refused().is_some_and(|code| code == "unknown_call") {
        return Err(Away("it does not know this call".to_owned()));
    }
    Ok(answer)
}

/// An error with its causes.
fn words(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn tls(authority: Option<&Path>) -> Result<ClientConfig, BadServer> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if let Some(file) = authority {
        let fault = |error: String| BadServer::Authority(file.display().to_string(), error);
        let certificates =
            CertificateDer::pem_file_iter(file).map_err(|error| fault(error.to_string()))?;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| fault(error.to_string()))?;
            roots.add(certificate).map_err(|error| fault(error.to_string()))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    // The ring provider has the default versions.
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap_or_else(|_| ClientConfig::builder());
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_without_a_path_is_a_servers() {
        for good in ["http://10.0.0.2:3000", "https://hall.example/", "http://[::1]:80"] {
            assert!(ServerLink::new(good, None).is_ok(), "{good}");
        }
        for bad in ["", "10.0.0.2:3000", "ftp://hall", "http://hall/kiosk/K1", "http:///"] {
            assert!(ServerLink::new(bad, None).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_no_server_of_ours_says_is_no_answer() {
        let answer = |status: u16, body: &'static str| {
            let status = StatusCode::from_u16(status).unwrap();
            of_the_hall(Answer { status, headers: HeaderMap::new(), body: body.into() }).is_ok()
        };
        let refused = r#"{"code":"hall_closed","message":"m","next":"n"}"#;
        assert!(answer(200, "{}"));
        assert!(answer(409, refused));
        assert!(!answer(503, refused), "it cannot save");
        assert!(!answer(502, "<html>"), "a proxy");
        assert!(!answer(403, "<html>sign in to the network"));
        assert!(!answer(404, r#"{"code":"unknown_call","message":"m","next":"n"}"#));
    }
}

//! TLS: which connections get which answer, and a renewed certificate.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::{http1, http2};
use hyper::{Request, Response, StatusCode, Version, header};
use hyper_util::rt::{TokioExecutor, TokioIo};
use jiban::clock::Clock;
use jiban::serve::{Running, StartError, start};
use jiban::settings::{Settings, TlsFiles};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::support::process::exchange;

fn certified(host: &str) -> CertifiedKey<KeyPair> {
    generate_simple_self_signed(vec![host.to_owned()]).unwrap()
}

/// Writes a certificate for a host and returns it as a client trusts it.
fn renew(folder: &Path, host: &str) -> CertificateDer<'static> {
    let made = certified(host);
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    made.cert.der().clone()
}

fn settings(folder: &Path) -> Settings {
    Settings {
        db: folder.join("hall.db"),
        listen: "127.0.0.1:0".parse().unwrap(),
        tls: Some(TlsFiles { cert: folder.join("cert.pem"), key: folder.join("key.pem") }),
        ..Settings::default()
    }
}

async fn serve() -> (TempDir, CertificateDer<'static>, Running) {
    let folder = tempfile::tempdir().unwrap();
    let certificate = renew(folder.path(), "localhost");
    let running = start(&settings(folder.path()), Clock::Machine).await.unwrap();
    (folder, certificate, running)
}

async fn connect(
    address: SocketAddr,
    trusted: &CertificateDer<'static>,
    protocol: &[u8],
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let mut config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let stream = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

fn request(uri: &str) -> Request<Empty<Bytes>> {
    Request::builder().uri(uri).header(header::HOST, "localhost").body(Empty::new()).unwrap()
}

async fn text(answer: Response<Incoming>) -> String {
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8_lossy(&body).into_owned()
}

#[tokio::test]
async fn a_browser_gets_http_2_and_an_old_one_http_1() {
    let (_folder, certificate, running) = serve().await;
    let port = running.address.port();
    assert_eq!(running.base, format!("https://127.0.0.1:{port}"), "what codes contain");

    let stream = connect(running.address, &certificate, b"h2").await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let (mut send, connection) =
        http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let health = request(&format!("https://localhost:{port}/healthz"));
    let answer = send.send_request(health).await.unwrap();
    assert_eq!((answer.status(), answer.version()), (StatusCode::OK, Version::HTTP_2));
    assert_eq!(text(answer).await, "ok\n");

    let stream = connect(running.address, &certificate, b"http/1.1").await.unwrap();
    let (mut send, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let answer = send.send_request(request("/healthz")).await.unwrap();
    assert_eq!((answer.status(), answer.version()), (StatusCode::OK, Version::HTTP_11));
    running.stop().await;
}

#[tokio::test]
async fn plain_http_is_sent_to_https_and_what_it_carries_is_refused() {
    let (_folder, _, running) = serve().await;
    let page = "GET /kiosk/K1?x=1 HTTP/1.1\r\nhost: localhost:3000\r\n\r\n";
    let answer = exchange(running.address, page).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 307 "), "{answer}");
    assert!(answer.contains("location: https://localhost:3000/kiosk/K1?x=1\r\n"), "{answer}");
    let sign_in =
        "POST /api/admin/sign_in HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n";
    let answer = exchange(running.address, sign_in).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("needs https://"), "{answer}");
    let none = exchange(running.address, "GET / HTTP/1.1\r\n\r\n").await.unwrap();
    assert!(none.starts_with("HTTP/1.1 400 "), "{none}");
    running.stop().await;
}

#[tokio::test]
async fn a_renewed_certificate_needs_no_restart() {
    let (folder, old, running) = serve().await;
    let new = renew(folder.path(), "localhost");
    let certificate = running.certificate.clone().unwrap();
    certificate.refresh().unwrap();
    connect(running.address, &new, b"h2").await.unwrap();
    assert!(connect(running.address, &old, b"h2").await.is_err());
    assert!(!certificate.refresh().unwrap(), "nothing has changed");

    // A key of another certificate, as between the two writes of a renewal.
    let other = certified("localhost").signing_key.serialize_pem();
    std::fs::write(folder.path().join("key.pem"), other).unwrap();
    let fault = certificate.refresh().unwrap_err().to_string();
    assert!(fault.contains("does not belong to the first certificate"), "{fault}");
    connect(running.address, &new, b"h2").await.unwrap();
    running.stop().await;
}

/// What a start says of files that cannot be used.
async fn fault_of(folder: &Path) -> String {
    match start(&settings(folder), Clock::Machine).await {
        Err(StartError::Tls(fault)) => fault.to_string(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it started"),
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_used_is_told_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let [cert, key] = ["cert.pem", "key.pem"].map(|name| folder.join(name));
    renew(folder, "localhost");
    let (good_cert, good_key) = (std::fs::read(&cert).unwrap(), std::fs::read(&key).unwrap());
    let old_key = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    let new_key =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let other = certified("localhost").signing_key.serialize_pem();
    let no_cert = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (file, good, contents, expected) in [
        (
            &cert,
            &good_cert,
            b"hall".to_vec(),
            "contains nothing of the kind; expected certificates",
        ),
        (
            &cert,
            &good_cert,
            good_key.clone(),
            "contains nothing of the kind; expected certificates",
        ),
        (&cert, &good_cert, b"-----BEGIN CERTIFICATE-----\n!\n".to_vec(), "is not PEM"),
        (&cert, &good_cert, no_cert.into(), "cert.pem\" cannot be used"),
        (
            &key,
            &good_key,
            good_cert.clone(),
            "contains nothing of the kind; expected a private key",
        ),
        (&key, &good_key, old_key.into(), "is encrypted by a password"),
        (&key, &good_key, new_key.into(), "is encrypted by a password"),
        (&key, &good_key, other.into(), "does not belong to the first certificate"),
    ] {
        std::fs::write(file, contents).unwrap();
        let fault = fault_of(folder).await;
        let setting = if file == &cert { "tls_cert" } else { "tls_key" };
        assert!(fault.starts_with(setting) && fault.contains(expected), "{expected}\n{fault}");
        std::fs::write(file, good).unwrap();
    }
    std::fs::remove_file(&key).unwrap();
    let fault = fault_of(folder).await;
    assert!(fault.contains("key.pem\" cannot be read: No such file"), "{fault}");
    assert!(!folder.join("hall.db").exists(), "nothing was begun");
}

#[tokio::test]
async fn a_stop_ends_streams_and_idle_connections() {
    let (_folder, certificate, running) = serve().await;
    let stream = connect(running.address, &certificate, b"http/1.1").await.unwrap();
    let (mut send, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
    let connection = tokio::spawn(connection);
    let answer = send.send_request(request("/healthz")).await.unwrap();
    assert_eq!(text(answer).await, "ok\n");
    running.stop().await;
    connection.await.unwrap().unwrap();
}

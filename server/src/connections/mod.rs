//! Connections, before they carry a request: how long their beginning may take, TLS, and
//! plain HTTP on a port that speaks TLS.

mod certificate;
mod plain;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum_server::accept::Accept;
use futures::future::BoxFuture;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::either::Either;

pub use certificate::{Certificate, TlsFault};

/// The longest time for a TLS handshake, and for the head of a request. Half-sent ones would
/// otherwise be held for ever.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// HTTP/2 connections are asked for a sign of life this often: the seats of machines that were
/// switched off become free.
pub const PING_INTERVAL: Duration = Duration::from_secs(20);

/// Prepares each connection: with a certificate by a TLS handshake.
#[derive(Clone)]
pub struct Acceptor {
    tls: Option<TlsAcceptor>,
}

impl Acceptor {
    pub fn new(certificate: Option<&Arc<Certificate>>) -> Self {
        Self { tls: certificate.map(|certificate| TlsAcceptor::from(certificate.config())) }
    }
}

/// A connection, with or without TLS.
pub type Stream = Either<TlsStream<TcpStream>, TcpStream>;

impl<S: Send + 'static> Accept<TcpStream, S> for Acceptor {
    type Stream = Stream;
    type Service = S;
    type Future = BoxFuture<'static, io::Result<(Stream, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let tls = self.tls.clone();
        Box::pin(async move {
            // Small answers must be sent at once: a kiosk waits for each.
            let _ = stream.set_nodelay(true);
            let stream = match tls {
                None => Either::Right(stream),
                Some(tls) => Either::Left(timeout(HEAD_TIMEOUT, handshake(&tls, stream)).await??),
            };
            Ok((stream, service))
        })
    }
}

async fn handshake(tls: &TlsAcceptor, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
    /// The first byte of a TLS handshake; no request begins with it.
    const HANDSHAKE: u8 = 0x16;
    let mut first = [0];
    if stream.peek(&mut first).await? == 1 && first != [HANDSHAKE] {
        plain::answer(stream).await;
        return Err(io::Error::new(io::ErrorKind::InvalidData, "plain HTTP on a port with TLS"));
    }
    tls.accept(stream).await
}

//! Connections, before they carry a request: how long their beginning may take, TLS, and
//! plain HTTP on a port that speaks TLS.

mod certificate;
mod guarded;
mod plain;
mod serve;

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use axum_server::accept::Accept;
use futures::future::BoxFuture;
use ipnet::IpNet;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::either::Either;
use tower_http::add_extension::AddExtension;

use crate::limits::{ClientAddress, FairPlace, FairPlaces, LeastSpeed, Limits};
use guarded::{Guarded, Times, Watched, guard};

pub use certificate::{Certificate, TlsFault};
pub use serve::serve;

/// The longest time for a TLS handshake, and for the head of a request. Half-sent ones would
/// otherwise be held for ever.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// HTTP/2 connections are asked for a sign of life this often: the seats of machines that were
/// switched off become free.
const PING_INTERVAL: Duration = Duration::from_secs(20);

/// A client may read so many times slower than it must send.
const READS_SLOWER: u64 = 16;
/// Longer than any server runs.
const FOR_EVER: Duration = Duration::from_hours(10 * 365 * 24);

/// The address of this machine at which a connection arrived, in the extensions of its
/// requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalAddress(pub IpAddr);

/// Prepares each connection: with a certificate by a TLS handshake.
#[derive(Clone)]
pub struct Acceptor {
    tls: Option<TlsAcceptor>,
    bounds: Bounds,
}

/// How many connections there may be, and how long each.
#[derive(Debug, Clone)]
struct Bounds {
    places: FairPlaces,
    /// The proxies, which connect for all their clients.
    trusted: Arc<[IpNet]>,
    times: Times,
}

impl Bounds {
    fn new(limits: &Limits, trusted: &[IpNet]) -> Self {
        let LeastSpeed { over, bytes } = limits.least_speed();
        // Phones on a bad network read slowly, and only hold what was made already.
        let least = LeastSpeed { over, bytes: bytes / READS_SLOWER };
        let idle = Duration::from_secs(limits.idle_seconds.into());
        let times = if limits.lifted {
            let (idle, over) = (FOR_EVER, FOR_EVER);
            Times { idle, least: LeastSpeed { over, bytes: 0 } }
        } else {
            Times { idle, least }
        };
        Self {
            places: FairPlaces::new(
                limits.most(limits.connections),
                limits.most(limits.connections_per_address),
            ),
            trusted: trusted.into(),
            times,
        }
    }

    /// A place for a connection; none if there are too many.
    fn place(&self, peer: IpAddr) -> Option<FairPlace> {
        let peer = peer.to_canonical();
        let proxy = self.trusted.iter().any(|network| network.contains(&peer));
        self.places.take((!proxy).then(|| ClientAddress::new(peer)))
    }
}

impl Acceptor {
    pub fn new(
        certificate: Option<&Arc<Certificate>>,
        limits: &Limits,
        trusted_proxies: &[IpNet],
    ) -> Self {
        Self {
            tls: certificate.map(|certificate| TlsAcceptor::from(certificate.config())),
            bounds: Bounds::new(limits, trusted_proxies),
        }
    }
}

/// A connection, with or without TLS.
pub type Stream = Guarded<Either<TlsStream<TcpStream>, TcpStream>>;

impl<S: Send + 'static> Accept<TcpStream, S> for Acceptor {
    type Stream = Stream;
    type Service = Watched<AddExtension<S, LocalAddress>>;
    type Future = BoxFuture<'static, io::Result<(Stream, Self::Service)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let Self { tls, bounds } = self.clone();
        Box::pin(async move {
            let place = bounds.place(stream.peer_addr()?.ip());
            let place = place.ok_or_else(|| io::Error::other("there are too many connections"))?;
            end_if_not_read(&stream, bounds.times.least.over);
            // Small answers must be sent at once: a kiosk waits for each.
            let _ = stream.set_nodelay(true);
            let own = stream.local_addr().map_or(Ipv4Addr::UNSPECIFIED.into(), |own| own.ip());
            let service = AddExtension::new(service, LocalAddress(own.to_canonical()));
            let stream = match tls {
                None => Either::Right(stream),
                Some(tls) => Either::Left(timeout(HEAD_TIMEOUT, handshake(&tls, stream)).await??),
            };
            Ok(guard(stream, service, bounds.times, place))
        })
    }
}

/// Tells the system to end a connection when nothing of what was sent is taken for so long.
/// Elsewhere than on Linux the bounds of [`Guarded`] are enough for all but small answers.
#[cfg(target_os = "linux")]
fn end_if_not_read(stream: &TcpStream, over: Duration) {
    let milliseconds = u32::try_from(2 * over.as_millis()).unwrap_or(0);
    let _ = rustix::net::sockopt::set_tcp_user_timeout(stream, milliseconds);
}

#[cfg(not(target_os = "linux"))]
const fn end_if_not_read(_: &TcpStream, _: Duration) {}

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

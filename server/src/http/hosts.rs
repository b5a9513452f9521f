//! The names by which this server may be addressed. A page of another site can give its own
//! name the hall's address (DNS rebinding) and would then count as the same site; but it
//! cannot make a browser send one of these names.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiban_domain::Refusal;

use super::{Front, opened_by_hand, pages};
use crate::connections::LocalAddress;

/// The list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hosts(Arc<[String]>);

impl Hosts {
    /// The hosts of the server's addresses and of this machine, with those that the operator
    /// names.
    pub fn new(addresses: &[&str], named: &[String]) -> Self {
        let open = addresses.iter().filter_map(|address| address.parse::<Uri>().ok());
        let fixed = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        let machine = machine_name().map(|name| [format!("{name}.local"), name]);
        let all = open
            .filter_map(|address| address.host().map(plain))
            .chain(fixed)
            .chain(machine.into_iter().flatten())
            .chain(named.iter().map(|name| plain(name)));
        Self(all.collect())
    }

    /// Whether a request may be addressed so. The address at which a connection arrived is
    /// this machine's own, so that no site can be there.
    fn contain(&self, host: &str, arrived_at: Option<IpAddr>) -> bool {
        let host = plain(host);
        let own = arrived_at.is_some_and(|own| host.parse() == Ok(own));
        own || self.0.contains(&host)
    }
}

/// The name of this machine, by which its own network may know it.
fn machine_name() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    let name = plain(name.trim());
    (!name.is_empty()).then_some(name)
}

/// A host as it is compared: in small letters, without the brackets of an address and without
/// the dot that ends a full name.
fn plain(host: &str) -> String {
    let host = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    match host.parse::<IpAddr>() {
        Ok(address) => address.to_canonical().to_string(),
        Err(_) => host,
    }
}

/// The host and port a request is addressed to: in HTTP/2 and through a proxy they are part
/// of the address, otherwise in a header of their own. None if it does not say it clearly.
pub(super) fn addressed(request: &Request) -> Option<Authority> {
    if let Some(authority) = request.uri().authority() {
        return Some(authority.clone());
    }
    let mut lines = request.headers().get_all(header::HOST).iter();
    let host = lines.next()?;
    let only = lines.next().is_none();
    let authority: Authority = host.to_str().ok().filter(|_| only)?.parse().ok()?;
    (!authority.as_str().contains('@')).then_some(authority)
}

/// Middleware: refuses requests to other hosts.
pub(super) async fn check(State(front): State<Front>, request: Request, next: Next) -> Response {
    let arrived_at = request.extensions().get::<LocalAddress>().map(|LocalAddress(own)| *own);
    let host = addressed(&request);
    let known = |host: &Authority| front.hosts.contain(host.host(), arrived_at);
    if host.as_ref().is_some_and(known) {
        return next.run(request).await;
    }
    let host = host.as_ref().map_or("", Authority::as_str);
    tracing::warn!(host, "refused: the setting \"hosts\" does not contain this host");
    let (parts, _) = request.into_parts();
    if opened_by_hand::wants_page(&parts.headers) {
        return pages::refusal_of(&front, parts, &Refusal::WrongHost).await;
    }
    super::response::Rejection(Refusal::WrongHost).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts() -> Hosts {
        let named = ["Portal.Example.org.".to_owned()];
        Hosts::new(&["https://hall.example.org", "http://192.168.1.20:3000"], &named)
    }

    #[test]
    fn a_host_is_known_however_it_is_written() {
        for host in [
            "hall.example.org",
            "HALL.example.ORG",
            "hall.example.org.",
            "portal.example.org",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "192.168.1.20",
        ] {
            assert!(hosts().contain(host, None), "{host}");
        }
        for host in
            ["", ".", "example.org", "evil.hall.example.org", "hall.example.org.evil", "10.0.0.1"]
        {
            assert!(!hosts().contain(host, None), "{host}");
        }
    }

    #[test]
    fn an_address_of_this_machine_is_known_where_the_connection_arrived() {
        let own = Some("10.0.0.1".parse().unwrap());
        assert!(hosts().contain("10.0.0.1", own));
        assert!(!hosts().contain("10.0.0.2", own));
        assert!(!hosts().contain("evil.example", own));
    }

    #[test]
    fn a_request_names_its_host_once() {
        let request = |uri: &str, hosts: &[&str]| {
            let mut request = Request::builder().uri(uri);
            for host in hosts {
                request = request.header(header::HOST, *host);
            }
            let found = addressed(&request.body(axum::body::Body::empty()).unwrap());
            found.map(|host| host.to_string())
        };
        let named = |host: &str| Some(host.to_owned());
        assert_eq!(request("/", &["hall:3000"]), named("hall:3000"));
        assert_eq!(request("https://hall/", &[]), named("hall"), "HTTP/2");
        assert_eq!(request("http://hall/", &["evil"]), named("hall"), "as RFC 9112 says");
        for hosts in [&[][..], &["hall", "evil"], &[""], &["a b"], &["user@hall"]] {
            assert_eq!(request("/", hosts), None, "{hosts:?}");
        }
    }
}

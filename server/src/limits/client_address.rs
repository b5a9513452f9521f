//! By what a client is counted: its network address.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// The address a request comes from. An IPv6 network of 64 bits counts as one: it is the
/// smallest that is given to a customer, who can use each of its addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClientAddress(IpAddr);

impl ClientAddress {
    /// The client with this address. IPv4 written as IPv6 is IPv4.
    pub fn new(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Self(IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
            }
            v4 @ IpAddr::V4(_) => Self(v4),
        }
    }

    /// The client of a connection from `peer`. `forwarded` are the values of the headers
    /// `X-Forwarded-For` in their order; they count only if a trusted proxy sent them. Each
    /// proxy appends the address it was asked from, so that what a client writes itself is at
    /// the left of what the first trusted proxy saw.
    pub fn behind<'a>(
        peer: IpAddr,
        forwarded: impl DoubleEndedIterator<Item = &'a str>,
        trusted: &[IpNet],
    ) -> Self {
        let trusts = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
        let peer = peer.to_canonical();
        let mut seen = peer;
        if trusts(peer) {
            let entries = forwarded.rev().flat_map(|line| line.rsplit(','));
            for entry in entries {
                // What a proxy cannot have written is counted as the proxy's own request.
                let Some(address) = address(entry) else { return Self::new(peer) };
                seen = address;
                if !trusts(address) {
                    break;
                }
            }
        }
        Self::new(seen)
    }
}

/// An entry of `X-Forwarded-For`: an address, in some proxies' words with its port.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bare = entry.parse::<IpAddr>().ok();
    let bracketed = || entry.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok();
    let with_port = || entry.parse::<std::net::SocketAddr>().ok().map(|address| address.ip());
    let address = bare.or_else(|| bracketed().map(IpAddr::V6)).or_else(with_port)?;
    Some(address.to_canonical())
}

/// Where no connection is known, as for a request that a program makes of itself.
impl Default for ClientAddress {
    fn default() -> Self {
        Self(Ipv4Addr::UNSPECIFIED.into())
    }
}

impl fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(address) => write!(f, "{address}"),
            IpAddr::V6(network) => write!(f, "{network}/64"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, lines: &[&str]) -> String {
        let trusted = ["127.0.0.1/32", "10.0.0.0/8", "fd00::/8"].map(|one| one.parse().unwrap());
        ClientAddress::behind(peer.parse().unwrap(), lines.iter().copied(), &trusted).to_string()
    }

    #[test]
    fn a_stranger_is_counted_by_its_connection_whatever_it_writes() {
        for line in ["127.0.0.1", "10.0.0.1, 203.0.113.9", "", "unknown"] {
            assert_eq!(seen("198.51.100.7", &[line]), "198.51.100.7", "{line}");
        }
    }

    #[test]
    fn a_trusted_proxy_tells_whom_it_was_asked_by() {
        assert_eq!(seen("127.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        // The client wrote the first address itself.
        assert_eq!(seen("127.0.0.1", &["8.8.8.8, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", &["8.8.8.8", "203.0.113.9"]), "203.0.113.9");
        // A chain of our own proxies.
        assert_eq!(seen("127.0.0.1", &["8.8.8.8,203.0.113.9, 10.1.2.3"]), "203.0.113.9");
        assert_eq!(seen("fd00::1", &["203.0.113.9,fd12::7"]), "203.0.113.9");
        // A kiosk in a network that is trusted as a whole.
        assert_eq!(seen("127.0.0.1", &["10.9.9.9, 10.1.2.3"]), "10.9.9.9");
        assert_eq!(seen("::ffff:127.0.0.1", &["203.0.113.9"]), "203.0.113.9");
    }

    #[test]
    fn what_no_proxy_writes_is_counted_as_the_proxy() {
        for line in ["", "unknown", "203.0.113.9,", "203.0.113.9 x", "a, b", "1.2.3", "::g", "[::1"]
        {
            assert_eq!(seen("127.0.0.1", &[line]), "127.0.0.1", "{line}");
        }
        // What stands left of the client is the client's own affair.
        assert_eq!(seen("127.0.0.1", &["nonsense;\t, 203.0.113.9"]), "203.0.113.9");
    }

    #[test]
    fn ports_and_brackets_are_read() {
        assert_eq!(seen("127.0.0.1", &["203.0.113.9:5123"]), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", &["[2001:db8::9]:5123"]), "2001:db8::/64");
        assert_eq!(seen("127.0.0.1", &["[2001:db8::9]"]), "2001:db8::/64");
        assert_eq!(seen("127.0.0.1", &["::ffff:203.0.113.9"]), "203.0.113.9");
    }

    #[test]
    fn a_customer_s_ipv6_network_is_one_client() {
        let of = |text: &str| ClientAddress::new(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:203.0.113.9"), of("203.0.113.9"));
    }
}

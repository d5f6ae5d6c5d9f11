//! Who asks, as far as limits care: a network of 256 addresses, or one customer's IPv6 prefix.
//!
//! Mobile networks put many phones behind one address, and give one phone many IPv6 addresses; neither is a person.

use std::net::{IpAddr, SocketAddr};

/// A /24 of IPv4 or a /56 of IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Source([u8; 8]);

impl Source {
    /// The network of an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                Self([4, a, b, c, 0, 0, 0, 0])
            }
            IpAddr::V6(v6) => {
                let [a, b, c, d, e, f, g, ..] = v6.octets();
                Self([6, a, b, c, d, e, f, g])
            }
        }
    }

    /// As it is kept beside what came from it.
    #[must_use]
    pub fn bytes(self) -> [u8; 8] {
        self.0
    }

    /// The network a request came from. Behind a proxy that is trusted, the last address of `X-Forwarded-For` counts:
    /// the proxy wrote it, whereas those before it are whatever the client claims.
    #[must_use]
    pub fn of_request(peer: SocketAddr, forwarded: Option<&str>) -> Self {
        let told = forwarded.and_then(|list| list.rsplit(',').next()).and_then(|last| last.trim().parse().ok());
        Self::of(told.unwrap_or(peer.ip()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_told_apart_and_neighbours_are_not() {
        let of = |text: &str| Source::of(text.parse().unwrap());
        assert_eq!(of("203.0.113.7"), of("203.0.113.200"));
        assert_eq!(of("203.0.113.7"), of("::ffff:203.0.113.9"));
        assert_ne!(of("203.0.113.7"), of("203.0.114.7"));
        assert_eq!(of("2001:db8:1:2200::1"), of("2001:db8:1:22ff::2"));
        assert_ne!(of("2001:db8:1:2200::1"), of("2001:db8:1:2300::1"));
    }

    #[test]
    fn a_proxy_is_believed_only_about_its_own_neighbour() {
        let peer = "127.0.0.1:80".parse().unwrap();
        let of = |list| Source::of_request(peer, Some(list));
        assert_eq!(of("198.51.100.1, 203.0.113.7"), Source::of("203.0.113.7".parse().unwrap()));
        assert_eq!(of("rubbish"), Source::of(peer.ip()));
    }
}

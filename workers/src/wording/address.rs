//! Which addresses may be talked to. A model reads the words of mails, so that by default it has to run on this machine or
//! in the operator's own network. Every address that the endpoint's name resolves to is looked at, each time anew, and the
//! connection goes to one of exactly these: a name that answers differently a moment later gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::lookup_host;

use super::{endpoint::Endpoint, trouble::Trouble};

/// The addresses of the endpoint.
///
/// # Errors
/// When the name is unknown, or one address may not be talked to.
pub async fn checked(endpoint: &Endpoint, allow_public: bool) -> Result<Vec<SocketAddr>, Trouble> {
    let found = lookup_host((endpoint.host.as_str(), endpoint.port)).await;
    let found: Vec<SocketAddr> = found.map_err(|_| Trouble::UnknownHost)?.collect();
    if found.is_empty() {
        return Err(Trouble::UnknownHost);
    }
    for address in &found {
        match reach(address.ip()) {
            Reach::Own => {}
            Reach::Public if allow_public && endpoint.tls => {}
            Reach::Public if allow_public => return Err(Trouble::PlainToPublic),
            Reach::Public => return Err(Trouble::Public),
            Reach::Never => return Err(Trouble::Unfit),
        }
    }
    Ok(found)
}

/// How far an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// This machine (loopback), or a private network (RFC 1918, RFC 4193).
    Own,
    /// Anywhere else.
    Public,
    /// To nobody in particular: unspecified, multicast, broadcast, or link-local, where clouds keep their machines' keys.
    Never,
}

/// How far this address leads. An IPv4 address in IPv6 clothes is judged as what it is.
#[must_use]
pub fn reach(address: IpAddr) -> Reach {
    match address.to_canonical() {
        IpAddr::V4(address) => of_v4(address),
        IpAddr::V6(address) => of_v6(address),
    }
}

fn of_v4(address: Ipv4Addr) -> Reach {
    if address.is_loopback() || address.is_private() {
        Reach::Own
    } else if address.octets()[0] == 0 || address.is_link_local() || address.is_multicast() || address.is_broadcast() {
        Reach::Never
    } else {
        Reach::Public
    }
}

fn of_v6(address: Ipv6Addr) -> Reach {
    // ::a.b.c.d, long out of use (RFC 4291 section 2.5.5.1).
    let compatible = address.segments()[..6].iter().all(|part| *part == 0) && !address.is_loopback();
    if address.is_loopback() || address.is_unique_local() {
        Reach::Own
    } else if compatible || address.is_unicast_link_local() || address.is_multicast() {
        Reach::Never
    } else {
        Reach::Public
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_told_from_public_ones() {
        for (address, expected) in [
            ("127.0.0.1", Reach::Own),
            ("127.8.9.10", Reach::Own),
            ("10.1.2.3", Reach::Own),
            ("172.16.0.1", Reach::Own),
            ("172.31.255.254", Reach::Own),
            ("192.168.7.8", Reach::Own),
            ("::1", Reach::Own),
            ("fd12:3456::1", Reach::Own),
            ("::ffff:10.0.0.1", Reach::Own),
            ("172.32.0.1", Reach::Public),
            ("192.0.2.1", Reach::Public),
            ("100.64.0.1", Reach::Public),
            ("2001:db8::1", Reach::Public),
            ("64:ff9b::a00:1", Reach::Public),
            ("::ffff:192.0.2.1", Reach::Public),
            ("0.0.0.0", Reach::Never),
            ("0.1.2.3", Reach::Never),
            ("169.254.169.254", Reach::Never),
            ("::ffff:169.254.169.254", Reach::Never),
            ("224.0.0.1", Reach::Never),
            ("255.255.255.255", Reach::Never),
            ("::", Reach::Never),
            ("::7f00:1", Reach::Never),
            ("fe80::1", Reach::Never),
            ("ff02::1", Reach::Never),
        ] {
            assert_eq!(reach(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[tokio::test]
    async fn a_public_address_needs_the_operators_word_and_tls() {
        let endpoint = |text: &str| Endpoint::parse(text).unwrap();
        let plain = endpoint("http://192.0.2.7/v1");
        let safe = endpoint("https://192.0.2.7/v1");
        assert!(matches!(checked(&plain, false).await, Err(Trouble::Public)));
        assert!(matches!(checked(&safe, false).await, Err(Trouble::Public)));
        assert!(matches!(checked(&plain, true).await, Err(Trouble::PlainToPublic)));
        assert_eq!(checked(&safe, true).await.unwrap(), ["192.0.2.7:443".parse().unwrap()]);
        assert!(matches!(checked(&endpoint("https://169.254.169.254/v1"), true).await, Err(Trouble::Unfit)));
        assert_eq!(checked(&endpoint("http://127.0.0.1:9/v1"), false).await.unwrap().len(), 1);
    }
}

//! What an address is: public, private, or neither.
//!
//! Whatever is not known to be public is not taken for it: of IPv6 only `2000::/3` is, and of that not what carries
//! an address of IPv4 that is not public itself. Sources: the special-purpose registries of IANA, RFC 6890 and RFC 8190.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whose an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Of a server that anybody can reach.
    Public,
    /// Of this machine or of a private network.
    Private,
    /// Of no server that has pictures: the local link with its clouds' data, shared and reserved ranges, multicast.
    Barred,
}

/// Tells whose `address` is.
pub(super) fn kind(address: IpAddr) -> Kind {
    match address {
        IpAddr::V4(address) => kind_of_v4(address),
        IpAddr::V6(address) => kind_of_v6(address),
    }
}

fn kind_of_v4(address: Ipv4Addr) -> Kind {
    match address.octets() {
        [10 | 127, ..] | [172, 16..=31, ..] | [192, 168, ..] => Kind::Private,
        // This network, shared by a carrier's customers, the local link, multicast and all above.
        [0 | 224..=255, ..] | [100, 64..=127, ..] | [169, 254, ..] => Kind::Barred,
        // For protocols, for documents, for the anycast of 6to4, for benchmarks.
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 18 | 19, ..] | [198, 51, 100, _] | [203, 0, 113, _] => {
            Kind::Barred
        }
        _ => Kind::Public,
    }
}

fn kind_of_v6(address: Ipv6Addr) -> Kind {
    // The data of Amazon's cloud, in the middle of the private range.
    const CLOUD: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);
    if address == Ipv6Addr::LOCALHOST {
        return Kind::Private;
    }
    match address.segments() {
        _ if address == CLOUD => Kind::Barred,
        [0xfc00..=0xfdff, ..] => Kind::Private,
        // NAT64 and 6to4: they lead to the address of IPv4 that they carry.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => carried(high, low),
        // Teredo and other protocols; documents, twice.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Kind::Barred,
        [0x2000..=0x3fff, ..] => Kind::Public,
        // Also an address of IPv4 in the clothes of IPv6: no name server hands those out honestly.
        _ => Kind::Barred,
    }
}

fn carried(high: u16, low: u16) -> Kind {
    let [a, b] = high.to_be_bytes();
    let [c, d] = low.to_be_bytes();
    match kind_of_v4(Ipv4Addr::new(a, b, c, d)) {
        Kind::Public => Kind::Public,
        Kind::Private | Kind::Barred => Kind::Barred,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};

    fn all(expected: Kind, addresses: &[&str]) {
        for address in addresses {
            assert_eq!(kind(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn servers_of_the_internet_are_public() {
        all(
            Kind::Public,
            &["1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1"],
        );
        all(Kind::Public, &["2606:4700::1111", "2a00:1450::1", "64:ff9b::101:101", "2002:101:101::1"]);
    }

    #[test]
    fn this_machine_and_the_intranet_are_private() {
        all(
            Kind::Private,
            &["127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.9.9", "192.168.1.1"],
        );
        all(Kind::Private, &["::1", "fc00::1", "fd12:3456::1"]);
    }

    #[test]
    fn what_serves_no_pictures_is_barred() {
        all(Kind::Barred, &["0.0.0.0", "0.1.2.3", "100.64.0.1", "100.127.255.255", "169.254.169.254"]);
        all(
            Kind::Barred,
            &["224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1"],
        );
        all(
            Kind::Barred,
            &["::", "fe80::1", "febf::1", "fec0::1", "ff02::1", "fd00:ec2::254", "2001:db8::1"],
        );
    }

    #[test]
    fn addresses_of_ipv4_do_not_hide_in_ipv6() {
        all(
            Kind::Barred,
            &["::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::ffff:1.1.1.1"],
        );
        all(Kind::Barred, &["::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::1"]);
        all(Kind::Barred, &["2002:7f00:1::1", "2002:a9fe:a9fe::1", "2001::1"]);
    }
}

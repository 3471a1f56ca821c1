//! Where a visitor sits, as far as the network tells.

use std::net::Ipv6Addr;

/// Where somebody sits. Whoever has one address of the newer kind has 2^64 of them, so their network counts.
#[must_use]
pub fn place(address: &str) -> String {
    match address.parse::<Ipv6Addr>() {
        Ok(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_network_of_the_newer_kind_is_one_place() {
        assert_eq!(place("2001:ee0:4141:5::1"), place("2001:ee0:4141:5:ffff::9"));
        assert_ne!(place("2001:ee0:4141:5::1"), place("2001:ee0:4141:6::1"));
        assert_eq!(place("113.160.0.7"), "113.160.0.7");
    }
}

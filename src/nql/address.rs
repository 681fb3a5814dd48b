//! IP addresses and networks: whether an address lies in `123.123.0.0/24`.

use std::net::IpAddr;

use super::operand::Operand;
use super::truth::Truth;

/// A network, or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    address: IpAddr,
    /// How many of the first bits count.
    prefix: u32,
}

impl Network {
    /// Reads `123.123.0.0`, `123.123.0.0/24`, `f164:b28c::/32`.
    pub fn read(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(bits);
        (prefix <= bits).then_some(Self { address, prefix })
    }

    /// Whether a value is an address in it.
    pub fn holds(&self, value: &Operand<'_>) -> Truth {
        let Operand::Text(text) = value else { return Truth::Unknown };
        let Ok(address) = text.parse::<IpAddr>() else { return Truth::Unknown };
        match (self.address, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                same_prefix(u128::from(network.to_bits()) << 96, u128::from(address.to_bits()) << 96, self.prefix)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                same_prefix(network.to_bits(), address.to_bits(), self.prefix)
            }
            _ => false,
        }
        .into()
    }
}

/// Whether the first bits are the same.
fn same_prefix(left: u128, right: u128, prefix: u32) -> bool {
    (left ^ right).leading_zeros() >= prefix
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nql::Value;

    #[test]
    fn an_address_lies_in_a_network_when_its_first_bits_are_the_same() {
        for (network, address, expected) in [
            ("123.123.0.0/24", "123.123.0.77", Truth::True),
            ("123.123.0.0/24", "123.123.1.77", Truth::False),
            ("0.0.0.0/0", "8.8.8.8", Truth::True),
            ("10.0.0.1", "10.0.0.1", Truth::True),
            ("10.0.0.1", "10.0.0.2", Truth::False),
            ("f164:b28c:84a5:9dd3::/32", "f164:b28c::1", Truth::True),
            ("f164:b28c:84a5:9dd3::/32", "f164:b28d::1", Truth::False),
            ("::/0", "10.0.0.1", Truth::False),
            ("10.0.0.0/8", "n/a", Truth::Unknown),
        ] {
            assert_eq!(
                Network::read(network).unwrap().holds(&Operand::from(&Value::from(address))),
                expected,
                "{network} {address}"
            );
        }
    }

    #[test]
    fn what_is_no_network_is_not_read() {
        for text in ["10.0.0.0/33", "::/129", "10.0.0/8", "", "10.0.0.0/"] {
            assert_eq!(Network::read(text), None, "{text}");
        }
    }
}

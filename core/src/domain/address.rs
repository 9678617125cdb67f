//! A mail address, and how it may be shown.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An address that can be put in an SMTP envelope: `local@domain`, the domain in ASCII (RFC 5321 §4.1.2),
/// lower-cased, since no two customers share an address that differs in case alone.
///
/// `Display` and `Debug` mask it, because they end in logs; [`EmailAddress::as_str`] is the address.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

/// Why a text is not an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a mail address: it needs the form name@domain, at most 254 characters, without blanks or brackets")]
pub struct NotAnAddress;

impl EmailAddress {
    /// Reads `local@domain`; U-labels in the domain become A-labels (RFC 5890).
    ///
    /// # Errors
    /// When the text has another form, a control character or a blank, or is too long for an envelope.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        let forbidden = |c: char| {
            c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')' | '\\')
        };
        if local.is_empty() || local.len() > 64 || text.chars().any(forbidden) || local.contains('@') {
            return Err(NotAnAddress);
        }
        let domain = idna::domain_to_ascii(domain).map_err(|_| NotAnAddress)?;
        if domain.is_empty() || domain.starts_with('.') || domain.ends_with('.') || domain.contains("..") {
            return Err(NotAnAddress);
        }
        let address = format!("{}@{domain}", local.to_lowercase());
        if address.len() > 254 { Err(NotAnAddress) } else { Ok(Self(address)) }
    }

    /// The address itself. Not for logs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// `j…@example.test`: enough to tell two apart, not enough to write to.
    #[must_use]
    pub fn masked(&self) -> String {
        let first = self.0.chars().next().unwrap_or('?');
        format!("{first}…@{}", self.domain())
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_lower_cased_and_its_domain_made_ascii() {
        assert_eq!(EmailAddress::parse(" Pat@Bücher.Example ").unwrap().as_str(), "pat@xn--bcher-kva.example");
    }

    #[test]
    fn what_cannot_stand_in_an_envelope_is_refused() {
        for text in [
            "",
            "pat",
            "pat@",
            "@example.test",
            "p at@example.test",
            "pat@example.test\r\nRCPT TO:<x@y.z>",
            "a@b@c.test",
            "<a@b.test>",
        ] {
            assert_eq!(EmailAddress::parse(text), Err(NotAnAddress), "{text:?}");
        }
    }

    #[test]
    fn it_is_masked_wherever_it_is_printed() {
        let address = EmailAddress::parse("patricia@example.test").unwrap();
        assert_eq!(format!("{address} {address:?}"), "p…@example.test EmailAddress(p…@example.test)");
    }
}

//! An enhanced mail system status code (RFC 3463): why a mail did not arrive, in three numbers. Delivery reports carry
//! them (`core::mail::returned` reads them), and the history of a case keeps them, since unlike the report's own words
//! they never hold an address.

use std::fmt;

use serde::{Deserialize, Serialize};

/// `5.1.1`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EnhancedStatus {
    /// 2 success, 4 not yet, 5 never.
    class: u8,
    /// What it is about (RFC 3463 §3.1 to §3.8).
    subject: u16,
    detail: u16,
}

impl EnhancedStatus {
    /// The code at the beginning of `text`, which may go on with a comment: `5.1.1 (user unknown)`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let code = text.trim_start();
        let code = code.split(|c: char| !c.is_ascii_digit() && c != '.').next()?;
        let mut numbers = code.split('.');
        let mut next = |most: usize| numbers.next().filter(|digits| (1..=most).contains(&digits.len()));
        let class: u8 = next(1)?.parse().ok().filter(|class| matches!(class, 2 | 4 | 5))?;
        let (subject, detail) = (next(3)?.parse().ok()?, next(3)?.parse().ok()?);
        numbers.next().is_none().then_some(Self { class, subject, detail })
    }

    /// What the code is about, in words that tell a person where to look.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self.subject {
            1 => "the address",
            2 => "the mailbox",
            3 => "the recipient's mail system",
            4 => "the way to the recipient's server",
            5 => "the servers' conversation",
            6 => "the content of the mail",
            7 => "the recipient's security or policy",
            _ => "no reason is named",
        }
    }
}

impl fmt::Display for EnhancedStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

impl From<EnhancedStatus> for String {
    fn from(status: EnhancedStatus) -> Self {
        status.to_string()
    }
}

impl TryFrom<String> for EnhancedStatus {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::read(&text).ok_or("not an enhanced status code such as 5.1.1")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_numbers_are_a_status_and_nothing_else_is() {
        for (text, read) in [
            (" 5.1.1", Some("5.1.1")),
            ("4.4.7 (delivery time expired)", Some("4.4.7")),
            ("5.7.350", Some("5.7.350")),
            ("5.1", None),
            ("5.1.1.1", None),
            ("3.1.1", None),
            ("55.1.1", None),
            ("5.1.1000", None),
            ("5..1", None),
            ("failed", None),
            ("", None),
        ] {
            assert_eq!(EnhancedStatus::read(text).map(|status| status.to_string()).as_deref(), read, "{text}");
        }
    }
}

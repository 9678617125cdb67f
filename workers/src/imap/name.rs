//! Mailbox names and sets of UIDs as commands spell them.

use std::fmt::Write as _;

use base64::{
    Engine, alphabet,
    engine::{GeneralPurpose, general_purpose::NO_PAD},
};

use super::ImapError;

/// Base 64 with `,` for `/`, without padding.
const MODIFIED: GeneralPurpose = GeneralPurpose::new(&alphabet::IMAP_MUTF7, NO_PAD);

/// A mailbox's name in the protocol's spelling: modified UTF-7 (RFC 3501 §5.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxName(String);

impl MailboxName {
    /// From the name as a person writes it, such as `Entwürfe`.
    ///
    /// # Errors
    /// When it is empty or holds a control character: a line end would begin a second command.
    pub fn new(name: &str) -> Result<Self, ImapError> {
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(ImapError::BadName(name.to_owned()));
        }
        Ok(Self(encoded(name)))
    }

    /// From the name as the server lists it; None when it could not stand in a command.
    pub(super) fn listed(name: &str) -> Option<Self> {
        let fit = !name.is_empty() && !name.chars().any(char::is_control);
        fit.then(|| Self(name.to_owned()))
    }

    /// In quotes, ready to stand in a command.
    pub(super) fn quoted(&self) -> String {
        in_quotes(&self.0)
    }
}

/// Text in quotes; `\` and `"` are escaped. Its callers have made sure that it holds no line end.
pub(super) fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Printable ASCII as it is, `&` as `&-`, everything else as UTF-16 in modified base 64.
fn encoded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut foreign = String::new();
    for c in name.chars() {
        if matches!(c, ' '..='~') {
            shift(&mut text, &mut foreign);
            text.push(c);
            if c == '&' {
                text.push('-');
            }
        } else {
            foreign.push(c);
        }
    }
    shift(&mut text, &mut foreign);
    text
}

fn shift(text: &mut String, foreign: &mut String) {
    if !foreign.is_empty() {
        let units: Vec<u8> = foreign.encode_utf16().flat_map(u16::to_be_bytes).collect();
        text.push('&');
        text.push_str(&MODIFIED.encode(units));
        text.push('-');
        foreign.clear();
    }
}

/// Ascending UIDs as a sequence set (RFC 3501 §9): `1:100,105`.
pub(super) fn uid_set(uids: &[u32]) -> String {
    let mut text = String::new();
    let mut rest = uids.iter().copied().peekable();
    while let Some(first) = rest.next() {
        let mut last = first;
        while let Some(next) = rest.next_if(|next| last.checked_add(1) == Some(*next)) {
            last = next;
        }
        let comma = if text.is_empty() { "" } else { "," };
        // Writing to a String cannot fail.
        let _ = if first == last { write!(text, "{comma}{first}") } else { write!(text, "{comma}{first}:{last}") };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_the_rfc_shows() {
        for (name, spelled) in [
            ("INBOX", "\"INBOX\""),
            ("Sent Items", "\"Sent Items\""),
            ("R&D", "\"R&-D\""),
            ("~peter/mail/台北/日本語", "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\""),
            ("Entwürfe", "\"Entw&APw-rfe\""),
            ("a\"b\\c", "\"a\\\"b\\\\c\""),
        ] {
            assert_eq!(MailboxName::new(name).unwrap().quoted(), spelled);
        }
    }

    #[test]
    fn a_name_cannot_smuggle_in_a_command() {
        for name in ["", "INBOX\r\nC9 DELETE x", "a\0b"] {
            assert!(matches!(MailboxName::new(name), Err(ImapError::BadName(_))), "{name:?}");
            assert_eq!(MailboxName::listed(name), None);
        }
    }

    #[test]
    fn runs_of_uids_become_ranges() {
        for (uids, text) in [
            (&[1][..], "1"),
            (&[1, 2, 3, 7, 9, 10], "1:3,7,9:10"),
            (&[u32::MAX - 1, u32::MAX], "4294967294:4294967295"),
        ] {
            assert_eq!(uid_set(uids), text);
        }
    }
}

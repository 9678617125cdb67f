//! What must hold of every mail: it is read or refused, never a panic, and its text is read like any other.

use caseconsult_core::mail::message::Message;

use super::text;

/// Reads the bytes as a mail.
pub(crate) fn check(bytes: &[u8]) {
    if let Ok(message) = Message::read(bytes) {
        text::holds(&message.text);
    }
}

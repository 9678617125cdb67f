//! A reply to send, and how to reach a server.

use std::time::Duration;

use caseconsult_core::domain::{
    address::EmailAddress,
    digest::Digest,
    ids::{CaseId, ReplyId, UserId},
};
use caseconsult_store::{Clock, replies::Reply};
use caseconsult_workers::settings::{SignIn, SmtpSettings, Tls};

use crate::support::dovecot::OURS;

/// An approved reply of about so many bytes to this address.
pub(crate) fn letter(to: &str, size: usize) -> Reply {
    let clock = Clock::system();
    let id = ReplyId::new(clock.id());
    let header_id = format!("<{id}@example.test>");
    // With a Date: Postfix would add one, and the bytes would not be the approved ones any more.
    let mut text = format!(
        "Date: Sun, 22 Nov 2026 10:00:00 +0000\r\nMessage-ID: {header_id}\r\nFrom: {OURS}\r\nTo: {to}\r\n\
         Subject: a reply\r\n\r\n.dots\r\n"
    );
    while text.len() < size {
        text.push_str("A line of the answer, as long as lines usually are in a mail.\r\n");
    }
    let bytes = text.into_bytes();
    Reply {
        id,
        case: CaseId::new(clock.id()),
        draft_version: 1,
        header_id,
        sender: EmailAddress::parse(OURS).unwrap(),
        recipient: EmailAddress::parse(to).unwrap(),
        sha256: Digest::of(&bytes),
        bytes,
        body: String::new(),
        overrides: "[]".to_owned(),
        approved_by: UserId::new(clock.id()),
        approved_at: clock.now(),
        withdrawn: false,
        sent_at: None,
    }
}

/// A server on this machine without TLS, and short patience.
pub(crate) fn plain(port: u16, sign_in: SignIn) -> SmtpSettings {
    SmtpSettings {
        port,
        tls: Tls::None,
        hello_name: Some("client.example.test".to_owned()),
        connect_timeout: Duration::from_secs(5),
        command_timeout: Duration::from_millis(300),
        dot_timeout: Duration::from_millis(300),
        ..SmtpSettings::new("127.0.0.1", OURS, sign_in)
    }
}

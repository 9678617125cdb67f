//! The mail of ours that a delivery report returns: its Message-ID, and what became of it on the way to whom.
//!
//! A report that carries no In-Reply-To still holds the mail that failed, or its header (RFC 6522 §3), and names the
//! recipients (RFC 3464 §2.3). Only a Message-ID that we signed counts. Whether we sent that reply to one of these
//! recipients is for the store to say: whoever got a reply of ours could write such a report.
//!
//! `head` calls it, for mails that are bounces by their header; the beginning of their bodies is kept for it.

use super::{
    fields::{Fields, end_of_header, header_text},
    parts::direct_parts,
    token::ThreadKey,
};
use crate::domain::{address::EmailAddress, enhanced_status::EnhancedStatus, ids::ReplyId};

/// How much of a report's body is looked at; the returned copy comes last, and may be cut.
const KEPT: usize = 256 << 10;
/// More recipients than any mail of ours has: each has one.
const MOST_RECIPIENTS: usize = 20;

/// A reply of ours that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The reply that its Message-ID names.
    pub reply: ReplyId,
    /// The Message-ID, with brackets, as the report has it.
    pub header_id: String,
    /// Whom the report says that it was for.
    pub recipients: Vec<Reported>,
}

/// What a report says of one recipient (RFC 3464 §2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Private.
    pub address: EmailAddress,
    /// The server has given up (`Action: failed`). A delayed mail may still arrive.
    pub failed: bool,
    /// Why.
    pub status: Option<EnhancedStatus>,
}

/// The beginning of a body, kept while the mail passes by if it is a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Report(Option<Vec<u8>>);

impl Report {
    /// Keeps what follows this header when the header may be that of a report.
    pub(super) fn of(header: &[u8]) -> Self {
        const TYPE: &[u8] = b"multipart/report";
        let mut slashes = header.iter().enumerate().filter(|(_, byte)| **byte == b'/');
        let is_report = slashes.any(|(slash, _)| {
            let start = slash.checked_sub(b"multipart".len());
            let word = start.and_then(|start| header.get(start..start + TYPE.len()));
            word.is_some_and(|word| word.eq_ignore_ascii_case(TYPE))
        });
        Self(is_report.then(Vec::new))
    }

    /// Takes the next piece of the body in.
    pub(super) fn add(&mut self, piece: &[u8]) {
        if let Some(kept) = &mut self.0 {
            let room = KEPT.saturating_sub(kept.len());
            kept.extend_from_slice(piece.get(..room).unwrap_or(piece));
        }
    }

    /// What it returns of ours. `header` is that of the report.
    pub(super) fn returned(&self, header: &Fields<'_>, key: &ThreadKey) -> Option<Returned> {
        let body = self.0.as_ref()?;
        let mut found = None;
        let mut recipients = Vec::new();
        for (content_type, part) in direct_parts(header, body) {
            match content_type.as_str() {
                "message/delivery-status" | "message/global-delivery-status" => recipients.extend(reported(&part)),
                "message/rfc822" | "message/global" | "text/rfc822-headers" | "message/global-headers" => {
                    found = found.or_else(|| signed(&part, key));
                }
                _ => {}
            }
        }
        let (reply, header_id) = found?;
        recipients.truncate(MOST_RECIPIENTS);
        Some(Returned { reply, header_id, recipients })
    }
}

/// The Message-ID of the returned mail, when we signed it.
fn signed(mail: &[u8], key: &ThreadKey) -> Option<(ReplyId, String)> {
    let header = header_text(mail.get(..end_of_header(mail).map_or(mail.len(), |(ends, _)| ends))?);
    let id = Fields::read(&header).message_ids("Message-ID").pop()?;
    Some((key.reply_of(&id)?, id))
}

/// The recipients of a delivery status, a group of fields each: `Final-Recipient: rfc822; pat@clinic.test`, `Action:
/// failed`, `Status: 5.1.1` (RFC 3464 §2.1, §2.3.1 to §2.3.4). One whose address was rewritten on the way has two names.
fn reported(status: &[u8]) -> Vec<Reported> {
    let text = header_text(status);
    groups(&text)
        .into_iter()
        .flat_map(|group| {
            let fields = Fields::read(&group);
            let failed = fields.lower("Action").trim() == "failed";
            let status = fields.value("Status").as_deref().and_then(EnhancedStatus::read);
            let named = ["Original-Recipient", "Final-Recipient"].map(|name| fields.value(name));
            let addresses = named.into_iter().flatten().filter_map(|value| address(&value));
            addresses.map(|address| Reported { address, failed, status }).collect::<Vec<_>>()
        })
        .take(MOST_RECIPIENTS)
        .collect()
}

/// The groups of fields, which empty lines part.
fn groups(text: &str) -> Vec<String> {
    let mut groups = vec![String::new()];
    for line in text.split_inclusive('\n') {
        match groups.last_mut() {
            Some(group) if !line.trim().is_empty() => group.push_str(line),
            Some(group) if group.is_empty() => {}
            _ => groups.push(String::new()),
        }
    }
    groups
}

fn address(value: &str) -> Option<EmailAddress> {
    let (_, address) = value.split_once(';')?;
    EmailAddress::parse(address.trim().trim_matches(['<', '>'])).ok()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        domain::case::IgnoredKind,
        mail::head::{Head, Reading, Verdict},
    };

    fn key() -> ThreadKey {
        ThreadKey::new(b"a secret of the tests")
    }

    fn reply() -> ReplyId {
        ReplyId::new(Uuid::from_u128(7))
    }

    /// A report of an invented server, which returns a part of this type.
    fn report(returned_type: &str, returned: &str) -> String {
        format!(
            "From: Mail Delivery <mailer-daemon@relay.test>\r\nSubject: Undelivered\r\n\
             Content-Type: Multipart/Report; report-type=delivery-status; boundary=\"b=1\"\r\n\r\n\
             --b=1\r\n\r\nIt did not arrive.\r\n\
             --b=1\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.test\r\n\r\n\
             Original-Recipient: rfc822; Pat@clinic.test\r\nFinal-Recipient: RFC822; <p.rivera@mail.clinic.test>\r\n\
             Action: failed\r\nStatus: 5.1.1\r\n\r\n\
             --b=1\r\nContent-Type: {returned_type}\r\n\r\n{returned}\r\n--b=1--\r\n"
        )
    }

    fn returned(raw: &str) -> Option<Returned> {
        Head::read(raw.as_bytes(), &key(), &[]).returned
    }

    #[test]
    fn the_returned_copy_or_its_header_names_the_reply() {
        let id = key().header_id(reply(), "service.test");
        let mail = format!("From: coding@service.test\r\nMessage-ID: {id}\r\nSubject: x\r\n");
        let encoded = mail.replace("=", "=3D").replace('c', "=63");
        for raw in [
            report("message/rfc822", &format!("{mail}\r\nDear Pat")),
            report("text/rfc822-headers; charset=us-ascii", &mail),
            report("text/rfc822-headers\r\nContent-Transfer-Encoding: quoted-printable", &encoded),
            report("message/rfc822", &mail.replace("service.test\r", "service.test \r")).replace("\r\n", "\n"),
            // Cut, as the largest are.
            report("message/rfc822", &mail).replace("--b=1--", ""),
        ] {
            let found = returned(&raw).expect(&raw);
            assert_eq!((found.reply, found.header_id), (reply(), id.clone()));
            let recipients: Vec<_> = found.recipients.iter().map(|one| one.address.as_str()).collect();
            assert_eq!(recipients, ["pat@clinic.test", "p.rivera@mail.clinic.test"]);
        }
    }

    #[test]
    fn each_recipient_has_an_action_and_a_status_of_its_own() {
        let status = "Reporting-MTA: dns; relay.test\r\n\r\n\
                      Final-Recipient: rfc822; pat@clinic.test\r\nAction: Failed\r\nStatus: 5.1.1 (unknown)\r\n\r\n \r\n\
                      Final-Recipient: rfc822; kim@clinic.test\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\n\
                      Final-Recipient: rfc822; lee@clinic.test\r\nAction: failed\r\n";
        let told = reported(status.as_bytes());
        let told: Vec<_> = told
            .iter()
            .map(|one| (one.address.as_str(), one.failed, one.status.map(|status| status.to_string())))
            .collect();
        assert_eq!(
            told,
            [
                ("pat@clinic.test", true, Some("5.1.1".to_owned())),
                ("kim@clinic.test", false, Some("4.4.1".to_owned())),
                ("lee@clinic.test", true, None),
            ]
        );
    }

    #[test]
    fn what_we_did_not_sign_names_nothing() {
        let ours = key().header_id(reply(), "service.test");
        let forged = ThreadKey::new(b"another secret!!").header_id(reply(), "service.test");
        let with = |id: &str| format!("Message-ID: {id}\r\n\r\nDear Pat");
        for raw in [
            report("message/rfc822", &with("<q1@clinic.test>")),
            report("message/rfc822", &with(&forged)),
            report("message/rfc822", "no header at all"),
            // In the text of the returned mail, and in a part that is no returned mail.
            report("message/rfc822", &format!("Subject: x\r\n\r\nMessage-ID: {ours}\r\n")),
            report("text/plain", &with(&ours)),
            report("message/rfc822", &with(&ours)).replace("Multipart/Report", "multipart/mixed"),
            report("message/rfc822", &with(&ours)).replace("b=1", ""),
        ] {
            assert_eq!(returned(&raw), None, "{raw}");
        }
    }

    #[test]
    fn only_a_bounce_returns_something() {
        let id = key().header_id(reply(), "service.test");
        let receipt = report("message/rfc822", &format!("Message-ID: {id}\r\n"))
            .replace("delivery-status;", "disposition-notification;");
        let head = Head::read(receipt.as_bytes(), &key(), &[]);
        assert!(matches!(head.verdict, Verdict::Ignored { kind: IgnoredKind::AutoReply, .. }), "{:?}", head.verdict);
        assert_eq!(head.returned, None);
    }

    #[test]
    fn pieces_return_the_same_as_the_whole_and_the_rest_is_not_kept() {
        let id = key().header_id(reply(), "service.test");
        let raw = report("message/rfc822", &format!("Message-ID: {id}\r\n\r\n{}", "x".repeat(2 * KEPT)));
        for size in [1_000, 4_096, 1 << 20] {
            let mut reading = Reading::default();
            raw.as_bytes().chunks(size).for_each(|piece| reading.add(piece));
            assert_eq!(reading.finish(&key(), &[]).returned.map(|found| found.reply), Some(reply()), "{size}");
        }
        let mut kept = Report::of(b"Content-Type: multipart/report");
        raw.as_bytes().chunks(100).for_each(|piece| kept.add(piece));
        assert_eq!(kept.0.map(|kept| kept.len()), Some(KEPT));
    }
}

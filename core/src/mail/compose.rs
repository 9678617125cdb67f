//! The bytes of a reply: what an approval covers and what is handed to the mail server.
//!
//! One source text becomes a `multipart/alternative` of plain text and HTML, with the headers by which clients put it
//! into the asker's thread. Equal input gives equal bytes. The result is fit for SMTP as it is: CRLF line ends, no
//! line over 998 bytes, ASCII throughout. It quotes nothing of the asker's mail: that holds patients' details.
//!
//! The approval composes once and stores; the deliver worker sends what was stored and never composes.

use std::time::{Duration, SystemTime};

use lettre::{
    Address,
    message::{
        Body, Mailbox, Message, MultiPart, MultiPartKind, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};

use super::{
    markdown::{html::html_page, text::text},
    token::ThreadKey,
};
use crate::domain::{address::EmailAddress, digest::Digest, instant::Instant, tag::CaseTag};

/// References beyond this number are left out, the first and the last ones kept: enough for every client to find the
/// thread, and short enough for every server.
const MOST_REFERENCES: usize = 20;
/// All ids of a References field together, in bytes: it fits on one line of RFC 5322 §2.1.1 even unfolded.
const LONGEST_REFERENCES: usize = 900;
/// The end of year 9999, in seconds since the epoch: the last moment that a Date field can hold.
const LAST_SECOND: i64 = 253_402_300_799;
/// A display name longer than this is cut.
const LONGEST_NAME: usize = 100;

/// What goes into a reply.
#[derive(Clone, Debug)]
pub struct Envelope<'e> {
    /// The display name of the service; control characters are dropped.
    pub from_name: &'e str,
    /// The service's address.
    pub from: &'e EmailAddress,
    /// The asker.
    pub to: &'e EmailAddress,
    /// The whole subject, as from [`reply_subject`].
    pub subject: &'e str,
    /// As from [`ThreadKey::header_id`], with brackets.
    pub message_id: &'e str,
    /// The Message-ID of the mail that is answered, with brackets; left out when it is not well formed.
    pub in_reply_to: Option<&'e str>,
    /// The thread up to and with the mail that is answered, oldest first, as from [`references`].
    pub references: &'e [String],
    /// The Date field.
    pub date: Instant,
    /// The approved text, in the Markdown of [`super::markdown`].
    pub body: &'e str,
}

/// Why a reply cannot be composed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// Nothing but blanks.
    #[error("the reply has no text; write one before approving it")]
    Empty,
    /// The address is one that mail cannot carry.
    #[error("the address of the {whose} cannot stand in a mail header; correct it")]
    Address {
        /// `service` or `asker`.
        whose: &'static str,
    },
    /// The Message-ID is not of the form `<left@right>` in ASCII.
    #[error("the configured mail domain makes no valid Message-ID; it needs the form name.example")]
    MessageId,
    /// The library refused, or its result is not fit for SMTP.
    #[error("the reply could not be put into mail form: {0}")]
    Format(String),
}

/// The subject of every reply: neutral, since subjects are shown on lock screens and kept in logs.
#[must_use]
pub fn reply_subject(tag: &CaseTag, key: &ThreadKey) -> String {
    format!("Re: your coding question {}", key.subject_tag(tag))
}

/// The References of a reply (RFC 5322 §3.6.4): the thread before the mail that is answered, then that mail. Ids that
/// are not well formed are left out; a long thread loses its middle.
#[must_use]
pub fn references(answered: Option<&str>, earlier: &[String]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in earlier.iter().map(String::as_str).chain(answered).filter(|id| is_message_id(id)) {
        // The newest place of an id that comes twice.
        ids.retain(|known| known != id);
        ids.push(id.to_owned());
    }
    let length = |ids: &[String]| ids.iter().map(|id| id.len() + 1).sum::<usize>();
    while ids.len() > MOST_REFERENCES || ids.len() > 1 && length(&ids) > LONGEST_REFERENCES {
        // The first names the thread, and the last the mail that is answered.
        ids.remove(if ids.len() > 2 { 1 } else { 0 });
    }
    ids
}

/// Composes a reply.
///
/// # Errors
/// [`ComposeError`] when the text is empty or a part of the envelope cannot stand in a mail.
pub fn compose(envelope: &Envelope<'_>) -> Result<Vec<u8>, ComposeError> {
    let plain = text(envelope.body);
    if plain.trim().is_empty() {
        return Err(ComposeError::Empty);
    }
    if !is_message_id(envelope.message_id) {
        return Err(ComposeError::MessageId);
    }
    let mut builder = Message::builder()
        .message_id(Some(envelope.message_id.to_owned()))
        .date(moment(envelope.date))
        .from(mailbox(envelope.from_name, envelope.from, "service")?)
        .to(mailbox("", envelope.to, "asker")?)
        .subject(printable(envelope.subject))
        .raw_header(auto_submitted());
    if let Some(answered) = envelope.in_reply_to.filter(|id| is_message_id(id)) {
        builder = builder.in_reply_to(answered.to_owned());
    }
    let references = references(None, envelope.references);
    if !references.is_empty() {
        builder = builder.references(references.join(" "));
    }
    let alternative = MultiPart::builder()
        .kind(MultiPartKind::Alternative)
        .boundary(boundary(envelope.message_id))
        .singlepart(part(ContentType::TEXT_PLAIN, &plain)?)
        .singlepart(part(ContentType::TEXT_HTML, &html_page(envelope.body))?);
    let message = builder.multipart(alternative).map_err(|error| ComposeError::Format(error.to_string()))?;
    fit_for_smtp(message.formatted())
}

/// RFC 3834 §5: `no`, because a person approved this text and answers for it. Calling it `auto-replied` would be
/// untrue, and filters and ticket systems at the asker's end would file it away unread. The asker's vacation program
/// may answer it then; intake parks that answer.
fn auto_submitted() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "no".to_owned())
}

fn mailbox(name: &str, address: &EmailAddress, whose: &'static str) -> Result<Mailbox, ComposeError> {
    let address: Address = address.as_str().parse().map_err(|_| ComposeError::Address { whose })?;
    // lettre panics on a line end in a display name.
    let name: String = printable(name).chars().take(LONGEST_NAME).collect();
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

/// On one line, without control characters.
fn printable(text: &str) -> String {
    super::fields::one_line(&super::plain_text::visible(text))
}

fn moment(date: Instant) -> SystemTime {
    let seconds = u64::try_from(date.seconds().clamp(0, LAST_SECOND)).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Made from the Message-ID, so that equal replies are equal bytes. `=_` cannot occur in quoted-printable text.
fn boundary(message_id: &str) -> String {
    let digest = Digest::of(message_id.as_bytes());
    format!("=_{}", digest.as_str().get(..32).unwrap_or_default())
}

/// Quoted-printable always: it survives every relay, and lines stay short whatever the text holds.
fn part(content_type: ContentType, content: &str) -> Result<SinglePart, ComposeError> {
    let lines = content.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
    let body = Body::new_with_encoding(lines, ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| ComposeError::Format("its text cannot be encoded".to_owned()))?;
    Ok(SinglePart::builder().header(content_type).body(body))
}

/// Whether a Message-ID can be written in a header as it stands: `<left@right>`, printable ASCII (RFC 5322 §3.6.4).
fn is_message_id(id: &str) -> bool {
    let Some(inner) = id.strip_prefix('<').and_then(|id| id.strip_suffix('>')) else { return false };
    let is_printable = inner.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'));
    is_printable
        && id.len() < LONGEST_REFERENCES
        && inner.split_once('@').is_some_and(|(l, r)| !l.is_empty() && !r.is_empty())
}

/// Demands what the mail server will: CRLF line ends, lines of at most 998 bytes (RFC 5321 §4.5.3.1.6), ASCII; and
/// ends the mail with one line end.
fn fit_for_smtp(mut mail: Vec<u8>) -> Result<Vec<u8>, ComposeError> {
    while mail.ends_with(b"\r\n") {
        mail.truncate(mail.len() - 2);
    }
    mail.extend_from_slice(b"\r\n");
    let lines = mail.split_inclusive(|&byte| byte == b'\n');
    let is_fit = |line: &[u8]| {
        line.strip_suffix(b"\r\n").is_some_and(|line| {
            line.len() <= 998 && line.iter().all(|byte| byte.is_ascii() && !matches!(byte, b'\r' | b'\0'))
        })
    };
    for (nth, line) in lines.enumerate() {
        if !is_fit(line) {
            return Err(ComposeError::Format(format!("line {} is not fit for mail", nth + 1)));
        }
    }
    Ok(mail)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        domain::{
            ids::{CaseId, ReplyId},
            mention::Place,
        },
        mail::{head::Head, message::Message as Read},
    };

    fn key() -> ThreadKey {
        ThreadKey::new(b"a secret of the tests")
    }

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    fn mail(name: &str, subject: &str, ids: &[String], body: &str) -> Result<Vec<u8>, ComposeError> {
        compose(&Envelope {
            from_name: name,
            from: &address("coding@service.test"),
            to: &address("pat@clinic.test"),
            subject,
            message_id: &key().header_id(ReplyId::new(Uuid::from_u128(7)), "service.test"),
            in_reply_to: ids.last().map(String::as_str),
            references: ids,
            date: Instant::from_micros(1_793_700_000_000_000),
            body,
        })
    }

    #[test]
    fn a_reply_is_read_back_as_it_was_meant() {
        let tag = CaseTag::of(CaseId::new(Uuid::from_u128(7)));
        let ids = references(Some("<q2@clinic.test>"), &["<q1@clinic.test>".to_owned()]);
        let raw = mail(
            "Coding, \"Desk\" é\r\nBcc: x@y.test",
            &reply_subject(&tag, &key()),
            &ids,
            "**Yes**: 99213-25 – fine.",
        )
        .unwrap();
        let shown = String::from_utf8(raw.clone()).unwrap();
        assert!(
            shown.contains("In-Reply-To: <q2@clinic.test>\r\nReferences: <q1@clinic.test> <q2@clinic.test>\r\n"),
            "{shown}"
        );
        assert!(
            shown.contains("Date: Tue, 03 Nov 2026 10:00:00 +0000\r\n") && shown.contains("Auto-Submitted: no\r\n"),
            "{shown}"
        );
        assert!(shown.contains("multipart/alternative") && !shown.contains("\r\nBcc:"), "{shown}");

        let head = Head::read(&raw, &key(), &[]);
        assert_eq!(head.sender.unwrap().as_str(), "coding@service.test");
        assert_eq!(head.sender_name, "Coding, \"Desk\" é Bcc: x@y.test");
        assert_eq!(head.tagged, Some(tag));
        assert_eq!(head.header_id.and_then(|id| key().reply_of(&id)), Some(ReplyId::new(Uuid::from_u128(7))));
        let read = Read::read(&raw).unwrap();
        assert_eq!((read.references, read.notes), (ids, vec![]));
        let new = read.text.parts.iter().find(|part| part.place == Place::New).unwrap();
        assert_eq!(new.span.of(&read.text.text), "Yes: 99213-25 – fine.");
    }

    #[test]
    fn equal_input_gives_equal_bytes_that_end_in_one_line_end() {
        let raw = mail("Desk", "s", &[], "x\n\n.\n\nFrom here\n").unwrap();
        assert_eq!(raw, mail("Desk", "s", &[], "x\n\n.\n\nFrom here\n").unwrap());
        assert!(raw.ends_with(b"--\r\n") && !raw.ends_with(b"\r\n\r\n"));
    }

    #[test]
    fn what_cannot_be_a_mail_is_refused_in_words() {
        assert_eq!(mail("Desk", "s", &[], " \n"), Err(ComposeError::Empty));
        let envelope = Envelope {
            from_name: "",
            from: &address("coding@service.test"),
            to: &address("pat@clinic.test"),
            subject: "s",
            message_id: "<a b@c>",
            in_reply_to: None,
            references: &[],
            date: Instant::from_micros(i64::MAX),
            body: "x",
        };
        assert_eq!(compose(&envelope), Err(ComposeError::MessageId));
    }

    #[test]
    fn a_long_thread_keeps_its_ends_and_its_middle_goes() {
        let earlier: Vec<String> = (0..50).map(|n| format!("<mail{n}@clinic.test>")).collect();
        let ids = references(Some("<answered@clinic.test>"), &earlier);
        assert_eq!(
            (ids.len(), ids[0].as_str(), ids[19].as_str()),
            (20, "<mail0@clinic.test>", "<answered@clinic.test>")
        );
        assert_eq!(ids[18], "<mail49@clinic.test>");
        let long: Vec<String> = (0..9).map(|n| format!("<{n}{}@x.test>", "y".repeat(300))).collect();
        let ids = references(Some("<answered@clinic.test>"), &long);
        assert_eq!((ids.len(), ids.last().unwrap().as_str()), (3, "<answered@clinic.test>"));
        let odd = ["<a@b>", "<no at>", "x@y", "<a@b>\r\nBcc: z@z", "<é@x>", "<a@b>"].map(str::to_owned);
        assert_eq!(references(None, &odd), ["<a@b>"]);
        let raw = mail("Desk", "s", &references(Some("<answered@clinic.test>"), &long), "x").unwrap();
        assert_eq!(Read::read(&raw).unwrap().references.len(), 3);
    }

    proptest! {
        #[test]
        fn any_reply_is_fit_for_smtp(
            name in "\\PC{0,40}|[\r\n\0 -~]{0,40}",
            subject in "\\PC{0,200}|[\r\n\0 -~]{0,300}",
            ids in proptest::collection::vec("<[ -~é\r\n]{0,90}@x>|<[a-z]{1,700}@x>", 0..8),
            body in "([#>|*`_ -]{0,4}[\\PC\t]{0,90}[\r\n]{0,2}){0,12}",
        ) {
            match mail(&name, &subject, &ids, &body) {
                Ok(raw) => {
                    prop_assert!(raw.split(|&byte| byte == b'\n').all(|line| line.len() <= 999));
                    let pairs = raw.windows(2).filter(|pair| pair == b"\r\n").count();
                    prop_assert_eq!(pairs, raw.iter().filter(|&&byte| byte == b'\n').count());
                    let head = Head::read(&raw, &key(), &[]);
                    let reply = head.header_id.and_then(|id| key().reply_of(&id));
                    prop_assert_eq!(reply, Some(ReplyId::new(Uuid::from_u128(7))));
                }
                Err(error) => prop_assert_eq!(error, ComposeError::Empty),
            }
        }
    }
}

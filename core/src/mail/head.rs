//! What the header of a mail says: all that intake needs to file it.
//!
//! Every mail passes here once, thousands a second, so only the header is read; the body is hashed as it passes by
//! and never unpacked, but for the beginning of a delivery report (`returned`). It takes any bytes. It finds the
//! sender, the thread, the content's digest (`content`) and the verdict on who wrote; it does not read the text
//! (`message` does) and decides no case (the store does).

use super::{
    content::{Body, ContentHash},
    fields::{Fields, end_of_header, header_text},
    guard::{MOST_NESTED, Nesting},
    returned::{Report, Returned},
    token::ThreadKey,
    verdict::judge,
};
use crate::domain::{
    address::EmailAddress,
    case::{HoldReason, IgnoredKind},
    ids::ReplyId,
    instant::Instant,
    tag::CaseTag,
};

pub use super::verdict::Verdict;

/// A header longer than this is cut: the rest counts as body. Real ones stay below 64 KiB.
const LONGEST_HEADER: usize = 256 << 10;
/// RFC 5322 §2.1.1, as a bound on what is kept of a field.
const LONGEST_LINE: usize = 998;
/// More references than any client keeps; a longer list is an attack on whoever verifies it.
const MOST_REFERENCES: usize = 100;

/// The header, as far as it matters.
#[derive(Clone, Debug)]
pub struct Head {
    /// The last Message-ID, with brackets, at most 998 characters, no blanks or control characters.
    pub header_id: Option<String>,
    /// Our replies whose signed Message-IDs stand in In-Reply-To or References, newest first.
    pub answers: Vec<ReplyId>,
    /// Our reply that this bounce returns.
    pub returned: Option<Returned>,
    /// The case whose signed tag stands in the subject.
    pub tagged: Option<CaseTag>,
    /// Of what the sender wrote. Two mails with one Message-ID are copies when this is equal, too.
    pub content_hash: ContentHash,
    /// Who wrote: From, not Reply-To. None when absent or unusable.
    pub sender: Option<EmailAddress>,
    /// The display name, one line, at most 998 characters; private.
    pub sender_name: String,
    /// Decoded, one line, at most 998 characters; private.
    pub subject: String,
    /// The Date field.
    pub sent_at: Option<Instant>,
    /// What to do with it.
    pub verdict: Verdict,
}

impl Head {
    /// Reads a mail that is in memory, whole or only its first part. Total: any bytes have a head.
    #[must_use]
    pub fn read(raw: &[u8], key: &ThreadKey, own: &[EmailAddress]) -> Self {
        let mut reading = Reading::default();
        reading.add(raw);
        reading.finish(key, own)
    }
}

/// The reading of a mail that comes in pieces, so that a large one is never whole in memory.
#[derive(Clone, Default)]
pub struct Reading {
    header: Vec<u8>,
    /// How many bytes of `header` are known to hold no empty line.
    searched: usize,
    in_body: bool,
    body: Body,
    nesting: Nesting,
    report: Report,
}

impl Reading {
    /// Takes the next piece in.
    pub fn add(&mut self, piece: &[u8]) {
        let mut rest = piece;
        while !self.in_body && !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(16 << 10));
            self.add_to_header(now);
            rest = later;
        }
        if !rest.is_empty() {
            self.add_to_body(rest);
        }
    }

    fn add_to_header(&mut self, piece: &[u8]) {
        self.header.extend_from_slice(piece);
        let tail = self.header.get(self.searched..).unwrap_or_default();
        let (ends, begins) = match end_of_header(tail) {
            Some((ends, begins)) => (self.searched + ends, self.searched + begins),
            None if self.header.len() > LONGEST_HEADER => (LONGEST_HEADER, LONGEST_HEADER),
            None => {
                // Only whole lines have been searched: the last one may still turn out to be empty.
                self.searched += tail.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
                return;
            }
        };
        let body = self.header.split_off(begins);
        self.header.truncate(ends);
        self.in_body = true;
        self.report = Report::of(&self.header);
        self.add_to_body(&body);
    }

    fn add_to_body(&mut self, piece: &[u8]) {
        self.report.add(piece);
        self.nesting.add(piece);
        self.body.add(piece);
    }

    /// What the header says.
    #[must_use]
    pub fn finish(self, key: &ThreadKey, own: &[EmailAddress]) -> Head {
        let text = header_text(&self.header);
        let fields = Fields::read(&text);
        let (sender_name, address) = fields.mailbox("From").unwrap_or_default();
        let sender = EmailAddress::parse(&address).ok();
        let header_id = header_id(&fields);
        let subject = shortened(fields.text("Subject").unwrap_or_default());
        let signed_by_us = header_id.as_deref().is_some_and(|id| key.reply_of(id).is_some());
        let verdict = if fields.is_empty() {
            unreadable(if text.trim().is_empty() { "it is empty" } else { "it has no header" })
        } else if self.nesting.is_too_deep() {
            unreadable(&format!("more than {MOST_NESTED} mails are packed into it"))
        } else {
            judge(&fields, sender.as_ref(), signed_by_us, own)
        };
        let is_bounce = matches!(verdict, Verdict::Ignored { kind: IgnoredKind::Bounce, .. });
        Head {
            header_id,
            answers: answers(&fields, key),
            returned: if is_bounce { self.report.returned(&fields, key) } else { None },
            tagged: key.tag_of(&subject),
            content_hash: self.body.under(&fields),
            sender,
            sender_name: shortened(sender_name),
            subject,
            sent_at: fields.date("Date"),
            verdict,
        }
    }
}

fn unreadable(what: &str) -> Verdict {
    Verdict::Held(HoldReason::Unreadable { what: what.to_owned() })
}

/// The last Message-ID: where there are two, the later one is the one that clients answer to. One without brackets
/// gets them, since an answer will carry it so.
fn header_id(fields: &Fields<'_>) -> Option<String> {
    if let Some(id) = fields.message_ids("Message-ID").pop() {
        return Some(id);
    }
    let bare: String = fields.value("Message-ID")?.chars().filter(|c| !matches!(c, ' ' | '<' | '>')).collect();
    (!bare.is_empty() && bare.len() <= LONGEST_LINE - 2).then(|| format!("<{bare}>"))
}

/// Our replies that this mail answers. In-Reply-To names the newest; References are oldest first (RFC 5322 §3.6.4).
fn answers(fields: &Fields<'_>, key: &ThreadKey) -> Vec<ReplyId> {
    let references = fields.message_ids("References");
    let ids = fields.message_ids("In-Reply-To").into_iter().chain(references.into_iter().rev());
    let mut answers = Vec::new();
    for reply in ids.take(MOST_REFERENCES).filter_map(|id| key.reply_of(&id)) {
        if !answers.contains(&reply) {
            answers.push(reply);
        }
    }
    answers
}

fn shortened(text: String) -> String {
    if text.len() <= LONGEST_LINE { text } else { text.chars().take(LONGEST_LINE).collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::ids::CaseId;

    fn key() -> ThreadKey {
        ThreadKey::new(b"a secret of the tests")
    }

    fn head(raw: impl AsRef<[u8]>) -> Head {
        Head::read(raw.as_ref(), &key(), &[EmailAddress::parse("coding@service.test").unwrap()])
    }

    fn reply(number: u128) -> ReplyId {
        ReplyId::new(Uuid::from_u128(number))
    }

    const QUESTION: &str = "Received: from a by b\r\nFrom: \"Pat, R.\" <Pat@clinic.test>\r\nTo: coding@service.test\r\n\
        Date: Tue, 3 Nov 2026 10:00:00 +0000\r\nSubject: 20610\r\n with 99213?\r\nMessage-ID: <q1@clinic.test>\r\n\r\n\
        Can I bill both?\r\n";

    #[test]
    fn a_plain_question_is_read() {
        let head = head(QUESTION);
        assert_eq!(head.verdict, Verdict::Question);
        assert_eq!(head.sender.unwrap().as_str(), "pat@clinic.test");
        assert_eq!(head.sender_name, "Pat, R.");
        assert_eq!(head.subject, "20610 with 99213?");
        assert_eq!(head.header_id.as_deref(), Some("<q1@clinic.test>"));
        assert_eq!(head.sent_at.unwrap().to_string(), "2026-11-03 10:00:00 UTC");
        assert!(head.answers.is_empty() && head.tagged.is_none());
    }

    #[test]
    fn the_thread_is_found_by_reference_and_by_tag() {
        let tag = CaseTag::of(CaseId::new(Uuid::from_u128(7)));
        let [one, two, three] = [1, 2, 3].map(|n| key().header_id(reply(n), "service.test"));
        let head = head(format!(
            "From: pat@clinic.test\r\nSubject: AW: x {}\r\nIn-Reply-To: {three}\r\n\
             References: <q1@clinic.test> {one}\r\n {two} \
             <cc.00000000000000000000000000000009.000000000000000000000000@service.test> {three}\r\n\r\n",
            key().subject_tag(&tag)
        ));
        assert_eq!(head.answers, [reply(3), reply(2), reply(1)]);
        assert_eq!(head.tagged, Some(tag));
    }

    #[test]
    fn a_copy_that_took_another_way_has_the_same_content() {
        let hash = head(QUESTION).content_hash;
        let relayed =
            QUESTION.replace("Received: from a by b", "Received: from c by d\r\nX-Spam: no\r\nDKIM-Signature: x");
        for same in [relayed, QUESTION.replace("\r\n", "\n"), QUESTION.replace("20610\r\n with", "20610 with")] {
            assert_eq!(head(same).content_hash, hash);
        }
        for other in [
            QUESTION.replace("both?", "all?"),
            QUESTION.replace("20610", "20611"),
            QUESTION.replace("Pat@", "Kim@"),
            QUESTION.replace(" 3 Nov", " 4 Nov"),
        ] {
            assert_ne!(head(other).content_hash, hash);
        }
    }

    #[test]
    fn pieces_make_the_same_head_as_the_whole() {
        let whole = head(QUESTION);
        for size in 1..40 {
            let mut reading = Reading::default();
            QUESTION.as_bytes().chunks(size).for_each(|piece| reading.add(piece));
            let pieced = reading.finish(&key(), &[]);
            assert_eq!(
                (pieced.content_hash, pieced.subject),
                (whole.content_hash.clone(), whole.subject.clone()),
                "{size}"
            );
        }
    }

    #[test]
    fn what_is_no_mail_is_held() {
        let nested = "From: a@b.test\r\n\r\n".to_owned() + &"Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
        for (raw, words) in [
            ("", "empty"),
            ("\r\n\r\n", "empty"),
            ("no header here\nat all\n", "no header"),
            ("\nSubject: in the body\n", "empty"),
            (nested.as_str(), "more than 200 mails"),
        ] {
            let Verdict::Held(reason) = head(raw).verdict else { panic!("not held: {words}") };
            assert!(reason.to_string().contains(words), "{reason}");
        }
    }

    #[test]
    fn odd_headers_are_read_as_far_as_they_go() {
        let without_id = head("From: a@b.test\r\n\r\n");
        assert_eq!((without_id.header_id, without_id.verdict), (None, Verdict::Question));
        assert_eq!(head("Message-ID: <1@x>\r\nMessage-ID: <2@x>\r\n\r\n").header_id.as_deref(), Some("<2@x>"));
        assert_eq!(head("Message-ID: 3@x\r\n\r\n").header_id.as_deref(), Some("<3@x>"));
        assert_eq!(head(b"Subject: a\0b\xE9\r\n\r\n").subject, "abé");
        let no_body = head("From: a@b.test\r\nSubject: x");
        assert_eq!((no_body.subject.as_str(), no_body.verdict), ("x", Verdict::Question));
        assert_eq!(head("From: undisclosed\r\n\r\n").sender, None);
        assert_eq!(head(format!("Subject: {}\r\n\r\n", "x".repeat(5_000))).subject.len(), 998);
        assert_eq!(head(format!("X: {}\r\n\r\n", "x".repeat(1 << 20))).verdict, Verdict::Question);
    }

    #[test]
    fn our_own_mail_is_not_answered() {
        let id = key().header_id(reply(5), "service.test");
        for raw in
            ["From: coding@service.test\r\n\r\n".to_owned(), format!("From: x@y.test\r\nMessage-ID: {id}\r\n\r\n")]
        {
            assert!(matches!(head(&raw).verdict, Verdict::Ignored { kind: IgnoredKind::Own, .. }), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_head(raw in proptest::collection::vec(any::<u8>(), 0..600), cut in 1_usize..50) {
            let whole = head(&raw);
            let mut reading = Reading::default();
            raw.chunks(cut).for_each(|piece| reading.add(piece));
            prop_assert_eq!(reading.finish(&key(), &[]).content_hash, whole.content_hash);
        }

        #[test]
        fn any_header_text_has_a_head(
            raw in "((From|Date|Subject|Message-ID|References|Content-Type)?:?[ -~\\PC\r\n\t]{0,60}\r?\n){0,12}",
        ) {
            let head = head(&raw);
            prop_assert!(!head.subject.contains(|c: char| c.is_control()) && head.subject.chars().count() <= 998);
            prop_assert!(head.header_id.is_none_or(|id| id.len() <= 998 && !id.contains(|c: char| c.is_whitespace())));
        }
    }
}

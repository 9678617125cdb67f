//! The signed names of our replies, by which an answer finds its case.
//!
//! A reply carries two of them: its Message-ID, which the asker's client repeats in `In-Reply-To` and
//! `References`, and a tag in the subject for clients that repeat nothing. Both end in a truncated HMAC-SHA256
//! (RFC 2104) under the installation's secret, so that knowing a case's tag is not enough to write into it.
//! A token proves that we made it, never who sends it back: the store also asks for a participant of the case.
//!
//! `Head::read` looks for them in what arrives; `compose` and the approval put them into what leaves.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::domain::{
    ids::ReplyId,
    tag::{CaseTag, crockford, read_crockford},
};

/// What a MAC is for: one made for a subject must not pass in a Message-ID.
const REPLY_LABEL: &[u8] = b"caseconsult/reply-message-id/1\0";
const TAG_LABEL: &[u8] = b"caseconsult/subject-tag/1\0";

/// Hexadecimal digits of the Message-ID's MAC: 96 bits.
const REPLY_MAC: usize = 24;
/// Characters of the subject tag's MAC: 25 bits, because people read it. A guess has one chance in 33 million, each
/// costs a mail, and the sender must be a participant besides.
const TAG_MAC: usize = 5;

/// The secret that signs both.
#[derive(Clone)]
pub struct ThreadKey(Hmac<Sha256>);

impl ThreadKey {
    /// From the configured secret, of any length; the caller demands at least 16 bytes.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        // Hashed first, so that the key has one block's length whatever the secret's, and nothing can fail.
        let mut block = [0; 64];
        for (to, from) in block.iter_mut().zip(Sha256::digest(secret)) {
            *to = from;
        }
        Self(Hmac::new(&block.into()))
    }

    /// The Message-ID of a reply, with its brackets: `<cc.{id, 32 hex digits}.{mac, 24 hex digits}@domain>`.
    #[must_use]
    pub fn header_id(&self, reply: ReplyId, domain: &str) -> String {
        format!("<cc.{}.{}@{domain}>", reply.uuid().simple(), self.reply_mac(reply))
    }

    /// The reply that a Message-ID names, when the signature holds. The domain is not looked at: it may have been
    /// changed in the configuration since the reply left.
    #[must_use]
    pub fn reply_of(&self, header_id: &str) -> Option<ReplyId> {
        let local = header_id.trim().strip_prefix('<')?.split_once('@')?.0;
        let (id, mac) = local.strip_prefix("cc.")?.split_once('.')?;
        if id.len() != 32 {
            return None;
        }
        let reply = ReplyId::new(Uuid::try_parse(id).ok()?);
        same(mac, &self.reply_mac(reply)).then_some(reply)
    }

    /// The tag as it stands in subjects: `[CC-7F3K2QAB-9KQ2M]`.
    #[must_use]
    pub fn subject_tag(&self, tag: &CaseTag) -> String {
        format!("[{tag}-{}]", self.tag_mac(tag))
    }

    /// The case named by the first tag in a subject whose signature holds, wherever it stands, in any case of letters.
    #[must_use]
    pub fn tag_of(&self, subject: &str) -> Option<CaseTag> {
        let upper = subject.to_ascii_uppercase();
        upper.match_indices("CC-").find_map(|(at, found)| {
            let mut rest = upper.get(at + found.len()..)?.chars();
            let tag: String = rest.by_ref().take(8).collect();
            let tag = CaseTag::read(&tag)?;
            if rest.next() != Some('-') {
                return None;
            }
            let mac: String = rest.take(TAG_MAC).map(read_crockford).collect::<Option<_>>()?;
            same(&mac, &self.tag_mac(&tag)).then_some(tag)
        })
    }

    fn reply_mac(&self, reply: ReplyId) -> String {
        let mut hex = String::with_capacity(REPLY_MAC);
        for byte in self.mac(REPLY_LABEL, reply.uuid().as_bytes()).to_be_bytes() {
            for digit in [byte >> 4, byte & 15] {
                hex.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
            }
        }
        hex.truncate(REPLY_MAC);
        hex
    }

    fn tag_mac(&self, tag: &CaseTag) -> String {
        let mac = self.mac(TAG_LABEL, tag.as_str().as_bytes());
        (0..TAG_MAC).map(|place| crockford(mac >> (123 - 5 * place))).collect()
    }

    /// The first 128 bits of the HMAC over `label` and `text`.
    fn mac(&self, label: &[u8], text: &[u8]) -> u128 {
        let mac = self.0.clone().chain_update(label).chain_update(text).finalize().into_bytes();
        mac.iter().take(16).fold(0, |all, &byte| (all << 8) | u128::from(byte))
    }
}

impl fmt::Debug for ThreadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ThreadKey(…)")
    }
}

/// Compares in constant time: how far a forged MAC was right must not show in the answer's delay.
fn same(given: &str, right: &str) -> bool {
    given.as_bytes().ct_eq(right.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::CaseId;

    fn reply() -> ReplyId {
        ReplyId::new(Uuid::from_u128(0x0192_0000_0000_7000_8000_0012_3456_789A))
    }

    fn tag() -> CaseTag {
        CaseTag::of(CaseId::new(reply().uuid()))
    }

    #[test]
    fn a_reply_is_found_by_its_own_message_id_only() {
        let key = ThreadKey::new(b"sixteen bytes of");
        let id = key.header_id(reply(), "example.test");
        assert_eq!(id.len(), "<cc..@example.test>".len() + 32 + 24);
        assert_eq!(key.reply_of(&id), Some(reply()));
        assert_eq!(key.reply_of(&id.replace("example.test", "relay.test")), Some(reply()));
        for (place, _) in id.match_indices(|c: char| c.is_ascii_hexdigit()) {
            if place < 60 && place > 3 {
                let mut forged = id.clone();
                let other = if &id[place..=place] == "0" { "1" } else { "0" };
                forged.replace_range(place..=place, other);
                assert_eq!(key.reply_of(&forged), None, "{forged}");
            }
        }
        assert_eq!(ThreadKey::new(b"another secret!!").reply_of(&id), None);
        assert_eq!(key.reply_of("<cc.0192.00@x>"), None);
        assert_eq!(key.reply_of(""), None);
    }

    #[test]
    fn a_tag_is_found_anywhere_in_a_subject_and_however_it_was_typed() {
        let key = ThreadKey::new(b"sixteen bytes of");
        let signed = key.subject_tag(&tag());
        assert_eq!(signed.len(), "[CC-7F3K2QAB-9KQ2M]".len());
        let bare = signed.trim_matches(['[', ']']).to_lowercase().replace('0', "o");
        for subject in [format!("Re: AW: your question {signed} é"), format!("CC-00000000 CC-x {bare}")] {
            assert_eq!(key.tag_of(&subject), Some(tag()), "{subject}");
        }
    }

    #[test]
    fn a_tag_without_its_signature_names_no_case() {
        let key = ThreadKey::new(b"sixteen bytes of");
        let signed = key.subject_tag(&tag());
        let other = ThreadKey::new(b"another secret!!").subject_tag(&tag());
        for subject in [tag().to_string(), signed[..signed.len() - 2].to_owned(), other, "cc-ééééé-é".to_owned()]
        {
            assert_eq!(key.tag_of(&subject), None, "{subject}");
        }
    }

    #[test]
    fn the_signatures_never_change_because_sent_mails_carry_them() {
        let key = ThreadKey::new(b"sixteen bytes of");
        assert_eq!(
            key.header_id(reply(), "a.test"),
            "<cc.0192000000007000800000123456789a.01fbf349ff36bdee35a8877e@a.test>"
        );
        assert_eq!(key.subject_tag(&tag()), "[CC-28T5CY4T-7QQB2]");
    }
}

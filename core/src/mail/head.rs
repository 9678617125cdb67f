//! What the headers of a mail say: all that intake needs. STUB: `read` is to be written.
use crate::domain::{
    address::EmailAddress,
    case::{HoldReason, IgnoredKind},
    digest::Digest,
    ids::ReplyId,
    instant::Instant,
    tag::CaseTag,
};

/// What kind of mail it is, before anybody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A person may be asking: a case.
    Question,
    /// A machine wrote it, or it went to many: parked with the rule that fired.
    Ignored {
        /// .
        kind: IgnoredKind,
        /// the header that decided, without addresses
        rule: String,
    },
    /// It cannot be read: parked, raw bytes kept.
    Held(HoldReason),
}
/// The headers, as far as they matter.
#[derive(Clone, Debug)]
pub struct Head {
    /// The (last) Message-ID as written, with brackets, at most 998 characters, no control characters.
    pub header_id: Option<String>,
    /// Our replies whose signed Message-IDs stand in In-Reply-To or References, newest first.
    pub answers: Vec<ReplyId>,
    /// The case whose signed tag stands in the subject.
    pub tagged: Option<CaseTag>,
    /// SHA-256 of what makes this mail: From, Date, Subject and body, without what relays add.
    pub content_hash: Digest,
    /// Who wrote: From (not Reply-To). None when absent or unusable.
    pub sender: Option<EmailAddress>,
    /// The display name; private.
    pub sender_name: String,
    /// Decoded, one line, at most 998 characters; private.
    pub subject: String,
    /// The Date header.
    pub sent_at: Option<Instant>,
    /// What to do with it.
    pub verdict: Verdict,
}

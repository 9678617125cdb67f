//! Signed names of our replies. STUB: to be written.
use crate::domain::{ids::ReplyId, tag::CaseTag};
/// The secret that signs them.
pub struct ThreadKey(#[expect(dead_code, reason = "stub")] Vec<u8>);
impl ThreadKey {
    /// From the configured secret (at least 16 bytes; the caller checks).
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        Self(secret.to_vec())
    }
    /// `<cc.{reply}.{mac}@domain>`.
    #[must_use]
    pub fn header_id(&self, _reply: ReplyId, _domain: &str) -> String {
        unimplemented!()
    }
    /// The reply that a Message-ID names, when the signature holds.
    #[must_use]
    pub fn reply_of(&self, _header_id: &str) -> Option<ReplyId> {
        unimplemented!()
    }
    /// `[CC-7F3K2QAB-9KQ2M]`, for subjects.
    #[must_use]
    pub fn subject_tag(&self, _tag: &CaseTag) -> String {
        unimplemented!()
    }
    /// The case that a subject's signed tag names.
    #[must_use]
    pub fn tag_of(&self, _subject: &str) -> Option<CaseTag> {
        unimplemented!()
    }
}

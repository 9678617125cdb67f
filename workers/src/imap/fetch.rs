//! Sizes first, then bodies; a large body in parts. Never BODYSTRUCTURE, ENVELOPE or INTERNALDATE: they are where
//! IMAP parsers fail. BODY.PEEK leaves `\Seen` alone.

use std::collections::BTreeMap;

use async_imap::imap_proto::{AttributeValue, Response};

use super::{ImapError, Session, name::uid_set};

impl Session {
    /// How large the server says these mails are, in bytes. One that is gone has no entry.
    ///
    /// # Errors
    /// When the answer did not come whole.
    pub async fn sizes(&mut self, uids: &[u32]) -> Result<BTreeMap<u32, u64>, ImapError> {
        let mut sizes = BTreeMap::new();
        let line = format!("UID FETCH {} (UID RFC822.SIZE)", uid_set(uids));
        self.exec("FETCH of sizes", &line, |response| {
            let mut size = None;
            if let Some((uid, attributes)) = item(response) {
                for attribute in attributes {
                    if let AttributeValue::Rfc822Size(bytes) = attribute {
                        size = Some(u64::from(*bytes));
                    }
                }
                if let Some(size) = size {
                    sizes.insert(uid, size);
                }
            }
        })
        .await?;
        Ok(sizes)
    }

    /// The mails with these UIDs, added to `bodies` as they come. One that is gone, or whose body is NIL, is not
    /// there afterwards.
    ///
    /// # Errors
    /// What stands in `bodies` is whole even then; nothing can be said of the others.
    pub async fn bodies(&mut self, uids: &[u32], bodies: &mut BTreeMap<u32, Vec<u8>>) -> Result<(), ImapError> {
        let line = format!("UID FETCH {} (UID BODY.PEEK[])", uid_set(uids));
        self.exec("FETCH", &line, |response| {
            if let Some((uid, attributes)) = item(response)
                && let Some(body) = body(attributes, 0)
                && uids.binary_search(&uid).is_ok()
            {
                bodies.insert(uid, body.to_vec());
            }
        })
        .await
    }

    /// `length` bytes of one mail from `offset` on; fewer at its end. None when it is gone.
    ///
    /// # Errors
    /// When the answer did not come whole.
    pub async fn part(&mut self, uid: u32, offset: u32, length: u32) -> Result<Option<Vec<u8>>, ImapError> {
        let mut part = None;
        let line = format!("UID FETCH {uid} (UID BODY.PEEK[]<{offset}.{length}>)");
        self.exec("FETCH of a part", &line, |response| {
            if let Some((theirs, attributes)) = item(response)
                && theirs == uid
                && let Some(body) = body(attributes, offset)
            {
                part = Some(body.to_vec());
            }
        })
        .await?;
        Ok(part)
    }
}

/// A FETCH answer that names its UID; unsolicited changes of flags do not.
fn item<'r>(response: &'r Response<'_>) -> Option<(u32, &'r [AttributeValue<'r>])> {
    let Response::Fetch(_, attributes) = response else { return None };
    let uid = attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::Uid(uid) => Some(*uid),
        _ => None,
    })?;
    Some((uid, attributes))
}

/// The body in it, when it begins at `offset`.
fn body<'r>(attributes: &'r [AttributeValue<'r>], offset: u32) -> Option<&'r [u8]> {
    attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::BodySection { section: None, index, data: Some(data) } if index.unwrap_or(0) == offset => {
            Some(data.as_ref())
        }
        _ => None,
    })
}

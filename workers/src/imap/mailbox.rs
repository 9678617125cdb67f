//! A mailbox as a whole: opening it, listing its UIDs, noticing changes, and finding the one for sent mails.

use std::collections::BTreeSet;

use async_imap::imap_proto::{MailboxDatum, NameAttribute, Response, ResponseCode, Status};

pub use super::name::MailboxName;
use super::{ImapError, Session};

/// What SELECT said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selected {
    /// UIDVALIDITY (RFC 9051 §2.3.1.1): UIDs mean something only together with it.
    pub uid_validity: u32,
    /// How many mails it holds.
    pub exists: u32,
    /// Whether marks and moves will be refused.
    pub read_only: bool,
}

impl Session {
    /// Opens a mailbox.
    ///
    /// # Errors
    /// [`ImapError::Incomplete`] when the server does not tell UIDVALIDITY: without it nothing can be taken safely.
    pub async fn select(&mut self, name: &MailboxName) -> Result<Selected, ImapError> {
        let (mut uid_validity, mut exists, mut read_only) = (None, 0, false);
        self.exec("SELECT", &format!("SELECT {}", name.quoted()), |response| match response {
            Response::Data { status: Status::Ok, outcome } => {
                if let Some(ResponseCode::UidValidity(value)) = outcome.code {
                    uid_validity = Some(value);
                }
            }
            Response::MailboxData(MailboxDatum::Exists(count)) => exists = *count,
            Response::Done { outcome, .. } => read_only = matches!(outcome.code, Some(ResponseCode::ReadOnly)),
            _ => {}
        })
        .await?;
        let uid_validity = uid_validity.ok_or(ImapError::Incomplete { command: "SELECT", missing: "UIDVALIDITY" })?;
        Ok(Selected { uid_validity, exists, read_only })
    }

    /// The UIDs of the selected mailbox from `first` on. (`n:*` alone would always name the last mail, too.)
    ///
    /// # Errors
    /// Anything but a complete list: a part of it is never returned.
    pub async fn uids_from(&mut self, first: u32) -> Result<BTreeSet<u32>, ImapError> {
        let mut uids = self.search(&format!("UID {first}:*")).await?;
        uids.retain(|uid| *uid >= first);
        Ok(uids)
    }

    /// UID SEARCH with these keys, which hold nothing but ASCII without line ends.
    pub(super) async fn search(&mut self, keys: &str) -> Result<BTreeSet<u32>, ImapError> {
        let mut uids = BTreeSet::new();
        self.exec("SEARCH", &format!("UID SEARCH {keys}"), |response| {
            if let Response::MailboxData(MailboxDatum::Search(found)) = response {
                uids.extend(found.iter().copied().filter(|uid| *uid > 0));
            }
        })
        .await?;
        Ok(uids)
    }

    /// NOOP: proof that the server is alive, and its chance to tell of changes. True when mails came or went.
    ///
    /// # Errors
    /// When it is not alive.
    pub async fn noop(&mut self) -> Result<bool, ImapError> {
        let mut changed = false;
        self.exec("NOOP", "NOOP", |response| changed |= is_change(response)).await?;
        Ok(changed)
    }

    /// Makes a mailbox.
    ///
    /// # Errors
    /// When the server refuses, also because it exists.
    pub async fn create(&mut self, name: &MailboxName) -> Result<(), ImapError> {
        self.exec("CREATE", &format!("CREATE {}", name.quoted()), |_| {}).await
    }

    /// The mailbox that the server names as the one for sent mails (`\Sent`, RFC 6154).
    ///
    /// # Errors
    /// When the list did not come whole.
    pub async fn sent_mailbox(&mut self) -> Result<Option<MailboxName>, ImapError> {
        let mut found = None;
        self.exec("LIST", "LIST \"\" \"*\"", |response| {
            if let Response::MailboxData(MailboxDatum::List(entry)) = response
                && entry.name_attributes.contains(&NameAttribute::Sent)
            {
                found = MailboxName::listed(&entry.name);
            }
        })
        .await?;
        Ok(found)
    }
}

/// Whether a mail came or went.
pub(super) const fn is_change(response: &Response<'_>) -> bool {
    matches!(
        response,
        Response::MailboxData(MailboxDatum::Exists(_)) | Response::Expunge(_) | Response::Vanished { .. }
    )
}

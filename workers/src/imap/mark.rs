//! Flags and moves. They tell people who look into the mailbox what was taken; nothing depends on them.

use super::{ImapError, Session, mailbox::MailboxName, name::uid_set};

impl Session {
    /// Marks mails as `\Seen`.
    ///
    /// # Errors
    /// When the server refuses or is lost; to be done again later.
    pub async fn mark_seen(&mut self, uids: &[u32]) -> Result<(), ImapError> {
        self.exec("STORE", &format!("UID STORE {} +FLAGS.SILENT (\\Seen)", uid_set(uids)), |_| {}).await
    }

    /// Moves mails to another mailbox, which is made when it does not exist. Where the server has no MOVE
    /// (RFC 6851) they are copied, marked `\Deleted`, and expunged by UID (RFC 4315); without that either, they
    /// stay marked, since a plain EXPUNGE would also remove what somebody else marked.
    ///
    /// # Errors
    /// When the server refuses or is lost; to be done again later. UIDs that are gone are no error.
    pub async fn move_to(&mut self, uids: &[u32], target: &MailboxName) -> Result<(), ImapError> {
        match self.try_move(uids, target).await {
            Err(ImapError::Refused { .. }) => {
                // It may exist, or may not be ours to make: then the second try says why.
                let _ = self.create(target).await;
                self.try_move(uids, target).await
            }
            result => result,
        }
    }

    async fn try_move(&mut self, uids: &[u32], target: &MailboxName) -> Result<(), ImapError> {
        let (set, target) = (uid_set(uids), target.quoted());
        if self.can("MOVE") {
            return self.exec("MOVE", &format!("UID MOVE {set} {target}"), |_| {}).await;
        }
        self.exec("COPY", &format!("UID COPY {set} {target}"), |_| {}).await?;
        self.exec("STORE", &format!("UID STORE {set} +FLAGS.SILENT (\\Seen \\Deleted)"), |_| {}).await?;
        if self.can("UIDPLUS") {
            self.exec("EXPUNGE", &format!("UID EXPUNGE {set}"), |_| {}).await?;
        }
        Ok(())
    }
}

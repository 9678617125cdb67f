//! A copy of a sent mail into a mailbox, and the check that makes it happen once.

use async_imap::imap_proto::Response;

use super::{ImapError, Session, exec::Step, mailbox::MailboxName, name::in_quotes};

/// The literal is written in pieces of this size, each under the limit on silence.
const PIECE: usize = 64 << 10;

/// Whether a copy was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// Now.
    Appended,
    /// A mail with this Message-ID was there already.
    AlreadyThere,
}

impl Session {
    /// Appends `mail` to `mailbox`, marked `\Seen`, unless a mail with this Message-ID is in it.
    ///
    /// # Errors
    /// When the server refuses or is lost. It may have taken the mail even then; calling again finds out.
    pub async fn copy_once(
        &mut self,
        mailbox: &MailboxName,
        header_id: &str,
        mail: &[u8],
    ) -> Result<Copied, ImapError> {
        self.exec("EXAMINE", &format!("EXAMINE {}", mailbox.quoted()), |_| {}).await?;
        if self.has_header_id(header_id).await? {
            return Ok(Copied::AlreadyThere);
        }
        self.append(mailbox, mail).await?;
        Ok(Copied::Appended)
    }

    /// Whether the selected mailbox holds a mail with this Message-ID (with its brackets).
    ///
    /// # Errors
    /// When the answer did not come whole, and when the id is not printable ASCII.
    pub async fn has_header_id(&mut self, header_id: &str) -> Result<bool, ImapError> {
        if !header_id.chars().all(|c| c.is_ascii_graphic()) {
            return Err(ImapError::BadName(header_id.to_owned()));
        }
        let found = self.search(&format!("HEADER Message-ID {}", in_quotes(header_id))).await?;
        Ok(!found.is_empty())
    }

    /// APPEND with a synchronising literal (RFC 9051 §6.3.12). `mail` has CRLF line ends.
    ///
    /// # Errors
    /// With the server's own words when it refuses, also before it takes the literal.
    pub async fn append(&mut self, mailbox: &MailboxName, mail: &[u8]) -> Result<(), ImapError> {
        const COMMAND: &str = "APPEND";
        let ignore = &mut |_: &Response<'_>| {};
        let line = format!("{COMMAND} {} (\\Seen) {{{}}}", mailbox.quoted(), mail.len());
        let tag = self.send(COMMAND, &line).await?;
        loop {
            match self.next(COMMAND, &tag, ignore).await? {
                Step::More => {}
                Step::Continue => break,
                Step::Finished => return Err(ImapError::Incomplete { command: COMMAND, missing: "taking the mail" }),
            }
        }
        for piece in mail.chunks(PIECE) {
            self.write(COMMAND, piece).await?;
        }
        self.write(COMMAND, b"\r\n").await?;
        loop {
            match self.next(COMMAND, &tag, ignore).await? {
                Step::More => {}
                Step::Finished => return Ok(()),
                Step::Continue => return Err(ImapError::Unreadable { command: COMMAND }),
            }
        }
    }
}

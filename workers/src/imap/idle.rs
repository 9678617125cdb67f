//! Waiting for new mail with IDLE (RFC 2177). A round is short, and its DONE must be answered: that is how a
//! connection that died without a word is noticed.

use std::{future::Future, time::Duration};

use async_imap::imap_proto::Response;

use super::{ImapError, Session, exec::Step, mailbox::is_change};

const COMMAND: &str = "IDLE";

/// Why a round of IDLE ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Mails came or went.
    Changed,
    /// Nothing was said for the whole round.
    Quiet,
    /// The caller's own future was ready.
    Called,
}

impl Session {
    /// Waits for at most `round`, or until `called` is ready, and brings the session back out of IDLE.
    ///
    /// # Errors
    /// [`ImapError::Refused`] when the server does not IDLE: the session is fine, and NOOP will have to do.
    /// Everything else ends the session; BYE in particular is no news of mail.
    pub async fn idle(&mut self, round: Duration, called: impl Future<Output = ()>) -> Result<Notice, ImapError> {
        let mut changed = false;
        let mut see = |response: &Response<'_>| changed |= is_change(response);
        let tag = self.send(COMMAND, COMMAND).await?;
        loop {
            match self.next(COMMAND, &tag, &mut see).await? {
                Step::Continue => break,
                Step::More => {}
                Step::Finished => {
                    return Err(ImapError::Refused { command: COMMAND, text: "it ended at once".to_owned() });
                }
            }
        }
        // The server may stay silent now: only the round's end bounds the wait.
        self.wire().set_silence(None);
        let notice = tokio::select! {
            notice = self.change() => notice,
            () = tokio::time::sleep(round) => Ok(Notice::Quiet),
            () = called => Ok(Notice::Called),
        };
        let silence = self.silence();
        self.wire().set_silence(Some(silence));
        let notice = notice?;
        self.write(COMMAND, b"DONE\r\n").await?;
        let mut late = false;
        let mut see = |response: &Response<'_>| late |= is_change(response);
        while !matches!(self.next(COMMAND, &tag, &mut see).await?, Step::Finished) {}
        Ok(if changed || late { Notice::Changed } else { notice })
    }

    /// Reads until something of interest is said; `* OK Still here` is not.
    async fn change(&mut self) -> Result<Notice, ImapError> {
        while !self.news(COMMAND, is_change).await? {}
        Ok(Notice::Changed)
    }
}

//! Puts a copy of each reply that left into our Sent mailbox. It changes nothing about the reply: a copy that
//! cannot be made is tried again for a day and then given up, and `sent` stays `sent`.

use std::time::Duration;

use caseconsult_store::{intake, replies, replies::Reply};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{
    context::Context,
    crash,
    imap::{self, ImapError, Session, mailbox::MailboxName},
    settings::ImapSettings,
};

/// How many copies are made over one connection.
const BATCH: i64 = 50;

/// How long a copy is tried before it is given up.
const GIVE_UP_AFTER: Duration = Duration::from_secs(24 * 3600);

/// The pause after a round without trouble; a reply that was just sent ends it early.
const PAUSE: Duration = Duration::from_secs(60);

/// Why a copy was not made.
enum Trouble {
    /// The server refused it; the connection can take the next one.
    WithThisOne,
    /// No copy can be made for now; try again after this pause.
    WithAll(Duration),
}

/// The mailbox for copies, and the ear for replies that were just sent.
#[derive(Debug)]
pub struct SentCopies {
    settings: ImapSettings,
    mailbox: MailboxName,
    sent: Notify,
}

impl SentCopies {
    /// None when the settings name no mailbox for sent mails.
    ///
    /// # Errors
    /// When its name cannot be used.
    pub fn new(settings: &ImapSettings) -> Result<Option<Self>, ImapError> {
        let Some(name) = &settings.sent_mailbox else { return Ok(None) };
        let mailbox = MailboxName::new(name)?;
        Ok(Some(Self { settings: settings.clone(), mailbox, sent: Notify::new() }))
    }

    /// A reply was sent: look soon.
    pub fn ring(&self) {
        self.sent.notify_one();
    }

    /// Makes copies until `stop`.
    pub async fn run(&self, context: &Context, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            let pause = match self.round(context).await {
                Ok(_) => PAUSE,
                Err(pause) => pause,
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.sent.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Makes the copies that are due; returns how many, or after which pause to try again.
    ///
    /// # Errors
    /// The pause that the mail server deserves.
    pub async fn round(&self, context: &Context) -> Result<usize, Duration> {
        let db_trouble = |error| {
            tracing::warn!(%error, "sent_copy.database");
            PAUSE
        };
        // One process at a time: two could both find no copy, and both make one.
        let lock_name = format!("sent-copy:{}", self.settings.source());
        let Some(_lock) = intake::lock(&context.db, &lock_name).await.map_err(db_trouble)? else { return Ok(0) };
        let mut made = 0;
        loop {
            let due = replies::copies_due(&context.db, BATCH).await.map_err(db_trouble)?;
            if due.is_empty() {
                return Ok(made);
            }
            let mut session = match imap::connect(&self.settings).await {
                Ok(session) => session,
                Err(error) => {
                    tracing::warn!(%error, waiting = due.len(), "sent_copy.no_mailbox");
                    self.give_up_old(context, &due).await;
                    return Err(self.settings.max_backoff);
                }
            };
            // One that the server refuses must not keep the others waiting.
            let mut refused = false;
            for reply in &due {
                match self.copy(context, &mut session, reply).await {
                    Ok(()) => made += 1,
                    Err(Trouble::WithThisOne) => refused = true,
                    Err(Trouble::WithAll(pause)) => return Err(pause),
                }
            }
            if refused {
                return Err(self.settings.max_backoff);
            }
        }
    }

    async fn copy(&self, context: &Context, session: &mut Session, reply: &Reply) -> Result<(), Trouble> {
        crash::point("deliver.before_copy");
        match session.copy_once(&self.mailbox, &reply.header_id, &reply.bytes).await {
            Ok(_) => {
                crash::point("deliver.after_copy");
                replies::copy_ended(&context.db, reply.id, "done").await.map_err(|error| {
                    tracing::warn!(%error, "sent_copy.database");
                    Trouble::WithAll(PAUSE)
                })
            }
            Err(error) => {
                tracing::warn!(reply = %reply.id, %error, "sent_copy.failed");
                self.give_up_old(context, std::slice::from_ref(reply)).await;
                let usable = error.leaves_connection_usable();
                Err(if usable { Trouble::WithThisOne } else { Trouble::WithAll(self.settings.max_backoff) })
            }
        }
    }

    /// Records those that were tried for a day as failed, so that they are seen and tried no more.
    async fn give_up_old(&self, context: &Context, replies: &[Reply]) {
        let too_old = context.clock.now().minus(GIVE_UP_AFTER);
        for reply in replies.iter().filter(|reply| reply.sent_at.is_some_and(|sent| sent <= too_old)) {
            tracing::error!(reply = %reply.id, "sent_copy.given_up");
            if let Err(error) = replies::copy_ended(&context.db, reply.id, "failed").await {
                tracing::warn!(%error, "sent_copy.database");
            }
        }
    }
}

//! One connection: opened, used for looks and waits, and given up at the first doubt.

use std::{convert::Infallible, mem};

use caseconsult_store::intake::{self, PollLock};
use tokio::sync::Notify;
use tracing::{info, warn};

use super::{Summary, blame::Blame, fetch::Range, look::Open, run::PollError, wait::wait};
use crate::{
    context::Context,
    imap::{connect, mailbox::MailboxName},
    settings::ImapSettings,
};

/// Looks in a row that settled nothing, after which draining ends.
const STALLED: u32 = 3;

/// What outlives a connection.
#[derive(Default)]
pub(super) struct Progress {
    pub(super) range: Range,
    pub(super) summary: Summary,
    /// Whether the last connection got as far as an open mailbox.
    pub(super) opened: bool,
    /// Whether it then looked without trouble, or brought mails.
    pub(super) useful: bool,
}

/// A connection with its mailbox open, and the lock that keeps other pollers away from it.
struct Visit<'a> {
    open: Open<'a>,
    _lock: PollLock,
}

impl<'a> Visit<'a> {
    async fn begin(
        context: &'a Context,
        settings: &'a ImapSettings,
        progress: &mut Progress,
    ) -> Result<Self, PollError> {
        (progress.opened, progress.useful) = (false, false);
        let source = settings.source();
        let lock = intake::lock(&context.db, &source).await?.ok_or(PollError::Busy)?;
        let done = settings.done_mailbox.as_deref().map(MailboxName::new).transpose()?;
        let name = MailboxName::new(&settings.mailbox)?;
        let mut session = connect(settings).await?;
        let selected = session.select(&name).await?;
        let mailbox = intake::mailbox(&context.db, &context.clock, &source, selected.uid_validity.into()).await?;
        progress.opened = true;
        info!(imap.host = settings.host, imap.mailbox = settings.mailbox, imap.mails = selected.exists, "mailbox open");
        if mailbox.renewed && mailbox.floor_uid == 0 {
            warn!(
                imap.uid_validity = mailbox.epoch,
                "the server renumbered the mailbox; comparing all mails by content"
            );
        }
        if selected.read_only {
            warn!(imap.mailbox = settings.mailbox, "the mailbox is read-only: taken mails are not marked or moved");
        }
        let open = Open {
            context,
            settings,
            session,
            seen_last: mailbox.floor_uid,
            mailbox,
            done,
            can_mark: !selected.read_only,
            blame: Blame::default(),
        };
        Ok(Self { open, _lock: lock })
    }

    async fn look(&mut self, progress: &mut Progress) -> Result<u64, PollError> {
        let before = mem::take(&mut progress.summary);
        let result = self.open.look(&mut progress.range, &mut progress.summary).await;
        let Summary { cases, follow_ups, copies, adopted, vanished, unfetchable, .. } = progress.summary;
        if progress.summary != Summary::default() {
            info!(cases, follow_ups, copies, adopted, vanished, unfetchable, "mails taken");
        }
        progress.useful |= result.is_ok() || progress.summary != Summary::default();
        progress.summary += before;
        result
    }
}

/// Looks and waits until the connection fails.
pub(super) async fn stay(
    context: &Context,
    settings: &ImapSettings,
    wake: &Notify,
    progress: &mut Progress,
) -> Result<Infallible, PollError> {
    let mut visit = Visit::begin(context, settings, progress).await?;
    let mut idles = settings.idle && visit.open.session.can("IDLE");
    loop {
        visit.look(progress).await?;
        wait(&mut visit.open.session, settings, wake, &mut idles).await?;
        // The mailbox as the server shows it to us moves on only between commands.
        visit.open.session.noop().await?;
    }
}

/// Looks until nothing is owed, or nothing moves any more. Returns what is still owed.
pub(super) async fn drain(
    context: &Context,
    settings: &ImapSettings,
    progress: &mut Progress,
) -> Result<u64, PollError> {
    let mut visit = Visit::begin(context, settings, progress).await?;
    let (mut last, mut same) = (u64::MAX, 0);
    loop {
        let owed = visit.look(progress).await?;
        same = if owed == last { same + 1 } else { 0 };
        if owed == 0 || same == STALLED {
            return Ok(owed);
        }
        last = owed;
        visit.open.session.noop().await?;
    }
}

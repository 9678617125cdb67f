//! Marks and moves of accepted mails. They come after the commit, from the ledger's own list of what is unmarked, so
//! that whatever went wrong is done again at the next look.

use caseconsult_store::intake::{self, Mailbox};
use tracing::warn;

use super::run::PollError;
use crate::{
    context::Context,
    crash,
    imap::{Session, mailbox::MailboxName},
};

/// Rows looked up and written down together.
const ROWS: usize = 1_000;
/// Mails of one command: its line stays below the 8,192 bytes that servers take.
const UIDS: usize = 300;

/// Marks what is unmarked when it begins: `\Seen`, or moved to `done`. It does not wait for what is accepted
/// meanwhile.
///
/// # Errors
/// When the connection or the database failed. A refusal of the server is logged and is no error: the mails are
/// accepted all the same.
pub(super) async fn mark(
    context: &Context,
    session: &mut Session,
    mailbox: &Mailbox,
    done: Option<&MailboxName>,
) -> Result<(), PollError> {
    loop {
        let rows = intake::unmarked(&context.db, mailbox.id, ROWS as i64).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut uids: Vec<u32> = rows.iter().filter_map(|(_, uid, _)| *uid).collect();
        uids.sort_unstable();
        for uids in uids.chunks(UIDS) {
            let marked = match done {
                Some(target) => session.move_to(uids, target).await,
                None => session.mark_seen(uids).await,
            };
            match marked {
                Ok(()) => {}
                Err(error) if error.leaves_connection_usable() => {
                    warn!(imap.error = %error, mails = uids.len(), "taken mails could not be marked; trying again later");
                    return Ok(());
                }
                Err(error) => return Err(error.into()),
            }
        }
        crash::point("intake.after_mark");
        let ids: Vec<_> = rows.iter().map(|(id, _, _)| *id).collect();
        intake::marked(&context.db, &ids).await?;
        if rows.len() < ROWS {
            return Ok(());
        }
    }
}

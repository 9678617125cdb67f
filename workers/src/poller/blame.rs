//! Whose fault it is when a mail does not come: the mail's own, or the server's.
//!
//! A mail that other mails of the same connection prove guilty is given up after a few tries. Where nothing else came
//! either, the server may be ill: its mails are tried far more often, and at most a few are counted on one connection,
//! so that an outage of hours makes no mail unfetchable.

use caseconsult_core::domain::intake::IntakeState;
use caseconsult_store::{
    StoreError,
    intake::{self, Mailbox},
};
use tracing::{error, warn};

use super::Summary;
use crate::{context::Context, imap::ImapError};

/// How often a mail may fail alone while others come.
const TRIES: u32 = 3;
/// How often when nothing proves that it is the mail. Servers that throttle answer without a body for a while.
const PATIENT_TRIES: u32 = 20;
/// Mails that may be counted on a connection on which none came.
const UNPROVEN: u32 = 3;

/// What one connection has shown so far.
#[derive(Debug, Default)]
pub(super) struct Blame {
    /// Whether any mail came.
    proven: bool,
    /// How many failures were counted before one did.
    unproven: u32,
}

impl Blame {
    /// A mail came: the server gives mails.
    pub(super) const fn mail_came(&mut self) {
        self.proven = true;
    }

    /// Whether it is time to leave the server alone for a while.
    pub(super) const fn is_the_servers(&self) -> bool {
        !self.proven && self.unproven >= UNPROVEN
    }

    /// Counts a mail whose fetch failed although it was asked for alone.
    pub(super) async fn broke(
        &mut self,
        context: &Context,
        mailbox: &Mailbox,
        uid: u32,
        cause: &ImapError,
        summary: &mut Summary,
    ) -> Result<(), StoreError> {
        self.unproven += 1;
        let limit = if self.proven { TRIES } else { PATIENT_TRIES };
        count(context, mailbox, uid, limit, cause, summary).await
    }

    /// Counts a mail that was listed once more and brought nothing.
    pub(super) async fn bodiless(
        &mut self,
        context: &Context,
        mailbox: &Mailbox,
        uid: u32,
        summary: &mut Summary,
    ) -> Result<(), StoreError> {
        let cause = ImapError::Incomplete { command: "FETCH", missing: "the mail" };
        count(context, mailbox, uid, PATIENT_TRIES, &cause, summary).await
    }
}

async fn count(
    context: &Context,
    mailbox: &Mailbox,
    uid: u32,
    limit: u32,
    cause: &ImapError,
    summary: &mut Summary,
) -> Result<(), StoreError> {
    let state = intake::broke(&context.db, &context.clock, mailbox.id, uid, limit).await?;
    if state == IntakeState::Unfetchable {
        summary.unfetchable += 1;
        error!(imap.uid = uid, imap.error = %cause, "a mail cannot be fetched: look at it in the mailbox");
    } else {
        warn!(imap.uid = uid, imap.error = %cause, "a mail could not be fetched; it is tried again alone");
    }
    Ok(())
}

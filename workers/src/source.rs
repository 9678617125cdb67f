//! Where mails come from: an IMAP mailbox or a Maildir, watched for ever or drained once. The application starts one
//! for each that is configured.

use std::{path::PathBuf, sync::Arc};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{
    context::Context,
    maildir::{self, MaildirError},
    poller::{self, PollError},
    settings::ImapSettings,
    summary::Summary,
};

/// A place that mails come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A mailbox on an IMAP server.
    Imap(Box<ImapSettings>),
    /// A Maildir on this machine.
    Maildir(PathBuf),
}

/// Why a source cannot be watched or drained.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The mailbox.
    #[error(transparent)]
    Imap(#[from] PollError),
    /// The Maildir.
    #[error(transparent)]
    Maildir(#[from] MaildirError),
}

impl Source {
    /// Takes mails in until `stop`.
    ///
    /// # Errors
    /// When only an operator can mend what is wrong.
    pub async fn run(self, context: Context, stop: CancellationToken) -> Result<(), SourceError> {
        match self {
            Self::Imap(settings) => Ok(poller::run(context, *settings, Arc::new(Notify::new()), stop).await?),
            Self::Maildir(path) => Ok(maildir::run(context, path, stop).await?),
        }
    }

    /// Takes in what is there now.
    ///
    /// # Errors
    /// When it cannot be drained; what was taken in stays.
    pub async fn drain(&self, context: &Context) -> Result<Summary, SourceError> {
        Ok(match self {
            Self::Imap(settings) => poller::once(context, settings).await?,
            Self::Maildir(path) => maildir::once(context, path).await?,
        })
    }
}

//! `caseconsult poll`: takes mails in, and nothing else.

use caseconsult_store::Clock;
use caseconsult_workers::source::Source;
use clap::Args;

use crate::{
    config::{Config, ConfigError},
    process::{open, parts::Parts, stop},
};

/// Take mails in from the configured mailboxes.
#[derive(Debug, Args)]
pub struct Poll {
    /// Take in what is there, and end.
    #[arg(long)]
    once: bool,
}

/// The configured mailboxes.
pub(super) fn sources(config: &Config) -> Result<Vec<Source>, ConfigError> {
    let mut sources = Vec::new();
    if let Some(imap) = &config.intake.imap {
        sources.push(Source::Imap(Box::new(imap.settings()?)));
    }
    if let Some(maildir) = &config.intake.maildir {
        sources.push(Source::Maildir(maildir.path.clone()));
    }
    Ok(sources)
}

/// Runs until told to stop, or with `--once` until the mailboxes are drained.
///
/// # Errors
/// When no mailbox is configured, or with `--once` when one cannot be drained.
pub async fn run(poll: &Poll, config: &Config) -> anyhow::Result<()> {
    let sources = sources(config)?;
    if sources.is_empty() {
        return Err(ConfigError::Missing {
            key: "intake",
            message: "there is no mailbox to poll: add [intake.imap] or [intake.maildir]",
        }
        .into());
    }
    let context = open::context(config, &Clock::system()).await?;
    if poll.once {
        for source in sources {
            println!("{}", source.drain(&context).await?);
        }
        return Ok(());
    }
    let mut parts = Parts::new(stop::on_signal());
    for source in sources {
        parts.add(source.run(context.clone(), parts.stop()));
    }
    parts.run().await
}

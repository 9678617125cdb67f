//! `caseconsult work`: works on cases and sends approved replies, and nothing else.

use caseconsult_store::Clock;
use caseconsult_workers::{context::Context, fleet::Fleet};
use clap::Args;

use crate::{
    config::{Config, ConfigError},
    process::{open, stop},
};

/// Work on cases and send approved replies.
#[derive(Debug, Args)]
pub struct Work {
    /// End when no work is owed.
    #[arg(long)]
    until_idle: bool,
}

/// The workers as configured.
pub(super) fn fleet(config: &Config, context: &Context) -> anyhow::Result<Fleet> {
    let transport = config.delivery.transport()?.ok_or(ConfigError::Missing {
        key: "delivery",
        message: "say how replies leave: add [delivery.smtp], or [delivery.folder] to try out",
    })?;
    let copies_to = match &config.intake.imap {
        Some(imap) if imap.sent_mailbox.is_some() => Some(imap.settings()?),
        _ => None,
    };
    let writer = open::writer(config)?;
    Ok(Fleet { context: context.clone(), work: config.work.settings(), transport, copies_to, writer })
}

/// Runs until told to stop, or with `--until-idle` until nothing is owed.
///
/// # Errors
/// When the configuration is unusable or the queue cannot start.
pub async fn run(work: &Work, config: &Config) -> anyhow::Result<()> {
    let context = open::context(config, &Clock::system()).await?;
    let fleet = fleet(config, &context)?;
    let stop = stop::on_signal();
    if work.until_idle {
        fleet.until_idle(stop).await?;
    } else {
        fleet.run(stop).await?;
    }
    Ok(())
}

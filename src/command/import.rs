//! `caseconsult import`: mails from files, through the same door as those of a mailbox.

use std::{path::PathBuf, process::ExitCode};

use caseconsult_store::Clock;
use caseconsult_workers::import;
use clap::Args;

use super::progress::MailBar;
use crate::{config::Config, process::open};

/// Take mails in from files: .eml, mbox, or folders of them.
#[derive(Debug, Args)]
pub struct Import {
    /// Files or folders.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

/// Imports everything that can be read; a file that cannot is named, and the next one is taken.
///
/// # Errors
/// When the database cannot be used. Unreadable files make the exit code non-zero.
pub async fn run(options: &Import, config: &Config) -> anyhow::Result<ExitCode> {
    let clock = Clock::system();
    let context = open::context(config, &clock).await?;
    let bar = MailBar::new();
    let imported = import::import(&context, &options.paths, &bar).await?;
    bar.end();
    println!("{}", imported.mails);
    if imported.unreadable > 0 {
        eprintln!("caseconsult: {} files or folders could not be read, as named above", imported.unreadable);
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

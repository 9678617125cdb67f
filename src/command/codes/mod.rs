//! `caseconsult codes`: code sets.
//!
//! | module | what it does |
//! |---|---|
//! | [`release`] | published files → editions, each switched on whole |

pub mod release;

use std::{io::stdout, path::PathBuf, process::ExitCode};

use caseconsult_store::Clock;
use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::progress::Bar;
use crate::{config::Config, process::open};

/// Import code sets, and list what is loaded.
#[derive(Debug, Args)]
pub struct Codes {
    /// Work on this database, without a configuration.
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Take in files as they are published: the ICD-10-CM order file, the HCPCS ANWEB file (TXT or XLSX), or the ZIP.
    Import {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The first day for which they answer, in place of what their names say.
        #[arg(long, value_name = "YYYY-MM-DD")]
        effective: Option<Date>,
    },
    /// List what is loaded.
    Editions,
}

/// Runs the subcommand. A file that cannot be taken in is named; those before it stay.
///
/// # Errors
/// When the database cannot be used or a file is refused.
pub async fn run(codes: &Codes, config: &Config) -> anyhow::Result<ExitCode> {
    let mut config = config.clone();
    if let Some(url) = &codes.database {
        config.database.url.clone_from(url);
    }
    let db = open::database(&config).await?;
    match &codes.what {
        What::Import { files, effective } => {
            let options = release::ImportOptions { effective: *effective };
            let reports = release::import(&db, &Clock::system(), files, &options, &Bar::default()).await?;
            release::print_reports(&mut stdout(), &reports)?;
        }
        What::Editions => release::print_editions(&mut stdout(), &release::editions(&db).await?)?,
    }
    Ok(ExitCode::SUCCESS)
}

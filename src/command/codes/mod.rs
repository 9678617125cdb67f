//! `caseconsult codes`: code sets and the tables about codes.
//!
//! | module | what it does |
//! |---|---|
//! | `files` | the files that were named, as releases |
//! | [`release`] | releases → editions, each switched on whole |
//! | `filling` | the rows of a release on their way |
//! | `comparing` | what a release would change |
//! | [`report`] | what a person or a script is told of them |
//! | [`diff`](mod@diff) | what differs between two editions |
//! | `touched` | the open cases that it touches |
//! | [`facts`] | what is known of a code, and of codes together |
//! | [`search`] | codes from words |
//! | [`licence`] | who accepted the terms of licensed files |
//! | [`verify`](mod@verify) | what must hold, asked of what is loaded |

mod comparing;
pub mod diff;
pub mod facts;
mod files;
mod filling;
pub mod licence;
pub mod release;
pub mod report;
pub mod search;
mod touched;
pub mod verify;

use std::{io::stdout, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use caseconsult_core::{
    catalog::{Dataset, Setting, Terms, locality::Locality},
    domain::code::CodeSystem,
    search::rank::Asked,
};
use caseconsult_store::{Clock, Db, catalogue};
use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::progress::{Bar, Progress, Silent};
use crate::{config::Config, process::open};

/// Import code sets and the tables about codes, and list what is loaded.
#[derive(Debug, Args)]
pub struct Codes {
    /// Work on this database, without a configuration.
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// One line of JSON for each thing told, and no progress bar.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Take in files as they are published: text, spreadsheet or XML, plain, in their ZIP, or packed with gzip.
    Import(Files),
    /// List what is loaded.
    Editions,
    /// What is known of a code on a date of service: standing, title, unit limits, add-on edits, fees, MS-DRG weight,
    /// complications, crosswalks.
    Show {
        /// The code.
        code: String,
        #[command(flatten)]
        about: About,
    },
    /// Which of these codes are edited against each other (NCCI) on a date of service.
    Edits {
        /// Two codes or more.
        #[arg(required = true, num_args = 2..)]
        codes: Vec<String>,
        #[command(flatten)]
        about: About,
    },
    /// Find codes from words, as a coder or a lay asker writes them. Several things are told apart by semicolons.
    Search {
        /// The words.
        #[arg(required = true)]
        words: Vec<String>,
        /// The date of service; today when not given.
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<Date>,
        /// Only codes of this system: CPT, HCPCS, ICD10CM, ICD10PCS, MODIFIER …
        #[arg(long, value_parser = system)]
        system: Option<CodeSystem>,
        /// Only codes that can be billed, not their headers.
        #[arg(long)]
        billable: bool,
        /// The most codes for each thing asked.
        #[arg(long, default_value_t = 10, value_name = "N")]
        limit: usize,
    },
    /// Which of these secondary diagnoses count as CC or MCC beside a principal one.
    Cc {
        /// The secondary diagnoses.
        #[arg(required = true)]
        codes: Vec<String>,
        /// The principal diagnosis.
        #[arg(long, value_name = "CODE")]
        principal: String,
        #[command(flatten)]
        about: About,
    },
    /// What differs between two editions of a table, and which open cases speak of it.
    Diff {
        /// An edition's id, as `codes editions --json` tells it, or its table and a day: ICD10CM@2025-09-30.
        before: String,
        /// The other, likewise.
        after: String,
    },
    /// Take an edition out again.
    Remove {
        /// Its id, as `codes editions --json` tells it.
        edition: String,
    },
    /// Check what is loaded against the rules of its tables. Ends non-zero when one is broken.
    Verify,
    /// List the tables that can be imported, by the names that --kind takes.
    Kinds,
    /// Who accepted the terms of licensed files.
    Licence {
        #[command(subcommand)]
        accept: Option<Accept>,
    },
}

#[derive(Clone, Copy, Debug, Args)]
struct About {
    /// The date of service; today when not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Date>,
    /// practitioner or outpatient-hospital; both when not given.
    #[arg(long, value_parser = setting)]
    setting: Option<Setting>,
    /// Where fees are paid, as contractor and locality (02102-01); the nation alone when not given.
    #[arg(long, value_name = "MAC-LOCALITY", value_parser = locality)]
    locality: Option<Locality>,
    /// How long anesthesia lasted, in minutes.
    #[arg(long, value_name = "N")]
    minutes: Option<u32>,
}

impl About {
    fn asked(self, today: Date) -> facts::Asked {
        facts::Asked {
            on: self.on.unwrap_or(today),
            setting: self.setting,
            locality: self.locality,
            minutes: self.minutes,
        }
    }
}

#[derive(Debug, Args)]
struct Files {
    /// The files; the parts of one NCCI release together.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The first day for which they answer, in place of what their names say.
    #[arg(long, value_name = "YYYY-MM-DD")]
    effective: Option<Date>,
    /// The table that they are, where their names do not tell (see `codes kinds`).
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<Dataset>,
    /// How many parts an NCCI release has, where it is not four.
    #[arg(long, value_name = "N")]
    parts: Option<u8>,
    /// Only read the files, and say what they would change; change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Accept the terms of licensed files with this import, in this name.
    #[arg(long, value_name = "NAME")]
    accept_licence: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Accept {
    /// Record that someone accepted terms.
    Accept {
        /// ama-cpt or cms-ama-notice.
        #[arg(value_parser = terms)]
        terms: Terms,
        /// Who.
        #[arg(long, value_name = "NAME")]
        by: String,
    },
}

fn kind(text: &str) -> Result<Dataset, String> {
    Dataset::read(text).ok_or_else(|| "no such table: `caseconsult codes kinds` lists them".to_owned())
}

fn system(text: &str) -> Result<CodeSystem, String> {
    CodeSystem::read(text).ok_or_else(|| {
        let names: Vec<&str> = CodeSystem::ALL.into_iter().map(CodeSystem::as_str).collect();
        format!("no such system: one of {}", names.join(", "))
    })
}

fn setting(text: &str) -> Result<Setting, String> {
    Setting::read(text).ok_or_else(|| "practitioner or outpatient-hospital".to_owned())
}

fn locality(text: &str) -> Result<Locality, String> {
    Locality::read(text).ok_or_else(|| "five digits of the contractor and two of the locality: 02102-01".to_owned())
}

fn terms(text: &str) -> Result<Terms, String> {
    Terms::read(text).ok_or_else(|| "no such terms: ama-cpt or cms-ama-notice".to_owned())
}

/// Runs the subcommand. A file that cannot be taken in is named; those before it stay.
///
/// # Errors
/// When the database cannot be used or a file is refused.
pub async fn run(codes: &Codes, config: &Config) -> anyhow::Result<ExitCode> {
    if matches!(codes.what, What::Kinds) {
        for dataset in Dataset::all() {
            println!("{:<28} {}", dataset.as_str(), dataset.title());
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut config = config.clone();
    if let Some(url) = &codes.database {
        config.database.url.clone_from(url);
    }
    let db = open::database(&config).await?;
    let clock = Clock::system();
    let today = clock.now().date();
    match &codes.what {
        What::Import(files) => import(&db, &clock, files, codes.json).await?,
        What::Editions if codes.json => {
            report::print_editions_json(&mut stdout(), &release::editions(&db).await?, today)?;
        }
        What::Editions => report::print_editions(&mut stdout(), &release::editions(&db).await?, today)?,
        What::Show { code, about } => {
            facts::show(&db, &mut stdout(), code, about.asked(today), codes.json).await?;
        }
        What::Edits { codes: named, about } => {
            facts::edits(&db, &mut stdout(), named, about.asked(today), codes.json).await?;
        }
        What::Search { words, on, system, billable, limit } => {
            let asked = Asked { on: on.unwrap_or(today), system: *system, billable: *billable };
            let index = crate::search::index(&db, &config.database.url).await?;
            search::search(&db, &index, &mut stdout(), &words.join(" "), asked, *limit, codes.json).await?;
        }
        What::Cc { codes: named, principal, about } => {
            let asked = about.asked(today);
            facts::complications(&db, &mut stdout(), named, principal, asked, codes.json).await?;
        }
        What::Diff { before, after } => diff::diff(&db, &mut stdout(), before, after, codes.json).await?,
        What::Remove { edition } => {
            let id = edition.parse().context("no id of an edition: `codes editions --json` tells them")?;
            catalogue::remove_edition(&db, id).await?;
        }
        What::Verify => verify::verify(&db, &mut stdout(), codes.json).await?,
        What::Licence { accept: Some(Accept::Accept { terms, by }) } => {
            licence::accept(&db, &clock, *terms, by).await?;
        }
        What::Licence { accept: None } => licence::print(&db, &mut stdout(), codes.json).await?,
        What::Kinds => {}
    }
    Ok(ExitCode::SUCCESS)
}

async fn import(db: &Db, clock: &Clock, files: &Files, as_json: bool) -> anyhow::Result<()> {
    let options = release::ImportOptions {
        effective: files.effective,
        kind: files.kind,
        parts: files.parts,
        dry_run: files.dry_run,
        accepted_by: files.accept_licence.clone(),
    };
    let bar: Box<dyn Progress> = if as_json { Box::new(Silent) } else { Box::new(Bar::default()) };
    let reports = release::import(db, clock, &files.files, &options, &*bar).await?;
    if as_json {
        report::print_reports_json(&mut stdout(), &reports, clock.now().date())?;
    } else {
        report::print_reports(&mut stdout(), &reports, options.dry_run)?;
    }
    Ok(())
}

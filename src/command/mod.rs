//! The command line, one file for each command. Commands parse arguments, call the part that does the work, and
//! print; they hold no rules of their own.
//!
//! | command | what it does |
//! |---|---|
//! | [`demo`] | everything at once, with sample mails, on this machine alone |
//! | [`serve`] | poller, workers and pages, as configured |
//! | [`poll`], [`work`] | the poller or the workers alone |
//! | [`import`] | mails from files, through the same door |
//! | [`draft`], [`mentions`] | one mail or text, without a database |
//! | [`cases`] | the queue, one case, approving it: for scripts |
//! | [`codes`] | code sets: import and list |
//! | [`user`] | who may sign in |
//! | [`templates`] | the templates of drafts: list, export, check |
//! | [`init`], [`doctor`] | write a configuration, check it |

pub mod cases;
pub mod codes;
pub mod demo;
pub mod doctor;
pub mod draft;
pub mod import;
pub mod init;
pub mod mentions;
pub mod poll;
pub mod progress;
pub mod serve;
pub mod templates;
pub mod user;
pub mod work;

use std::{path::PathBuf, process::ExitCode};

use caseconsult_workers::attachments;
use clap::{Parser, Subcommand};

use crate::{config, process::logs};

/// A medical-coding consultation service run from a mailbox.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Cli {
    /// The configuration; `caseconsult.toml` in this folder when it exists.
    #[arg(long, global = true, env = "CASECONSULT_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Poll(poll::Poll),
    Work(work::Work),
    Import(import::Import),
    Draft(draft::Draft),
    Mentions(mentions::Mentions),
    Cases(cases::List),
    Show(cases::Show),
    Approve(cases::Approve),
    Codes(codes::Codes),
    Templates(templates::Templates),
    User(user::User),
    Init(init::Init),
    Doctor(doctor::Doctor),
}

/// Runs the command that the arguments name. A failure is one line on standard error, and a non-zero exit.
#[must_use]
pub fn main() -> ExitCode {
    // Not among the commands that people see, and before anything else is started: it binds itself first.
    if std::env::args_os().nth(1).is_some_and(|command| command == attachments::COMMAND) {
        return attachments::main();
    }
    let cli = Cli::parse();
    let quiet = !matches!(cli.command, Command::Demo(_) | Command::Serve(_) | Command::Poll(_) | Command::Work(_));
    logs::start(if quiet { "warn" } else { "info" });
    logs::keep_panics_quiet();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("caseconsult: cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("caseconsult: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let config = || config::load(cli.config.as_deref());
    match &cli.command {
        Command::Demo(demo) => demo::run(demo).await?,
        Command::Serve(serve) => serve::run(serve, &config()?).await?,
        Command::Poll(poll) => poll::run(poll, &config()?).await?,
        Command::Work(work) => work::run(work, &config()?).await?,
        Command::Import(import) => return import::run(import, &config()?).await,
        Command::Draft(draft) => draft::run(draft, &config()?).await?,
        Command::Mentions(mentions) => return mentions::run(mentions, &config()?).await,
        Command::Cases(list) => cases::list(list, &config()?).await?,
        Command::Show(show) => cases::show(show, &config()?).await?,
        Command::Approve(approve) => return cases::approve(approve, &config()?).await,
        Command::Codes(codes) => return codes::run(codes, &config()?).await,
        Command::Templates(templates) => return templates::run(templates, config),
        Command::User(user) => user::run(user, &config()?).await?,
        Command::Init(init) => init::run(init)?,
        Command::Doctor(doctor) => return doctor::run(doctor, config()).await,
    }
    Ok(ExitCode::SUCCESS)
}

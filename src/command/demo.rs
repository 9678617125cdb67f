//! `caseconsult demo`: the whole service on this machine alone, with sample mails, nothing installed or configured.
//!
//! It never opens a connection to another machine: mails come from a Maildir in its folder, replies become files
//! beside it. Running it again in the same folder goes on where it stopped.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use caseconsult_core::domain::user::Role;
use caseconsult_store::{Clock, Db, users};
use clap::Args;

use super::{
    init::{fresh_secret, write_new},
    serve::{Plan, listen, together},
};
use crate::{
    config::{Config, delivery::Folder, intake::Maildir},
    demo::MAILS,
    process::{open, stop},
    web::{DemoNotice, password},
};

const ADDRESS: &str = "coding@caseconsult.example";
const REVIEWER: &str = "reviewer";

/// Run everything at once, with sample mails, on this machine alone.
#[derive(Debug, Args)]
pub struct Demo {
    /// The demo's folder: database, mailbox and outbox. Kept, so that the next run goes on.
    #[arg(long, default_value = "caseconsult-demo")]
    data: PathBuf,
    /// Use a temporary folder and remove it at the end.
    #[arg(long, conflicts_with = "data")]
    temporary: bool,
    /// The port of the pages on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8025)]
    port: u16,
}

/// Runs until told to stop.
///
/// # Errors
/// When the folder cannot be written or the port is taken.
pub async fn run(demo: &Demo) -> anyhow::Result<()> {
    let stop = stop::on_signal();
    let temporary = demo.temporary.then(tempfile::tempdir).transpose().context("cannot make a temporary folder")?;
    let folder = temporary.as_ref().map_or(demo.data.as_path(), tempfile::TempDir::path);
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let folder = folder.canonicalize()?;

    let config = configuration(&folder, demo.port)?;
    let clock = Clock::system();
    let context = open::context(&config, &clock).await?;
    let mailbox = fill_mailbox(&folder)?;
    let password = reviewer(&context.db, &clock, &folder).await?;
    let listener = listen(config.web.listen).await?;

    println!("caseconsult demo: sample mails are being read in {}", folder.display());
    println!();
    println!("  open      http://{}", listener.local_addr()?);
    println!("  sign in   {REVIEWER} / {password}");
    println!("  new mail  drop an .eml file into {}", mailbox.display());
    println!("  replies   are written to {}", folder.join("outbox").display());
    println!();
    println!("Ctrl-C ends it; running it again goes on where it stopped.");

    let notice = DemoNotice { name: REVIEWER.to_owned(), password, mailbox };
    let plan = Plan { poll: true, work: true, demo: Some(notice) };
    together(&config, context, listener, plan, stop).await
}

fn configuration(folder: &Path, port: u16) -> anyhow::Result<Config> {
    let secret = folder.join("secret");
    if !secret.exists() {
        write_new(&secret, &fresh_secret(), 0o600)?;
    }
    let mut config = Config::default();
    config.database.url = format!("sqlite:{}", folder.join("demo.db").display());
    config.identity.address = Some(ADDRESS.to_owned());
    config.identity.secret_file = Some(secret);
    config.intake.maildir = Some(Maildir { path: folder.join("mailbox") });
    config.delivery.folder = Some(Folder { path: folder.join("outbox") });
    config.web.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    Ok(config)
}

/// Makes the Maildir and delivers the sample mails, once: a mailbox that exists is left as it is.
fn fill_mailbox(folder: &Path) -> anyhow::Result<PathBuf> {
    let mailbox = folder.join("mailbox");
    let new = mailbox.join("new");
    if new.exists() {
        return Ok(new);
    }
    let unfinished = folder.join("mailbox.unfinished");
    for part in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(unfinished.join(part))?;
    }
    for (name, text) in MAILS {
        std::fs::write(unfinished.join("new").join(name), text)?;
    }
    // Only a whole mailbox gets its name, so that a demo that was interrupted here starts with all mails.
    std::fs::rename(&unfinished, &mailbox).context("cannot make the sample mailbox")?;
    Ok(new)
}

/// The ready sign-in; its password is made once and kept beside the database.
async fn reviewer(db: &Db, clock: &Clock, folder: &Path) -> anyhow::Result<String> {
    let file = folder.join("password");
    if !file.exists() {
        write_new(&file, &fresh_secret()[..16], 0o600)?;
    }
    let password = std::fs::read_to_string(&file)?.trim().to_owned();
    if users::by_name(db, REVIEWER).await?.is_none() {
        let hash = password::hash(&password)?;
        users::add(db, clock, REVIEWER, Role::Admin, "CPC", &hash).await?;
    }
    Ok(password)
}

//! From the configuration to what a process works with. Nothing here talks to a mail server.

use std::{path::Path, sync::Arc};

use anyhow::{Context as _, bail};
use caseconsult_core::{
    draft::{HouseBook, Templates},
    mail::token::ThreadKey,
};
use caseconsult_store::{Clock, Db};
use caseconsult_workers::{attachments::Reader, bell::Bell, context::Context, wording::Writer};

use crate::{
    config::{Config, replies::templates_in},
    review::Desk,
};

/// The database alone, brought up to date.
///
/// # Errors
/// When it cannot be opened, is newer than this program, or cannot be brought up to date.
pub async fn database(config: &Config) -> anyhow::Result<Db> {
    make_folder_of(&config.database.url)?;
    let db = Db::open(&config.database.settings()).await?;
    db.migrate().await?;
    Ok(db)
}

/// SQLite makes the file but not the folder in which it lies.
fn make_folder_of(url: &str) -> anyhow::Result<()> {
    let Some(path) = url.strip_prefix("sqlite:") else { return Ok(()) };
    let path = Path::new(path.trim_start_matches("//").split('?').next().unwrap_or(path));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    Ok(())
}

/// The draft's templates: the built-in ones, with those of the configured folder in their place.
///
/// # Errors
/// When the folder cannot be read or a template is broken; the message names it.
pub fn templates(config: &Config) -> anyhow::Result<Templates> {
    let Some(folder) = &config.replies.templates else { return Ok(Templates::embedded()?) };
    let own = templates_in(folder)?;
    Templates::with_overrides(own).with_context(|| format!("replies.templates: {}", folder.display()))
}

/// The rules and snippets of this desk.
///
/// # Errors
/// When a file cannot be read, or holds a mistake: a rule that is left out changes answers.
pub fn house(config: &Config) -> anyhow::Result<HouseBook> {
    let (book, mut errors) = HouseBook::read(config.replies.house_files()?);
    match errors.len() {
        0 => Ok(book),
        1 => bail!("{}", errors.remove(0)),
        count => bail!("{} ({} more: caseconsult doctor tells them all)", errors.remove(0), count - 1),
    }
}

/// Everything that workers and pages share.
///
/// # Errors
/// When the identity is incomplete, or as [`database`], [`templates`] and [`house`].
pub async fn context(config: &Config, clock: &Clock) -> anyhow::Result<Context> {
    let secret = config.identity.secret()?;
    let own_address = config.identity.address()?;
    let own_aliases = config.identity.aliases()?;
    let templates = templates(config)?;
    let house = house(config)?;
    let db = database(config).await?;
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    Ok(Context {
        db,
        clock: clock.clone(),
        thread_key: Arc::new(ThreadKey::new(&secret)),
        own_address,
        own_name: config.identity.name.clone(),
        own_aliases,
        templates: Arc::new(templates),
        house: Arc::new(house),
        max_mail_bytes: config.intake.max_mail_mib << 20,
        reader: Reader::own(),
        bell: Bell::new(),
        node: format!("{}-{}-{}", host.trim(), std::process::id(), clock.id().simple()),
    })
}

/// The model that phrases parts of drafts, when one is configured. Nothing is asked yet.
///
/// # Errors
/// When its section cannot be used.
pub fn writer(config: &Config) -> anyhow::Result<Option<Arc<Writer>>> {
    let settings = config.wording.settings(config.work.lease)?;
    settings.map(|settings| Ok(Arc::new(Writer::new(settings).context("wording")?))).transpose()
}

/// The reviewers' desk, from the same context.
#[must_use]
pub fn desk(config: &Config, context: &Context) -> Desk {
    Desk {
        db: context.db.clone(),
        clock: context.clock.clone(),
        thread_key: context.thread_key.clone(),
        own_address: context.own_address.clone(),
        own_name: context.own_name.clone(),
        claim_length: config.web.claim,
    }
}

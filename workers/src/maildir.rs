//! A Maildir as a source of mails: for the demo, and for sites whose mail server delivers on this machine.
//!
//! A mail lies in `new/` until it was accepted; after the commit it is moved to `cur/` with the flag `S` (seen). What
//! others have put into `cur/` is theirs and is never touched. A mail's name in the ledger is its file name without
//! flags, so that a crash between the commit and the move takes nothing twice.

use std::{
    collections::{BTreeMap, HashSet},
    ffi::OsString,
    fs, io, mem,
    path::{Path, PathBuf},
    time::Duration,
};

use caseconsult_store::{
    StoreError,
    intake::{self, Arrival, Mailbox},
};
use tokio::{
    task::spawn_blocking,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::{
    arrival::{self, Item},
    context::Context,
    crash,
    summary::Summary,
};

/// How often `new/` is listed. It is empty but for new mails, so that a listing costs what a look at its
/// modification time would, and misses nothing that comes within one tick of the file system's clock.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Mails of one commit.
const BATCH: usize = 100;
/// Bytes of one commit. Large mails are open files until then, so that they count as well.
const BATCH_BYTES: u64 = 4 << 20;
/// Rows marked at once.
const ROWS: i64 = 1_000;

/// Why mails cannot be taken from a Maildir.
#[derive(Debug, thiserror::Error)]
pub enum MaildirError {
    /// The folder has no `new` and `cur`, or they cannot be used.
    #[error("{} is not a Maildir that can be read and written: {cause}", folder.display())]
    Folder {
        /// As configured.
        folder: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes mails until `stop` is cancelled.
///
/// # Errors
/// Only when the folder is no Maildir at the start. Later failures are logged, and tried again.
pub async fn run(context: Context, folder: PathBuf, stop: CancellationToken) -> Result<(), MaildirError> {
    let mut maildir = Maildir::open(&context, folder).await?;
    let mut ticks = interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            _ = ticks.tick() => {}
        }
        match maildir.look().await {
            Ok(Summary { cases: 0, follow_ups: 0, copies: 0, adopted: 0, .. }) => {}
            Ok(Summary { cases, follow_ups, copies, .. }) => info!(cases, follow_ups, copies, "mails taken"),
            Err(error) => warn!(maildir.error = %error, "taking mails from the Maildir is interrupted"),
        }
    }
}

/// Takes what is in `new/`. `waiting` in the summary counts files that cannot be read.
///
/// # Errors
/// When the folder is no Maildir or the database fails.
pub async fn once(context: &Context, folder: &Path) -> Result<Summary, MaildirError> {
    Maildir::open(context, folder.to_owned()).await?.look().await
}

/// The base name of each mail in `new/`, and the file it lies in.
type Listing = BTreeMap<String, OsString>;

struct Maildir<'a> {
    context: &'a Context,
    folder: PathBuf,
    mailbox: Mailbox,
    /// Files that could not be read, so that each is complained of once.
    unreadable: HashSet<String>,
}

impl<'a> Maildir<'a> {
    async fn open(context: &'a Context, folder: PathBuf) -> Result<Self, MaildirError> {
        let failed = |cause| MaildirError::Folder { folder: folder.clone(), cause };
        fs::read_dir(folder.join("cur")).map_err(failed)?;
        let full = fs::canonicalize(&folder).map_err(failed)?;
        list(&full).map_err(failed)?;
        let source = format!("maildir:{}", full.display());
        let mailbox = intake::mailbox(&context.db, &context.clock, &source, 0).await?;
        Ok(Self { context, folder: full, mailbox, unreadable: HashSet::new() })
    }

    async fn look(&mut self) -> Result<Summary, MaildirError> {
        let mut summary = Summary::default();
        let listing = self.blocking(|folder, _| list(folder)).await?;
        if listing.is_empty() {
            return Ok(summary);
        }
        let items: Vec<String> = listing.keys().cloned().collect();
        let known = intake::known_items(&self.context.db, self.mailbox.id, &items).await?;
        let mut fresh: Listing = listing.clone();
        fresh.retain(|item, _| !known.contains(item));
        self.unreadable.retain(|item| fresh.contains_key(item));
        while !fresh.is_empty() {
            let wanted = mem::take(&mut fresh);
            let Portion { arrivals, failed, rest } =
                self.blocking(move |folder, context| Ok(read(folder, context, wanted))).await?;
            fresh = rest;
            self.complain(&failed, &mut summary);
            crash::point("intake.before_commit");
            let accepted = intake::accept(&self.context.db, &self.context.clock, &self.mailbox, arrivals).await?;
            self.context.bell.ring();
            crash::point("intake.after_commit");
            summary.count(&accepted);
        }
        self.move_taken(listing).await?;
        Ok(summary)
    }

    fn complain(&mut self, failed: &[(String, io::Error)], summary: &mut Summary) {
        for (item, error) in failed {
            summary.waiting += 1;
            if self.unreadable.insert(item.clone()) {
                warn!(maildir.file = item, maildir.error = %error, "a mail in the Maildir cannot be read");
            }
        }
    }

    /// Moves accepted mails to `cur/`, those of an earlier run that was cut short included.
    async fn move_taken(&self, listing: Listing) -> Result<(), MaildirError> {
        loop {
            let rows = intake::unmarked(&self.context.db, self.mailbox.id, ROWS).await?;
            if rows.is_empty() {
                return Ok(());
            }
            let files: Vec<(String, OsString)> =
                rows.iter().filter_map(|(_, _, item)| Some((item.clone(), listing.get(item)?.clone()))).collect();
            self.blocking(move |folder, _| files.iter().try_for_each(|(item, file)| take_away(folder, item, file)))
                .await?;
            crash::point("intake.after_mark");
            let ids: Vec<_> = rows.iter().map(|(id, _, _)| *id).collect();
            intake::marked(&self.context.db, &ids).await?;
        }
    }

    /// Runs what blocks on the file system where it may.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path, &Context) -> io::Result<T> + Send + 'static,
    ) -> Result<T, MaildirError> {
        let (folder, context) = (self.folder.clone(), self.context.clone());
        let result = spawn_blocking(move || work(&folder, &context)).await.unwrap_or_else(|error| Err(error.into()));
        result.map_err(|cause| MaildirError::Folder { folder: self.folder.clone(), cause })
    }
}

/// The mails in `new/`, oldest name first.
fn list(folder: &Path) -> io::Result<Listing> {
    let mut listing = Listing::new();
    for entry in fs::read_dir(folder.join("new"))? {
        let entry = entry?;
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if !text.starts_with('.') && entry.file_type()?.is_file() {
            let item = text.split_once(':').map_or(&*text, |(item, _flags)| item).to_owned();
            listing.insert(item, name);
        }
    }
    Ok(listing)
}

/// What is accepted at once.
struct Portion {
    arrivals: Vec<Arrival>,
    failed: Vec<(String, io::Error)>,
    /// What was not come to.
    rest: Listing,
}

fn read(folder: &Path, context: &Context, files: Listing) -> Portion {
    let mut portion = Portion { arrivals: Vec::new(), failed: Vec::new(), rest: files };
    let mut bytes = 0;
    while portion.arrivals.len() < BATCH && bytes < BATCH_BYTES {
        let Some((item, file)) = portion.rest.pop_first() else { break };
        let path = folder.join("new").join(file);
        match arrival::in_file(context, Item::Named(&item), &path) {
            Ok(arrival) => {
                bytes += arrival.raw.size();
                portion.arrivals.push(arrival);
            }
            // Somebody else took it: it is no longer ours to handle.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => portion.failed.push((item, error)),
        }
    }
    portion
}

fn take_away(folder: &Path, item: &str, file: &OsString) -> io::Result<()> {
    match fs::rename(folder.join("new").join(file), folder.join("cur").join(format!("{item}:2,S"))) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

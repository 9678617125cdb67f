//! All files through the door of the ledger. Reading and committing overlap. A mail is known by its digest, so that
//! the same file can be imported twice and is taken once.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

use caseconsult_store::{
    StoreError,
    intake::{self, Arrival},
};
use tokio::{sync::mpsc, task::spawn_blocking};

use super::{
    find::{Source, files},
    mbox::{Mbox, is_mbox},
};
use crate::{
    arrival::{self, IN_MEMORY, Incoming, Item},
    context::Context,
    crash,
    summary::Summary,
};

/// Mails of one commit.
const BATCH: usize = 100;
/// Bytes of one commit.
const BATCH_BYTES: u64 = 4 << 20;
/// Rows marked at once.
const ROWS: i64 = 1_000;
/// The import's name in the ledger.
const SOURCE: &str = "import";

/// Watches an import go on. All amounts are bytes.
pub trait Monitor: Sync {
    /// How much there is in all.
    fn total(&self, bytes: u64);
    /// That much more was dealt with.
    fn advance(&self, bytes: u64);
    /// Something the person at the terminal should know, such as a file that cannot be read.
    fn note(&self, text: &str);
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// What became of the mails.
    pub mails: Summary,
    /// Files that could not be read; each was noted.
    pub unreadable: u64,
}

/// Imports these files and folders. A file that cannot be read is noted, and the next one is handled.
///
/// # Errors
/// When the database fails. What was accepted stays, and a second import passes over it.
pub async fn import(context: &Context, paths: &[PathBuf], monitor: &dyn Monitor) -> Result<Imported, StoreError> {
    let mailbox = intake::mailbox(&context.db, &context.clock, SOURCE, 0).await?;
    let (sender, mut portions) = mpsc::channel(1);
    let (reading, paths) = (context.clone(), paths.to_vec());
    // It ends by itself when this side goes away: then nobody takes its portions.
    let reader = spawn_blocking(move || Reader { context: reading, sender, next: Portion::default() }.read_all(&paths));
    let mut imported = Imported::default();
    while let Some(portion) = portions.recv().await {
        let Portion { arrivals, bytes, total, unreadable } = portion;
        if let Some(total) = total {
            monitor.total(total);
        }
        for text in &unreadable {
            imported.unreadable += 1;
            monitor.note(text);
        }
        if !arrivals.is_empty() {
            crash::point("intake.before_commit");
            let accepted = intake::accept(&context.db, &context.clock, &mailbox, arrivals).await?;
            crash::point("intake.after_commit");
            imported.mails.count(&accepted);
        }
        monitor.advance(bytes);
    }
    // A panic of the reader is a defect and must not look like a finished import.
    if let Err(error) = reader.await
        && error.is_panic()
    {
        std::panic::resume_unwind(error.into_panic());
    }
    // A file has no flags: there is nothing to do after the commit.
    loop {
        let rows = intake::unmarked(&context.db, mailbox.id, ROWS).await?;
        if rows.is_empty() {
            return Ok(imported);
        }
        let ids: Vec<_> = rows.into_iter().map(|(id, _, _)| id).collect();
        intake::marked(&context.db, &ids).await?;
    }
}

/// What is handed over at once.
#[derive(Default)]
struct Portion {
    arrivals: Vec<Arrival>,
    bytes: u64,
    /// Known once, at the start.
    total: Option<u64>,
    /// Notes about files that could not be read.
    unreadable: Vec<String>,
}

/// The side that reads files. It blocks.
struct Reader {
    context: Context,
    sender: mpsc::Sender<Portion>,
    next: Portion,
}

/// The other side is gone.
struct NobodyTakes;

impl Reader {
    fn read_all(mut self, paths: &[PathBuf]) {
        let mut sources = Vec::new();
        for path in paths {
            match files(path) {
                Ok(found) => sources.extend(found),
                Err(error) => self.note(path, &error),
            }
        }
        self.next.total = Some(sources.iter().map(|source| source.bytes).sum());
        for source in &sources {
            match self.read(source) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => self.note(&source.path, &error),
                Err(NobodyTakes) => return,
            }
        }
        let _ = self.hand_over();
    }

    fn read(&mut self, source: &Source) -> Result<io::Result<()>, NobodyTakes> {
        let mut start = Vec::new();
        match File::open(&source.path).and_then(|file| file.take(5).read_to_end(&mut start)) {
            Err(error) => Ok(Err(error)),
            Ok(_) if is_mbox(&start) => self.read_mbox(&source.path),
            Ok(_) => match arrival::in_file(&self.context, Item::Digest, &source.path) {
                Ok(arrival) => self.take(arrival, source.bytes).map(Ok),
                Err(error) => Ok(Err(error)),
            },
        }
    }

    fn read_mbox(&mut self, path: &Path) -> Result<io::Result<()>, NobodyTakes> {
        let mut mbox = match File::open(path) {
            Ok(file) => Mbox::new(BufReader::with_capacity(64 << 10, file)),
            Err(error) => return Ok(Err(error)),
        };
        let mut counted = 0;
        loop {
            let mut mail = Incoming::new(&self.context);
            let found = mbox.next(|piece| mail.add(piece));
            let bytes = mbox.position() - counted;
            counted = mbox.position();
            match found {
                Err(error) => return Ok(Err(error)),
                Ok(false) => {
                    self.next.bytes += bytes;
                    return Ok(Ok(()));
                }
                Ok(true) => {
                    let arrival = mail.finish(&self.context, Item::Digest, None);
                    self.take(arrival, bytes)?;
                }
            }
        }
    }

    fn take(&mut self, arrival: Arrival, bytes: u64) -> Result<(), NobodyTakes> {
        self.next.arrivals.push(arrival);
        self.next.bytes += bytes;
        let full = self.next.arrivals.len() >= BATCH || self.next.bytes >= BATCH_BYTES - IN_MEMORY;
        if full { self.hand_over() } else { Ok(()) }
    }

    fn note(&mut self, path: &Path, error: &io::Error) {
        self.next.unreadable.push(format!("{}: {error}", path.display()));
    }

    fn hand_over(&mut self) -> Result<(), NobodyTakes> {
        self.sender.blocking_send(std::mem::take(&mut self.next)).map_err(|_| NobodyTakes)
    }
}

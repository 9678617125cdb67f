//! Received → Extracted: from the raw bytes of a case's mails to what was read in them. Called by the extract queue.
//!
//! Readings can be made again from the bytes at any time, so all mails of the case are read each time: what the
//! catalogue knows may have changed since the last one.

use std::collections::{HashMap, HashSet};

use caseconsult_core::{
    catalog::Shelf,
    domain::{
        case::{HoldReason, Step},
        code::{Code, CodeSystem},
        ids::CaseId,
        outcome::Cause,
    },
    extract::{self, Reading},
    mail::{
        attachment::{self, Remark},
        message::{Attachment, Message as Mail, Note},
    },
};
use caseconsult_store::{
    StoreError,
    cases::{self, Case, Message},
    catalogue, raw,
    readings::{self, StoredReading},
};
use serde::{Deserialize, Serialize};

use crate::{
    attachments::OfCase,
    context::Context,
    crash,
    queue::{Failure, Work},
};

/// The most that is read of one mail, bytes; the rest is cut off, with a note. Most mail servers take 25 to 35 MB.
const MOST: u64 = 48 << 20;

/// The most mails of one case that are read: the newest.
const MOST_MAILS: usize = 100;

/// What is stored for a mail as JSON: a [`Reading`], and beside it what a drafter has to know about the mail.
#[derive(Debug, Serialize)]
struct Stored<'a> {
    #[serde(flatten)]
    reading: &'a Reading,
    attachments: &'a [Attachment],
    notes: &'a [Note],
}

/// The second half of what is stored, read back.
#[derive(Debug, Default, Deserialize)]
pub struct Beside {
    /// What is attached.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// What could not be read.
    #[serde(default)]
    pub notes: Vec<Note>,
}

impl Beside {
    /// Why attachments of which nothing was read were not, one for each.
    #[must_use]
    pub fn unread(&self) -> Vec<Remark> {
        attachment::unread(self.attachments.iter().map(|attachment| attachment.note.as_ref()))
    }
}

/// What the database holds for several cases.
pub struct Ground {
    messages: HashMap<CaseId, Vec<Message>>,
}

/// The extract step.
pub struct Extract {
    context: Context,
}

impl Extract {
    /// On this database.
    #[must_use]
    pub const fn new(context: Context) -> Self {
        Self { context }
    }
}

impl Work for Extract {
    const STEP: Step = Step::Extract;
    const TOGETHER: usize = 16;
    type Ground = Ground;
    type Made = Vec<StoredReading>;

    async fn prepare(&self, cases: &[Case]) -> Result<Ground, Failure> {
        let ids: Vec<_> = cases.iter().map(|case| case.id).collect();
        let messages = cases::messages_of_each(&self.context.db, &ids).await?;
        Ok(Ground { messages })
    }

    async fn make(&self, case: &Case, ground: &Ground) -> Result<Vec<StoredReading>, Failure> {
        let messages = ground.messages.get(&case.id).map_or(&[][..], Vec::as_slice);
        let too_old = messages.len().saturating_sub(MOST_MAILS);
        let mails = self.parsed(messages.iter().skip(too_old).cloned()).await?;
        let codes: HashSet<_> = mails.iter().flat_map(|(_, _, candidates)| candidates).cloned().collect();
        let codes: Vec<_> = codes.into_iter().collect();
        let shelf = catalogue::shelf(&self.context.db, &codes).await?;
        apart(move || mails.iter().map(|(message, mail, _)| read(message, mail, &shelf)).collect()).await?
    }

    async fn commit(&self, made: Vec<(Case, Vec<StoredReading>)>) -> Vec<Result<(), StoreError>> {
        let Context { db, clock, .. } = &self.context;
        crash::point("extract.before_commit");
        let results = match readings::finish_extracts(db, clock, &made).await {
            Ok(results) => results,
            // One by one, so that one case's trouble stays its own.
            Err(_) => {
                let mut results = Vec::with_capacity(made.len());
                for (case, readings) in &made {
                    results.push(readings::finish_extract(db, clock, case, readings).await.map(|_| ()));
                }
                results
            }
        };
        crash::point("extract.after_commit");
        results
    }
}

/// The codes that a catalogue should be asked about before a text is read.
type Candidates = Vec<(CodeSystem, Code)>;

/// A mail of the case, parsed.
type Parsed = (Message, Mail, Candidates);

impl Extract {
    /// The mails that can be read. When none can, the case waits for a person; its bytes are kept.
    async fn parsed(&self, messages: impl Iterator<Item = Message> + Send) -> Result<Vec<Parsed>, Failure> {
        let opener = self.context.reader.of_case();
        let mut parsed = Vec::new();
        let mut unreadable = "it has no mail".to_owned();
        for message in messages {
            let Some(kept) = raw::read(&self.context.db, &message.sha256, MOST).await? else {
                unreadable = "its bytes are missing from the database".to_owned();
                continue;
            };
            let opener = opener.clone();
            match apart(move || parse(&kept, &opener)).await? {
                Ok((mail, candidates)) => parsed.push((message, mail, candidates)),
                Err(what) => unreadable = what,
            }
        }
        if parsed.is_empty() { Err(Failure::Never(HoldReason::Unreadable { what: unreadable })) } else { Ok(parsed) }
    }
}

fn parse(kept: &raw::Kept, opener: &OfCase) -> Result<(Mail, Candidates), String> {
    let mut mail = Mail::open(&kept.bytes, opener).map_err(|error| error.to_string())?;
    if !kept.complete && !mail.notes.contains(&Note::Truncated) {
        mail.notes.push(Note::Truncated);
    }
    let candidates = extract::candidates(&mail.text);
    Ok((mail, candidates))
}

fn read(message: &Message, mail: &Mail, shelf: &Shelf) -> Result<StoredReading, Failure> {
    let day = message.sent_at.unwrap_or(message.received_at).date();
    let reading = Reading::of(&mail.text, shelf, Some(day));
    let stored = Stored { reading: &reading, attachments: &mail.attachments, notes: &mail.notes };
    let reading = serde_json::to_string(&stored)
        .map_err(|_| Failure::Later(Cause::new("a defect of the program: a reading is not JSON")))?;
    Ok(StoredReading { message: message.id, reading })
}

/// Runs what only computes on a thread of its own, so that a large mail does not keep the queue's workers from
/// their heartbeats.
pub(crate) async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Failure::Later(Cause::new("a defect of the program: the step panicked")))
}

//! The mails themselves, in ranges. After a failure the first mail that did not come is asked for alone, since servers
//! answer in the order of UIDs; then two, four, and so on. The one that fails alone is counted and set aside, to be
//! tried alone and in parts from then on, so that the rest goes on.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use caseconsult_store::{
    StoreError,
    intake::{Arrival, Mailbox},
};

use super::{
    Summary,
    blame::Blame,
    commit::{Batch, Committer},
    run::PollError,
};
use crate::{
    arrival::{self, HEAD_READ, IN_MEMORY, Incoming, Item},
    context::Context,
    crash,
    imap::{ImapError, Session},
};

/// Mails of one FETCH and of one commit: one by one costs a round trip and an fsync each, more than this costs memory
/// and makes the loss of a connection dearer.
const LARGEST_RANGE: usize = 250;
/// Bytes of one FETCH and of one commit. Three such batches are in memory at once.
const RANGE_BYTES: u64 = 4 << 20;
/// How much of a large mail is fetched at once.
const PART: u32 = 1 << 20;

/// How many mails are asked for at once. It outlives the connection, since a mail that breaks one is found by
/// asking for fewer on the next.
#[derive(Debug)]
pub(super) struct Range(usize);

impl Default for Range {
    fn default() -> Self {
        Self(LARGEST_RANGE)
    }
}

impl Range {
    fn widen(&mut self) {
        self.0 = (self.0 * 2).min(LARGEST_RANGE);
    }

    fn narrow(&mut self) {
        self.0 = 1;
    }
}

/// Why fetching stopped.
enum Cut {
    /// The server or the connection; perhaps because of one mail.
    Imap(ImapError),
    /// The folder for large mails cannot be written. No mail is to blame.
    Spool(io::Error),
    /// The committer has given up; it knows why.
    Ledger,
}

impl From<ImapError> for Cut {
    fn from(error: ImapError) -> Self {
        Self::Imap(error)
    }
}

/// One connection's fetching for one mailbox.
pub(super) struct Fetch<'a> {
    pub(super) context: &'a Context,
    pub(super) session: &'a mut Session,
    pub(super) mailbox: &'a Mailbox,
    pub(super) range: &'a mut Range,
    pub(super) committer: &'a Committer,
    pub(super) blame: &'a mut Blame,
    pub(super) summary: &'a mut Summary,
}

impl Fetch<'_> {
    /// Fetches these UIDs (ascending) and hands them to the committer. Returns those that were listed but brought
    /// nothing. Returns early when the committer has given up.
    ///
    /// # Errors
    /// When the connection was lost; what had come is on its way to the ledger.
    pub(super) async fn ranges(&mut self, uids: &[u32]) -> Result<Vec<u32>, PollError> {
        let mut absent = Vec::new();
        let mut open = uids.to_vec();
        while !open.is_empty() {
            let asked: Vec<u32> = open.iter().copied().take(self.range.0).collect();
            let mut came = BTreeSet::new();
            let result = self.one_range(&asked, &mut came).await;
            let missing: Vec<u32> = asked.iter().copied().filter(|uid| !came.contains(uid)).collect();
            open.drain(..asked.len());
            match result {
                Ok(()) => {
                    absent.extend(missing);
                    self.range.widen();
                }
                Err(Cut::Imap(error)) => {
                    match missing[..] {
                        [] => {}
                        [uid] => self.broke(uid, &error).await?,
                        _ => {
                            self.range.narrow();
                            open.splice(..0, missing);
                        }
                    }
                    if !error.leaves_connection_usable() || self.blame.is_the_servers() {
                        return Err(error.into());
                    }
                }
                Err(Cut::Spool(error)) => return Err(PollError::Spool(error)),
                Err(Cut::Ledger) => return Ok(absent),
            }
        }
        Ok(absent)
    }

    /// One range: sizes, small ones together, large ones in parts. `came` names those that were handed over.
    async fn one_range(&mut self, uids: &[u32], came: &mut BTreeSet<u32>) -> Result<(), Cut> {
        let mut sizes = self.session.sizes(uids).await?;
        sizes.retain(|uid, _| uids.contains(uid));
        let most = IN_MEMORY.min(self.context.max_mail_bytes);
        let (small, large): (Vec<_>, Vec<_>) = sizes.into_iter().partition(|(_, size)| *size <= most);
        let mut together = Vec::new();
        let mut bytes = 0;
        for (uid, size) in small {
            if bytes + size > RANGE_BYTES {
                self.together(&together, came).await?;
                together.clear();
                bytes = 0;
            }
            together.push(uid);
            bytes += size;
        }
        if !together.is_empty() {
            self.together(&together, came).await?;
        }
        for (uid, size) in large {
            if let Some(arrival) = self.in_parts(uid, size).await? {
                self.hand_over(Batch::Large(Box::new(arrival))).await?;
                came.insert(uid);
            }
        }
        Ok(())
    }

    /// Small mails in one FETCH. What came before a failure is handed over as well.
    async fn together(&mut self, uids: &[u32], came: &mut BTreeSet<u32>) -> Result<(), Cut> {
        let mut bodies = BTreeMap::new();
        let result = self.session.bodies(uids, &mut bodies).await;
        crash::point("intake.fetched");
        if !bodies.is_empty() {
            came.extend(bodies.keys().copied());
            self.hand_over(Batch::read(self.context, bodies)).await?;
        }
        Ok(result?)
    }

    /// A large mail through a file, or the head of one over the limit. None when it is gone.
    async fn in_parts(&mut self, uid: u32, size: u64) -> Result<Option<Arrival>, Cut> {
        let limit = self.context.max_mail_bytes.min(u64::from(u32::MAX));
        if size > limit {
            return self.head_only(uid, size).await;
        }
        let mut incoming = Incoming::new(self.context);
        loop {
            let offset = u32::try_from(incoming.size()).unwrap_or(u32::MAX);
            let Some(part) = self.session.part(uid, offset, PART).await? else { return Ok(None) };
            incoming.add(&part).map_err(Cut::Spool)?;
            crash::point("intake.fetched");
            // A shorter part is the last one; a longer one comes from a server that knows no parts. Over the limit is
            // one of which the server had named a smaller size.
            if part.len() != PART as usize || incoming.is_oversize() {
                break;
            }
        }
        Ok(Some(incoming.finish(self.context, Item::Named(&uid.to_string()), Some(uid))))
    }

    async fn head_only(&mut self, uid: u32, size: u64) -> Result<Option<Arrival>, Cut> {
        let start = self.session.part(uid, 0, HEAD_READ).await?;
        Ok(start.map(|start| arrival::oversize(self.context, uid.to_string(), Some(uid), start, size)))
    }

    async fn hand_over(&mut self, batch: Batch) -> Result<(), Cut> {
        self.blame.mail_came();
        if self.committer.take(batch).await { Ok(()) } else { Err(Cut::Ledger) }
    }

    /// A mail that broke a connection, alone and in parts.
    ///
    /// # Errors
    /// When the connection was lost again; the try has been counted.
    pub(super) async fn alone(&mut self, uid: u32) -> Result<(), PollError> {
        // Its size is not asked for: that may be what breaks. The parts tell.
        let handed_over = match self.in_parts(uid, 0).await {
            Ok(Some(arrival)) => self.hand_over(Batch::Large(Box::new(arrival))).await,
            Ok(None) => return Ok(self.blame.bodiless(self.context, self.mailbox, uid, self.summary).await?),
            Err(cut) => Err(cut),
        };
        match handed_over {
            Ok(()) | Err(Cut::Ledger) => Ok(()),
            Err(Cut::Spool(error)) => Err(PollError::Spool(error)),
            Err(Cut::Imap(error)) => {
                self.broke(uid, &error).await?;
                let go_on = error.leaves_connection_usable() && !self.blame.is_the_servers();
                if go_on { Ok(()) } else { Err(error.into()) }
            }
        }
    }

    async fn broke(&mut self, uid: u32, cause: &ImapError) -> Result<(), StoreError> {
        self.blame.broke(self.context, self.mailbox, uid, cause, self.summary).await
    }
}

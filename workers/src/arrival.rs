//! From the bytes of a mail, in memory, in parts or in a file, to what the door of the ledger takes. The poller, the
//! Maildir and the import all come through here, so that a mail means the same however it came.
//!
//! A mail of at most [`IN_MEMORY`] bytes travels in memory, a larger one in a file, and of one over the limit only
//! the header and the first [`HEAD_KEPT`] bytes after it. A file that we write for a mail has no name, so that none
//! stays behind, not even when the process is killed.

use std::{
    fs::File,
    io::{self, Read, Write},
    path::Path,
};

use caseconsult_core::{
    domain::{
        address::EmailAddress,
        case::HoldReason,
        digest::{Digest, Running},
    },
    mail::head::{Head, Reading, Verdict},
};
use caseconsult_store::{intake::Arrival, raw::RawMail};

use crate::context::Context;

/// The largest mail that is held in memory as a whole; bytes.
pub const IN_MEMORY: u64 = 1 << 20;
/// What is kept of a body over the limit; bytes.
pub const HEAD_KEPT: usize = 64 << 10;
/// A header longer than this is cut when only the head is kept; bytes.
const HEADER_KEPT: usize = 256 << 10;
/// How much of a mail must be at hand to keep its head; bytes.
pub const HEAD_READ: u32 = 320 << 10;

/// A mail that is in memory, whole.
#[must_use]
pub fn whole(context: &Context, item: String, uid: Option<u32>, bytes: Vec<u8>) -> Arrival {
    let head = Head::read(&bytes, &context.thread_key, &own(context));
    Arrival { item, uid, sha256: Digest::of(&bytes), head, raw: RawMail::Bytes(bytes) }
}

/// A mail over the limit: `start` is its beginning, [`HEAD_READ`] bytes of it, and `size` its whole length.
#[must_use]
pub fn oversize(context: &Context, item: String, uid: Option<u32>, mut start: Vec<u8>, size: u64) -> Arrival {
    start.truncate(body_offset(&start).saturating_add(HEAD_KEPT));
    let mut head = Head::read(&start, &context.thread_key, &own(context));
    // What a machine wrote wants no answer, however large it is.
    if !matches!(head.verdict, Verdict::Ignored { .. }) {
        head.verdict = Verdict::Held(HoldReason::Oversize { bytes: size });
    }
    Arrival { item, uid, sha256: Digest::of(&start), head, raw: RawMail::Head { bytes: start, size } }
}

/// Where the body begins; the end of what may be kept of a header when it has no end.
fn body_offset(start: &[u8]) -> usize {
    let mut offset = 0;
    for line in start.split_inclusive(|byte| *byte == b'\n') {
        offset += line.len();
        if matches!(line, b"\n" | b"\r\n") || offset > HEADER_KEPT {
            break;
        }
    }
    offset.min(HEADER_KEPT)
}

/// A mail in a file of its own.
///
/// # Errors
/// When the file cannot be read. Blocks: call it where blocking is allowed.
pub fn in_file(context: &Context, item: Item<'_>, path: &Path) -> io::Result<Arrival> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > context.max_mail_bytes {
        let mut start = Vec::new();
        file.take(HEAD_READ.into()).read_to_end(&mut start)?;
        let name = item.name(&Digest::of(&start));
        return Ok(oversize(context, name, None, start, size));
    }
    if size <= IN_MEMORY {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let name = item.name(&Digest::of(&bytes));
        return Ok(whole(context, name, None, bytes));
    }
    let mut passing = Passing::default();
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            count => passing.add(buffer.get(..count).unwrap_or_default()),
        }
    }
    Ok(passing.arrival(context, item, None, file))
}

/// What a mail is called in the ledger.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// By its source: a UID, or a Maildir's base name.
    Named(&'a str),
    /// By the digest of its bytes, for files, which have no name of their own that lasts.
    Digest,
}

impl Item<'_> {
    fn name(self, sha256: &Digest) -> String {
        match self {
            Self::Named(name) => name.to_owned(),
            Self::Digest => sha256.as_str().to_owned(),
        }
    }
}

/// What is gathered while a mail passes by.
#[derive(Default)]
struct Passing {
    digest: Running,
    reading: Reading,
    size: u64,
}

impl Passing {
    fn add(&mut self, part: &[u8]) {
        self.digest.add(part);
        self.reading.add(part);
        self.size += part.len() as u64;
    }

    fn arrival(self, context: &Context, item: Item<'_>, uid: Option<u32>, file: File) -> Arrival {
        let sha256 = self.digest.finish();
        let head = self.reading.finish(&context.thread_key, &own(context));
        let raw = RawMail::File { file, sha256: sha256.clone(), size: self.size };
        Arrival { item: item.name(&sha256), uid, raw, sha256, head }
    }
}

/// A mail that comes in parts, of unknown length. It stays in memory while it is small; a larger one goes to a file
/// without a name, which nobody else can read and which goes with the last who holds it.
pub struct Incoming {
    passing: Passing,
    /// Its first [`IN_MEMORY`] bytes.
    start: Vec<u8>,
    file: Option<File>,
    limit: u64,
}

impl Incoming {
    /// An empty one. Of one that grows larger than the context's limit, only the start is kept.
    #[must_use]
    pub fn new(context: &Context) -> Self {
        Self { passing: Passing::default(), start: Vec::new(), file: None, limit: context.max_mail_bytes }
    }

    /// Takes the next part.
    ///
    /// # Errors
    /// When the folder for temporary files cannot be written.
    pub fn add(&mut self, part: &[u8]) -> io::Result<()> {
        let before = self.passing.size;
        self.passing.add(part);
        if self.is_oversize() {
            self.file = None;
        } else if self.passing.size > IN_MEMORY {
            if self.file.is_none() {
                let mut file = tempfile::tempfile()?;
                file.write_all(&self.start)?;
                self.file = Some(file);
            }
            if let Some(file) = &mut self.file {
                file.write_all(part)?;
            }
        }
        let room = usize::try_from(IN_MEMORY.saturating_sub(before)).unwrap_or(0);
        self.start.extend_from_slice(part.get(..room.min(part.len())).unwrap_or(part));
        Ok(())
    }

    /// Whether it is over the limit: further parts are counted and forgotten.
    #[must_use]
    pub const fn is_oversize(&self) -> bool {
        self.passing.size > self.limit
    }

    /// How many bytes came.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.passing.size
    }

    /// The arrival.
    #[must_use]
    pub fn finish(mut self, context: &Context, item: Item<'_>, uid: Option<u32>) -> Arrival {
        if self.is_oversize() {
            self.start.truncate(HEAD_READ as usize);
            let name = item.name(&Digest::of(&self.start));
            return oversize(context, name, uid, self.start, self.passing.size);
        }
        match self.file {
            Some(file) => self.passing.arrival(context, item, uid, file),
            None => {
                let sha256 = self.passing.digest.finish();
                let head = self.passing.reading.finish(&context.thread_key, &own(context));
                Arrival { item: item.name(&sha256), uid, sha256, head, raw: RawMail::Bytes(self.start) }
            }
        }
    }
}

fn own(context: &Context) -> Vec<EmailAddress> {
    let mut own = context.own_aliases.clone();
    own.push(context.own_address.clone());
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_mail_over_the_limit_the_header_and_the_start_of_the_body_are_kept() {
        assert_eq!(body_offset(b"A: b\r\nC: d\r\n\r\nbody"), 14);
        assert_eq!(body_offset(b"A: b\n\nbody\n\n"), 6);
        assert_eq!(body_offset(b"A: b\n"), 5);
        assert_eq!(body_offset(&vec![b'a'; HEADER_KEPT + 9]), HEADER_KEPT);
        assert!(HEADER_KEPT + HEAD_KEPT <= HEAD_READ as usize);
    }
}

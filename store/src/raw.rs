//! Raw mails, byte for byte, once for each SHA-256, in chunks. Written by the door ([`crate::intake::accept`]),
//! read by the workers and the case page; never changed.

use std::io;

use caseconsult_core::domain::digest::{Digest, Running};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use crate::{Db, StoreError, Tx, db::both::both, row::Column};

/// The most bytes of one chunk.
pub const CHUNK: usize = 1 << 20;

/// A raw mail on its way in.
#[derive(Debug)]
pub enum RawMail {
    /// Whole, in memory.
    Bytes(Vec<u8>),
    /// In an open file of its own, already digested: for mails larger than 1 MiB.
    File {
        /// Need not have a name: one without leaves nothing behind when the process dies.
        file: std::fs::File,
        /// Of its bytes.
        sha256: Digest,
        /// Its length in bytes.
        size: u64,
    },
    /// Only the head of one over the limit.
    Head {
        /// The headers and the first 64 KiB.
        bytes: Vec<u8>,
        /// What the whole measures, as the server says; bytes.
        size: u64,
    },
}

impl RawMail {
    /// What the mail measures on the server, in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File { size, .. } | Self::Head { size, .. } => *size,
        }
    }

    /// Whether all of it is here.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        !matches!(self, Self::Head { .. })
    }
}

/// What is kept of a mail.
#[derive(Clone, Debug)]
pub struct Kept {
    /// At most as many bytes as were asked for.
    pub bytes: Vec<u8>,
    /// What the mail measures on the server, in bytes.
    pub size: u64,
    /// False when only a head was stored, or when the limit cut it.
    pub complete: bool,
}

/// Copies a file into chunks, one at a time, so that a large mail never lies in memory as a whole.
pub(crate) async fn put_file(tx: &mut Tx, file: &std::fs::File, sha256: &Digest) -> Result<(), StoreError> {
    const PUT: &str = "INSERT INTO raw_chunks (sha256, seq, bytes) VALUES ($1, $2, $3)";
    let mut file = tokio::fs::File::from_std(file.try_clone()?);
    // It was read or written to its end, by us or by a try before this one.
    file.rewind().await?;
    let mut running = Running::default();
    for seq in 0_i64.. {
        let mut chunk = Vec::with_capacity(CHUNK);
        (&mut file).take(CHUNK as u64).read_to_end(&mut chunk).await?;
        if chunk.is_empty() {
            break;
        }
        running.add(&chunk);
        both!(tx.connection(), conn => {
            sqlx::query(PUT).bind(sha256.as_str()).bind(seq).bind(chunk).execute(conn).await?;
        });
    }
    if running.finish() == *sha256 {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidData, "its bytes changed after it was fetched").into())
    }
}

/// Reads at most `limit` bytes of a mail; none when there is no such mail.
///
/// # Errors
/// When the database does not answer, or a chunk is missing.
pub async fn read(db: &Db, sha256: &Digest, limit: u64) -> Result<Option<Kept>, StoreError> {
    const FIRST: &str = "SELECT m.size, m.complete, c.bytes FROM raw_mails m \
                         LEFT JOIN raw_chunks c ON c.sha256 = m.sha256 AND c.seq = 0 WHERE m.sha256 = $1";
    const NEXT: &str = "SELECT bytes FROM raw_chunks WHERE sha256 = $1 AND seq = $2";
    let first: Option<(i64, bool, Option<Vec<u8>>)> =
        both!(db.reader(), pool => sqlx::query_as(FIRST).bind(sha256.as_str()).fetch_optional(pool).await?);
    let Some((size, stored_whole, first)) = first else { return Ok(None) };
    let size: u64 = Column("raw_mails", "size").count(size)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut bytes = first.unwrap_or_default();
    let mut seq = 0_i64;
    // A chunk that is not full is the last.
    while bytes.len() < limit && !bytes.is_empty() && bytes.len() % CHUNK == 0 {
        seq += 1;
        let next: Option<Vec<u8>> = both!(db.reader(), pool => {
            sqlx::query_scalar(NEXT).bind(sha256.as_str()).bind(seq).fetch_optional(pool).await?
        });
        match next {
            Some(next) => bytes.extend_from_slice(&next),
            None => break,
        }
    }
    let cut = bytes.len() > limit;
    bytes.truncate(limit);
    if stored_whole && !cut && bytes.len() < limit && bytes.len() as u64 != size {
        return Err(Column("raw_chunks", "bytes").damaged());
    }
    let complete = stored_whole && bytes.len() as u64 == size;
    Ok(Some(Kept { bytes, size, complete }))
}

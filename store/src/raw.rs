//! Raw mails. STUB: to be written.
use crate::{Db, StoreError};
use caseconsult_core::domain::digest::Digest;
/// The most bytes of one chunk.
pub const CHUNK: usize = 1 << 20;
/// A raw mail on its way in.
#[derive(Debug)]
pub enum RawMail {
    /// Whole, in memory.
    Bytes(Vec<u8>),
    /// In a file of its own (larger than 1 MiB), already digested.
    File {
        /// where
        path: std::path::PathBuf,
        /// of its bytes
        sha256: Digest,
        /// its length
        size: u64,
    },
    /// Only the head of one over the limit.
    Head {
        /// headers and first 64 KiB
        bytes: Vec<u8>,
        /// as the server says
        size: u64,
    },
}
/// What is kept of a mail.
#[derive(Clone, Debug)]
pub struct Kept {
    /// at most `limit` bytes of it
    pub bytes: Vec<u8>,
    /// on the server
    pub size: u64,
    /// false when only a head was stored, or when `limit` cut it
    pub complete: bool,
}
/// Reads at most `limit` bytes.
pub async fn read(_db: &Db, _sha256: &Digest, _limit: u64) -> Result<Option<Kept>, StoreError> {
    unimplemented!()
}

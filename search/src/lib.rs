//! The search index: the wordings of the catalogue's codes, kept by Tantivy in a folder or in memory.
//!
//! What a word, a wording and a better row are is told by `caseconsult_core::search`; this crate keeps the rows so that
//! a question meets them in well under a millisecond. It stands apart from `core` because it reads and writes files,
//! and from `store` because it is no truth of its own: everything in it is made from the catalogue, in seconds, and is
//! the same whichever database that lies in. It knows no SQL and no clock, and writes nowhere but in the folder that
//! it is handed.
//!
//! | file | holds |
//! |---|---|
//! | [`make`] | codes and wordings → an index |
//! | [`index`] | an index at hand, and what is found in it |
//! | [`shape`] | the fields of a row |

pub mod index;
pub mod make;
mod shape;

pub use index::{Found, Index};
pub use make::Making;

/// Why there is no index.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The folder cannot be written or read.
    #[error("the search index cannot be kept or read: is its folder writable, and the disk not full?")]
    Tantivy(#[from] tantivy::TantivyError),
    /// Written by another version, or damaged.
    #[error(transparent)]
    Unreadable(#[from] caseconsult_core::search::pack::Unreadable),
    /// A file of it cannot be read.
    #[error("the search index cannot be read: it has to be made again")]
    Missing(#[from] tantivy::directory::error::OpenReadError),
    /// A file of it cannot be written or read.
    #[error("the search index cannot be kept or read: is its folder writable, and the disk not full?")]
    Io(#[from] std::io::Error),
}

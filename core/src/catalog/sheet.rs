//! What one edition of a table says under one key, as bytes: one sheet a code, or a locality, or a group.
//!
//! The tables about codes differ in everything but this: whoever asks, asks by a key on a date of service. So the
//! store keeps them all in one shape, a key and a body that only the fact's own type ([`super::fact`]) can read, and
//! four million NCCI edits become thirty thousand sheets, each found by one look into an index. The price is that SQL
//! cannot look into a body; nothing needs it to.

use crate::domain::ids::EditionId;

/// One sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its edition.
    pub edition: EditionId,
    /// A code in normal form, or what else the table is looked up by.
    pub key: String,
    /// A [`Fact`].
    pub body: Vec<u8>,
}

/// A body that cannot be read: the row was damaged, or written by a newer version of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sheet of the catalogue cannot be read: import its edition again")]
pub struct Unreadable;

/// What a sheet's body says.
pub trait Fact: Sized {
    /// The body.
    fn to_body(&self) -> Vec<u8>;

    /// Reads a body.
    ///
    /// # Errors
    /// [`Unreadable`].
    fn from_body(body: &[u8]) -> Result<Self, Unreadable>;
}

/// The body of a fact that is small and seldom read: JSON. What is read by the thousand packs its own.
macro_rules! json_body {
    ($fact:ty) => {
        impl $crate::catalog::sheet::Fact for $fact {
            fn to_body(&self) -> Vec<u8> {
                // Structs of text, numbers and lists: nothing in them can fail to be written.
                serde_json::to_vec(self).unwrap_or_default()
            }

            fn from_body(body: &[u8]) -> Result<Self, $crate::catalog::sheet::Unreadable> {
                serde_json::from_slice(body).map_err(|_| $crate::catalog::sheet::Unreadable)
            }
        }
    };
}
pub(super) use json_body;

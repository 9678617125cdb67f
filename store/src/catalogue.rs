//! Editions and codes. STUB: to be written.
use crate::{Clock, Db, StoreError};
use caseconsult_core::{
    catalog::{Edition, Entry, Shelf},
    domain::code::{Code, CodeSystem},
};
/// An import under way: rows go in, then one switch makes them live.
#[derive(Debug)]
pub struct Import {
    /// .
    pub edition: Edition,
}
/// Starts an import, or says that this very file is live already (`None`). Leftovers of a killed import of the same file are removed.
pub async fn begin_import(_db: &Db, _clock: &Clock, _edition: Edition) -> Result<Option<Import>, StoreError> {
    unimplemented!()
}
/// Adds rows (thousands at a time), invisible until the switch.
pub async fn add_rows(_db: &Db, _import: &Import, _rows: &[Entry]) -> Result<(), StoreError> {
    unimplemented!()
}
/// The switch. A live edition of the same system, name and interval (a re-posted one) is replaced.
pub async fn go_live(_db: &Db, _clock: &Clock, _import: Import, _rows: u64, _rejected: u64) -> Result<(), StoreError> {
    unimplemented!()
}
/// Live editions, by system and interval.
pub async fn editions(_db: &Db) -> Result<Vec<Edition>, StoreError> {
    unimplemented!()
}
/// Everything that live editions say of these codes, over the embedded starter catalogue (whose rows of a system give
/// way to imported editions of it).
pub async fn shelf(_db: &Db, _codes: &[(CodeSystem, Code)]) -> Result<Shelf, StoreError> {
    unimplemented!()
}

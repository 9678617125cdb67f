//! The history of a case. STUB: to be written.
use crate::{Clock, Db, StoreError, Tx};
use caseconsult_core::domain::event::Actor;
use caseconsult_core::domain::{ids::CaseId, instant::Instant};
/// One line.
#[derive(Clone, Debug)]
pub struct Event {
    /// .
    pub at: Instant,
    /// .
    pub who: Actor,
    /// e.g. `claimed`
    pub what: String,
    /// JSON
    pub detail: String,
}
/// Inside the transaction of the change that it tells of.
pub async fn add(
    _tx: &mut Tx,
    _clock: &Clock,
    _case: CaseId,
    _actor: Actor,
    _what: &str,
    _detail: &str,
) -> Result<(), StoreError> {
    unimplemented!()
}
/// Oldest first.
pub async fn of_case(_db: &Db, _case: CaseId) -> Result<Vec<Event>, StoreError> {
    unimplemented!()
}

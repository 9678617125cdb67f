//! The terms of all replies that were sent, in memory. The first look reads all of them; each later one reads what was sent
//! since, so that a reply by any process on the database is found by the next look.

use std::{fmt, time::Duration};

use caseconsult_core::{
    domain::{ids::CaseId, instant::Instant},
    precedent::{Index, Likeness, Terms},
};
use caseconsult_store::{Db, StoreError, precedents};
use tokio::sync::Mutex;

/// A transaction may become visible so much later than the moment that it wrote, and clocks of machines may differ.
const OVERLAP: Duration = Duration::from_secs(120);

/// The index of a process; empty at first. It only grows: a reply that came back is left out by whoever shows it.
#[derive(Default)]
pub struct Held(Mutex<State>);

#[derive(Default)]
struct State {
    index: Index,
    newest: Option<Instant>,
}

impl Held {
    /// The replies that are likest to a case with these terms, the likest first.
    ///
    /// # Errors
    /// When the database does not answer, or a row cannot be read.
    pub async fn find(&self, db: &Db, terms: &Terms, of: CaseId, limit: usize) -> Result<Vec<Likeness>, StoreError> {
        let mut state = self.0.lock().await;
        state.refresh(db).await?;
        Ok(state.index.find(terms, of, limit))
    }
}

impl State {
    async fn refresh(&mut self, db: &Db) -> Result<(), StoreError> {
        let from = self.newest.map_or_else(Instant::default, |newest| newest.minus(OVERLAP));
        let Self { index, newest } = self;
        let mut take = |sent: precedents::Sent| {
            index.add(sent.reply, sent.case, &sent.terms);
            *newest = (*newest).max(Some(sent.at));
        };
        precedents::each_sent(db, from, &mut take).await
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}

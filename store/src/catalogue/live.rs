//! The live editions, remembered by each process. Called by every look-up.
//!
//! A row of one number, the generation, is counted up by each switch, in the switch's own transaction. A look-up reads it
//! in the statement that reads the rows, so in the same snapshot: where it is the remembered one, the remembered editions
//! are those of the rows, and where it is not, both are read again. So a switch by any process is seen by the next
//! look-up, and no answer mixes the editions before it with the rows after it.

use std::{
    collections::HashMap,
    ops::Deref,
    sync::{Arc, PoisonError, RwLock},
};

use caseconsult_core::{
    catalog::{Edition, starter},
    domain::{code::CodeSystem, ids::EditionId},
};

use super::{
    look,
    row::{EditionRow, edition_columns},
};
use crate::{Db, StoreError, db::both::both};

/// The live imported editions at one moment, by table and first day. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Live(Arc<State>);

#[derive(Debug)]
struct State {
    generation: i64,
    imported: Arc<[Edition]>,
    of_system: HashMap<CodeSystem, Vec<EditionId>>,
    shelved: Arc<[Edition]>,
}

impl Live {
    fn new(generation: i64, imported: Vec<Edition>) -> Self {
        let mut of_system: HashMap<CodeSystem, Vec<EditionId>> = HashMap::new();
        for edition in &imported {
            if let Some(system) = edition.dataset.system() {
                of_system.entry(system).or_default().push(edition.id);
            }
        }
        let of_imported =
            |edition: &Edition| edition.dataset.system().is_some_and(|system| of_system.contains_key(&system));
        let built_in = starter().editions().into_iter().filter(|edition| !of_imported(edition)).cloned();
        let mut shelved: Vec<Edition> = imported.iter().cloned().chain(built_in).collect();
        shelved.sort_by_key(Edition::place);
        Self(Arc::new(State { generation, imported: imported.into(), of_system, shelved: shelved.into() }))
    }

    pub(super) fn generation(&self) -> i64 {
        self.0.generation
    }

    /// The editions, to be held by an answer.
    pub(super) fn imported(&self) -> Arc<[Edition]> {
        Arc::clone(&self.0.imported)
    }

    /// The same with the built-in ones of the systems of which none is imported, by [`Edition::place`].
    pub(super) fn shelved(&self) -> Arc<[Edition]> {
        Arc::clone(&self.0.shelved)
    }

    /// The imported editions of a code system; where there is none, the built-in one answers.
    pub(super) fn of_system(&self, system: CodeSystem) -> &[EditionId] {
        self.0.of_system.get(&system).map_or(&[], Vec::as_slice)
    }
}

impl Deref for Live {
    type Target = [Edition];

    fn deref(&self) -> &[Edition] {
        &self.0.imported
    }
}

/// What a process knows of the live editions; nothing at first.
#[derive(Debug, Default)]
pub struct Remembered(RwLock<Option<Live>>);

impl Remembered {
    fn get(&self) -> Option<Live> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps the newer of the two: of several readers the slowest may have the oldest.
    fn keep(&self, live: &Live) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_none_or(|kept| kept.generation() < live.generation()) {
            *kept = Some(live.clone());
        }
    }
}

/// Live imported editions, by table and first day, as of now. The built-in ones are not among them.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn editions(db: &Db) -> Result<Live, StoreError> {
    let generation = look::generation(db).await?;
    match db.remembered().get() {
        Some(live) if live.generation() == generation => Ok(live),
        _ => read(db).await,
    }
}

/// What is remembered, however old: for whoever compares its generation with that of the rows read.
pub(super) async fn recent(db: &Db) -> Result<Live, StoreError> {
    match db.remembered().get() {
        Some(live) => Ok(live),
        None => read(db).await,
    }
}

/// Reads them again. A list that was read between two readings of one generation is the list of that generation.
pub(super) async fn read(db: &Db) -> Result<Live, StoreError> {
    const LIVE: &str =
        concat!("SELECT ", edition_columns!(), " FROM editions WHERE live ORDER BY dataset, effective_from, id");
    loop {
        let before = look::generation(db).await?;
        let rows: Vec<EditionRow> = both!(db.reader(), pool => sqlx::query_as(LIVE).fetch_all(pool).await?);
        if look::generation(db).await? != before {
            continue;
        }
        let editions: Result<Vec<Edition>, StoreError> = rows.into_iter().map(Edition::try_from).collect();
        let live = Live::new(before, editions?);
        db.remembered().keep(&live);
        return Ok(live);
    }
}

//! What rows that are not stored say otherwise than an edition that is. Called by `codes import --dry-run`.

use std::collections::HashSet;

use caseconsult_core::catalog::{
    Edition, Entry, Sheet,
    change::{self, Change},
};

use super::{
    sheets::{each_sheet, look_up},
    shelf::{each_entry, listed, spot},
};
use crate::{Db, StoreError, row::Column};

/// Keys of one look.
const KEYS: usize = 500;

/// A stored edition, and one that might come after it, row by row.
#[derive(Debug)]
pub struct Against {
    before: Edition,
    after: Edition,
    seen: HashSet<String>,
}

impl Against {
    /// The stored one, and the other.
    #[must_use]
    pub fn new(before: Edition, after: Edition) -> Self {
        Self { before, after, seen: HashSet::new() }
    }

    /// The stored one.
    #[must_use]
    pub const fn before(&self) -> &Edition {
        &self.before
    }

    /// The other.
    #[must_use]
    pub const fn after(&self) -> &Edition {
        &self.after
    }

    /// Hands what is different in these codes to `take`; those of other editions are passed over.
    ///
    /// # Errors
    /// When the database does not answer, or a row cannot be read.
    pub async fn entries(
        &mut self,
        db: &Db,
        entries: &[Entry],
        take: &mut (dyn FnMut(Change) + Send),
    ) -> Result<(), StoreError> {
        let own: Vec<&Entry> = entries.iter().filter(|entry| entry.edition == self.after.id).collect();
        for own in own.chunks(KEYS) {
            let spots = own.iter().map(|entry| spot(self.before.id, entry.system, &entry.code)).collect();
            let stored = listed(db, spots).await?.rows;
            for entry in own {
                let old = stored.iter().find(|old| (old.system, &old.code) == (entry.system, &entry.code));
                let old = old.map(|old| (&self.before, old));
                change::of_entry(old, Some((&self.after, *entry))).into_iter().for_each(&mut *take);
                self.seen.insert(entry.code.to_string());
            }
        }
        Ok(())
    }

    /// Hands what is different in these sheets to `take`; those of other editions are passed over.
    ///
    /// # Errors
    /// When the database does not answer, or a row cannot be read.
    pub async fn sheets(
        &mut self,
        db: &Db,
        sheets: &[Sheet],
        take: &mut (dyn FnMut(Change) + Send),
    ) -> Result<(), StoreError> {
        let own: Vec<&Sheet> = sheets.iter().filter(|sheet| sheet.edition == self.after.id).collect();
        for own in own.chunks(KEYS) {
            let keys: Vec<&str> = own.iter().map(|sheet| sheet.key.as_str()).collect();
            let stored = look_up(db, &[self.before.id], &keys).await?.sheets;
            for sheet in own {
                let old = stored.iter().find(|old| old.key == sheet.key).map(|old| old.body.as_slice());
                if old != Some(sheet.body.as_slice()) {
                    self.tell(&sheet.key, old, Some(&sheet.body), take)?;
                }
                self.seen.insert(sheet.key.clone());
            }
        }
        Ok(())
    }

    /// Hands what was in none of the rows, and so would be gone, to `take`.
    ///
    /// # Errors
    /// When the database does not answer, or a row cannot be read.
    pub async fn gone(&self, db: &Db, take: &mut (dyn FnMut(Change) + Send)) -> Result<(), StoreError> {
        if self.before.dataset.system().is_some() {
            let mut gone = |entry: Entry| {
                if !self.seen.contains(entry.code.as_str()) {
                    take(Change::removed(entry.code.to_string()));
                }
            };
            return each_entry(db, self.before.id, &mut gone).await;
        }
        let mut failure = None;
        let mut gone = |sheet: Sheet| {
            if !self.seen.contains(&sheet.key)
                && let Err(error) = self.tell(&sheet.key, Some(&sheet.body), None, take)
            {
                failure = Some(error);
            }
        };
        each_sheet(db, self.before.id, &mut gone).await?;
        failure.map_or(Ok(()), Err)
    }

    fn tell(
        &self,
        key: &str,
        old: Option<&[u8]>,
        new: Option<&[u8]>,
        take: &mut (dyn FnMut(Change) + Send),
    ) -> Result<(), StoreError> {
        let changes = change::of_sheet(self.after.dataset, key, old, new);
        changes.map_err(|_| Column("sheets", "body").damaged())?.into_iter().for_each(take);
        Ok(())
    }
}

//! What a release would change, told without writing a row. Called by [`super::release`] for a dry run.

use caseconsult_core::catalog::{Edition, change::Changes};
use caseconsult_store::{
    Db,
    catalogue::{self, Against},
};

use super::{filling::Batch, release::Compared};

/// The editions of a release, each against the live one that it would replace or come after.
#[derive(Default)]
pub(super) struct Comparison(Vec<OfOne>);

struct OfOne {
    against: Against,
    would_replace: bool,
    changes: Changes,
}

impl Comparison {
    /// Finds what each of them is to be compared with: the live edition of the same table, name and days, and without
    /// one that of the same table and publisher that took effect last before it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn of(db: &Db, wanted: &[Edition]) -> anyhow::Result<Self> {
        let live = catalogue::editions(db).await?;
        let mut all = Vec::new();
        for edition in wanted {
            let replaced = catalogue::replaced_by(db, edition).await?.pop();
            let would_replace = replaced.is_some();
            let earlier = live.iter().filter(|earlier| {
                (earlier.dataset, &earlier.publisher) == (edition.dataset, &edition.publisher)
                    && earlier.effective.from < edition.effective.from
            });
            let Some(before) = replaced.or_else(|| earlier.max_by_key(|earlier| earlier.place()).cloned()) else {
                continue;
            };
            let against = Against::new(before, edition.clone());
            all.push(OfOne { against, would_replace, changes: Changes::default() });
        }
        Ok(Self(all))
    }

    /// Compares these rows.
    pub(super) async fn take(&mut self, db: &Db, batch: &Batch) -> anyhow::Result<()> {
        for OfOne { against, changes, .. } in &mut self.0 {
            let mut take = |change| changes.add(change);
            against.entries(db, &batch.entries, &mut take).await?;
            against.sheets(db, &batch.sheets, &mut take).await?;
        }
        Ok(())
    }

    /// Adds what none of the rows has; then tells what would be replaced, and what followed, by these.
    pub(super) async fn finish(self, db: &Db, filled: &[Edition]) -> anyhow::Result<(Vec<Compared>, Vec<Compared>)> {
        let (mut replaced, mut followed) = (Vec::new(), Vec::new());
        for OfOne { against, would_replace, mut changes } in self.0 {
            if !filled.iter().any(|edition| edition.id == against.after().id) {
                continue;
            }
            against.gone(db, &mut |change| changes.add(change)).await?;
            let compared = Compared { edition: against.before().clone(), changes };
            if would_replace { replaced.push(compared) } else { followed.push(compared) }
        }
        Ok((replaced, followed))
    }
}

//! What the MS-DRG tables say: the weight of a group, and whether a secondary diagnosis raises it.

use jiff::civil::Date;

use super::{
    super::{
        dataset::Dataset,
        fact::{
            complication::{Complication, Exclusions},
            drg_weight::DrgWeight,
        },
        sheet::Unreadable,
    },
    Desk, Told,
};
use crate::domain::code::Code;

/// Whether a complication or comorbidity counts beside a principal diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The principal diagnosis is none of those that exclude it.
    NotExcluded,
    /// It is one of this collection, which excludes it.
    Excluded {
        /// The collection's number in the table.
        collection: u32,
    },
}

impl Desk {
    /// The weight of an MS-DRG.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn drg_weight(&self, drg: &Code, day: Date) -> Result<Told<'_, DrgWeight>, Unreadable> {
        self.fact(Dataset::DrgWeights, drg.as_str(), day)
    }

    /// Whether a diagnosis stands on a list; `table` is [`Dataset::Mcc`] or [`Dataset::Cc`].
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn complication(
        &self,
        table: Dataset,
        diagnosis: &Code,
        day: Date,
    ) -> Result<Told<'_, Complication>, Unreadable> {
        self.fact(table, diagnosis.as_str(), day)
    }

    /// When a diagnosis does not count, and what it excludes as a principal one.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn exclusions(&self, diagnosis: &Code, day: Date) -> Result<Told<'_, Exclusions>, Unreadable> {
        self.fact(Dataset::CcExclusions, diagnosis.as_str(), day)
    }

    /// Whether a secondary diagnosis counts beside a principal one. Not in the table means that the secondary one is
    /// listed neither as CC nor as MCC. The desk needs the sheets of both.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn beside(&self, secondary: &Code, principal: &Code, day: Date) -> Result<Told<'_, Beside>, Unreadable> {
        let excludes = self.exclusions(principal, day)?;
        let excludes = excludes.value().map(|exclusions| exclusions.excludes.as_slice()).unwrap_or_default();
        let listed = self.exclusions(secondary, day)?;
        Ok(listed.filter_map(|exclusions| {
            let by = exclusions.listed?.excluded_by;
            let hit = by.filter(|collection| excludes.contains(&collection.number));
            Some(hit.map_or(Beside::NotExcluded, |collection| Beside::Excluded { collection: collection.number }))
        }))
    }
}

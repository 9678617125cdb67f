//! What came in the place of which diagnosis: the conversion table, and the addenda of a release.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::{
    super::{
        dataset::Dataset,
        fact::conversion::{Conversion, Predecessor, Successor},
        fact::revision::{Revision, Revisions},
        import::ImportError,
        layout::{
            icd10_addenda,
            icd10cm_conversion::{self, Previous},
        },
    },
    Gather, Out, Source,
};
use crate::domain::code::{Code, CodeSystem};

/// A code may have several rows, and is named in those of its successors.
#[derive(Default)]
pub(super) struct Conversions {
    by_code: BTreeMap<Code, Conversion>,
}

impl Gather for Conversions {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        icd10cm_conversion::read(source.book()?, &mut |row| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                self.add(row);
                ControlFlow::Continue(())
            }
        })?;
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for (code, conversion) in std::mem::take(&mut self.by_code) {
            let rows = conversion.before.len() as u64;
            if out.sheet(code.to_string(), &conversion, rows).is_break() {
                break;
            }
        }
        Ok(())
    }
}

impl Conversions {
    fn add(&mut self, row: icd10cm_conversion::Row) {
        let (codes, together) = match &row.previous {
            Previous::AnyOf(codes) => (codes.as_slice(), false),
            Previous::AllOf(codes) => (codes.as_slice(), true),
            Previous::Nothing | Previous::AnyIn(_) | Previous::Words => (&[][..], false),
        };
        self.add_ranges(&row);
        for previous in codes {
            let successor = Successor { code: row.code.clone(), effective: row.effective, together, range: None };
            let after = &mut self.by_code.entry(previous.clone()).or_default().after;
            if !after.contains(&successor) {
                after.push(successor);
            }
        }
        let before = Predecessor { effective: row.effective, previous: row.previous, words: row.words };
        self.by_code.entry(row.code).or_default().before.push(before);
    }

    /// A range is kept under each category that it goes through: which codes there are, the table does not tell.
    fn add_ranges(&mut self, row: &icd10cm_conversion::Row) {
        let Previous::AnyIn(ranges) = &row.previous else { return };
        for range in ranges {
            for category in range.categories() {
                let (code, range) = (row.code.clone(), Some(range.clone()));
                let successor = Successor { code, effective: row.effective, together: false, range };
                self.by_code.entry(category).or_default().ranges.push(successor);
            }
        }
    }
}

/// Changes of one code wait for each other: a code that became a header was deleted and added.
#[derive(Default)]
pub(super) struct Addenda {
    by_code: BTreeMap<Code, Revisions>,
}

impl Gather for Addenda {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let system = if out.fills(Dataset::Icd10PcsAddenda) { CodeSystem::Icd10Pcs } else { CodeSystem::Icd10Cm };
        let whole = icd10_addenda::read(system, source.reader, &mut |row| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                let revision = Revision { action: row.action, billable: row.billable, title: row.title };
                self.by_code.entry(row.code).or_default().revisions.push(revision);
                ControlFlow::Continue(())
            }
        })?;
        if whole { Ok(()) } else { Err(ImportError::Cut) }
    }

    /// A spring release that changes nothing is a release.
    fn may_be_empty(&self) -> bool {
        true
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for (code, revisions) in std::mem::take(&mut self.by_code) {
            let rows = revisions.revisions.len() as u64;
            if out.sheet(code.to_string(), &revisions, rows).is_break() {
                break;
            }
        }
        Ok(())
    }
}

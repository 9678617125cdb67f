//! The crosswalks between ICD-9-CM and ICD-10-CM: the equivalents of a diagnosis wait until all are there.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::{
    super::{
        fact::equivalent::{Equivalent, Equivalents},
        import::ImportError,
        layout::gem::{self, Direction},
    },
    Gather, Out, Source,
};
use crate::domain::code::Code;

/// One direction of the mappings.
pub(super) struct Gem {
    direction: Direction,
    by_code: BTreeMap<Code, Vec<Equivalent>>,
}

impl Gem {
    pub(super) const fn new(direction: Direction) -> Self {
        Self { direction, by_code: BTreeMap::new() }
    }
}

impl Gather for Gem {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        gem::read(self.direction, source.reader, &mut |row| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                self.by_code.entry(row.source.clone()).or_default().push(row.into());
                ControlFlow::Continue(())
            }
        })?;
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for (code, equivalents) in std::mem::take(&mut self.by_code) {
            let rows = equivalents.len() as u64;
            if out.sheet(code.to_string(), &Equivalents(equivalents), rows).is_break() {
                break;
            }
        }
        Ok(())
    }
}

//! The operator's CPT files.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::{
    super::{
        dataset::Dataset,
        entry::{Descriptor, Entry},
        fact::cpt_words::{CptChange, CptDescriptor, CptHistory, CptWords},
        import::ImportError,
        interval::Interval,
        layout::{
            cpt_descriptors::{self, Reader},
            cpt_history, cpt_text,
        },
    },
    Gather, Out, Source,
};
use crate::domain::code::{Code, CodeSystem};

/// The texts of a code wait for each other: of the long, medium and short ones that were named together, the longest
/// becomes the title and the shortest the short title.
#[derive(Default)]
pub(super) struct Texts {
    by_code: BTreeMap<Code, (u64, Vec<Descriptor>)>,
    is_part: bool,
}

impl Gather for Texts {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let Some(system) = out.system() else { return Ok(()) };
        self.is_part |= source.is_named || system != CodeSystem::Cpt;
        cpt_text::read(system, source.reader, &mut |row| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                self.by_code.entry(row.code).or_insert((row.line, Vec::new())).1.push(row.text);
                ControlFlow::Continue(())
            }
        })?;
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        let Some(system) = out.system() else { return Ok(()) };
        let (codes, least) = (self.by_code.len() as u64, cpt_text::FEWEST);
        if codes < least && !self.is_part {
            return Err(ImportError::TooFew { codes, least, dataset: Dataset::Codes(system) });
        }
        for (code, (line, mut texts)) in std::mem::take(&mut self.by_code) {
            texts.sort_by_key(|text| text.text.chars().count());
            let Some(title) = texts.pop() else { continue };
            let short_title = texts.into_iter().next().map(|text| text.text).unwrap_or_default();
            let flow = out.entry(line, system, code.clone(), |edition| Entry {
                edition: edition.id,
                system,
                code,
                title,
                short_title,
                billable: true,
                valid: Interval { from: edition.effective.from, to: edition.effective.to },
                see_also: Vec::new(),
            });
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Descriptors for patients or clinicians.
pub(super) struct Descriptors {
    whose: Reader,
    by_code: BTreeMap<Code, CptWords>,
}

impl Descriptors {
    pub(super) const fn new(whose: Reader) -> Self {
        Self { whose, by_code: BTreeMap::new() }
    }
}

impl Gather for Descriptors {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        cpt_descriptors::read(self.whose, source.reader, &mut |row| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                let descriptor = CptDescriptor { concept: row.concept, id: row.descriptor, text: row.text };
                self.by_code.entry(row.code).or_default().descriptors.push(descriptor);
                ControlFlow::Continue(())
            }
        })?;
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for (code, words) in std::mem::take(&mut self.by_code) {
            let rows = words.descriptors.len() as u64;
            if out.sheet(code.to_string(), &words, rows).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Added, revised and deleted codes.
#[derive(Default)]
pub(super) struct History {
    by_code: BTreeMap<Code, CptHistory>,
}

impl Gather for History {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        cpt_history::read(source.reader, &mut |row| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                let cpt_history::Row { day, change, before, after, instruction, .. } = row;
                let change = CptChange { day, change, before, after, instruction };
                self.by_code.entry(row.code).or_default().changes.push(change);
                ControlFlow::Continue(())
            }
        })?;
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for (code, mut history) in std::mem::take(&mut self.by_code) {
            history.changes.sort_by_key(|change| change.day);
            let rows = history.changes.len() as u64;
            if out.sheet(code.to_string(), &history, rows).is_break() {
                break;
            }
        }
        Ok(())
    }
}

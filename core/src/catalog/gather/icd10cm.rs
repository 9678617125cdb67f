//! What is published around the codes of ICD-10-CM: the tabular list, the alphabetic index, and the list of codes
//! that are exempt from the present-on-admission indicator.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::{
    super::{
        fact::{
            exempt::PoaExempt,
            index_terms::{self, IndexTerms},
        },
        import::ImportError,
        layout::{
            icd10cm_index::{self, Part},
            icd10cm_index_csv, icd10cm_tabular, poa_exempt,
            rejected::Rejected,
        },
        notes::Tree,
        recognise_list::dataset_of_part,
    },
    Gather, Out, Source,
};

/// The tabular list waits until it is whole: a note may point to codes that stand below it.
#[derive(Default)]
pub(super) struct Tabular {
    rows: Vec<icd10cm_tabular::Row>,
}

impl Gather for Tabular {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        icd10cm_tabular::read(source.reader, &mut |row| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                self.rows.push(row);
                ControlFlow::Continue(())
            }
        })?;
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        let tree = Tree::new(std::mem::take(&mut self.rows));
        for row in tree.rows() {
            let listed = tree.listed(row);
            if out.sheet(listed.key(), &listed, 1).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Lines of the index wait until all those of a code are there.
pub(super) struct Index {
    /// Whether it is the table that people make of it, and not the XML.
    is_table: bool,
    by_key: BTreeMap<String, IndexTerms>,
}

impl Index {
    pub(super) const fn new(is_table: bool) -> Self {
        Self { is_table, by_key: BTreeMap::new() }
    }
}

impl Gather for Index {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<icd10cm_index::Row, Rejected>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                for key in index_terms::keys(&row) {
                    self.by_key.entry(key).or_default().terms.push(row.clone());
                }
                ControlFlow::Continue(())
            }
        };
        if self.is_table {
            icd10cm_index_csv::read(source.reader, &mut take)?;
            return Ok(());
        }
        let said: Option<Part> = icd10cm_index::read(source.reader, &mut take)?.part;
        match said.map(dataset_of_part) {
            Some(dataset) if !out.fills(dataset) => Err(ImportError::OtherTable { dataset }),
            _ => Ok(()),
        }
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for (key, terms) in std::mem::take(&mut self.by_key) {
            let lines = terms.at_home(&key);
            if out.sheet(key, &terms, lines).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Exempt codes: one row a code.
pub(super) struct Exempt;

impl Gather for Exempt {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<poa_exempt::Row, Rejected>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => out.sheet(row.code.to_string(), &PoaExempt { title: row.title }, 1),
        };
        if source.is_sheet {
            poa_exempt::read_sheet(source.book()?, &mut take)?;
        } else {
            poa_exempt::read(source.reader, &mut take)?;
        }
        Ok(())
    }
}

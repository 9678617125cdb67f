//! The MS-DRG tables: groups with their titles and weights, and complications with what excludes them.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::{
    super::{
        entry::{Descriptor, Entry, TextSource},
        fact::{
            complication::{Complication, Exclusions},
            drg_weight::DrgWeight,
        },
        import::ImportError,
        layout::{
            drg_exclusion,
            drg_severity::{self, Severity},
            drg_weights,
            rejected::{Reason, Rejected},
        },
    },
    Gather, Out, Source,
};
use crate::domain::code::{Code, CodeSystem};

/// Table 5: every row is an entry of the list of groups, and a sheet of their weights.
pub(super) struct Weights;

impl Gather for Weights {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<drg_weights::Row, _>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => take_drg(row, out),
        };
        if source.is_sheet {
            drg_weights::read_xlsx(source.book()?, &mut take)?;
        } else {
            drg_weights::read(source.reader, &mut take)?;
        }
        Ok(())
    }
}

fn take_drg(row: drg_weights::Row, out: &mut Out<'_>) -> ControlFlow<()> {
    out.sheet(row.drg.to_string(), &DrgWeight::from(&row), 1)?;
    out.entry(row.line, CodeSystem::MsDrg, row.drg.clone(), |edition| Entry {
        edition: edition.id,
        system: CodeSystem::MsDrg,
        code: row.drg,
        title: Descriptor { text: row.title, source: TextSource::Public },
        short_title: String::new(),
        billable: true,
        valid: edition.effective,
        see_also: Vec::new(),
    })
}

/// Tables 6I and 6J: one row a diagnosis.
pub(super) struct Complications {
    pub(super) severity: Severity,
}

impl Gather for Complications {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let fact = Complication { severity: self.severity };
        let mut take = |row: Result<drg_severity::Row, _>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => out.sheet(row.code.to_string(), &fact, 1),
        };
        if source.is_sheet {
            drg_severity::read_xlsx(source.book()?, &mut take)?;
        } else {
            drg_severity::read(source.reader, &mut take)?;
        }
        Ok(())
    }
}

/// Table 6K says something of a diagnosis in each of its parts, so all wait for the last.
#[derive(Default)]
pub(super) struct ExclusionTable {
    by_code: BTreeMap<Code, Exclusions>,
}

impl Gather for ExclusionTable {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        drg_exclusion::read(source.reader, &mut |row| match row {
            Err(rejected) => out.reject(rejected),
            Ok(drg_exclusion::Row { line, code, rule }) => {
                if self.by_code.entry(code).or_default().add(rule) {
                    ControlFlow::Continue(())
                } else {
                    out.reject(Rejected { line, reason: Reason::Twice })
                }
            }
        })?;
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for (code, exclusions) in std::mem::take(&mut self.by_code) {
            let rows = exclusions.rows();
            if out.sheet(code.to_string(), &exclusions, rows).is_break() {
                break;
            }
        }
        Ok(())
    }
}

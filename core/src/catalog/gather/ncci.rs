//! The NCCI tables: edits by column 1 code, unit limits by code, and add-on edits by add-on code.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::{
    super::{
        check::ptp::PtpCheck,
        fact::{
            add_on::{AddOn, AddOnPrimary},
            mue::UnitLimit,
            ptp::{self, PtpEdit},
        },
        import::ImportError,
        layout::{ncci_add_on, ncci_mue, ncci_ptp},
        procedure_code::ProcedureCode,
    },
    Gather, Out, Source,
};

/// An edit with its column 1 code in front: sixteen bytes, which sort as the sheets and their edits have to.
const SIZE: usize = 5 + ptp::SIZE;

/// Edits wait, packed, for the last part of the release: 40 MB for the larger setting.
#[derive(Default)]
pub(super) struct Ptp {
    edits: Vec<[u8; SIZE]>,
    undated: bool,
}

impl Gather for Ptp {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<ncci_ptp::Row, _>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                self.undated |= row.effective.is_none();
                let mut edit = [0; SIZE];
                let (column_1, rest) = edit.split_at_mut(5);
                column_1.copy_from_slice(&row.column_1.bytes());
                rest.copy_from_slice(&ptp::pack(&PtpEdit::from(&row)));
                self.edits.push(edit);
                ControlFlow::Continue(())
            }
        };
        let others = if source.is_sheet {
            ncci_ptp::read_xlsx(source.book()?, &mut take)?
        } else {
            ncci_ptp::read(source.reader, &mut take)?
        };
        for label in others.labels() {
            out.remark(format!("a rationale that is none of the known ones, kept as \"another reason\": {label}"));
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        if self.undated {
            out.remark(
                "some edits have no effective date: on older dates of service they are shown with that fact".to_owned(),
            );
        }
        self.edits.sort_unstable();
        let before = self.edits.len();
        self.edits.dedup();
        if self.edits.len() < before {
            out.remark(format!("edits that stand there twice, taken once: {}", before - self.edits.len()));
        }
        let mut check = PtpCheck::default();
        for sheet in self.edits.chunk_by(|one, other| one.first_chunk::<5>() == other.first_chunk::<5>()) {
            let Some(column_1) = sheet.first().and_then(|edit| ProcedureCode::read(edit.first_chunk::<5>()?)) else {
                continue;
            };
            let body: Vec<u8> = sheet.iter().flat_map(|edit| edit.iter().skip(5).copied()).collect();
            check.sheet(column_1, &body)?;
            if out.body(column_1.to_string(), body, sheet.len() as u64).is_break() {
                return Ok(());
            }
        }
        self.edits = Vec::new();
        match check.violations().into_iter().next() {
            Some(violation) => Err(violation.into()),
            None => Ok(()),
        }
    }
}

/// Unit limits: one row a code.
pub(super) struct Mue;

impl Gather for Mue {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<ncci_mue::Row, _>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => out.sheet(row.code.to_string(), &UnitLimit::from(row), 1),
        };
        if source.is_sheet {
            ncci_mue::read_xlsx(source.book()?, &mut take)?;
        } else {
            ncci_mue::read(source.reader, &mut take)?;
        }
        Ok(())
    }
}

/// Add-on edits wait until all primary codes of an add-on code are there.
#[derive(Default)]
pub(super) struct AddOns {
    by_code: BTreeMap<ProcedureCode, Vec<AddOnPrimary>>,
}

impl Gather for AddOns {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<ncci_add_on::Row, _>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                self.by_code.entry(row.add_on).or_default().push(row.into());
                ControlFlow::Continue(())
            }
        };
        if source.is_sheet {
            ncci_add_on::read_xlsx(source.book()?, &mut take)?;
        } else {
            ncci_add_on::read(source.reader, &mut take)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for (code, primaries) in std::mem::take(&mut self.by_code) {
            let rows = primaries.len() as u64;
            if out.sheet(code.to_string(), &AddOn { primaries }, rows).is_break() {
                break;
            }
        }
        Ok(())
    }
}

//! The physician fee schedule: relative values by code, indices by locality, and amounts by code.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::{
    super::{
        fact::{
            cost_index::CostIndices,
            fee_amount::{self, FeeAmount},
            relative_value::{RelativeValue, RelativeValues},
        },
        import::ImportError,
        layout::{
            pfs_amount, pfs_gpci, pfs_relative_value,
            rejected::{Reason, Rejected},
        },
        locality::Locality,
        procedure_code::ProcedureCode,
    },
    Gather, Out, Source,
};

/// Relative values wait until all modifiers of a code are there.
#[derive(Default)]
pub(super) struct Values {
    by_code: BTreeMap<ProcedureCode, Vec<RelativeValue>>,
}

impl Gather for Values {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<pfs_relative_value::Row, _>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                self.by_code.entry(row.code).or_default().push(row.into());
                ControlFlow::Continue(())
            }
        };
        if source.is_sheet {
            pfs_relative_value::read_xlsx(source.book()?, &mut take)?;
        } else {
            pfs_relative_value::read(source.reader, &mut take)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for (code, mut values) in std::mem::take(&mut self.by_code) {
            values.sort_by_key(|value| value.modifier);
            let rows = values.len() as u64;
            if out.sheet(code.to_string(), &RelativeValues(values), rows).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Indices: one row a locality.
pub(super) struct Indices;

impl Gather for Indices {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<pfs_gpci::Row, _>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => match Locality::of(&row.contractor, &row.locality) {
                Some(locality) => out.sheet(locality.to_string(), &CostIndices::from(row), 1),
                None => out.reject(Rejected { line: row.line, reason: Reason::Unknown("locality") }),
            },
        };
        if source.is_sheet {
            pfs_gpci::read_xlsx(source.book()?, &mut take)?;
        } else {
            pfs_gpci::read(source.reader, &mut take)?;
        }
        Ok(())
    }
}

/// An amount with its code in front, which sort as the sheets and their amounts have to.
const SIZE: usize = 5 + fee_amount::SIZE;
/// … of which code, locality and modifier are its name.
const NAME: usize = 5 + 7 + 2;

/// Amounts wait, packed, for the end of the file: 42 MB for a whole year.
#[derive(Default)]
pub(super) struct Amounts {
    amounts: Vec<[u8; SIZE]>,
}

impl Gather for Amounts {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        pfs_amount::read(source.reader, &mut |row| {
            let row = match row {
                Err(rejected) => return out.reject(rejected),
                Ok(row) => row,
            };
            let Some(amount) = FeeAmount::of(&row) else {
                return out.reject(Rejected { line: row.line, reason: Reason::NotANumber("amount") });
            };
            let mut packed = [0; SIZE];
            let (code, rest) = packed.split_at_mut(5);
            code.copy_from_slice(&row.code.bytes());
            rest.copy_from_slice(&fee_amount::pack(&amount));
            self.amounts.push(packed);
            ControlFlow::Continue(())
        })?;
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        self.amounts.sort_unstable();
        let before = self.amounts.len();
        self.amounts.dedup_by(|one, other| one.first_chunk::<NAME>() == other.first_chunk::<NAME>());
        if self.amounts.len() < before {
            out.remark(format!(
                "amounts of one code, modifier and locality that stand there twice, taken once: {}",
                before - self.amounts.len()
            ));
        }
        for sheet in self.amounts.chunk_by(|one, other| one.first_chunk::<5>() == other.first_chunk::<5>()) {
            let Some(code) = sheet.first().and_then(|amount| ProcedureCode::read(amount.first_chunk::<5>()?)) else {
                continue;
            };
            let body: Vec<u8> = sheet.iter().flat_map(|amount| amount.iter().skip(5).copied()).collect();
            if out.body(code.to_string(), body, sheet.len() as u64).is_break() {
                break;
            }
        }
        self.amounts = Vec::new();
        Ok(())
    }
}

//! What anesthesia is paid by: factors by locality, and base units by code.

use super::{
    super::{
        fact::anesthesia::{AnesthesiaFactor, BaseUnits},
        import::ImportError,
        layout::{
            anesthesia::{self, FactorRow, UnitsRow},
            rejected::Rejected,
        },
    },
    Gather, Out, Source,
};

/// Factors: one row a locality.
pub(super) struct Factors;

impl Gather for Factors {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<FactorRow, Rejected>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => out.sheet(row.locality.to_string(), &AnesthesiaFactor::from(row), 1),
        };
        if source.is_sheet {
            anesthesia::read_factors_xlsx(source.book()?, &mut take)?;
        } else {
            anesthesia::read_factors(source.reader, &mut take)?;
        }
        Ok(())
    }
}

/// Base units: one row a code.
pub(super) struct Units;

impl Gather for Units {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<UnitsRow, Rejected>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => out.sheet(row.code.to_string(), &BaseUnits::from(row), 1),
        };
        if source.is_sheet {
            anesthesia::read_units_xlsx(source.book()?, &mut take)?;
        } else {
            anesthesia::read_units(source.reader, &mut take)?;
        }
        Ok(())
    }
}

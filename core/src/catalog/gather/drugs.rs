//! Brand names: the substances of each.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::{
    super::{
        fact::brand::{Brand, Substance},
        import::ImportError,
        layout::unii_brands,
    },
    Gather, Out, Source,
};

/// A brand may name several substances.
#[derive(Default)]
pub(super) struct Brands {
    by_name: BTreeMap<String, Brand>,
}

impl Gather for Brands {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        unii_brands::read(source.reader, &mut |row| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                let substance = Substance { name: row.substance, unii: row.unii };
                self.by_name.entry(row.brand.to_uppercase()).or_default().substances.push(substance);
                ControlFlow::Continue(())
            }
        })?;
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for (name, brand) in std::mem::take(&mut self.by_name) {
            let rows = brand.substances.len() as u64;
            if out.sheet(name, &brand, rows).is_break() {
                break;
            }
        }
        Ok(())
    }
}

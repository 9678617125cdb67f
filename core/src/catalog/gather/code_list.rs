//! Code lists: every row is an entry at once.

use std::ops::ControlFlow;

use super::{
    super::{
        entry::{Descriptor, Entry, TextSource},
        import::ImportError,
        interval::Interval,
        layout::{hcpcs, hcpcs_csv, hcpcs_text, hcpcs_xlsx, icd10_order, plain_csv, rejected::Rejected},
        recognise::Layout,
        recognise_list::ListLayout,
    },
    Gather, Out, Source,
};
use crate::domain::code::CodeSystem;

/// HCPCS Level II codes and modifiers.
pub(super) struct Hcpcs;

impl Gather for Hcpcs {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<hcpcs::Row, Rejected>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => take_hcpcs(row, out),
        };
        if source.layout == Layout::List(ListLayout::HcpcsTable) {
            hcpcs_csv::read(source.reader, &mut take)?;
        } else if source.is_sheet {
            hcpcs_xlsx::read(source.book()?, &mut take)?;
        } else {
            hcpcs_text::read(source.reader, &mut take)?;
        }
        Ok(())
    }
}

fn take_hcpcs(row: hcpcs::Row, out: &mut Out<'_>) -> ControlFlow<()> {
    out.entry(row.line, row.system, row.code.clone(), |edition| Entry {
        edition: edition.id,
        system: row.system,
        code: row.code,
        title: Descriptor { text: row.title, source: TextSource::Public },
        short_title: row.short_title,
        billable: true,
        valid: Interval { from: row.added.unwrap_or(edition.effective.from), to: row.terminated },
        see_also: row.see_also,
    })
}

/// ICD-10-CM or ICD-10-PCS.
pub(super) struct Icd10 {
    pub(super) layout: Layout,
}

impl Gather for Icd10 {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let system = if self.layout == Layout::Icd10PcsOrder { CodeSystem::Icd10Pcs } else { CodeSystem::Icd10Cm };
        icd10_order::read(system, source.reader, &mut |row| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => out.entry(row.line, system, row.code.clone(), |edition| Entry {
                edition: edition.id,
                system,
                code: row.code,
                title: Descriptor { text: row.title, source: TextSource::Public },
                short_title: row.short_title,
                billable: row.billable,
                valid: edition.effective,
                see_also: Vec::new(),
            }),
        })?;
        Ok(())
    }
}

/// A list of codes that the operator made, of the system that its edition is of.
pub(super) struct Plain;

impl Gather for Plain {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let Some(system) = out.system() else { return Ok(()) };
        let own = match system {
            CodeSystem::Cpt | CodeSystem::Modifier | CodeSystem::Revenue => TextSource::Licensed,
            _ => TextSource::Public,
        };
        plain_csv::read(system, source.reader, &mut |row| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => out.entry(row.line, system, row.code.clone(), |edition| Entry {
                edition: edition.id,
                system,
                code: row.code,
                title: Descriptor { text: row.description, source: own },
                short_title: String::new(),
                billable: true,
                valid: Interval { from: row.effective.unwrap_or(edition.effective.from), to: row.ends },
                see_also: Vec::new(),
            }),
        })?;
        Ok(())
    }
}

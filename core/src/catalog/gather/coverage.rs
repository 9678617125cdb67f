//! Coverage lists: laboratory NCDs, the Medicare coverage database, places of service.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::{
    super::{
        dataset::Dataset,
        fact::{
            lab_ncd::{LabNcd, LabNcds, OTHERS},
            mcd::{self, AREAS, GroupOf, McdDocument, McdGroup, McdGroups, McdParagraph, McdVersion},
            place::Place,
        },
        import::ImportError,
        layout::{
            lab_ncd::{self, Entry},
            mcd_code::{self, Coverage},
            mcd_contractor,
            mcd_document::{self, Kind},
            place_of_service,
            rejected::Rejected,
        },
        recognise::Layout,
        recognise_coverage::CoverageLayout,
    },
    Gather, Out, Source,
    areas::Areas,
};

/// Entries of a code wait for those of the other NCDs.
#[derive(Default)]
pub(super) struct Lab {
    by_key: BTreeMap<String, LabNcds>,
}

impl Gather for Lab {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<lab_ncd::Row, Rejected>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                let (key, resolution) = match row.entry {
                    Entry::Procedure(code) => (code.to_string(), None),
                    Entry::Diagnosis(code, resolution) => (code.to_string(), Some(resolution)),
                    Entry::OtherDiagnoses(resolution) => (OTHERS.to_owned(), Some(resolution)),
                };
                let entry = LabNcd { ncd: row.ncd, resolution, effective: row.effective, terminated: row.terminated };
                self.by_key.entry(key).or_default().entries.push(entry);
                ControlFlow::Continue(())
            }
        };
        if source.is_sheet {
            lab_ncd::read_xlsx(source.book()?, &mut take)?;
        } else {
            lab_ncd::read(source.reader, &mut take)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for (key, ncds) in std::mem::take(&mut self.by_key) {
            let rows = ncds.entries.len() as u64;
            if out.sheet(key, &ncds, rows).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Documents, and the groups of codes, which wait for the other files of the download.
#[derive(Default)]
pub(super) struct Mcd {
    documents: BTreeMap<(Kind, u32), McdDocument>,
    groups: BTreeMap<String, McdGroups>,
    areas: Areas,
}

impl Mcd {
    fn document(&mut self, row: mcd_document::Row) {
        let mcd_document::Row { kind, number, version, title, contractor, effective, ended, status, .. } = row;
        let version = McdVersion { version, title, contractor, effective, ended, status };
        self.documents.entry((kind, number)).or_default().versions.push(version);
    }

    fn group<T>(&mut self, key: String, of: GroupOf, marked: bool, row: &mcd_code::Row<T>) {
        let group = McdGroup { article: row.article, version: row.version, of, group: row.group, marked, area: None };
        self.groups.entry(key).or_default().groups.push(group);
    }

    fn diagnoses(
        &mut self,
        coverage: Coverage,
        of: GroupOf,
        source: Source<'_>,
        out: &mut Out<'_>,
    ) -> Result<(), ImportError> {
        mcd_code::read_diagnoses(coverage, source.reader, &mut |row| {
            taken(row, out, |row| self.group(row.entry.code.to_string(), of, row.entry.marked, &row))
        })?;
        Ok(())
    }
}

/// Takes a row, or counts it as refused.
fn taken<T>(row: Result<T, Rejected>, out: &mut Out<'_>, take: impl FnOnce(T)) -> ControlFlow<()> {
    match row {
        Err(rejected) => out.reject(rejected),
        Ok(row) => {
            take(row);
            ControlFlow::Continue(())
        }
    }
}

impl Gather for Mcd {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let Layout::Coverage(layout) = source.layout else { return Ok(()) };
        match layout {
            CoverageLayout::McdArticles => {
                mcd_document::read_articles(source.reader, &mut |row| taken(row, out, |row| self.document(row)))?;
            }
            CoverageLayout::McdLcds => {
                mcd_document::read_lcds(source.reader, &mut |row| taken(row, out, |row| self.document(row)))?;
            }
            CoverageLayout::McdDocuments => {
                mcd_document::read_documents(source.reader, &mut |row| taken(row, out, |row| self.document(row)))?;
            }
            CoverageLayout::McdProcedures => mcd_code::read_procedures(source.reader, &mut |row| {
                taken(row, out, |row| self.group(row.entry.to_string(), GroupOf::Procedures, false, &row))
            })?,
            CoverageLayout::McdCovered => self.diagnoses(Coverage::Covered, GroupOf::Covered, source, out)?,
            CoverageLayout::McdNotCovered => self.diagnoses(Coverage::NotCovered, GroupOf::NotCovered, source, out)?,
            CoverageLayout::McdCarried => {
                mcd_contractor::read_carried(source.reader, &mut |row| taken(row, out, |row| self.areas.carry(row)))?;
            }
            CoverageLayout::McdContractors => {
                mcd_contractor::read_contractors(source.reader, &mut |row| {
                    taken(row, out, |row| self.areas.name(row))
                })?;
            }
            CoverageLayout::McdServed => {
                mcd_contractor::read_served(source.reader, &mut |row| taken(row, out, |row| self.areas.serve(row)))?;
            }
            CoverageLayout::McdStates => {
                mcd_contractor::read_states(source.reader, &mut |row| taken(row, out, |row| self.areas.state(row)))?;
            }
            CoverageLayout::McdParagraphs(of) => mcd_code::read_paragraphs(source.reader, &mut |row| {
                taken(row, out, |row| {
                    let paragraph = McdParagraph { version: row.version, of, group: row.group, text: row.entry };
                    let document = self.documents.entry((Kind::Article, row.article)).or_default();
                    document.paragraphs.push(paragraph);
                })
            })?,
            CoverageLayout::LabNcd | CoverageLayout::PlaceOfService => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for ((kind, number), document) in std::mem::take(&mut self.documents) {
            let dataset = match kind {
                Kind::Article => Dataset::McdArticles,
                Kind::Lcd => Dataset::McdLcds,
            };
            let rows = (document.versions.len() + document.paragraphs.len()) as u64;
            if out.sheet_of(dataset, mcd::key(kind, number), &document, rows).is_break() {
                return Ok(());
            }
        }
        let (areas, of_articles) = std::mem::take(&mut self.areas).finish();
        if !areas.areas.is_empty() && out.sheet_of(Dataset::McdArticles, AREAS.to_owned(), &areas, 0).is_break() {
            return Ok(());
        }
        for (code, mut groups) in std::mem::take(&mut self.groups) {
            for group in &mut groups.groups {
                group.area = of_articles.get(&(group.article, group.version)).copied();
            }
            let rows = groups.groups.len() as u64;
            if out.sheet_of(Dataset::McdArticles, code, &groups, rows).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Places of service: one row a code.
pub(super) struct Places;

impl Gather for Places {
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
        let mut take = |row: Result<place_of_service::Row, Rejected>| match row {
            Err(rejected) => out.reject(rejected),
            Ok(row) => {
                let place = Place { name: row.name, description: row.description, assigned: row.assigned };
                out.sheet(row.code, &place, 1)
            }
        };
        if source.is_sheet {
            place_of_service::read_xlsx(source.book()?, &mut take)?;
        } else {
            place_of_service::read(source.reader, &mut take)?;
        }
        Ok(())
    }
}

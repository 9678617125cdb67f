//! The catalogue's codes and wordings, for an index. A system of which nothing was imported is searched in the built-in
//! catalogue, as everywhere.

use std::collections::BTreeSet;

use caseconsult_core::{
    catalog::{
        Dataset, Edition, Entry, Sheet, Shelf,
        fact::{brand::Brand, index_terms::IndexTerms, tabular::Listed},
        layout::icd10cm_index::Part,
        sheet::Fact as _,
        starter,
    },
    domain::code::{Code, CodeSystem},
    search::{
        brand::Brands,
        see::References,
        span,
        target::Target,
        wording::{self, Wording},
    },
};
use caseconsult_search::Making;
use caseconsult_store::{Db, catalogue};

/// Reads what live editions say in words.
///
/// # Errors
/// When the database cannot be read. A sheet that cannot be read is passed over: `codes verify` names it.
pub(super) async fn gather(db: &Db, live: &[Edition]) -> anyhow::Result<Making> {
    let brands = brands(db, live).await?;
    let mut targets = Vec::new();
    let mut wordings = Vec::new();
    for system in CodeSystem::ALL {
        let (editions, entries) = entries(db, live, system).await?;
        for entry in differing(&entries) {
            wordings.extend(wording::of_entry(entry));
            wordings.extend(brands.wordings(entry));
        }
        targets.extend(codes(editions, entries, system));
    }
    let mut making = Making::new(targets);
    wordings.iter().for_each(|wording| making.add(wording));
    let mut references = References::default();
    for edition in live {
        let mut add = |wordings: Vec<Wording>| wordings.iter().for_each(|wording| making.add(wording));
        if edition.dataset == Dataset::Icd10CmTabular {
            let mut take = |sheet: Sheet| {
                if let Ok(listed) = Listed::from_body(&sheet.body) {
                    add(wording::of_tabular(&listed.row));
                }
            };
            catalogue::each_sheet(db, edition.id, &mut take).await?;
        } else if let Some(part) = part(edition.dataset) {
            let mut take = |sheet: Sheet| {
                if let Ok(lines) = IndexTerms::from_body(&sheet.body) {
                    for line in &lines.terms {
                        references.add(part, line);
                        add(wording::of_term(part, line));
                    }
                }
            };
            catalogue::each_sheet(db, edition.id, &mut take).await?;
        }
    }
    references.wordings().iter().for_each(|wording| making.add(wording));
    Ok(making)
}

/// Which part of the index a table is.
const fn part(dataset: Dataset) -> Option<Part> {
    match dataset {
        Dataset::Icd10CmIndex => Some(Part::Diseases),
        Dataset::Icd10CmExternalCauses => Some(Part::ExternalCauses),
        Dataset::Icd10CmNeoplasms => Some(Part::Neoplasms),
        Dataset::Icd10CmDrugs => Some(Part::Drugs),
        _ => None,
    }
}

/// The editions of a system with everything that they list.
async fn entries(db: &Db, live: &[Edition], system: CodeSystem) -> anyhow::Result<(Vec<Edition>, Vec<Entry>)> {
    let of_system = |edition: &&Edition| edition.dataset == Dataset::Codes(system);
    let imported: Vec<Edition> = live.iter().filter(of_system).cloned().collect();
    if imported.is_empty() {
        let built_in = starter();
        let editions = built_in.editions().into_iter().filter(of_system).cloned().collect();
        return Ok((editions, built_in.of_system(system).cloned().collect()));
    }
    let mut entries = Vec::new();
    for edition in &imported {
        catalogue::each_entry(db, edition.id, &mut |entry| entries.push(entry)).await?;
    }
    entries.retain(|entry| entry.system == system);
    Ok((imported, entries))
}

/// The entries, without those that only repeat what another edition says of the code.
fn differing(entries: &[Entry]) -> Vec<&Entry> {
    fn said(entry: &Entry) -> (&Code, &str, &str) {
        (&entry.code, &entry.title.text, &entry.short_title)
    }
    let mut differing: Vec<&Entry> = entries.iter().collect();
    differing.sort_unstable_by(|one, other| said(one).cmp(&said(other)));
    differing.dedup_by(|one, other| said(one) == said(other));
    differing
}

/// Each code of a system once, with its days.
fn codes(editions: Vec<Edition>, entries: Vec<Entry>, system: CodeSystem) -> Vec<Target> {
    let codes: BTreeSet<_> = entries.iter().map(|entry| entry.code.clone()).collect();
    let shelf = Shelf::new(editions, entries);
    let mut calendar = span::Calendar::new(&shelf, system);
    let dated = codes.into_iter().map(|code| {
        let days = calendar.days(&code);
        Target { system, code, words: Vec::new(), days }
    });
    dated.collect()
}

async fn brands(db: &Db, live: &[Edition]) -> anyhow::Result<Brands> {
    let mut brands = Brands::default();
    for edition in live.iter().filter(|edition| edition.dataset == Dataset::Brands) {
        let mut take = |sheet: Sheet| {
            if let Ok(brand) = Brand::from_body(&sheet.body) {
                brands.add(&sheet.key, &brand);
            }
        };
        catalogue::each_sheet(db, edition.id, &mut take).await?;
    }
    Ok(brands)
}

//! The lists around the ICD-10 code sets: alphabetic index, addenda, conversion table, exempt list, ICD-10-PCS.

use std::{collections::BTreeMap, collections::HashSet, io::Cursor, ops::ControlFlow};

use caseconsult_core::{
    catalog::{
        layout::{
            icd10_addenda::{self, Action},
            icd10_order,
            icd10cm_conversion::{self, Previous},
            icd10cm_index::Part,
            icd10cm_index_csv, poa_exempt,
            rejected::Rejected,
        },
        recognise_list::ListLayout,
    },
    domain::code::{Code, CodeSystem},
};

use super::codesets;

/// Every row, and the number of refused ones.
struct Rows<T> {
    rows: Vec<T>,
    refused: Vec<Rejected>,
}

impl<T> Rows<T> {
    fn of<E: std::fmt::Debug>(
        read: impl FnOnce(&mut dyn FnMut(Result<T, Rejected>) -> ControlFlow<()>) -> Result<(), E>,
    ) -> Self {
        let mut found = Self { rows: Vec::new(), refused: Vec::new() };
        read(&mut |row| {
            match row {
                Ok(row) => found.rows.push(row),
                Err(bad) => found.refused.push(bad),
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        found
    }
}

fn index(part: &str) -> Option<Rows<icd10cm_index_csv::Row>> {
    let bytes = codesets::unpacked(&format!("icd10cm/icd10cm-2025-{part}-derived.csv.gz"))?;
    Some(Rows::of(|take| icd10cm_index_csv::read(&bytes[..], take)))
}

#[test]
fn every_line_of_the_index_has_its_path() {
    let (Some(index), Some(external), Some(neoplasms)) = (index("index"), index("externalindex"), index("neoplasms"))
    else {
        return;
    };
    for (part, lines, deepest) in [(&index, 81_024, 10), (&external, 8_064, 9), (&neoplasms, 1_939, 5)] {
        assert_eq!((part.rows.len(), part.refused.len()), (lines, 0), "{:?}", part.refused.first());
        assert_eq!(part.rows.iter().map(|row| row.path.len()).max(), Some(deepest));
    }
    let found = index.rows.iter().find(|row| row.path == ["Aberrant", "artery", "basilar NEC"]).expect("listed");
    assert_eq!(found.codes[0].code.as_str(), "Q28.1");
    let open = index.rows.iter().flat_map(|row| &row.codes).filter(|pointer| pointer.open).count();
    assert_eq!((index.rows.iter().map(|row| row.codes.len()).sum::<usize>(), open), (62_721, 6_930));
    assert_eq!(neoplasms.rows.iter().map(|row| row.cells.len()).sum::<usize>(), 9_018);
}

#[test]
fn the_addenda_tell_what_fiscal_year_2026_changed() {
    let counts = |system, bytes: &[u8]| {
        let mut counts = BTreeMap::new();
        let counted = icd10_addenda::read(system, bytes, &mut |row| {
            let row = row.expect("no line is refused");
            *counts.entry((format!("{:?}", row.action), row.billable)).or_insert(0_u32) += 1;
            ControlFlow::Continue(())
        });
        assert!(counted.unwrap());
        let of = |action: Action, billable| counts.get(&(format!("{action:?}"), billable)).copied().unwrap_or_default();
        let all = [Action::Add, Action::Delete, Action::ReviseFrom, Action::ReviseTo];
        (all.map(|action| of(action, true)), all.map(|action| of(action, false)))
    };
    let cms = "icd10cm/2026-code-descriptions-tabular-order.zip";
    let Some(codes) = codesets::member(cms, "icd10cm_codes_addenda_2026.txt") else { return };
    assert_eq!(counts(CodeSystem::Icd10Cm, &codes), ([487, 28, 38, 38], [0, 0, 0, 0]));
    let Some(order) = codesets::member(cms, "icd10cm_order_addenda_2026.txt") else { return };
    assert_eq!(counts(CodeSystem::Icd10Cm, &order), ([487, 28, 38, 38], [143, 0, 7, 7]));
    let Some(pcs) = codesets::member(PCS, "order_addenda_2026.txt") else { return };
    assert_eq!(counts(CodeSystem::Icd10Pcs, &pcs), ([156, 27, 0, 0], [4, 0, 1, 1]));
    for name in ["icd10cm/icd10cm_codes_addenda_April_2026.txt", "icd10cm/icd10cm_order_addenda_April_2026.txt"] {
        let Some(april) = codesets::bytes(name) else { return };
        assert_eq!(counts(CodeSystem::Icd10Cm, &april), ([0; 4], [0; 4]), "nothing changed, and that is a release");
    }
}

#[test]
fn the_conversion_table_names_every_predecessor() {
    let Some(bytes) = codesets::bytes("icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx") else { return };
    let found = Rows::of(|take| icd10cm_conversion::read(Cursor::new(bytes), take));
    // 5,894 rows of the sheet, of which the first two are the notice and the header.
    assert_eq!((found.rows.len(), found.refused.len()), (5_892, 0), "{:?}", found.refused.first());
    assert_eq!(found.rows.last().map(|row| (row.line, row.code.as_str())), Some((5_894, "Z98.891")));
    let (mut nothing, mut any, mut all, mut ranges, mut words) = (0, 0, 0, 0, 0);
    for row in &found.rows {
        match row.previous {
            Previous::Nothing => nothing += 1,
            Previous::AnyOf(_) => any += 1,
            Previous::AllOf(_) => all += 1,
            Previous::AnyIn(_) => ranges += 1,
            Previous::Words => words += 1,
        }
    }
    assert_eq!((nothing, any, all, ranges, words), (125, 5_458, 97, 190, 22));
    if let Some(year) = codesets::fiscal_year_2026() {
        let known: HashSet<&Code> = year.entries.iter().map(|entry| &entry.code).collect();
        let newest = found.rows.iter().filter(|row| row.effective.year() == 2025);
        let newest: Vec<&Code> = newest.map(|row| &row.code).collect();
        assert_eq!(newest.len(), 487, "as many as the addenda add");
        assert!(newest.iter().all(|code| known.contains(code)));
    }
}

#[test]
fn the_exempt_list_is_whole_in_both_forms() {
    let zip = "icd10cm/POAexemptCodesFY26.zip";
    let Some(text) = codesets::member(zip, "POAexemptCodesFY26.txt") else { return };
    let Some(sheet) = codesets::member(zip, "POAexemptCodesFY26.xlsx") else { return };
    let text = Rows::of(|take| poa_exempt::read(&text[..], take));
    let sheet = Rows::of(|take| poa_exempt::read_sheet(Cursor::new(sheet), take));
    // 38,350 lines, one of them the header.
    assert_eq!((text.rows.len(), text.refused.len()), (38_349, 0), "{:?}", text.refused.first());
    let codes = |rows: &Rows<poa_exempt::Row>| rows.rows.iter().map(|row| row.code.clone()).collect::<HashSet<_>>();
    assert_eq!(codes(&text), codes(&sheet));
    if let Some(year) = codesets::fiscal_year_2026() {
        let billable: HashSet<&Code> =
            year.entries.iter().filter(|entry| entry.billable).map(|entry| &entry.code).collect();
        let others: Vec<&Code> =
            text.rows.iter().map(|row| &row.code).filter(|code| !billable.contains(code)).collect();
        assert!(others.is_empty(), "{others:?}");
    }
}

const PCS: &str = "icd10pcs/2026-icd-10-pcs-order-file.zip";

#[test]
fn every_procedure_is_seven_long_and_every_header_three() {
    let Some(bytes) = codesets::member(PCS, "icd10pcs_order_2026.txt") else { return };
    let found = Rows::of(|take| icd10_order::read(CodeSystem::Icd10Pcs, &bytes[..], take));
    let billable = found.rows.iter().filter(|row| row.billable).count();
    assert_eq!((found.rows.len(), billable, found.refused.len()), (80_029, 79_115, 0));
    assert!(found.rows.iter().all(|row| row.code.as_str().len() == if row.billable { 7 } else { 3 }));
    assert!(found.rows.iter().all(|row| !row.code.as_str().contains(['I', 'O', '.'])));
    let distinct: HashSet<&Code> = found.rows.iter().map(|row| &row.code).collect();
    assert_eq!(distinct.len(), found.rows.len());
}

#[test]
fn the_zip_of_procedures_is_a_fiscal_year() {
    let Some(bytes) = codesets::bytes(PCS) else { return };
    let taken = codesets::Taken::from(PCS, &bytes, 5);
    assert_eq!(taken.release.member.as_deref(), Some("icd10pcs_order_2026.txt"));
    assert_eq!(taken.editions.first().map(|edition| edition.name.as_str()), Some("ICD-10-PCS FY2026"));
    assert_eq!((taken.entries.len(), taken.report.rejected), (80_029, 0));
}

#[test]
fn every_list_is_told_by_its_first_bytes() {
    use ListLayout as List;
    let zip = "icd10cm/POAexemptCodesFY26.zip";
    let cms = "icd10cm/2026-code-descriptions-tabular-order.zip";
    for (bytes, expected) in [
        (codesets::unpacked("icd10cm/icd10c-tabular-April-1-2026.xml.gz"), Some(List::Icd10CmTabular)),
        (codesets::unpacked("icd10cm/icd10cm-2025-index-derived.csv.gz"), Some(List::Icd10CmIndexTable(None))),
        (
            codesets::unpacked("icd10cm/icd10cm-2025-neoplasms-derived.csv.gz"),
            Some(List::Icd10CmIndexTable(Some(Part::Neoplasms))),
        ),
        (codesets::member(zip, "POAexemptCodesFY26.txt"), Some(List::PoaExempt)),
        (codesets::member(cms, "icd10cm_codes_addenda_2026.txt"), Some(List::Icd10Addenda(Some(CodeSystem::Icd10Cm)))),
        (codesets::member(cms, "icd10cm_order_addenda_2026.txt"), Some(List::Icd10Addenda(Some(CodeSystem::Icd10Cm)))),
        (codesets::member(PCS, "order_addenda_2026.txt"), Some(List::Icd10Addenda(Some(CodeSystem::Icd10Pcs)))),
        (codesets::bytes("icd10cm/icd10cm_codes_addenda_April_2026.txt"), Some(List::Icd10Addenda(None))),
        (codesets::unpacked("hcpcs/hcpcs-2024q3-derived.csv.gz"), Some(List::HcpcsTable)),
        (codesets::unpacked("drugs/fda-unii-brand-names-derived.csv.gz"), Some(List::Brands)),
        // Not lists: the code sets themselves, and tables of others.
        (codesets::member(cms, "icd10cm_order_2026.txt"), None),
        (codesets::member(cms, "icd10cm_codes_2026.txt"), None),
        (codesets::member(PCS, "icd10pcs_order_2026.txt"), None),
        (codesets::unpacked("ncci/ncci-add-on-code-edits-2024-06-derived.csv.gz"), None),
        (codesets::unpacked("coverage/mcd-documents-2025-08-derived.csv.gz"), None),
    ] {
        let Some(bytes) = bytes else { return };
        let head = &bytes[..bytes.len().min(64 << 10)];
        assert_eq!(List::of_text(head), expected, "{}", String::from_utf8_lossy(&head[..80.min(head.len())]));
    }
    let Some(conversion) = codesets::bytes("icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx") else { return };
    assert_eq!(List::of_sheet(|| Cursor::new(&conversion)).unwrap(), Some(List::Icd10CmConversion));
}

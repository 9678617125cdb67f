//! `codes verify`: what must hold in the catalogue, asked of what is loaded.

use std::io::Write;

use anyhow::bail;
use caseconsult_core::{
    catalog::{
        Dataset, Edition, Sheet,
        check::{Violation, ptp::PtpCheck},
        fact::{
            add_on::AddOn,
            anesthesia::{AnesthesiaFactor, BaseUnits},
            brand::Brand,
            complication::{Complication, Exclusions},
            conversion::Conversion,
            cost_index::CostIndices,
            cpt_words::{CptHistory, CptWords},
            drg_weight::DrgWeight,
            equivalent::Equivalents,
            exempt::PoaExempt,
            fee_amount::FeeAmounts,
            index_terms::IndexTerms,
            lab_ncd::LabNcds,
            mcd::{AREAS, McdAreas, McdDocument, McdGroups},
            mue::UnitLimit,
            place::Place,
            ptp::PtpEdits,
            relative_value::RelativeValues,
            revision::Revisions,
            tabular::Listed,
        },
        procedure_code::ProcedureCode,
        sheet::{Fact as _, Unreadable},
    },
    domain::code::{Code, CodeSystem},
};
use caseconsult_store::{Db, catalogue};
use serde_json::json;

/// Codes that are looked up together.
const AT_A_TIME: usize = 5_000;

/// Looks at every live edition. JSON: one line an edition, with `edition`, `rows` (found), `expected` and
/// `violations`.
///
/// # Errors
/// When an edition breaks a rule, after all were told; or when the database cannot be read.
pub async fn verify(db: &Db, out: &mut (dyn Write + Send), as_json: bool) -> anyhow::Result<()> {
    let mut broken = 0;
    for edition in catalogue::editions(db).await?.iter() {
        let (rows, mut violations) = look(db, edition).await?;
        if rows != edition.rows {
            let what = "the rows that are stored are not as many as were taken in";
            violations.push(Violation { key: edition.name.clone(), what });
        }
        broken += usize::from(!violations.is_empty());
        if as_json {
            let told: Vec<String> = violations.iter().map(ToString::to_string).collect();
            let line = json!({ "edition": edition.name, "rows": rows, "expected": edition.rows, "violations": told });
            writeln!(out, "{line}")?;
        } else if violations.is_empty() {
            writeln!(out, "ok      {}, rows: {rows}", edition.name)?;
        } else {
            writeln!(out, "BROKEN  {}, rows: {rows} of {}", edition.name, edition.rows)?;
            for violation in violations {
                writeln!(out, "        {violation}")?;
            }
        }
    }
    if broken > 0 {
        bail!("editions that break a rule: {broken}. Remove each with `codes remove` and import its file again");
    }
    Ok(())
}

async fn look(db: &Db, edition: &Edition) -> anyhow::Result<(u64, Vec<Violation>)> {
    if edition.dataset.system().is_some() {
        return Ok((catalogue::count_codes(db, edition.id).await?, Vec::new()));
    }
    let mut rows = 0;
    let mut unreadable = Vec::new();
    let mut pairs = PtpCheck::default();
    let mut listed = Vec::new();
    let mut take = |sheet: Sheet| {
        match count(edition.dataset, &sheet, &mut pairs) {
            Ok(count) => rows += count,
            Err(Unreadable) => unreadable.push(Violation { key: sheet.key.clone(), what: "the sheet cannot be read" }),
        }
        // The keys of chapters and sections have blanks or dashes.
        if edition.dataset == Dataset::Icd10CmTabular && !sheet.key.contains([' ', '-']) {
            listed.push((CodeSystem::Icd10Cm, Code::normal(CodeSystem::Icd10Cm, &sheet.key)));
        }
    };
    catalogue::each_sheet(db, edition.id, &mut take).await?;
    unreadable.extend(pairs.violations());
    unreadable.extend(lacking(db, edition, &listed).await?);
    Ok((rows, unreadable))
}

/// The codes of the tabular list that the code list of its first day does not have; none where no such list is loaded.
async fn lacking(db: &Db, tabular: &Edition, listed: &[(CodeSystem, Code)]) -> anyhow::Result<Vec<Violation>> {
    let live = catalogue::editions(db).await?;
    let of_the_day = live.iter().filter(|edition| {
        edition.dataset == Dataset::Codes(CodeSystem::Icd10Cm)
            && edition.publisher == tabular.publisher
            && edition.effective.holds(tabular.effective.from)
    });
    let Some(codes) = of_the_day.max_by_key(|edition| edition.effective.from) else { return Ok(Vec::new()) };
    let mut lacking = Vec::new();
    for listed in listed.chunks(AT_A_TIME) {
        let shelf = catalogue::shelf(db, listed).await?;
        let has = |(system, code): &&(CodeSystem, Code)| {
            shelf.entries(*system, code).iter().any(|entry| entry.edition == codes.id)
        };
        let missing = listed.iter().filter(|code| !has(code));
        lacking.extend(missing.map(|(_, code)| Violation {
            key: code.to_string(),
            what: "the tabular list has the code, and the code list of its year does not",
        }));
    }
    Ok(lacking)
}

/// The rows of a sheet.
fn count(dataset: Dataset, sheet: &Sheet, pairs: &mut PtpCheck) -> Result<u64, Unreadable> {
    Ok(match dataset {
        Dataset::Ptp(_) => {
            pairs.sheet(ProcedureCode::read(sheet.key.as_bytes()).ok_or(Unreadable)?, &sheet.body)?;
            PtpEdits::from_body(&sheet.body)?.0.len() as u64
        }
        Dataset::AddOn => AddOn::from_body(&sheet.body)?.primaries.len() as u64,
        Dataset::Icd10CmTabular => Listed::from_body(&sheet.body).map(|_| 1)?,
        Dataset::Icd10CmIndex | Dataset::Icd10CmExternalCauses | Dataset::Icd10CmNeoplasms | Dataset::Icd10CmDrugs => {
            IndexTerms::from_body(&sheet.body)?.at_home(&sheet.key)
        }
        Dataset::Icd10CmConversion => Conversion::from_body(&sheet.body)?.before.len() as u64,
        Dataset::Icd10CmAddenda | Dataset::Icd10PcsAddenda => Revisions::from_body(&sheet.body)?.revisions.len() as u64,
        Dataset::PoaExempt => PoaExempt::from_body(&sheet.body).map(|_| 1)?,
        Dataset::CptConsumer | Dataset::CptClinician => CptWords::from_body(&sheet.body)?.descriptors.len() as u64,
        Dataset::CptHistory => CptHistory::from_body(&sheet.body)?.changes.len() as u64,
        Dataset::LabNcd => LabNcds::from_body(&sheet.body)?.entries.len() as u64,
        // It says where articles hold, and is no row of the files.
        Dataset::McdArticles if sheet.key == AREAS => McdAreas::from_body(&sheet.body).map(|_| 0)?,
        Dataset::McdArticles | Dataset::McdLcds if sheet.key.starts_with(char::is_lowercase) => {
            let document = McdDocument::from_body(&sheet.body)?;
            (document.versions.len() + document.paragraphs.len()) as u64
        }
        Dataset::McdArticles | Dataset::McdLcds => McdGroups::from_body(&sheet.body)?.groups.len() as u64,
        Dataset::PlaceOfService => Place::from_body(&sheet.body).map(|_| 1)?,
        Dataset::Brands => Brand::from_body(&sheet.body)?.substances.len() as u64,
        Dataset::Mue(_) | Dataset::MueSupplier => UnitLimit::from_body(&sheet.body).map(|_| 1)?,
        Dataset::RelativeValues | Dataset::RelativeValuesQp => RelativeValues::from_body(&sheet.body)?.0.len() as u64,
        Dataset::AnesthesiaFactors => AnesthesiaFactor::from_body(&sheet.body).map(|_| 1)?,
        Dataset::AnesthesiaUnits => BaseUnits::from_body(&sheet.body).map(|_| 1)?,
        Dataset::Gpci => CostIndices::from_body(&sheet.body).map(|_| 1)?,
        Dataset::FeeAmounts | Dataset::FeeAmountsQp => FeeAmounts::from_body(&sheet.body)?.0.len() as u64,
        Dataset::DrgWeights => DrgWeight::from_body(&sheet.body).map(|_| 1)?,
        Dataset::Mcc | Dataset::Cc => Complication::from_body(&sheet.body).map(|_| 1)?,
        Dataset::CcExclusions => Exclusions::from_body(&sheet.body)?.rows(),
        Dataset::GemForward | Dataset::GemBackward => Equivalents::from_body(&sheet.body)?.0.len() as u64,
        _ => 1,
    })
}

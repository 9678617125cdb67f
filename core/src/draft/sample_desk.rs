//! Invented edit tables that templates are tried with, and by which the edit checks are tested. The codes are real ones, and
//! the edits between them are made up.

use std::{collections::BTreeMap, sync::OnceLock};

use jiff::civil::date;

use crate::{
    catalog::{
        Dataset, Edition, Interval, Setting, Sheet,
        answer::Desk,
        decimal::Rvu,
        fact::{
            add_on::{AddOn, AddOnPrimary},
            lab_ncd::{LabNcd, LabNcds, OTHERS},
            mue::UnitLimit,
            ptp::{PtpEdit, PtpEdits},
            relative_value::{Expense, Policy, RelativeValue, RelativeValues},
            tabular::Listed,
        },
        layout::{
            icd10cm_tabular::{Group, Name, Note, NoteKind, Row},
            lab_ncd::Resolution,
            ncci_add_on::AddOnType,
            ncci_mue::AdjudicationIndicator,
            ncci_ptp::ModifierIndicator,
            pfs_indicator::{AssistantAtSurgery, Bilateral, CoSurgeons, ComponentIndicator, GlobalDays, StatusCode},
        },
        procedure_code::ProcedureCode,
        sheet::Fact,
    },
    domain::{
        code::{Code, CodeSystem},
        digest::Digest,
        ids::EditionId,
        instant::Instant,
    },
};

/// Tables of the first quarter of 2025. Practitioner: 20610 denies 76942 (indicator 1) and 99211 (indicator 0);
/// outpatient hospital: 20610 denies 76942. 20610 has at most two units a day (MAI 2), J1100 ten (MAI 3). 99417 is added to
/// 99205 or 99215 alone. 20610 has a package of the same day, both sides at 150 percent, no assistant; 27447 one of ninety
/// days, an assistant, co-surgeons with documents. A note at E11 excludes E10. NCD 190.99 covers 80053 with E11.9 alone.
pub(super) fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(made)
}

/// No table at all.
pub(super) fn empty() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(Desk::default)
}

fn made() -> Desk {
    let code = |text: &str| ProcedureCode::read(text.as_bytes());
    let edit = |denied: &str, indicator| {
        code(denied).map(|column_2| PtpEdit {
            column_2,
            effective: Some(date(2015, 1, 1)),
            deleted: None,
            indicator,
            before_1996: false,
            rationale: None,
        })
    };
    let limit =
        |units, adjudication| UnitLimit { units, adjudication, rationale: "Clinical: Data".to_owned() }.to_body();
    let parent = |text| AddOnPrimary {
        kind: AddOnType::Closed,
        code: code(text),
        effective: None,
        deleted: None,
        note: String::new(),
    };
    let injection = edit("76942", ModifierIndicator::Allowed);
    let visit = edit("99211", ModifierIndicator::NotAllowed);
    let tables = [
        (
            Dataset::Ptp(Setting::Practitioner),
            "20610",
            PtpEdits([injection, visit].into_iter().flatten().collect()).to_body(),
        ),
        (Dataset::Ptp(Setting::OutpatientHospital), "20610", PtpEdits(injection.into_iter().collect()).to_body()),
        (Dataset::Mue(Setting::Practitioner), "20610", limit(2, AdjudicationIndicator::DayByPolicy)),
        (Dataset::Mue(Setting::OutpatientHospital), "J1100", limit(10, AdjudicationIndicator::DayByClinicalData)),
        (Dataset::AddOn, "99417", AddOn { primaries: ["99205", "99215"].map(parent).to_vec() }.to_body()),
    ];
    let schedule = |policy: Policy| RelativeValues(vec![relative_value(policy)]).to_body();
    let joint = Policy {
        global_days: Some(GlobalDays::SameDay),
        bilateral: Some(Bilateral::OneAndAHalf),
        assistant: Some(AssistantAtSurgery::NotPaid),
        co_surgeons: Some(CoSurgeons::NotPermitted),
        component: Some(ComponentIndicator::PhysicianService),
        ..Policy::default()
    };
    let knee = Policy {
        global_days: Some(GlobalDays::NinetyDays),
        assistant: Some(AssistantAtSurgery::Paid),
        co_surgeons: Some(CoSurgeons::WithDocumentation),
        ..joint
    };
    let ncd = |resolution| {
        let ncd = LabNcd { ncd: "190.99".to_owned(), resolution, effective: None, terminated: None };
        LabNcds { entries: vec![ncd] }.to_body()
    };
    let listed = |number: u32, parent: Option<u32>, code: &str, excluded: Option<&str>| {
        let note = |text: &str| Note { line: u64::from(number), text: text.to_owned() };
        let row = Row {
            line: u64::from(number),
            number,
            parent,
            name: Name::Code(Code::normal(CodeSystem::Icd10Cm, code)),
            title: "Invented category".to_owned(),
            placeholder: false,
            notes: excluded
                .map(|text| Group { kind: NoteKind::Excludes1, notes: vec![note(text)] })
                .into_iter()
                .collect(),
            seventh: Vec::new(),
        };
        let end = if parent.is_none() { number + 1 } else { number };
        Listed { row, end, spans: BTreeMap::new(), above: Vec::new() }.to_body()
    };
    let tables = tables.into_iter().chain([
        (Dataset::Icd10CmTabular, "E10", listed(0, None, "E10", None)),
        (Dataset::Icd10CmTabular, "E10.9", listed(1, Some(0), "E10.9", None)),
        (Dataset::Icd10CmTabular, "E11", listed(2, None, "E11", Some("type 1 diabetes mellitus (E10.-)"))),
        (Dataset::Icd10CmTabular, "E11.9", listed(3, Some(2), "E11.9", None)),
        (Dataset::RelativeValues, "20610", schedule(joint)),
        (Dataset::RelativeValues, "27447", schedule(knee)),
        (Dataset::LabNcd, "80053", ncd(None)),
        (Dataset::LabNcd, "E11.9", ncd(Some(Resolution::Covered))),
        (Dataset::LabNcd, OTHERS, ncd(Some(Resolution::NotNecessary))),
    ]);
    // Sheets of one table belong to one edition.
    let mut editions: Vec<Edition> = Vec::new();
    let mut sheets = Vec::new();
    for (n, (dataset, key, body)) in (1_u128..).zip(tables) {
        let (edition, mut sheet) = made_up(n, dataset, key, body);
        match editions.iter().find(|known| known.dataset == dataset) {
            Some(known) => sheet.edition = known.id,
            None => editions.push(edition),
        }
        sheets.push(sheet);
    }
    Desk::new(editions, sheets)
}

fn relative_value(policy: Policy) -> RelativeValue {
    let expense = Expense { expense: Rvu::new(100), total: Rvu::new(200), rarely: false };
    RelativeValue {
        modifier: None,
        status: StatusCode::Active,
        not_used_for_payment: false,
        work: Rvu::new(90),
        malpractice: Rvu::new(10),
        non_facility: expense,
        facility: expense,
        conversion_factor: None,
        policy,
    }
}

fn made_up(n: u128, dataset: Dataset, key: &str, body: Vec<u8>) -> (Edition, Sheet) {
    let id = EditionId::new(uuid::Uuid::from_u128(0x0195_0000_0000_7000_8000_0000_0000_1000 + n));
    let edition = Edition {
        id,
        dataset,
        name: format!("{} 2025 Q1 (invented)", dataset.title()),
        publisher: "CMS".to_owned(),
        effective: Interval { from: date(2025, 1, 1), to: Some(date(2025, 3, 31)) },
        sha256: Digest::of(key.as_bytes()),
        file_name: "invented.txt".to_owned(),
        rows: 1,
        rejected: 0,
        imported_at: Instant::from_micros(1_740_000_000_000_000),
    };
    (edition, Sheet { edition: id, key: key.to_owned(), body })
}

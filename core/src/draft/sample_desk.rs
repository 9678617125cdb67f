//! Invented edit tables that templates are tried with, and by which the edit checks are tested. The codes are real ones, and
//! the edits between them are made up.

use std::sync::OnceLock;

use jiff::civil::date;

use crate::{
    catalog::{
        Dataset, Edition, Interval, Setting, Sheet,
        answer::Desk,
        fact::{
            add_on::{AddOn, AddOnPrimary},
            mue::UnitLimit,
            ptp::{PtpEdit, PtpEdits},
        },
        layout::{ncci_add_on::AddOnType, ncci_mue::AdjudicationIndicator, ncci_ptp::ModifierIndicator},
        procedure_code::ProcedureCode,
        sheet::Fact,
    },
    domain::{digest::Digest, ids::EditionId, instant::Instant},
};

/// Tables of the first quarter of 2025. Practitioner: 20610 denies 76942 (indicator 1) and 99211 (indicator 0);
/// outpatient hospital: 20610 denies 76942. 20610 has at most two units a day (MAI 2), J1100 ten (MAI 3). 99417 is added to
/// 99205 or 99215 alone.
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
    let (editions, sheets): (Vec<_>, Vec<_>) =
        (1_u128..).zip(tables).map(|(n, (dataset, key, body))| made_up(n, dataset, key, body)).unzip();
    Desk::new(editions, sheets)
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

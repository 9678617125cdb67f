//! What the fee schedule, the MS-DRG tables and the crosswalks answer, once they are imported from the files as they are
//! published.

use std::{
    collections::BTreeMap,
    io::{Cursor, Write as _},
};

use caseconsult::command::codes::{
    facts::{self, Asked},
    release::ImportOptions,
    verify,
};
use caseconsult_core::catalog::{Dataset, locality::Locality};
use caseconsult_store::Db;
use jiff::civil::{Date, date};
use serde_json::Value;

use super::{codesets, place::Place};
use crate::store::on_both;

on_both![
    a_fee_is_told_with_its_indicators_in_words_and_its_amounts,
    an_amount_of_a_locality_is_looked_up_beside_those_computed,
    anesthesia_is_paid_by_base_and_time_units,
    a_group_has_its_title_and_weight,
    a_complication_counts_unless_the_principal_diagnosis_excludes_it,
    a_diagnosis_is_told_in_the_other_revision,
    the_published_tables_are_taken_in_whole,
];

const VALUES: &str = "HCPCS,MOD,DESCRIPTION,STATUS CODE,NOT USED FOR MEDICARE PAYMENT,WORK RVU,NON-FAC PE RVU,\
    NON-FAC NA INDICATOR,FACILITY PE RVU,FACILITY NA INDICATOR,MP RVU,NON-FACILITY TOTAL,FACILITY TOTAL,PCTC IND,\
    GLOB DAYS,PRE OP,INTRA OP,POST OP,MULT PROC,BILAT SURG,ASST SURG,CO-SURG,TEAM SURG,CONV FACTOR\n\
    11111,,,A,,1.03,1.71,,0.40,,0.15,2.89,1.58,1,010,0.10,0.80,0.10,2,1,0,1,2,{dollars}\n\
    11111,26,,A,,0.50,0.20,,0.20,,0.05,0.75,0.75,1,XXX,0,0,0,2,0,0,0,0,{dollars}\n\
    22222,,,B,,0.00,0.00,,0.00,,0.00,0.00,0.00,9,XXX,0,0,0,9,9,9,9,9,{dollars}\n\
    33333,,,A,,2.00,0.00,NA,1.00,,0.10,2.10,3.10,0,090,0.09,0.81,0.10,2,1,2,1,0,{dollars}\n";
const INDICES: &str = "MAC,State,Locality Number,Locality Name,2026 PW GPCI,2026 PE GPCI,2026 MP GPCI\n\
    02102,AK,1,FAR AWAY,1.5,1.081,0.592\n";

fn zip_of(members: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn accepted() -> ImportOptions {
    ImportOptions { accepted_by: Some("Ana".to_owned()), ..ImportOptions::default() }
}

/// `codes show`, for a script and for a person.
async fn shown(db: &Db, code: &str, asked: Asked) -> (Value, String) {
    let (mut json, mut words) = (Vec::new(), Vec::new());
    facts::show(db, &mut json, code, asked, true).await.unwrap();
    facts::show(db, &mut words, code, asked, false).await.unwrap();
    (serde_json::from_slice(&json).unwrap(), String::from_utf8(words).unwrap())
}

fn there(on: Date) -> Asked {
    Asked { locality: Locality::read("02102-01"), ..Asked::on(on) }
}

async fn a_fee_is_told_with_its_indicators_in_words_and_its_amounts(db: Db) {
    let place = Place::of(db);
    let [others, qualifying] = ["33.4009", "33.5675"].map(|factor| VALUES.replace("{dollars}", factor));
    let zip = zip_of(&[
        ("PPRRVU2026_Apr_nonQPP.csv", &others),
        ("PPRRVU2026_Apr_QPP.csv", &qualifying),
        ("GPCI2026.csv", INDICES),
    ]);
    let reports = place.import(&[place.file("rvu26b.zip", zip)], &accepted()).await.unwrap();
    let rows: Vec<(Dataset, u64)> = reports.iter().map(|it| (it.live[0].dataset, it.live[0].rows)).collect();
    assert_eq!(rows, [(Dataset::RelativeValues, 4), (Dataset::RelativeValuesQp, 4), (Dataset::Gpci, 1)]);

    let (json, words) = shown(&place.db, "11111", there(date(2026, 5, 1))).await;
    let [others, qualifying] = json["relative_values"].as_array().unwrap().as_slice() else { panic!("{json}") };
    let [whole, professional] = others["values"].as_array().unwrap().as_slice() else { panic!("{others}") };
    assert_eq!((&others["table"], &others["answer"]), (&"pfs-relative-values".into(), &"values".into()));
    assert_eq!((&whole["work"], &whole["policy"]["global_days"]), (&"1.03".into(), &"010".into()));
    assert_eq!(whole["meaning"]["global days"], "The day and ten days after it: minor");
    assert_eq!(whole["meaning"]["bilateral"], "150 percent");
    // 2.89 × 33.4009 and (1.03 × 1.5 + 1.71 × 1.081 + 0.15 × 0.592) × 33.4009, to the cent.
    assert_eq!(whole["amounts"]["national"]["non_facility"]["dollars"], "96.53");
    assert_eq!(whole["amounts"]["national"]["facility"]["dollars"], "52.77");
    assert_eq!(whole["amounts"]["locality"]["non_facility"]["dollars"], "116.31");
    assert_eq!((&professional["modifier"], &professional["policy"]["package"]), (&"26".into(), &Value::Null));
    assert_eq!(qualifying["values"][0]["amounts"]["national"]["non_facility"]["dollars"], "97.01");
    for part in [
        "status A: Paid separately when covered",
        "for the nation: $96.53 outside of facilities, $52.77 in them; in FAR AWAY: $116.31",
        "global days 010: The day and ten days after it: minor",
        "team surgery 2: Permitted, by report",
        "(Physician fee schedule relative values 2026 Q2)",
        "not loaded: ",
    ] {
        assert!(words.contains(part), "{part} is not in\n{words}");
    }

    let (bundled, _) = shown(&place.db, "22222", Asked::on(date(2026, 5, 1))).await;
    let amounts = &bundled["relative_values"][0]["values"][0]["amounts"];
    assert_eq!(
        (&amounts["national"]["facility"]["none"], &amounts["locality"]),
        (&"no amount (status B)".into(), &Value::Null)
    );
    let (rarely, _) = shown(&place.db, "33333", Asked::on(date(2026, 5, 1))).await;
    let amounts = &rarely["relative_values"][0]["values"][0]["amounts"]["national"];
    assert_eq!(amounts["non_facility"]["none"], "no amount (rarely or never done there)");
    assert_eq!(amounts["facility"]["dollars"], "103.54");
    // Neither another code nor another day is answered from it.
    let (other, words) = shown(&place.db, "44444", Asked::on(date(2026, 5, 1))).await;
    assert_eq!(other["relative_values"][0]["answer"], "not_in_table");
    assert!(words.contains("not in the table (Physician fee schedule relative values 2026 Q2)"), "{words}");
    assert_eq!(
        shown(&place.db, "11111", there(date(2026, 7, 1))).await.0["relative_values"][0]["answer"],
        "not_loaded"
    );
}

async fn an_amount_of_a_locality_is_looked_up_beside_those_computed(db: Db) {
    let line = |locality: &str, modifier: &str, amount: &str| {
        format!(
            "\"2026\",\"02102\",\"{locality}\",\"G0008\",\"{modifier}\",\"{amount}\",\"0000344.00\",\" \",\"1\",\"A\",\"2\",\
             \"0000010.00\",\"0000011.00\",\"1\",\"0000012.00\",\"0000013.99\"\r\n"
        )
    };
    let text =
        [line("01", "  ", "0001344.05"), line("01", "26", "0000100.00"), line("02", "  ", "0000900.00")].concat();
    let place = Place::of(db);
    let file = place.file("PFREV26B_nonQP.txt", text + "\"TRL- WORDS ABOUT RIGHTS. \"\r\n");
    let reports = place.import(&[file], &accepted()).await.unwrap();
    assert_eq!((reports[0].live[0].dataset, reports[0].live[0].rows), (Dataset::FeeAmounts, 3));
    let (json, words) = shown(&place.db, "G0008", there(date(2026, 5, 1))).await;
    let told = &json["fee_amounts"][0];
    assert_eq!(told["amounts"].as_array().unwrap().len(), 2, "{told}");
    assert_eq!(
        (&told["amounts"][0]["non_facility"], &told["amounts"][0]["modifier"]),
        (&"1344.05".into(), &Value::Null)
    );
    assert_eq!(told["amounts"][1]["opps_capped"], serde_json::json!(["12.00", "13.99"]));
    assert!(words.contains("02102-01: $1344.05 outside of facilities, $344.00 in them"), "{words}");
    let elsewhere = Asked { locality: Locality::read("02102-03"), ..there(date(2026, 5, 1)) };
    assert_eq!(shown(&place.db, "G0008", elsewhere).await.0["fee_amounts"][0]["answer"], "not_in_table");
    let (everywhere, _) = shown(&place.db, "G0008", Asked::on(date(2026, 5, 1))).await;
    assert_eq!(everywhere["fee_amounts"][0]["amounts"].as_array().unwrap().len(), 3);
}

const TABLE_5: &str = "\"TABLE 5. LIST, \nAND STAY FY 2031\"\t\t\t\t\t\t\t\t\t\r\nMS-DRG \tFY 2031 Final Post-Acute DRG\t\
    FY 2031 Final Special Pay DRG\tMDC\tTYPE\tMS-DRG Title\tWeights - Before Cap\tWeights - 10% Cap Applied \t\
    Geometric mean LOS\tArithmetic mean LOS\r\n\
    001\tYes\tNo\tPRE\tSURG\tGROUP ONE\t28.0239\t28.0240\t25.8\t36.2\r\n\
    999\tNo\tNo\t \t**\tGROUP OF NONE\t.\t.\t.\t.\r\n";
const TABLE_6I: &str = "TABLE 6I - COMPLETE MCC LIST\r\nDiagnosis Code\tDescription\r\nI46.2\tWords\r\n";
const TABLE_6J: &str = "TABLE 6J - COMPLETE CC LIST\r\nDiagnosis Code\tDescription\r\nA00.0\tWords\r\nA01.1\tWords\r\n";
const TABLE_6K: &str = "TABLE 6K - COMPLETE LIST OF CC EXCLUSIONS\r\n\r\nK Part 1: List of CC and Major CC Codes\r\n \
    I10 Dx  Lev PDX Exclusions   ICD-10-CM Description\r\n \
    A000    CC  0002:2 codes     Words\r\n A011    CC  No Excl          Words\r\n I462    MCC 0003:1 codes     Words\r\n\r\n\
    PDX collection 0002\r\n  A001    Words\r\n  A009    Words\r\n\r\nPDX collection 0003\r\n  A009    Words\r\n\
    K Part 2: Codes that are CC or Major CC only if patient discharged alive\r\n\r\n  I462    Words\r\n\
    K Part 3: Secondary Diagnosis CC/MCC Severity Exclusions in Select MS-DRGs\r\n\r\n\
    MDC 05 DRGs 283-285 Words\r\n\r\n  I462    Words\r\n";

/// The four tables of an invented fiscal year, in one ZIP.
async fn grouper(place: &Place) {
    let members =
        [("Table 5.txt", TABLE_5), ("Table 6I.txt", TABLE_6I), ("Table 6J.txt", TABLE_6J), ("Table 6K.txt", TABLE_6K)];
    let file = place.file("FY2031-FR-tables.zip", zip_of(&members));
    let reports = place.import(&[file], &ImportOptions::default()).await.unwrap();
    let rows: BTreeMap<Dataset, u64> =
        reports.iter().flat_map(|it| &it.live).map(|edition| (edition.dataset, edition.rows)).collect();
    let counted: Vec<u64> = rows.values().copied().collect();
    assert_eq!(rows.len(), 5, "the list of groups and their weights come from one table");
    assert_eq!(counted, [2, 2, 1, 2, 8]);
    let mut told = Vec::new();
    verify::verify(&place.db, &mut told, false).await.unwrap();
    assert_eq!(String::from_utf8(told).unwrap().matches("ok ").count(), 5);
}

async fn anesthesia_is_paid_by_base_and_time_units(db: Db) {
    let place = Place::of(db);
    let factors = "2026 Anesthesia Conversion Factors,,,,\n\
        Contractor,Locality,Locality Name,Qualifying APM Conversion Factor,Non-Qualifying APM Conversion Factor\n\
        2102,1,FAR AWAY,27.4,27.3\n10112,00,NOWHERE,20.6,20.5\n";
    let zip = zip_of(&[("GPCI2026.csv", INDICES), ("ANES2026.csv", factors)]);
    let reports = place.import(&[place.file("rvu26b.zip", zip)], &accepted()).await.unwrap();
    let rows: Vec<(Dataset, u64)> = reports.iter().map(|it| (it.live[0].dataset, it.live[0].rows)).collect();
    assert_eq!(rows, [(Dataset::Gpci, 1), (Dataset::AnesthesiaFactors, 2)]);
    let units = place.file("2026-anesthesia-base-units.csv", "CPT Code,Base Units\n00100,5\n00102,6\n");
    place.import(&[units], &accepted()).await.unwrap();
    let day = date(2026, 5, 1);
    let (json, words) = shown(&place.db, "00100", Asked { minutes: Some(50), ..there(day) }).await;
    let told = &json["anesthesia"];
    // (5 + 3.3) × 27.3 and × 27.4.
    assert_eq!(
        (&told["units"], &told["amount"], &told["amount_qualifying"]),
        (&5.into(), &"226.59".into(), &"227.42".into())
    );
    let expected = "base units: 5; in FAR AWAY, 50 minutes are 3.3 time units: $226.59 at 27.3000 a unit";
    assert!(words.contains(expected), "{words}");
    let (json, words) = shown(&place.db, "00102", Asked::on(day)).await;
    assert_eq!((&json["anesthesia"]["units"], &json["anesthesia"]["amount"]), (&6.into(), &Value::Null));
    assert!(words.contains("base units: 6 ("), "{words}");
    assert_eq!(shown(&place.db, "00104", Asked::on(day)).await.0["anesthesia"]["answer"], "not_in_table");
    assert_eq!(shown(&place.db, "00100", Asked::on(date(2027, 1, 1))).await.0["anesthesia"]["answer"], "not_loaded");
    assert_eq!(shown(&place.db, "99213", Asked::on(day)).await.0["anesthesia"], Value::Null, "no anesthesia");
    let mut verified = Vec::new();
    verify::verify(&place.db, &mut verified, false).await.unwrap();
}

async fn a_group_has_its_title_and_weight(db: Db) {
    let place = Place::of(db);
    grouper(&place).await;
    let (json, words) = shown(&place.db, "001", Asked::on(date(2030, 10, 1))).await;
    assert_eq!((&json["systems"][0]["title"], &json["systems"][0]["system"]), (&"GROUP ONE".into(), &"DRG".into()));
    assert_eq!((&json["drg"]["answer"], &json["drg"]["weight"]), (&"weight".into(), &"28.0240".into()));
    assert!(words.contains("MS-DRG weights: weight 28.0240, surgical, assigned before any"), "{words}");
    let (none, _) = shown(&place.db, "999", Asked::on(date(2030, 10, 1))).await;
    assert_eq!((&none["drg"]["answer"], &none["drg"]["weight"]), (&"weight".into(), &Value::Null));
    assert_eq!(shown(&place.db, "002", Asked::on(date(2030, 10, 1))).await.0["drg"]["answer"], "not_in_table");
    assert_eq!(shown(&place.db, "001", Asked::on(date(2030, 9, 30))).await.0["drg"]["answer"], "not_loaded");
}

async fn a_complication_counts_unless_the_principal_diagnosis_excludes_it(db: Db) {
    let place = Place::of(db);
    grouper(&place).await;
    let day = date(2031, 1, 1);
    let (json, words) = shown(&place.db, "i46.2", Asked::on(day)).await;
    assert_eq!(
        (&json["complication"][0]["answer"], &json["complication"][0]["severity"]),
        (&"listed".into(), &"MCC".into())
    );
    assert_eq!(json["complication"][1]["answer"], "not_in_table");
    assert_eq!(json["exclusions"]["listed"]["excluded_by"]["size"], 1);
    assert!(
        words.contains("counts only if the patient was discharged alive; does not count in MS-DRG 283 to 285"),
        "{words}"
    );

    let named: Vec<String> = ["A00.0", "A011", "I46.2", "Z00.00"].map(str::to_owned).to_vec();
    for (principal, expected) in [
        ("A00.1", [("beside", false), ("beside", true), ("beside", true), ("not_in_table", false)]),
        ("A00.9", [("beside", false), ("beside", true), ("beside", false), ("not_in_table", false)]),
        ("B99.9", [("beside", true), ("beside", true), ("beside", true), ("not_in_table", false)]),
    ] {
        let mut out = Vec::new();
        facts::complications(&place.db, &mut out, &named, principal, Asked::on(day), true).await.unwrap();
        let told: Vec<Value> =
            String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let told: Vec<(&str, bool)> = told
            .iter()
            .map(|line| (line["answer"].as_str().unwrap(), line["counts"].as_bool().unwrap_or_default()))
            .collect();
        assert_eq!(told, expected, "{principal}");
    }
    let mut out = Vec::new();
    facts::complications(&place.db, &mut out, &named[..1], "A00.9", Asked::on(day), false).await.unwrap();
    let words = String::from_utf8(out).unwrap();
    assert!(words.contains("does not count: the principal diagnosis is of collection 0002"), "{words}");
    assert!(facts::complications(&place.db, &mut Vec::new(), &named, "99213", Asked::on(day), true).await.is_err());
}

async fn a_diagnosis_is_told_in_the_other_revision(db: Db) {
    let forward = "0010  A000    00000\r\n36570 NoDx    11000\r\nE8800 T8119XA 10111\r\nE8800 A001    10112\r\n";
    let backward = "A000    0010  00000\r\nA001    0010  10000\r\nA001    0011  10000\r\n";
    let place = Place::of(db);
    let zip = zip_of(&[("2018_I9gem.txt", forward), ("2018_I10gem.txt", backward), ("GemsTechDoc.pdf", "%PDF")]);
    place.import(&[place.file("mappings.zip", zip)], &ImportOptions::default()).await.unwrap();
    let day = date(2012, 3, 1);
    let (json, words) = shown(&place.db, "001.0", Asked::on(day)).await;
    let told = &json["equivalents"][0];
    assert_eq!((&told["codes"][0]["target"], &told["codes"][0]["approximate"]), (&"A00.0".into(), &false.into()));
    assert_eq!(told["from_later_edition"], true, "the crosswalk is younger than the day");
    assert!(words.contains("A00.0, identical in meaning"), "{words}");
    let (combined, words) = shown(&place.db, "E880.0", Asked::on(day)).await;
    assert_eq!(combined["equivalents"][0]["codes"][1]["part"], serde_json::json!({ "scenario": 1, "choice": 2 }));
    assert!(words.contains("A00.1, approximately, only in combination 1 as part 2"), "{words}");
    assert!(shown(&place.db, "365.70", Asked::on(day)).await.1.contains("no equivalent"));
    let (back, _) = shown(&place.db, "A00.1", Asked::on(date(2026, 1, 1))).await;
    assert_eq!(back["equivalents"][0]["codes"].as_array().unwrap().len(), 2);
    assert_eq!(shown(&place.db, "B99.9", Asked::on(day)).await.0["equivalents"][0]["answer"], "not_in_table");
}

async fn the_published_tables_are_taken_in_whole(db: Db) {
    let place = Place::of(db);
    let published = [
        "pfs/PPRRVU24_JUL-derived-cpt-descriptions-blanked.csv.gz",
        "pfs/GPCI2024-derived.csv.gz",
        "pfs/PFREV26B_nonQP.zip",
        "pfs/PFREV26B_QP.zip",
        "drg/FY2026-FR-tables-5-6I-6J-6K.zip",
        "crosswalk/2018-icd-10-cm-general-equivalence-mappings.zip",
    ];
    let mut files = Vec::new();
    for path in published {
        let Some(bytes) = codesets::bytes(path) else { return };
        files.push(place.file(path.rsplit('/').next().unwrap(), bytes));
    }
    let reports = place.import(&files, &accepted()).await.unwrap();
    let rows: BTreeMap<&str, (u64, Date)> = reports
        .iter()
        .flat_map(|it| &it.live)
        .map(|edition| (edition.dataset.as_str(), (edition.rows, edition.effective.from)))
        .collect();
    let fiscal = date(2025, 10, 1);
    let expected = [
        ("DRG", (772, fiscal)),
        ("drg-cc", (15_078, fiscal)),
        ("drg-cc-exclusions", (205_031, fiscal)),
        ("drg-mcc", (3_354, fiscal)),
        ("drg-weights", (772, fiscal)),
        ("gem-icd10-to-icd9", (81_593, date(2017, 10, 1))),
        ("gem-icd9-to-icd10", (24_860, date(2017, 10, 1))),
        ("pfs-amounts", (4_033, date(2026, 4, 1))),
        ("pfs-amounts-qp", (4_033, date(2026, 4, 1))),
        ("pfs-gpci", (109, date(2024, 1, 1))),
        ("pfs-relative-values", (18_664, date(2024, 7, 1))),
    ];
    assert_eq!(rows, BTreeMap::from(expected));
    assert!(reports.iter().all(|it| it.report.rejected == 0));
    let mut told = Vec::new();
    verify::verify(&place.db, &mut told, false).await.unwrap();
    let told = String::from_utf8(told).unwrap();
    assert_eq!(told.lines().filter(|line| line.starts_with("ok ")).count(), expected.len(), "{told}");
    // A code with both components is told three times: whole, professional and technical.
    let (json, _) = shown(&place.db, "71046", there(date(2024, 8, 1))).await;
    assert_eq!(json["relative_values"][0]["values"].as_array().unwrap().len(), 3);
    assert_eq!(json["locality"]["state"], "AK");
}

//! The lists around the code sets, small and invented: what they answer on a date of service, and what is refused.
//! `lists_whole` takes the published ones in.

use std::path::PathBuf;

use caseconsult::command::codes::{
    facts::{self, Asked},
    release::ImportOptions,
    verify,
};
use caseconsult_core::{catalog::Dataset, domain::code::CodeSystem};
use caseconsult_store::Db;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use super::place::Place;
use crate::store::on_both;

on_both![
    a_diagnosis_is_told_with_its_notes_and_its_index,
    excludes1_notes_between_two_diagnoses_are_told,
    cpt_files_come_under_their_licence_and_are_one_list,
    an_own_list_stands_beside_the_published_one,
    coverage_lists_tell_of_a_procedure_with_a_diagnosis,
    bad_lists_are_refused_by_file_line_and_reason,
    a_tabular_list_is_verified_against_the_codes_of_its_year,
];

impl Place {
    /// Imports one file under a name that tells its day.
    pub(super) async fn takes(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let file = self.file(name, bytes);
        self.import(&[file], &ImportOptions::default()).await.unwrap();
    }

    pub(super) async fn verified(&self) -> String {
        let mut told = Vec::new();
        let outcome = verify::verify(&self.db, &mut told, false).await;
        let told = String::from_utf8(told).unwrap();
        assert!(outcome.is_ok(), "{told}");
        told
    }

    /// `codes show --json`.
    pub(super) async fn show(&self, code: &str, on: Date) -> Value {
        let mut out = Vec::new();
        facts::show(&self.db, &mut out, code, Asked::on(on), true).await.unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    /// `codes show`, as a person reads it.
    async fn show_words(&self, code: &str, on: Date) -> String {
        let mut out = Vec::new();
        facts::show(&self.db, &mut out, code, Asked::on(on), false).await.unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The lines of `codes edits --json`.
    pub(super) async fn edits(&self, named: &[&str], on: Date) -> Vec<Value> {
        let named: Vec<String> = named.iter().map(|code| (*code).to_owned()).collect();
        let mut out = Vec::new();
        facts::edits(&self.db, &mut out, &named, Asked::on(on), true).await.unwrap();
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn on_kind(kind: Dataset, effective: Date) -> ImportOptions {
    let accepted_by = Some("Ana Ruiz".to_owned());
    ImportOptions { kind: Some(kind), effective: Some(effective), accepted_by, ..ImportOptions::default() }
}

/// An invented list of scratches and moods, with every form of note that is decided.
const TABULAR: &str = include_str!("../../core/src/catalog/notes/tests/tabular.xml");

const INDEX: &str = "<ICD10CM.index><version>2026</version><title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>\
    <letter><title>S</title><mainTerm><title>Scratch<nemod>(by a cat)</nemod></title><code>S10.-</code>\
    <term level=\"1\"><title>deep</title><code>S10.0-</code><term level=\"2\"><title>of toe</title>\
    <code>S10.01-</code></term></term></mainTerm><mainTerm><title>Scrape</title><see>Scratch</see></mainTerm>\
    </letter></ICD10CM.index>";

const ADDENDA: &str = "Add:         1 S1001XA Deep scratch of a toe, at first                              Deep scratch of a toe, at first\r\n\r\nCodes\r\n  1 additions\r\n";

const EXEMPT: &str = "Order26\tPOAexemptCode\tDescription\r\n1\tS10.01XA\tDeep scratch of a toe, at first\r\n";

const DAY: Date = date(2026, 5, 1);

async fn a_diagnosis_is_told_with_its_notes_and_its_index(db: Db) {
    let place = Place::of(db);
    place.takes("icd10cm-tabular-2026.xml", TABULAR).await;
    place.takes("icd-10-cm-index-2026.xml", INDEX).await;
    place.takes("icd10cm_order_addenda_2026.txt", ADDENDA).await;
    place.takes("POAexemptCodesFY26.txt", EXEMPT).await;
    let told = place.show("S1001XA", DAY).await;
    assert_eq!(
        (&told["notes"]["listed"], &told["notes"]["seventh"]["meaning"]),
        (&"S10.01".into(), &"at first".into())
    );
    let groups = told["notes"]["groups"].as_array().unwrap();
    let texts: Vec<&str> = groups.iter().map(|group| group["texts"][0].as_str().unwrap()).collect();
    assert_eq!(
        texts,
        ["of the stem", "calm (A10.-)", "the 7th character", "peace (A11)", "framed (A12-A13)"],
        "from the stem up to the section that frames its section"
    );
    assert_eq!(groups[4]["at"], "S00-S99");
    assert_eq!(told["index"][0]["terms"][0]["path"], serde_json::json!(["Scratch", "deep", "of toe"]));
    assert_eq!((&told["addenda"]["answer"], &told["poa_exempt"]["answer"]), (&"changed".into(), &"exempt".into()));
    assert_eq!(told["conversion"]["answer"], "not_loaded");
    let stem = place.show("S10.1", DAY).await;
    let sevenths = stem["notes"]["sevenths"].as_array().unwrap();
    assert_eq!(sevenths.iter().map(|one| one["character"].as_str().unwrap()).collect::<String>(), "AS");
    let words = place.show_words("S10.01XA", DAY).await;
    for expected in [
        "listed as S10.01, Deep scratch of a toe",
        "excludes1 at S10: calm (A10.-)",
        "7th character A: at first",
        "Scratch, deep, of toe",
        "added as a valid code",
        "Present-on-admission exempt list: exempt",
    ] {
        assert!(words.contains(expected), "{expected} in {words}");
    }
    // Neither a code that the list lacks nor a day without an edition is told as free of notes.
    assert_eq!(place.show("S10.99", DAY).await["notes"]["answer"], "not_in_table");
    assert_eq!(place.show("S10.01XA", date(2026, 10, 1)).await["notes"]["answer"], "not_loaded");
    assert!(place.verified().await.contains("ICD-10-CM index to diseases and injuries FY2026, rows: 4"));
}

async fn excludes1_notes_between_two_diagnoses_are_told(db: Db) {
    let place = Place::of(db);
    let prose = "<note>calm (A10.-)</note><note>any other mood</note>";
    place.takes("icd10cm-tabular-2026.xml", TABULAR.replace("<note>calm (A10.-)</note>", prose)).await;
    for (one, other, expected) in [
        ("S10.01XA", "A10", &["stem A10.- at S10 true"][..]),
        ("A12.5", "S10.01XA", &["range A12-A13 at S00-S99 true"]),
        ("S10.01XA", "A11", &["exact A11 at S10-S19 true"]),
        ("S20.0X1A", "A14.1", &["stem A14.- at S20 false"]),
    ] {
        let told = place.edits(&[one, other], DAY).await;
        assert_eq!((told.len(), &told[0]["answer"]), (1, &"excludes1".into()), "{told:?}");
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let found: Vec<String> = told[0]["conflicts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|conflict| {
                let [form, reference, at, certain] =
                    ["form", "reference", "at", "certain"].map(|name| text(&conflict[name]));
                format!("{form} {reference} at {at} {certain}")
            })
            .collect();
        assert_eq!(found, expected, "{one} with {other}");
    }
    // A note in words is shown with whatever it binds, and decides nothing.
    let told = place.edits(&["S10.01XA", "A14.1"], DAY).await;
    assert_eq!(
        (&told[0]["conflicts"], &told[0]["prose"][0]["note"]),
        (&Value::Array(vec![]), &"any other mood".into())
    );
    assert_eq!(place.edits(&["A10", "A14.1"], DAY).await[0]["answer"], "not_in_table");
    assert_eq!(place.edits(&["A10", "Z99"], DAY).await[0]["answer"], "not_in_table");
    assert_eq!(place.edits(&["A10", "A14.1"], date(2025, 9, 30)).await[0]["answer"], "not_loaded");
}

const NOTICE: &str = "Not copyright of the American Medical Association\r\n";

async fn cpt_files_come_under_their_licence_and_are_one_list(db: Db) {
    let place = Place::of(db);
    let long = place.file("LONGULT.txt", format!("{NOTICE}00001\tInvented grumbling of the longest kind\r\n"));
    let short = place.file("SHORTU.txt", format!("{NOTICE}00001 GRUMBLING\r\n"));
    let files = [long, short];
    let first = date(2026, 1, 1);
    let cpt = on_kind(Dataset::Codes(CodeSystem::Cpt), first);
    let unnamed = ImportOptions { kind: None, ..cpt.clone() };
    let modifiers = place.file("MODUL.txt", format!("{NOTICE}90 Invented twist\r\n"));
    for file in [&files[0], &modifiers] {
        let nobody = ImportOptions { accepted_by: None, ..unnamed.clone() };
        let refused = place.import(std::slice::from_ref(file), &nobody).await.unwrap_err();
        assert!(format!("{refused:#}").contains("licence accept ama-cpt"), "{refused:#}");
    }
    let refused = place.import(&files, &unnamed).await.unwrap_err();
    assert!(format!("{refused:#}").contains("1 codes, and a whole set has 8000 or more"), "{refused:#}");
    place.import(&files, &cpt).await.unwrap();
    place.import(&[modifiers], &unnamed).await.unwrap();
    let patients = "Concept Id\tCPT Code\tConsumer Friendly Descriptor\r\n1\t00001\tSome grumbling\r\n";
    let history = "Concept Id\tCPT Code\tDate Deleted\tInstruction\r\n1\t00002\t20260101\tTo report, use 00001\r\n";
    let files = [place.file("ConsumerDescriptor.txt", patients), place.file("Deleted_DTK_tab.txt", history)];
    place.import(&files, &unnamed).await.unwrap();
    assert_eq!(
        place.live().await,
        ["CPT 2026", "CPT modifiers, from 2026-01-01", "CPT consumer descriptors 2026", "CPT history 2026"]
    );
    let told = place.show("00001", DAY).await;
    let system = &told["systems"][0];
    assert_eq!((&system["standing"], &system["source"]), (&"in_force".into(), &"licensed".into()), "{told}");
    assert_eq!(system["title"], "Invented grumbling of the longest kind", "the longest of what was named together");
    assert_eq!(told["consumer"]["descriptors"][0]["text"]["source"], "licensed");
    let words = place.show_words("00002", DAY).await;
    assert!(words.contains("deleted as of 2026-01-01 (To report, use 00001)"), "{words}");
    assert_eq!(place.show("00002", date(2025, 12, 31)).await["history"]["answer"], "not_in_table");
    place.verified().await;
}

async fn an_own_list_stands_beside_the_published_one(db: Db) {
    let place = Place::of(db);
    let table = "HCPC,LONG DESCRIPTION,ADD DT,TERM DT,XREF\nJ0001,Invented drug,20200101,20251231,J0002\nJ0002,Another,20260101,,\n";
    place.takes("hcpcs-2026q2.csv", table).await;
    let own = place.file("own.csv", "code,description,effective\nJ0003,House drug,2026-02-01\n");
    let unknown = place.import(std::slice::from_ref(&own), &ImportOptions::default()).await.unwrap_err();
    assert!(format!("{unknown:#}").contains("own.csv"), "{unknown:#}");
    place.import(&[own], &on_kind(Dataset::Codes(CodeSystem::Hcpcs), date(2026, 4, 1))).await.unwrap();
    assert_eq!(place.live().await, ["HCPCS Level II 2026 April", "HCPCS Level II 2026 April, own list"]);
    let standing = |told: &Value| told["systems"][0]["standing"].as_str().unwrap().to_owned();
    assert_eq!(standing(&place.show("J0002", DAY).await), "in_force", "the own list does not end it");
    assert_eq!(standing(&place.show("J0003", DAY).await), "in_force");
    let ended = place.show("J0001", DAY).await;
    assert_eq!((standing(&ended).as_str(), &ended["systems"][0]["see_also"][0]), ("ended", &"J0002".into()));
    assert!(place.show_words("J0001", DAY).await.contains("last day was 2025-12-31; its list refers to J0002"));
}

const LAB: &str = "NCD,CPT/HCPCS CODE,CPT EFF DATE,CPT TERM DATE,ICD-10 CODE,ICD-10 EFF DATE,ICD-10 TERM DATE,RESOLUTION CODE\n\
    190.99,00001,,,A10,2015-10-01,,1\n190.99,,,,A11,2015-10-01,2026-04-30,1\n190.99,,,,@@@@@@@,,,3\n";

async fn coverage_lists_tell_of_a_procedure_with_a_diagnosis(db: Db) {
    let place = Place::of(db);
    place.takes("ncd-lab-2026-04.csv", LAB).await;
    let download = [
        ("article.csv", "article_id,article_version,title,status\n7,2,Invented article,A\n"),
        (
            "article_x_hcpc_code.csv",
            "article_id,article_version,hcpc_code_group,hcpc_code_id,long_description\n7,2,1,00001,not to be kept\n",
        ),
        ("article_x_icd10_covered.csv", "article_id,article_version,icd10_covered_group,icd10_code_id\n7,2,3,A10\n"),
        (
            "article_x_icd10_covered_group.csv",
            "article_id,article_version,icd10_covered_group,paragraph\n7,2,3,<p>For group 1</p>\n",
        ),
        (
            "article_x_contractor.csv",
            "article_id,article_version,contractor_id,contractor_type_id,contractor_version\n7,2,1,9,1\n",
        ),
        (
            "contractor.csv",
            "contractor_id,contractor_type_id,contractor_version,contractor_bus_name\n1,9,1,An invented contractor\n",
        ),
        (
            "contractor_jurisdiction.csv",
            "contractor_id,contractor_type_id,contractor_version,state_id,term_date\n1,9,1,3,\n1,9,1,4,2020-01-01\n1,9,1,5,\n",
        ),
        ("state_lookup.csv", "state_id,state_abbrev,description\n3,QB,Nowhere\n4,QC,Gone\n5,QA,Elsewhere\n"),
    ];
    let files: Vec<PathBuf> = download.iter().map(|(name, text)| place.file(name, text)).collect();
    let dated = ImportOptions { effective: Some(date(2026, 4, 1)), ..ImportOptions::default() };
    let reports = place.import(&files, &dated).await.unwrap();
    assert_eq!((reports.len(), reports[0].live[0].rows), (1, 4), "the files of a download are one release");
    for (name, text) in
        [("pos.csv", "POS,NAME\n01,Invented shop\n"), ("b.csv", "brand,substance,unii\nGrumblex,CALMINE,0123456789\n")]
    {
        let file = place.file(name, text);
        place.import(&[file], &dated).await.unwrap();
    }
    for (diagnosis, day, resolution, listed) in [
        ("A10", date(2026, 4, 2), "Covered", true),
        ("A11", date(2026, 4, 30), "Covered", true),
        ("A11", DAY, "NotNecessary", false),
        ("A12", DAY, "NotNecessary", false),
    ] {
        let told = place.edits(&["00001", diagnosis], day).await;
        let ncd = &told[0]["ncds"][0];
        assert_eq!((&ncd["resolution"], &ncd["listed"]), (&resolution.into(), &listed.into()), "{diagnosis}: {told:?}");
        let article = if diagnosis == "A10" { "coverage" } else { "not_in_table" };
        assert_eq!(told[1]["answer"], article, "{told:?}");
    }
    let told = place.show("00001", DAY).await;
    assert_eq!(
        (&told["lab_ncd"]["entries"][0]["ncd"], &told["articles"]["groups"][0]["group"]),
        (&"190.99".into(), &1.into())
    );
    let group = &told["articles"]["groups"][0];
    assert_eq!(group["contractors"], json!(["An invented contractor"]));
    assert_eq!(group["states"], json!(["QA", "QB"]), "the state that it no longer serves is left out");
    assert!(!told.to_string().contains("not to be kept"));
    assert_eq!(place.show("01", DAY).await["place"]["name"], "Invented shop");
    assert_eq!(place.show("grumblex", DAY).await["brand"]["substances"][0]["name"], "CALMINE");
    place.verified().await;
}

async fn bad_lists_are_refused_by_file_line_and_reason(db: Db) {
    let place = Place::of(db);
    place.takes("icd10cm-tabular-2026.xml", TABULAR).await;
    let before = place.live().await;
    let cut = &TABULAR[..TABULAR[..TABULAR.len() / 2].rfind('\n').unwrap()];
    let latin = [TABULAR.as_bytes().split_at(300).0, b"\xE9".as_slice(), TABULAR.as_bytes().split_at(300).1].concat();
    let csv = "code,description,effective\nJ0001,Invented,";
    let plain = Some(Dataset::Codes(CodeSystem::Hcpcs));
    for (name, bytes, kind, expected) in [
        ("icd10cm-tabular-2026.xml", cut.as_bytes().to_vec(), None, "the file ends in the middle"),
        ("icd10cm-tabular-2026.xml", latin, None, "not UTF-8"),
        ("POAexemptCodesFY26.txt", EXEMPT.replace("S10.01XA\t", "").into_bytes(), None, "line 2: "),
        ("icd10cm_order_addenda_2026.txt", ADDENDA[..120].into(), None, "the file was cut short"),
        (
            "own-2026q2.csv",
            format!("{csv}2026-02-30\n").into_bytes(),
            plain,
            "line 2: the effective date is not a date",
        ),
        ("own-2026q2.csv", format!("{csv}\nJ0001,Twice,\n").into_bytes(), plain, "line 3: the code was listed before"),
        ("own-2026q2.csv", b"code,description\n1E10,Lost\n".to_vec(), plain, "line 2: no code of this code set"),
    ] {
        let file = place.file(name, bytes);
        let options = ImportOptions { kind, ..ImportOptions::default() };
        let refused = format!("{:#}", place.import(&[file], &options).await.unwrap_err());
        assert!(refused.contains(name) && refused.contains(expected), "{expected}: {refused}");
        assert_eq!(place.live().await, before, "{refused}");
    }
}

async fn a_tabular_list_is_verified_against_the_codes_of_its_year(db: Db) {
    let place = Place::of(db);
    place.takes("icd10cm-tabular-2026.xml", TABULAR).await;
    place.verified().await;
    let listed =
        ["A10", "A11", "A12", "A125", "A13", "A14", "S10", "S100", "S1001", "S101", "S20", "S200", "S200X", "S200X1"];
    let order = |codes: &[&str]| -> String {
        codes.iter().enumerate().map(|(n, code)| format!("{n:05} {code:<7} 1 {:<60} Invented\r\n", "Short")).collect()
    };
    place.takes("icd10cm_order_2026.txt", order(&listed)).await;
    let mut told = Vec::new();
    assert!(verify::verify(&place.db, &mut told, false).await.is_err());
    let told = String::from_utf8(told).unwrap();
    assert!(told.contains("A14.1: the tabular list has the code"), "{told}");
    assert_eq!(told.matches("the tabular list has the code").count(), 1, "{told}");
    place.takes("icd10cm_order_2026.txt", order(&[&listed[..], &["A141"]].concat())).await;
    place.verified().await;
}

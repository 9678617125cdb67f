//! Replies made from the published files, for dates of service that these cover. The files are where `CASECONSULT_SHARED`
//! says, or `../shared` beside the repository. Without them the test says so and passes; where `CI` is `true` they have to
//! be there. Of the two large tables of edits only the lines of the codes in these mails are read.

use std::{
    env, fs,
    io::{Cursor, Read as _},
    ops::ControlFlow,
    path::PathBuf,
};

use caseconsult_core::{
    catalog::{
        self, Edition, Sheet, Shelf,
        answer::Desk,
        gzip,
        import::{Reading as Import, Row},
        release::{self, Said},
    },
    domain::{
        address::EmailAddress,
        code::{Code, CodeSystem},
        digest::Digest,
        ids::{CaseId, EditionId},
        instant::Instant,
        tag::CaseTag,
    },
    draft::{Brief, Mail, Templates, ValidRules, compose, facts, guard},
    extract::Reading,
    mail::{markdown::text::text, search_text::SearchText},
};
use jiff::civil::date;
use uuid::Uuid;

const WHOLE: [&str; 6] = [
    "icd10cm/2026-code-descriptions-tabular-order.zip",
    "icd10cm/icd10c-tabular-April-1-2026.xml.gz",
    "coverage/ncd-lab-2026-01-cr-icd10-derived.csv.gz",
    "ncci/medicare-ncci-2026-q2-mue-tables.zip",
    "ncci/ncci-add-on-code-edits-2024-06-derived.csv.gz",
    "pfs/PPRRVU24_JUL-derived-cpt-descriptions-blanked.csv.gz",
];
const EDITS: [&str; 2] =
    ["ncci/ncci-ptp-practitioner-2024q3.tsv.gz", "ncci/ncci-ptp-outpatient-hospital-2024q3.tsv.gz"];
/// The procedures of the mails.
const CODES: [&str; 8] = ["20610", "76942", "99213", "99214", "17110", "29881", "27447", "82728"];

const MAILS: [(&str, &str); 9] = [
    ("together_with_an_edit", "Medicare, office, DOS 8/14/2024: can we bill CPT 20610-RT with CPT 76942 the same day?"),
    ("visit_with_an_injection", "Medicare, office, DOS 8/14/2024: can we bill 99213 and CPT 20610 for the same visit?"),
    ("assistant", "Is a PA payable by Medicare as assistant on CPT 27447? Date of service 8/14/2024, hospital."),
    (
        "visit_in_the_package",
        "CPT 27447 done by our surgeon on DOS 7/10/2024, seen on 9/30/2024 by the same surgeon for an unrelated shoulder. Is \
         that visit in the global period? Medicare.",
    ),
    (
        "both_knees",
        "Both knees injected in the office, DOS 8/14/2024, Medicare, CPT 20610: which modifier, 50 or RT and LT?",
    ),
    (
        "refused_as_bundled",
        "CPT 99214 was denied CO-97 with CPT 17110, DOS 8/14/2024, commercial plan, office. Why was it denied?",
    ),
    ("not_named_by_the_ncd", "Is CPT 82728 covered by the NCD with dx R53.83? Medicare, DOS 2/10/2026, Ohio."),
    ("named_by_the_ncd", "Is CPT 82728 covered by the NCD with dx D50.9? Medicare, DOS 2/10/2026, Ohio."),
    ("excluded_diagnoses", "Which diagnosis code is right, dx E11.65 together with E10.9? DOS 4/20/2026."),
];

#[test]
fn replies_from_the_published_files() {
    let Some((shelf, desk)) = books() else { return };
    let templates = Templates::embedded().unwrap();
    let tag = CaseTag::of(CaseId::new(Uuid::from_u128(0x0195_0000_0000_7000_8000_0012_3456_789A)));
    let asker = EmailAddress::parse("asker@practice.example").unwrap();
    for (name, mail) in MAILS {
        let received = date(2026, 5, 20);
        let reading = Reading::of(&SearchText::plain(mail), &shelf, Some(received));
        let mails = [Mail { received, reading: &reading, unread_attachments: &[] }];
        let facts = facts(&Brief {
            tag: &tag,
            mails: &mails,
            kinds: &caseconsult_core::draft::kind::Told::of(&mails).kinds,
            shelf: &shelf,
            accepted: &[],
            desk: &desk,
            house: ValidRules::none(),
        });
        let draft = compose(&templates, &facts).unwrap();
        let about = guard::GuardInput::of_draft(&facts, &shelf, &desk, &asker);
        let found = guard::check(&draft, &about);
        let stopped: Vec<_> =
            guard::blocking(&found, &[]).into_iter().filter(|one| one.rule != guard::Rule::Unanswered).collect();
        assert!(stopped.is_empty(), "{name}: {stopped:#?}\n{draft}");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("published_{name}"), text(&draft));
        });
    }
}

fn books() -> Option<(Shelf, Desk)> {
    // CPT has no published list: the summaries of the built-in catalogue stand in.
    let starter = catalog::starter();
    let mut editions: Vec<Edition> = starter.editions().into_iter().cloned().collect();
    editions.retain(|edition| edition.dataset.system() == Some(CodeSystem::Cpt));
    let of_code = |code: &&str| starter.entries(CodeSystem::Cpt, &Code::normal(CodeSystem::Cpt, code)).to_vec();
    let mut entries: Vec<_> = CODES.iter().flat_map(of_code).collect();
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut number = 0x1000;
    for path in WHOLE.iter().chain(&EDITS) {
        let mut content = plain(path)?;
        let name = path.trim_end_matches(".gz").to_owned();
        if EDITS.contains(path) {
            content = lines_of_codes(&content);
        }
        for release in release::plan(&name, Cursor::new(&content), Said::default()).unwrap() {
            let of_file: Vec<Edition> = release
                .datasets
                .iter()
                .map(|dataset| {
                    number += 1;
                    let id = EditionId::new(Uuid::from_u128(number));
                    release.edition(
                        *dataset,
                        id,
                        &name,
                        Digest::of(path.as_bytes()),
                        Instant::from_micros(1_779_000_000_000_000),
                    )
                })
                .collect();
            let mut take = |row| {
                match row {
                    Row::Entry(entry) => entries.push(entry),
                    Row::Sheet(sheet) => sheets.push(sheet),
                }
                ControlFlow::Continue(())
            };
            let mut reading = Import::new(release.layout, &of_file, &mut take);
            reading.file(&release, Cursor::new(&content)).unwrap();
            reading.finish().unwrap();
            editions.extend(of_file);
        }
    }
    Some((Shelf::new(editions.clone(), entries), Desk::new(editions, sheets)))
}

/// The header, and the lines whose first column is one of the codes.
fn lines_of_codes(content: &[u8]) -> Vec<u8> {
    let mut kept = Vec::new();
    for (at, line) in content.split_inclusive(|byte| *byte == b'\n').enumerate() {
        if at == 0 || CODES.iter().any(|code| line.starts_with(code.as_bytes())) {
            kept.extend_from_slice(line);
        }
    }
    kept
}

fn plain(path: &str) -> Option<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let shared = env::var_os("CASECONSULT_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let file = shared.join("codesets").join(path);
    let packed = match fs::read(&file) {
        Ok(bytes) => bytes,
        Err(cause) => {
            let why = format!("{} is not here ({cause})", file.display());
            assert!(env::var("CI").as_deref() != Ok("true"), "with CI=true nothing may be skipped: {why}");
            eprintln!("SKIPPED: {why}");
            return None;
        }
    };
    if !path.ends_with(".gz") {
        return Some(packed);
    }
    let mut plain = Vec::new();
    gzip::plain(&packed[..]).unwrap().read_to_end(&mut plain).unwrap();
    Some(plain)
}

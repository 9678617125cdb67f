//! HCPCS Level II of January 2019, as text and as spreadsheet from one ZIP, and of October 2020, as spreadsheet.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
};

use caseconsult_core::{
    catalog::{Dataset, Entry, Standing, release_zip::ReleaseZip},
    domain::code::{Code, CodeSystem},
};
use jiff::civil::date;

use super::codesets::{self, Taken};

fn counts(taken: &Taken) -> (u64, u64, u64) {
    let of = |system| taken.report.rows.get(&Dataset::Codes(system)).copied().unwrap_or_default();
    (of(CodeSystem::Hcpcs), of(CodeSystem::Modifier), taken.report.rejected)
}

fn member(zip: &[u8], name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ReleaseZip::open(Cursor::new(zip)).expect("a ZIP");
    archive.member(name).expect("the member").read_to_end(&mut bytes).expect("its bytes");
    bytes
}

#[test]
fn the_2019_text_gives_every_code_once_and_no_line_is_lost() {
    let Some(taken) = codesets::hcpcs_2019() else { return };
    assert_eq!(taken.release.member.as_deref(), Some("HCPC2019_CONTR_ANWEB.txt"));
    assert_eq!(taken.release.effective.from, date(2019, 1, 1));
    assert_eq!(counts(taken), (6440, 360, 0));
    let ended = taken.entries.iter().filter(|entry| entry.valid.to.is_some_and(|to| to < date(2019, 1, 1)));
    assert_eq!(ended.count(), 515);
}

#[test]
fn text_and_spreadsheet_of_one_release_say_the_same() {
    let Some(zip) = codesets::bytes(codesets::HCPCS_2019) else { return };
    let text = Taken::from("HCPC2019_CONTR_ANWEB.txt", &member(&zip, "HCPC2019_CONTR_ANWEB.txt"), 1);
    let sheet = Taken::from("HCPC2019_CONTR_ANWEB.xlsx", &member(&zip, "HCPC2019_CONTR_ANWEB.xlsx"), 1);
    let by_code = |taken: &Taken| -> HashMap<(CodeSystem, Code), Entry> {
        taken.entries.iter().map(|entry| ((entry.system, entry.code.clone()), entry.clone())).collect()
    };
    let (text, sheet) = (by_code(&text), by_code(&sheet));
    assert_eq!((text.len(), sheet.len()), (6800, 6800));
    let differing: Vec<_> = text.iter().filter(|(key, entry)| sheet.get(key) != Some(entry)).collect();
    assert!(differing.is_empty(), "{} differ, such as {:?}", differing.len(), differing.first());
}

#[test]
fn the_longest_description_is_whole() {
    let Some(taken) = codesets::hcpcs_2019() else { return };
    let longest = taken.entries.iter().max_by_key(|entry| entry.title.text.len()).expect("entries");
    assert_eq!(longest.code.as_str(), "G0503");
    assert!(longest.title.text.ends_with("treatment goals and are prepared for discharge from active treatment"));
    assert_eq!(longest.see_also, [Code::normal(CodeSystem::Cpt, "99493")]);
}

#[test]
fn the_2020_spreadsheet_gives_every_code_once() {
    let Some(taken) = codesets::hcpcs_2020() else { return };
    assert_eq!(taken.release.effective.from, date(2020, 10, 1));
    assert_eq!(counts(taken), (6825, 371, 0), "the one row of record 4 continues the code before it");
    assert!(taken.entries.iter().any(|entry| entry.system == CodeSystem::Modifier && entry.code.as_str() == "E1"));
}

#[test]
fn no_licensed_code_comes_with_a_text() {
    for taken in [codesets::hcpcs_2019(), codesets::hcpcs_2020()] {
        for entry in taken.into_iter().flat_map(|taken| &taken.entries) {
            let code = entry.code.as_str();
            assert!(code.starts_with(|c: char| c.is_ascii_uppercase()), "{code}");
            assert!(entry.system == CodeSystem::Modifier || !code.starts_with('D'), "{code}");
        }
    }
}

#[test]
fn two_releases_answer_by_the_date_of_service() {
    let (Some(early), Some(late)) = (codesets::hcpcs_2019(), codesets::hcpcs_2020()) else { return };
    let shelf = codesets::shelf(&[early, late]);
    let standing = |code: &str, day| shelf.standing(CodeSystem::Hcpcs, &Code::normal(CodeSystem::Hcpcs, code), day);
    // G0503 ended on 31 December 2017.
    assert!(matches!(standing("G0503", date(2017, 12, 31)), Standing::InForce { .. }));
    assert!(matches!(standing("G0503", date(2018, 1, 1)), Standing::Ended { .. }));
    // G2211 came later than both.
    assert!(matches!(standing("G2211", date(2020, 12, 1)), Standing::Unknown { searched } if searched.len() == 1));
    let Standing::InForce { edition, .. } = standing("J1885", date(2020, 9, 30)) else { panic!("J1885 is in force") };
    assert_eq!(edition.name, "HCPCS Level II 2019 January");
    let Standing::InForce { edition, .. } = standing("J1885", date(2020, 10, 1)) else { panic!("J1885 is in force") };
    assert_eq!(edition.name, "HCPCS Level II 2020 October");
}

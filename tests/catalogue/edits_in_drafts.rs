//! Imported edit tables reach the draft and the guard, for the date of service and no other.

use std::{fs, path::PathBuf};

use caseconsult::command::{
    codes::release::{self as codes, ImportOptions},
    progress::Silent,
};
use caseconsult_core::{
    catalog::answer::Desk,
    domain::{
        code::{Code, CodeSystem},
        ids::CaseId,
        tag::CaseTag,
    },
    draft::{
        Brief, Mail, Templates, ValidRules, Wanted, compose, facts,
        guard::{self, GuardInput, Rule},
    },
    extract::{self, Reading},
    mail::search_text::SearchText,
};
use caseconsult_store::{Clock, Db, catalogue};
use jiff::civil::{Date, date};
use tempfile::TempDir;
use uuid::Uuid;

use crate::store::{given::address, on_both};

on_both![a_draft_tells_what_the_edit_tables_of_the_day_say, the_guard_judges_by_the_tables_of_the_day];

const EDITS: &str = "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date *=no data\tModifier \
                     0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\r\n\
                     20610\t76942\t\t20150101\t*\t1\tMore extensive procedure\r\n\
                     20610\t99211\t\t20150101\t20191231\t0\tMore extensive procedure\r\n\
                     20610\t99212\t\t20150101\t*\t0\tMore extensive procedure\r\n";

/// The practitioner edits of the third quarter of 2024, three of them.
async fn import(db: &Db) {
    let folder = TempDir::new().unwrap();
    let file: PathBuf = folder.path().join("ccipra-v302r0-f1.txt");
    fs::write(&file, EDITS).unwrap();
    let options = ImportOptions { parts: Some(1), accepted_by: Some("Ana".to_owned()), ..ImportOptions::default() };
    codes::import(db, &Clock::system(), &[file], &options, &Silent).await.unwrap();
}

async fn desk(db: &Db, wanted: &Wanted) -> Desk {
    catalogue::desk(db, &wanted.tables, &wanted.keys, &wanted.days).await.unwrap()
}

async fn drafted(db: &Db, mail: &str) -> String {
    let text = SearchText::plain(mail);
    let shelf = catalogue::shelf(db, &extract::candidates(&text)).await.unwrap();
    let received = date(2024, 9, 2);
    let reading = Reading::of(&text, &shelf, Some(received));
    let mails = [Mail { received, reading: &reading, unread_attachments: &[] }];
    let desk = desk(db, &Wanted::for_mails(&mails, &caseconsult_core::draft::kind::Told::of(&mails).kinds)).await;
    let tag = CaseTag::of(CaseId::new(Uuid::from_u128(7)));
    compose(
        &Templates::embedded().unwrap(),
        &facts(&Brief {
            tag: &tag,
            mails: &mails,
            kinds: &caseconsult_core::draft::kind::Told::of(&mails).kinds,
            shelf: &shelf,
            accepted: &[],
            desk: &desk,
            house: ValidRules::none(),
        }),
    )
    .unwrap()
}

async fn a_draft_tells_what_the_edit_tables_of_the_day_say(db: Db) {
    let asked = |day: &str| format!("Can we bill CPT 20610, CPT 76942 and CPT 99211 on DOS {day}?");
    let before = drafted(&db, &asked("08/01/2024")).await;
    assert!(before.contains("Not checked, because no edition for that date is loaded: NCCI PTP edits"), "{before}");
    import(&db).await;
    let of_the_day = drafted(&db, &asked("08/01/2024")).await;
    for told in [
        "- 20610 with 76942 (practitioner): 76942 is denied beside 20610",
        "- Not in the edit table: 20610 with 99211, 76942 with 99211",
        "NCCI PTP edits, outpatient hospital",
        "NCCI PTP edits, practitioner 2024 Q3",
    ] {
        assert!(of_the_day.contains(told), "{told} is missing in\n{of_the_day}");
    }
    // The history of the rows answers for earlier years; for the next quarter nothing does.
    let earlier = drafted(&db, &asked("08/01/2019")).await;
    assert!(earlier.contains("99211 is denied beside 20610") && earlier.contains("later edition"), "{earlier}");
    let later = drafted(&db, &asked("10/01/2024")).await;
    assert!(!later.contains("is denied") && later.contains("Not checked"), "{later}");
}

async fn the_guard_judges_by_the_tables_of_the_day(db: Db) {
    import(&db).await;
    let rules = async |text: &str, on: Date| -> Vec<Rule> {
        let codes: Vec<(CodeSystem, Code)> = guard::codes_in(text);
        let shelf = catalogue::shelf(&db, &codes).await.unwrap();
        let wanted = Wanted::for_codes(codes.iter().map(|(system, code)| (*system, code)), vec![on]);
        let desk = desk(&db, &wanted).await;
        let asker = address("pat@clinic.test");
        let about = GuardInput {
            shelf: &shelf,
            desk: &desk,
            on,
            date_known: true,
            sources: &[],
            payer: None,
            asker: Some(&asker),
            recipient: &asker,
        };
        guard::check(text, &about).into_iter().map(|found| found.rule).collect()
    };
    let both = "Bill 20610 and 99212.";
    assert!(rules(both, date(2024, 8, 1)).await.contains(&Rule::NeverTogether));
    assert!(!rules(both, date(2024, 10, 1)).await.contains(&Rule::NeverTogether), "no edition of that day is loaded");
    assert!(rules("Bill 20610 and 99211.", date(2019, 8, 1)).await.contains(&Rule::NeverTogether));
    assert!(!rules("Bill 20610 and 99211.", date(2024, 8, 1)).await.contains(&Rule::NeverTogether), "it was deleted");
}

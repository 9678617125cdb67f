//! Cases against invented edit tables.

use jiff::civil::{Date, date};

use super::words::EditWords;
use crate::{
    catalog::starter,
    domain::code::CodeSystem::{Cpt, Hcpcs},
    draft::{Facts, Templates, compose, sample_desk, samples::Invented},
};

const DAY: Date = date(2025, 2, 3);

fn words(mail: &Invented) -> EditWords {
    EditWords::of(&mail.facts_with(starter(), sample_desk::desk()).edits)
}

#[test]
fn an_edit_is_told_once_for_the_settings_that_agree() {
    let told = words(&Invented::mail("20610 with 76942?").codes(&[(Cpt, "76942"), (Cpt, "20610")]).on(DAY));
    let [edit, limit] = &told.found[..] else { panic!("{told:?}") };
    assert!(
        edit.starts_with("76942 with 20610 (practitioner; outpatient hospital): 76942 is denied beside 20610"),
        "{edit}"
    );
    assert!(edit.contains("modifier indicator 1"), "{edit}");
    assert!(limit.starts_with("20610 (practitioner): at most 2 units a day, an absolute limit (MAI 2)"), "{limit}");
    assert!(told.silent.is_empty() && told.unchecked.is_empty(), "{told:?}");
}

#[test]
fn a_table_that_says_nothing_is_told_as_such_and_never_as_a_permission() {
    let told = words(&Invented::mail("20610 with 99213?").codes(&[(Cpt, "20610"), (Cpt, "99213")]).on(DAY));
    let [silent] = &told.silent[..] else { panic!("{told:?}") };
    assert!(silent.starts_with("Not in the edit table: 20610 with 99213 [2] [3]."), "{silent}");
    assert!(silent.ends_with("does not say that it may be billed together."), "{silent}");
    // One setting knows an edit, the other does not.
    let told = words(&Invented::mail("20610 with 99211?").codes(&[(Cpt, "20610"), (Cpt, "99211")]).on(DAY));
    assert!(
        told.found.iter().any(|line| line.contains("(practitioner): 99211 is denied") && line.contains("no modifier"))
    );
    assert_eq!(told.silent.len(), 1);
}

#[test]
fn on_a_day_of_no_edition_nothing_is_said_of_the_edits() {
    let told = words(&Invented::mail("20610, 99213").codes(&[(Cpt, "20610"), (Cpt, "99213")]).on(date(2025, 4, 1)));
    assert!(told.found.is_empty() && told.silent.is_empty(), "{told:?}");
    assert_eq!(told.unchecked, ["NCCI PTP edits, practitioner", "NCCI PTP edits, outpatient hospital"]);
}

#[test]
fn units_over_a_limit_are_told() {
    let mail = Invented::mail("20610 x 3 and J1100").codes(&[(Cpt, "20610"), (Hcpcs, "J1100")]).units(3).on(DAY);
    let told = words(&mail);
    let line = |start: &str| told.found.iter().find(|line| line.starts_with(start)).cloned().unwrap_or_default();
    assert!(line("20610, 3 units asked about (practitioner)").contains("is over the limit"), "{told:?}");
    assert!(
        line("J1100 (outpatient hospital): at most 10 units a day, more only on appeal").ends_with("."),
        "{told:?}"
    );
    assert!(told.silent.iter().any(|line| line.starts_with("No unit limit is published for 20610")), "{told:?}");
}

#[test]
fn an_add_on_code_is_told_with_its_parents() {
    let alone = words(&Invented::mail("99417?").codes(&[(Cpt, "99417")]).on(DAY));
    assert!(alone.found[0].contains("none of its listed parents is among your codes (listed: 99205, 99215)"));
    let beside = words(&Invented::mail("99417, 99205").codes(&[(Cpt, "99417"), (Cpt, "99205")]).on(DAY));
    assert!(beside.found[0].contains("among your codes is its parent 99205"), "{beside:?}");
}

#[test]
fn days_with_different_answers_are_counted_and_never_named() {
    let mail = Invented::mail("20610, 76942").codes(&[(Cpt, "20610"), (Cpt, "76942")]).on(DAY).on(date(2025, 4, 1));
    let told = words(&mail);
    assert!(told.found[0].contains("(practitioner, date 1; outpatient hospital, date 1)"), "{told:?}");
    assert!(!format!("{told:?}").contains("2025-02-03"));
}

#[test]
fn the_section_stands_in_the_draft_and_its_sources_in_the_list() {
    let mail = Invented::mail("20610 with 76942?").codes(&[(Cpt, "20610"), (Cpt, "76942")]).on(DAY);
    let facts = mail.facts_with(starter(), sample_desk::desk());
    let draft = compose(&Templates::embedded().unwrap(), &facts).unwrap();
    assert!(draft.contains("## Edit checks\n\n- 20610 with 76942"), "{draft}");
    assert!(draft.contains("NCCI PTP edits, practitioner 2025 Q1 (invented), published by CMS"), "{draft}");
    let stored = serde_json::to_string(&facts).unwrap();
    assert_eq!(serde_json::from_str::<Facts>(&stored).unwrap(), facts);
}

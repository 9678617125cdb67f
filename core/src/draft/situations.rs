//! Complete drafts, as a reviewer gets them. Each snapshot is read like a mail.

use jiff::civil::date;

use super::{
    Templates, compose,
    samples::{self, Invented},
};
use crate::{
    catalog::{Shelf, starter},
    domain::{code::CodeSystem::*, mention::Place},
    mail::attachment::Remark,
};

/// Compares the draft of this case with the snapshot of that name.
fn assert_draft(name: &str, case: &Invented, shelf: &Shelf) {
    let text = compose(&Templates::embedded().unwrap(), &case.facts(shelf)).unwrap();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn an_office_visit_with_an_injection() {
    assert_draft(
        "an_office_visit_with_an_injection",
        &Invented::mail(
            "Hi team,\n\nMedicare patient seen in the office for knee pain, DOS 03/12/2025. The doctor evaluated the \
             patient and injected the right knee. Can we bill 99213-25 with 20610-RT, dx M25.561?\n\nThanks, Pat",
        )
        .codes(&[(Cpt, "99213-25"), (Cpt, "20610-RT"), (Icd10Cm, "M25.561")])
        .on(date(2025, 3, 12)),
        starter(),
    );
}

#[test]
fn the_orbit_rebuilt_with_a_rib_graft() {
    assert_draft(
        "the_orbit_rebuilt_with_a_rib_graft",
        &Invented::mail(
            "Surgeon rebuilt the orbit with osteotomies from outside the skull (21256) and used rib graft. Can we add \
             the graft harvest? Assistant was present.",
        )
        .codes(&[(Cpt, "21256")]),
        starter(),
    );
}

#[test]
fn an_ended_drug_code() {
    assert_draft(
        "an_ended_drug_code",
        &Invented::mail("Medicare denied C9166 x 150, hospital outpatient, DOS 8/1/2024. Why?")
            .codes(&[(Hcpcs, "C9166")])
            .units(150)
            .on(date(2024, 8, 1)),
        starter(),
    );
}

#[test]
fn a_diagnosis_that_was_split_between_two_dates() {
    assert_draft(
        "a_diagnosis_that_was_split_between_two_dates",
        &Invented::mail("Same patient seen 9/29/2025 and 10/2/2025. Is E78.01 valid for both, or E78.011?")
            .codes(&[(Icd10Cm, "E78.01"), (Icd10Cm, "E78.011")])
            .on(date(2025, 9, 29))
            .on(date(2025, 10, 2)),
        starter(),
    );
}

#[test]
fn codes_that_nobody_loaded() {
    assert_draft(
        "codes_that_nobody_loaded",
        &Invented::mail("Are K9999 and 0DTJ4ZZ ok for 2016-03-01 with E11.9? Commercial plan, hospital.")
            .codes(&[(Hcpcs, "K9999"), (Icd10Pcs, "0DTJ4ZZ"), (Icd10Cm, "E11.9")])
            .in_place(Place::Quoted)
            .on(date(2016, 3, 1)),
        starter(),
    );
}

#[test]
fn a_description_without_codes() {
    assert_draft(
        "a_description_without_codes",
        &Invented::mail(
            "Dr. Mills removed two skin spots from the left arm of patient Jane Roe (MRN 4471923). What do we code?",
        ),
        starter(),
    );
}

#[test]
fn only_a_picture() {
    assert_draft("only_a_picture", &Invented::mail("").unread(Remark::NoText), starter());
}

#[test]
fn an_answer_to_our_questions() {
    assert_draft(
        "an_answer_to_our_questions",
        &Invented::mail("Which of 99202-99205 fits a 40 minute new visit for E11?")
            .codes(&[(Cpt, "99202-99205"), (Icd10Cm, "E11")])
            .guessed(date(2026, 2, 3))
            .then("Office in Texas. The payer is Aetna."),
        starter(),
    );
}

#[test]
fn a_licensed_text() {
    let case = Invented::mail("Is 00001 right, Medicare, office?").codes(&[(Cpt, "00001")]).on(date(2025, 3, 12));
    assert_draft("a_licensed_text", &case, samples::licensed_shelf());
}

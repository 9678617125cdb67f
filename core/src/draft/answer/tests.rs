//! The rules against invented tables (`sample_desk`) and the built-in catalogue.

use jiff::civil::{Date, date};

use super::Answer;
use crate::{
    catalog::starter,
    domain::code::CodeSystem::{self, Cpt, Hcpcs, Icd10Cm},
    draft::{sample_desk, samples::Invented},
};

const DAY: Date = date(2025, 2, 3);

fn answer(mail: &Invented) -> Answer {
    Answer::of(&mail.facts_with(starter(), sample_desk::desk()))
}

fn asked(text: &str, codes: &[(CodeSystem, &str)]) -> Answer {
    answer(&Invented::mail(text).codes(codes).on(DAY))
}

/// `certainty | sentence sentence`
fn told(answer: &Answer) -> String {
    format!("{} | {}", answer.certainty.as_deref().unwrap_or("-"), answer.short.join(" "))
}

#[test]
fn two_codes_of_one_day() {
    let both = |text: &str, other: &str| asked(text, &[(Cpt, "20610"), (Cpt, other)]);
    let never = both("Office, Medicare: can we bill 20610 with 99211 the same day?", "99211");
    assert!(told(&never).starts_with("Supported | No: 99211 is not paid beside 20610"), "{never:?}");
    assert!(never.open.is_none() && never.rejected.len() == 1 && never.denied[0].starts_with("CO-97"), "{never:?}");
    let bypassed = both("Office, Medicare: can we bill 20610 with 76942 the same day?", "76942");
    assert!(
        told(&bypassed).contains("76942 is bundled into 20610") && told(&bypassed).contains("unless the record shows")
    );
    assert!(bypassed.short[1].contains("goes on 76942, the column 2 code"), "{bypassed:?}");
    // No edit, and a package that holds the usual visit.
    let visit = both("Office, Medicare: can we bill 20610 with 99213 the same day?", "99213");
    assert!(told(&visit).contains("99213 counts beside 20610 only when the record shows"), "{visit:?}");
    // No edit and nothing else: never a permission, and left to the reviewer.
    let silent = both("Office, Medicare: can we bill 20610 with 29881 the same day?", "29881");
    assert!(told(&silent).starts_with("- |") && told(&silent).contains("no permission"), "{silent:?}");
    assert!(silent.open.is_some());
}

#[test]
fn a_missing_fact_keeps_the_answer_open_and_what_is_certain_is_told() {
    let answer = asked("Office: 20610 with 76942?", &[(Cpt, "20610"), (Cpt, "76942")]);
    assert_eq!(answer.certainty.as_deref(), Some("Not answerable yet"));
    assert!(
        answer.short[0].contains("whether it was one encounter") && answer.short[1].contains("bundled"),
        "{answer:?}"
    );
    assert!(answer.open.is_none());
    let no_date = answer_of_no_date();
    assert_eq!(no_date.certainty.as_deref(), Some("Supported if A1 holds"));
}

fn answer_of_no_date() -> Answer {
    answer(&Invented::mail("Was C9166 deleted, and what replaced it?").codes(&[(Hcpcs, "C9166")]))
}

#[test]
fn units_by_amount_and_by_limit() {
    let given = asked("How many units of J1885 for 60 mg, office, Medicare?", &[(Hcpcs, "J1885")]);
    assert!(told(&given).starts_with("Supported | 60 mg makes 4 units of J1885, one unit being 15 mg ["), "{given:?}");
    let over = answer(
        &Invented::mail("How many units, 20610 x 3? Is that too many? Office, Medicare")
            .codes(&[(Cpt, "20610")])
            .units(3)
            .on(DAY),
    );
    assert!(told(&over).contains("3 units of 20610 are over the limit: at most 2 units a day"), "{over:?}");
}

#[test]
fn days_are_counted_against_the_package() {
    let on = |later: Date, text: &str| answer(&Invented::mail(text).codes(&[(Cpt, "27447")]).on(DAY).on(later));
    let text =
        "Knee replaced (27447), seen by the same surgeon for an unrelated rash: is that visit in the global period?";
    let inside = on(date(2025, 3, 1), text);
    assert!(told(&inside).contains("day 26, and lies inside it, whose last day is day 90"), "{inside:?}");
    let outside = on(date(2025, 5, 5), text);
    assert!(told(&outside).contains("day 91, and lies outside of it"), "{outside:?}");
    assert!(!format!("{outside:?}").contains("2025-05-05"));
}

#[test]
fn indicators_answer_for_helpers_and_sides() {
    let never = asked("Does Medicare pay a PA as assistant on 20610?", &[(Cpt, "20610")]);
    assert!(told(&never).contains("never pays an assistant at 20610 (assistant indicator 1)"), "{never:?}");
    let may = asked("Does Medicare pay a PA as assistant on 27447?", &[(Cpt, "27447")]);
    assert!(told(&may).contains("may pay an assistant at 27447 (assistant indicator 2)"), "{may:?}");
    let sides = asked("Both knees injected, office: which modifier on 20610, 50 or RT and LT?", &[(Cpt, "20610")]);
    assert!(told(&sides).contains("one line with modifier 50 and one unit"), "{sides:?}");
}

#[test]
fn a_refusal_is_explained_by_a_fact_of_ours() {
    let why = asked("99211 denied CO-97 with 20610, Medicare. Why?", &[(Cpt, "20610"), (Cpt, "99211")]);
    assert!(why.short[0].starts_with("CO-97 says that payment is included in another service"), "{why:?}");
    assert!(told(&why).contains("99211 is not paid beside 20610"), "{why:?}");
    let list =
        asked("80053 denied CO-50, dx E11.9, Medicare. Why was it denied?", &[(Cpt, "80053"), (Icd10Cm, "E11.9")]);
    assert!(told(&list).contains("NCD 190.99 lists E11.9 as supporting 80053"), "{list:?}");
}

#[test]
fn diagnoses_against_each_other_and_against_lists() {
    let pair = asked("Which diagnosis code is right, E11.9 with E10.9?", &[(Icd10Cm, "E11.9"), (Icd10Cm, "E10.9")]);
    assert!(told(&pair).contains("sets E11.9 and E10.9 against each other"), "{pair:?}");
    let other = asked("Is 80053 covered for R53.83 by the NCD, Medicare?", &[(Cpt, "80053"), (Icd10Cm, "R53.83")]);
    assert!(told(&other).contains("NCD 190.99 does not list R53.83"), "{other:?}");
}

#[test]
fn telehealth_goes_by_where_the_patient_was_and_by_the_picture() {
    let home = asked("Medicare video visit, patient at home: POS 02 or 10?", &[(Cpt, "99213")]);
    assert!(told(&home).contains("at home: that is place of service 10"), "{home:?}");
    let school =
        asked("Medicare, patient at school: place of service 02 or 10 for the video visit?", &[(Cpt, "99213")]);
    assert!(told(&school).contains("not at home: that is place of service 02"), "{school:?}");
    let voice = asked("Medicare telephone visit, patient at home: modifier 93 or 95?", &[(Cpt, "99213")]);
    assert!(
        told(&voice).contains("Of 93 and 95 it is 93 that fits") && voice.rejected[0].starts_with("Modifier 95"),
        "{voice:?}"
    );
    let code = asked("Medicare telephone visit, patient at home: which code, POS and modifier?", &[(Cpt, "99213")]);
    assert!(told(&code).contains("it is 93 that fits") && code.open.is_some(), "{code:?}");
    let both = asked("Medicare: video dropped, ended by phone, at home. 93 or 95 on the visit?", &[(Cpt, "99213")]);
    assert!(told(&both).contains("The modifier goes by the means"), "{both:?}");
}

#[test]
fn a_screening_that_turned_keeps_its_reason() {
    let text = |payer: &str| format!("{payer}: screening colonoscopy, polyp removed by snare. PT or 33 on 45385?");
    let codes = [(Cpt, "45385")];
    let medicare = asked(&text("Medicare"), &codes);
    assert!(
        told(&medicare).contains("it is PT and not 33") && told(&medicare).contains("first diagnosis"),
        "{medicare:?}"
    );
    let private = asked(&text("Aetna"), &codes);
    assert!(told(&private).contains("it is 33 and not PT"), "{private:?}");
    let neither = asked("Medicare: is 45385 paid after a positive stool test?", &codes);
    assert!(!told(&neither).contains("33"), "{neither:?}");
}

#[test]
fn new_or_established_goes_by_three_years() {
    let of = |text: &str| told(&asked(text, &[(Cpt, "99203"), (Cpt, "99213")]));
    assert!(of("Seen four years ago by us, new or established, 99203 or 99213?").contains("the patient is new"));
    assert!(of("My partner saw her 18 months ago. New or established, 99203 or 99213?").contains("is established, if"));
    assert!(of("New or established, 99203 or 99213?").contains("It goes by the last visit"));
}

#[test]
fn a_payers_own_rule_is_no_public_fact() {
    let answer = asked("What is the policy of Aetna on prior authorization for 29881?", &[(Cpt, "29881")]);
    assert_eq!(answer.certainty.as_deref(), Some("Not answerable yet"));
    assert!(told(&answer).contains("a private plan's own"), "{answer:?}");
}

#[test]
fn a_short_answer_has_at_most_three_sentences() {
    let codes: Vec<(CodeSystem, &str)> =
        ["20610", "76942", "99211", "99213", "27447"].into_iter().map(|code| (Cpt, code)).collect();
    let answer = asked(
        "Office, same day: can 20610, 76942, 99211, 99213 and 27447 be billed together, and which modifier?",
        &codes,
    );
    assert!(answer.short.len() <= 3 && !answer.why.is_empty(), "{answer:?}");
}

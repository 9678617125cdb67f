//! What is asked for, and how.

use jiff::civil::date;

use super::{Ask, ask::named};
use crate::{
    catalog::starter,
    domain::code::{Code, CodeSystem},
    draft::samples::{self, Invented, Sample},
};

#[test]
fn what_is_missing_is_asked_for_and_nothing_else() {
    use CodeSystem::{Cpt, Icd10Cm};
    let on = date(2025, 3, 12);
    let mail = Invented::mail;
    for (case, asks) in [
        (mail(""), vec![Ask::Question, Ask::Codes, Ask::DateOfService]),
        (mail("Can we bill 20610-RT? Medicare, office.").codes(&[(Cpt, "20610-RT")]).on(on), vec![]),
        (mail("Is 20610 still valid? Aetna, POS 11.").codes(&[(Cpt, "20610")]), vec![Ask::DateOfService]),
        // A year that is worked out is an assumption, and nobody is asked to confirm it.
        (mail("Is 20610 still valid? Aetna, ASC.").codes(&[(Cpt, "20610")]).guessed(on), vec![]),
        (mail("20610").codes(&[(Cpt, "20610")]).on(on), vec![Ask::Question]),
        // Nobody's payer or place decides whether a diagnosis code is valid.
        (mail("Is E11.9 valid?").codes(&[(Icd10Cm, "E11.9")]).on(on), vec![]),
        (mail("Which diagnosis code is right, E11?").codes(&[(Icd10Cm, "E11")]).on(on), vec![Ask::MoreCharacters]),
        // Of several dates only those that change something are asked about.
        (
            mail("Are E11.9 and E78.01 valid?")
                .codes(&[(Icd10Cm, "E11.9"), (Icd10Cm, "E78.01")])
                .on(date(2025, 9, 29))
                .on(date(2025, 10, 2)),
            vec![Ask::WhichDate],
        ),
        (
            mail("Are E11.9 and E78.5 valid?")
                .codes(&[(Icd10Cm, "E11.9"), (Icd10Cm, "E78.5")])
                .on(on)
                .on(date(2025, 4, 1)),
            vec![],
        ),
        // One key fact is missing in each.
        (mail("20610 and 76942 together? office").codes(&[(Cpt, "20610"), (Cpt, "76942")]).on(on), vec![Ask::Session]),
        (mail("Why was 20610 not paid by Medicare?").codes(&[(Cpt, "20610")]).on(on), vec![Ask::Denial]),
        (mail("Denied CO-16, why? Medicare").codes(&[(Cpt, "20610")]).on(on), vec![Ask::Remark]),
        (mail("How many units of 97110?").codes(&[(Cpt, "97110")]).on(on), vec![Ask::Time]),
        (mail("How many units of 97110 for 38 minutes?").codes(&[(Cpt, "97110")]).on(on), vec![]),
        (mail("How many units of J1885?").codes(&[(CodeSystem::Hcpcs, "J1885")]).on(on), vec![Ask::Dose]),
        (
            mail("50 mg of J1885, 40 given and the rest thrown out: units?")
                .codes(&[(CodeSystem::Hcpcs, "J1885")])
                .on(on),
            vec![],
        ),
        (
            mail("Our surgeon did 29881 and 29877 at one sitting. Both?")
                .codes(&[(Cpt, "29881"), (Cpt, "29877")])
                .on(on),
            vec![Ask::Payer],
        ),
        (
            mail("Medicare: can we bill 11042 and 97597 on the same day?")
                .codes(&[(Cpt, "11042"), (Cpt, "97597")])
                .on(on),
            vec![Ask::Side],
        ),
        (
            mail("Medicare: 11042 of the left heel and 97597 of the right shin, same visit?")
                .codes(&[(Cpt, "11042"), (Cpt, "97597")])
                .on(on),
            vec![],
        ),
        (
            mail("Do I need 25 on 99214 with 20610?").codes(&[(Cpt, "99214"), (Cpt, "20610")]).on(on),
            vec![Ask::Relation],
        ),
        (mail("Second operation, same surgeon: 58, 78 or 79?").codes(&[(Cpt, "29881")]).on(on), vec![Ask::Relation]),
    ] {
        let facts = case.facts(starter());
        let found: Vec<Ask> = facts.gaps.iter().map(|gap| gap.ask).collect();
        assert_eq!(found, asks, "{:?}", facts.question.asked);
    }
}

#[test]
fn an_open_side_is_asked_for_unless_the_mail_names_one() {
    let asks_side = |text: &str| {
        let case = Invented::mail(text).codes(&[(CodeSystem::Icd10Cm, "R10.20")]).on(date(2026, 1, 12));
        case.facts(starter()).gaps.iter().any(|gap| gap.ask == Ask::Side)
    };
    assert!(asks_side("Is R10.20 valid?"), "its title says: unspecified side");
    assert!(!asks_side("Is R10.20 valid? It was the left side."));
}

#[test]
fn questions_do_not_lead() {
    for Sample { facts, .. } in samples::all() {
        for gap in &facts.gaps {
            let lower = gap.question.to_lowercase();
            assert!(lower.ends_with('?'), "{lower}");
            for leading in ["reimburs", "denied", "should be", "would you agree", "get paid"] {
                assert!(!lower.contains(leading), "{lower}");
            }
        }
    }
}

#[test]
fn many_codes_are_named_in_part() {
    let codes: Vec<Code> = ["A01", "A02", "A03", "A04", "A05", "A06", "A07"]
        .iter()
        .map(|text| Code::normal(CodeSystem::Icd10Cm, text))
        .collect();
    assert_eq!(named(&codes), "A01, A02, A03, A04, A05 and 2 more");
    assert_eq!(named(&codes[..2]), "A01 and A02");
    assert_eq!(named(&codes[..1]), "A01");
}

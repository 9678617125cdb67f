//! An invented case of each kind of question, against the invented tables: between them they reach every section of a reply.

use jiff::civil::{Date, date};

use super::samples::Invented;
use crate::domain::code::CodeSystem::{self, Cpt, Hcpcs, Icd10Cm};

/// A day of the invented tables.
const DAY: Date = date(2025, 2, 3);

type Told = (&'static str, &'static str, &'static [(CodeSystem, &'static str)]);

/// What each kind is called, its mail, and the codes in it.
const MAILS: [Told; 16] = [
    ("K0: a job", "We have openings for remote coders. Please apply with your resume.", &[]),
    ("K1: which code", "Which CPT code is right for draining a large knee effusion under ultrasound?", &[]),
    (
        "K2: billed together",
        "Office, Medicare: can we bill 20610 with 76942 the same day, same knee?",
        &[(Cpt, "20610"), (Cpt, "76942")],
    ),
    ("K3: a modifier", "Both knees injected, office: which modifier on 20610, 50 or RT and LT?", &[(Cpt, "20610")]),
    ("K4: a refusal", "99211 denied CO-97 with 20610, Medicare. Why was it denied?", &[(Cpt, "20610"), (Cpt, "99211")]),
    ("K5: units", "How many units of J1885 for 60 mg, office, Medicare?", &[(Hcpcs, "J1885")]),
    (
        "K6: a diagnosis",
        "Is 80053 covered for E11.9 by the NCD, Medicare, and which diagnosis code is right?",
        &[(Cpt, "80053"), (Icd10Cm, "E11.9")],
    ),
    (
        "K7: a package",
        "Knee replaced (27447), seen by the same surgeon for an unrelated rash: is that visit in the global period?",
        &[(Cpt, "27447")],
    ),
    ("K8: an ended code", "Was C9166 deleted, and what replaced it?", &[(Hcpcs, "C9166")]),
    (
        "K9: a level",
        "Established patient, 25 minutes: does the note support 99213 or 99214, which level?",
        &[(Cpt, "99213"), (Cpt, "99214")],
    ),
    ("K10: an assistant", "Does Medicare pay a PA as assistant surgeon on 27447?", &[(Cpt, "27447")]),
    (
        "K11: telehealth",
        "Audio only telehealth visit, patient at home: which code and POS, 99213 with modifier 93?",
        &[(Cpt, "99213")],
    ),
    ("K12: a payer's rule", "What is the policy of Aetna on prior authorization for 29881?", &[(Cpt, "29881")]),
    (
        "K13: a drug",
        "Which HCPCS code for 30 mg of the drug ketorolac from a single-dose vial, J1885, and JW or JZ for the waste?",
        &[(Hcpcs, "J1885")],
    ),
    ("K14: a stay", "Inpatient: which DRG for the stay, and is E11.9 POA?", &[(Icd10Cm, "E11.9")]),
    (
        "K15: prevention",
        "Screening colonoscopy turned diagnostic, polyp removed: is it still a screening, which modifier, PT or 33?",
        &[(Cpt, "45385")],
    ),
];

/// All of them, by what they show.
pub(super) fn all() -> impl Iterator<Item = (&'static str, Invented)> {
    MAILS.into_iter().map(|(name, text, codes)| {
        let case = Invented::mail(text).codes(codes).on(DAY);
        // A second day, since a package is counted against it.
        (name, if name.starts_with("K7") { case.on(date(2025, 3, 1)) } else { case })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalog::starter,
        draft::{kind::Kind, sample_desk},
    };

    #[test]
    fn each_case_is_of_the_kind_that_it_is_named_after() {
        let mut seen = Vec::new();
        for (name, case) in all() {
            let kinds: Vec<Kind> =
                case.facts_with(starter(), sample_desk::desk()).kinds.iter().map(|asked| asked.kind).collect();
            let named = name.split_once(':').and_then(|(kind, _)| Kind::read(kind)).unwrap();
            assert!(kinds.contains(&named), "{name}: {kinds:?}");
            seen.push(named);
        }
        assert_eq!(seen, Kind::ALL);
    }
}

//! Denial and remark codes: `N20` and `M15` have the letters of diagnoses, and are none beside `CO-97`.

use super::{super::findings, EveryDiagnosis, check, check_listed};
use crate::{domain::code::CodeSystem, mail::search_text::SearchText};

#[test]
fn remark_codes_are_no_diagnoses() {
    for text in [
        "remark code N20",
        "remark codes N20, M15 and N522",
        "RARC N20",
        "RARC: M15, MA130, N522",
        "denied CO-97 N20",
        "denied CO97 N20",
        "denied CO 97, M15",
        "denied co-97 n20",
        "denied with N20 and CO-97",
        "N20/CO-97",
        "PR-204 with N20 on the remit",
        "the denial code is N20",
        "denial codes N20 and M15",
        "CARC 97 RARC M15",
        "CARC 97, N20",
        "denied as CO-97 with remark N20, and also M15, N56, N70, M20, N19, N30, N36, N41, N45, M51, N10 and N23",
        "the EOB shows CO-16 and N20",
        "the EOB says:\nCO-16\nN20\nM51",
        "OA-23 N20, PI-16 M76",
        "CO-B7 N20",
        "CO-97 (N20, M15)",
        "CO*97 N20",
        "MA130 and N20 came back on the remittance",
        "Group code CO, reason 97, remarks N20",
        "N20 is the remark code",
        "N20 (RARC) came back",
        "CO-97 on 36415 with N130",
    ] {
        let found = findings(&SearchText::plain(text), &EveryDiagnosis);
        let possible = found.possibles.into_iter().map(|one| one.mention);
        let diagnoses: Vec<_> =
            found.mentions.into_iter().chain(possible).filter(|one| one.system == CodeSystem::Icd10Cm).collect();
        assert!(diagnoses.is_empty(), "{text}: {diagnoses:?}");
    }
}

#[test]
fn diagnoses_beside_a_denial_stay_diagnoses() {
    let table = [
        ("CO-97 N20 for 36415, dx N39.0", "CPT 36415; ICD10CM N39.0"),
        ("50590 was denied CO-97 with N20; the diagnosis is N20.0", "CPT 50590; ICD10CM N20.0"),
        ("denied CO-97 M15, dx N23", "ICD10CM N23"),
        ("dx N20, denied CO-97 M15", "ICD10CM N20"),
        ("dx: N20, N23. Denied CO-97", "ICD10CM N20; ICD10CM N23"),
        ("CO-97 for 50590 with N20.0", "CPT 50590; ICD10CM N20.0"),
        ("CO-97, dx M545", "ICD10CM M54.5"),
        ("97110-CO-59 dx N20", "CPT 97110 [CO 59]; ICD10CM N20"),
        ("dx N20, remark code M15", "ICD10CM N20"),
    ];
    check(&table);
    check_listed(&table);
    // These take an edition that lists them.
    check_listed(&[
        ("50590 with N23 was denied CO-97", "CPT 50590; ICD10CM N23"),
        ("CO-97 on 50590 with N23", "CPT 50590; ICD10CM N23"),
    ]);
}

#[test]
fn without_a_denial_they_are_diagnoses() {
    let table = [
        ("dx N20", "ICD10CM N20"),
        ("dx N522", "ICD10CM N52.2"),
        ("ICD-10 M15 for both knees", "ICD10CM M15"),
        ("Is N20 a valid diagnosis for 50590?", "ICD10CM N20; CPT 50590"),
        ("99213-25 N23, N39.0", "CPT 99213 [25]; ICD10CM N23; ICD10CM N39.0"),
    ];
    check(&table);
    check_listed(&table);
}

//! The guard against texts as people really leave them: drafts half edited, codes typed by hand, notices deleted.

use jiff::civil::{Date, date};

use super::*;
use crate::{
    catalog::{Shelf, starter},
    domain::{address::EmailAddress, code::CodeSystem},
    draft::{
        Templates, compose, sample_desk,
        samples::{self, Invented, Sample, licensed_shelf},
    },
};

fn asker() -> EmailAddress {
    EmailAddress::parse("pat@clinic.example.test").unwrap()
}

fn findings(text: &str, shelf: &Shelf, on: Date, date_known: bool) -> Vec<Finding> {
    let asker = asker();
    let desk = sample_desk::desk();
    let about =
        GuardInput { shelf, desk, on, date_known, sources: &[], payer: None, asker: Some(&asker), recipient: &asker };
    check(text, &about)
}

/// `G1` and so on for hard findings, `g1` for soft ones; each once, in the order of the text.
fn rules(text: &str, shelf: &Shelf, on: Date, date_known: bool) -> String {
    let mut names: Vec<String> = Vec::new();
    for found in findings(text, shelf, on, date_known) {
        let name = match found.severity {
            Severity::Hard => found.rule.as_str().to_owned(),
            Severity::Soft => found.rule.as_str().to_lowercase(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" ")
}

#[test]
fn texts_and_what_is_wrong_with_them() {
    for (text, expected) in [
        // Codes in force, and the reply says no more than that.
        ("Report 20610 with E11.9.", ""),
        ("", "Empty"),
        (" \n| - |\n", "Empty"),
        ("[[ reviewer: answer ]]\nE11.9 is right.", "Unanswered"),
        ("[[ half deleted\nE11.9 is right.", "Unanswered"),
        // G1: a code that no edition lists, also one typed a second ago.
        ("Report 20619 instead.", "G1"),
        ("K9999 was not found in: Starter catalogue (HCPCS Level II).", ""),
        ("K9999 was not found in: Starter. Report K9999 anyway.", "G1"),
        ("Some code was not found in: Starter. K9999 is another.", "G1"),
        ("G35.A is right.", "G1"),
        ("G35.A is not yet in force: first day 2025-10-01.", ""),
        // G3: an ended code, its last day and its successor.
        ("C9166 is the code.", "G3 g3"),
        ("C9166 ended on 2024-06-30; the edition refers to J3247.", ""),
        ("C9166 ended on June 30, 2024. J3247 replaced it.", ""),
        ("C9166 ended. Ask the payer.", "g3"),
        ("J3247 is newer. It ended on 6/30/2024. C9166 is a code.", "G3"),
        ("C9166 ended on 2024-06-30, see J3247. You may still bill C9166.", "G3"),
        ("C9166 ended on 2024-06-30, see J3247; C9166 remains valid.", "G3"),
        ("C9166 ended on 2024-06-30, see J3247. Do not bill C9166.", ""),
        // G8: a category.
        ("Use E11 for this.", "G8"),
        ("E11 needs more characters.", ""),
        ("E11 needs more characters. Report E11.", "G8"),
        // G11: identifiers; the guard repeats none of them.
        ("Mrs. Jane Doe is 93 years old.", "G11"),
        ("Patient born 3/4/1951.", "G11"),
        ("Call (214) 555-0142 about MRN 4471923.", "G11"),
        ("Seen on 3/12/2025: E11.9 is right.", "g11"),
        ("Dear Dr. Mills,\nE11.9 is right.", "g11"),
        // G13: promises.
        ("E11.9 will be paid.", "g13"),
        ("Payment is guaranteed.", "g13"),
        ("This is not a guarantee of payment, and nobody can say that it will be paid.", "g13"),
        ("You asked: will it be paid, is it payable, is it guaranteed?", ""),
        // What only the asker says is not a claim, and still has to be set right.
        ("You asked: Can I bill C9166?", "G3 g3"),
        ("You asked: Can I bill K9999?", "g1"),
        ("You asked: Can I bill K9999?\n\nYes, K9999.", "G1"),
        ("You asked: bill C9166?\n\nC9166 ended on 2024-06-30; see J3247.", ""),
        // What only reads as a code: a diagnosis without its dot, a group, a number in the asker's words that is none.
        ("The diagnosis ICD-10 E1199 is right.", "G1"),
        ("MS-DRG 470 is right.", "g1"),
        ("You asked: is it right to give 10000 units?", ""),
        ("Report 48213.", "G1"),
        // Systems of which nobody loads an edition.
        ("0DTJ4ZZ is right.", "G1"),
        ("0DTJ4ZZ was not checked: no edition of ICD-10-PCS is loaded.", ""),
    ] {
        assert_eq!(rules(text, starter(), date(2025, 3, 12), true), expected, "{text}");
    }
}

#[test]
fn without_a_date_of_service_the_assumption_is_said() {
    let on = date(2026, 3, 2);
    for (text, expected) in [
        ("E11.9 is in force.", "G2"),
        ("E11.9 is in force on 2026-03-02.", "G2"),
        ("We assumed something. E11.9 is in force.", "G2"),
        ("No date of service was given, so 2026-03-02 was assumed. E11.9 is in force.", ""),
        ("We assumed the edition Starter catalogue (ICD-10-CM, as of FY2026): E11.9 is in force.", ""),
        ("Which code do you mean?", ""),
    ] {
        assert_eq!(rules(text, starter(), on, false), expected, "{text}");
    }
}

#[test]
fn a_licensed_text_needs_its_mark_and_its_notice() {
    let shelf = licensed_shelf();
    let shown = "00001: invented  service for trying out templates";
    for (text, expected) in [
        (shown.to_owned(), "G10"),
        (format!("{shown} (licensed descriptor)."), "G10"),
        (format!("{shown} (licensed descriptor).\n\nCopyright American Medical Association."), ""),
        ("00001 is in force.".to_owned(), ""),
    ] {
        assert_eq!(rules(&text, shelf, date(2025, 3, 12), true), expected, "{text}");
    }
    let own = "21256: Operation to rebuild the bony socket around the eye, and more";
    assert_eq!(rules(own, starter(), date(2025, 3, 12), true), "g10");
}

#[test]
fn the_reply_goes_to_the_asker() {
    let (asker, other) = (asker(), EmailAddress::parse("boss@clinic.example.test").unwrap());
    for (from, to, blocks) in [(Some(&asker), &asker, false), (Some(&asker), &other, true), (None, &asker, true)] {
        let about = GuardInput {
            shelf: starter(),
            desk: sample_desk::desk(),
            on: date(2025, 3, 12),
            date_known: true,
            sources: &[],
            payer: None,
            asker: from,
            recipient: to,
        };
        let found = check("Yes.", &about);
        assert_eq!(found.iter().any(|found| found.rule == Rule::Recipient && found.severity == Severity::Hard), blocks);
    }
}

#[test]
fn a_finding_never_repeats_an_identifier() {
    let text = "Mrs. Jane Doe, MRN 4471923, (214) 555-0142, jane@home.example.test, 1200 Main Street, Dallas, TX 75201";
    for found in findings(text, starter(), date(2025, 3, 12), true) {
        for private in ["Doe", "4471923", "555", "home.example", "1200", "75201"] {
            let code = found.rule == Rule::CodeInForce;
            assert!(code || !format!("{} {}", found.message, found.remedy).contains(private), "{found:?}");
        }
    }
}

/// What the drafter writes has one flaw on purpose: the answer is missing.
#[test]
fn every_sample_passes_once_it_is_answered() {
    let templates = Templates::embedded().unwrap();
    for Sample { name, facts, shelf, .. } in samples::all() {
        let draft = compose(&templates, facts).unwrap();
        let found = findings(&draft, shelf, facts.date.first(), facts.date.known());
        let asks = draft.contains("[[");
        assert_eq!(found.iter().any(|found| found.rule == Rule::Unanswered), asks, "{name}");
        let other: Vec<&Finding> = found.iter().filter(|found| found.rule != Rule::Unanswered).collect();
        assert!(other.is_empty(), "{name}: {other:#?}\n{draft}");
    }
}

/// By the invented tables: 20610 denies 99211 whatever the modifier, and 76942 unless one applies; it has at most two
/// units; 99417 is added to 99205 or 99215.
#[test]
fn what_the_edit_tables_forbid_is_told_and_not_recommended() {
    for (answer, stopped_by) in [
        ("Bill 20610 and 99211.", "G4"),
        ("Yes: report 99211 with modifier 25. Report 20610 as well.", "G4"),
        ("99211 is denied beside 20610, whatever the modifier. Bill 20610.", ""),
        ("20610 and 99211 came up in your mail.", "G4"),
        ("Bill 20610 and 76942.", "G5"),
        ("Bill 20610 and 76942 with modifier 59, where the record shows separate joints.", ""),
        ("76942 is bundled into 20610.", ""),
        ("You wrote of 76942 and of 20610.", "g5"),
        ("Bill 20610 x 3.", "G6"),
        ("Bill 20610 x 2.", ""),
        ("You asked about 20610 x 3; at most two are accepted.", ""),
        ("Bill J1100 x 11.", "g6"),
        ("Bill 99417.", "G7"),
        ("99417 is an add-on code and needs its parent.", ""),
        ("Bill 99205 and 99417.", ""),
        ("99417 came up in your mail.", "G7"),
    ] {
        let found = findings(answer, starter(), date(2025, 2, 3), true);
        let edits = [Rule::NeverTogether, Rule::ModifierReason, Rule::UnitLimit, Rule::AddOnParent];
        let names: Vec<String> = found
            .iter()
            .filter(|found| edits.contains(&found.rule))
            .map(|found| match found.severity {
                Severity::Hard => found.rule.as_str().to_owned(),
                Severity::Soft => found.rule.as_str().to_lowercase(),
            })
            .collect();
        assert_eq!(names.join(" "), stopped_by, "{answer}: {found:#?}");
    }
    // On a day of no edition the tables forbid nothing, and the draft says that they were not looked into.
    let later = findings("Bill 20610 and 99211.", starter(), date(2025, 5, 3), true);
    assert!(later.iter().all(|found| found.rule != Rule::NeverTogether), "{later:#?}");
}

/// By the invented list, a note at E11 excludes E10.
#[test]
fn diagnoses_that_a_note_sets_against_each_other_are_told_with_it() {
    for (text, warned) in [
        ("Report E11.9 with E10.9.", true),
        ("E11.9 and E10.9 stand together only when the two conditions are unrelated.", false),
        ("E11.9 came up, and E78.5.", false),
        ("You asked: E11.9 with E10.9?", false),
    ] {
        let found = findings(text, starter(), date(2025, 2, 3), true);
        let soft = |found: &Finding| found.rule == Rule::Excludes1 && found.severity == Severity::Soft;
        assert_eq!(found.iter().any(soft), warned, "{text}: {found:#?}");
    }
}

/// Each rule with a source that exists and says it, and Medicare's told as Medicare's.
#[test]
fn a_rule_names_its_source_and_the_source_says_it() {
    let facts = Invented::mail("Aetna, office: can we bill 20610 with 76942 the same day?")
        .codes(&[(CodeSystem::Cpt, "20610"), (CodeSystem::Cpt, "76942")])
        .on(date(2025, 2, 3))
        .facts_with(starter(), sample_desk::desk());
    let draft = compose(&Templates::embedded().unwrap(), &facts).unwrap();
    let asker = asker();
    let about = GuardInput {
        shelf: starter(),
        desk: sample_desk::desk(),
        on: date(2025, 2, 3),
        date_known: true,
        sources: &facts.sources,
        payer: facts.stated.payer,
        asker: Some(&asker),
        recipient: &asker,
    };
    let rules = |text: &str| -> Vec<Rule> {
        let found = check(text, &about);
        let wanted = [Rule::Source, Rule::OtherPayer];
        found.iter().map(|found| found.rule).filter(|rule| wanted.contains(rule)).collect()
    };
    assert_eq!(rules(&draft), [], "{draft}");
    let answered = |text: &str| draft.replacen("## Codes", &format!("{text}\n\n## Codes"), 1);
    for (text, expected) in [
        ("76942 is bundled into 20610 (modifier indicator 1).", vec![Rule::Source]),
        ("76942 is bundled into 20610 (modifier indicator 1) [2].", vec![]),
        // The table gives the pair the indicator 1.
        ("76942 is bundled into 20610 (modifier indicator 0) [2].", vec![Rule::Source]),
        // A source of another table, and one that there is not.
        ("76942 is bundled into 20610 (modifier indicator 1) [1].", vec![Rule::Source]),
        ("The record decides [19].", vec![Rule::Source]),
        ("20610 has a global package of no days.", vec![Rule::Source]),
    ] {
        assert_eq!(rules(&answered(text)), expected, "{text}\n{draft}");
    }
    let without_notice: Vec<&str> = draft.lines().filter(|line| !line.contains("Medicare's")).collect();
    assert!(rules(&without_notice.join("\n")).contains(&Rule::OtherPayer));
    let without_list = draft.split("## Sources").next().unwrap();
    assert!(rules(without_list).contains(&Rule::Source));
}

/// A draft that passes, spoilt in ways that people spoil drafts.
#[test]
fn a_good_draft_spoilt_by_one_edit_is_stopped() {
    let templates = Templates::embedded().unwrap();
    let facts = Invented::mail("Medicare, office: can we bill C9166 with E11, and K9999? Which is right?")
        .codes(&[(CodeSystem::Hcpcs, "C9166"), (CodeSystem::Hcpcs, "K9999"), (CodeSystem::Icd10Cm, "E11")])
        .on(date(2025, 3, 12))
        .facts(starter());
    let draft = compose(&templates, &facts).unwrap();
    let start = draft.find("[[").unwrap();
    let end = draft.find("]]").unwrap() + 2;
    let answered = |answer: &str| format!("{}{answer}{}", &draft[..start], &draft[end..]);
    let after = |text: &str| rules(text, starter(), date(2025, 3, 12), true);

    assert_eq!(after(&draft), "Unanswered");
    assert_eq!(after(&answered("None of the three can stand on the claim.")), "");
    for (answer, rule) in [
        ("Bill C9166.", "G3"),
        ("You can report K9999 with E11.9.", "G1"),
        ("E11 is fine.", "G8"),
        ("Use J3248.", "G1"),
        ("Bill E11.9, the patient's MRN is 4471923.", "G11"),
    ] {
        assert_eq!(after(&answered(answer)), rule, "{answer}");
    }
    let without = |line: &str| -> String {
        answered("No.").lines().filter(|kept| !kept.contains(line)).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(after(&without("C9166 |").replace("Ended, so not in force", "Listed")), "g3 G3");
    assert_eq!(after(&without("K9999 |").replace("Not found in", "Seen outside")), "G1");
}

mod properties {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        domain::tag::CaseTag,
        draft::{Brief, Mail, ValidRules, facts},
        extract::Reading,
        mail::search_text::SearchText,
    };

    /// Pieces of which half-edited replies are made.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("C9166".to_owned()),
            Just("E11".to_owned()),
            Just("K9999".to_owned()),
            Just("bill ".to_owned()),
            Just("| ".to_owned()),
            Just("\n".to_owned()),
            Just("ended. ".to_owned()),
            Just("[[".to_owned()),
            Just("]]".to_owned()),
            Just("You asked: ".to_owned()),
            "\\PC{0,8}",
        ]
    }

    /// Pieces of which mails are made.
    fn said() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("Can we bill 99213-25 with 20610-RT".to_owned()),
            Just("CPT 29881, 99202-99205 and 48213".to_owned()),
            Just("HCPCS J3247, C9166 x 150, K9999".to_owned()),
            Just("dx E11, E11.9, G35.A and M25561".to_owned()),
            Just("DOS 3/12/2025".to_owned()),
            Just("DOS 2/3/2025".to_owned()),
            Just("20610 x 3, 76942, 99211 and 99417".to_owned()),
            Just("seen 2024-09-29".to_owned()),
            Just("MS-DRG 470, revenue code 0450, 0DTJ4ZZ".to_owned()),
            Just("call (214) 555-0142, MRN 4471923".to_owned()),
            Just("will it be paid".to_owned()),
            Just("10000 units".to_owned()),
            Just("?".to_owned()),
            Just("\n\n".to_owned()),
            "[a-zA-Z0-9 .,#_-]{0,24}",
        ]
    }

    static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::embedded().unwrap());

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// The program never writes a draft that its own guard stops, but for the answer that it leaves to a person.
        #[test]
        fn a_draft_of_any_mail_lacks_its_answer_and_nothing_else(
            pieces in proptest::collection::vec(said(), 0..8), later in proptest::option::of(said()),
        ) {
            let received = date(2026, 3, 2);
            let read = |text: &str| Reading::of(&SearchText::plain(text), starter(), Some(received));
            let readings: Vec<Reading> =
                std::iter::once(pieces.join(" ")).chain(later).map(|text| read(&text)).collect();
            let mails: Vec<Mail<'_>> =
                readings.iter().map(|reading| Mail { received, reading, unread_attachments: &[] }).collect();
            let tag = CaseTag::read("CC-28T5CY4T").unwrap();
            let facts = facts(&Brief { tag: &tag, mails: &mails, kinds: &crate::draft::kind::Told::of(&mails).kinds, shelf: starter(), accepted: &[], desk: sample_desk::desk(), house: ValidRules::none() });
            let draft = compose(&TEMPLATES, &facts).unwrap();
            let found = findings(&draft, starter(), facts.date.first(), facts.date.known());
            let blocks = blocking(&found, &[]);
            prop_assert!(blocks.iter().all(|found| found.rule == Rule::Unanswered), "{blocks:#?}\n{draft}");
        }
    }

    proptest! {
        #[test]
        fn every_span_fits_the_text(pieces in proptest::collection::vec(piece(), 0..40)) {
            let text = pieces.concat();
            for found in findings(&text, starter(), date(2025, 3, 12), false) {
                prop_assert!(text.get(found.span.start..found.span.end).is_some(), "{found:?} in {text:?}");
            }
        }

        #[test]
        fn a_code_that_is_not_in_force_never_leaves_unsaid(
            before in "[a-z ,\n]{0,40}", after in "[a-z ,\n]{0,40}",
            code in prop_oneof![Just("C9166"), Just("K9999"), Just("E11"), Just("G35.A"), Just("0DTJ4ZZ"), Just("20619")],
        ) {
            let text = format!("{before} {code} {after}");
            let found = findings(&text, starter(), date(2025, 3, 12), true);
            prop_assert!(!blocking(&found, &[]).is_empty(), "{text:?}");
        }
    }
}

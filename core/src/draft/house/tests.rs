//! Rules against invented cases, mistakes in files, and what an operator is told.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::{
    catalog::starter,
    domain::{code::CodeSystem, code::CodeSystem::Cpt, code::CodeSystem::Icd10Cm},
    draft::{
        Templates, compose, guard,
        sample_house::{self, DAY},
        samples::{Invented, Sample, all},
    },
};

fn book(text: &str) -> HouseBook {
    let (book, errors) = HouseBook::read([("rules.toml".to_owned(), text.to_owned())]);
    assert_eq!(errors, []);
    book
}

/// A file with one rule of this condition.
fn one(when: &str) -> String {
    format!(
        "[[rule]]\nid = \"r-1\"\nowner = \"M. Ortiz\"\nuntil = 2027-03-31\nstatement = \"For {{{{ codes }}}}.\"\n[rule.when]\n{when}\n"
    )
}

/// What a rule of this condition says of a case.
fn said(when: &str, case: &Invented) -> Vec<String> {
    let book = book(&one(when));
    let facts = case.facts_of(starter(), &crate::catalog::answer::Desk::default(), book.valid_on(DAY));
    facts.house.into_iter().map(|statement| statement.text).collect()
}

fn errors(text: &str) -> Vec<String> {
    HouseBook::read([("rules.toml".to_owned(), text.to_owned())]).1.iter().map(ToString::to_string).collect()
}

#[test]
fn every_key_of_a_condition_has_to_hold() {
    let case = Invented::mail("UHC: which modifier, 20610-RT or 50, with 76942 for M17.11?")
        .codes(&[(Cpt, "20610-RT"), (Cpt, "76942"), (Icd10Cm, "M17.11")])
        .on(date(2025, 2, 3));
    for (when, codes) in [
        ("codes = [\"20610\"]", "20610"),
        ("codes = [\"206*\", \"M17.11\"]", "20610 and M17.11"),
        ("codes = [\"20600-20611\"]\nmodifiers = [\"RT\"]", "20610"),
        ("modifiers = [\"RT\"]", "20610"),
        ("systems = [\"ICD10CM\"]", "M17.11"),
        ("systems = [\"ICD-10-CM\"]\ncodes = [\"M16-M17\"]", "M17.11"),
        ("codes = [\"20610\"]\nwith_codes = [\"76942\"]", "20610 and 76942"),
        ("kinds = [\"K3\"]", "20610, 76942 and M17.11"),
        ("payers = [\"commercial\"]\ncodes = [\"76942\"]", "76942"),
        ("payers = [\"United Healthcare\"]\ncodes = [\"76942\"]", "76942"),
        ("service = { from = 2025-01-01, to = \"2025-12-31\" }\ncodes = [\"76942\"]", "76942"),
    ] {
        assert_eq!(said(when, &case), [format!("For {codes}.")], "{when}");
    }
    for when in [
        "codes = [\"20611\"]",
        "codes = [\"76942\"]\nmodifiers = [\"RT\"]",
        "systems = [\"HCPCS\"]",
        "codes = [\"20610\"]\nwith_codes = [\"20610\"]",
        "kinds = [\"K14\"]",
        "payers = [\"medicare\"]",
        "payers = [\"Aetna\"]",
        "service = { to = 2025-02-02 }",
        "service = { from = 2025-02-04 }",
    ] {
        assert_eq!(said(when, &case), [""; 0], "{when}");
    }
}

#[test]
fn a_rule_is_used_from_its_first_day_to_its_last() {
    let text = one("codes = [\"20610\"]").replace("until = 2027-03-31", "from = 2026-01-01\nuntil = 2026-06-30");
    let book = book(&text);
    let case = Invented::mail("Is 20610 right?").codes(&[(Cpt, "20610")]).on(date(2020, 2, 3));
    let used = |day: Date| {
        let desk = crate::catalog::answer::Desk::default();
        !case.facts_of(starter(), &desk, book.valid_on(day)).house.is_empty()
    };
    assert_eq!(
        [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)].map(used),
        [false, true, true, false],
        "by the day on which the draft is written, and not by that of service"
    );
}

#[test]
fn a_statement_stands_in_its_section_and_is_cited_like_any_source() {
    let Sample { facts, .. } = all().iter().find(|sample| sample.name == "house rules").unwrap();
    let draft = compose(&Templates::embedded().unwrap(), facts).unwrap();
    let section = |heading: &str| {
        let (_, after) = draft.split_once(&format!("## {heading}\n")).unwrap_or_else(|| panic!("{heading}:\n{draft}"));
        after.split_once("\n## ").map_or(after, |(section, _)| section).to_owned()
    };
    let number =
        |rule: &str| facts.house.iter().find(|one| one.rule.as_str() == rule).map(|one| one.source.number).unwrap();
    for (heading, rule, words) in [
        ("Why", "billing-01", "Both knees go on two lines, RT and LT, for UnitedHealthcare"),
        ("Edit checks", "billing-02", "We let 20610 wait for the note before 20610 are compared"),
        ("Diagnosis and necessity", "billing-03", "The side stands in the diagnosis as well"),
        ("Considered and rejected", "billing-04", "Modifier 59 for the other knee: the side says it"),
        ("If denied", "billing-05", "Send the note of 2025 with the first appeal"),
        ("Please note", "billing-06", "Our desk answers within two working days"),
    ] {
        let line = format!("- {words} [{}]", number(rule));
        assert!(section(heading).contains(&line), "{line}\n{draft}");
    }
    let source = format!("{}. House rule billing-01, owner M. Ortiz, valid until 2027-03-31.", number("billing-01"));
    assert!(section("Sources").contains(&source), "{draft}");
    assert!(!draft.split_once("\n## ").unwrap().0.contains("House rule"), "a rule is no edition\n{draft}");
}

#[test]
fn the_guard_judges_the_words_of_a_rule_like_all_others() {
    let text =
        one("codes = [\"20610\"]").replace("For {{ codes }}.", "It will be paid; call (214) 555-0142 about 99441.");
    let book = book(&text);
    let case = Invented::mail("Is 20610 right?").codes(&[(Cpt, "20610")]).on(date(2025, 2, 3));
    let facts = case.facts_of(starter(), &crate::catalog::answer::Desk::default(), book.valid_on(DAY));
    let draft = compose(&Templates::embedded().unwrap(), &facts).unwrap();
    let anybody = crate::domain::address::EmailAddress::parse("asker@example.test").unwrap();
    let about = guard::GuardInput {
        shelf: starter(),
        desk: &crate::catalog::answer::Desk::default(),
        on: facts.date.first(),
        date_known: true,
        sources: &facts.sources,
        payer: None,
        asker: Some(&anybody),
        recipient: &anybody,
    };
    let rules: Vec<guard::Rule> = guard::check(&draft, &about).into_iter().map(|found| found.rule).collect();
    for rule in [guard::Rule::Identifier, guard::Rule::PaymentPromise, guard::Rule::CodeInForce] {
        assert!(rules.contains(&rule), "{rules:?}\n{draft}");
    }
    let doubts: Vec<String> = book.doubts(DAY).iter().map(ToString::to_string).collect();
    assert!(doubts.len() == 2 && doubts[0].contains("rule r-1 has words that the guard objects to"), "{doubts:?}");
}

#[test]
fn each_mistake_is_told_with_its_line_and_what_to_do() {
    let rule = |line: &str| one("codes = [\"20610\"]").replace("owner = \"M. Ortiz\"", line);
    let owner = "owner = \"M. Ortiz\"\n";
    for (text, line, message, remedy) in [
        (rule("ower = \"M. Ortiz\""), 3, "unknown field `ower`", "correct the line"),
        (rule(""), 1, "missing field `owner`", "caseconsult init"),
        (rule("owner = \" \""), 3, "the owner is empty", "name who answers"),
        (
            rule(&format!("{owner}from = 2028-01-01")),
            5,
            "expires on 2027-03-31, before it starts on 2028-01-01",
            "correct",
        ),
        (rule(&format!("{owner}from = \"soon\"")), 4, "soon is no day", "2027-03-31"),
        (rule(&format!("{owner}section = \"answer\"")), 4, "no section \"answer\"", "why, edits"),
        (one("kinds = [\"K16\"]"), 7, "no kind \"K16\"", "K15"),
        (one("kinds = []"), 7, "the list is empty", "take it out"),
        (one("systems = [\"CTP\"]"), 7, "no code system \"CTP\"", "ICD10CM"),
        (
            one("codes = [\n  \"20610\",\n  \"99215-99202\",\n]"),
            9,
            "\"99215-99202\" is no range",
            "its end comes before",
        ),
        (one("codes = [\"99202-99\"]"), 7, "is no range", "as many characters"),
        (one("codes = [\"knee\", \"20?\"]"), 7, "\"20?\" is no code", "a beginning (J18*)"),
        (one("modifiers = [\"RTT\"]"), 7, "no modifier", "two letters"),
        (one("payers = [\"the plan of Bob\"]"), 7, "no mail is known to name", "Noridian"),
        (one("service = { from = 2026-02-01, to = 2026-01-01 }"), 7, "before it begins", "exchange"),
        (one("service = {}"), 7, "neither a beginning nor an end", "give from"),
        (one(""), 2, "the rule has no condition", "[rule.when]"),
        (one("codes = [\"20610\"]").replace("codes }}", "cods }}"), 5, "no variable {{ cods }}", "correct the text"),
        (one("codes = [\"20610\"]").replace("codes }}", "date_of_service }}"), 5, "never prints", "year_of_service"),
        (one("codes = [\"20610\"]").replace("r-1", "r 1"), 2, "\"r 1\" is no name", "letters, digits"),
    ] {
        let told = errors(&text);
        assert_eq!(told.len(), 1, "{told:?}\n{text}");
        let (place, rest) = (format!("rules.toml, line {line}: "), &told[0]);
        assert!(rest.starts_with(&place) && rest.contains(message) && rest.contains(remedy), "{rest}\n{text}");
    }
    assert!(errors("rule = 5").len() == 1 && errors("").is_empty());
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once_and_names_are_unique() {
    let bad = one("kinds = [\"K16\", \"K17\"]\nmodifiers = [\"RTT\"]").replace("M. Ortiz", "");
    assert_eq!(errors(&bad).len(), 4);
    let file = |name: &str| (name.to_owned(), one("codes = [\"20610\"]"));
    let (_, told) = HouseBook::read([file("a.toml"), file("b.toml")]);
    assert_eq!(told.len(), 1);
    assert_eq!(
        told[0].to_string(),
        "b.toml, line 2: there is a rule \"r-1\" already: a.toml, line 2: give one of them another name, or take it out"
    );
}

#[test]
fn an_operator_is_told_what_expired_soon_will_is_doubled_or_can_never_hold() {
    let rule = |id: &str, until: &str, when: &str| one(when).replace("r-1", id).replace("2027-03-31", until);
    let text = [
        rule("old", "2026-03-01", "codes = [\"20610\"]"),
        rule("soon", "2026-04-01", "codes = [\"20611\"]"),
        rule("later", "2027-01-01", "codes = [\"20612\"]").replace("until", "from = 2026-05-01\nuntil"),
        rule("fine", "2027-01-01", "codes = [\"99213\"]"),
        rule("again", "2027-01-01", "codes = [\"99213\"]"),
        rule("never-a-code", "2027-01-01", "systems = [\"CPT\"]\ncodes = [\"E11.9\"]"),
        rule("never-a-modifier", "2027-01-01", "systems = [\"ICD10CM\"]\nmodifiers = [\"25\"]"),
        rule("never-asked", "2027-01-01", "codes = [\"1234567890\"]"),
        rule("never-served", "2027-01-01", "service = { from = 2027-02-01 }"),
        "[[snippet]]\nname = \"Old words\"\nuntil = 2026-01-01\ntext = \"x\"\n".to_owned(),
    ]
    .concat();
    let doubts: Vec<String> = book(&text).doubts(DAY).iter().map(ToString::to_string).collect();
    let wanted = [
        "rule old expired on 2026-03-01",
        "rule soon expires on 2026-04-01",
        "rule later is not used before 2026-05-01",
        "rule again says the same of the same cases as fine",
        "rule never-a-code can never hold: no code of CPT looks like E11.9",
        "rule never-a-modifier can never hold: codes of ICD-10-CM have no modifiers",
        "rule never-served can never hold: it is for services from 2027-02-01",
        "snippet \"Old words\" expired on 2026-01-01",
    ];
    for (doubt, wanted) in doubts.iter().zip(wanted) {
        assert!(doubt.starts_with(wanted) && doubt.contains("rules.toml, line "), "{doubt}");
    }
    // Ten digits can be a drug code.
    assert_eq!(doubts.len(), wanted.len(), "{doubts:#?}");
}

#[test]
fn a_snippet_has_the_cases_values_and_is_offered_until_its_last_day() {
    let book = book(
        "[[snippet]]\nname = \"Note\"\nuntil = 2026-06-30\ntext = \"\"\"\nPlease send the note of {{ date_of_service }} for \
         {{ code }} to {{ payer }}.\n\n- one\n\"\"\"\n",
    );
    let facts = Invented::mail("Is 20610 right?").codes(&[(Cpt, "20610")]).on(date(2025, 2, 3)).facts(starter());
    let snippet = book.snippets_on(date(2026, 6, 30)).next().unwrap();
    assert_eq!(
        snippet.text.filled(&Values::of_case(&facts)),
        "Please send the note of 2025-02-03 for 20610 to [[ reviewer: the payer ]].\n\n- one\n"
    );
    assert_eq!(book.snippets_on(date(2026, 7, 1)).count(), 0);
    let undated = Invented::mail("Is 20610 right?").facts(starter());
    assert!(
        snippet.text.filled(&Values::of_case(&undated)).starts_with("Please send the note of [[ reviewer: the date")
    );
}

#[test]
fn the_rules_of_the_samples_are_sound() {
    let (book, errors) = HouseBook::read([("house-rules.toml".to_owned(), sample_house::FILE.to_owned())]);
    assert_eq!(errors, []);
    assert_eq!(book.doubts(DAY), []);
    let sections: Vec<Section> = book.rules().iter().map(|rule| rule.section).collect();
    assert_eq!(sections, Section::ALL);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_file_and_no_case_make_it_fail(
        text in "\\PC{0,80}",
        codes in proptest::collection::vec("[A-Z0-9.*-]{1,9}", 0..3),
        said in "[A-Za-z0-9 .,?]{0,60}",
        mentioned in proptest::collection::vec((0..9_usize, "[A-Z0-9.|-]{1,9}"), 0..4),
    ) {
        let _ = errors(&text);
        let codes: Vec<String> = codes.iter().map(|code| format!("{code:?}")).collect();
        let text = one(&format!("codes = [{}]", codes.join(", ")));
        let (book, _) = HouseBook::read([("rules.toml".to_owned(), text)]);
        let _ = book.doubts(DAY);
        let mentions: Vec<(CodeSystem, &str)> =
            mentioned.iter().map(|(system, code)| (CodeSystem::ALL[*system], code.as_str())).collect();
        let desk = crate::catalog::answer::Desk::default();
        let facts = Invented::mail(&said).codes(&mentions).facts_of(starter(), &desk, book.valid_on(DAY));
        let stored = serde_json::to_string(&facts).unwrap();
        prop_assert_eq!(serde_json::from_str::<crate::draft::Facts>(&stored).unwrap(), facts);
    }
}

//! House rules: in the draft of one mail, in the drafts of the service, and before the operator.

use super::run::{COMPLETE, Folder};

const QUESTION: &str = "From: pat@clinic.example.test\r\nTo: coding@service.test\r\nSubject: knees\r\n\
    Message-ID: <question@clinic.example.test>\r\nDate: Mon, 2 Mar 2026 09:58:00 +0000\r\n\r\n\
    Aetna: both knees injected in the office, CPT 20610-RT and 20610-LT. Which modifier? DOS 02/12/2026.\r\n";

/// One rule that never expires, one that has, one for another payer; a snippet.
const RULES: &str = r#"
[[rule]]
id = "billing-07"
owner = "M. Ortiz"
until = 9000-01-31
statement = "Both knees go on two lines, {{ modifiers }}, for {{ payer }}."
[rule.when]
kinds = ["K3"]
codes = ["20600-20611"]
payers = ["commercial"]

[[rule]]
id = "billing-02"
owner = "M. Ortiz"
until = 2026-01-31
statement = "An old habit for {{ code }}."
[rule.when]
codes = ["20610"]

[[rule]]
id = "billing-03"
owner = "J. Chen"
until = 9000-01-31
statement = "For another payer."
[rule.when]
payers = ["medicaid"]

[[snippet]]
name = "Ask for the note"
text = "Please send the note."
"#;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("caseconsult.toml", format!("{COMPLETE}\n[replies]\nhouse_rules = \"rules\"\n"));
    folder.write("rules/billing.toml", RULES);
    folder.write("mailbox/new/.keep", "");
    folder.write("question.eml", QUESTION);
    folder
}

/// The reply's text with its line breaks undone.
fn told(text: &str) {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("Both knees go on two lines, RT and LT, for Aetna ["), "{text}");
    assert!(flat.contains(". House rule billing-07, owner M. Ortiz, valid until 9000-01-31."), "{text}");
    assert!(!text.contains("An old habit") && !text.contains("For another payer"), "{text}");
}

#[test]
fn a_rule_that_a_mail_meets_is_in_its_draft_with_its_source_and_an_expired_one_is_not() {
    let folder = folder();
    let draft = folder.run(&["draft", "question.eml"]);
    assert!(draft.success, "{draft:?}");
    told(&draft.out);
    let json = folder.run(&["draft", "question.eml", "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["facts"]["house"][0]["rule"], "billing-07");
    assert_eq!(json["facts"]["house"].as_array().unwrap().len(), 1);
}

#[test]
fn the_service_drafts_by_the_same_rules() {
    let folder = folder();
    for arguments in [&["import", "question.eml"][..], &["work", "--until-idle"]] {
        let ended = folder.run(arguments);
        assert!(ended.success, "{ended:?}");
    }
    let cases = folder.run(&["cases"]).out;
    let tag = cases.split_whitespace().find(|word| word.starts_with("CC-")).unwrap();
    told(&folder.run(&["show", tag]).out);
}

#[test]
fn doctor_names_rules_that_expired_are_doubled_or_can_never_hold() {
    let folder = folder();
    folder.write(
        "rules/more.toml",
        "[[rule]]\nid = \"m-1\"\nowner = \"J. Chen\"\nuntil = 9000-01-31\nstatement = \"For another payer.\"\n\
         when.payers = [\"medicaid\"]\n\
         [[rule]]\nid = \"m-2\"\nowner = \"J. Chen\"\nuntil = 9000-01-31\nstatement = \"x\"\n\
         when = { systems = [\"ICD10CM\"], codes = [\"20610\"] }\n",
    );
    assert!(folder.run(&["user", "list"]).success);
    let doctor = folder.run(&["doctor"]);
    assert!(doctor.success, "none of it is an error: {doctor:?}");
    for line in [
        "ok     house rules    4 of 5 rules are valid today; 1 snippet",
        "note   house rules    rule billing-02 expired on 2026-01-31 and is not used",
        "note   house rules    rule m-1 says the same of the same cases as billing-03",
        "note   house rules    rule m-2 can never hold: no code of ICD-10-CM looks like 20610",
    ] {
        assert!(doctor.out.lines().any(|printed| printed.starts_with(line)), "{line:?} is missing in\n{}", doctor.out);
    }
}

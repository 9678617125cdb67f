//! `draft` and `mentions`: their JSON is relied on by others.

use serde_json::Value;

use super::run::Folder;

const MAIL: &str = "From: Zoë <zoe@clinic.example.test>\r\nTo: coding@service.test\r\nSubject: =?utf-8?Q?Knie_=E2=80=94_20610?=\r\n\
    Date: Tue, 17 Nov 2026 09:12:41 -0600\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
    Grüße! DOS 11/12/2026. Can we bill 99213-25 with 20610-RT and J3301 x 4 for M17.11?\r\n\
    ZIP 60614, phone 312-555-0142, invoice 48213.\r\n";

fn text_at(value: &Value, mention: &Value) -> String {
    let text: Vec<char> = value["text"].as_str().unwrap().chars().collect();
    let at = |name: &str| usize::try_from(mention[name].as_u64().unwrap()).unwrap();
    text[at("start")..at("end")].iter().collect()
}

#[test]
fn a_draft_as_json_holds_text_mentions_facts_and_the_draft() {
    let folder = Folder::new();
    folder.write("question.eml", MAIL);
    for (arguments, input) in [(["draft", "question.eml", "--json"], ""), (["draft", "-", "--json"], MAIL)] {
        let ended = folder.run_with(&arguments, input.as_bytes(), &[]);
        assert!(ended.success, "{ended:?}");
        let value: Value = serde_json::from_str(&ended.out).unwrap();
        let mentions = value["mentions"].as_array().unwrap();
        let found: Vec<_> = mentions
            .iter()
            .map(|mention| {
                let modifiers: Vec<_> =
                    mention["modifiers"].as_array().unwrap().iter().map(|m| m.as_str().unwrap()).collect();
                (
                    text_at(&value, mention),
                    mention["system"].as_str().unwrap(),
                    mention["code"].as_str().unwrap(),
                    modifiers.join(","),
                    mention["units"].as_u64(),
                    mention["place"].as_str().unwrap(),
                )
            })
            .collect();
        let expected = [
            ("20610", "CPT", "20610", "", None, "subject"),
            ("99213", "CPT", "99213", "25", None, "new"),
            ("20610", "CPT", "20610", "RT", None, "new"),
            ("J3301", "HCPCS", "J3301", "", Some(4), "new"),
            ("M17.11", "ICD10CM", "M17.11", "", None, "new"),
        ]
        .map(|(text, system, code, modifiers, units, place)| {
            (text.to_owned(), system, code, modifiers.to_owned(), units, place)
        });
        assert_eq!(found, expected);
        assert_eq!(value["facts"]["date"]["days"][0], "2026-11-12");
        let draft = value["draft"].as_str().unwrap();
        for word in ["20610", "99213", "J3301", "M17.11"] {
            assert!(draft.contains(word), "{word} is missing in\n{draft}");
        }
        for identifier in ["11/12/2026", "2026-11-12", "312-555-0142", "60614"] {
            assert!(!draft.contains(identifier), "{identifier} is for the reviewer, not for the reply\n{draft}");
        }
    }
    assert!(!folder.path().join("caseconsult-data").exists(), "nothing is stored");
}

#[test]
fn what_is_no_mail_is_said_and_exits_non_zero() {
    let folder = Folder::new();
    folder.write("empty.eml", "");
    for arguments in [["draft", "empty.eml"], ["draft", "missing.eml"]] {
        let ended = folder.run(&arguments);
        assert!(!ended.success && ended.err.contains(arguments[1]), "{ended:?}");
    }
}

#[test]
fn mentions_prints_one_line_of_json_a_file_in_code_points() {
    let folder = Folder::new();
    folder.write("a.txt", "Für 99213-25 und E11.9");
    folder.write("b.txt", "Nothing to see, ZIP 60614.");
    let ended = folder.run(&["mentions", "a.txt", "missing.txt", "b.txt"]);
    assert!(!ended.success, "one file is missing");
    assert!(ended.err.contains("missing.txt"));
    let lines: Vec<Value> = ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2, "the next file is taken: {}", ended.out);
    assert_eq!(lines[0]["file"], "a.txt");
    let mut mentions = lines[0]["mentions"].clone();
    for mention in mentions.as_array_mut().unwrap() {
        let reasons = mention.as_object_mut().unwrap().remove("reasons").unwrap();
        assert!(reasons.as_array().unwrap().iter().all(Value::is_string) && reasons[0] != "", "{reasons}");
    }
    assert_eq!(
        mentions,
        serde_json::json!([
            {"start": 4, "end": 9, "system": "CPT", "code": "99213", "modifiers": ["25"], "units": null,
             "place": "new", "status": "asked", "confidence": "certain"},
            {"start": 17, "end": 22, "system": "ICD10CM", "code": "E11.9", "modifiers": [], "units": null,
             "place": "new", "status": "asked", "confidence": "certain"},
        ])
    );
    assert_eq!(lines[1]["mentions"], serde_json::json!([]));
}

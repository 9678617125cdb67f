//! What the rules of this folder achieve on real mails: two public corpora, kept outside the repository.
//!
//! Where they are is said by `CASECONSULT_SHARED`, or they are in `../shared` beside the repository. Without them
//! these tests print so and pass, except under `CI=true`, where they fail.

use std::{env, fs, path::PathBuf};

use super::{
    head::{Head, Verdict},
    message::Message,
    token::ThreadKey,
};
use crate::domain::mention::Place;

fn corpus(name: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared");
    let shared = env::var_os("CASECONSULT_SHARED").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let folder = shared.join("corpora").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    assert_ne!(env::var("CI").as_deref(), Ok("true"), "the corpus {name} is missing, and CI=true demands it");
    println!("skipped: the corpus {name} is not there");
    None
}

/// sisimai's public set: 301 delivery failures of 56 mail systems, 8 abuse reports, 3 vacation mails.
#[test]
fn nearly_every_bounce_is_parked() {
    let Some(folder) = corpus("bounces") else { return };
    let key = ThreadKey::new(b"a secret of the tests");
    let expected = fs::read_to_string(folder.join("expected.jsonl")).unwrap();
    let mut missed = Vec::new();
    let mut all = 0;
    for line in expected.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let file = line["file"].as_str().unwrap();
        let raw = fs::read(folder.join(file)).unwrap();
        all += 1;
        if !matches!(Head::read(&raw, &key, &[]).verdict, Verdict::Ignored { .. }) {
            missed.push(file.to_owned());
        }
    }
    println!("{} of {all} parked; not: {missed:?}", all - missed.len());
    assert!(all >= 312 && missed.len() <= 7, "{} of {all} not parked: {missed:?}", missed.len());
}

/// Looked through by eye. Letters are the places' first ones, numbers count lines that are not empty.
const REPLIES: [(&str, &str); 22] = [
    ("correct_sig.txt", "N1 S2"),
    ("email_1_1.txt", "N9"),
    ("email_1_2.txt", "N1 Q6 N17 Q8 N4"),
    ("email_1_3.txt", "N3 Q43 N4"),
    ("email_1_4.txt", "N1 Q2"),
    ("email_1_5.txt", "N12"),
    ("email_1_6.txt", "N2 Q10"),
    ("email_1_7.txt", "N1 Q9"),
    ("email_1_8.txt", "Q10 N1 Q3 N1 Q13 S2"),
    ("email_2_1.txt", "N1 Q13"),
    ("email_2_2.txt", "N1 Q7"),
    ("email_2_3.txt", "N1 Q7"),
    ("email_BlackBerry.txt", "N1 S1"),
    ("email_bullets.txt", "N5 Q3 S2"),
    ("email_iPhone.txt", "N1 S1"),
    ("email_long_quote.txt", "N3 Q1 N8"),
    ("email_multi_word_sent_from_my_mobile_device.txt", "N1 S1"),
    ("email_one_is_not_on.txt", "N3 Q3"),
    ("email_sent_from_my_not_signature.txt", "N2"),
    ("email_sig_delimiter_in_middle_of_line.txt", "N4"),
    ("greedy_on.txt", "N4 Q8"),
    ("pathological.txt", "N2 Q17"),
];

/// email_reply_parser's public set: replies of several clients.
#[test]
fn real_replies_are_people_and_split_as_a_reader_would() {
    let Some(folder) = corpus("replies") else { return };
    let key = ThreadKey::new(b"a secret of the tests");
    for (file, fragments) in REPLIES {
        let body = fs::read_to_string(folder.join(file)).unwrap();
        let raw = format!("From: Pat <pat@clinic.test>\r\nSubject: Re: x\r\n\r\n{body}");
        assert_eq!(Head::read(raw.as_bytes(), &key, &[]).verdict, Verdict::Question, "{file}");
        let text = Message::read(raw.as_bytes()).unwrap().text;
        let found = text.parts.iter().filter(|part| part.place != Place::Subject).map(|part| {
            let letter = part.place.as_str().get(..1).unwrap_or_default().to_uppercase();
            format!("{letter}{}", part.span.of(&text.text).lines().filter(|line| !line.trim().is_empty()).count())
        });
        assert_eq!(found.collect::<Vec<_>>().join(" "), fragments, "{file}");
    }
}

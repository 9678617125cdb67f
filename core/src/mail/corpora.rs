//! What the rules of this folder achieve on real mails: two public corpora, kept outside the repository.
//!
//! Where they are is said by `CASECONSULT_SHARED`, or they are in `../shared` beside the repository. Without them
//! these tests print so and pass, except under `CI=true`, where they fail.

use std::{env, fs, path::PathBuf};

use super::{
    head::{Head, Verdict},
    token::ThreadKey,
};

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

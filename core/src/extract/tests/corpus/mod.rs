//! How well the extractor reads case mails: labelled texts, the figures that it reaches on them, and a ratchet. The
//! texts are in `tests/corpus`; the scorer stands here so that it needs no more than this crate.
//!
//! | file | knows |
//! |---|---|
//! | `text`, `label` | a file's texts without their marks; what a label states |
//! | `score` | what is found in a text, beside its labels |
//! | `tally` | counts over many texts, and their figures |
//! | `report` | what is printed |
//! | `ratchet` | the figures reached |
//!
//! Two shares of the texts are told apart: `tune` may be read while the extractor is worked on, `unseen` may not.

mod label;
mod ratchet;
mod report;
mod score;
mod tally;
pub(crate) mod text;

use std::{env, fs, path::PathBuf};

use score::Scored;
use tally::Tallies;

const HOW: &str = "If that is meant, write the figures anew, look at what git diff says of them, and say why:
    CASECONSULT_CORPUS=write cargo test -p caseconsult-core --lib corpus -- --nocapture
What the extractor gets wrong in the tune share:
    CASECONSULT_CORPUS=misses cargo test -p caseconsult-core --lib corpus -- --nocapture";

/// The figures over the texts of some files.
fn tally(scored: &[Scored<'_>], of: impl Fn(&str) -> bool) -> Tallies {
    let mut tallies = Tallies::new();
    for one in scored.iter().filter(|one| of(&one.text.file)) {
        one.count(&mut tallies);
    }
    tallies
}

/// Whether its texts are by other hands than the rest.
fn is_by_others(file: &str) -> bool {
    file.starts_with("strangers-")
}

#[test]
fn the_extractor_reads_as_well_as_it_did() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus");
    let texts = text::folder(&folder).unwrap_or_else(|error| panic!("{error}"));
    let scored: Vec<Scored<'_>> = texts.iter().map(score::score).collect();
    let all = tally(&scored, |_| true);
    println!("{}", report::table(&all));
    println!("\nof these in the files by other hands:{}", report::table(&tally(&scored, is_by_others)));
    let wish = env::var("CASECONSULT_CORPUS").unwrap_or_default();
    let file = folder.join("ratchet.toml");
    match wish.as_str() {
        "write" => {
            let mut files: Vec<String> = texts.iter().map(|text| text.file.clone()).collect();
            files.dedup();
            fs::write(&file, ratchet::written(&files, &all)).unwrap();
        }
        "misses" => scored.iter().for_each(|one| print!("{}", report::misses(one))),
        "" => {}
        other => panic!("CASECONSULT_CORPUS is write or misses, not {other:?}"),
    }
    let held = fs::read_to_string(&file).map_err(|error| format!("ratchet.toml: {error}"));
    let held = held.and_then(|content| ratchet::Ratchet::read(&content)).unwrap_or_else(|error| panic!("{error}"));
    let worse = held.worse(&tally(&scored, |file| held.files.iter().any(|one| one == file)));
    assert!(worse.is_empty(), "the extractor reads worse than it did:\n  {}\n{HOW}", worse.join("\n  "));
}

//! How well identifiers are found: the labelled texts of `tests/corpus`, read as the case page reads them (the codes
//! that the extractor finds are set aside), and a ratchet.
//!
//! A label counts as *found* when an identifier of any kind shares a word with it, and as *whole* when every word of it
//! is masked. Titles and states need not be; of a number only the words with digits. Nothing of an `unseen` text is ever
//! printed but its counts.

mod ratchet;
mod score;
mod tally;

use std::{env, fs, path::PathBuf};

use crate::extract::tests::corpus::text::{self, Share};

#[test]
fn identifiers_are_found_as_well_as_they_were() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus");
    let texts = text::folder(&folder).unwrap_or_else(|error| panic!("{error}"));
    let wish = env::var("CASECONSULT_CORPUS").unwrap_or_default();
    let mut tallies = tally::Tallies::new();
    for text in texts.iter().filter(|text| text.file.starts_with("identifiers-")) {
        let scored = score::Scored::of(text);
        if wish == "misses" && text.share == Share::Tune {
            print!("{}", scored.misses());
        }
        scored.count(tallies.entry(text.share).or_default());
    }
    println!("{}", tally::table(&tallies));
    let file = folder.join("identifiers.toml");
    if wish == "write" {
        fs::write(&file, ratchet::written(&tallies)).unwrap();
    }
    let held = fs::read_to_string(&file).unwrap_or_else(|error| panic!("identifiers.toml: {error}"));
    let worse = ratchet::worse(&held, &tallies).unwrap_or_else(|error| panic!("{error}"));
    assert!(worse.is_empty(), "identifiers are found worse than they were:\n  {}", worse.join("\n  "));
}

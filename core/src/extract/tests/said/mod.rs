//! How well what is said around codes is read: labelled texts, precision and recall of each noun, and a ratchet. The texts
//! are in `tests/said`, whose `README.md` says how they are written.
//!
//! | file | knows |
//! |---|---|
//! | `text` | a file's texts without their marks, and what these state |
//! | `fact` | what is read, in the same short form |
//! | `score` | what is right, and the figures |
//!
//! Nothing of the `unseen` share is ever printed but its figures.

mod fact;
mod score;
mod text;

use std::{env, fs, path::PathBuf};

use score::Figures;

const HOW: &str = "If that is meant, write the figures anew (CASECONSULT_SAID=write), and say why.
What is read wrongly in the tune share: CASECONSULT_SAID=misses";

#[test]
fn what_is_said_is_read_as_well_as_it_was() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/said");
    let wish = env::var("CASECONSULT_SAID").unwrap_or_default();
    let mut figures = Figures::default();
    for share in ["tune", "unseen"] {
        let texts = text::folder(&folder.join(share)).unwrap_or_else(|error| panic!("{error}"));
        let mut tally = score::Tally::default();
        for text in &texts {
            let misses = tally.add(text, &fact::read(&text.plain));
            if wish == "misses" && share == "tune" {
                misses.iter().for_each(|miss| println!("{}: {miss}", text.name));
            }
        }
        println!("\n{share}: {} texts\n{tally}", texts.len());
        figures.insert(share.to_owned(), tally.figures());
    }
    let file = folder.join("ratchet.toml");
    if wish == "write" {
        fs::write(&file, score::written(&figures)).unwrap();
    }
    let held = fs::read_to_string(&file).unwrap_or_default();
    let worse = score::worse(&held, &figures);
    assert!(worse.is_empty(), "what is said is read worse than it was:\n  {}\n{HOW}", worse.join("\n  "));
}

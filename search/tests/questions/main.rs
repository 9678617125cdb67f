//! How often the search has a right code first, in the first five and in the first ten, on questions of this project's
//! own (`tests/search/README.md`), over the code sets as they are published; and a ratchet under those figures.
//!
//! | module | what it holds |
//! |---|---|
//! | `published` | the codes and wordings of the published files |
//! | `score` | questions, and counts over them |
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and its helpers fail with it")]

mod published;
mod score;

use std::{collections::BTreeMap, env, fs, path::PathBuf};

use score::{Figures, Question};

/// By how much a figure may be worse than the one that is held.
const SLACK: f64 = 0.001;

const HOW: &str = "If that is meant, write the figures anew, look at what git diff says of them, and say why:
    CASECONSULT_SEARCH=write cargo test -p caseconsult-search --test questions -- --nocapture
What the search misses in the tune share:
    CASECONSULT_SEARCH=misses cargo test -p caseconsult-search --test questions -- --nocapture";

const HEAD: &str = "\
# The figures that the search reaches on these questions: share of the questions that have a right code first, in the
# first five, in the first ten. A test fails when one becomes worse by more than 0.001. Written by
# CASECONSULT_SEARCH=write (see README.md), never by hand.
";

type Held = BTreeMap<String, BTreeMap<String, BTreeMap<String, f64>>>;

#[test]
fn the_search_finds_as_much_as_it_did() {
    let Some(making) = published::making() else { return };
    let index = making.in_memory().unwrap();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/search");
    let wish = env::var("CASECONSULT_SEARCH").unwrap_or_default();
    let mut now = Held::new();
    for share in ["tune", "develop", "unseen"] {
        let questions = Question::all(&fs::read_to_string(folder.join(format!("{share}.txt"))).unwrap()).unwrap();
        let ranks: Vec<Option<usize>> = questions.iter().map(|question| question.rank(&index)).collect();
        if wish == "misses" && share == "tune" {
            for (question, rank) in questions.iter().zip(&ranks).filter(|(_, rank)| **rank != Some(1)) {
                println!("{rank:?} {} {} | {}", question.system, question.codes.join(" "), question.words);
            }
        }
        let figures = Figures::of(&questions, &ranks);
        println!("{share}: {figures}");
        now.insert(share.to_owned(), figures.named());
    }
    let file = folder.join("ratchet.toml");
    match wish.as_str() {
        "write" => fs::write(&file, format!("{HEAD}{}", toml_of(&now))).unwrap(),
        "" | "misses" => {}
        other => panic!("CASECONSULT_SEARCH is write or misses, not {other:?}"),
    }
    let held: Held = toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let mut worse = Vec::new();
    for (share, systems) in &held {
        for (system, figures) in systems {
            for (name, held) in figures {
                let now = now.get(share).and_then(|of| of.get(system)).and_then(|of| of.get(name)).copied();
                if now.is_none_or(|now| now < held - SLACK) {
                    worse.push(format!("{share}.{system}.{name} was {held:.4} and is {now:?}"));
                }
            }
        }
    }
    assert!(worse.is_empty(), "the search finds less than it did:\n  {}\n{HOW}", worse.join("\n  "));
}

fn toml_of(held: &Held) -> String {
    let mut out = String::new();
    for (share, systems) in held {
        for (system, figures) in systems {
            out.push_str(&format!("\n[{share}.{system}]\n"));
            for (name, figure) in figures {
                // Rounded down, so that the fourth decimal never asks for more than was reached.
                out.push_str(&format!("{name} = {:.4}\n", (figure * 10_000.0).floor() / 10_000.0));
            }
        }
    }
    out
}

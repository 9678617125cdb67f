//! How well kinds of question are told apart: labelled mails, the figures reached on them, and a ratchet.
//!
//! | file | knows |
//! |---|---|
//! | `README.md` | the format of the mails, and what the labels mean |
//! | `mails` | a file's mails, their labels, and each as the program reads it |
//! | `tally` | counts by kind, and their figures |
//! | `ratchet` | the figures reached |
//! | `learn` | how much each sign speaks for each kind |
//!
//! Two shares are told apart: `tune` may be read and learned from, `unopened` may not. What is missed is
//! printed of the first alone, and without the figures of the second.

mod learn;
pub(crate) mod mails;
mod ratchet;
mod tally;

use std::{env, fs, path::PathBuf};

use caseconsult_core::draft::{
    Mail,
    kind::{self, Kind},
};
use mails::Labelled;
use tally::Tally;

const HOW: &str = "If that is meant, write the figures anew, look at what git diff says of them, and say why:
    CASECONSULT_KINDS=write cargo test --test all kinds -- --nocapture
After the mails of tune, the cues or the signs have changed, learn the weights anew first (and build again):
    CASECONSULT_KINDS=learn cargo test --test all kinds
What is told wrongly in the tune share:
    CASECONSULT_KINDS=misses cargo test --test all kinds -- --nocapture";

/// The shares that are scored.
const SHARES: [&str; 2] = ["tune", "unopened"];

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/kinds")
}

#[test]
fn kinds_are_told_apart_as_well_as_they_were() {
    let wish = env::var("CASECONSULT_KINDS").unwrap_or_default();
    assert!(
        matches!(wish.as_str(), "" | "learn" | "write" | "misses"),
        "CASECONSULT_KINDS is learn, write or misses, not {wish:?}"
    );
    if wish == "learn" {
        let mails = mails::share(&folder().join(SHARES[0])).unwrap_or_else(|error| panic!("{error}"));
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("core/src/draft/kind/weights.txt");
        fs::write(file, learn::weights(&mails)).unwrap();
        return;
    }
    let mut figures = Vec::new();
    // Whoever works on the cues looks at the tune share alone.
    let shares = if wish == "misses" { &SHARES[..1] } else { &SHARES[..] };
    for share in shares.iter().copied() {
        let mails = mails::share(&folder().join(share)).unwrap_or_else(|error| panic!("{error}"));
        let mut tally = Tally::default();
        // Without and with a coding question.
        let mut held = [0_u32; 2];
        for mail in &mails {
            let reading = mail.reading();
            let asked = kind::of_mail(&reading);
            let case = [Mail { received: mails::RECEIVED, reading: &reading, unread_attachments: &[] }];
            let is_coding = !mail.kinds.contains(&Kind::K0);
            held[usize::from(is_coding)] += u32::from(kind::Told::of(&case).nothing.is_some());
            let found: Vec<Kind> = asked.iter().map(|asked| asked.kind).collect();
            tally.count(&mail.kinds, &found);
            if wish == "misses" && found != mail.kinds {
                println!("{}", miss(mail, &asked));
            }
        }
        println!("\n{share}: {} mails\n{}", mails.len(), tally.table());
        let lacking = mails.iter().filter(|mail| !mail.lacks.is_empty()).count();
        println!("mails that lack a key fact: {lacking} (scored by core/tests/replies)");
        println!("held for a person: {} that ask nothing, {} that ask about coding", held[0], held[1]);
        figures.push((share, tally.figures()));
    }
    if wish == "misses" {
        return;
    }
    let file = folder().join("ratchet.toml");
    if wish == "write" {
        fs::write(&file, ratchet::written(&figures)).unwrap();
    }
    let held = fs::read_to_string(&file).map_err(|error| format!("ratchet.toml: {error}"));
    let held = held.and_then(|content| ratchet::read(&content)).unwrap_or_else(|error| panic!("{error}"));
    let worse = ratchet::worse(&held, &figures);
    assert!(worse.is_empty(), "kinds are told apart worse than they were:\n  {}\n{HOW}", worse.join("\n  "));
}

fn miss(mail: &Labelled, asked: &[kind::Asked]) -> String {
    let mut out = format!("{} is {:?}, told as", mail.name, mail.kinds);
    for one in asked {
        let reasons: Vec<String> =
            one.reasons.iter().map(|reason| format!("{} {:?}", reason.points, reason.words)).collect();
        out.push_str(&format!("\n    {}: {}", one.kind, reasons.join(", ")));
    }
    out
}

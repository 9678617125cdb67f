//! The checks of the fuzz targets on their seeds, whole and cut, without a fuzzer. See `fuzz/README.md`.
#![expect(clippy::unwrap_used, reason = "a seed that cannot be read should say so and fail the test")]

#[path = "../../fuzz/checks/mail.rs"]
mod mail;
#[path = "../../fuzz/checks/text.rs"]
mod text;

use std::{fs, path::Path};

/// Each seed of a folder, then all that is left of it when it ends earlier or begins later, and one byte at a time
/// turned into another.
fn each_seed(folder: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(folder);
    let mut seeds = 0;
    for file in fs::read_dir(&folder).unwrap() {
        let seed = fs::read(file.unwrap().path()).unwrap();
        seeds += 1;
        check(&seed);
        for at in (0..seed.len()).step_by(7) {
            check(&seed[..at]);
            check(&seed[at..]);
            let mut turned = seed.clone();
            turned[at] = turned[at].wrapping_add(97);
            check(&turned);
        }
    }
    assert!(seeds > 0, "no seed in {}", folder.display());
}

#[test]
fn what_holds_of_a_text_holds_of_the_seeds() {
    each_seed("text", text::check);
}

#[test]
fn what_holds_of_a_mail_holds_of_the_seeds() {
    each_seed("mail", mail::check);
}

//! Making the search index of the published code sets, and asking it the questions of `tests/search`, over all systems
//! and on one core. The files are those beside the repository; without them nothing is measured.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use caseconsult_core::search::rank::Asked;
use jiff::civil::date;

use crate::program::percentile;

#[path = "../../search/tests/questions/published.rs"]
mod published;

const ROUNDS: usize = 5;

pub(crate) fn measure() {
    let Some(making) = published::making() else {
        println!("search   not measured: the published files are not here");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let index = making.in_folder(folder.path()).unwrap();
    let made = began.elapsed();
    let bytes: u64 = fs::read_dir(folder.path()).unwrap().flatten().map(|file| file.metadata().unwrap().len()).sum();
    println!(
        "search   {} rows indexed in {:.1} s, {:.1} MiB on disk",
        index.len(),
        made.as_secs_f64(),
        f64::from(u32::try_from(bytes >> 10).unwrap()) / 1024.0
    );
    let questions = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/search");
    let questions: String =
        ["tune.txt", "unseen.txt"].map(|file| fs::read_to_string(questions.join(file)).unwrap()).concat();
    let asked = Asked { on: date(2026, 1, 15), system: None, billable: false };
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..ROUNDS {
        for line in questions.lines().filter(|line| !line.starts_with('#')) {
            let words = line.rsplit(" | ").next().unwrap_or("");
            let began = Instant::now();
            for part in index.read(words) {
                index.find(&part, asked, 10).unwrap();
            }
            times.push(began.elapsed());
        }
    }
    times.sort();
    println!(
        "search   {} questions over all systems: p50 {:.2} ms, p99 {:.2} ms",
        times.len(),
        percentile(&times, 0.5).as_secs_f64() * 1000.0,
        percentile(&times, 0.99).as_secs_f64() * 1000.0
    );
}

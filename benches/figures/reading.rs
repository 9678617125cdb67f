//! Reading on one core: ordinary mail, text dense with codes, and one mail of 30 KB from its bytes to its mentions.
//!
//! Beside it stands what one alternation of the same shapes takes in the same run, with ripgrep where it is installed
//! and with its engine otherwise. That finds every ZIP code too, and knows no modifier, no unit and no list.

use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

use caseconsult_core::{
    catalog,
    extract::{findings, mentions},
    mail::{message::Message, search_text::SearchText},
};

use crate::{mails::case_mail, program::percentile};

/// What a mail of an office says, line after line: about every thirtieth word is a number, as in letters.
const ORDINARY: [&str; 12] = [
    "Good morning everybody, thank you for the quick answer and for the plan that you sent around on Friday.",
    "We looked at it together and most of us think that the second half of the year is the better time for the move.",
    "The parcel left our warehouse on 03/04/2026 with 14 cartons, and the driver said that it should be with you soon.",
    "Please remember to switch off the lights in the hall, and lock the door behind you when you are the last to go.",
    "As agreed on the phone, the invoice 48213 is paid in two parts; the first of them went out yesterday evening.",
    "I would rather wait until the others are back from their holidays before we decide about the colour of the walls.",
    "Could somebody look after the plants while I am away? Water them twice, and do not forget the small one upstairs.",
    "The meeting on Tuesday starts at 10:30 and not earlier, because the room is taken by the choir until then.",
    "If anything is unclear, write to me or ask at the front desk, where somebody is always there to help you out.",
    "Best regards from all of us here, and have a restful weekend, whatever the weather will be like where you are.",
    "Marion Ellis, Example Supply Company, 1200 Industrial Parkway, Springfield, IL 62704, telephone 312-555-0199",
    "",
];

/// What coders write when they write nothing else.
const DENSE: [&str; 6] = [
    "CPT 99213-25, 20610-RT x2, J1885 x 4; dx E11.9, M17.11, I10.",
    "Denied: 45380-59 with 45385, 43239, 43248-51 and G0500. ICD-10: K63.5, D12.6, Z86.010, K21.9.",
    "64483-LT, 64484-LT x2, 77003-26, 99152, J3301 x 8, J1100 x4; M54.16, M51.26, M48.061.",
    "Rev 0450 99284-25, 0636 J2405 x4, 0300 36415, 80053, 85025, 83690; R11.2, K52.9, E86.0, N17.9.",
    "97110 GP x2, 97140 GP 59, 97530-GP-KX, 97112 GP; S83.241A, M25.561, Z47.89.",
    "90471, 90472 x2, 90686, 90715, 90651 and 99394-25 for Z00.129, Z23, L70.0.",
];

/// The shapes of all code systems, with modifiers.
const SHAPES: &str = r"(?-u)\b(?:[0-9]{5}(?:-[0-9A-Z]{2})*|[0-9]{4}[FTUMA]|[A-V][0-9]{4}(?:-[0-9A-Z]{2})*|[A-TV-Z][0-9][0-9AB](?:\.[0-9A-Z]{1,4})?|[0-9]{3}\.[0-9]{1,2}|[0-9A-HJ-NP-Z]{7}|[0-9]{4,5}-[0-9]{3,4}-[0-9]{1,2}|(?:DRG|rev code|Rev) [0-9]{3,4})\b";

const ROUNDS: usize = 7;

pub(crate) fn measure() {
    let shapes = regex::bytes::Regex::new(SHAPES).unwrap();
    for (name, lines, bytes) in [("ordinary mail", &ORDINARY[..], 16 << 20), ("dense with codes", &DENSE[..], 4 << 20)]
    {
        let mut text = String::with_capacity(bytes + 200);
        for line in lines.iter().cycle() {
            if text.len() >= bytes {
                break;
            }
            text.push_str(line);
            text.push('\n');
        }
        let search = SearchText::plain(text);
        let mut found = 0;
        let ours = fastest(|| found = findings(&search, catalog::starter()).mentions.len());
        let mut hits = 0;
        let theirs = fastest(|| hits = shapes.find_iter(search.text.as_bytes()).count());
        println!(
            "reading  {name}: {:.0} MB/s, {found} mentions; one alternation with the regex crate {:.0} MB/s, {hits} hits; {}",
            rate(search.text.len(), ours),
            rate(search.text.len(), theirs),
            ripgrep(&search.text),
        );
    }
    let raw = case_mail(7, 30 << 10);
    let mut times: Vec<Duration> = (0..200)
        .map(|_| {
            let began = Instant::now();
            let message = Message::read(&raw).unwrap();
            let found = mentions(&message.text, catalog::starter());
            assert!(!found.is_empty());
            began.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "reading  a mail of {} KB, bytes to mentions: p50 {:.2} ms, p99 {:.2} ms",
        raw.len() >> 10,
        percentile(&times, 0.5).as_secs_f64() * 1000.0,
        percentile(&times, 0.99).as_secs_f64() * 1000.0
    );
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let times = (0..ROUNDS).map(|_| {
        let began = Instant::now();
        work();
        began.elapsed()
    });
    times.min().unwrap()
}

fn rate(bytes: usize, time: Duration) -> f64 {
    f64::from(u32::try_from(bytes).unwrap()) / 1e6 / time.as_secs_f64()
}

/// What `rg` takes to count the same, its start included.
fn ripgrep(text: &str) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), text).unwrap();
    let mut ran = true;
    let time = fastest(|| {
        let status = Command::new("rg")
            .args(["--threads=1", "--count-matches", "--no-config", SHAPES])
            .arg(file.path())
            .output();
        ran &= status.is_ok_and(|output| output.status.success());
    });
    if ran { format!("rg {:.0} MB/s", rate(text.len(), time)) } else { "rg is not installed".to_owned() }
}

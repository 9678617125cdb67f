//! Drafting on one core, once everything is looked up: from the facts of a mail with five codes to the text of the draft, and
//! the guard over a reply of 10 KB with forty codes. The embedded catalogue; what tables add to a look-up is `catalogue`.

use std::time::{Duration, Instant};

use caseconsult_core::{
    catalog::{self, answer::Desk},
    domain::{address::EmailAddress, code::CodeSystem, ids::CaseId, tag::CaseTag},
    draft::{
        Brief, Facts, Mail, Templates, ValidRules, compose, facts,
        guard::{self, GuardInput},
    },
    extract::Reading,
    mail::search_text::SearchText,
};
use jiff::civil::{Date, date};

use crate::program::percentile;

const ROUNDS: usize = 400;
const RECEIVED: Date = date(2026, 11, 20);

/// A question with five codes, as a mail has it.
const FIVE: &str = "Medicare, office, DOS 11/12/2026: can we bill 99213-25 with 20610-RT and J1885 x 2 for M17.11 and E11.9? \
                    The doctor injected the right knee at the same visit.";
/// Codes of the embedded catalogue, each of which a reply names in its table and once more.
const FORTY: usize = 40;
const REPLY_BYTES: usize = 10 << 10;

pub(crate) fn measure() {
    let templates = Templates::embedded().unwrap();
    let (tag, desk) = (CaseTag::of(CaseId::new(uuid::Uuid::from_u128(7))), Desk::default());
    let drafted = |text: &str| -> (Facts, Vec<Duration>) {
        let reading = Reading::of(&SearchText::plain(text), catalog::starter(), Some(RECEIVED));
        let mails = [Mail { received: RECEIVED, reading: &reading, unread_attachments: &[] }];
        let brief = Brief {
            tag: &tag,
            mails: &mails,
            kinds: &caseconsult_core::draft::kind::Told::of(&mails).kinds,
            shelf: catalog::starter(),
            accepted: &[],
            desk: &desk,
            house: ValidRules::none(),
        };
        let made = facts(&brief);
        let times = (0..ROUNDS).map(|_| {
            let began = Instant::now();
            assert!(!compose(&templates, &facts(&brief)).unwrap().is_empty());
            began.elapsed()
        });
        let times = times.collect();
        (made, times)
    };
    let (five, mut times) = drafted(FIVE);
    assert!(five.lines.iter().filter(|line| line.system != CodeSystem::Modifier).count() >= 5);
    print("a mail with 5 codes, what was looked up to text", &mut times);

    let codes: Vec<String> = [CodeSystem::Cpt, CodeSystem::Icd10Cm]
        .into_iter()
        .flat_map(|system| catalog::starter().of_system(system))
        .filter(|entry| entry.billable && entry.valid.holds(RECEIVED))
        .map(|entry| entry.code.to_string())
        .take(FORTY)
        .collect();
    assert_eq!(codes.len(), FORTY);
    let (many, _) = drafted(&format!("Medicare, office, DOS 11/12/2026: are these right? {}", codes.join(", ")));
    let mut reply = compose(&templates, &many).unwrap();
    let mut nth = 0;
    while reply.len() < REPLY_BYTES {
        let code = &codes[nth % FORTY];
        reply.push_str(&format!("\n- {code} is in force on the date of service, and the record has to support it.\n"));
        nth += 1;
    }
    let asker = EmailAddress::parse("asker@practice.example").unwrap();
    let about = GuardInput::of_draft(&many, catalog::starter(), &desk, &asker);
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            std::hint::black_box(guard::check(&reply, &about));
            began.elapsed()
        })
        .collect();
    print(&format!("the guard over a reply of {} KB with {FORTY} codes", reply.len() >> 10), &mut times);
}

fn print(what: &str, times: &mut [Duration]) {
    times.sort();
    let milliseconds = |share: f64| percentile(times, share).as_secs_f64() * 1000.0;
    println!("drafting {what}: p50 {:.2} ms, p95 {:.2} ms", milliseconds(0.5), milliseconds(0.95));
}

//! Two nodes on one PostgreSQL, one of them killed in the middle.

use std::{collections::HashSet, time::Duration};

use super::site::{Backend, Site, mail};
use crate::support::dovecot::{ASKER, OURS};

const MAILS: usize = 60;

#[test]
fn one_of_two_nodes_is_killed_and_nothing_is_lost_or_doubled() {
    let Some(site) = Site::new(Backend::Postgres) else { return };
    let mut first = site.start(&["serve"]);
    let mut second = site.start(&["serve"]);
    first.url();
    second.url();
    for number in 0..MAILS {
        site.dovecot.put(OURS, &mail(ASKER, number));
        if number == MAILS / 2 {
            std::thread::sleep(Duration::from_millis(300));
        }
    }
    // Somewhere in the middle of the work.
    while site.cases().len() < MAILS / 4 {
        std::thread::sleep(Duration::from_millis(50));
    }
    first.kill();
    let cases = site.wait_for(MAILS, &["drafted"]);

    let tags: HashSet<_> = cases.iter().map(|case| case["tag"].as_str().unwrap()).collect();
    assert_eq!(tags.len(), MAILS);
    for tag in &tags {
        let case = site.show(tag);
        let drafted = case["history"].as_array().unwrap().iter().filter(|event| event["what"] == "drafted").count();
        assert_eq!((case["mails"].as_u64(), drafted), (Some(1), 1), "{case:#}");
    }

    // And on the way out: all approved, sent by whoever is alive, each once.
    let third = site.start(&["work"]);
    for tag in tags.iter().take(10) {
        site.succeed(&site.approval(tag));
    }
    third.kill();
    let sent_or_doubtful =
        |case: &serde_json::Value| matches!(case["state"].as_str(), Some("sent" | "uncertain" | "drafted"));
    let began = std::time::Instant::now();
    while !site.cases().iter().all(sent_or_doubtful) {
        assert!(began.elapsed() < Duration::from_secs(60), "{:#?}", site.cases());
        std::thread::sleep(Duration::from_millis(100));
    }
    site.settle();
    let states: Vec<_> = site.cases().iter().map(|case| case["state"].as_str().unwrap().to_owned()).collect();
    let sent = states.iter().filter(|state| *state == "sent").count() as u64;
    let doubtful = states.iter().filter(|state| *state == "uncertain").count() as u64;
    assert_eq!(sent + doubtful, 10);
    let arrived = site.dovecot.count(ASKER, "INBOX");
    assert!((sent..=sent + doubtful).contains(&arrived), "{sent} sent, {doubtful} in doubt, {arrived} arrived");
    second.stop();
}

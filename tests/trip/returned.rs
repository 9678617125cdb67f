//! The server takes a reply and cannot deliver it: its report brings the case before a person, and nothing is sent again.

use std::time::{Duration, Instant};

use super::site::{Backend, Site, mail};
use crate::support::dovecot::OURS;

const GONE: &str = "returned@example.test";

fn comes_back(backend: Backend) {
    let Some(site) = Site::new(backend) else { return };
    site.dovecot.put(OURS, &mail(GONE, 7));
    site.take_in();
    site.work();
    let tag = site.wait_for(1, &["drafted"])[0]["tag"].as_str().unwrap().to_owned();
    site.succeed(&site.approval(&tag));
    site.work();
    assert_eq!(site.show(&tag)["state"], "sent", "the server took it");

    let began = Instant::now();
    while site.dovecot.count(OURS, "INBOX") < 2 {
        assert!(began.elapsed() < Duration::from_secs(30), "no report came");
        std::thread::sleep(Duration::from_millis(100));
    }
    site.take_in();
    site.work();
    let states: Vec<String> = site.cases().iter().map(|case| case["state"].as_str().unwrap().to_owned()).collect();
    assert_eq!(states, ["undeliverable", "ignored"], "the case, and the report");
    let case = site.show(&tag);
    let history = case["history"].as_array().unwrap();
    let times = |what: &str| history.iter().filter(|event| event["what"] == what).count();
    assert_eq!((times("bounced"), times("sending_started")), (1, 1), "{case:#}");
    site.settle();
    assert_eq!(site.dovecot.count(OURS, "INBOX"), 2, "nothing went out again");
}

#[test]
fn a_reply_that_comes_back_waits_for_a_person_on_sqlite() {
    comes_back(Backend::Sqlite);
}

#[test]
fn a_reply_that_comes_back_waits_for_a_person_on_postgres() {
    comes_back(Backend::Postgres);
}

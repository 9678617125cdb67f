//! SIGKILL before and after every commit on the way. After a restart the end is the same as without the kill: each
//! mail is one case, each approval at most one mail on the server, and what is in doubt says so.

use super::site::{Backend, Site, mail};
use crate::support::dovecot::{ASKER, OURS};

const MAILS: usize = 3;

/// On the way in and through the machine's steps: killed there, everything is simply done again.
const BEFORE_REVIEW: [(&str, &[&str]); 8] = [
    ("intake.fetched", &["poll", "--once"]),
    ("intake.before_commit", &["poll", "--once"]),
    ("intake.after_commit", &["poll", "--once"]),
    ("intake.after_mark", &["poll", "--once"]),
    ("extract.before_commit", &["work", "--until-idle"]),
    ("extract.after_commit", &["work", "--until-idle"]),
    ("draft.before_commit", &["work", "--until-idle"]),
    ("draft.after_commit", &["work", "--until-idle"]),
];

/// On the way out: the state of the killed case afterwards, and how many mails its asker has.
const SENDING: [(&str, &str, u64); 6] = [
    ("deliver.before_sending", "sent", 1),
    ("deliver.after_sending", "uncertain", 0),
    ("deliver.after_data", "uncertain", 1),
    ("deliver.after_sent", "sent", 1),
    ("deliver.before_copy", "sent", 1),
    ("deliver.after_copy", "sent", 1),
];

fn every_point_before_review(backend: Backend) {
    for (point, command) in BEFORE_REVIEW {
        let Some(site) = Site::that_only_reads(backend) else { return };
        for number in 0..MAILS {
            site.dovecot.put(OURS, &mail(ASKER, number));
        }
        if command[0] == "work" {
            site.take_in();
        }
        assert!(site.killed_at(command, point), "{command:?} did not pass {point}");
        site.take_in();
        site.work();

        let cases = site.cases();
        assert_eq!(cases.len(), MAILS, "{point}: each mail is one case");
        for case in &cases {
            let case = site.show(case["tag"].as_str().unwrap());
            assert_eq!(case["state"], "drafted", "{point}");
            assert_eq!(case["mails"], 1, "{point}");
            let history: Vec<_> =
                case["history"].as_array().unwrap().iter().map(|event| event["what"].as_str().unwrap()).collect();
            for what in ["received", "extracted", "drafted"] {
                assert_eq!(
                    history.iter().filter(|event| **event == what).count(),
                    1,
                    "{point}: {what} once in {history:?}"
                );
            }
        }
        assert_eq!(site.dovecot.search(OURS, "INBOX", "SEEN"), MAILS, "{point}: every mail is marked");
    }
}

fn every_point_of_sending(backend: Backend) {
    for (point, state, mails) in SENDING {
        let Some((site, tag)) = Site::with_a_draft(backend) else { return };
        site.succeed(&site.approval(&tag));

        assert!(site.killed_at(&["work", "--until-idle"], point), "did not pass {point}");
        site.work();
        site.settle();

        let case = site.show(&tag);
        assert_eq!(case["state"], state, "{point}: {case:#}");
        assert_eq!(site.dovecot.count(ASKER, "INBOX"), mails, "{point}: mails that the asker has");
        let copies = if state == "sent" { 1 } else { 0 };
        assert_eq!(site.dovecot.count(OURS, "Sent"), copies, "{point}: copies in Sent");
    }
}

fn approving(backend: Backend) {
    for (point, approved) in [("approve.before_commit", false), ("approve.after_commit", true)] {
        let Some((site, tag)) = Site::with_a_draft(backend) else { return };
        let approval = site.approval(&tag);
        assert!(site.killed_at(&approval, point), "did not pass {point}");
        let state = site.show(&tag)["state"].as_str().unwrap().to_owned();
        assert_eq!(state, if approved { "approved" } else { "in_review" }, "{point}");
        if !approved {
            site.succeed(&approval);
        }
        site.work();
        site.settle();
        assert_eq!(site.show(&tag)["state"], "sent", "{point}");
        assert_eq!(site.dovecot.count(ASKER, "INBOX"), 1, "{point}");
    }
}

/// A mail that is too large for memory travels in a file.
#[test]
fn killed_with_a_large_mail_no_file_stays_behind() {
    let Some(site) = Site::that_only_reads(Backend::Sqlite) else { return };
    let mut large = mail(ASKER, 0);
    large.extend(b"The operative note goes on, line by line.\r\n".iter().cycle().take(1_300_000));
    site.dovecot.put(OURS, &large);
    assert!(site.killed_at(&["poll", "--once"], "intake.before_commit"));
    assert_eq!(site.temporary_files(), [""; 0]);
    site.take_in();
    assert_eq!(site.cases().len(), 1);
    assert_eq!(site.temporary_files(), [""; 0]);
}

#[test]
fn killed_before_review_on_sqlite() {
    every_point_before_review(Backend::Sqlite);
}

#[test]
fn killed_before_review_on_postgres() {
    every_point_before_review(Backend::Postgres);
}

#[test]
fn killed_while_approving_on_sqlite() {
    approving(Backend::Sqlite);
}

#[test]
fn killed_while_approving_on_postgres() {
    approving(Backend::Postgres);
}

#[test]
fn killed_while_sending_on_sqlite() {
    every_point_of_sending(Backend::Sqlite);
}

#[test]
fn killed_while_sending_on_postgres() {
    every_point_of_sending(Backend::Postgres);
}

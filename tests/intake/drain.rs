//! A real mailbox, taken to the last mail.

use std::collections::BTreeMap;

use caseconsult_core::domain::digest::Digest;
use caseconsult_store::raw;
use caseconsult_workers::{
    context::Context,
    imap::{self, mailbox::MailboxName},
    poller::{self, Summary},
    settings::ImapSettings,
};

use super::given::{self, ledger, long_question, question};
use crate::support::dovecot::{Dovecot, OURS};

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_mails_are_three_hundred_cases_on_either_database() {
    let Some(server) = Dovecot::start() else { return };
    (1..=300).for_each(|number| server.put(OURS, &question(number)));
    let (on_sqlite, _folder) = given::context().await;
    take_three_hundred(&server, &on_sqlite).await;
    if let Some(on_postgres) = given::postgres_context().await {
        take_three_hundred(&server, &on_postgres).await;
    }
}

async fn take_three_hundred(server: &Dovecot, context: &Context) {
    let settings = given::imaps(server);
    let summary = poller::once(context, &settings).await.unwrap();
    assert_eq!(summary, Summary { cases: 300, ..Summary::default() });
    assert_eq!(ledger(context, &settings).await, BTreeMap::from([("case", server.count(OURS, "INBOX"))]));
    assert_eq!(given::cases(context).await, BTreeMap::from([("received".to_owned(), 300)]));
    assert_eq!(server.search(OURS, "INBOX", "SEEN"), 300, "taken mails are marked");
    assert_eq!(poller::once(context, &settings).await.unwrap(), Summary::default(), "and are taken once");
}

#[tokio::test]
async fn a_large_mail_comes_in_parts_and_is_stored_byte_for_byte() {
    let Some(server) = Dovecot::start() else { return };
    let (context, _folder) = given::context().await;
    // Exactly one part, one byte more, and several parts.
    let mails = [1 << 20, (1 << 20) + 1, 3_000_000].map(|bytes| {
        let mut mail = long_question(1, bytes);
        mail.resize(bytes, b'x');
        mail
    });
    for mail in &mails {
        server.put(OURS, mail);
    }
    let settings = given::imaps(&server);
    assert_eq!(poller::once(&context, &settings).await.unwrap().taken(), 3);
    for mail in &mails {
        let kept = raw::read(&context.db, &Digest::of(mail), u64::MAX).await.unwrap().expect("its bytes are kept");
        assert!(kept.complete && kept.bytes == *mail, "{} bytes of {}", kept.bytes.len(), mail.len());
    }
}

#[tokio::test]
async fn of_a_mail_over_the_limit_the_head_is_kept_and_a_person_sees_it() {
    let Some(server) = Dovecot::start() else { return };
    let (mut context, _folder) = given::context().await;
    context.max_mail_bytes = 200_000;
    let (large, small) = (long_question(1, 300_000), question(2));
    server.put(OURS, &large);
    server.put(OURS, &small);
    let settings = given::imaps(&server);
    assert_eq!(poller::once(&context, &settings).await.unwrap().cases, 2);
    let states = given::cases(&context).await;
    assert_eq!(states, BTreeMap::from([("held".to_owned(), 1), ("received".to_owned(), 1)]));
    let header = question(1).windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    let head = &large[..header + (64 << 10)];
    let kept = raw::read(&context.db, &Digest::of(head), u64::MAX).await.unwrap().expect("its head is kept");
    assert_eq!((kept.size, kept.complete), (large.len() as u64, false));
}

#[tokio::test]
async fn taken_mails_are_moved_into_a_mailbox_that_is_made_when_it_is_missing() {
    let Some(server) = Dovecot::start() else { return };
    let (context, _folder) = given::context().await;
    for (round, done) in ["Done", "Erledigte Fälle & Co"].into_iter().enumerate() {
        (0..3).for_each(|number| server.put(OURS, &question(round as u32 * 10 + number)));
        let settings = ImapSettings { done_mailbox: Some(done.to_owned()), ..given::imaps(&server) };
        assert_eq!(poller::once(&context, &settings).await.unwrap().cases, 3);
        assert_eq!((server.count(OURS, "INBOX"), server.count(OURS, done)), (0, 3));
    }
}

#[tokio::test]
async fn a_new_uidvalidity_makes_no_second_cases() {
    let Some(server) = Dovecot::start() else { return };
    let (context, _folder) = given::context().await;
    (1..=20).for_each(|number| server.put(OURS, &question(number)));
    let settings = given::imaps(&server);
    assert_eq!(poller::once(&context, &settings).await.unwrap().cases, 20);
    server.doveadm(&["mailbox", "update", "-u", OURS, "--uid-validity", "4242", "INBOX"]);
    server.put(OURS, &question(21));
    let summary = poller::once(&context, &settings).await.unwrap();
    assert_eq!(summary, Summary { adopted: 20, cases: 1, ..Summary::default() });
    assert_eq!(given::cases(&context).await, BTreeMap::from([("received".to_owned(), 21)]));
    assert_eq!(poller::once(&context, &settings).await.unwrap(), Summary::default());
}

#[tokio::test]
async fn a_mail_that_is_expunged_under_us_brings_nothing_and_no_error() {
    let Some(server) = Dovecot::start() else { return };
    (1..=3).for_each(|number| server.put(OURS, &question(number)));
    let mut session = imap::connect(&given::imaps(&server)).await.unwrap();
    session.select(&MailboxName::new("INBOX").unwrap()).await.unwrap();
    let uids: Vec<u32> = session.uids_from(1).await.unwrap().into_iter().collect();
    server.doveadm(&["expunge", "-u", OURS, "mailbox", "INBOX", "uid", "2"]);
    let mut bodies = BTreeMap::new();
    session.bodies(&uids, &mut bodies).await.unwrap();
    assert_eq!(bodies.keys().copied().collect::<Vec<_>>(), [1, 3]);
    assert_eq!(session.part(2, 0, 100).await.unwrap(), None);
}

#[tokio::test]
async fn a_sent_copy_is_appended_once() {
    let Some(server) = Dovecot::start() else { return };
    let mut session = imap::connect(&given::imaps(&server)).await.unwrap();
    let sent = session.sent_mailbox().await.unwrap().expect("the server names its mailbox for sent mails");
    for expected in [imap::append::Copied::Appended, imap::append::Copied::AlreadyThere] {
        let copied = session.copy_once(&sent, "<question-1@example.test>", &question(1)).await.unwrap();
        assert_eq!(copied, expected);
    }
    assert_eq!(server.search(OURS, "Sent", "SEEN"), 1);
    let missing = MailboxName::new("No such mailbox").unwrap();
    let error = session.append(&missing, &question(2)).await.unwrap_err();
    assert!(error.to_string().contains("TRYCREATE") || error.to_string().contains("exist"), "{error}");
    assert!(!session.noop().await.unwrap(), "the session is fine after a refusal");
}

//! The copy of a sent reply in our Sent mailbox, on a real Dovecot: made once, also when the process died after
//! making it, and never at the reply's expense.

use std::time::Duration;

use caseconsult_core::domain::{case::CaseState, instant::Instant};
use caseconsult_store::{Clock, Db, cases::Case, replies};
use caseconsult_workers::{
    context::Context,
    fleet::Fleet,
    sent_copy::SentCopies,
    settings::{ImapSettings, SignIn, Transport},
};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use super::{
    letter::plain,
    outbox::{ANSWER, approved, state},
};
use crate::{
    queue::script,
    store::given,
    support::{
        dovecot::{Dovecot, OURS, PASSWORD},
        smtp_script::SmtpScript,
    },
};

fn account(dovecot: &Dovecot, password: &str) -> ImapSettings {
    ImapSettings {
        port: dovecot.imaps_port,
        ca_file: Some(dovecot.certs.ca.clone()),
        sent_mailbox: Some("Sent".to_owned()),
        connect_timeout: Duration::from_secs(10),
        answer_timeout: Duration::from_secs(10),
        ..ImapSettings::new("localhost", OURS, SignIn::Password(SecretString::from(password)))
    }
}

fn context(db: &Db, now: Instant) -> Context {
    Context { clock: Clock::fixed(now), ..script::context(db, &format!("node-{now}")) }
}

/// Sends one reply, with copies to this account.
async fn sent(db: &Db, server: &SmtpScript, copies_to: ImapSettings) -> Case {
    let case = approved(db, ANSWER).await;
    let fleet = Fleet {
        context: context(db, given::NOON),
        work: script::quick(),
        transport: Transport::Smtp(plain(server.port, SignIn::Nobody)),
        copies_to: Some(copies_to),
        writer: None,
    };
    fleet.until_idle(CancellationToken::new()).await.unwrap();
    assert!(matches!(state(db, case.id).await, CaseState::Sent { .. }));
    case
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_the_sent_bytes_is_made_once() {
    let Some(dovecot) = Dovecot::start() else { return };
    let (db, _folder) = given::sqlite().await;
    let server = SmtpScript::start(Vec::new()).await;
    let case = sent(&db, &server, account(&dovecot, PASSWORD)).await;
    let reply = replies::get(&db, case.state.reply().unwrap()).await.unwrap();
    assert_eq!(dovecot.count(OURS, "Sent"), 1);
    assert_eq!(dovecot.search(OURS, "Sent", "SEEN"), 1);
    let kept = String::from_utf8(dovecot.mails(OURS, "Sent").remove(0)).unwrap().replace("\r\n", "\n");
    assert_eq!(kept, String::from_utf8(reply.bytes.clone()).unwrap().replace("\r\n", "\n"));
    assert!(replies::copies_due(&db, 9).await.unwrap().is_empty());

    // A process that died between the copy and its note finds the copy again.
    replies::copy_ended(&db, reply.id, "pending").await.unwrap();
    let copies = SentCopies::new(&account(&dovecot, PASSWORD)).unwrap().unwrap();
    assert_eq!(copies.round(&context(&db, given::NOON)).await, Ok(1));
    assert_eq!(dovecot.count(OURS, "Sent"), 1);
    assert!(replies::copies_due(&db, 9).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_that_cannot_be_made_is_given_up_after_a_day_and_the_reply_stays_sent() {
    let Some(dovecot) = Dovecot::start() else { return };
    let (db, _folder) = given::sqlite().await;
    let server = SmtpScript::start(Vec::new()).await;
    let wrong = account(&dovecot, "wrong");
    let case = sent(&db, &server, wrong.clone()).await;
    let copies = SentCopies::new(&wrong).unwrap().unwrap();
    let day = Duration::from_secs(24 * 3600);
    for (later, due) in [(day / 2, 1), (day + given::MINUTE, 0)] {
        assert!(copies.round(&context(&db, given::NOON.plus(later))).await.is_err());
        assert_eq!(replies::copies_due(&db, 9).await.unwrap().len(), due, "after {later:?}");
    }
    assert!(matches!(state(&db, case.id).await, CaseState::Sent { .. }));
    assert_eq!((dovecot.count(OURS, "Sent"), server.taken().len()), (0, 1));
}

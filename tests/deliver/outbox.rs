//! From an approval to the state in which every fault must leave it, on both databases, with the real worker.

use std::{path::Path, time::Duration};

use caseconsult_core::{
    domain::{case::CaseState, ids::CaseId, ids::ReplyId, instant::Instant},
    mail::token::ThreadKey,
    precedent::Terms,
};
use caseconsult_store::{
    Clock, Db,
    cases::{self, Case},
    replies::{self, NewReply},
};
use caseconsult_workers::{
    context::Context,
    fleet::Fleet,
    settings::{SignIn, SmtpSettings, Transport, WorkSettings},
};
use tokio_util::sync::CancellationToken;

use super::letter::plain;
use crate::{
    queue::script,
    store::{
        given::{self, address, claimed, reviewer},
        on_both,
    },
    support::smtp_script::{At, Do, SmtpScript},
};

on_both!(
    each_fault_ends_in_its_state,
    one_approval_is_one_mail,
    a_reply_that_was_put_off_goes_later,
    trouble_with_the_sign_in_stops_all_replies_for_a_while,
    a_try_whose_process_died_is_uncertain_and_never_repeated,
    a_reply_that_is_not_what_was_approved_stays_here,
    a_text_that_the_guard_stops_stays_here,
    a_folder_takes_each_reply_once,
);

pub(super) const ANSWER: &str =
    "Thank you for your question.\n\nNo code is needed for a visit that did not take place.\n";

/// A case whose reply with this text waits to be sent; approved at noon.
pub(super) async fn approved(db: &Db, text: &str) -> Case {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1);
    let name = format!("reviewer-{}", NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    let by = reviewer(db, &name).await;
    let case = claimed(db, by).await;
    let clock = given::noon();
    let id = ReplyId::new(clock.id());
    let header_id = ThreadKey::new(b"a secret of the tests").header_id(id, "example.test");
    let reply = NewReply {
        id,
        bytes: format!("Message-ID: {header_id}\r\nSubject: Re: a question\r\n\r\n{}", text.replace('\n', "\r\n"))
            .into_bytes(),
        header_id,
        sender: address("coder@example.test"),
        recipient: case.asker.clone().unwrap(),
        body: text.to_owned(),
        overrides: "[]".to_owned(),
        terms: Terms::default(),
    };
    replies::approve(db, &clock, &case, by, &reply).await.unwrap()
}

/// The process at this moment.
fn context(db: &Db, now: Instant) -> Context {
    Context { clock: Clock::fixed(now), ..script::context(db, &format!("node-{now}")) }
}

/// Works until nothing is owed at `now`.
async fn work(db: &Db, now: Instant, transport: Transport) {
    let work = WorkSettings { lease: Duration::from_secs(60), ..WorkSettings::default() };
    let fleet = Fleet { context: context(db, now), work, transport, copies_to: None, writer: None };
    let done = tokio::time::timeout(Duration::from_secs(60), fleet.until_idle(CancellationToken::new())).await;
    done.expect("the workers did not come to rest").unwrap();
}

fn smtp(server: &SmtpScript) -> Transport {
    Transport::Smtp(plain(server.port, SignIn::Nobody))
}

pub(super) async fn state(db: &Db, case: CaseId) -> CaseState {
    cases::get(db, case).await.unwrap().state
}

/// The outcomes of a reply's tries.
async fn outcomes(db: &Db, case: &Case) -> Vec<Option<String>> {
    let reply = case.state.reply().unwrap();
    replies::attempts(db, reply).await.unwrap().into_iter().map(|attempt| attempt.outcome).collect()
}

async fn each_fault_ends_in_its_state(db: Db) {
    let table = [
        (At::Greeting, Do::Close, "approved"),
        (At::Ehlo, Do::Say("421 4.3.2 busy"), "approved"),
        (At::MailFrom, Do::Silence, "approved"),
        (At::RcptTo, Do::Say("450 4.2.0 later"), "approved"),
        (At::RcptTo, Do::Say("550 5.1.1 no such user"), "undeliverable"),
        (At::Data, Do::Close, "approved"),
        (At::Dot, Do::Say("451 4.3.0 later"), "approved"),
        (At::Dot, Do::Say("554 5.7.1 never"), "undeliverable"),
        (At::Dot, Do::Silence, "uncertain"),
        (At::Dot, Do::Close, "uncertain"),
        (At::Dot, Do::TakeAndClose, "uncertain"),
        (At::Dot, Do::Say("250 2.0.0 queued"), "sent"),
    ];
    let server = SmtpScript::start(Vec::new()).await;
    for (at, what, ends) in table {
        server.set(vec![(at, what)]);
        let case = approved(&db, ANSWER).await;
        work(&db, given::NOON, smtp(&server)).await;
        let after = cases::get(&db, case.id).await.unwrap();
        assert_eq!(after.state.name(), ends, "{at:?} {what:?}");
        assert_eq!(after.next_try_at.is_some(), ends == "approved", "{at:?} {what:?}");
        let attempts = replies::attempts(&db, case.state.reply().unwrap()).await.unwrap();
        assert_eq!(attempts.len(), 1, "{at:?} {what:?}");
        assert!(attempts[0].ended_at.is_some() && attempts[0].reply_text.as_ref().is_some_and(|text| !text.is_empty()));
    }
    assert_eq!(server.taken().len(), 2, "the one that was sent, and the one whose answer was lost");
}

async fn one_approval_is_one_mail(db: Db) {
    let server = SmtpScript::start(Vec::new()).await;
    let mut cases = Vec::new();
    for _ in 0..5 {
        cases.push(approved(&db, ANSWER).await);
    }
    work(&db, given::NOON, smtp(&server)).await;
    work(&db, given::NOON.plus(given::MINUTE), smtp(&server)).await;
    let mut taken = server.taken();
    taken.sort();
    let mut wanted = Vec::new();
    for case in &cases {
        assert!(matches!(state(&db, case.id).await, CaseState::Sent { .. }));
        wanted.push(replies::get(&db, case.state.reply().unwrap()).await.unwrap().bytes);
    }
    wanted.sort();
    assert_eq!(taken, wanted);
}

async fn a_reply_that_was_put_off_goes_later(db: Db) {
    let server = SmtpScript::start(vec![(At::RcptTo, Do::Say("450 4.2.0 later"))]).await;
    let case = approved(&db, ANSWER).await;
    let mut now = given::NOON;
    for minutes in [1, 5, 15, 60, 60, 60] {
        work(&db, now, smtp(&server)).await;
        let next = cases::get(&db, case.id).await.unwrap().next_try_at.unwrap();
        assert_eq!(next.since(now), given::MINUTE * minutes);
        let tries = outcomes(&db, &case).await.len();
        work(&db, next.minus(given::SECOND * 5), smtp(&server)).await;
        assert_eq!(outcomes(&db, &case).await.len(), tries, "before its time");
        now = next;
    }
    server.set(Vec::new());
    work(&db, now, smtp(&server)).await;
    assert!(matches!(state(&db, case.id).await, CaseState::Sent { .. }));
    assert_eq!(server.taken().len(), 1);

    // A server that puts a reply off for more than three days does not want it.
    server.set(vec![(At::RcptTo, Do::Say("450 4.2.0 later"))]);
    let case = approved(&db, ANSWER).await;
    work(&db, given::NOON.plus(given::MINUTE * 60 * 24 * 3 + given::SECOND), smtp(&server)).await;
    assert!(matches!(state(&db, case.id).await, CaseState::Undeliverable { .. }));
}

async fn trouble_with_the_sign_in_stops_all_replies_for_a_while(db: Db) {
    let server = SmtpScript::start(vec![(At::MailFrom, Do::Say("530 5.7.0 sign in first"))]).await;
    let mut waiting = Vec::new();
    for _ in 0..4 {
        waiting.push(approved(&db, ANSWER).await);
    }
    let settings = WorkSettings { concurrency: 1, ..WorkSettings::default() };
    let fleet = |now| Fleet {
        context: context(&db, now),
        work: settings.clone(),
        transport: smtp(&server),
        copies_to: None,
        writer: None,
    };
    fleet(given::NOON).until_idle(CancellationToken::new()).await.unwrap();
    assert_eq!(server.connections(), 1, "after the first refusal nobody asks again");
    for case in &waiting {
        let case = cases::get(&db, case.id).await.unwrap();
        assert_eq!(case.state.name(), "approved");
        assert_eq!(case.next_try_at, Some(given::NOON.plus(given::MINUTE * 5)));
    }
    server.set(Vec::new());
    fleet(given::NOON.plus(given::MINUTE * 5)).until_idle(CancellationToken::new()).await.unwrap();
    assert_eq!(server.taken().len(), 4);
}

async fn a_try_whose_process_died_is_uncertain_and_never_repeated(db: Db) {
    let case = approved(&db, ANSWER).await;
    let leased = given::leased(&db, case.id, caseconsult_core::domain::case::Step::Deliver).await;
    let (sending, _) = replies::start_sending(&db, &given::noon(), &leased).await.unwrap();
    assert!(matches!(sending.state, CaseState::Sending { .. }));
    // The process is dead; its lease of a minute has ended.
    let server = SmtpScript::start(Vec::new()).await;
    let later = given::NOON.plus(given::MINUTE * 2);
    work(&db, later, smtp(&server)).await;
    assert!(matches!(state(&db, case.id).await, CaseState::Uncertain { .. }));
    work(&db, later.plus(given::MINUTE * 60), smtp(&server)).await;
    assert_eq!((server.connections(), server.taken().len()), (0, 0));
    assert_eq!(outcomes(&db, &case).await, [Some("uncertain".to_owned())]);
}

async fn a_reply_that_is_not_what_was_approved_stays_here(db: Db) {
    let case = approved(&db, ANSWER).await;
    let reply = case.state.reply().unwrap().to_string();
    let spoil = "UPDATE replies SET bytes = $2 WHERE id = $1";
    let spoiled = match &db {
        Db::Sqlite { write, .. } => {
            sqlx::query(spoil).bind(reply).bind(&b"other"[..]).execute(write).await.unwrap().rows_affected()
        }
        Db::Postgres { pool, .. } => {
            sqlx::query(spoil).bind(reply).bind(&b"other"[..]).execute(pool).await.unwrap().rows_affected()
        }
    };
    assert_eq!(spoiled, 1);
    let server = SmtpScript::start(Vec::new()).await;
    work(&db, given::NOON, smtp(&server)).await;
    let after = cases::get(&db, case.id).await.unwrap();
    assert!(matches!(after.state, CaseState::Undeliverable { .. }));
    assert!(after.last_cause.unwrap().as_str().contains("SHA-256"));
    assert_eq!(server.connections(), 0);
}

async fn a_text_that_the_guard_stops_stays_here(db: Db) {
    let case = approved(&db, "Use 20610 and you will certainly be paid. SSN 123-45-6789.\n").await;
    let server = SmtpScript::start(Vec::new()).await;
    work(&db, given::NOON, smtp(&server)).await;
    let after = cases::get(&db, case.id).await.unwrap();
    assert!(matches!(after.state, CaseState::Undeliverable { .. }), "{:?}", after.state);
    let cause = after.last_cause.unwrap();
    assert!(cause.as_str().starts_with("the guard stopped the approved text"), "{cause}");
    assert!(!cause.as_str().contains("123"), "{cause}");
    assert_eq!(server.connections(), 0);
}

async fn a_folder_takes_each_reply_once(db: Db) {
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox");
    let case = approved(&db, ANSWER).await;
    work(&db, given::NOON, Transport::Folder(outbox.clone())).await;
    assert!(matches!(state(&db, case.id).await, CaseState::Sent { .. }));
    let reply = replies::get(&db, case.state.reply().unwrap()).await.unwrap();
    let file = outbox.join(format!("{}.eml", reply.id));
    assert_eq!(std::fs::read(&file).unwrap(), reply.bytes);
    assert_eq!(files(&outbox), 1, "no unfinished file is left");

    // A folder that cannot be written puts the reply off, and loses nothing.
    let blocked = folder.path().join("blocked");
    std::fs::write(&blocked, "a file in the place of the folder").unwrap();
    let case = approved(&db, ANSWER).await;
    work(&db, given::NOON, Transport::Folder(blocked)).await;
    let after = cases::get(&db, case.id).await.unwrap();
    assert_eq!((after.state.name(), after.next_try_at), ("approved", Some(given::NOON.plus(given::MINUTE))));
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[tokio::test]
async fn a_slow_server_keeps_its_lease() {
    let (db, _folder) = given::sqlite().await;
    let server = SmtpScript::start(vec![(At::Dot, Do::Silence)]).await;
    let case = approved(&db, ANSWER).await;
    let settings = SmtpSettings { dot_timeout: Duration::from_secs(4), ..plain(server.port, SignIn::Nobody) };
    // Leases of a second, looked after by another process that takes over whatever is left behind.
    let clock = Clock::system();
    let work = WorkSettings { lease: Duration::from_secs(1), ..script::quick() };
    let fleet = |node: &str| Fleet {
        context: Context { clock: clock.clone(), ..script::context(&db, node) },
        work: work.clone(),
        transport: Transport::Smtp(settings.clone()),
        copies_to: None,
        writer: None,
    };
    let stop = CancellationToken::new();
    let nodes = [tokio::spawn(fleet("node-1").run(stop.clone())), tokio::spawn(fleet("node-2").run(stop.clone()))];
    let after = script::reaches(&db, case.id, "uncertain").await;
    stop.cancel();
    for node in nodes {
        node.await.unwrap().unwrap();
    }
    let attempts = replies::attempts(&db, after.state.reply().unwrap()).await.unwrap();
    let words = attempts[0].reply_text.clone().unwrap();
    assert!(words.contains("no answer within 4 s"), "the try was ended by the worker that made it: {words}");
}

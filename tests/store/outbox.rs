//! Drafts, approvals, and tries to send.

use caseconsult_core::{
    domain::{
        case::{CaseEvent, CaseState, Step},
        digest::Digest,
        ids::{AttemptId, ReplyId, UserId},
        outcome::SendOutcome,
        tag::CaseTag,
    },
    precedent::Terms,
};
use caseconsult_store::{
    Clock, Db, StoreError,
    cases::{self, Case, Lease},
    drafts, queue,
    readings::{self, StoredReading},
    replies::{self, NewReply},
};

use super::{
    given::{self, MINUTE, NOON, SECOND, accept, address, arrival, noon},
    on_both,
};

on_both![
    readings_and_drafts_are_kept_by_version,
    readings_can_be_made_again,
    a_working_copy_is_the_reviewers_own,
    an_approval_stores_the_bytes_and_their_digest,
    an_unchanged_text_makes_no_new_version,
    only_the_holder_of_a_live_claim_may_approve,
    a_stale_or_moved_case_is_not_approved,
    of_two_approvals_one_counts,
    a_try_is_committed_before_and_after,
    a_deferred_reply_is_tried_again_with_its_tries_counted,
    what_becomes_of_a_case_by_how_a_try_ends,
    changed_bytes_are_never_sent,
    a_withdrawn_reply_is_never_sent,
    a_mail_that_comes_while_we_send_does_not_make_us_forget_that_we_sent,
    a_try_whose_process_died_is_leased_again_and_ends_once,
    a_copy_for_the_sent_folder_is_due_until_it_ends,
];

async fn readings_and_drafts_are_kept_by_version(db: Db) {
    let case = given::received(&db).await;
    let message = cases::messages(&db, case.id).await.unwrap()[0].id;
    let case = given::leased(&db, case.id, Step::Extract).await;
    let reading = StoredReading { message, reading: r#"{"mentions":[]}"#.to_owned() };
    let case = readings::finish_extract(&db, &noon(), &case, std::slice::from_ref(&reading)).await.unwrap();
    assert_eq!(case.state, CaseState::Extracted);
    assert_eq!(readings::of_case(&db, case.id).await.unwrap(), [reading]);

    let case = given::leased(&db, case.id, Step::Draft).await;
    assert!(drafts::latest(&db, case.id).await.unwrap().is_none());
    let drafted = drafts::finish_draft(&db, &noon(), &case, "Dear\0 Pat", "{}").await.unwrap();
    assert_eq!(drafted.state, CaseState::Drafted);
    let again = drafts::finish_draft(&db, &noon(), &case, "late", "{}").await;
    assert!(matches!(again, Err(StoreError::Conflict | StoreError::NotAllowed(_))), "{again:?}");
    let versions = drafts::versions(&db, case.id).await.unwrap();
    assert_eq!(versions.len(), 1);
    assert_eq!((versions[0].version, versions[0].author, versions[0].body.as_str()), (1, None, "Dear Pat"));
    assert_eq!(drafts::latest(&db, case.id).await.unwrap().unwrap().id, versions[0].id);
}

async fn readings_can_be_made_again(db: Db) {
    let case = given::received(&db).await;
    let message = cases::messages(&db, case.id).await.unwrap()[0].id;
    for text in ["{}", r#"{"again":true}"#] {
        let mut tx = db.begin().await.unwrap();
        readings::put(&mut tx, &noon(), case.id, &StoredReading { message, reading: text.to_owned() }).await.unwrap();
        tx.commit().await.unwrap();
    }
    let stored = readings::of_case(&db, case.id).await.unwrap();
    assert_eq!(stored, [StoredReading { message, reading: r#"{"again":true}"#.to_owned() }]);
}

async fn a_working_copy_is_the_reviewers_own(db: Db) {
    let (kim, lee) = (given::reviewer(&db, "kim").await, given::reviewer(&db, "lee").await);
    let case = given::claimed(&db, kim).await;
    for text in ["first", "second\0"] {
        drafts::save_working_copy(&db, &noon(), case.id, kim, text).await.unwrap();
    }
    assert_eq!(drafts::working_copy(&db, case.id, kim).await.unwrap(), Some(("second".to_owned(), NOON)));
    assert_eq!(drafts::working_copy(&db, case.id, lee).await.unwrap(), None);
    replies::approve(&db, &noon(), &case, kim, &reply("second")).await.unwrap();
    assert_eq!(drafts::working_copy(&db, case.id, kim).await.unwrap(), None, "it went into the approved version");
}

pub(super) fn reply(body: &str) -> NewReply {
    let id = ReplyId::new(noon().id());
    NewReply {
        id,
        header_id: format!("<cc.{id}@ours.example.test>"),
        sender: address("coder@ours.example.test"),
        recipient: address("pat@example.test"),
        bytes: format!("To: pat@example.test\r\n\r\n{body}\0\r\n").into_bytes(),
        body: body.to_owned(),
        overrides: "[]".to_owned(),
        terms: Terms::default(),
    }
}

/// An approved case and its reply.
pub(super) async fn approved(db: &Db) -> (Case, ReplyId, UserId) {
    let by = match caseconsult_store::users::by_name(db, "kim").await.unwrap() {
        Some(kim) => kim.id,
        None => given::reviewer(db, "kim").await,
    };
    let case = given::claimed(db, by).await;
    let reply = reply("Dear Pat");
    (replies::approve(db, &noon(), &case, by, &reply).await.unwrap(), reply.id, by)
}

/// The same, leased for delivery and with a try under way.
pub(super) async fn sending(db: &Db) -> (Case, ReplyId, AttemptId) {
    let (case, reply, _) = approved(db).await;
    let case = given::leased(db, case.id, Step::Deliver).await;
    let (case, attempt) = replies::start_sending(db, &noon(), &case).await.unwrap();
    (case, reply, attempt)
}

async fn an_approval_stores_the_bytes_and_their_digest(db: Db) {
    let kim = given::reviewer(&db, "kim").await;
    let case = given::claimed(&db, kim).await;
    let new = reply("Dear Pat, with more words");
    let approved = replies::approve(&db, &noon(), &case, kim, &new).await.unwrap();
    assert_eq!((&approved.state, approved.claim), (&CaseState::Approved { reply: new.id }, None));
    let stored = replies::get(&db, new.id).await.unwrap();
    assert_eq!((&stored.bytes, &stored.sha256), (&new.bytes, &Digest::of(&new.bytes)));
    assert_eq!((stored.case, stored.approved_by, stored.approved_at), (case.id, kim, NOON));
    assert_eq!((stored.sender, stored.recipient), (new.sender, new.recipient));
    assert_eq!((stored.header_id, stored.draft_version, stored.withdrawn), (new.header_id, 2, false));
    let latest = drafts::latest(&db, case.id).await.unwrap().unwrap();
    assert_eq!((latest.version, latest.author, latest.body), (2, Some(kim), new.body));
    assert_eq!(queue::owed(&db, &noon()).await.unwrap(), 1);
    assert!(matches!(replies::get(&db, ReplyId::new(noon().id())).await, Err(StoreError::NotFound("reply"))));
}

async fn an_unchanged_text_makes_no_new_version(db: Db) {
    let (case, reply, _) = approved(&db).await;
    assert_eq!(drafts::versions(&db, case.id).await.unwrap().len(), 1);
    assert_eq!(replies::get(&db, reply).await.unwrap().draft_version, 1);
}

async fn only_the_holder_of_a_live_claim_may_approve(db: Db) {
    let (kim, lee) = (given::reviewer(&db, "kim").await, given::reviewer(&db, "lee").await);
    let case = given::claimed(&db, kim).await;
    let refused = replies::approve(&db, &noon(), &case, lee, &reply("mine")).await;
    assert!(matches!(refused, Err(StoreError::NotClaimed)), "{refused:?}");
    let late = Clock::fixed(NOON.plus(MINUTE));
    let refused = replies::approve(&db, &late, &case, kim, &reply("late")).await;
    assert!(matches!(refused, Err(StoreError::NotClaimed)), "{refused:?}");
    assert!(replies::of_case(&db, case.id).await.unwrap().is_empty());
    assert_eq!(drafts::versions(&db, case.id).await.unwrap().len(), 1);
}

async fn a_stale_or_moved_case_is_not_approved(db: Db) {
    let kim = given::reviewer(&db, "kim").await;
    let case = given::claimed(&db, kim).await;
    let mut mail = arrival(7, "pat@example.test", "one thing more");
    mail.head.tagged = Some(CaseTag::of(case.id));
    accept(&db, mail).await;
    let refused = replies::approve(&db, &noon(), &case, kim, &reply("x")).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    let present = cases::get(&db, case.id).await.unwrap();
    let refused = replies::approve(&db, &noon(), &present, kim, &reply("x")).await;
    assert!(matches!(refused, Err(StoreError::Stale)), "{refused:?}");
    cases::follow_up_read(&db, &noon(), case.id, kim).await.unwrap();
    let present = cases::get(&db, case.id).await.unwrap();
    replies::approve(&db, &noon(), &present, kim, &reply("x")).await.unwrap();
    assert_eq!(replies::of_case(&db, case.id).await.unwrap().len(), 1);
}

async fn of_two_approvals_one_counts(db: Db) {
    let kim = given::reviewer(&db, "kim").await;
    let case = given::claimed(&db, kim).await;
    let tasks = ["one", "two", "three"].map(|body| {
        let (db, case) = (db.clone(), case.clone());
        tokio::spawn(async move { replies::approve(&db, &noon(), &case, kim, &reply(body)).await })
    });
    let mut won = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            Ok(case) => won.extend(case.state.reply()),
            Err(StoreError::Conflict) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    let stored: Vec<_> = replies::of_case(&db, case.id).await.unwrap().into_iter().map(|reply| reply.id).collect();
    assert_eq!(stored, won);
    assert_eq!(stored.len(), 1);
}

async fn a_try_is_committed_before_and_after(db: Db) {
    let (case, reply, attempt) = sending(&db).await;
    assert_eq!(case.state, CaseState::Sending { reply, attempt });
    let tries = replies::attempts(&db, reply).await.unwrap();
    assert_eq!(tries.len(), 1);
    assert_eq!((tries[0].id, tries[0].number, tries[0].ended_at, &tries[0].outcome), (attempt, 1, None, &None));
    let other = cases::lease(&db, &noon(), case.id, Step::Deliver, "node-2", MINUTE).await.unwrap();
    assert!(matches!(other, Lease::NotOurs), "the worker that sends keeps its lease");

    let sent = SendOutcome::Sent { reply: "250 2.0.0 Ok: queued as\0 4XY".to_owned() };
    let case = replies::finish_sending(&db, &noon(), &case, attempt, &sent, None, true).await.unwrap();
    assert_eq!(case.state, CaseState::Sent { reply });
    let tries = replies::attempts(&db, reply).await.unwrap();
    assert_eq!((tries[0].ended_at, tries[0].outcome.as_deref()), (Some(NOON), Some("sent")));
    assert_eq!(tries[0].reply_text.as_deref(), Some("250 2.0.0 Ok: queued as 4XY"));
    assert_eq!(replies::get(&db, reply).await.unwrap().sent_at, Some(NOON));
    assert_eq!(queue::owed(&db, &noon()).await.unwrap(), 0);
    let again = replies::finish_sending(&db, &noon(), &case, attempt, &sent, None, true).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
}

async fn a_deferred_reply_is_tried_again_with_its_tries_counted(db: Db) {
    let (case, reply, attempt) = sending(&db).await;
    let at = NOON.plus(MINUTE * 10);
    let later = SendOutcome::Later { reply: "451 4.7.1 <pat@example.test>: greylisted".to_owned() };
    let case = replies::finish_sending(&db, &noon(), &case, attempt, &later, Some(at), true).await.unwrap();
    assert_eq!((&case.state, case.next_try_at, case.attempts), (&CaseState::Approved { reply }, Some(at), 1));
    let cause = case.last_cause.as_ref().unwrap().to_string();
    assert!(!cause.contains("pat@"), "{cause}");
    let then = Clock::fixed(at);
    let Lease::Taken(case) = cases::lease(&db, &then, case.id, Step::Deliver, "node-1", MINUTE).await.unwrap() else {
        panic!("its time has come");
    };
    assert_eq!(case.attempts, 2);
    let (case, second) = replies::start_sending(&db, &then, &case).await.unwrap();
    assert_eq!(case.attempts, 2);
    let sent = SendOutcome::Sent { reply: String::new() };
    let case = replies::finish_sending(&db, &then, &case, second, &sent, None, false).await.unwrap();
    assert_eq!((case.attempts, case.next_try_at, case.last_cause), (0, None, None));
    let tries = replies::attempts(&db, reply).await.unwrap();
    assert_eq!(tries.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2]);
    assert!(replies::copies_due(&db, 10).await.unwrap().is_empty(), "no copy was wanted");
}

async fn what_becomes_of_a_case_by_how_a_try_ends(db: Db) {
    let text = || "said".to_owned();
    for (outcome, state) in [
        (SendOutcome::Refused { reply: text() }, "undeliverable"),
        (SendOutcome::Uncertain { reply: text() }, "uncertain"),
        (SendOutcome::Stopped { reply: text() }, "approved"),
        (SendOutcome::Later { reply: text() }, "approved"),
    ] {
        let (case, reply, attempt) = sending(&db).await;
        let case = replies::finish_sending(&db, &noon(), &case, attempt, &outcome, None, true).await.unwrap();
        assert_eq!(case.state.name(), state);
        assert_eq!(replies::attempts(&db, reply).await.unwrap()[0].outcome.as_deref(), Some(outcome.as_str()));
        assert_eq!(replies::get(&db, reply).await.unwrap().sent_at, None);
    }
}

async fn run(db: &Db, sql: &'static str) {
    match db {
        Db::Sqlite { write, .. } => drop(sqlx::query(sql).execute(write).await.unwrap()),
        Db::Postgres { pool, .. } => drop(sqlx::query(sql).execute(pool).await.unwrap()),
    }
}

async fn changed_bytes_are_never_sent(db: Db) {
    let (case, ..) = approved(&db).await;
    let case = given::leased(&db, case.id, Step::Deliver).await;
    run(&db, "UPDATE replies SET body = 'x', bytes = (SELECT bytes FROM raw_chunks LIMIT 1)").await;
    let refused = replies::start_sending(&db, &noon(), &case).await;
    assert!(matches!(refused, Err(StoreError::Damaged { table: "replies", column: "sha256" })), "{refused:?}");
    assert_eq!(cases::get(&db, case.id).await.unwrap().state.name(), "approved");
}

async fn a_withdrawn_reply_is_never_sent(db: Db) {
    let (case, reply, kim) = approved(&db).await;
    let withdrawn = given::after(&db, &case, CaseEvent::ApprovalWithdrawn { by: kim }).await;
    assert!(replies::get(&db, reply).await.unwrap().withdrawn);
    assert!(matches!(replies::start_sending(&db, &noon(), &withdrawn).await, Err(StoreError::NotAllowed(_))));
    // Neither where the row says one thing and the case another.
    let (case, ..) = approved(&db).await;
    run(&db, "UPDATE replies SET withdrawn = TRUE").await;
    let case = given::leased(&db, case.id, Step::Deliver).await;
    assert!(matches!(replies::start_sending(&db, &noon(), &case).await, Err(StoreError::NotAllowed(_))));
}

async fn a_mail_that_comes_while_we_send_does_not_make_us_forget_that_we_sent(db: Db) {
    for (n, (outcome, state, withdrawn)) in [
        (SendOutcome::Sent { reply: String::new() }, "received", false),
        (SendOutcome::Later { reply: String::new() }, "drafted", true),
        (SendOutcome::Uncertain { reply: String::new() }, "uncertain", false),
    ]
    .into_iter()
    .enumerate()
    {
        let (case, reply, attempt) = sending(&db).await;
        let mut mail = arrival(u32::try_from(n).unwrap(), "pat@example.test", &format!("never mind {n}"));
        mail.head.answers = vec![reply];
        assert_eq!(accept(&db, mail).await.case, Some(case.id));
        let case = replies::finish_sending(&db, &noon(), &case, attempt, &outcome, None, true).await.unwrap();
        assert_eq!(case.state.name(), state);
        let stored = replies::get(&db, reply).await.unwrap();
        assert_eq!((stored.withdrawn, stored.sent_at.is_some()), (withdrawn, state == "received"));
    }
}

async fn a_try_whose_process_died_is_leased_again_and_ends_once(db: Db) {
    let (case, reply, attempt) = sending(&db).await;
    let later = Clock::fixed(NOON.plus(MINUTE + SECOND));
    let Lease::Taken(found) = cases::lease(&db, &later, case.id, Step::Deliver, "node-2", MINUTE).await.unwrap() else {
        panic!("the lease has lapsed");
    };
    assert_eq!(found.state, CaseState::Sending { reply, attempt });
    assert!(matches!(replies::start_sending(&db, &later, &found).await, Err(StoreError::NotAllowed(_))));
    let doubt = SendOutcome::Uncertain { reply: String::new() };
    let case = replies::finish_sending(&db, &later, &found, attempt, &doubt, None, true).await.unwrap();
    assert_eq!(case.state, CaseState::Uncertain { reply });
    // The first process lives after all, and comes too late.
    let sent = SendOutcome::Sent { reply: String::new() };
    let late = replies::finish_sending(&db, &later, &found, attempt, &sent, None, true).await;
    assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
}

async fn a_copy_for_the_sent_folder_is_due_until_it_ends(db: Db) {
    let mut sent = Vec::new();
    for _ in 0..2 {
        let (case, reply, attempt) = sending(&db).await;
        let outcome = SendOutcome::Sent { reply: String::new() };
        replies::finish_sending(&db, &noon(), &case, attempt, &outcome, None, true).await.unwrap();
        sent.push(reply);
    }
    let due = |replies: Vec<replies::Reply>| replies.into_iter().map(|reply| reply.id).collect::<Vec<_>>();
    assert_eq!(due(replies::copies_due(&db, 1).await.unwrap()), sent[..1]);
    assert_eq!(due(replies::copies_due(&db, 10).await.unwrap()), sent);
    replies::copy_ended(&db, sent[0], "done").await.unwrap();
    replies::copy_ended(&db, sent[1], "failed").await.unwrap();
    assert!(replies::copies_due(&db, 10).await.unwrap().is_empty());
}

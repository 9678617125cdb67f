//! What becomes of mails that come in.

use std::io::Write as _;

use caseconsult_core::{
    domain::{
        case::{CaseEvent, CaseState, HoldReason, IgnoredKind},
        digest::Digest,
        ids::{CaseId, ReplyId},
        intake::IntakeState,
        tag::CaseTag,
    },
    mail::head::Verdict,
};
use caseconsult_store::{
    Clock, Db, cases, events,
    intake::{self, Arrival},
    queue, raw,
    raw::RawMail,
};

use super::{
    given::{self, MINUTE, NOON, accept, arrival, noon},
    on_both,
};

on_both![
    a_question_opens_a_case_with_its_bytes_history_and_job,
    the_same_item_again_changes_nothing,
    an_item_twice_in_a_batch_is_one_mail,
    a_mail_delivered_twice_is_one_case,
    the_same_content_after_a_month_or_without_a_message_id_is_a_case_of_its_own,
    after_a_change_of_uidvalidity_the_same_bytes_are_adopted,
    a_participant_with_the_tag_joins_the_case,
    a_stranger_with_the_tag_is_held_beside_the_case,
    a_machines_answer_never_restarts_a_case,
    a_follow_up_makes_the_leased_work_of_a_machine_void,
    a_follow_up_marks_a_reviewers_case_stale,
    two_follow_ups_in_one_batch_both_join,
    a_failing_or_vanished_mail_that_comes_after_all_is_taken_in,
    a_refused_batch_leaves_nothing,
    nul_and_long_headers_are_no_reason_to_refuse_a_mail,
    a_large_mail_comes_from_its_file_and_a_changed_file_is_refused,
    a_head_is_kept_of_a_mail_over_the_limit,
    a_batch_larger_than_one_statement_goes_in_whole,
    two_pollers_that_bring_the_same_mail_make_one_case,
];

/// How many rows the tables that `accept` writes to have.
async fn rows(db: &Db) -> Vec<i64> {
    let jobs = if matches!(db, Db::Sqlite { .. }) { "Jobs" } else { "apalis.jobs" };
    let tables = ["raw_mails", "raw_chunks", "cases", "participants", "messages", "intake", "events", jobs];
    let mut counts = Vec::new();
    for table in tables {
        let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        counts.push(match db {
            Db::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_one(read).await.unwrap(),
            Db::Postgres { pool, .. } => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
        });
    }
    counts
}

async fn a_question_opens_a_case_with_its_bytes_history_and_job(db: Db) {
    let mail = arrival(7, "pat@example.test", "may I bill 20610 twice?");
    let (sha256, RawMail::Bytes(bytes)) = (mail.sha256.clone(), &mail.raw) else { unreachable!() };
    let bytes = bytes.clone();
    let taken = accept(&db, mail).await;
    assert_eq!((taken.item.as_str(), taken.state, taken.fresh), ("7", IntakeState::Case, true));

    let case = cases::get(&db, taken.case.unwrap()).await.unwrap();
    assert_eq!(case.state, CaseState::Received);
    assert_eq!(case.asker, Some(given::address("pat@example.test")));
    assert_eq!((case.asker_name.as_str(), case.subject.as_str()), ("Pat Example", "A question"));
    assert_eq!((case.received_at, case.version, case.stale), (NOON, 1, false));
    assert_eq!(case.tag, CaseTag::of(case.id));
    assert_eq!(cases::find(&db, &case.tag).await.unwrap().id, case.id);
    assert_eq!(cases::participants(&db, case.id).await.unwrap(), [given::address("pat@example.test")]);

    let messages = cases::messages(&db, case.id).await.unwrap();
    assert_eq!(messages.len(), 1);
    assert_eq!((&messages[0].sha256, messages[0].sent_at), (&sha256, Some(NOON.minus(MINUTE))));
    let kept = raw::read(&db, &sha256, 1 << 20).await.unwrap().unwrap();
    assert_eq!((kept.bytes, kept.complete), (bytes, true));
    let history = events::of_case(&db, case.id).await.unwrap();
    assert_eq!(history.iter().map(|event| event.what.as_str()).collect::<Vec<_>>(), ["received"]);
    assert_eq!(queue::owed(&db, &noon()).await.unwrap(), 1);
    assert_eq!(rows(&db).await, [1; 8]);
}

async fn the_same_item_again_changes_nothing(db: Db) {
    let first = accept(&db, arrival(7, "pat@example.test", "a")).await;
    let before = rows(&db).await;
    let again = accept(&db, arrival(7, "pat@example.test", "a")).await;
    assert_eq!((again.fresh, again.state, again.case), (false, IntakeState::Case, first.case));
    assert_eq!(rows(&db).await, before);
}

async fn an_item_twice_in_a_batch_is_one_mail(db: Db) {
    let mailbox = given::mailbox(&db).await;
    let batch = vec![arrival(7, "pat@example.test", "a"), arrival(7, "pat@example.test", "a")];
    let taken = intake::accept(&db, &noon(), &mailbox, batch).await.unwrap();
    assert_eq!(taken.iter().map(|one| one.fresh).collect::<Vec<_>>(), [true, false]);
    assert_eq!(taken[0].case, taken[1].case);
    assert_eq!(rows(&db).await, [1; 8]);
}

async fn a_mail_delivered_twice_is_one_case(db: Db) {
    let first = accept(&db, arrival(7, "pat@example.test", "a")).await;
    // Another relay's trace makes other bytes; Message-ID and content are the same.
    let copy = |uid: u32| {
        let mut copy = arrival(uid, "pat@example.test", "a");
        let bytes = format!("Received: from relay {uid}\r\n").into_bytes();
        copy.sha256 = Digest::of(&bytes);
        copy.raw = RawMail::Bytes(bytes);
        copy
    };
    let second = accept(&db, copy(8)).await;
    assert_eq!((second.state, second.case, second.fresh), (IntakeState::Copy, first.case, true));
    // Also within one batch, where the first is new itself.
    let mailbox = given::mailbox(&db).await;
    let batch = vec![arrival(9, "pat@example.test", "b"), {
        let mut copy = copy(10);
        copy.head = given::head("pat@example.test", "b");
        copy
    }];
    let taken = intake::accept(&db, &noon(), &mailbox, batch).await.unwrap();
    assert_eq!(taken.iter().map(|one| one.state).collect::<Vec<_>>(), [IntakeState::Case, IntakeState::Copy]);
    assert_eq!(taken[0].case, taken[1].case);
    assert_eq!(queue::owed(&db, &noon()).await.unwrap(), 2);
}

async fn the_same_content_after_a_month_or_without_a_message_id_is_a_case_of_its_own(db: Db) {
    let mailbox = given::mailbox(&db).await;
    accept(&db, arrival(7, "pat@example.test", "a")).await;
    let later = Clock::fixed(NOON.plus(MINUTE * 60 * 24 * 31));
    let taken = intake::accept(&db, &later, &mailbox, vec![arrival(8, "pat@example.test", "a")]).await.unwrap();
    assert_eq!(taken[0].state, IntakeState::Case);
    for uid in [9, 10] {
        let mut nameless = arrival(uid, "pat@example.test", "b");
        nameless.head.header_id = None;
        assert_eq!(accept(&db, nameless).await.state, IntakeState::Case);
    }
}

async fn after_a_change_of_uidvalidity_the_same_bytes_are_adopted(db: Db) {
    let first = accept(&db, arrival(7, "pat@example.test", "a")).await;
    let renewed = intake::mailbox(&db, &noon(), "imap://test", 2).await.unwrap();
    assert!(renewed.renewed);
    let batch = vec![arrival(1, "pat@example.test", "a"), arrival(2, "pat@example.test", "new")];
    let taken = intake::accept(&db, &noon(), &renewed, batch).await.unwrap();
    assert_eq!((taken[0].state, taken[0].case), (IntakeState::Adopted, first.case));
    assert_eq!(taken[1].state, IntakeState::Case);
    // Another mailbox that holds the same bytes is no other name of this one.
    let other = intake::mailbox(&db, &noon(), "imap://other", 1).await.unwrap();
    assert!(!other.renewed);
    let copy = intake::accept(&db, &noon(), &other, vec![arrival(1, "pat@example.test", "a")]).await.unwrap();
    assert_eq!((copy[0].state, copy[0].case), (IntakeState::Copy, first.case));
    let counts = intake::counts(&db, "imap://test").await.unwrap();
    assert_eq!((counts[&IntakeState::Case], counts[&IntakeState::Adopted]), (2, 1));
}

/// A mail whose subject carries the signed tag of this case.
fn tagged(uid: u32, sender: &str, text: &str, case: CaseId) -> Arrival {
    let mut mail = arrival(uid, sender, text);
    mail.head.tagged = Some(CaseTag::of(case));
    mail
}

async fn a_participant_with_the_tag_joins_the_case(db: Db) {
    let case = given::drafted(&db).await;
    let taken = accept(&db, tagged(7, "pat@example.test", "more", case.id)).await;
    assert_eq!((taken.state, taken.case), (IntakeState::FollowUp, Some(case.id)));
    let now = cases::get(&db, case.id).await.unwrap();
    assert_eq!((&now.state, now.stale, now.version), (&CaseState::Received, false, case.version + 1));
    assert_eq!(cases::messages(&db, case.id).await.unwrap().len(), 2);
    let history = events::of_case(&db, case.id).await.unwrap();
    assert_eq!(history.last().unwrap().what, "followed_up");
    given::leased(&db, case.id, caseconsult_core::domain::case::Step::Extract).await;
}

async fn a_stranger_with_the_tag_is_held_beside_the_case(db: Db) {
    let case = given::drafted(&db).await;
    let mut nobody = tagged(8, "pat@example.test", "from nobody", case.id);
    nobody.head.sender = None;
    for mail in [tagged(7, "eve@example.test", "what did Pat ask?", case.id), nobody] {
        let taken = accept(&db, mail).await;
        assert_eq!(taken.state, IntakeState::Case);
        let other = cases::get(&db, taken.case.unwrap()).await.unwrap();
        assert_ne!(other.id, case.id);
        assert_eq!(other.state, CaseState::Held { reason: HoldReason::StrangerWithToken });
        assert_eq!(other.hint, Some(case.id));
    }
    assert_eq!(cases::get(&db, case.id).await.unwrap().version, case.version);
    // A token of another database's reply names no case here.
    let mut unknown = arrival(9, "pat@example.test", "lost");
    unknown.head.answers = vec![ReplyId::new(noon().id())];
    let taken = accept(&db, unknown).await;
    assert_eq!(cases::get(&db, taken.case.unwrap()).await.unwrap().state, CaseState::Received);
}

async fn a_machines_answer_never_restarts_a_case(db: Db) {
    let case = given::drafted(&db).await;
    let mut vacation = tagged(7, "pat@example.test", "I am away", case.id);
    vacation.head.verdict =
        Verdict::Ignored { kind: IgnoredKind::AutoReply, rule: "Auto-Submitted: auto-replied".to_owned() };
    let taken = accept(&db, vacation).await;
    let other = cases::get(&db, taken.case.unwrap()).await.unwrap();
    assert!(
        matches!(&other.state, CaseState::Ignored { kind: IgnoredKind::AutoReply, rule } if rule.contains("auto-replied"))
    );
    assert_eq!(other.hint, Some(case.id));
    assert_eq!(cases::get(&db, case.id).await.unwrap().state, CaseState::Drafted);

    let mut unreadable = tagged(8, "pat@example.test", "", case.id);
    unreadable.head.verdict = Verdict::Held(HoldReason::Unreadable { what: "no text".to_owned() });
    let taken = accept(&db, unreadable).await;
    let other = cases::get(&db, taken.case.unwrap()).await.unwrap();
    assert!(matches!(other.state, CaseState::Held { reason: HoldReason::Unreadable { .. } }));
    assert_eq!(other.hint, Some(case.id));
    assert_eq!(queue::owed(&db, &noon()).await.unwrap(), 0, "neither is anybody's work");
}

async fn a_follow_up_makes_the_leased_work_of_a_machine_void(db: Db) {
    let case = given::received(&db).await;
    let worked_on = given::leased(&db, case.id, caseconsult_core::domain::case::Step::Extract).await;
    accept(&db, tagged(7, "pat@example.test", "more", case.id)).await;
    let late = caseconsult_store::readings::finish_extract(&db, &noon(), &worked_on, &[]).await;
    assert!(matches!(late, Err(caseconsult_store::StoreError::Conflict)), "{late:?}");
    // The other worker need not wait for the first one's lease to lapse.
    given::leased(&db, case.id, caseconsult_core::domain::case::Step::Extract).await;
}

async fn a_follow_up_marks_a_reviewers_case_stale(db: Db) {
    let reviewer = given::reviewer(&db, "kim").await;
    let case = given::claimed(&db, reviewer).await;
    accept(&db, tagged(7, "pat@example.test", "more", case.id)).await;
    let now = cases::get(&db, case.id).await.unwrap();
    assert_eq!((&now.state, now.stale), (&CaseState::InReview { reviewer }, true));
    assert_eq!(now.claim, case.claim, "the reviewer keeps the case");
    let approved = CaseEvent::Approved { by: reviewer, reply: ReplyId::new(noon().id()) };
    let refused =
        cases::advance_now(&db, &noon(), &now, &approved, caseconsult_core::domain::event::Actor::Machine).await;
    assert!(matches!(refused, Err(caseconsult_store::StoreError::Stale)), "{refused:?}");
    cases::follow_up_read(&db, &noon(), case.id, reviewer).await.unwrap();
    let read = cases::get(&db, case.id).await.unwrap();
    assert!(!read.stale && read.version > now.version);
}

async fn two_follow_ups_in_one_batch_both_join(db: Db) {
    let case = given::drafted(&db).await;
    let mailbox = given::mailbox(&db).await;
    let batch = vec![tagged(7, "pat@example.test", "one", case.id), tagged(8, "pat@example.test", "two", case.id)];
    let taken = intake::accept(&db, &noon(), &mailbox, batch).await.unwrap();
    assert!(taken.iter().all(|one| one.state == IntakeState::FollowUp && one.case == Some(case.id)));
    assert_eq!(cases::messages(&db, case.id).await.unwrap().len(), 3);
    assert_eq!(cases::get(&db, case.id).await.unwrap().state, CaseState::Received);
}

async fn a_failing_or_vanished_mail_that_comes_after_all_is_taken_in(db: Db) {
    let mailbox = given::mailbox(&db).await;
    intake::broke(&db, &noon(), mailbox.id, 7, 3).await.unwrap();
    intake::absent(&db, &noon(), mailbox.id, &[8]).await.unwrap();
    intake::absent(&db, &noon(), mailbox.id, &[8, 9]).await.unwrap();
    let batch: Vec<_> = (7..=9).map(|uid| arrival(uid, "pat@example.test", &format!("mail {uid}"))).collect();
    let taken = intake::accept(&db, &noon(), &mailbox, batch).await.unwrap();
    assert!(taken.iter().all(|one| one.fresh && one.state == IntakeState::Case), "{taken:?}");
    let counts = intake::counts(&db, "imap://test").await.unwrap();
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(IntakeState::Case, 3)]);
    assert_eq!(intake::unmarked(&db, mailbox.id, 10).await.unwrap().len(), 3);
}

async fn a_refused_batch_leaves_nothing(db: Db) {
    let mailbox = given::mailbox(&db).await;
    let mut gone = arrival(8, "pat@example.test", "b");
    // A folder can be opened, and not be read.
    let file = std::fs::File::open(std::env::temp_dir()).unwrap();
    gone.raw = RawMail::File { file, sha256: gone.sha256.clone(), size: 5 };
    let batch = vec![arrival(7, "pat@example.test", "a"), gone];
    let refused = intake::accept(&db, &noon(), &mailbox, batch).await;
    assert!(matches!(refused, Err(caseconsult_store::StoreError::RawFile(_))), "{refused:?}");
    assert_eq!(rows(&db).await, [0; 8]);
    // And the next batch is none the worse for it.
    assert!(accept(&db, arrival(7, "pat@example.test", "a")).await.fresh);
}

async fn nul_and_long_headers_are_no_reason_to_refuse_a_mail(db: Db) {
    let mut mail = arrival(7, "pat@example.test", "a");
    mail.head.subject = "A\0B".to_owned();
    mail.head.sender_name = "\0".to_owned();
    mail.head.header_id = Some(format!("<{}\0@example.test>", "ä".repeat(5_000)));
    mail.head.verdict = Verdict::Ignored { kind: IgnoredKind::Bulk, rule: "List-Id: \0".to_owned() };
    let mut copy = arrival(8, "pat@example.test", "a");
    copy.head.header_id = mail.head.header_id.clone();
    let first = accept(&db, mail).await;
    let case = cases::get(&db, first.case.unwrap()).await.unwrap();
    assert_eq!((case.subject.as_str(), case.asker_name.as_str()), ("AB", ""));
    assert_eq!(accept(&db, copy).await.state, IntakeState::Copy);
}

async fn a_large_mail_comes_from_its_file_and_a_changed_file_is_refused(db: Db) {
    let bytes: Vec<u8> = (0..3_200_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    let mut mail = arrival(7, "pat@example.test", "large");
    let sha256 = Digest::of(&bytes);
    mail.sha256 = sha256.clone();
    mail.raw = RawMail::File { file: file.try_clone().unwrap(), sha256: sha256.clone(), size: bytes.len() as u64 };
    accept(&db, mail).await;
    let kept = raw::read(&db, &sha256, u64::MAX).await.unwrap().unwrap();
    assert!(kept.complete && kept.bytes == bytes);
    for limit in [0, 10, 1 << 20, (1 << 20) + 1, 3_199_999] {
        let kept = raw::read(&db, &sha256, limit).await.unwrap().unwrap();
        assert!(!kept.complete && kept.bytes == bytes[..limit as usize] && kept.size == 3_200_000, "{limit}");
    }
    assert!(raw::read(&db, &Digest::of(b"another"), 10).await.unwrap().is_none());

    let mut changed = arrival(8, "pat@example.test", "changed");
    changed.raw = RawMail::File { file, sha256: changed.sha256.clone(), size: 9 };
    let mailbox = given::mailbox(&db).await;
    assert!(intake::accept(&db, &noon(), &mailbox, vec![changed]).await.is_err());
}

async fn a_head_is_kept_of_a_mail_over_the_limit(db: Db) {
    let mut mail = arrival(7, "pat@example.test", "head");
    let bytes = b"From: pat@example.test\r\n\r\nthe first part".to_vec();
    mail.sha256 = Digest::of(&bytes);
    let sha256 = mail.sha256.clone();
    mail.raw = RawMail::Head { bytes: bytes.clone(), size: 60 << 20 };
    mail.head.verdict = Verdict::Held(HoldReason::Oversize { bytes: 60 << 20 });
    accept(&db, mail).await;
    let kept = raw::read(&db, &sha256, u64::MAX).await.unwrap().unwrap();
    assert_eq!((kept.bytes, kept.size, kept.complete), (bytes, 60 << 20, false));
}

async fn a_batch_larger_than_one_statement_goes_in_whole(db: Db) {
    let mailbox = given::mailbox(&db).await;
    let batch: Vec<_> = (1..=1_203).map(|uid| arrival(uid, "pat@example.test", &format!("mail {uid}"))).collect();
    let taken = intake::accept(&db, &noon(), &mailbox, batch).await.unwrap();
    assert_eq!(
        taken.iter().map(|one| one.item.parse().unwrap()).collect::<Vec<u32>>(),
        (1..=1_203).collect::<Vec<_>>()
    );
    assert_eq!(rows(&db).await, [1_203; 8]);
    assert!(intake::accept(&db, &noon(), &mailbox, Vec::new()).await.unwrap().is_empty());
}

async fn two_pollers_that_bring_the_same_mail_make_one_case(db: Db) {
    let mailbox = given::mailbox(&db).await;
    let other = intake::mailbox(&db, &noon(), "import", 0).await.unwrap();
    let bring = |mailbox: intake::Mailbox, first_uid: u32| {
        let db = db.clone();
        tokio::spawn(async move {
            let batch = (0..20).map(|n| arrival(first_uid + n, "pat@example.test", &format!("mail {n}"))).collect();
            intake::accept(&db, &noon(), &mailbox, batch).await.unwrap()
        })
    };
    let tasks = [bring(mailbox.clone(), 1), bring(mailbox, 1), bring(other.clone(), 1), bring(other, 101)];
    let mut fresh = 0;
    for task in tasks {
        fresh += task.await.unwrap().iter().filter(|one| one.fresh && one.state == IntakeState::Case).count();
    }
    assert_eq!(fresh, 20);
    assert_eq!(queue::owed(&db, &noon()).await.unwrap(), 20);
}

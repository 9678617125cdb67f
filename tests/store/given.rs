//! A database, mails and cases to begin with.

use caseconsult_core::{
    domain::{
        address::EmailAddress,
        case::{CaseEvent, Step},
        digest::Digest,
        event::Actor,
        ids::{CaseId, UserId},
        instant::Instant,
        user::Role,
    },
    mail::head::{Head, Verdict},
};
use caseconsult_store::{
    Clock, Db,
    cases::{self, Case, Lease},
    db::DbSettings,
    drafts,
    intake::{self, Accepted, Arrival, Mailbox},
    raw::RawMail,
    readings, users,
};
use tempfile::TempDir;

use crate::support;

/// 2026-03-02 12:00:00 UTC.
pub(crate) const NOON: Instant = Instant::from_micros(1_772_452_800_000_000);
pub(crate) const SECOND: std::time::Duration = std::time::Duration::from_secs(1);
pub(crate) const MINUTE: std::time::Duration = std::time::Duration::from_secs(60);

/// A clock that stands at noon.
pub(crate) fn noon() -> Clock {
    Clock::fixed(NOON)
}

pub(crate) fn sqlite_settings(folder: &TempDir) -> DbSettings {
    DbSettings { url: format!("sqlite:{}", folder.path().join("test.db").display()), max_connections: 4 }
}

/// A migrated database in a file; it lasts as long as the folder.
pub(crate) async fn sqlite() -> (Db, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&sqlite_settings(&folder)).await.unwrap();
    db.migrate().await.unwrap();
    (db, folder)
}

/// A migrated database on the test's PostgreSQL, where there is one.
pub(crate) async fn postgres() -> Option<Db> {
    let url = support::postgres::migrated().await?;
    Some(Db::open(&DbSettings { url, max_connections: 8 }).await.unwrap())
}

pub(crate) fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// What the headers of a plain question say.
pub(crate) fn head(sender: &str, text: &str) -> Head {
    Head {
        header_id: Some(format!("<{}@example.test>", &Digest::of(text.as_bytes()).as_str()[..16])),
        answers: Vec::new(),
        returned: None,
        tagged: None,
        content_hash: Digest::of(text.as_bytes()).as_str().parse().unwrap(),
        sender: Some(address(sender)),
        sender_name: "Pat Example".to_owned(),
        subject: "A question".to_owned(),
        sent_at: Some(NOON.minus(MINUTE)),
        verdict: Verdict::Question,
    }
}

/// A question with this text, under that UID.
pub(crate) fn arrival(uid: u32, sender: &str, text: &str) -> Arrival {
    let bytes = format!("From: {sender}\r\nSubject: A question\r\n\r\n{text}\r\n").into_bytes();
    Arrival {
        item: uid.to_string(),
        uid: Some(uid),
        sha256: Digest::of(&bytes),
        raw: RawMail::Bytes(bytes),
        head: head(sender, text),
    }
}

/// The mailbox `imap://test` in its first epoch.
pub(crate) async fn mailbox(db: &Db) -> Mailbox {
    intake::mailbox(db, &noon(), "imap://test", 1).await.unwrap()
}

/// Takes one mail in.
pub(crate) async fn accept(db: &Db, arrival: Arrival) -> Accepted {
    let mailbox = mailbox(db).await;
    intake::accept(db, &noon(), &mailbox, vec![arrival]).await.unwrap().remove(0)
}

/// A case that was just received from `pat@example.test`.
pub(crate) async fn received(db: &Db) -> Case {
    let number = rand_number();
    let taken = accept(db, arrival(number, "pat@example.test", &format!("question {number}"))).await;
    cases::get(db, taken.case.unwrap()).await.unwrap()
}

fn rand_number() -> u32 {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1_000);
    NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
}

/// The lease on a step, which must be free.
pub(crate) async fn leased(db: &Db, case: CaseId, step: Step) -> Case {
    match cases::lease(db, &noon(), case, step, "node-1", MINUTE).await.unwrap() {
        Lease::Taken(case) => *case,
        Lease::NotOurs => panic!("the lease on {step} is not to be had"),
    }
}

/// A case with a machine's draft, waiting for a reviewer.
pub(crate) async fn drafted(db: &Db) -> Case {
    let case = received(db).await;
    let case = leased(db, case.id, Step::Extract).await;
    let case = readings::finish_extract(db, &noon(), &case, &[]).await.unwrap();
    let case = leased(db, case.id, Step::Draft).await;
    drafts::finish_draft(db, &noon(), &case, "Dear Pat", "{}").await.unwrap()
}

/// A case that goes through extraction and drafting again.
pub(crate) async fn redrafted(db: &Db, case: CaseId) -> Case {
    let case = leased(db, case, Step::Extract).await;
    let case = readings::finish_extract(db, &noon(), &case, &[]).await.unwrap();
    let case = leased(db, case.id, Step::Draft).await;
    drafts::finish_draft(db, &noon(), &case, "Dear Pat, anew", "{}").await.unwrap()
}

/// A reviewer of that name.
pub(crate) async fn reviewer(db: &Db, name: &str) -> UserId {
    users::add(db, &noon(), name, Role::Reviewer, "CPC", "$argon2id$test").await.unwrap().id
}

/// A case that this reviewer holds for a minute.
pub(crate) async fn claimed(db: &Db, by: UserId) -> Case {
    let case = drafted(db).await;
    cases::claim(db, &noon(), case.id, by, MINUTE, false).await.unwrap()
}

/// The same case with this event applied.
pub(crate) async fn after(db: &Db, case: &Case, event: CaseEvent) -> Case {
    cases::advance_now(db, &noon(), case, &event, Actor::Machine).await.unwrap()
}

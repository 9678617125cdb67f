//! Several cases leased and ended for one bell, leases that are prolonged, and rings that are heard.

use std::time::Duration;

use caseconsult_core::domain::{
    case::{CaseEvent, CaseState, Step},
    ids::{CaseId, ReplyId},
    outcome::Cause,
};
use caseconsult_store::{
    Clock, Db, StoreError,
    cases::{self, Case},
    drafts, events,
    queue::{self, Rings},
    readings::{self, StoredReading},
    replies,
};

use super::{
    given::{MINUTE, NOON, SECOND, after, claimed, leased, noon, received, reviewer},
    on_both,
};

on_both!(
    one_bell_takes_the_oldest_along,
    a_case_that_failed_is_left_to_its_own_bell,
    two_workers_never_get_the_same_case,
    a_prolonged_lease_is_not_to_be_had,
    a_ring_is_heard,
    several_steps_end_together_without_the_case_that_moved_on,
    a_reply_is_refused_before_any_try,
);

/// All three, oldest first.
async fn three(db: &Db) -> Vec<CaseId> {
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(received(db).await.id);
    }
    ids
}

async fn ready(db: &Db, id: CaseId, owner: &str, limit: usize) -> Vec<Case> {
    cases::lease_ready(db, &noon(), id, Step::Extract, owner, MINUTE, limit).await.unwrap()
}

fn ids(cases: &[Case]) -> Vec<CaseId> {
    let mut ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
    ids.sort_unstable();
    ids
}

async fn waiting_jobs(db: &Db) -> i64 {
    match db {
        Db::Sqlite { read, .. } => sqlx::query_scalar("SELECT COUNT(*) FROM Jobs").fetch_one(read).await.unwrap(),
        Db::Postgres { pool, .. } => {
            sqlx::query_scalar("SELECT COUNT(*) FROM apalis.jobs").fetch_one(pool).await.unwrap()
        }
    }
}

async fn one_bell_takes_the_oldest_along(db: Db) {
    let three = three(&db).await;
    let taken = ready(&db, three[2], "node-1", 2).await;
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].id, three[2], "the one that rang comes first");
    assert!(taken.iter().all(|case| case.attempts == 1));
    // The other's bell is down; the ringing one's is apalis's to end, and the third's still hangs.
    assert_eq!(waiting_jobs(&db).await, 2);
    for case in &taken {
        assert!(ready(&db, case.id, "node-2", 1).await.is_empty(), "leased already");
    }
    assert_eq!(ready(&db, three[0], "node-2", 9).await.len() + ready(&db, three[1], "node-2", 9).await.len(), 1);
}

async fn a_case_that_failed_is_left_to_its_own_bell(db: Db) {
    let three = three(&db).await;
    let case = leased(&db, three[0], Step::Extract).await;
    cases::retry_at(&db, &noon(), &case, Step::Extract, NOON, &Cause::new("not now")).await.unwrap();
    assert_eq!(ids(&ready(&db, three[1], "node-1", 9).await), [three[1], three[2]]);
    assert_eq!(ids(&ready(&db, three[0], "node-1", 9).await), [three[0]]);
}

async fn two_workers_never_get_the_same_case(db: Db) {
    let mut all = Vec::new();
    for _ in 0..20 {
        all.push(received(&db).await.id);
    }
    let ring_all = |owner: &'static str, order: Vec<CaseId>, db: Db| async move {
        let mut got = Vec::new();
        for id in order {
            got.extend(ready(&db, id, owner, 3).await);
        }
        got
    };
    let reversed = all.iter().rev().copied().collect();
    let (one, other) = tokio::join!(
        tokio::spawn(ring_all("node-1", all.clone(), db.clone())),
        tokio::spawn(ring_all("node-2", reversed, db.clone()))
    );
    let mut got = one.unwrap();
    got.extend(other.unwrap());
    assert_eq!(ids(&got), all, "each case exactly once");
}

async fn a_prolonged_lease_is_not_to_be_had(db: Db) {
    let id = received(&db).await.id;
    leased(&db, id, Step::Extract).await;
    let clock = Clock::fixed(NOON.plus(MINUTE - SECOND));
    assert!(cases::renew_lease(&db, &clock, id, "node-1", MINUTE).await.unwrap());
    let later = Clock::fixed(NOON.plus(MINUTE + SECOND));
    let other = |clock: Clock, db: Db| async move {
        cases::lease_ready(&db, &clock, id, Step::Extract, "node-2", MINUTE, 1).await.unwrap().len()
    };
    assert_eq!(other(later, db.clone()).await, 0);
    let much_later = Clock::fixed(NOON.plus(MINUTE * 2));
    assert_eq!(other(much_later.clone(), db.clone()).await, 1);
    assert!(!cases::renew_lease(&db, &much_later, id, "node-1", MINUTE).await.unwrap(), "it is another's now");
}

async fn a_ring_is_heard(db: Db) {
    let mut rings = Rings::listen(&db).await.unwrap();
    let case = received(&db).await;
    let mut tx = db.begin().await.unwrap();
    queue::enqueue(&mut tx, &noon(), Step::Deliver, case.id, "a key", None).await.unwrap();
    tx.commit().await.unwrap();
    let mut heard = Vec::new();
    // Rings of other tests on SQLite may be heard besides.
    while !(heard.contains(&Step::Extract) && heard.contains(&Step::Deliver)) {
        heard.push(tokio::time::timeout(Duration::from_secs(10), rings.next()).await.unwrap().unwrap());
    }
}

async fn several_steps_end_together_without_the_case_that_moved_on(db: Db) {
    let three = three(&db).await;
    let mut cases = ready(&db, three[0], "node-1", 9).await;
    cases.sort_by_key(|case| case.id);
    // The second is somebody else's by now.
    let lapsed = Clock::fixed(NOON.plus(MINUTE * 2));
    assert_eq!(cases::lease_ready(&db, &lapsed, three[1], Step::Extract, "node-2", MINUTE, 1).await.unwrap().len(), 1);
    let mut done = Vec::new();
    for case in cases {
        let message = cases::messages(&db, case.id).await.unwrap()[0].id;
        done.push((case, vec![StoredReading { message, reading: "{}".to_owned() }]));
    }
    let results = readings::finish_extracts(&db, &noon(), &done).await.unwrap();
    assert!(matches!(results[..], [Ok(_), Err(StoreError::Conflict), Ok(_)]), "{results:?}");
    for (id, stored) in [(three[0], 1), (three[1], 0), (three[2], 1)] {
        assert_eq!(readings::of_case(&db, id).await.unwrap().len(), stored);
    }
    let mut drafts = Vec::new();
    for id in [three[0], three[2]] {
        let case = cases::get(&db, id).await.unwrap();
        assert_eq!((&case.state, case.attempts, case.stale), (&CaseState::Extracted, 0, false));
        drafts.push((case, ("Dear Pat".to_owned(), "{}".to_owned())));
    }
    let results = drafts::finish_drafts(&db, &noon(), &drafts).await.unwrap();
    assert!(matches!(results[..], [Ok(()), Ok(())]), "{results:?}");
    for id in [three[0], three[2]] {
        assert_eq!(cases::get(&db, id).await.unwrap().state, CaseState::Drafted);
        let history: Vec<_> = events::of_case(&db, id).await.unwrap().into_iter().map(|event| event.what).collect();
        assert_eq!(history, ["received", "extracted", "drafted"]);
    }
    assert_eq!(drafts::latest(&db, three[2]).await.unwrap().unwrap().body, "Dear Pat");
}

async fn a_reply_is_refused_before_any_try(db: Db) {
    let by = reviewer(&db, "rae").await;
    let case = claimed(&db, by).await;
    let event = CaseEvent::Approved { by, reply: ReplyId::new(noon().id()) };
    let approved = after(&db, &case, event).await;
    let refused = replies::refuse(&db, &noon(), &approved, &Cause::new("not like this")).await.unwrap();
    assert!(matches!(refused.state, CaseState::Undeliverable { .. }));
    assert_eq!(refused.last_cause, Some(Cause::new("not like this")));
    assert!(matches!(replies::refuse(&db, &noon(), &approved, &Cause::new("again")).await, Err(StoreError::Conflict)));
}

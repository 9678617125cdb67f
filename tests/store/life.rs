//! Transitions, claims, leases and retries, and their races.

use caseconsult_core::domain::{
    case::{CaseEvent, CaseState, HoldReason, Step},
    event::Actor,
    ids::{CaseId, UserId},
    outcome::Cause,
    tag::CaseTag,
};
use caseconsult_store::{
    Clock, Db, StoreError,
    cases::{self, Filter, Lease},
    events, queue,
};

use super::{
    given::{self, MINUTE, NOON, SECOND, noon},
    on_both,
};

on_both![
    a_case_is_advanced_with_its_history_and_next_job,
    of_two_who_change_a_case_one_is_told_so,
    what_the_state_does_not_allow_changes_nothing,
    a_dropped_transaction_leaves_nothing,
    cases_are_listed_by_state_and_age,
    a_case_that_is_not_there_is_not_found,
    a_claim_lapses_and_can_be_taken_over,
    renewing_a_claim_does_not_outdate_the_page,
    of_two_who_claim_at_once_one_gets_the_case,
    a_case_given_back_has_no_claim,
    of_many_workers_one_gets_the_lease,
    a_lapsed_lease_is_taken_over_and_the_late_result_refused,
    a_step_can_be_put_off,
    giving_up_holds_the_case_with_its_cause,
];

async fn a_case_is_advanced_with_its_history_and_next_job(db: Db) {
    let case = given::received(&db).await;
    let leased = given::leased(&db, case.id, Step::Extract).await;
    assert_eq!((leased.version, leased.attempts), (2, 1));
    let extracted = given::after(&db, &leased, CaseEvent::Extracted).await;
    assert_eq!((&extracted.state, extracted.version, extracted.attempts), (&CaseState::Extracted, 3, 0));
    let stored = cases::get(&db, case.id).await.unwrap();
    assert_eq!((stored.state, stored.version), (extracted.state, extracted.version));
    let history = events::of_case(&db, case.id).await.unwrap();
    assert_eq!(history.last().map(|event| (event.what.as_str(), event.who)), Some(("extracted", Actor::Machine)));
    // The lease ended with the step: the next one is free.
    given::leased(&db, case.id, Step::Draft).await;
}

async fn of_two_who_change_a_case_one_is_told_so(db: Db) {
    let case = given::received(&db).await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (db, case) = (db.clone(), case.clone());
            tokio::spawn(
                async move { cases::advance_now(&db, &noon(), &case, &CaseEvent::Extracted, Actor::Machine).await },
            )
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => won += 1,
            Err(StoreError::Conflict) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(events::of_case(&db, case.id).await.unwrap().len(), 2, "received and extracted");
}

async fn what_the_state_does_not_allow_changes_nothing(db: Db) {
    let case = given::received(&db).await;
    let refused = cases::advance_now(&db, &noon(), &case, &CaseEvent::SendAccepted, Actor::Machine).await;
    assert!(matches!(refused, Err(StoreError::NotAllowed(_))), "{refused:?}");
    assert_eq!(cases::get(&db, case.id).await.unwrap().version, case.version);
}

async fn a_dropped_transaction_leaves_nothing(db: Db) {
    let case = given::received(&db).await;
    let mut tx = db.begin().await.unwrap();
    cases::advance(&mut tx, &noon(), &case, &CaseEvent::Extracted, Actor::Machine).await.unwrap();
    events::add(&mut tx, &noon(), case.id, Actor::Machine, "noted", "{}").await.unwrap();
    drop(tx);
    assert_eq!(cases::get(&db, case.id).await.unwrap().state, CaseState::Received);
    assert_eq!(events::of_case(&db, case.id).await.unwrap().len(), 1);
    // And the connection is fit for the next one.
    given::after(&db, &case, CaseEvent::Extracted).await;
}

async fn cases_are_listed_by_state_and_age(db: Db) {
    let mailbox = given::mailbox(&db).await;
    let mut ids: Vec<CaseId> = Vec::new();
    for n in 1..=4_u32 {
        let clock = Clock::fixed(NOON.plus(MINUTE * n));
        let mail = given::arrival(n, "pat@example.test", &format!("mail {n}"));
        let taken = caseconsult_store::intake::accept(&db, &clock, &mailbox, vec![mail]).await.unwrap();
        ids.extend(taken[0].case);
    }
    let listed = async |states: &[&'static str], limit, offset| -> Vec<CaseId> {
        let filter = Filter { states: states.to_vec(), limit, offset };
        cases::list(&db, &filter).await.unwrap().into_iter().map(|case| case.id).collect()
    };
    assert_eq!(listed(&[], 0, 0).await, ids);
    assert_eq!(listed(&["received", "closed"], 2, 1).await, ids[1..3]);
    assert!(listed(&["drafted"], 10, 0).await.is_empty());
    for id in &ids[..2] {
        let case = cases::get(&db, *id).await.unwrap();
        given::after(&db, &case, CaseEvent::Closed { by: UserId::new(noon().id()) }).await;
    }
    assert_eq!(listed(&["closed"], 10, 0).await, [ids[1], ids[0]], "settled ones: the newest first");
    assert_eq!(cases::counts(&db).await.unwrap(), [("closed".to_owned(), 2), ("received".to_owned(), 2)]);
}

async fn a_case_that_is_not_there_is_not_found(db: Db) {
    let id = CaseId::new(noon().id());
    assert!(matches!(cases::get(&db, id).await, Err(StoreError::NotFound("case"))));
    assert!(matches!(cases::find(&db, &CaseTag::of(id)).await, Err(StoreError::NotFound("case"))));
    let by = UserId::new(noon().id());
    assert!(matches!(cases::claim(&db, &noon(), id, by, MINUTE, false).await, Err(StoreError::NotFound("case"))));
    assert!(matches!(cases::follow_up_read(&db, &noon(), id, by).await, Err(StoreError::NotFound("case"))));
    let lease = cases::lease(&db, &noon(), id, Step::Extract, "node-1", MINUTE).await.unwrap();
    assert!(matches!(lease, Lease::NotOurs));
}

async fn a_claim_lapses_and_can_be_taken_over(db: Db) {
    let (kim, lee) = (given::reviewer(&db, "kim").await, given::reviewer(&db, "lee").await);
    let case = given::claimed(&db, kim).await;
    assert_eq!((&case.state, case.claim), (&CaseState::InReview { reviewer: kim }, Some((kim, NOON.plus(MINUTE)))));
    let refused = cases::claim(&db, &noon(), case.id, lee, MINUTE, false).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    assert!(matches!(cases::renew_claim(&db, &noon(), case.id, lee, MINUTE).await, Err(StoreError::Conflict)));

    let taken_over = cases::claim(&db, &noon(), case.id, lee, MINUTE, true).await.unwrap();
    assert_eq!((&taken_over.state, taken_over.version), (&CaseState::InReview { reviewer: lee }, case.version + 1));
    assert!(matches!(cases::renew_claim(&db, &noon(), case.id, kim, MINUTE).await, Err(StoreError::Conflict)));

    let later = Clock::fixed(NOON.plus(MINUTE + SECOND));
    let lapsed = cases::claim(&db, &later, case.id, kim, MINUTE, false).await.unwrap();
    assert_eq!(lapsed.claim, Some((kim, later.now().plus(MINUTE))));
    let history: Vec<_> = events::of_case(&db, case.id).await.unwrap().into_iter().map(|event| event.who).collect();
    assert_eq!(history[history.len() - 3..], [kim, lee, kim].map(Actor::User));
}

async fn renewing_a_claim_does_not_outdate_the_page(db: Db) {
    let kim = given::reviewer(&db, "kim").await;
    let case = given::claimed(&db, kim).await;
    let later = Clock::fixed(NOON.plus(SECOND));
    cases::renew_claim(&db, &later, case.id, kim, MINUTE).await.unwrap();
    let again = cases::claim(&db, &later, case.id, kim, MINUTE, false).await.unwrap();
    let stored = cases::get(&db, case.id).await.unwrap();
    assert_eq!((again.version, stored.version), (case.version, case.version));
    assert_eq!(stored.claim, Some((kim, NOON.plus(SECOND + MINUTE))));
}

async fn of_two_who_claim_at_once_one_gets_the_case(db: Db) {
    let reviewers = [given::reviewer(&db, "kim").await, given::reviewer(&db, "lee").await];
    let case = given::drafted(&db).await;
    let tasks = reviewers.map(|by| {
        let (db, id) = (db.clone(), case.id);
        tokio::spawn(async move { cases::claim(&db, &noon(), id, by, MINUTE, false).await })
    });
    let mut holders = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            Ok(case) => holders.push(case.claim.unwrap().0),
            Err(StoreError::Conflict) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(holders.len(), 1);
    assert_eq!(cases::get(&db, case.id).await.unwrap().claim.unwrap().0, holders[0]);
}

async fn a_case_given_back_has_no_claim(db: Db) {
    let kim = given::reviewer(&db, "kim").await;
    let case = given::claimed(&db, kim).await;
    let back = given::after(&db, &case, CaseEvent::Returned { by: kim }).await;
    assert_eq!((&back.state, back.claim), (&CaseState::Drafted, None));
}

async fn of_many_workers_one_gets_the_lease(db: Db) {
    let case = given::received(&db).await;
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let (db, id) = (db.clone(), case.id);
            tokio::spawn(async move {
                cases::lease(&db, &noon(), id, Step::Extract, &format!("node-{n}"), MINUTE).await.unwrap()
            })
        })
        .collect();
    let mut taken = 0;
    for task in tasks {
        taken += usize::from(matches!(task.await.unwrap(), Lease::Taken(_)));
    }
    assert_eq!(taken, 1);
    let other_step = cases::lease(&db, &noon(), case.id, Step::Draft, "node-9", MINUTE).await.unwrap();
    assert!(matches!(other_step, Lease::NotOurs));
}

async fn a_lapsed_lease_is_taken_over_and_the_late_result_refused(db: Db) {
    let case = given::received(&db).await;
    let first = given::leased(&db, case.id, Step::Extract).await;
    let later = Clock::fixed(NOON.plus(MINUTE));
    let Lease::Taken(second) = cases::lease(&db, &later, case.id, Step::Extract, "node-2", MINUTE).await.unwrap()
    else {
        panic!("a lapsed lease is free");
    };
    assert_eq!(second.attempts, 2);
    let late = cases::advance_now(&db, &later, &first, &CaseEvent::Extracted, Actor::Machine).await;
    assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
    cases::advance_now(&db, &later, &second, &CaseEvent::Extracted, Actor::Machine).await.unwrap();
}

async fn a_step_can_be_put_off(db: Db) {
    let case = given::received(&db).await;
    let leased = given::leased(&db, case.id, Step::Extract).await;
    let at = NOON.plus(MINUTE * 5);
    let cause = Cause::new("the catalogue is busy\0");
    cases::retry_at(&db, &noon(), &leased, Step::Extract, at, &cause).await.unwrap();
    let waiting = cases::get(&db, case.id).await.unwrap();
    assert_eq!((waiting.next_try_at, waiting.attempts, &waiting.state), (Some(at), 1, &CaseState::Received));
    assert_eq!(waiting.last_cause, Some(Cause::new("the catalogue is busy")));
    assert_eq!(queue::owed(&db, &noon()).await.unwrap(), 0, "nobody can do anything now");
    let early = cases::lease(&db, &noon(), case.id, Step::Extract, "node-2", MINUTE).await.unwrap();
    assert!(matches!(early, Lease::NotOurs));
    let again = cases::retry_at(&db, &noon(), &leased, Step::Extract, at, &cause).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");

    let then = Clock::fixed(at);
    assert_eq!(queue::owed(&db, &then).await.unwrap(), 1);
    let Lease::Taken(case) = cases::lease(&db, &then, case.id, Step::Extract, "node-2", MINUTE).await.unwrap() else {
        panic!("its time has come");
    };
    assert_eq!(case.attempts, 2);
    let done = cases::advance_now(&db, &then, &case, &CaseEvent::Extracted, Actor::Machine).await.unwrap();
    assert_eq!((done.next_try_at, done.last_cause, done.attempts), (None, None, 0));
    let history = events::of_case(&db, case.id).await.unwrap();
    assert!(history.iter().any(|event| event.what == "step_failed" && event.detail.contains("extract")));
}

async fn giving_up_holds_the_case_with_its_cause(db: Db) {
    let case = given::received(&db).await;
    let leased = given::leased(&db, case.id, Step::Extract).await;
    let cause = Cause::new("tried five times");
    let held =
        given::after(&db, &leased, CaseEvent::Held { reason: HoldReason::GivenUp { cause: cause.clone() } }).await;
    assert_eq!((held.state.name(), held.last_cause), ("held", Some(cause)));
    assert_eq!(queue::owed(&db, &noon()).await.unwrap(), 0);
    let held = cases::get(&db, case.id).await.unwrap();
    let released = given::after(&db, &held, CaseEvent::Released { by: UserId::new(noon().id()) }).await;
    assert_eq!(released.state, CaseState::Received);
    given::leased(&db, case.id, Step::Extract).await;
}

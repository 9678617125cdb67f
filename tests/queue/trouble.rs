//! Panics, hangs, failures, unreadable jobs, lost bells and dead processes: each costs delay and no case.

use std::time::{Duration, Instant};

use caseconsult_core::domain::{
    case::{CaseState, HoldReason, Step},
    outcome::Cause,
};
use caseconsult_store::{Clock, Db, cases, queue};
use sqlx::{postgres::PgPoolOptions, sqlite::SqlitePoolOptions};

use super::script::{Does, Running, Script, all_drafted, quick, reaches, received, until_idle};
use crate::store::on_both;

on_both!(
    a_panic_is_a_failure_like_any_other,
    a_hanging_step_is_cut_off_and_tried_again,
    a_failure_is_tried_again_after_its_pause,
    a_step_that_gives_up_parks_the_case_at_once,
    a_job_that_cannot_be_read_does_not_end_the_queue,
    a_lost_bell_is_rung_again,
    a_dead_process_leaves_its_cases_to_the_next,
);

async fn a_panic_is_a_failure_like_any_other(db: Db) {
    let (script, ids) = (Script::default(), received(&db, 10).await);
    script.set(ids[3], Step::Extract, &[Does::Panic]);
    script.set(ids[4], Step::Extract, &[Does::Panic, Does::Well]);
    let running = Running::start(&db, "node-1", &script, quick());
    let held = reaches(&db, ids[3], "held").await;
    let CaseState::Held { reason: HoldReason::GivenUp { cause } } = held.state else { panic!("{:?}", held.state) };
    assert_eq!(cause, Cause::new("a defect of the program: the step panicked"));
    assert_eq!(script.tries(ids[3], Step::Extract), 3);
    for id in ids.iter().filter(|id| **id != ids[3]) {
        reaches(&db, *id, "drafted").await;
    }
    assert_eq!(script.tries(ids[4], Step::Extract), 2);
    running.stop().await;
}

async fn a_hanging_step_is_cut_off_and_tried_again(db: Db) {
    let (script, ids) = (Script::default(), received(&db, 2).await);
    script.set(ids[0], Step::Draft, &[Does::Hang, Does::Well]);
    let mut settings = quick();
    settings.lease = Duration::from_millis(700);
    let running = Running::start(&db, "node-1", &script, settings);
    reaches(&db, ids[0], "drafted").await;
    reaches(&db, ids[1], "drafted").await;
    assert_eq!(script.tries(ids[0], Step::Draft), 2);
    running.stop().await;
}

async fn a_failure_is_tried_again_after_its_pause(db: Db) {
    let (script, ids) = (Script::default(), received(&db, 1).await);
    script.set(ids[0], Step::Extract, &[Does::Later, Does::Well]);
    let mut settings = quick();
    settings.retry_base = Duration::from_secs(2);
    let running = Running::start(&db, "node-1", &script, settings);
    let since = Instant::now();
    let case = loop {
        let case = cases::get(&db, ids[0]).await.unwrap();
        if case.next_try_at.is_some() {
            break case;
        }
        assert!(since.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!((case.state.name(), case.last_cause), ("received", Some(Cause::new("not now"))));
    let done = reaches(&db, ids[0], "drafted").await;
    assert!(done.updated_at >= case.next_try_at.unwrap().minus(Duration::from_secs(1)), "before its time");
    assert_eq!((done.next_try_at, done.last_cause), (None, None), "the trouble is over");
    running.stop().await;
}

async fn a_step_that_gives_up_parks_the_case_at_once(db: Db) {
    let (script, ids) = (Script::default(), received(&db, 2).await);
    script.set(ids[0], Step::Draft, &[Does::Never]);
    until_idle(&db, "node-1", &script, quick()).await;
    let held = cases::get(&db, ids[0]).await.unwrap();
    assert!(matches!(held.state, CaseState::Held { reason: HoldReason::Unreadable { .. } }), "{:?}", held.state);
    assert_eq!(script.tries(ids[0], Step::Draft), 1);
    reaches(&db, ids[1], "drafted").await;
}

async fn a_job_that_cannot_be_read_does_not_end_the_queue(db: Db) {
    for (number, payload) in ["", "\u{0}", "[]", "{\"case_id\":\"nobody\"}"].iter().enumerate() {
        let id = format!("01ARZ3NDEKTSV4RRFFQ69G5FA{number}");
        match &db {
            Db::Sqlite { write, .. } => {
                sqlx::query("INSERT INTO Jobs (id, job_type, job, metadata) VALUES ($1, 'extract', $2, '{}')")
                    .bind(id)
                    .bind(payload.as_bytes())
                    .execute(write)
                    .await
                    .unwrap();
            }
            Db::Postgres { pool, .. } => {
                sqlx::query("INSERT INTO apalis.jobs (id, job_type, job) VALUES ($1, 'extract', $2)")
                    .bind(id)
                    .bind(payload.as_bytes())
                    .execute(pool)
                    .await
                    .unwrap();
            }
        }
    }
    let (script, ids) = (Script::default(), received(&db, 1).await);
    until_idle(&db, "node-1", &script, quick()).await;
    reaches(&db, ids[0], "drafted").await;
}

async fn a_lost_bell_is_rung_again(db: Db) {
    let (script, ids) = (Script::default(), received(&db, 3).await);
    let lost = match &db {
        Db::Sqlite { write, .. } => sqlx::query("DELETE FROM Jobs").execute(write).await.unwrap().rows_affected(),
        Db::Postgres { pool, .. } => {
            sqlx::query("DELETE FROM apalis.jobs").execute(pool).await.unwrap().rows_affected()
        }
    };
    assert_eq!(lost, 3);
    let done = queue::reconcile(&db, &Clock::system()).await.unwrap();
    assert_eq!(done.rung, 3);
    assert_eq!(queue::reconcile(&db, &Clock::system()).await.unwrap().rung, 0, "once is enough");
    until_idle(&db, "node-1", &script, quick()).await;
    for id in ids {
        reaches(&db, id, "drafted").await;
    }
}

/// The first process dies while it holds two cases; apalis's rows say for a minute that it lives. The second has
/// the cases as soon as their leases have ended.
async fn a_dead_process_leaves_its_cases_to_the_next(db: Db) {
    let (script, ids) = (Script::default(), received(&db, 6).await);
    script.set(ids[0], Step::Extract, &[Does::Hang, Does::Well]);
    script.set(ids[5], Step::Extract, &[Does::Hang, Does::Well]);
    let mut settings = quick();
    settings.lease = Duration::from_secs(2);

    // A runtime of its own, so that everything of the process ends at once, like a killed one.
    let (dying, doomed, theirs) = (db.clone(), script.clone(), settings.clone());
    let process = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async move {
            let _running = Running::start(&opened_again(&dying).await, "node-1", &doomed, theirs);
            while doomed.all_tries() == 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        });
        runtime.shutdown_background();
    });
    process.join().unwrap();

    // What hangs only now is put off, and what is put off is not owed: so once more after its pause.
    for round in ["node-2", "node-3", "node-4"] {
        let idle = until_idle(&db, round, &script, settings.clone());
        tokio::time::timeout(Duration::from_secs(40), idle).await.expect("some case is still owed its step");
        if all_drafted(&db, &ids).await {
            return;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    panic!("some case is left behind");
}

/// The same database as another process opens it.
async fn opened_again(db: &Db) -> Db {
    match db {
        Db::Sqlite { write, .. } => {
            let options = (*write.connect_options()).clone();
            let one = SqlitePoolOptions::new().max_connections(1);
            let write = one.clone().connect_with(options.clone()).await.unwrap();
            Db::on_sqlite(write, one.connect_with(options).await.unwrap())
        }
        Db::Postgres { pool, .. } => {
            let options = (*pool.connect_options()).clone();
            Db::on_postgres(PgPoolOptions::new().max_connections(6).connect_with(options).await.unwrap())
        }
    }
}

//! Jobs: rung inside our transactions, rung again when lost, and swept up after apalis.

use caseconsult_core::domain::{
    case::{CaseEvent, Step},
    ids::CaseId,
};
use caseconsult_store::{
    Clock, Db,
    queue::{self, CaseJob, Reconciled},
};

use super::{
    given::{self, MINUTE, NOON, SECOND, noon},
    on_both,
};

on_both![
    a_bell_is_rung_with_its_transaction_and_once_for_each_key,
    a_job_is_what_apalis_can_read,
    a_lost_bell_is_rung_again,
    a_live_job_a_lease_or_a_later_try_is_no_lost_bell,
    a_stuck_job_is_no_live_one,
    finished_jobs_and_dead_workers_are_swept_up,
];

/// How the two name apalis's tables and write a time.
struct Dialect {
    jobs: &'static str,
    workers: &'static str,
    time: fn(i64) -> String,
}

fn dialect(db: &Db) -> Dialect {
    match db {
        Db::Sqlite { .. } => Dialect { jobs: "Jobs", workers: "Workers", time: |seconds| seconds.to_string() },
        Db::Postgres { .. } => Dialect {
            jobs: "apalis.jobs",
            workers: "apalis.workers",
            time: |seconds| format!("to_timestamp({seconds})"),
        },
    }
}

async fn run(db: &Db, sql: String) {
    let sql = sqlx::AssertSqlSafe(sql);
    match db {
        Db::Sqlite { write, .. } => drop(sqlx::query(sql).execute(write).await.unwrap()),
        Db::Postgres { pool, .. } => drop(sqlx::query(sql).execute(pool).await.unwrap()),
    }
}

/// Queue, key and payload of all jobs, by age.
async fn jobs(db: &Db) -> Vec<(String, String, Vec<u8>)> {
    let sql =
        sqlx::AssertSqlSafe(format!("SELECT job_type, idempotency_key, job FROM {} ORDER BY id", dialect(db).jobs));
    match db {
        Db::Sqlite { read, .. } => sqlx::query_as(sql).fetch_all(read).await.unwrap(),
        Db::Postgres { pool, .. } => sqlx::query_as(sql).fetch_all(pool).await.unwrap(),
    }
}

async fn ring(db: &Db, case: CaseId, key: &str) {
    let mut tx = db.begin().await.unwrap();
    queue::enqueue(&mut tx, &noon(), Step::Extract, case, key, None).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_bell_is_rung_with_its_transaction_and_once_for_each_key(db: Db) {
    let case = CaseId::new(noon().id());
    let mut tx = db.begin().await.unwrap();
    queue::enqueue(&mut tx, &noon(), Step::Extract, case, "a", None).await.unwrap();
    drop(tx);
    assert!(jobs(&db).await.is_empty());
    ring(&db, case, "a").await;
    // A key that is there already must not end the transaction.
    let mut tx = db.begin().await.unwrap();
    queue::enqueue(&mut tx, &noon(), Step::Extract, case, "a", None).await.unwrap();
    queue::enqueue(&mut tx, &noon(), Step::Extract, case, "b", Some(NOON)).await.unwrap();
    queue::enqueue(&mut tx, &noon(), Step::Deliver, case, "a", Some(NOON)).await.unwrap();
    tx.commit().await.unwrap();
    let keys: Vec<_> = jobs(&db).await.into_iter().map(|(queue, key, _)| (queue, key)).collect();
    let expected = [("extract", "a"), ("extract", "b"), ("deliver", "a")];
    assert_eq!(keys, expected.map(|(queue, key)| (queue.to_owned(), key.to_owned())));
}

async fn a_job_is_what_apalis_can_read(db: Db) {
    let case = given::received(&db).await;
    let stored = jobs(&db).await;
    let payload: CaseJob = serde_json::from_slice(&stored[0].2).unwrap();
    assert_eq!(payload.case_id, case.id);
    assert_eq!((stored[0].0.as_str(), stored[0].1.as_str()), ("extract", format!("{}:extract:1", case.id).as_str()));
    let (id, attempts, status): (String, i64, String) = {
        let sql =
            sqlx::AssertSqlSafe(format!("SELECT id, CAST(max_attempts AS BIGINT), status FROM {}", dialect(&db).jobs));
        match &db {
            Db::Sqlite { read, .. } => sqlx::query_as(sql).fetch_one(read).await.unwrap(),
            Db::Postgres { pool, .. } => sqlx::query_as(sql).fetch_one(pool).await.unwrap(),
        }
    };
    assert_eq!((id.len(), attempts, status.as_str()), (26, 1, "Pending"));
}

/// A moment at which nothing is settling any more.
fn later() -> Clock {
    Clock::fixed(NOON.plus(SECOND * 10))
}

async fn reconciled(db: &Db, clock: &Clock) -> Reconciled {
    queue::reconcile(db, clock).await.unwrap()
}

async fn a_lost_bell_is_rung_again(db: Db) {
    let case = given::received(&db).await;
    run(&db, format!("DELETE FROM {}", dialect(&db).jobs)).await;
    assert_eq!(reconciled(&db, &noon()).await.rung, 0, "it changed this very moment");
    assert_eq!(reconciled(&db, &later()).await, Reconciled { rung: 1, ..Reconciled::default() });
    assert_eq!(reconciled(&db, &later()).await.rung, 0, "it is on the way");
    let stored = jobs(&db).await;
    assert_eq!(stored[0].0, "extract");
    assert!(stored[0].1.starts_with(&format!("{}:extract:1:r", case.id)), "{}", stored[0].1);
    // A finished job under the first key does not keep the bell silent.
    let finished = (dialect(&db).time)(NOON.seconds());
    run(&db, format!("UPDATE {} SET status = 'Done', done_at = {finished}", dialect(&db).jobs)).await;
    let next_minute = Clock::fixed(NOON.plus(MINUTE + SECOND * 5));
    assert_eq!(reconciled(&db, &next_minute).await.rung, 1);
}

async fn a_live_job_a_lease_or_a_later_try_is_no_lost_bell(db: Db) {
    let time = dialect(&db).time;
    let jobs = dialect(&db).jobs;
    let waiting = given::received(&db).await;
    run(&db, format!("UPDATE {jobs} SET run_at = {}", time(NOON.seconds()))).await;
    assert_eq!(reconciled(&db, &later()).await.rung, 0);
    run(&db, format!("DELETE FROM {jobs}")).await;
    let leased = given::leased(&db, waiting.id, Step::Extract).await;
    assert_eq!(reconciled(&db, &later()).await.rung, 0);
    let cause = caseconsult_core::domain::outcome::Cause::new("busy");
    let at = NOON.plus(MINUTE * 5);
    caseconsult_store::cases::retry_at(&db, &noon(), &leased, Step::Extract, at, &cause).await.unwrap();
    run(&db, format!("DELETE FROM {jobs}")).await;
    assert_eq!(reconciled(&db, &later()).await.rung, 0);
    assert_eq!(reconciled(&db, &Clock::fixed(at)).await.rung, 1);
    run(&db, format!("DELETE FROM {jobs}")).await;
    let case = caseconsult_store::cases::get(&db, waiting.id).await.unwrap();
    given::after(&db, &case, CaseEvent::Extracted).await;
    // A job of the step before does not ring for this one.
    run(&db, format!("UPDATE {jobs} SET job_type = 'extract', idempotency_key = '{}:extract:9'", waiting.id)).await;
    run(&db, format!("UPDATE {jobs} SET run_at = {}", time(NOON.seconds()))).await;
    assert_eq!(reconciled(&db, &later()).await.rung, 1);
}

async fn a_stuck_job_is_no_live_one(db: Db) {
    let Dialect { jobs, time, .. } = dialect(&db);
    given::received(&db).await;
    run(&db, format!("UPDATE {jobs} SET run_at = {at}, status = 'Running', lock_at = {at}", at = time(NOON.seconds())))
        .await;
    assert_eq!(reconciled(&db, &later()).await.rung, 0, "it may be running");
    assert_eq!(reconciled(&db, &Clock::fixed(NOON.plus(MINUTE * 2))).await.rung, 1);
}

async fn finished_jobs_and_dead_workers_are_swept_up(db: Db) {
    let Dialect { jobs, workers, time } = dialect(&db);
    let worked_on = given::received(&db).await;
    let moved_on = given::received(&db).await;
    for n in 0..5 {
        ring(&db, moved_on.id, &format!("done-{n}")).await;
    }
    let now = time(NOON.seconds());
    for name in ["dead", "idle", "alive"] {
        let seen = if name == "alive" { NOON.plus(MINUTE * 60).seconds() } else { NOON.seconds() };
        run(
            &db,
            format!(
                "INSERT INTO {workers} (id, worker_type, storage_name, last_seen) VALUES ('{name}', 'extract', 'x', {})",
                time(seen)
            ),
        )
        .await;
    }
    run(&db, format!("UPDATE {jobs} SET status = 'Done', done_at = {now} WHERE idempotency_key LIKE 'done-%'")).await;
    run(
        &db,
        format!("UPDATE {jobs} SET status = 'Running', lock_at = {now}, lock_by = 'dead' WHERE status = 'Pending'"),
    )
    .await;
    given::after(&db, &moved_on, CaseEvent::Extracted).await;
    run(&db, format!("DELETE FROM {jobs} WHERE job_type = 'draft'")).await;

    assert_eq!(reconciled(&db, &later()).await.deleted, 0, "too early");
    let hour = Clock::fixed(NOON.plus(MINUTE * 60));
    let done = reconciled(&db, &hour).await;
    // Five finished ones, and the stuck one whose case has moved on; the other is apalis's to take up again.
    assert_eq!((done.deleted, done.workers), (6, 1), "{done:?}");
    let left: Vec<_> = self::jobs(&db).await.into_iter().map(|(_, key, _)| key).collect();
    assert!(left.contains(&format!("{}:extract:1", worked_on.id)));
    assert!(!left.contains(&format!("{}:extract:1", moved_on.id)));
}

/// apalis's own statements, as of 1.0.0: they must find their rows by an index, in a queue that was empty when the
/// statistics were made.
#[tokio::test]
async fn sqlite_finds_jobs_by_an_index_from_the_first_one_on() {
    const LOCK: &str = "EXPLAIN QUERY PLAN UPDATE Jobs SET status = 'Running', lock_at = 1, lock_by = ?2 \
        WHERE id IN (SELECT value FROM json_each(?1)) AND (status = 'Queued' OR status = 'Pending' \
        OR (status = 'Failed' AND attempts < max_attempts))";
    const ACK: &str = "EXPLAIN QUERY PLAN WITH j AS (SELECT value ->> 'task_id' AS task_id, \
        value ->> 'attempt' AS attempt, value ->> 'result' AS result, value ->> 'status' AS status FROM json_each(?1)) \
        UPDATE Jobs SET status = j.status, attempts = j.attempt, last_result = j.result, done_at = 1 \
        FROM j WHERE Jobs.id = j.task_id AND Jobs.lock_by = ?2";
    const FETCH: &str = "EXPLAIN QUERY PLAN SELECT ROWID FROM Jobs WHERE job_type = ?2 AND status = 'Pending' \
        AND lock_by IS NULL AND (run_at IS NULL OR run_at <= ?4) ORDER BY priority DESC, run_at ASC, id ASC LIMIT ?3";
    let (db, _folder) = given::sqlite().await;
    let Db::Sqlite { write, read, .. } = &db else { panic!("opened otherwise") };
    let names = async |sql: &'static str| -> Vec<String> { sqlx::query_scalar(sql).fetch_all(read).await.unwrap() };
    let indexes = names("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'Jobs' ORDER BY 1").await;
    assert_eq!(names("SELECT idx FROM sqlite_stat1 WHERE tbl = 'Jobs' ORDER BY 1").await, indexes);
    for pool in [write, read] {
        for (sql, index) in [
            (LOCK, "sqlite_autoindex_Jobs_1 (id=?)"),
            (ACK, "sqlite_autoindex_Jobs_1 (id=?)"),
            (FETCH, "idx_jobs_pending (job_type=?"),
        ] {
            let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(pool).await.unwrap();
            let plan: Vec<_> = plan.into_iter().map(|(.., step)| step).collect();
            assert!(plan.iter().any(|step| step.contains(index)), "{sql}\n{plan:#?}");
            assert!(!plan.iter().any(|step| step.starts_with("SCAN Jobs")), "{sql}\n{plan:#?}");
        }
    }
}

#[tokio::test]
async fn postgres_is_told_to_use_the_queues_index() {
    let Some(db) = given::postgres().await else { return };
    let Db::Postgres { pool, .. } = &db else { panic!("opened otherwise") };
    let set: Vec<String> = sqlx::query_scalar("SELECT unnest(proconfig) FROM pg_proc WHERE proname = 'get_jobs'")
        .fetch_all(pool)
        .await
        .unwrap();
    assert_eq!(set, ["enable_sort=off", "enable_seqscan=off", "enable_bitmapscan=off"]);
    db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_node_reconciles_at_a_time() {
    let Some(db) = given::postgres().await else { return };
    let Db::Postgres { pool, .. } = &db else { panic!("opened otherwise") };
    given::received(&db).await;
    run(&db, "DELETE FROM apalis.jobs".to_owned()).await;
    let mut other_node = pool.begin().await.unwrap();
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(0x0CA5_EC05_0000_0003_i64)
        .execute(&mut *other_node)
        .await
        .unwrap();
    assert_eq!(reconciled(&db, &later()).await, Reconciled::default());
    other_node.rollback().await.unwrap();
    assert_eq!(reconciled(&db, &later()).await.rung, 1);
    db.close().await;
}

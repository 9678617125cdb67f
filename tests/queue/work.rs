//! Cases are worked on once each, promptly, by several at once, and by two nodes.

use std::time::{Duration, Instant};

use caseconsult_core::domain::case::Step;
use caseconsult_store::{Db, db::DbSettings};

use super::script::{Running, Script, all_drafted, quick, reaches, received, until_idle};
use crate::{store::on_both, support};

on_both!(
    each_case_is_worked_on_once_at_each_step,
    a_worker_is_woken_though_it_seldom_looks,
    nothing_is_left_behind_by_a_stop_in_the_middle,
);

async fn each_case_is_worked_on_once_at_each_step(db: Db) {
    let (script, ids) = (Script::default(), received(&db, 60).await);
    until_idle(&db, "node-1", &script, quick()).await;
    assert!(all_drafted(&db, &ids).await);
    for id in ids {
        assert_eq!((script.tries(id, Step::Extract), script.tries(id, Step::Draft)), (1, 1));
    }
}

async fn a_worker_is_woken_though_it_seldom_looks(db: Db) {
    let script = Script::default();
    let mut settings = quick();
    settings.poll_every = Duration::from_secs(120);
    let running = Running::start(&db, "node-1", &script, settings);
    // The second case comes when the workers have long been waiting.
    for pause in [0, 1_000] {
        tokio::time::sleep(Duration::from_millis(pause)).await;
        let since = Instant::now();
        let ids = received(&db, 1).await;
        reaches(&db, ids[0], "drafted").await;
        // Their next look of their own is two minutes away; apalis's heartbeat, which also looks, five seconds.
        assert!(since.elapsed() < Duration::from_secs(4), "{:?}", since.elapsed());
    }
    running.stop().await;
}

async fn nothing_is_left_behind_by_a_stop_in_the_middle(db: Db) {
    let (script, ids) = (Script::default(), received(&db, 80).await);
    let running = Running::start(&db, "node-1", &script, quick());
    reaches(&db, ids[0], "drafted").await;
    running.stop().await;
    until_idle(&db, "node-2", &script, quick()).await;
    assert!(all_drafted(&db, &ids).await);
    for id in ids {
        assert_eq!((script.tries(id, Step::Extract), script.tries(id, Step::Draft)), (1, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_on_one_postgresql_share_the_cases() {
    let Some(url) = support::postgres::migrated().await else { return };
    let settings = DbSettings { url, max_connections: 8 };
    let (one, other) = (Db::open(&settings).await.unwrap(), Db::open(&settings).await.unwrap());
    let script = Script::default();
    let nodes = [Running::start(&one, "node-1", &script, quick()), Running::start(&other, "node-2", &script, quick())];
    let ids = received(&one, 200).await;
    for id in &ids {
        reaches(&one, *id, "drafted").await;
    }
    for node in nodes {
        node.stop().await;
    }
    assert_eq!(script.all_tries(), 400, "each case once at each of two steps");
    one.close().await;
    other.close().await;
}

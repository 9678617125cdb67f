//! Migrations, and that both schemas are the same.

use std::{collections::BTreeSet, fs, path::Path};

use caseconsult_store::{Db, StoreError, db::DbSettings};

use super::{given, on_both};
use crate::support;

on_both![migrating_again_changes_nothing, a_newer_database_is_refused, it_answers];

async fn migrating_again_changes_nothing(db: Db) {
    let (found, known) = db.schema().await.unwrap();
    assert_eq!(found, known);
    assert!(known > 0);
    db.migrate().await.unwrap();
    assert_eq!(db.schema().await.unwrap(), (found, known));
}

async fn a_newer_database_is_refused(db: Db) {
    let (_, known) = db.schema().await.unwrap();
    const LATER: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                         VALUES (9999, 'later', TRUE, '', 0)";
    match &db {
        Db::Sqlite { write, .. } => drop(sqlx::query(LATER).execute(write).await.unwrap()),
        Db::Postgres { pool, .. } => drop(sqlx::query(LATER).execute(pool).await.unwrap()),
    }
    let refused = db.migrate().await;
    assert!(matches!(refused, Err(StoreError::Newer { found: 9999, known: k }) if k == known), "{refused:?}");
}

async fn it_answers(db: Db) {
    db.ping().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_processes_may_open_and_migrate_a_new_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let settings = given::sqlite_settings(&folder);
            tokio::spawn(async move {
                let db = Db::open(&settings).await.unwrap();
                db.migrate().await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_processes_may_migrate_a_new_server_at_once() {
    let Some(url) = support::postgres::empty().await else { return };
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let settings = DbSettings { url: url.clone(), max_connections: 4 };
            tokio::spawn(async move {
                let db = Db::open(&settings).await.unwrap();
                db.migrate().await.unwrap();
                db.close().await;
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn an_empty_database_has_version_0() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&given::sqlite_settings(&folder)).await.unwrap();
    assert_eq!(db.schema().await.unwrap().0, 0);
    if let Some(url) = support::postgres::empty().await {
        let db = Db::open(&DbSettings { url, max_connections: 2 }).await.unwrap();
        assert_eq!(db.schema().await.unwrap().0, 0);
        db.close().await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let (_db, folder) = given::sqlite().await;
    for file in fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", file.file_name());
    }
}

#[tokio::test]
async fn urls_that_name_no_database_are_refused_in_words() {
    for url in ["", "mysql://x/y", "sqlite:", "sqlite::memory:", "sqlite:a.db?mode=memory", "postgres://["] {
        let refused = Db::open(&DbSettings { url: url.to_owned(), max_connections: 1 }).await;
        assert!(matches!(refused, Err(StoreError::BadUrl(_))), "{url:?}: {refused:?}");
    }
    let nowhere = DbSettings { url: "sqlite:/no/such/folder/x.db".to_owned(), max_connections: 1 };
    assert!(matches!(Db::open(&nowhere).await, Err(StoreError::Unreachable { .. })));
    let secret = DbSettings { url: "postgres://u:hunter2@127.0.0.1:1/x".to_owned(), max_connections: 1 };
    let error = Db::open(&secret).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
}

#[test]
fn both_folders_hold_the_same_migrations() {
    let names = |database: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database);
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty());
}

#[tokio::test]
async fn both_schemas_have_the_same_tables_and_columns() {
    let (sqlite, _folder) = given::sqlite().await;
    let Some(postgres) = given::postgres().await else { return };
    let (Db::Sqlite { read, .. }, Db::Postgres { pool, .. }) = (&sqlite, &postgres) else { panic!("opened otherwise") };
    let of_sqlite: BTreeSet<(String, String)> = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' \
         AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name NOT IN ('Jobs', 'Workers', '_sqlx_migrations')",
    )
    .fetch_all(read)
    .await
    .unwrap()
    .into_iter()
    .collect();
    let of_postgres: BTreeSet<(String, String)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'",
    )
    .fetch_all(pool)
    .await
    .unwrap()
    .into_iter()
    .collect();
    assert_eq!(of_sqlite, of_postgres);
    assert!(of_sqlite.len() > 50);
    postgres.close().await;
}

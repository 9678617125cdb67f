//! A private PostgreSQL, shared by all tests of the process: in a temporary folder, on a Unix socket alone, without
//! fsync unless figures are measured. Each test gets a database of its own.
//!
//! Nothing has to stop it: a small shell waits at the end of a pipe that this process holds, and when the process
//! ends, however it ends, the shell stops the server and removes the folder.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use caseconsult_store::{Db, db::DbSettings};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::machine;

/// PostgreSQL refuses to run as root; Debian's package makes this account.
const ACCOUNT: &str = "postgres";
/// The migrated database that others are copied from.
const TEMPLATE: &str = "migrated";

/// The URL of an empty database; none (and a line that says why) when PostgreSQL is not installed.
pub(crate) async fn empty() -> Option<String> {
    create("").await
}

/// The URL of a database that has the present schema.
pub(crate) async fn migrated() -> Option<String> {
    static ONCE: tokio::sync::OnceCell<()> = tokio::sync::OnceCell::const_new();
    let server = server()?;
    ONCE.get_or_init(|| async {
        administer(server, format!("CREATE DATABASE {TEMPLATE}")).await;
        let db = Db::open(&DbSettings { url: server.url(TEMPLATE), max_connections: 2 }).await.unwrap();
        db.migrate().await.unwrap();
        db.close().await;
    })
    .await;
    create(&format!("TEMPLATE {TEMPLATE}")).await
}

async fn create(how: &str) -> Option<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = server()?;
    let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    administer(server, format!("CREATE DATABASE {name} {how}")).await;
    Some(server.url(&name))
}

async fn administer(server: &Server, sql: String) {
    let mut conn = PgConnection::connect(&server.url(ACCOUNT)).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

struct Server {
    folder: PathBuf,
    _keeper: Child,
}

impl Server {
    fn url(&self, database: &str) -> String {
        format!("postgres://{ACCOUNT}@localhost/{database}?host={}", self.folder.display())
    }
}

fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER
        .get_or_init(|| {
            let Some(programs) = programs() else {
                machine::skip("PostgreSQL is not installed (Debian: postgresql)");
                return None;
            };
            Some(start(&programs))
        })
        .as_ref()
}

/// The folder with the newest version's `initdb` and `postgres`.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let found = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
    found.filter(|bin| bin.join("initdb").is_file() && bin.join("postgres").is_file()).max()
}

/// Tests care for the end, not for the disk. Figures without fsync would be figures of something easier.
fn durability() -> &'static str {
    if std::env::var_os("CASECONSULT_BENCH").is_some() { "-c fsync=on" } else { "-c fsync=off -c full_page_writes=off" }
}

fn start(programs: &Path) -> Server {
    let folder = tempfile::Builder::new().prefix("pg").tempdir().unwrap().keep();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    if machine::is_root() {
        let number = |flag: &str| machine::run(Path::new("id"), &[flag, ACCOUNT]).trim().parse().unwrap();
        chown(&folder, Some(number("-u")), Some(number("-g"))).unwrap();
    }
    let script = r#"
        cd "$2" && "$1/initdb" -D data -A trust -U postgres -N -E UTF8 --locale C.UTF-8 >initdb.log 2>&1 || exit 1
        "$1/postgres" -D data -k "$2" -c listen_addresses= $3 \
            -c max_connections=300 -c shared_buffers=64MB >server.log 2>&1 &
        server=$!
        read end_of_the_test
        kill -INT $server
        wait $server
        rm -rf "$2"
    "#;
    let mut shell = if machine::is_root() {
        let mut runuser = Command::new("runuser");
        runuser.args(["-u", ACCOUNT, "--", "sh"]);
        runuser
    } else {
        Command::new("sh")
    };
    let mut keeper = shell
        .args(["-c", script, "sh"])
        .args([programs, &folder])
        .arg(durability())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let socket = folder.join(".s.PGSQL.5432");
    for _ in 0..1_500 {
        let ready = fs::read_to_string(folder.join("server.log")).unwrap_or_default().contains("ready to accept");
        if ready && socket.exists() {
            return Server { folder, _keeper: keeper };
        }
        assert!(keeper.try_wait().unwrap().is_none(), "PostgreSQL did not start: see {}", folder.display());
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("PostgreSQL did not start within 30 s: see {}", folder.display());
}

//! The program under measurement, as a process of its own.

use std::{
    fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use caseconsult_store::{Db, cases, db::DbSettings};

use crate::support::{
    dovecot::{Dovecot, OURS, PASSWORD},
    postgres,
};

/// Which database a figure is measured on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

impl Backend {
    pub(crate) const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A folder with a configuration for one Dovecot and one database.
pub(crate) struct Site {
    folder: tempfile::TempDir,
    pub(crate) url: String,
}

impl Site {
    pub(crate) fn new(dovecot: &Dovecot, backend: Backend) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let url = match backend {
            Backend::Sqlite => format!("sqlite:{}", folder.path().join("bench.db").display()),
            Backend::Postgres => Self::runtime().block_on(postgres::empty())?,
        };
        let text = format!(
            "[database]\nurl = {url:?}\n[identity]\naddress = {OURS:?}\nsecret = \"{secret}\"\n\
             [intake.imap]\nhost = \"localhost\"\nport = {port}\nca_file = {ca:?}\nuser = {OURS:?}\npassword = {PASSWORD:?}\n\
             [delivery.folder]\npath = {outbox:?}\n[web]\nlisten = \"127.0.0.1:0\"\n",
            secret = "0123456789abcdef".repeat(4),
            port = dovecot.imaps_port,
            ca = dovecot.certs.ca.display().to_string(),
            outbox = folder.path().join("outbox").display().to_string(),
        );
        fs::write(folder.path().join("caseconsult.toml"), text).unwrap();
        Some(Self { folder, url })
    }

    /// Starts a command of the program; its standard output is kept in a file.
    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        let out = self.folder.path().join("out");
        let before = children_cpu();
        let child = Command::new(env!("CARGO_BIN_EXE_caseconsult"))
            .args(["--config"])
            .arg(self.folder.path().join("caseconsult.toml"))
            .args(arguments)
            .env("CASECONSULT_LOG", "warn")
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(fs::File::create(&out).unwrap())
            .spawn()
            .unwrap();
        Running { child, started: Instant::now(), before, peak: 0, out }
    }

    pub(crate) fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(1).build().unwrap()
    }

    pub(crate) async fn db(&self) -> Db {
        Db::open(&DbSettings { url: self.url.clone(), max_connections: 2 }).await.unwrap()
    }

    /// Cases in a state.
    pub(crate) async fn count(db: &Db, state: &str) -> u64 {
        let counts = cases::counts(db).await.unwrap_or_default();
        counts.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count)
    }
}

/// A started command.
pub(crate) struct Running {
    child: Child,
    pub(crate) started: Instant,
    before: Duration,
    peak: u64,
    out: PathBuf,
}

/// What a finished command used.
pub(crate) struct Used {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    /// Peak resident memory in MiB.
    pub(crate) peak_mib: f64,
}

impl Running {
    /// Looks at its memory; true while it runs.
    pub(crate) fn look(&mut self) -> bool {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let peak =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        self.peak = self.peak.max(peak.unwrap_or(0));
        matches!(self.child.try_wait(), Ok(None))
    }

    /// What it printed so far.
    pub(crate) fn printed(&self) -> String {
        fs::read_to_string(&self.out).unwrap_or_default()
    }

    /// Waits for its end.
    pub(crate) fn wait(mut self) -> Used {
        while self.look() {
            std::thread::sleep(Duration::from_millis(5));
        }
        let wall = self.started.elapsed();
        let status = self.child.wait().unwrap();
        assert!(status.success(), "the program failed: {status}");
        self.used(wall)
    }

    /// Ends it with SIGTERM.
    pub(crate) fn stop(mut self) -> Used {
        let wall = self.started.elapsed();
        self.look();
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
        self.used(wall)
    }

    fn used(self, wall: Duration) -> Used {
        Used { wall, cpu: children_cpu().saturating_sub(self.before), peak_mib: self.peak as f64 / 1024.0 }
    }
}

/// Processor time of all children that have ended (proc(5), fields 16 and 17 of stat, in hundredths of a second).
pub(crate) fn children_cpu() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit_once(')').unwrap().1;
    let fields: Vec<u64> = after_name.split_whitespace().skip(1).map(|field| field.parse().unwrap_or(0)).collect();
    Duration::from_millis((fields[12] + fields[13]) * 10)
}

/// The value below which `part` of the sorted times lie.
pub(crate) fn percentile(sorted: &[Duration], part: f64) -> Duration {
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

//! A site: a Dovecot with the mailbox that we watch and the askers' mailboxes, a Postfix that takes our replies and
//! delivers them into that Dovecot, a database, and a configuration that names all three.

use std::{
    ffi::OsStr,
    fmt::Debug,
    fs,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::support::{
    dovecot::{ASKER, Dovecot, OURS, PASSWORD},
    postfix::Postfix,
    postgres,
};

/// Which database the site has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Backend {
    Sqlite,
    Postgres,
}

/// The reviewer's name and password.
pub(super) const REVIEWER: (&str, &str) = ("robin", "three plain words here");

/// The folder for temporary files of the site's processes.
const TEMPORARY: &str = "temporary";

pub(super) struct Site {
    pub(super) dovecot: Dovecot,
    /// None where nothing is sent: it takes seconds to start.
    pub(super) postfix: Option<Postfix>,
    pub(super) url: String,
    folder: tempfile::TempDir,
}

impl Site {
    /// None (and a line that says why) when this machine lacks one of the servers.
    pub(super) fn new(backend: Backend) -> Option<Self> {
        let dovecot = Dovecot::start()?;
        let postfix = Postfix::start(&dovecot)?;
        Self::with(dovecot, Some(postfix), backend)
    }

    /// With one mail that was taken in and drafted; and the tag of its case.
    pub(super) fn with_a_draft(backend: Backend) -> Option<(Self, String)> {
        let site = Self::new(backend)?;
        site.dovecot.put(OURS, &mail(ASKER, 0));
        site.take_in();
        site.work();
        let tag = site.cases()[0]["tag"].as_str().unwrap().to_owned();
        Some((site, tag))
    }

    /// Without mails, and without a mail server that takes replies.
    pub(super) fn that_only_reads(backend: Backend) -> Option<Self> {
        Self::with(Dovecot::start()?, None, backend)
    }

    fn with(dovecot: Dovecot, postfix: Option<Postfix>, backend: Backend) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let url = match backend {
            Backend::Sqlite => format!("sqlite:{}", folder.path().join("cases.db").display()),
            Backend::Postgres => runtime().block_on(postgres::empty())?,
        };
        let ca = dovecot.certs.ca.display().to_string();
        let text = format!(
            r#"[database]
url = {url:?}
[identity]
address = "{OURS}"
name = "Coding desk"
secret = "{secret}"
[intake.imap]
host = "localhost"
port = {imaps}
ca_file = {ca:?}
user = "{OURS}"
password = "{PASSWORD}"
sent_mailbox = "Sent"
[delivery.smtp]
host = "localhost"
port = {smtp}
tls = "starttls"
ca_file = {ca:?}
user = "{OURS}"
password = "{PASSWORD}"
[work]
lease = "2s"
reconcile_every = "500ms"
[web]
listen = "127.0.0.1:0"
"#,
            secret = "0123456789abcdef".repeat(4),
            imaps = dovecot.imaps_port,
            smtp = postfix.as_ref().map_or(1, |postfix| postfix.port),
        );
        fs::write(folder.path().join("caseconsult.toml"), text).unwrap();
        fs::create_dir(folder.path().join(TEMPORARY)).unwrap();
        let site = Self { dovecot, postfix, url, folder };
        let password = site.folder.path().join("password");
        fs::write(&password, REVIEWER.1).unwrap();
        let password = password.display().to_string();
        site.succeed(&["user", "add", REVIEWER.0, "--credential", "CPC", "--password-file", &password]);
        Some(site)
    }

    fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caseconsult"));
        command
            .arg("--config")
            .arg(self.folder.path().join("caseconsult.toml"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("TMPDIR", self.folder.path().join(TEMPORARY))
            .env_remove("CASECONSULT_CRASH_AT")
            .stdin(Stdio::null());
        command
    }

    /// Takes in all mails that there are.
    pub(super) fn take_in(&self) {
        self.succeed(&["poll", "--once"]);
    }

    /// Works until nothing is owed.
    pub(super) fn work(&self) {
        self.succeed(&["work", "--until-idle"]);
    }

    /// Runs a command to its end; it must succeed.
    pub(super) fn succeed(&self, arguments: &[impl AsRef<OsStr> + Debug]) -> String {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        assert!(status.success(), "{arguments:?} failed: {status}\n{out}\n{err}\n{}", self.dovecot.log());
        out.into_owned()
    }

    /// The names in the folder for temporary files.
    pub(super) fn temporary_files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path().join(TEMPORARY)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }

    /// Runs a command that is killed when it passes `point`; whether that happened.
    pub(super) fn killed_at(&self, arguments: &[impl AsRef<OsStr> + Debug], point: &str) -> bool {
        let mut child =
            self.command(arguments).env("CASECONSULT_CRASH_AT", point).stdout(Stdio::null()).spawn().unwrap();
        let began = Instant::now();
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                return status.code().is_none();
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{arguments:?} neither ended nor passed {point}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Starts `serve` or `work`; with the address of the pages when there are any.
    pub(super) fn start(&self, arguments: &[&str]) -> Running {
        let out = self.folder.path().join(format!("out-{}", uuid::Uuid::from_u128(u128::from(fresh_number()))));
        let child = self.command(arguments).stdout(fs::File::create(&out).unwrap()).spawn().unwrap();
        Running { child, out }
    }

    /// All cases, oldest first.
    pub(super) fn cases(&self) -> Vec<Value> {
        self.succeed(&["cases", "--json"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Everything about a case.
    pub(super) fn show(&self, tag: &str) -> Value {
        serde_json::from_str(&self.succeed(&["show", tag, "--json"])).unwrap()
    }

    /// Waits until every case is in one of `states`, and there are `count`.
    pub(super) fn wait_for(&self, count: usize, states: &[&str]) -> Vec<Value> {
        let began = Instant::now();
        loop {
            let cases = self.cases();
            let there = cases.iter().all(|case| states.contains(&case["state"].as_str().unwrap()));
            if there && cases.len() == count {
                return cases;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{count} cases in {states:?} were wanted: {cases:#?}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Waits until nothing is on its way to the askers any more.
    pub(super) fn settle(&self) {
        if let Some(postfix) = &self.postfix {
            postfix.settle();
        }
    }

    /// Approves with a text of the reviewer's own.
    pub(super) fn approval(&self, tag: &str) -> Vec<String> {
        let body = self.folder.path().join("reply.md");
        fs::write(&body, REPLY).unwrap();
        ["approve", tag, "--by", REVIEWER.0, "--body", &body.display().to_string()].map(str::to_owned).to_vec()
    }
}

/// What the reviewer answers. It names the date and holds no finding.
pub(super) const REPLY: &str = "## Short answer\n\nFor the date of service 2026-11-12 the knee injection 20610-RT is \
    reported once.\n\nReviewed by CPC.\n";

/// A case mail of `asker`.
pub(super) fn mail(asker: &str, number: usize) -> Vec<u8> {
    format!(
        "From: Dana <{asker}>\r\nTo: <{OURS}>\r\nSubject: Knee injection {number}\r\n\
         Date: Tue, 17 Nov 2026 09:12:{number:02} -0600\r\nMessage-ID: <trip-{number}@clinic.example.test>\r\n\
         References: <thread-{number}@clinic.example.test>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n\
         DOS 11/12/2026. Can we bill 20610-RT with M17.11? Question number {number}.\r\n"
    )
    .into_bytes()
}

pub(super) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().unwrap()
}

fn fresh_number() -> u32 {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1);
    NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
}

/// A process that runs until stopped.
pub(super) struct Running {
    child: Child,
    out: std::path::PathBuf,
}

impl Running {
    /// The pages' address, once it is printed.
    pub(super) fn url(&mut self) -> String {
        let began = Instant::now();
        loop {
            let out = fs::read_to_string(&self.out).unwrap();
            if let Some(line) = out.lines().find_map(|line| line.strip_prefix("ready: ")) {
                return line.to_owned();
            }
            assert!(self.child.try_wait().unwrap().is_none(), "serve ended");
            assert!(began.elapsed() < Duration::from_secs(30), "serve was not ready within 30 s");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// SIGKILL.
    pub(super) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, which must end it with success.
    pub(super) fn stop(mut self) {
        let began = Instant::now();
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert!(status.success(), "ended with {status}");
                return;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "did not stop within 30 s");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! Starts the program in a folder of its own, with no configuration but the test's.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

pub(super) struct Folder(tempfile::TempDir);

/// What a finished command left.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) success: bool,
    pub(super) out: String,
    pub(super) err: String,
}

impl Folder {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let file = self.0.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        file
    }

    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caseconsult"));
        command.args(arguments).current_dir(self.0.path()).env_remove("CASECONSULT_CONFIG").stdin(Stdio::null());
        command
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, b"", &[])
    }

    /// With something on standard input and in the environment.
    pub(super) fn run_with(&self, arguments: &[&str], input: &[u8], variables: &[(&str, &str)]) -> Ended {
        let mut child = self
            .command(arguments)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that does not read may have closed it already.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        Ended {
            success: output.status.success(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A complete configuration on SQLite with a Maildir and a folder for replies.
pub(super) const COMPLETE: &str = r#"
[database]
url = "sqlite:cases.db"
[identity]
address = "coding@service.test"
secret = "0123456789abcdef0123456789abcdef"
[intake.maildir]
path = "mailbox"
[delivery.folder]
path = "outbox"
[web]
listen = "127.0.0.1:0"
"#;

//! What this machine has, and free ports on it. A test whose servers are not installed says so and is skipped;
//! with `CI=true` it fails instead, so that a green run never means "nothing was tried".

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

/// The program's path, when it is installed in `PATH` or in the places Debian uses for servers.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let server_places = ["/usr/sbin", "/usr/bin", "/usr/lib/postfix/sbin"].map(PathBuf::from);
    std::env::split_paths(&path).chain(server_places).map(|place| place.join(name)).find(|file| file.is_file())
}

/// Says why a test is not run here, or fails it when `CI=true`.
pub(crate) fn skip(why: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "with CI=true nothing may be skipped: {why}");
    eprintln!("SKIPPED: {why}");
}

/// A TCP port of 127.0.0.1 that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Whether we are root, which decides as whom private servers run.
pub(crate) fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

/// Runs a program to its end and returns what it printed; fails the test when it failed.
pub(crate) fn run(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(
        output.status.success(),
        "{} {arguments:?}: {}{}",
        program.display(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

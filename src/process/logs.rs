//! Where log lines go (standard error, so that results on standard output stay clean) and how much is said.
//!
//! Log lines carry ids, counts and durations; never mail text, subjects, names or whole addresses.

use std::io::IsTerminal as _;

use tracing_subscriber::{EnvFilter, fmt};

/// Starts logging. `CASECONSULT_LOG` chooses what is said (`info`, `debug`, `caseconsult_workers=debug`);
/// `CASECONSULT_LOG_FORMAT=json` writes one JSON object a line.
///
/// `async_imap` and `imap_proto` are kept off whatever is asked for, because they print every mail and password.
pub fn start(default: &str) {
    let wanted = std::env::var("CASECONSULT_LOG").unwrap_or_else(|_| default.to_owned());
    let filter = EnvFilter::try_new(format!("{wanted},sqlx=warn,apalis=warn,async_imap=off,imap_proto=off,lettre=off"))
        .unwrap_or_else(|_| EnvFilter::new("info,async_imap=off,imap_proto=off,lettre=off"));
    let lines = fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    // A second start, as in tests that run several commands in one process, changes nothing.
    let _ = if std::env::var("CASECONSULT_LOG_FORMAT").is_ok_and(|format| format == "json") {
        lines.json().try_init()
    } else {
        lines.with_target(false).try_init()
    };
}

/// Keeps panics from printing their message: it may quote the text that was being worked on. The place is enough to
/// find the fault, and the case says that its step failed.
pub fn keep_panics_quiet() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        tracing::error!(place, "a fault of the program: please report this place");
    }));
}

//! The command line, one file for each command.
//!
//! | module | what it does |
//! |---|---|
//! | [`codes`] | takes published code sets in, lists those that are loaded |
//! | [`progress`] | how far a long command has come |

pub mod codes;
pub mod progress;

/// Runs the command that the arguments name.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}

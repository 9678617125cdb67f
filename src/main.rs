//! `caseconsult`: a medical-coding consultation service run from a mailbox.

fn main() -> std::process::ExitCode {
    caseconsult::command::main()
}

//! What a running process is made of: logs, the way it is told to stop, and the parts that every command with a
//! database needs.
//!
//! | module | what it does |
//! |---|---|
//! | [`logs`] | where log lines go and how much is said |
//! | [`stop`] | SIGINT and SIGTERM become one token |
//! | [`parts`] | what runs together, and stops together |
//! | [`open`] | configuration → database, templates, house rules and the workers' context |

pub mod logs;
pub mod open;
pub mod parts;
pub mod stop;

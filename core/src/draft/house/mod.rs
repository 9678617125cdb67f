//! House rules and snippets: what the operator of this desk has settled for good, in files of their own.
//!
//! A rule whose condition a case meets puts its statement into the draft and is cited like any source. It never changes
//! the answer's certainty and never silences the guard. A snippet is a named text that a reviewer inserts. Nothing here
//! reads a file or a clock: the application reads the files, and whoever drafts gives the day.
//!
//! ```text
//! files ─ HouseBook::read() ─► rules, snippets, errors ─ valid_on(day) ─► facts() ─► the draft
//! ```
//!
//! | file | holds |
//! |---|---|
//! | [`book`] | all rules and snippets of an installation, and those that are valid on a day |
//! | [`file`](mod@file) | the TOML of one file → typed rules and snippets, or errors with line and remedy |
//! | `written` | the keys of such a file |
//! | [`rule`] | one rule: owner, validity, condition, statement, section |
//! | [`condition`] | when a rule holds, and for which codes of a case |
//! | [`pattern`] | a code, a range of codes, codes of one beginning |
//! | `shape` | what the codes of a system look like, to tell conditions that no code can meet |
//! | [`wording`] | a text with variables |
//! | [`values`] | what the variables stand for in a case |
//! | [`statement`] | the statement of a rule that a case meets: a fact of the draft |
//! | [`snippet`] | a named text, and where it goes in a reply |
//! | [`doubt`] | what an operator wants to know of rules that are sound: expired, doubled, never met |

pub mod book;
pub mod condition;
pub mod doubt;
pub mod file;
pub mod pattern;
pub mod rule;
mod shape;
pub mod snippet;
pub mod statement;
pub mod values;
pub mod wording;
mod written;

pub use book::{HouseBook, ValidRules};
pub use doubt::Doubt;
pub use file::HouseError;
pub use rule::{HouseRule, Section};
pub use snippet::Snippet;
pub use statement::HouseStatement;
pub use values::Values;

#[cfg(test)]
mod tests;

//! What was read → facts → the draft of a reply → the guard that every outgoing text passes.
//!
//! ```text
//! mails, mentions, shelf ─ facts() ─► Facts ─ compose() ─► draft ─ (a reviewer edits) ─► guard::check() ─► findings
//! ```
//!
//! | file | holds |
//! |---|---|
//! | [`brief`] | what the drafter is given: the case's mails as read, and the shelf |
//! | [`facts`](mod@facts) | all that the reply may say, each statement with its source; stored, shown, rendered |
//! | [`service_date`] | the days on which codes are looked up, and how they are known |
//! | [`question`] | the asker's question in one or two sentences, identifiers removed |
//! | [`code_line`] | one line of the codes table |
//! | [`edits`] | PTP, MUE and add-on edits of the codes, and what they do not say |
//! | [`status`] | what a code was on a day, in words |
//! | [`said`] | the answer of a table with its numbered source |
//! | [`wanted`] | which tables a draft or the guard needs, under which keys |
//! | [`described`] | what the mails describe in words, for a search of the catalogue |
//! | [`schedule`] | the fee schedule's indicators of the procedures |
//! | [`diagnoses`] | 7th characters, excludes1 notes and successors of the diagnoses |
//! | [`coverage`] | coverage lists: a procedure with a diagnosis |
//! | [`inpatient`] | MS-DRG weights, complications, present on admission |
//! | [`stated`] | what the mails state besides: payer, side, time, refusals … |
//! | [`answer`] | facts → the answer with its certainty, the reasons, what is rejected, what answers a refusal |
//! | [`kind`] | what kind of question the mails ask, with the reasons |
//! | [`gap`] | the facts that are missing, as numbered questions that do not lead |
//! | [`house`] | the operator's own rules and snippets |
//! | [`source`] | the numbered editions and house rules that the reply cites |
//! | [`embedded`] | the reply's templates as they come with the program |
//! | [`templates`] | the reply's sections as templates, checked before the first case |
//! | [`trial`] | each template of an operator tried by itself, for whoever writes them |
//! | [`samples`] | invented facts that every template is tried with |
//! | `sample_kinds`, `sample_desk`, `sample_house` | … of every kind of question, with invented edit tables and house rules |
//! | [`guard`] | final text → findings; a hard one blocks sending |
//! | [`wording`] | sections 1, 2, 4 and 8 phrased by a model, where an operator wants it |
//! | [`unread_kind`] | attachments that were not read, in words for the asker |
//! | `reply_row` | a line of the codes table in words |
//! | [`reply`] | facts → the words that templates see → the reply's source text |

pub mod answer;
pub mod brief;
pub mod code_line;
pub mod coverage;
pub mod described;
pub mod diagnoses;
pub mod edits;
pub mod embedded;
pub mod facts;
pub mod gap;
pub mod guard;
pub mod house;
pub mod inpatient;
pub mod kind;
pub mod question;
pub mod reply;
mod reply_row;
pub mod said;
mod sample_desk;
mod sample_house;
mod sample_kinds;
pub mod samples;
pub mod schedule;
pub mod service_date;
pub mod source;
pub mod stated;
pub mod status;
pub mod templates;
pub mod trial;
pub mod unread_kind;
pub mod wanted;
pub mod wording;

pub use brief::{Brief, Mail};
pub use described::Described;
pub use facts::{Facts, facts};
pub use house::{HouseBook, ValidRules};
pub use reply::{DraftError, compose};
pub use templates::{TemplateError, Templates};
pub use wanted::Wanted;

#[cfg(test)]
mod situations;

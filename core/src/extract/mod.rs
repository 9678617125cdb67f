//! Text → mentions of codes, and dates of service.
//!
//! | file | knows |
//! |---|---|
//! | [`read`] | the story: text → candidates → mentions and possible mentions |
//! | [`known`] | what it asks of a catalogue |
//! | [`said`] | what is said around the codes: denials, payers, places, sides, questions |
//! | [`json`] | the documented JSON of a mention, and what is stored for a mail |
//! | [`service`], `service_words`, `calendar` | dates of service; the words around them; dates as people write them |
//! | `scan`, `words`, `phrasebook`, `written` | the words that are kept, what they say, looking them up; the letters of a code |
//! | `ground`, `label`, `surroundings`, `coding` | what stands around a word, what it is called, and how much of coding is spoken |
//! | `cpt`, `hcpcs`, `icd10cm`, `icd10pcs` | one code system each: its shape, and which words speak for it |
//! | `icd9cm`, `drg`, `revenue`, `ndc` | likewise |
//! | `shapes`, `candidate`, `blocks`, `glue` | the systems at one word; blocks of codes in use; codes glued to words |
//! | `lookalike` | what a number is when it is not a code |
//! | `confidence` | the reasons and their points |
//! | `clause` | the words behind a code as a sentence, and what each does in it |
//! | `modifier`, `attach`, `carried` | modifiers: which are; beside a code, behind a few words |
//! | `owner`, `put_on`, `code_list`, `lone` | modifiers further off: behind a code, before it, of a list; those of no code |
//! | `units`, `unit_row`, `unit_words` | units: before a code; in its row; in words beside it |
//! | `unit_told`, `unit_sentence` | units told of a list or before a code; and in the sentence behind it |
//! | `segment` | lines of a claim file: modifiers, charge, units |
//! | `asking` | the words around a modifier: those that ask for one, and those that tie it to a code |
//! | `status`, `status_words`, `signal`, `remittance_row` | what the text says about a code; which phrases, and which lines of a remittance |
//! | `table` | columns with a name |
//! | [`location`] | where a code stands within its place: page, cell, column |
//! | `company`, `range` | lists, rows, repetitions; ranges and short forms |

mod asking;
mod attach;
mod blocks;
mod calendar;
mod candidate;
mod carried;
mod clause;
mod code_list;
mod coding;
mod company;
mod confidence;
mod cpt;
mod drg;
mod glue;
mod ground;
mod hcpcs;
mod icd10cm;
mod icd10pcs;
mod icd9cm;
pub mod json;
pub mod known;
mod label;
pub mod location;
mod lone;
mod lookalike;
mod modifier;
mod ndc;
mod owner;
mod phrasebook;
mod put_on;
mod range;
pub mod read;
mod remittance_row;
mod revenue;
pub mod said;
mod scan;
mod segment;
pub mod service;
mod service_words;
mod shapes;
mod signal;
mod status;
mod status_words;
mod surroundings;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod unit_row;
mod unit_sentence;
mod unit_told;
mod unit_words;
mod units;
mod words;
mod written;

pub(crate) use blocks::begins_with_letters;
pub use json::{DateJson, MentionJson, Reading, mentions_json};
pub use known::{Known, Nothing};
pub use location::Locations;
pub use read::{Findings, Possible, candidates, findings, mentions};
pub use said::Said;
pub use service::{DateOfService, ServiceCue, dates_of_service};

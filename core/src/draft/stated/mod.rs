//! What the mails state besides codes and dates, as far as an answer or a question of ours hangs on it. Payers, places,
//! sides, roles, times, amounts and denial codes are taken from what was read ([`crate::extract::said`]); for the rest the
//! words are asked. It decides nothing: a fact that no word tells is missing, and the draft asks for it.
//!
//! | file | holds |
//! |---|---|
//! | [`circumstances`] | all that is stated, as one value that is stored with the facts |
//! | `words`, `cues` | the mails' words; those that tell a circumstance |
//! | `passed` | days that the mails count themselves |
//! | [`afar`] | visits from afar: voice or video, and where the patient was |
//! | [`seen`] | how long ago the patient was seen last |
//! | [`between`] | what a reader takes as told, by who writes and what is left over |
//! | `silence` | that the record does not tell something, or is not at hand |
//! | [`quantity`] | an amount, and how many units of a code it makes |

pub mod afar;
pub mod between;
pub mod circumstances;
mod cues;
mod passed;
pub mod quantity;
pub mod seen;
mod silence;
mod words;

pub use afar::{Means, PatientPlace};
pub use between::Between;
pub use circumstances::{Circumstances, Relation};
pub use quantity::{Measure, Quantity};
pub use seen::LastSeen;
use words::Words;

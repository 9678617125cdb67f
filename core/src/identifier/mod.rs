//! Text → what may identify a patient: the eighteen kinds of 45 CFR 164.514(b)(2)(i), each with its span, how sure it
//! is, and why.
//!
//! It reduces and never certifies: what is left may still identify somebody. It masks no code: what the extractor read
//! as one is set aside first, and where nothing was read beforehand, a five-digit number alone is a code and no ZIP.
//! Called for the case page and the API, which show masked text; when the asker's question is restated; and by the
//! guard on every outgoing text. Time is linear in the text, and nothing here panics.
//!
//! | file | knows |
//! |---|---|
//! | [`kind`] | the kinds, and what stands in their place |
//! | [`found`] | one identifier: span, kind, confidence, reason |
//! | [`search`] | the story: text → words → each family of kinds in turn |
//! | [`mail`] | the identifiers of a mail that was read |
//! | [`bare`] | a mail without them, its codes and its days |
//! | [`json`] | the documented JSON of an identifier |
//! | [`mask`](mod@mask) | a text without its identifiers |
//! | `ground`, `lexicon` | the words of a text; what single words may be |
//! | `hits` | what was found, and which words are spoken for |
//! | `interchange` | fields of HL7 and X12 segments |
//! | `online` | mail, web and internet addresses |
//! | `ssn`, `phone` | social security and Medicare numbers; telephone and fax |
//! | `date`, `age` | days and months; ages of 90 and more |
//! | `column`, `form` | what stands under a heading; boxes of claim forms |
//! | `value`, `unique` | the extent of a number; numbers with a word that names them |
//! | `place` | streets, towns, ZIP codes |
//! | `picture` | finger and other prints; pictures of faces |
//! | `names` | names of persons |
//! | `beside` | ages and numbers that only a name beside them shows |
//! | `odd`, `alike` | long numbers that nothing names; numbers of the form of one that was found |

mod age;
mod alike;
pub mod bare;
mod beside;
mod column;
mod date;
mod form;
pub mod found;
mod ground;
mod hits;
mod interchange;
pub mod json;
pub mod kind;
mod lexicon;
pub mod mail;
pub mod mask;
mod names;
mod odd;
mod online;
mod phone;
mod picture;
mod place;
pub mod search;
mod ssn;
#[cfg(test)]
mod tests;
mod unique;
mod value;

pub use bare::Bare;
pub use found::{Confidence, Found};
pub use json::{IdentifierJson, identifiers_json};
pub use kind::Identifier;
pub use mail::{blanked_reading, of_reading};
pub use mask::{blanked, mask, masked};
pub use search::{About, find};

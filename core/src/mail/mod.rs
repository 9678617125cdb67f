//! Mail: bytes → head → message, and approved text → bytes to send.
//!
//! | module | what it holds |
//! |---|---|
//! | [`token`] | the signed names by which an answer finds its case |
//! | [`head`] | what the header says: sender, thread, digest, verdict |
//! | [`verdict`] | whether a person may be asking, by header fields alone |
//! | [`search_text`] | the one text in which codes are searched, and where each stretch of it comes from |
//! | `fields` | a header as a list of fields, and their grammars |
//! | `guard` | mails that no reader should unpack |

pub mod head;
pub mod search_text;
pub mod token;
pub mod verdict;

mod fields;
mod guard;

#[cfg(test)]
mod corpora;

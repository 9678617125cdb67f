//! Mail: bytes → head → message, and approved text → bytes to send.
//!
//! | module | what it holds |
//! |---|---|
//! | [`head`] | what the header says: sender, thread, digest, verdict |
//! | [`content`] | what makes two mails copies of each other |
//! | [`verdict`] | whether a person may be asking, by header fields alone |
//! | [`token`] | the signed names by which an answer finds its case |
//! | [`returned`] | the mail of ours that a delivery report returns |
//! | [`attachment`] | attached files: what is read of them, and what is not |
//! | [`message`] | a mail as a person reads it: text, attachments, notes |
//! | [`search_text`] | the one text in which codes are looked for, and its parts |
//! | [`compose`] | the bytes of a reply: headers, plain text and HTML |
//! | [`markdown`] | the small Markdown in which replies are written |
//! | `fields` | a header as a list of fields, and their grammars |
//! | `guard` | mails that no reader should unpack |
//! | `part_label` | the header of one part |
//! | `parts` | the tree of a mail: which parts are its text, which are attached |
//! | `decoding` | transfer encodings and charsets |
//! | `html_text` | the text of an HTML body |
//! | `plain_text` | text without what nobody sees; `format=flowed` undone |
//! | `fragments` | which lines are new, quoted, forwarded, a signature |

pub mod attachment;
pub mod compose;
pub mod content;
pub mod head;
pub mod markdown;
pub mod message;
pub mod returned;
pub mod search_text;
pub mod token;
pub mod verdict;

mod decoding;
mod fields;
mod fragments;
mod guard;
pub(crate) mod html_text;
mod part_label;
mod parts;
mod plain_text;

#[cfg(test)]
mod corpora;

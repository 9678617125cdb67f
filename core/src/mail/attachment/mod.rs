//! Attached files: bytes → text, with rows as lines and cells apart, and a remark on what could not be read.
//!
//! | module | what it holds |
//! |---|---|
//! | [`kind`] | what a file is: by its first bytes, its name, its declared type |
//! | [`remark`] | why a file is not, or not wholly, in the searched text |
//! | [`opened`] | what a reader found: passages, packed files, the remark at the end |
//! | [`open`] | who opens a file: nobody, this process, or one made for it |
//! | `read` | from a kind to its reader |
//! | `bounds` | how much of a file is looked at |
//! | `rows` | a table as lines of cells |
//! | `delimited` | CSV and other delimited text |
//! | `package` | the parts of a ZIP, unpacked to a bound |
//! | `document` | DOCX, PPTX and ODT |
//! | `workbook` | XLSX, XLSB, XLS and ODS |
//! | `rich_text` | RTF |
//! | `packed_rtf` | the packing of RTF in `winmail.dat` |
//! | `winmail` | TNEF: Outlook's `winmail.dat` |
//! | `archive` | ZIP: its members, one level deep |
//! | `pdf` | the text layer of a PDF |

pub mod kind;
pub mod open;
pub mod opened;
pub mod remark;

mod archive;
mod bounds;
pub(super) mod delimited;
mod document;
mod package;
mod packed_rtf;
mod pdf;
mod read;
mod rich_text;
mod rows;
#[cfg(test)]
mod tests;
mod winmail;
mod workbook;

pub use kind::Kind;
pub use open::{Attached, Closed, FileLabel, Here, Opener};
pub use opened::{Found, Member, Opened, Passage};
pub use remark::{Remark, unread};

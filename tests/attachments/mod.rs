//! Codes in attached files, from the bytes of a mail to the draft.
//!
//! | module | what it holds |
//! |---|---|
//! | `files` | invented files of each format, made here |
//! | `mail` | a mail with files, and what `draft --json` says of it |
//! | `read` | every code of every format, with its place |
//! | `unread` | scans, encrypted and broken files, and files made to hurt |

mod files;
mod mail;
mod read;
mod unread;

//! What the drafter is given. The caller has read the case's mails and loaded everything that the catalogue says of
//! the codes they mention.

use jiff::civil::Date;

use crate::{
    catalog::Shelf,
    domain::{mention::Mention, span::Span, tag::CaseTag},
    mail::search_text::SearchText,
};

/// One case: its mails, oldest first, and the shelf.
#[derive(Clone, Copy, Debug)]
pub struct Brief<'a> {
    /// The case's name.
    pub tag: &'a CaseTag,
    /// Its mails, oldest first.
    pub mails: &'a [Mail<'a>],
    /// All live editions of the systems mentioned, with the entries of the codes mentioned; best also of the codes
    /// that those entries name as successors.
    pub shelf: &'a Shelf,
}

/// One mail, as read.
#[derive(Clone, Copy, Debug)]
pub struct Mail<'a> {
    /// The day it came in.
    pub received: Date,
    /// Its text, with the part of the mail that each stretch comes from.
    pub search: &'a SearchText,
    /// The codes in it, in the order of the text.
    pub mentions: &'a [Mention],
    /// The dates of service in it.
    pub dates: &'a [StatedDate],
    /// Attachments whose content was not read: images, scans, encrypted files.
    pub unread_attachments: usize,
}

/// A date of service, or a stretch of days, as a mail states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedDate {
    /// The words, in bytes of the mail's text.
    pub span: Span,
    /// First day.
    pub from: Date,
    /// Last day; the first one again for a single day.
    pub to: Date,
    /// Whether a part of it, such as the year, was taken from the mail's own date.
    pub inferred: bool,
}

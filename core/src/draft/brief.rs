//! What the drafter is given. The caller has read the case's mails and loaded everything that the catalogue says of
//! the codes they mention.

use jiff::civil::Date;

use super::{house::ValidRules, kind::Asked};
use crate::{
    catalog::{Shelf, answer::Desk},
    domain::{
        code::{Code, CodeSystem},
        tag::CaseTag,
    },
    extract::Reading,
    mail::attachment::Remark,
};

/// One case: its mails, oldest first, what the catalogue says of their codes, and the rules of the house.
#[derive(Clone, Copy, Debug)]
pub struct Brief<'a> {
    /// The case's name.
    pub tag: &'a CaseTag,
    /// Its mails, oldest first.
    pub mails: &'a [Mail<'a>],
    /// The kinds that they ask ([`Told`](super::kind::Told)).
    pub kinds: &'a [Asked],
    /// All live editions of the systems mentioned, with the entries of the codes mentioned; best also of the codes
    /// that those entries name as successors.
    pub shelf: &'a Shelf,
    /// Codes that the reviewer took from the candidates; the mails do not name them.
    pub accepted: &'a [(CodeSystem, Code)],
    /// The tables, as [`Wanted::for_mails`](super::wanted::Wanted::for_mails) names them.
    pub desk: &'a Desk,
    /// The house rules that are valid on the day on which the draft is written.
    pub house: ValidRules<'a>,
}

/// One mail, as read.
#[derive(Clone, Copy, Debug)]
pub struct Mail<'a> {
    /// The day it came in.
    pub received: Date,
    /// Its text, with its parts, codes and dates of service.
    pub reading: &'a Reading,
    /// Why attachments were not read, one for each of those: pictures, scans, encrypted files.
    pub unread_attachments: &'a [Remark],
}

/// The day on which a case began; it stands in where no date of service is given.
pub(super) fn received(mails: &[Mail<'_>]) -> Date {
    mails.first().map_or(Date::ZERO, |mail| mail.received)
}

//! The one function: final text → findings. It sees the text as it would leave, not the draft that it came from, so
//! that a code typed a second ago is checked like all others.

use jiff::civil::Date;

use super::{
    claims, codes, diagnoses, edits,
    finding::Finding,
    finding::Rule,
    named::{Named, named},
    passages::{Passage, passages},
    seen::Seen,
    uses::uses,
    wording,
};
use crate::{
    catalog::{Shelf, answer::Desk},
    domain::{address::EmailAddress, span::Span},
    draft::{facts::Facts, source::Source},
    extract::said::payer::PayerKind,
};

/// What the text is checked against.
#[derive(Clone, Copy, Debug)]
pub struct GuardInput<'a> {
    /// All live editions of the systems, with the entries of the codes that the text names
    /// ([`codes_in`](super::codes_in)).
    pub shelf: &'a Shelf,
    /// The edit tables of the day, under the codes that the text names
    /// ([`Wanted::for_codes`](super::super::wanted::Wanted::for_codes)).
    pub desk: &'a Desk,
    /// The date of service, or the day assumed for it.
    pub on: Date,
    /// Whether the asker gave that date.
    pub date_known: bool,
    /// The sources that the reply may cite, by number; empty when the draft's facts are not at hand, and then no
    /// citation is judged.
    pub sources: &'a [Source],
    /// Who pays, as far as the mails name it.
    pub payer: Option<PayerKind>,
    /// Who asked.
    pub asker: Option<&'a EmailAddress>,
    /// Who would get the reply.
    pub recipient: &'a EmailAddress,
}

impl<'a> GuardInput<'a> {
    /// Of a reply that is not yet to be sent: it answers the asker, whoever that is.
    #[must_use]
    pub fn of_draft(facts: &'a Facts, shelf: &'a Shelf, desk: &'a Desk, asker: &'a EmailAddress) -> Self {
        Self {
            shelf,
            desk,
            on: facts.date.first(),
            date_known: facts.date.known(),
            sources: &facts.sources,
            payer: facts.stated.payer,
            asker: Some(asker),
            recipient: asker,
        }
    }
}

/// A text being checked, taken apart once for all rules.
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) passages: Vec<Passage>,
    pub(super) named: Vec<Named>,
    /// Where each of `named` is presented as one to be used.
    pub(super) uses: Vec<Option<Span>>,
}

impl Text<'_> {
    /// Where the code at this place is presented as one to be used.
    pub(super) fn presented(&self, code: Span) -> Option<Span> {
        let at = self.named.iter().position(|named| named.span == code)?;
        self.uses.get(at).copied().flatten()
    }
}

/// Everything that is wrong with this text, in the order of the text; what is missing comes first.
#[must_use]
pub fn check(final_text: &str, about: &GuardInput<'_>) -> Vec<Finding> {
    let seen = Seen::of(final_text);
    let passages = passages(&seen.text);
    let named = named(&seen.text, &passages, about.shelf);
    let uses = uses(&seen.text, &passages, &named);
    let text = Text { text: &seen.text, passages, named, uses };
    let mut findings = Vec::new();
    recipient(about, &mut findings);
    wording::check(&text, about, &mut findings);
    codes::check(&text, about, &mut findings);
    edits::check(&text, about, &mut findings);
    diagnoses::check(&text, about, &mut findings);
    claims::check(&text, about, &mut findings);
    for found in &mut findings {
        found.span = seen.in_source(found.span);
    }
    findings.sort_by_key(|found| (found.span, found.rule));
    findings
}

fn recipient(about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    let message = match about.asker {
        Some(asker) if asker == about.recipient => return,
        Some(_) => "The recipient is not the person who asked.",
        None => "The mail names no sender, so nobody knows whether the recipient is the person who asked.",
    };
    let remedy = "Send to the asker's own address, or confirm the other one with a reason.";
    findings.push(Finding::hard(Rule::Recipient, Span::new(0, 0), message, remedy));
}

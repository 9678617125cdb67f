//! What stands around a candidate: what it is called, which words are near, what the text there speaks of.
//!
//! It says what is there; what that weighs for a code system is said in the file of that system.

use std::collections::VecDeque;

use super::{
    blocks,
    confidence::Reason,
    ground::{Ground, blanks_only},
    label::{Label, label},
    modifier,
    scan::Kind,
    words::Cue,
};
use crate::domain::{code::CodeSystem, mention::Place, span::Span};

/// How much the text around speaks of coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Coding {
    /// The text speaks of everyday business instead: orders, rooms, streets.
    Elsewhere,
    None,
    /// The text speaks of nothing that any rule knows.
    Silent,
    Little,
    Some,
    Much,
}

impl Coding {
    /// What that says about a code of a procedure.
    pub(super) const fn reason(self) -> Reason {
        match self {
            Self::Elsewhere => Reason::Everyday,
            Self::None => Reason::NoCoding,
            Self::Silent => Reason::Silent,
            Self::Little => Reason::LittleCoding,
            Self::Some => Reason::SomeCoding,
            Self::Much => Reason::MuchCoding,
        }
    }
}

/// What stands around a candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings {
    pub(super) label: Option<Label>,
    /// Words of billing or coding within [`NEAR`] bytes.
    pub(super) billing_near: bool,
    /// Words of what is done to patients within [`NEAR`] bytes.
    pub(super) clinical_near: bool,
    /// Words of diagnosis within [`NEAR`] bytes.
    pub(super) diagnosis_near: bool,
    pub(super) coding: Coding,
    pub(super) place: Place,
    /// Right behind a word like "did", "use", "with".
    pub(super) done: bool,
    /// Neither a count of what follows nor the number of what is named before: "is 20610 bilateral?".
    pub(super) free: bool,
    /// So on one side at least.
    pub(super) half_free: bool,
    /// Right behind a capitalised word that no rule knows: a town, a person.
    pub(super) after_name: bool,
}

/// Words that far away belong to the same thought.
const NEAR: usize = 60;
/// How many kept words each way are looked at.
const NEAR_WORDS: usize = 8;

impl Surroundings {
    /// Of the tokens `first..=last`, which are the candidate at `span`.
    pub(super) fn of(ground: &Ground<'_>, first: usize, last: usize, span: Span, coding: Coding) -> Self {
        let mut around = Self {
            label: glued_label(ground, first, span).or_else(|| label(ground, first)),
            billing_near: false,
            clinical_near: false,
            diagnosis_near: false,
            coding,
            place: ground.place(span.start),
            done: is_done(ground, span),
            free: is_free(ground, last, span) == (true, true),
            half_free: match (is_free(ground, last, span), coding) {
                ((before, behind), Coding::Silent) => before || behind,
                ((before, _), _) => before,
            },
            after_name: after_name(ground, first, span),
        };
        for index in (0..first).rev().take(NEAR_WORDS) {
            if span.start.saturating_sub(ground.span(index).end) > NEAR || !around.take_in(ground, index) {
                break;
            }
        }
        for index in (last + 1..ground.tokens.len()).take(NEAR_WORDS) {
            if ground.span(index).start.saturating_sub(span.end) > NEAR || !around.take_in(ground, index) {
                break;
            }
        }
        around
    }

    /// Looks at a word near; false when nothing behind it counts.
    fn take_in(&mut self, ground: &Ground<'_>, index: usize) -> bool {
        match ground.kind(index) {
            None | Some(Kind::Stop) => return false,
            Some(Kind::Cue(Cue::Diagnosis)) => self.diagnosis_near = true,
            Some(Kind::Cue(Cue::System(system))) => {
                self.diagnosis_near |= matches!(system, CodeSystem::Icd10Cm | CodeSystem::Icd9Cm);
                self.billing_near = true;
            }
            Some(Kind::Cue(Cue::Billing | Cue::Coding | Cue::Modifier | Cue::Procedure)) => {
                self.billing_near = true;
            }
            Some(Kind::Cue(Cue::Clinical)) => self.clinical_near = true,
            _ => {}
        }
        true
    }
}

/// "CPT99213": the label is in the same word.
fn glued_label(ground: &Ground<'_>, first: usize, span: Span) -> Option<Label> {
    let token = ground.span(first);
    let prefix = ground.text().get(token.start..span.start).filter(|prefix| !prefix.is_empty())?;
    match super::phrasebook::cue(prefix.as_bytes())? {
        Cue::System(system) => Some(Label::System(system)),
        Cue::Code => Some(Label::Code),
        Cue::Procedure => Some(Label::Procedure),
        Cue::Diagnosis => Some(Label::Diagnosis),
        _ => None,
    }
}

/// Words right before what was done, used or billed.
const DOING: [&str; 20] = [
    "did",
    "do",
    "does",
    "doing",
    "done",
    "performed",
    "perform",
    "performing",
    "use",
    "used",
    "using",
    "got",
    "add",
    "added",
    "report",
    "submit",
    "submitted",
    "chose",
    "picked",
    "charge",
];

fn is_done(ground: &Ground<'_>, span: Span) -> bool {
    let Some(end) = span.start.checked_sub(1).filter(|end| ground.char_at(*end) == Some(' ')) else { return false };
    let near = ground.word_before(end, 12);
    let article = matches!(near, "a" | "an" | "the");
    let word = if article { ground.word_before(end.saturating_sub(near.len() + 1), 12) } else { near };
    DOING.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// Words behind which a code stands as a name does; behind a noun a number would be its number.
const BEFORE: [&str; 54] = [
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "about",
    "of",
    "for",
    "with",
    "on",
    "re",
    "or",
    "and",
    "not",
    "is",
    "are",
    "was",
    "were",
    "does",
    "do",
    "did",
    "can",
    "could",
    "should",
    "would",
    "had",
    "has",
    "have",
    "got",
    "get",
    "need",
    "needs",
    "needed",
    "than",
    "then",
    "include",
    "includes",
    "order",
    "ordered",
    "order",
    "approved",
    "requested",
    "use",
    "using",
    "vs",
    "versus",
    "if",
    "when",
    "like",
    "both",
    "only",
    "performed",
    "between",
];
/// Words that follow a code and never what a number counts.
const AFTER: [&str; 98] = [
    "is", "was", "were", "are", "be", "can", "could", "should", "would", "does", "do", "did", "and", "or", "with",
    "for", "on", "to", "by", "as", "if", "when", "per", "not", "need", "needs", "require", "requires", "include",
    "includes", "included", "paid", "pays", "pay", "denied", "denies", "deny", "covered", "bundled", "billed",
    "allowed", "done", "same", "today", "again", "only", "please", "ever", "then", "but", "versus", "vs", "you", "we",
    "they", "he", "she", "i", "it", "that", "which", "goes", "went", "go", "came", "comes", "come", "had", "has",
    "have", "will", "would", "got", "gets", "took", "takes", "won't", "didn't", "doesn't", "isn't", "wasn't",
    "because", "since", "after", "before", "until", "so", "too", "also", "once", "twice", "without", "under", "no",
    "becomes", "became", "stays", "myself",
];

/// Whether what stands before it, and what stands behind it, lets it stand as a name does.
fn is_free(ground: &Ground<'_>, last: usize, span: Span) -> (bool, bool) {
    let listed = |list: &[&str], word: &str| list.iter().any(|one| word.eq_ignore_ascii_case(one));
    let before = ground.before(span.start, 24);
    let end = span.start - (before.len() - before.trim_end_matches([' ', '\u{A0}', '"', '(', '\'']).len());
    let behind = match ground.char_before(end) {
        None => true,
        Some(c) if c.is_alphabetic() => listed(&BEFORE, ground.word_before(end, 16)),
        Some(c) => matches!(c, '\n' | '\r' | '\t' | '.' | ',' | ':' | ';' | '!' | '?' | '-' | '*' | '•' | '>'),
    };
    let line = ground.line_after(ground.span(last).end, 24);
    let word = line.trim_start_matches([' ', '\u{A0}']);
    let spaced = word.len() < line.len();
    let ahead = match word.chars().next() {
        None => true,
        Some(c) if c.is_alphabetic() => {
            spaced && listed(&AFTER, word.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default())
        }
        Some(c) if matches!(c, '.' | ',' | ':' | '-' | '/') => {
            !word[c.len_utf8()..].starts_with(|c: char| c.is_alphanumeric())
        }
        Some(c) => matches!(c, '?' | '!' | ';' | ')' | '"' | '(' | '&' | '+'),
    };
    (behind, ahead)
}

fn after_name(ground: &Ground<'_>, first: usize, span: Span) -> bool {
    if span.start != ground.span(first).start || !ground.char_before(span.start).is_some_and(char::is_whitespace) {
        return false;
    }
    let before = ground.text().get(..span.start).unwrap_or_default();
    let end = before.char_indices().rev().take(3).take_while(|(_, c)| c.is_whitespace()).last().map_or(0, |(at, _)| at);
    let known = first.checked_sub(1).is_some_and(|index| ground.span(index).end == end);
    let word = ground.word_before(end, 24);
    let mut letters = word.chars();
    !known
        && !BEFORE.iter().any(|one| word.eq_ignore_ascii_case(one))
        && letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && ground.gap(end, span.start).is_some_and(blanks_only)
}

/// How much the text speaks of coding, along the text: sums of weights over a window that moves with the reader. Each
/// token enters and leaves it once.
pub(super) struct CodingWindow {
    /// What the tokens in it weigh, first to last.
    weights: VecDeque<(u8, u8, u8)>,
    from: usize,
    to: usize,
    /// Of coding and billing.
    firm: u32,
    /// Of medicine, which a hospital's ordinary mail is full of.
    soft: u32,
    /// Of everyday business: orders, rooms, streets, amounts.
    everyday: u32,
    /// How often revenue codes are spoken of.
    revenue: u32,
    /// How often DRGs are spoken of.
    drg: u32,
}

/// How far the window reaches each way, in bytes.
const REACH: usize = 600;

impl CodingWindow {
    pub(super) const fn new() -> Self {
        Self { weights: VecDeque::new(), from: 0, to: 0, firm: 0, soft: 0, everyday: 0, revenue: 0, drg: 0 }
    }

    /// Whether revenue codes are spoken of.
    pub(super) const fn has_revenue(&self) -> bool {
        self.revenue > 0
    }

    /// Whether DRGs are spoken of.
    pub(super) const fn has_drg(&self) -> bool {
        self.drg > 0
    }

    /// Moves the window to `at`, which must not lie before where it was moved to last.
    pub(super) fn at(&mut self, ground: &Ground<'_>, at: usize) -> Coding {
        while ground.token(self.to).is_some_and(|one| one.span.start <= at.saturating_add(REACH)) {
            let weight = weight(ground, self.to);
            self.weights.push_back(weight);
            self.firm += u32::from(weight.0);
            self.soft += u32::from(weight.1);
            self.everyday += u32::from(weight.2);
            self.revenue += u32::from(speaks_of(ground, self.to, Cue::Revenue));
            self.drg += u32::from(speaks_of(ground, self.to, Cue::System(CodeSystem::MsDrg)));
            self.to += 1;
        }
        while ground.token(self.from).is_some_and(|one| one.span.end.saturating_add(REACH) < at) {
            let weight = self.weights.pop_front().unwrap_or_default();
            self.firm = self.firm.saturating_sub(u32::from(weight.0));
            self.soft = self.soft.saturating_sub(u32::from(weight.1));
            self.everyday = self.everyday.saturating_sub(u32::from(weight.2));
            self.revenue -= u32::from(speaks_of(ground, self.from, Cue::Revenue)).min(self.revenue);
            self.drg -= u32::from(speaks_of(ground, self.from, Cue::System(CodeSystem::MsDrg))).min(self.drg);
            self.from += 1;
        }
        match (self.firm, self.soft) {
            (firm, soft) if self.everyday > 1 && self.everyday > firm + 2 * soft => Coding::Elsewhere,
            (0, 0) if self.everyday == 0 => Coding::Silent,
            (0, 0) => Coding::None,
            (8.., _) | (6.., 2..) => Coding::Much,
            (firm, soft) if firm + 2 * soft >= 4 => Coding::Some,
            _ => Coding::Little,
        }
    }
}

fn speaks_of(ground: &Ground<'_>, index: usize, cue: Cue) -> bool {
    ground.cue(index) == Some(cue)
}

/// What a word that nothing but a code would be adds to `firm`: `E11.9`, `99213-25`, `KX`.
fn distinctive(ground: &Ground<'_>, index: usize) -> u8 {
    if !matches!(ground.span(index).len(), 2 | 3 | 5) {
        return 0;
    }
    let word = ground.word(index).as_bytes();
    let touches = |mark: fn(&str) -> bool| ground.gap_after(index).is_some_and(mark);
    match ground.kind(index) {
        Some(Kind::Mixed) if word.len() == 3 && blocks::has_diagnosis(word) => {
            let decimals = ground.word(index + 1).as_bytes();
            let dotted = touches(|gap| gap == ".") && decimals.len() <= 4;
            if dotted && decimals.first().is_some_and(u8::is_ascii_digit) { 4 } else { 0 }
        }
        Some(Kind::Mixed | Kind::Digits) if word.len() == 5 => {
            let dashed = touches(|gap| gap == "-" || gap == "\u{2013}");
            let modified = dashed && ground.span(index + 1).len() == 2 && modifier::at(ground, index + 1).is_some();
            if modified { 4 } else { 0 }
        }
        Some(Kind::Pair) if modifier::is_unmistakable(ground, index) => 3,
        _ => 0,
    }
}

/// "box 24D", "boxes 17 and 33": the boxes of the CMS-1500 that coders speak of.
fn is_form_box(ground: &Ground<'_>, index: usize) -> bool {
    let number = ground.word(index + 1);
    let digits = number.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let near = ground.gap_after(index).is_some_and(blanks_only) && number.len() - digits.len() <= 1;
    matches!(ground.word(index), "box" | "Box" | "boxes" | "Boxes")
        && near
        && digits.parse::<u32>().is_ok_and(|number| matches!(number, 17..=33))
}

/// What a word adds to `firm`, `soft` and `everyday`.
fn weight(ground: &Ground<'_>, index: usize) -> (u8, u8, u8) {
    let Some(kind) = ground.kind(index) else { return (0, 0, 0) };
    match kind {
        // "Dr. Chen", "St. Mary".
        Kind::Cue(Cue::Street) if ground.span(index).len() == 2 => (0, 0, 0),
        // A payer's state is named as often as an address.
        Kind::Cue(Cue::State) => (0, 0, 0),
        // "Box 24G", "box 21": of the claim form.
        Kind::Cue(Cue::Everyday) if is_form_box(ground, index) => (2, 0, 0),
        // "the reason", "the status": said in any mail.
        Kind::Cue(Cue::OtherCode) if matches!(ground.word(index), "reason" | "status" | "source" | "area") => (0, 0, 0),
        // The place of service is told on every claim.
        Kind::Cue(Cue::OtherCode) if ground.word(index) == "POS" => (2, 0, 0),
        Kind::Cue(Cue::System(_) | Cue::Modifier) => (6, 0, 0),
        Kind::Cue(Cue::Diagnosis | Cue::Procedure | Cue::Coding | Cue::Remark) => (4, 0, 0),
        Kind::Cue(Cue::Billing | Cue::Code) => (2, 0, 0),
        Kind::Cue(Cue::Handling) => (1, 0, 0),
        Kind::Cue(Cue::Medicine | Cue::Clinical) => (0, 1, 0),
        Kind::Cue(cue) if cue.is_everyday() => (0, 0, 1),
        _ => (distinctive(ground, index), 0, 0),
    }
}

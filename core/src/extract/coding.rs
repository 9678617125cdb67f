//! How much the text around a place speaks of coding, and of everyday business instead.
//!
//! A number that happens to be a code is one where coding is spoken of. [`super::shapes`] and [`super::lone`] move one
//! [`CodingWindow`] along a text each.

use std::collections::VecDeque;

use super::{
    blocks,
    confidence::Reason,
    ground::{Ground, blanks_only},
    modifier,
    scan::Kind,
    words::Cue,
};
use crate::domain::code::CodeSystem;

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

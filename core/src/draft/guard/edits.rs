//! G4 to G7: the codes that a text names against the edit tables of the date of service. What the tables forbid may be
//! named, when the text says so in a row or sentence about it, and may not be presented as something to bill.

use jiff::civil::Date;

use super::{
    check::{GuardInput, Text},
    finding::{Finding, Rule},
    named::Named,
    passages::{Kind, Passage, holding},
};
use crate::{
    catalog::{
        Dataset, Setting,
        answer::{Desk, pair::PairEdit},
        fact::add_on::AddOnPrimary,
        layout::{ncci_add_on::AddOnType, ncci_mue::AdjudicationIndicator, ncci_ptp::ModifierIndicator},
        procedure_code::ProcedureCode,
    },
    domain::span::Span,
    draft::edits::procedure,
};

/// Words that tell of an edit, in the passage that names both codes.
const TELL_EDIT: [&str; 8] =
    ["denied", "indicator", "bundled", "not paid", "included in", "not separately", "cannot be billed", "not both"];
/// Words that say why two services count as two.
const TELL_REASON: [&str; 6] = ["record", "document", "separate", "distinct", "different", "unrelated"];
/// Words that tell of a limit of units.
const TELL_LIMIT: [&str; 5] = ["at most", "over the limit", "exceed", "limit of", "no more than"];
/// Words that tell of an add-on code.
const TELL_ADD_ON: [&str; 3] = ["add-on", "parent", "billed alone"];

/// A procedure that the reply names in its own words.
struct Procedure {
    code: ProcedureCode,
    spans: Vec<Span>,
    /// The most units that are written beside it, where, and whether they are to be used.
    units: Option<(u32, Span, bool)>,
    /// The sentence that was counted last, by its start, and its units so far.
    counted: Option<(usize, u32)>,
    /// Where it is presented as one to be used.
    presented: Option<Span>,
}

pub(super) fn check(text: &Text<'_>, about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    let procedures = procedures(text);
    for (at, one) in procedures.iter().enumerate() {
        for other in procedures.iter().skip(at + 1) {
            if let Some((setting, edit)) = binding(about.desk, one.code, other.code, about.on) {
                pair(text, [one, other], setting, &edit, findings);
            }
        }
        units(text, one, about, findings);
        add_on(text, one, &procedures, about, findings);
    }
}

fn procedures(text: &Text<'_>) -> Vec<Procedure> {
    let mut found: Vec<Procedure> = Vec::new();
    for (Named { system, code, span, units }, presented) in text.named.iter().zip(&text.uses) {
        let Some(code) = procedure(*system, code) else { continue };
        let passage = holding(&text.passages, span.start);
        let is_own = passage.is_some_and(|passage| passage.kind != Kind::Restated);
        // "Yes, both": what only the asker named is taken up by the reply.
        if !is_own && presented.is_none() {
            continue;
        }
        let index = found.iter().position(|known| known.code == code).unwrap_or_else(|| {
            found.push(Procedure { code, spans: Vec::new(), units: None, presented: None, counted: None });
            found.len() - 1
        });
        let Some(known) = found.get_mut(index) else { continue };
        if is_own {
            known.spans.push(*span);
        }
        if let Some(units) = units {
            known.count(*units, *span, passage, presented.is_some());
        }
        known.presented = known.presented.or(*presented);
    }
    found
}

impl Procedure {
    /// Counts units: those of one sentence are added up, since a limit by day does not care how many lines there are.
    fn count(&mut self, units: u32, span: Span, passage: Option<&Passage>, presented: bool) {
        let of_sentence = passage.filter(|passage| passage.kind == Kind::Sentence).map(|passage| passage.span.start);
        let before = match self.counted {
            Some((sentence, sum)) if Some(sentence) == of_sentence => sum,
            _ => 0,
        };
        let sum = units.saturating_add(before);
        self.counted = of_sentence.map(|sentence| (sentence, sum));
        // What is presented counts before what is only told of.
        let beats = self.units.is_none_or(|(most, _, is_presented)| (is_presented, most) < (presented, sum));
        if beats {
            self.units = Some((sum, span, presented));
        }
    }
}

/// The edit that binds the pair on the day, the stricter of both settings': a mail seldom says which side it is about.
/// Of two alike that of practitioners, since most mails are theirs.
fn binding(desk: &Desk, one: ProcedureCode, other: ProcedureCode, day: Date) -> Option<(Setting, PairEdit)> {
    let edits = Setting::ALL.into_iter().filter_map(|setting| {
        let edit = *desk.pair(setting, one, other, day).ok()?.value()?;
        Some((setting, edit))
    });
    // A withdrawn edit binds nothing.
    let strictness = |edit: &PairEdit| match edit.edit.indicator {
        ModifierIndicator::NotAllowed => 0,
        ModifierIndicator::Allowed => 1,
        ModifierIndicator::NotApplicable => 2,
    };
    edits.filter(|(_, edit)| strictness(edit) < 2).min_by_key(|(_, edit)| strictness(edit))
}

/// G4 and G5.
fn pair(text: &Text<'_>, both: [&Procedure; 2], setting: Setting, edit: &PairEdit, findings: &mut Vec<Finding>) {
    let [one, other] = both;
    let (paid, denied) = (edit.column_1, edit.edit.column_2);
    let together: Vec<&Passage> = passages_of(text, one).filter(|passage| names(passage, other)).collect();
    let tells = |words: &[&str]| together.iter().any(|passage| says(text, passage, words));
    let at = other.presented.or(other.spans.first().copied()).unwrap_or(Span::new(0, 0));
    let is_presented = one.presented.is_some() && other.presented.is_some();
    let about = format!("{denied} is denied beside {paid} ({})", setting.title());
    if edit.may_be_bypassed() {
        if is_presented && !tells(&TELL_REASON) {
            findings.push(Finding::hard(
                Rule::ModifierReason,
                at,
                format!("{about} unless a modifier applies, and the text presents both without saying what the record must show."),
                "Say in one sentence with both codes what the record must show for a modifier, or take one of them out.",
            ));
        } else if !tells(&TELL_EDIT) && !tells(&TELL_REASON) {
            findings.push(Finding::soft(
                Rule::ModifierReason,
                at,
                format!("{about} unless a modifier applies, and the text does not say so."),
                "Tell of the edit in a sentence with both codes (modifier indicator 1).",
            ));
        }
        return;
    }
    if is_presented {
        findings.push(Finding::hard(
            Rule::NeverTogether,
            at,
            format!("{about}, whatever the modifier, and the text presents both as ones to be billed."),
            format!("Take {denied} out of what is to be billed."),
        ));
    } else if !tells(&TELL_EDIT) {
        findings.push(Finding::hard(
            Rule::NeverTogether,
            at,
            format!("{about}, whatever the modifier, and the text does not say so."),
            "Tell of the edit in a sentence with both codes (modifier indicator 0).",
        ));
    }
}

/// G6: a limit by policy is absolute; the others are a line's, or open to appeal.
fn units(text: &Text<'_>, one: &Procedure, about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    let Some((written, at, is_presented)) = one.units else { return };
    let tables = Setting::ALL.into_iter().map(Dataset::Mue).chain([Dataset::MueSupplier]);
    let limits = tables.filter_map(|table| about.desk.units(table, one.code, about.on).ok()?.value().cloned());
    let Some(limit) = limits.filter(|limit| written > limit.units).min_by_key(|limit| limit.units) else { return };
    let told = passages_of(text, one).any(|passage| says(text, passage, &TELL_LIMIT));
    if told && !is_presented {
        return;
    }
    let (most, digit) = (limit.units, limit.adjudication.digit());
    let message = format!("The text gives {} {written} units; the limit is {most} (MAI {digit}).", one.code);
    let remedy = format!("Say that at most {most} are paid, or correct the number.");
    findings.push(if limit.adjudication == AdjudicationIndicator::DayByPolicy {
        Finding::hard(Rule::UnitLimit, at, message, remedy)
    } else {
        Finding::soft(Rule::UnitLimit, at, message, remedy)
    });
}

/// G7.
fn add_on(text: &Text<'_>, one: &Procedure, all: &[Procedure], about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    let Some(parents) = about.desk.add_on(one.code, about.on).ok().and_then(|told| told.value().cloned()) else {
        return;
    };
    let is_parent = |code: ProcedureCode| parents.iter().any(|parent| parent.code == Some(code));
    if all.iter().any(|other| other.code != one.code && is_parent(other.code)) {
        return;
    }
    let told = passages_of(text, one).any(|passage| says(text, passage, &TELL_ADD_ON));
    if told && one.presented.is_none() {
        return;
    }
    let at = one.presented.or(one.spans.first().copied()).unwrap_or(Span::new(0, 0));
    let message = format!("{} is an add-on code, and the text names none of its parents.", one.code);
    let remedy = "Name the parent code that it is added to, or say that it is never billed alone.";
    let is_closed = |parent: &AddOnPrimary| parent.kind == AddOnType::Closed && parent.code.is_some();
    findings.push(if parents.iter().all(is_closed) {
        Finding::hard(Rule::AddOnParent, at, message, remedy)
    } else {
        Finding::soft(Rule::AddOnParent, at, message, remedy)
    });
}

fn passages_of<'t>(text: &'t Text<'_>, one: &'t Procedure) -> impl Iterator<Item = &'t Passage> {
    one.spans.iter().filter_map(|span| holding(&text.passages, span.start))
}

fn names(passage: &Passage, one: &Procedure) -> bool {
    one.spans.iter().any(|span| passage.span.start <= span.start && span.start < passage.span.end)
}

fn says(text: &Text<'_>, passage: &Passage, words: &[&str]) -> bool {
    let lower = passage.span.of(text.text).to_lowercase();
    words.iter().any(|word| lower.contains(word))
}

//! The company that a candidate keeps: a number in a list of codes is a code, a number in a list of invoices is not.

use std::collections::HashSet;

use super::{
    candidate::{Candidate, Family},
    confidence::{Reason, Score},
    ground::{Ground, ends_sentence, marks_only},
    scan::Kind,
    words::Cue,
};
use crate::domain::code::CodeSystem;

/// How many words may stand between two codes of a list.
const STEPS: usize = 5;
/// A line of a list is no longer, in bytes.
const LINE: usize = 120;
/// How near two codes of one row stand, in bytes.
const ROW: usize = 30;

/// Whether `second` continues a list in which `first` stands: commas, slashes, lines, "and", "with the".
pub(super) fn joined(ground: &Ground<'_>, first: &Candidate, second: &Candidate) -> bool {
    if second.first.saturating_sub(first.reach.last) > STEPS {
        return false;
    }
    let mut end = first.reach.end;
    for index in first.reach.last + 1..=second.first {
        let start = if index == second.first { second.shape.span.start } else { ground.span(index).start };
        let Some(gap) = ground.gap(end, start) else { return false };
        let numbered = gap == ". " && index > first.reach.last + 1 && line_number(ground, index - 1);
        if !marks_only(gap) && !matches!(gap.trim(), "not" | "go" | "goes") || ends_sentence(gap) && !numbered {
            return false;
        }
        end = ground.span(index).end;
        let joins = match ground.kind(index) {
            Some(Kind::Cue(
                Cue::And | Cue::With | Cue::To | Cue::Filler | Cue::Code | Cue::System(_) | Cue::Procedure | Cue::Is,
            )) => true,
            // "2. 20611": the number of a line.
            Some(Kind::Digits) if index != second.first => {
                ground.span(index).len() <= 2
                    && gap.contains('\n')
                    && ground.char_at(end).is_some_and(|c| matches!(c, '.' | ')'))
            }
            _ => index == second.first,
        };
        if !joins {
            return false;
        }
    }
    true
}

/// Whether both head lines of one list, each with words behind its code: "- 10D00Z1 section / - 0UL70ZZ tubes".
fn stacked(ground: &Ground<'_>, first: &Candidate, second: &Candidate) -> bool {
    let between = ground.text().get(first.shape.span.end..second.shape.span.start);
    let one_line = between
        .is_some_and(|between| between.len() <= LINE && between.bytes().filter(|byte| *byte == b'\n').count() == 1);
    one_line && heads_line(ground, first) && heads_line(ground, second)
}

fn heads_line(ground: &Ground<'_>, candidate: &Candidate) -> bool {
    let start = candidate.shape.span.start;
    let before = ground.text().get(start.saturating_sub(8)..start);
    let line = before.unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    let whole = line.len() < 8 || start <= 8;
    whole && line.chars().all(|c| matches!(c, ' ' | '\t' | '-' | '*' | '•' | '>' | '.' | ')') || c.is_ascii_digit())
}

/// Whether token `index` is the number of a line, which its dot does not end.
fn line_number(ground: &Ground<'_>, index: usize) -> bool {
    ground.kind(index) == Some(Kind::Digits)
        && ground.span(index).len() <= 2
        && ground.gap_before(index).is_none_or(|gap| gap.contains('\n'))
}

/// Gives `second` what the list that it continues says: that it is a code, or what it is instead.
pub(super) fn continue_list(ground: &Ground<'_>, first: &Candidate, second: &mut Candidate) {
    if second.score.is_hopeless() || !joined(ground, first, second) && !stacked(ground, first, second) {
        return;
    }
    let family = first.family() == second.family() && (!is_decimal(second) || is_old(first));
    if family && first.score.is_mention() {
        second.score.add(Reason::InList);
    }
    if family && !first.score.is_hopeless() && is_pair(first.score, second.score) {
        second.score.add(Reason::Paired);
    }
    inherit(first, second);
}

/// "invoices 48213, 48214", "from 45402 to 45419 zip": the other number is the same kind of thing; but what is called
/// a code stays one.
fn inherit(from: &Candidate, to: &mut Candidate) {
    if from.shape.system == to.shape.system
        && from.score.is_hopeless()
        && to.label.is_none()
        && to.modifiers.is_empty()
        && to.units.is_none()
    {
        for reason in [Reason::Identifier, Reason::Zip, Reason::Money, Reason::Citation] {
            to.score.add_if(from.score.has(reason), reason);
        }
    }
}

/// Gives what comes before in a list what `second` turned out to be.
pub(super) fn look_back(ground: &Ground<'_>, first: &mut Candidate, second: &Candidate) {
    if second.score.is_hopeless() && joined(ground, first, second) {
        inherit(second, first);
    }
}

/// Carries certainty backwards along lists and sideways along rows, then to the same codes elsewhere.
pub(super) fn settle(ground: &Ground<'_>, candidates: &mut [Candidate]) {
    crowds(ground, candidates);
    visits(candidates);
    mixed(candidates);
    backwards(ground, candidates);
    elsewhere(candidates);
    near_code(candidates);
    backwards(ground, candidates);
    for at in 1..candidates.len() {
        let Some((before, rest)) = candidates.split_at_mut_checked(at) else { return };
        if let (Some(first), Some(second)) = (before.last(), rest.first_mut()) {
            continue_list(ground, first, second);
        }
    }
}

fn backwards(ground: &Ground<'_>, candidates: &mut [Candidate]) {
    for at in (1..candidates.len()).rev() {
        let Some((before, rest)) = candidates.split_at_mut_checked(at) else { return };
        let (Some(first), Some(second)) = (before.last_mut(), rest.first_mut()) else { return };
        let alike = is_decimal(first) == is_decimal(second) || is_old(first) && is_old(second);
        let list = alike
            && first.family() == second.family()
            && (joined(ground, first, second) || stacked(ground, first, second));
        let gap = ground.text().get(first.reach.end..second.shape.span.start).unwrap_or("\n");
        let row = gap.len() <= ROW && !gap.contains('\n') && first.family() != second.family();
        let (first_score, second_score) = (first.score, second.score);
        for (one, other) in [(&mut *first, second_score), (second, first_score)] {
            if one.score.is_hopeless() || !other.is_mention() {
                continue;
            }
            one.score.add_if(list, Reason::InList);
            one.score.add_if(row && !is_decimal(one), Reason::BesideCode);
        }
        if list && is_pair(first_score, second_score) {
            first.score.add(Reason::Paired);
        }
    }
}

/// `165.00`: beside a code it is its price.
fn is_decimal(candidate: &Candidate) -> bool {
    candidate.shape.system == CodeSystem::Icd9Cm && !candidate.score.has(Reason::LetteredOldDiagnosis)
}

/// A code of ICD-9: prices stand beside those of ICD-10, and never have a letter.
fn is_old(candidate: &Candidate) -> bool {
    candidate.shape.system == CodeSystem::Icd9Cm
}

/// Two numbers that could be codes, side by side where billing is spoken of: "29826/29823 denied".
const fn is_pair(first: Score, second: Score) -> bool {
    first.has(Reason::CptRange)
        && second.has(Reason::CptRange)
        && speaks(first)
        && speaks(second)
        && !first.is_hopeless()
        && !second.is_hopeless()
}

/// Whether billing is spoken of, or medicine, or nothing at all.
const fn speaks(score: Score) -> bool {
    score.has(Reason::BillingNear) || score.has(Reason::Silent) || score.has(Reason::LittleCoding)
}

/// "90471, 90472, 90686": three or more numbers in ranges of CPT, in one list, not round, nothing against them.
fn crowds(ground: &Ground<'_>, candidates: &mut [Candidate]) {
    let mut start = 0;
    for end in 1..=candidates.len() {
        let goes_on = candidates
            .get(end - 1)
            .zip(candidates.get(end))
            .is_some_and(|(first, second)| could_crowd(first) && could_crowd(second) && joined(ground, first, second));
        if goes_on {
            continue;
        }
        if let Some(crowd) = candidates.get_mut(start..end).filter(|crowd| crowd.len() >= 3) {
            crowd.iter_mut().for_each(|one| one.score.add(Reason::Crowd));
        }
        start = end;
    }
}

/// How far apart visits of one thought stand, in bytes.
const VISITS: usize = 48;

/// "room 12 99308, room 15 99309, room 22 99310": three numbers of visits near each other, none the same.
fn visits(candidates: &mut [Candidate]) {
    let mut start = 0;
    for end in 1..=candidates.len() {
        // "0BH17EZ with 5A1945Z": two of seven characters are enough.
        let inpatient = |one: &Candidate| one.score.has(Reason::ProcedureTable);
        let is_visit = |one: &Candidate| one.score.has(Reason::VisitRange) || inpatient(one);
        let is_visit = |one: &Candidate| is_visit(one) && !one.score.is_hopeless();
        let goes_on = candidates.get(end - 1).zip(candidates.get(end)).is_some_and(|(first, second)| {
            let near = second.shape.span.start.saturating_sub(first.shape.span.end) <= VISITS;
            near && is_visit(first)
                && is_visit(second)
                && first.shape.code != second.shape.code
                && first.family() == second.family()
        });
        if goes_on {
            continue;
        }
        let enough = |run: &&mut [Candidate]| run.len() >= if run.first().is_some_and(inpatient) { 2 } else { 3 };
        if let Some(run) = candidates.get_mut(start..end).filter(enough) {
            run.iter_mut().for_each(|one| one.score.add(Reason::Crowd));
        }
        start = end;
    }
}

fn could_crowd(candidate: &Candidate) -> bool {
    (candidate.score.has(Reason::CptRange) || candidate.score.has(Reason::HcpcsBlock))
        && !candidate.score.has(Reason::Counted)
        && !candidate.score.has(Reason::PerhapsIdentifier)
        && !candidate.shape.code.as_str().ends_with("00")
}

/// How far apart codes of several systems support each other, in bytes.
const MIXED: usize = 160;

/// "C61. 55700, 76872, path G0416": what could be a code of one system, among what could be codes of others.
fn mixed(candidates: &mut [Candidate]) {
    let mut run: Vec<usize> = Vec::new();
    let mut mixed: Vec<usize> = Vec::new();
    let mut close = |run: &mut Vec<usize>, candidates: &[Candidate]| {
        let of = |at: &usize| candidates.get(*at).map(|one| one.shape.system);
        let several = run.iter().any(|at| of(at) != run.first().and_then(of));
        let near = |pair: &[usize]| match pair {
            [one, other] => candidates
                .get(*one)
                .zip(candidates.get(*other))
                .is_some_and(|(one, other)| other.shape.span.start.saturating_sub(one.shape.span.end) <= 6),
            _ => false,
        };
        if several && (run.len() >= 3 || near(run)) {
            mixed.append(run);
        }
        run.clear();
    };
    let mut end = 0;
    for (at, one) in candidates.iter().enumerate().filter(|(_, one)| could_mix(one)) {
        if one.shape.span.start.saturating_sub(end) > MIXED {
            close(&mut run, candidates);
        }
        run.push(at);
        end = one.shape.span.end;
    }
    close(&mut run, candidates);
    for at in mixed {
        if let Some(one) = candidates.get_mut(at) {
            one.score.add(Reason::MixedCompany);
        }
    }
}

fn could_mix(candidate: &Candidate) -> bool {
    let score = candidate.score;
    let shaped = score.has(Reason::HcpcsBlock)
        || score.has(Reason::WholeDiagnosis)
        || score.has(Reason::LongDiagnosis)
        || could_crowd(candidate);
    shaped && !score.is_hopeless() && !score.has(Reason::AfterName) && !score.has(Reason::Everyday)
}

/// How far a certain code lends its certainty, in bytes.
const NEAR: usize = 240;

/// What could be a code, and has a certain code of its family near, is one too.
fn near_code(candidates: &mut [Candidate]) {
    let mut certain = Certain::default();
    for candidate in candidates.iter_mut() {
        certain.lend_to(candidate);
        certain.note(candidate, candidate.shape.span.end);
    }
    let mut certain = Certain::default();
    for candidate in candidates.iter_mut().rev() {
        certain.lend_to(candidate);
        certain.note(candidate, candidate.shape.span.start);
    }
}

/// Where the last certain code of each family stood.
#[derive(Default)]
struct Certain {
    procedure: Option<usize>,
    diagnosis: Option<usize>,
}

impl Certain {
    fn note(&mut self, candidate: &Candidate, at: usize) {
        match candidate.family() {
            _ if !candidate.score.is_mention() => {}
            Family::Procedure => self.procedure = Some(at),
            Family::Diagnosis => self.diagnosis = Some(at),
            Family::Other(_) => {}
        }
    }

    fn lend_to(&self, candidate: &mut Candidate) {
        let score = candidate.score;
        let (certain, could_be) = match candidate.family() {
            Family::Procedure => (self.procedure, score.has(Reason::CptRange) || score.has(Reason::HcpcsBlock)),
            Family::Diagnosis if score.has(Reason::DottedDiagnosis) => (self.diagnosis.or(self.procedure), true),
            Family::Diagnosis => (self.diagnosis, score.has(Reason::WholeDiagnosis)),
            Family::Other(_) => return,
        };
        // A diagnosis is certain by its dot, and where one stands procedures are spoken of.
        let certain = certain.or(self.diagnosis);
        let near = certain.is_some_and(|at| at.abs_diff(candidate.shape.span.start) <= NEAR);
        candidate.score.add_if(near && could_be && !score.is_mention(), Reason::NearCode);
    }
}

/// A code that is certain in one place is the same code in another.
fn elsewhere(candidates: &mut [Candidate]) {
    let unsure = |one: &Candidate| !one.score.is_mention() && !one.score.is_hopeless();
    if !candidates.iter().any(unsure) {
        return;
    }
    let key = |one: &Candidate| (one.shape.system, one.shape.code, one.shape.range_end);
    let certain: HashSet<_> = candidates.iter().filter(|one| one.score.is_mention()).map(key).collect();
    for candidate in candidates.iter_mut().filter(|one| unsure(one)) {
        let repeated = certain.contains(&key(candidate));
        candidate.score.add_if(repeated, Reason::Elsewhere);
    }
}

//! G9: the diagnoses that a text names against the excludes1 notes of the tabular list. Such a note is a reason to look
//! and no prohibition, so that the finding is a warning; telling of the note ends it.

use super::{
    check::{GuardInput, Text},
    finding::{Finding, Rule},
    passages::{Kind, holding},
};
use crate::domain::{
    code::{Code, CodeSystem},
    span::Span,
};

/// Diagnoses that are set against each other; a reply with more is a list of something else.
const MOST: usize = 24;

pub(super) fn check(text: &Text<'_>, about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    let mut codes: Vec<(&Code, Span)> = Vec::new();
    for named in text.named.iter().filter(|named| named.system == CodeSystem::Icd10Cm) {
        let restated = holding(&text.passages, named.span.start).is_some_and(|passage| passage.kind == Kind::Restated);
        if !restated && codes.len() < MOST && codes.iter().all(|(known, _)| **known != named.code) {
            codes.push((&named.code, named.span));
        }
    }
    if codes.len() < 2 {
        return;
    }
    let all: Vec<&Code> = codes.iter().map(|(code, _)| *code).collect();
    let Ok(told) = about.desk.excludes1_among(&all, about.on) else { return };
    let Some((found, _)) = told.value() else { return };
    let mut seen: Vec<[&Code; 2]> = Vec::new();
    for note in &found.conflicts {
        let mut pair = [&note.bound, &note.other];
        pair.sort_unstable();
        if seen.contains(&pair) || tells(text, pair) {
            continue;
        }
        seen.push(pair);
        let at = codes.iter().find(|(code, _)| **code == note.other).map_or(Span::new(0, 0), |(_, span)| *span);
        let [one, other] = pair;
        findings.push(Finding::soft(
            Rule::Excludes1,
            at,
            format!("An excludes1 note at {} sets {one} and {other} against each other.", note.at.words()),
            "Say in one sentence with both codes that they stand together only when the conditions are unrelated, or take one of them out.",
        ));
    }
}

/// Whether a passage that names both tells of the note.
fn tells(text: &Text<'_>, pair: [&Code; 2]) -> bool {
    text.passages.iter().filter(|passage| passage.kind == Kind::Sentence).any(|passage| {
        let words = passage.span.of(text.text);
        let lower = words.to_lowercase();
        pair.iter().all(|code| words.contains(code.as_str()))
            && (lower.contains("excludes1") || lower.contains("unrelated"))
    })
}

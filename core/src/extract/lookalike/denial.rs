//! Remark codes of denials: `CO-97 N20 M15`, "RARC N522". They have the letters of diagnoses without a dot.
//!
//! A word that calls it a diagnosis ("dx N20") always decides. Otherwise the nearest cue does: a denial group with its
//! reason, or "remark", on the same line of thought. A diagnosis that is whole without a dot (`N23`) is not taken from
//! the procedure that it stands behind.

use super::Suspect;
use crate::{
    domain::code::CodeSystem,
    extract::{
        confidence::Reason,
        ground::{Ground, ends_sentence, is_dash, marks_only},
        label::{Label, label},
        modifier,
        scan::Kind,
        words::Cue,
    },
};

/// How many words away a cue is looked for, remark codes in between not counted.
const STEPS: usize = 8;
/// How many remark codes may stand in between.
const LISTED: usize = 24;
/// Who is to pay what was denied (X12 code list 974).
const GROUPS: [&str; 5] = ["CO", "PR", "OA", "PI", "CR"];

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    if suspect.label == Some(Label::Remark) {
        return Some(Reason::DenialCode);
    }
    if suspect.is_number() && is_edit_reason(suspect) {
        return Some(Reason::DenialCode);
    }
    let called = matches!(suspect.label, Some(Label::Diagnosis | Label::System(_)));
    let fits = is_remark(suspect.shape.span.of(suspect.ground.text())) && !called;
    (fits && (denied_before(suspect) || denied_after(suspect))).then_some(Reason::DenialCode)
}

/// "RTP 31947", "returned to provider w/ 32402": the reason for which Medicare's system gives a bill back (FISS).
fn is_edit_reason(suspect: &Suspect<'_>) -> bool {
    let text = suspect.shape.span.of(suspect.ground.text());
    let before = suspect.ground.before(suspect.shape.span.start, 26);
    text.len() == 5
        && text.starts_with('3')
        && ["RTP", "to provider", "to Provider"].iter().any(|one| before.contains(one))
}

/// M1 to M149, N1 to N999, MA1 to MA149: the remark codes that exist, and those that the next lists may add.
fn is_remark(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let Some((letters, digits)) = word.split_at_checked(letters) else { return false };
    let highest = match letters {
        "N" | "n" => 999,
        "M" | "m" | "MA" | "ma" => 149,
        _ => return false,
    };
    let plain = matches!(digits.len(), 1..=3) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain && digits.parse::<u32>().is_ok_and(|number| (1..=highest).contains(&number))
}

/// What a word says about the remark codes beside it.
enum Says {
    Denied,
    Diagnosed,
    /// Goes on with a list of remark codes.
    Listed,
    Nothing,
}

fn says(ground: &Ground<'_>, index: usize) -> Says {
    match ground.kind(index) {
        Some(Kind::Cue(Cue::Remark)) => Says::Denied,
        Some(Kind::Cue(Cue::Coding)) if ground.word(index).eq_ignore_ascii_case("carc") => Says::Denied,
        Some(Kind::Cue(Cue::Diagnosis | Cue::System(CodeSystem::Icd10Cm | CodeSystem::Icd9Cm))) => Says::Diagnosed,
        Some(Kind::Digits | Kind::Mixed) if is_group_reason(ground, index) => Says::Denied,
        Some(Kind::Mixed) if is_remark(ground.word(index)) => match label(ground, index) {
            // `MA130` can be nothing else.
            Some(Label::Remark) => Says::Denied,
            Some(Label::Diagnosis | Label::System(_)) => Says::Diagnosed,
            _ if ground.word(index).len() > 3 && ground.word(index).starts_with("MA") => Says::Denied,
            _ => Says::Listed,
        },
        _ => Says::Nothing,
    }
}

/// `CO-97`, `CO97`, "PR 204", `CO*B7`: a denial group and its reason. `97110-CO-59` and "97110 CO 59" hold modifiers.
fn is_group_reason(ground: &Ground<'_>, index: usize) -> bool {
    let word = ground.word(index);
    let is_group = |word: &str| GROUPS.iter().any(|group| word.eq_ignore_ascii_case(group));
    if let Some((_, reason)) = word.split_at_checked(2).filter(|(group, _)| is_group(group)) {
        return matches!(reason.len(), 1..=3) && reason.bytes().all(|byte| byte.is_ascii_digit());
    }
    let start = ground.span(index).start;
    let Some(mark) = ground.char_before(start).filter(|c| is_dash(*c) || matches!(c, '*' | ' ' | '\u{A0}')) else {
        return false;
    };
    let end = start - mark.len_utf8();
    let group = ground.word_before(end, 4);
    if !matches!(word.len(), 1..=3) || !is_group(group) {
        return false;
    }
    let before = ground.char_before(end - group.len());
    let blank = mark.is_whitespace();
    let written = !blank || group.bytes().all(|byte| byte.is_ascii_uppercase());
    let of_code = blank
        && modifier::is_number(ground, index)
        && index.checked_sub(2).is_some_and(|code| {
            ground.span(code).len() == 5
                && modifier::at(ground, index).is_some()
                && ground.span(code).end + 1 == end - 2
        });
    written && !of_code && !before.is_some_and(|c| is_dash(c) || c.is_alphanumeric())
}

fn denied_before(suspect: &Suspect<'_>) -> bool {
    let ground = suspect.ground;
    let whole = suspect.shape.score.has(Reason::WholeDiagnosis);
    let mut steps = 0;
    for index in (0..suspect.first).rev().take(LISTED) {
        let sentence = ground.gap_after(index).is_none_or(ends_sentence);
        if sentence || ground.kind(index) == Some(Kind::Stop) || steps == STEPS {
            return false;
        }
        match says(ground, index) {
            Says::Denied => return true,
            Says::Diagnosed => return false,
            Says::Listed => {}
            Says::Nothing if whole && is_procedure(ground, index) => return false,
            Says::Nothing => steps += 1,
        }
    }
    false
}

/// A word that has the length of a CPT or HCPCS code.
fn is_procedure(ground: &Ground<'_>, index: usize) -> bool {
    matches!(ground.kind(index), Some(Kind::Digits | Kind::Mixed)) && ground.span(index).len() == 5
}

/// "N20 and CO-97", "N20/CO-97", "N20 (RARC)": behind it only what joins it directly counts, since "50590 with N23 was
/// denied CO-97" speaks of a diagnosis.
fn denied_after(suspect: &Suspect<'_>) -> bool {
    let ground = suspect.ground;
    let mut joined = false;
    for index in (suspect.shape.last + 1..ground.tokens.len()).take(STEPS) {
        let Some(gap) = ground.gap_before(index).filter(|gap| marks_only(gap) && !ends_sentence(gap)) else {
            return false;
        };
        joined |= gap.contains(['/', '&', '+']);
        match (says(ground, index), ground.kind(index)) {
            (Says::Denied, Some(Kind::Cue(_))) => return !names_another(ground, index),
            (Says::Denied, _) => return joined,
            (Says::Diagnosed, _) => return false,
            (_, Some(Kind::Cue(Cue::And | Cue::With))) => joined = true,
            (_, Some(Kind::Cue(Cue::Is | Cue::Filler) | Kind::Pair)) | (Says::Listed, _) => {}
            _ => return false,
        }
    }
    false
}

/// Whether the word "remark" at `index` speaks of a code behind it: "N20, remark code M15".
fn names_another(ground: &Ground<'_>, index: usize) -> bool {
    let spoken = |at: &usize| matches!(ground.cue(*at), Some(Cue::Code | Cue::Is | Cue::Number | Cue::Remark));
    let behind = (index + 1..ground.tokens.len()).take(STEPS).find(|at| !spoken(at));
    behind.is_some_and(|at| {
        ground.gap_before(at).is_some_and(|gap| marks_only(gap) && !ends_sentence(gap))
            && matches!(ground.kind(at), Some(Kind::Mixed | Kind::Digits))
    })
}

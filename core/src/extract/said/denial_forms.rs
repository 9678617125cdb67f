//! Denial codes in a text: `CO-97`, `CO 97`, `co97`, `CO*97`, "denied as 97", "reason code 16", "CARC 50"; `N130`, `MA130`,
//! `M15`.
//!
//! Look-alikes: CO is Colorado and a company, PR Puerto Rico and the press, `97530-CO` a modifier, `M15` a diagnosis. A code
//! that a mention holds is never a remark: which of the two it is was decided there.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    denial::{Denial, Group, List},
    phrase::ends_sentence,
    stated::{Stated, covered},
};
use crate::{
    domain::{
        code::{Code, CodeSystem},
        mention::Mention,
        span::Span,
    },
    extract::{Possible, ground::is_dash},
};

/// One pass for all forms; its time is linear in the text.
static FORMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let reason = "[0-9]{1,3}|[abdpwy][0-9]{1,2}";
    Regex::new(&format!(
        r"(?xi)(?-u:\b)(?:
            (?P<group>co|pr|oa|pi|cr)(?P<join>\x20?[-\u2010-\u2015*:]\x20?|\x20|\u00A0|)(?P<reason>{reason})
          | group(?:\x20code)?:?\x20(?P<led>co|pr|oa|pi|cr),?\x20(?:and\x20)?(?:carc|reason)(?:\x20code)?\x20(?P<led_reason>{reason})
          | (?P<cue>carcs?|(?:denial|denied|reason|adjustment|adjustment\x20reason|rejection|reject)\x20codes?|denied\x20as|denial\x20as)
            \x20?(?:is|was|are|of|code|reason|carc|:|\#|=|-)*\x20?(?P<list>(?:{reason})(?-u:\b)(?:(?:\x20?[,/&]\x20?|\x20and\x20|,\x20and\x20)(?:{reason})(?-u:\b))*)
          | (?P<remark>(?:n|ma|m)[0-9]{{1,3}})
        )(?-u:\b)"
    ))
    .ok()
});

/// Words that say that a sentence speaks of a denial, or of what a payer wrote back.
const CUES: [&str; 29] = [
    "denied",
    "denies",
    "denial",
    "denials",
    "deny",
    "denying",
    "rejected",
    "rejects",
    "rejection",
    "remit",
    "remittance",
    "eob",
    "era",
    "eop",
    "remark",
    "remarks",
    "rarc",
    "carc",
    "carcs",
    "rarcs",
    "adjustment",
    "adjustments",
    "bounced",
    "unpaid",
    "appeal",
    "portal",
    "recouped",
    "835",
    "refused",
];

/// The denial codes of a text. Mentions are sorted by where they stand; beside a denial a number that only may be a
/// procedure is one.
pub(super) fn read(text: &str, mentions: &[Mention], possibles: &[Possible]) -> Vec<Stated<Denial>> {
    let Some(forms) = FORMS.as_ref() else { return Vec::new() };
    let mut found: Vec<Stated<Denial>> = Vec::new();
    let mut remarks: Vec<Span> = Vec::new();
    for one in forms.captures_iter(text) {
        let Some(whole) = one.get(0) else { continue };
        let span = Span::new(whole.start(), whole.end());
        let mut add = |span: Span, group: Option<Group>, code: &str| {
            let code = code.to_ascii_uppercase();
            if is_reason(&code) {
                found.push(Stated::new(span, Denial { list: List::Carc, group, code, line: None }));
            }
        };
        if let (Some(group), Some(join), Some(reason)) = (one.name("group"), one.name("join"), one.name("reason")) {
            if is_group_reason(text, mentions, span, group.as_str(), join.as_str(), reason.as_str()) {
                add(span, Group::read(group.as_str()), reason.as_str());
            }
        } else if let (Some(group), Some(reason)) = (one.name("led"), one.name("led_reason")) {
            add(Span::new(reason.start(), reason.end()), Group::read(group.as_str()), reason.as_str());
        } else if let Some(list) = one.name("list") {
            let mut at = list.start();
            for piece in list.as_str().split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
                let code = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
                if !code.is_empty() && !code.eq_ignore_ascii_case("and") {
                    add(Span::new(at, at + code.len()), None, code);
                }
                at += piece.len();
            }
        } else if is_remark(whole.as_str()) && !around(mentions, span).iter().any(|mention| mention.span.overlaps(span))
        {
            remarks.push(span);
        }
    }
    let beside: Vec<Span> = found.iter().map(|denial| denial.span).collect();
    for span in remarks.iter().copied() {
        let code = span.of(text).to_ascii_uppercase();
        let alone = !text.get(..span.start).unwrap_or("").ends_with(|c: char| is_dash(c) || c == '.');
        if alone && !is_dotted(text, span) && is_spoken_of(text, span, &code, &beside) {
            found.push(Stated::new(span, Denial { list: List::Rarc, group: None, code, line: None }));
        }
    }
    found.sort_by_key(|one| one.span);
    found.dedup_by(|later, one| later.span.overlaps(one.span));
    let spans: Vec<Span> = found.iter().map(|one| one.span).collect();
    let free = |one: &&Mention| !covered(&spans, one.span);
    let all = mentions.iter().chain(possibles.iter().map(|possible| &possible.mention));
    let mut lines: Vec<&Mention> = all.filter(|one| is_line(one)).filter(free).collect();
    lines.sort_by_key(|one| one.span);
    for one in &mut found {
        one.value.line = line_of(text, &lines, &spans, one.span);
    }
    found
}

/// Reasons that exist, and some that the next lists may add.
fn is_reason(code: &str) -> bool {
    let (letter, digits) = code.split_at(usize::from(code.starts_with(|c: char| c.is_ascii_alphabetic())));
    digits.parse::<u32>().is_ok_and(|number| {
        let highest = match letter {
            "" => 320,
            "A" => 8,
            "B" => 23,
            "P" => 35,
            "D" => 25,
            "W" | "Y" => 9,
            _ => 0,
        };
        (1..=highest).contains(&number) && !digits.starts_with('0')
    })
}

fn is_remark(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let highest = if word.starts_with(['N', 'n']) { 999 } else { 149 };
    word.get(letters..)
        .and_then(|digits| digits.parse::<u32>().ok())
        .is_some_and(|number| (1..=highest).contains(&number))
}

/// `M15.0` is a diagnosis.
fn is_dotted(text: &str, span: Span) -> bool {
    let mut after = text.get(span.end..).unwrap_or("").chars();
    after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Whether two letters and a reason are a denial in these surroundings.
fn is_group_reason(text: &str, mentions: &[Mention], span: Span, group: &str, join: &str, reason: &str) -> bool {
    let before = text.get(..span.start).unwrap_or("");
    let after = text.get(span.end..).unwrap_or("");
    // `97530-CO-59` holds modifiers, `PR-2.5` and `CO-97/3` are something else.
    let joined =
        before.ends_with(|c: char| is_dash(c) || matches!(c, '.' | '/' | '_' | '@') && !before.ends_with(". "));
    let decimal = after.starts_with(['.', ',']) && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    if joined && !before.ends_with('/') || decimal {
        return false;
    }
    let capitals = !group.bytes().any(|b| b.is_ascii_lowercase());
    let spoken = || has_cue(text, span);
    let procedure = || around(mentions, span).iter().any(|one| is_line(one) && near(text, one.span, span, 90));
    let next = after.trim_start().split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    if join.trim().is_empty() && COUNTED.iter().any(|word| next.eq_ignore_ascii_case(word)) {
        return false;
    }
    match join.trim() {
        "" if join.is_empty() => {
            // `co97` and `PR204`, but a room is called so too.
            spoken() || procedure() || group.eq_ignore_ascii_case("co") && reason.len() <= 3
        }
        "" => {
            // "97110 CO 59" holds modifiers of an assistant.
            let of_code = around(mentions, span).iter().rfind(|one| one.span.end <= span.start).is_some_and(|one| {
                text.get(one.span.end..span.start).is_some_and(|gap| gap == " ") && MODIFIERS.contains(&reason)
            });
            capitals && (spoken() || procedure() && !of_code)
        }
        ":" => capitals && (spoken() || procedure()),
        _ => true,
    }
}

/// Two digits that are a modifier as often as a reason, behind CO.
const MODIFIERS: [&str; 9] = ["22", "25", "52", "59", "76", "77", "95", "96", "97"];
/// So many codes joined by "with" are looked through for the first.
const JOINED: usize = 4;
/// What a number before it counts.
const COUNTED: [&str; 12] =
    ["days", "day", "months", "month", "weeks", "years", "claims", "patients", "pages", "miles", "hours", "percent"];

/// The mentions next to a span: a few before it and a few behind.
fn around(mentions: &[Mention], span: Span) -> &[Mention] {
    const NEXT: usize = 3;
    let at = mentions.partition_point(|one| one.span.start < span.start);
    mentions.get(at.saturating_sub(NEXT)..(at + NEXT).min(mentions.len())).unwrap_or_default()
}

/// Whether the sentence speaks of a denial.
fn has_cue(text: &str, span: Span) -> bool {
    let (start, end) = sentence(text, span);
    let words = text.get(start..end).unwrap_or("");
    words.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| CUES.iter().any(|cue| word.eq_ignore_ascii_case(cue)))
        || words.to_ascii_lowercase().contains("came back")
}

/// Whether a remark code is spoken of as one: the nearest word decides, a denial or a diagnosis.
fn is_spoken_of(text: &str, span: Span, code: &str, reasons: &[Span]) -> bool {
    let (start, end) = sentence(text, span);
    let before = text.get(start..span.start).unwrap_or("");
    let capitals = span.of(text) == code;
    let mut said = before.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).rev().take(12);
    for word in &mut said {
        if ["dx", "diagnosis", "diagnoses", "icd", "icd10", "dxs"].iter().any(|dx| word.eq_ignore_ascii_case(dx)) {
            return false;
        }
        if ["rarc", "rarcs", "remark", "remarks"].iter().any(|cue| word.eq_ignore_ascii_case(cue)) {
            return true;
        }
    }
    let at = reasons.partition_point(|one| one.start < span.start);
    let beside = reasons.get(at.saturating_sub(1)..(at + 1).min(reasons.len())).unwrap_or_default();
    let with_reason = beside.iter().any(|one| near(text, *one, span, 60));
    capitals && (code.starts_with("MA") || with_reason || has_cue(text, span) && end > start)
}

/// The sentence around a span, at most 200 bytes to each side.
fn sentence(text: &str, span: Span) -> (usize, usize) {
    const REACH: usize = 200;
    let from = text.floor_char_boundary(span.start.saturating_sub(REACH));
    let to = text.floor_char_boundary((span.end + REACH).min(text.len()));
    let before = text.get(from..span.start).unwrap_or("");
    let after = text.get(span.end..to).unwrap_or("");
    let start =
        [". ", ".\n", "? ", "?\n", "! ", "\n\n"].iter().filter_map(|end| Some(before.rfind(end)? + end.len())).max();
    let end = [". ", ".\n", "?", "!", "\n\n"].iter().filter_map(|end| after.find(end)).min();
    (from + start.unwrap_or(0), span.end + end.unwrap_or(after.len()))
}

/// Whether less than `reach` bytes of one sentence stand between two spans.
fn near(text: &str, one: Span, other: Span, reach: usize) -> bool {
    let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
    let gap = text.get(first.end..second.start).unwrap_or("");
    gap.len() <= reach && !ends_sentence(gap)
}

/// Whether a mention is of a line on a claim.
fn is_line(mention: &Mention) -> bool {
    matches!(mention.system, CodeSystem::Cpt | CodeSystem::Hcpcs | CodeSystem::Revenue)
}

/// The procedure that a denial stands by: the one that "on" or "for" names behind it, else the last before it on the
/// line, else in the sentence, else the first behind it.
fn line_of(text: &str, lines: &[&Mention], denials: &[Span], span: Span) -> Option<Code> {
    let (start, end) = sentence(text, span);
    let behind = lines.partition_point(|one| one.span.start < span.end);
    let next = lines.get(behind).copied().filter(|one| one.span.end <= end);
    let before = lines.get(..behind).unwrap_or_default();
    let last = before.iter().rev().take(JOINED).find(|one| !is_joined(text, one.span.start));
    let last = last.copied().filter(|one| one.span.start >= start);
    let gap = |one: &Mention| text.get(span.end..one.span.start).unwrap_or("");
    if let Some(next) = next.filter(|next| names(gap(next), denials, span.end)) {
        return Some(next.code.clone());
    }
    let same_line = |one: &&Mention| !text.get(one.span.end..span.start).unwrap_or("\n").contains('\n');
    let before = last.filter(same_line).or_else(|| last.filter(|_| next.is_none_or(|next| gap(next).contains('\n'))));
    before.or(next.filter(|next| gap(next).len() <= 80)).or(last).map(|one| one.code.clone())
}

/// "43239 with 43249: CO-236": the second code is only what the first was billed with.
fn is_joined(text: &str, start: usize) -> bool {
    let before = text.get(text.floor_char_boundary(start.saturating_sub(12))..start).unwrap_or("");
    let mut words = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).rev();
    let word = words.find(|word| !word.eq_ignore_ascii_case("cpt")).unwrap_or("");
    word.eq_ignore_ascii_case("with") || word.eq_ignore_ascii_case("w")
}

/// Whether what stands between a denial and a procedure behind it joins the two: "on", "for", other denial codes.
fn names(gap: &str, denials: &[Span], from: usize) -> bool {
    const REACH: usize = 60;
    if gap.len() > REACH {
        return false;
    }
    let mut joined = false;
    let mut at = 0;
    for word in gap.split(|c: char| !c.is_ascii_alphanumeric()) {
        let start = from + at;
        at += word.len() + 1;
        let denial = covered(denials, Span::new(start, start + 1));
        let listed = matches!(
            word.to_ascii_lowercase().as_str(),
            "" | "the" | "next" | "to" | "cpt" | "hcpcs" | "code" | "line" | "rarc" | "remark" | "with" | "our" | "of"
        );
        joined |= matches!(word, "on" | "for" | "against") || word == "to";
        if !(denial || listed || matches!(word, "on" | "for" | "against" | "and")) {
            return false;
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        extract::{Nothing, findings},
        mail::search_text::SearchText,
    };

    fn shown(text: &str) -> String {
        let read = findings(&SearchText::plain(text), &Nothing);
        let line = |one: &Denial| one.line.as_ref().map_or_else(String::new, |line| format!(" @{line}"));
        let found = super::read(text, &read.mentions, &read.possibles);
        found.iter().map(|one| format!("{}{}", one.value.written(), line(&one.value))).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn denials_and_what_looks_like_them() {
        for (text, expected) in [
            ("20610 denied CO-97 N20", "CO-97 @20610; N20 @20610"),
            ("denied CO97", "CO-97"),
            ("PR*204 on 99396", "PR-204 @99396"),
            ("99213: CO-45. 36415: CO-97, M15.", "CO-45 @99213; CO-97 @36415; M15 @36415"),
            ("CPT 43239 with CPT 43249: CO-236", "CO-236 @43239"),
            ("denied as 97, reason code 16, CARC 50", "97; 16; 50"),
            ("group CO, reason 197", "CO-197"),
            ("dx N20, denied CO-97", "CO-97"),
            ("CPT 97530-CO, 97110-CO-59", ""),
            ("CPT 97110 CO 59", ""),
            ("Denver, CO 80301 and San Juan, PR 00907", ""),
            ("Acme Co 22 claims were denied", ""),
            ("denied 16 claims of 97 patients", ""),
            ("CO-999, CO-0, PR-2024", ""),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}

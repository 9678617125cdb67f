//! Sides in a text: by words beside a part of the body, or by a modifier. "Is that right?", "left over" and "both codes" are
//! none.

use std::{ops::Range, sync::LazyLock};

use super::{
    phrase::{Phrases, Words, ends_sentence},
    side::{Laterality, Side},
    stated::{Stated, covers},
};
use crate::domain::{code::CodeSystem, mention::Mention};

/// What a word says of a finger, a toe or an eyelid: its number from the thumb, or upper and lower.
#[derive(Clone, Copy)]
enum Part {
    Finger(u8),
    Toe(u8),
    Upper,
    Lower,
}

static PARTS: LazyLock<Phrases<Part>> = LazyLock::new(|| {
    Phrases::new(&[
        ("thumb", Part::Finger(0)),
        ("index finger|index|pointer finger|second finger|second digit of hand|2nd finger", Part::Finger(1)),
        ("middle finger|long finger|third finger|3rd finger", Part::Finger(2)),
        ("ring finger|fourth finger|4th finger", Part::Finger(3)),
        ("little finger|small finger|pinky finger|pinky|pinkie|fifth finger|5th finger", Part::Finger(4)),
        ("great toe|big toe|hallux|first toe|1st toe", Part::Toe(0)),
        ("second toe|2nd toe", Part::Toe(1)),
        ("third toe|3rd toe|middle toe", Part::Toe(2)),
        ("fourth toe|4th toe", Part::Toe(3)),
        ("fifth toe|5th toe|little toe|small toe|pinky toe|baby toe", Part::Toe(4)),
        ("upper eyelid|upper lid|upper eye lid", Part::Upper),
        ("lower eyelid|lower lid|lower eye lid", Part::Lower),
    ])
});

static CORONARIES: LazyLock<Phrases<(&str, bool)>> = LazyLock::new(|| {
    Phrases::new(&[
        ("left anterior descending|left anterior descending artery", ("LD", false)),
        ("lad", ("LD", true)),
        ("circumflex|left circumflex|circumflex artery|left circumflex artery|lcx", ("LC", false)),
        ("right coronary|right coronary artery", ("RC", false)),
        ("rca", ("RC", true)),
        ("left main|left main coronary|left main artery", ("LM", false)),
        ("ramus intermedius", ("RI", false)),
    ])
});

static SIDES: LazyLock<Phrases<Laterality>> = LazyLock::new(|| {
    Phrases::new(&[
        ("right|rt|right side|right sided", Laterality::Right),
        ("left|lt|left side|left sided", Laterality::Left),
        (
            "bilateral|bilaterally|bilat|bil|b l|both sides|each side|either side|right and left|left and right",
            Laterality::Both,
        ),
        ("both", Laterality::Both),
    ])
});

/// Parts of the body that have two sides, without their plural.
const BODY: [&str; 114] = [
    "knee",
    "shoulder",
    "hip",
    "elbow",
    "wrist",
    "ankle",
    "hand",
    "foot",
    "feet",
    "eye",
    "ear",
    "breast",
    "limb",
    "leg",
    "arm",
    "femur",
    "side",
    "thumb",
    "finger",
    "toe",
    "forearm",
    "thigh",
    "calf",
    "heel",
    "tibia",
    "fibula",
    "humerus",
    "radius",
    "ulna",
    "clavicle",
    "scapula",
    "rib",
    "lung",
    "kidney",
    "ureter",
    "ovary",
    "testis",
    "testicle",
    "tube",
    "lobe",
    "cheek",
    "temple",
    "eyebrow",
    "eyelid",
    "lid",
    "nostril",
    "turbinate",
    "sinus",
    "tonsil",
    "buttock",
    "groin",
    "flank",
    "axilla",
    "carpal",
    "tarsal",
    "cuff",
    "meniscus",
    "acetabulum",
    "patella",
    "joint",
    "lower",
    "upper",
    "distal",
    "proximal",
    "medial",
    "lateral",
    "anterior",
    "posterior",
    "great",
    "big",
    "index",
    "middle",
    "ring",
    "little",
    "inguinal",
    "femoral",
    "iliac",
    "carotid",
    "renal",
    "subclavian",
    "brachial",
    "popliteal",
    "saphenous",
    "maxillary",
    "frontal",
    "ethmoid",
    "trochanteric",
    "subacromial",
    "plantar",
    "si",
    "sacroiliac",
    "facet",
    "rotator",
    "quadrant",
    "hemicolectomy",
    "hemithyroidectomy",
    "mastectomy",
    "nephrectomy",
    "cataract",
    "orbit",
    "neck",
    "face",
    "jaw",
    "chest",
    "adrenal",
    "thyroid",
    "atrial",
    "ventricular",
    "cornea",
    "retina",
    "wrists",
    "knees",
    "hernia",
    "bunion",
];

/// All sides that the text or its codes' modifiers tell, in order.
pub(super) fn read(words: &Words<'_>, mentions: &[Mention]) -> Vec<Stated<Side>> {
    let mut known = of_modifiers(words, mentions);
    for (range, (modifier, capitals)) in CORONARIES.all(words) {
        if !capitals || words.is_upper(range.start) {
            known.push(Stated::new(words.span(&range), Side::at(None, modifier.to_owned())));
        }
    }
    known.sort_by_key(|one| one.span);
    known.dedup_by(|later, one| later.span.overlaps(one.span));
    let mut found = Vec::new();
    for (range, side) in SIDES.all(words) {
        let Some((range, side)) = in_words(words, &range, side) else { continue };
        let span = words.span(&range);
        if !covers(&known, span) {
            found.push(Stated::new(span, side));
        }
    }
    found.extend(known);
    found.sort_by_key(|one| one.span);
    found
}

/// `20610-RT`, `F5`: the modifiers of the codes, at their letters where these stand close behind the code.
fn of_modifiers(words: &Words<'_>, mentions: &[Mention]) -> Vec<Stated<Side>> {
    let mut found = Vec::new();
    for mention in mentions {
        if mention.system == CodeSystem::Modifier
            && let Some(side) = Side::of_modifier(mention.code.as_str())
        {
            found.push(Stated::new(mention.span, side));
        }
        for modifier in &mention.modifiers {
            let Some(side) = Side::of_modifier(modifier.as_str()) else { continue };
            let first = words.from(mention.span.end);
            let at = (first..first + 6).find(|at| words.written(*at).eq_ignore_ascii_case(modifier.as_str()));
            let span = at.map_or(mention.span, |at| words.span(&(at..at + 1)));
            found.push(Stated::new(span, side));
        }
    }
    found
}

/// What "right", "left" or "both" says in these surroundings, with the words that say it.
fn in_words(words: &Words<'_>, range: &Range<usize>, side: Laterality) -> Option<(Range<usize>, Side)> {
    let first = words.word(range.start);
    if matches!(first, "rt" | "lt") && !words.is_upper(range.start) && !is_body(words.after(range.end - 1, 1)) {
        return None;
    }
    if range.len() > 1 || matches!(first, "bilateral" | "bilaterally" | "bilat") {
        // "bilateral procedure", "b/l knees": said whatever follows.
        return Some((range.clone(), Side::of(side)));
    }
    if side == Laterality::Both {
        let body = (1..=3).any(|ahead| is_plural_body(words.after(range.end - 1, ahead)));
        return body.then(|| (range.clone(), Side::of(side)));
    }
    if let Some((part, from, end)) = part_beside(words, range) {
        let modifier = modifier_of(part, side);
        return Some((from..end, Side::at(Some(side), modifier)));
    }
    let gap = words.gap(range.end - 1);
    let ends = gap.is_empty() || gap.starts_with([',', '.', ';', ':', '?', ')', '\n', '|']);
    // "right knee", "right total knee", but no "left the hand".
    let after = (1..=3)
        .take_while(|ahead| !is_little(words.after(range.end - 1, *ahead)))
        .any(|ahead| is_body(words.after(range.end - 1, ahead)));
    let coded = words.after(range.end - 1, 1).bytes().any(|b| b.is_ascii_digit());
    let goes_on = matches!(words.after(range.end - 1, 1), "and" | "or" | "with" | "was" | "is" | "only" | "side");
    // "breast biopsy right 19083 and left 19083": the second goes with the first.
    let second = matches!(words.before(range.start, 1), "and" | "or")
        && (2..=4).any(|back| matches!(words.before(range.start, back), "right" | "left"))
        && !matches!(words.before(range.start, 2), "is" | "was");
    let sided = (body_before(words, range.start) || second) && (ends || coded || goes_on);
    let placed = words.before(range.start, 1) == "the"
        && matches!(words.before(range.start, 2), "on" | "to" | "from" | "of" | "at")
        && (ends || goes_on)
        || words.before(range.start, 1) == "on" && ends;
    (after || sided || placed).then(|| (range.clone(), Side::of(side)))
}

/// A finger, toe or eyelid beside a side: "left index finger", "upper left lid", "thumb, right".
fn part_beside(words: &Words<'_>, range: &Range<usize>) -> Option<(Part, usize, usize)> {
    if words.joins(range.end - 1)
        && let Some((part, end)) = PARTS.at(words, range.end)
    {
        // "left index" alone may be anything.
        return (words.word(end - 1) != "index").then_some((part, range.start, end));
    }
    let lid = matches!(words.after(range.end - 1, 1), "eyelid" | "lid" | "eyelids");
    match words.before(range.start, 1) {
        "upper" if lid => Some((Part::Upper, range.start - 1, range.end + 1)),
        "lower" if lid => Some((Part::Lower, range.start - 1, range.end + 1)),
        _ => None,
    }
}

fn modifier_of(part: Part, side: Laterality) -> String {
    let right = side == Laterality::Right;
    match part {
        Part::Finger(0) if !right => "FA".to_owned(),
        Part::Finger(number) => format!("F{}", number + if right { 5 } else { 0 }),
        Part::Toe(0) if !right => "TA".to_owned(),
        Part::Toe(number) => format!("T{}", number + if right { 5 } else { 0 }),
        Part::Upper => if right { "E3" } else { "E1" }.to_owned(),
        Part::Lower => if right { "E4" } else { "E2" }.to_owned(),
    }
}

/// "knee, right", "shoulder left", "breast biopsy right": a part of the body within three words before.
fn body_before(words: &Words<'_>, at: usize) -> bool {
    (0..3)
        .map_while(|back| at.checked_sub(back + 1))
        .take_while(|index| !ends_sentence(words.gap(*index)) && words.gap(*index).len() <= 3)
        .any(|index| is_body(words.word(index)))
}

fn is_body(word: &str) -> bool {
    let single = word.strip_suffix('s').unwrap_or(word);
    BODY.contains(&word) || single.len() > 2 && BODY.contains(&single)
}

fn is_plural_body(word: &str) -> bool {
    matches!(word, "feet" | "carpal" | "upper" | "lower" | "ovaries" | "testes")
        || word.strip_suffix('s').is_some_and(|single| BODY.contains(&single))
}

/// Words that a side is not carried across.
fn is_little(word: &str) -> bool {
    matches!(
        word,
        "" | "the"
            | "a"
            | "an"
            | "for"
            | "in"
            | "to"
            | "with"
            | "and"
            | "or"
            | "over"
            | "code"
            | "way"
            | "now"
            | "is"
            | "was"
            | "before"
            | "after"
            | "we"
            | "they"
            | "away"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        read(&Words::of(text), &[]).iter().map(|side| side.value.words()).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn sides_and_what_looks_like_them() {
        for (text, expected) in [
            ("right knee", "right"),
            ("the shoulder, left: two scopes", "left"),
            ("Is that right? We left the code right there", ""),
            ("the 10 mg left over", ""),
            ("both knees, and both codes", "both sides"),
            ("done bilaterally", "both sides"),
            ("left thumb, right great toe, upper left eyelid", "left (FA); right (T5); left (E1)"),
            ("right ring finger", "right (F8)"),
            ("a stent in the LAD and the lad's RCA", "LD; RC"),
            ("on the left?", "left"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}

//! Units in words behind a code: "x 4", "with 2 units", "qty 3", `(2)`, "30 minutes, 2 units", "toradol 60 mg IM x 4".
//!
//! [`super::units`] asks here once for a code. What says outright that it counts ("x 4", "2 units", "qty 3") may stand
//! behind a few words of what was done or given; a bare number must stand right beside the code. Nothing looks past
//! the next code, the end of the sentence, or a word that turns to something else.

use std::ops::Range;

use super::{
    candidate::Reach,
    ground::{Ground, blanks_only, ends_sentence, marks_only},
    modifier, phrasebook,
    scan::Kind,
    units::{count, glued, is_measured, reach_of, unit_follows},
    words::Cue,
};

/// How many kept words may stand between a code and its units.
const STEPS: usize = 10;
/// How many other words may.
const WORDS: usize = 6;

/// Words with which the sentence turns to something else: what is counted behind them is not the code.
const TURNING: [&str; 38] = [
    "but",
    "because",
    "they",
    "we",
    "i",
    "he",
    "she",
    "it",
    "who",
    "which",
    "when",
    "while",
    "if",
    "so",
    "after",
    "before",
    "until",
    "since",
    "did",
    "could",
    "should",
    "would",
    "may",
    "must",
    "will",
    "what",
    "why",
    "how",
    "max",
    "maximum",
    "limit",
    "limited",
    "mue",
    "total",
    "allowed",
    "allows",
    "authorized",
    "lasted",
];

/// The units in the words behind a code and its modifiers, and how far they reach.
pub(super) fn after(ground: &Ground<'_>, first: usize, reach: Reach) -> Option<(u32, Reach)> {
    let mut end = reach.end;
    let mut said = Said::default();
    for index in (reach.last + 1..).take(STEPS) {
        let beside = index == reach.last + 1;
        let gap = ground.gap(end, ground.token(index)?.span.start)?;
        if !said.goes_on(ground, index, gap, beside) {
            return None;
        }
        said.unit |= beside && is_announced(ground, first, gap);
        said.times |= matches!(gap.trim(), "*" | "×") || gap.ends_with('×');
        end = ground.span(index).end;
        let word = ground.word(index);
        match ground.kind(index)? {
            Kind::Cue(_) if turns(word) => return None,
            Kind::Cue(Cue::Times) => said.times = true,
            // "unit 97" is a flat or a truck; "unit: 3" counts.
            Kind::Cue(Cue::Unit) => {
                said.unit |= !word.eq_ignore_ascii_case("unit") || ground.gap_after(index) != Some(" ");
            }
            Kind::Cue(Cue::With | Cue::Filler | Cue::Is | Cue::Billing | Cue::Handling | Cue::Number | Cue::Dose) => {}
            Kind::Cue(Cue::Clinical | Cue::Medicine | Cue::Coding | Cue::Duration) => said.straight = false,
            // "60 mg IM x 4"
            Kind::Pair if modifier::at(ground, index).is_none() => said.straight = false,
            Kind::Cue(Cue::Amount(count)) => {
                let count = u32::from(count);
                if said.counts()
                    && unit_follows(ground, index).is_none_or(|unit| ground.word(unit + 1).parse::<u32>().is_err())
                {
                    return Some((count, reach_of(ground, index)));
                }
                let often = often(ground, index).filter(|_| can_be_often(ground, first, reach.last + 1..index));
                // "99292 (two)"
                let bracketed = Some(index).filter(|_| said.straight && is_bracketed(ground, first, reach, index));
                return unit_follows(ground, index).or(often).or(bracketed).map(|last| (count, reach_of(ground, last)));
            }
            Kind::Digits if is_given(ground, index, said) => said.straight = false,
            Kind::Digits => {
                let often = often(ground, index).filter(|_| can_be_often(ground, first, reach.last + 1..index));
                let last = unit_follows(ground, index).or(often);
                let fits = last.is_some()
                    || said.counts()
                    || said.straight && (is_each(ground, index) || is_bracketed(ground, first, reach, index));
                let measured = is_measured(ground, index) && !counts_pieces(ground, first, index);
                let count = count(word).filter(|_| fits && !measured)?;
                return Some((count, reach_of(ground, last.unwrap_or(index))));
            }
            Kind::Mixed => {
                let twice = word.strip_suffix(['x', 'X']).filter(|_| beside && !is_rate(ground, index)).and_then(count);
                let times = word.strip_prefix(['x', 'X']).and_then(count).filter(|_| !is_measured(ground, index));
                match glued(word).or(twice).or(times) {
                    Some(count) => return Some((count, reach_of(ground, index))),
                    None if is_amount(word) => said.straight = false,
                    None => return None,
                }
            }
            // "24 sq cm = 24 units", "2 boxes, 2 units"
            Kind::Cue(_) if is_measure(word) => said.straight = false,
            Kind::Pair | Kind::Stop | Kind::Cue(_) => return None,
        }
    }
    None
}

/// What was read since the code.
#[derive(Clone, Copy)]
struct Said {
    times: bool,
    unit: bool,
    /// Nothing but marks and joining words: a bare number still belongs to the code.
    straight: bool,
    /// How many words stood there that no rule knows.
    words: usize,
}

impl Default for Said {
    fn default() -> Self {
        Self { times: false, unit: false, straight: true, words: 0 }
    }
}

impl Said {
    const fn counts(self) -> bool {
        self.times || self.unit
    }

    /// Whether what stands before token `index` lets the thought go on.
    fn goes_on(&mut self, ground: &Ground<'_>, index: usize, gap: &str, beside: bool) -> bool {
        let named = ground.cue(index) == Some(Cue::Unit);
        // "CPT: 97110; Units: 2"
        let apart = beside && named && matches!(gap.trim(), ";" | ".");
        let below = named && !gap.contains("\n\n") && gap.ends_with(['\n', ' ', '>', '*']);
        if gap.contains('\n') && !below && !(self.times && gap == "\n") {
            return false;
        }
        if !apart && (ends_sentence(gap) || gap.contains(';') && !named) {
            return false;
        }
        if marks_only(gap) {
            // "J1885 (Toradol) x 4" goes on, `97110 (see note) 4` does not.
            return true;
        }
        let mut words = gap.split_whitespace().peekable();
        let plain = words.all(|word| {
            let bare = word.trim_matches(['(', ')', ',', ':', '-', '"', '[', ']', '/', '.']);
            self.words += usize::from(!bare.is_empty());
            !turns(bare) && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '/'))
        });
        // "billed at 1 unit", "billed as 3 units"
        self.straight &= matches!(gap, " at " | " as ");
        plain && self.words <= WORDS
    }
}

fn turns(word: &str) -> bool {
    TURNING.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// "40 mg", "30 min", `30'`, "24 sq cm", "2 boxes": what was given or how long it took is not the units; "x 30 minutes"
/// ends the search.
fn is_given(ground: &Ground<'_>, index: usize, said: Said) -> bool {
    let near = ground.gap_after(index).is_some_and(|gap| blanks_only(gap) || gap == "-");
    let given = near && matches!(ground.cue(index + 1), Some(Cue::Dose | Cue::Duration));
    let prime = matches!(ground.char_at(ground.span(index).end), Some('\'' | '’'));
    let behind = ground.line_after(ground.span(index).end, 12).trim_start();
    let measured = is_measure(behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
    (given || prime || measured) && !said.counts()
}

/// What goods and areas are counted by, which are seldom the units of a code.
fn is_measure(word: &str) -> bool {
    const MEASURES: [&str; 17] = [
        "sq", "sqcm", "cm2", "box", "boxes", "vial", "vials", "bottle", "bottles", "kit", "kits", "pack", "packs",
        "syringe", "syringes", "ampule", "ampules",
    ];
    MEASURES.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// `40mg`, `30min`, `1st`.
fn is_amount(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = matches!(phrasebook::cue(unit.as_bytes()), Some(Cue::Dose | Cue::Duration));
    unit.len() < word.len() && (counted || matches!(unit, "st" | "nd" | "rd" | "th"))
}

/// "G0378 x 14 hours", "A0425 x 14 miles", "Q4121 x 12 sq cm": HCPCS counts them piece by piece.
fn counts_pieces(ground: &Ground<'_>, first: usize, index: usize) -> bool {
    let lettered = ground.word(first).starts_with(|c: char| c.is_ascii_alphabetic());
    lettered && matches!(ground.word(index + 1), "hour" | "hours" | "hrs" | "mile" | "miles" | "sq")
}

/// `J1885 (2)`; what follows the bracket at once is not numbered by it: `(1) 99213 (2) 20610`, but `90471 (1) 90472 (3)`.
fn is_bracketed(ground: &Ground<'_>, first: usize, reach: Reach, index: usize) -> bool {
    let span = ground.span(index);
    let opens = |gap: &str| matches!(gap, " (" | "(" | " [" | "[");
    let closes = |gap: &str| matches!(gap, ") " | "] " | ")" | "]");
    let is_number = |index: usize| matches!(ground.kind(index), Some(Kind::Digits | Kind::Mixed));
    let opened = ground.gap(reach.end, span.start).is_some_and(opens);
    let closed = matches!(ground.char_at(span.end), Some(')' | ']'));
    let named = matches!(ground.cue(index + 1), Some(Cue::System(_) | Cue::Procedure | Cue::Code));
    let next = index + 1 + usize::from(named);
    let follows = ground.gap_after(index).is_some_and(closes) && is_number(next);
    // The next code has its own behind it, and this one none before it.
    let own = ground.gap_after(next).is_some_and(opens) && is_number(next + 1);
    let numbered = ground.gap_before(first).is_some_and(closes) && first.checked_sub(1).is_some_and(is_number);
    let short = span.len() <= 2 || matches!(ground.cue(index), Some(Cue::Amount(_)));
    opened && closed && (!follows || own && !numbered) && short
}

/// "Units billed for 99417: 3": the code stands between the word and the number.
fn is_announced(ground: &Ground<'_>, first: usize, gap: &str) -> bool {
    let mut at = first;
    while let Some(before) = at.checked_sub(1).filter(|_| gap == ": " && ground.gap_before(at).is_some_and(blanks_only))
    {
        match ground.cue(before) {
            Some(Cue::Unit) => return true,
            Some(Cue::Filler | Cue::Billing | Cue::Handling | Cue::Code | Cue::System(_)) => at = before,
            _ => return false,
        }
    }
    false
}

/// "twice", "three times": the token that ends it.
fn often(ground: &Ground<'_>, index: usize) -> Option<usize> {
    if ground.word(index).eq_ignore_ascii_case("twice") {
        return Some(index);
    }
    let times = ground.word(index + 1).eq_ignore_ascii_case("times");
    (times && ground.gap_after(index).is_some_and(blanks_only)).then_some(index + 1)
}

/// Beginnings of what happens to a claim, as often as it does.
const SETTLED: [&str; 12] =
    ["den", "reject", "appeal", "paid", "pay", "resubmit", "bounc", "return", "sent", "mue", "limit", "max"];

/// Beginnings of what is done with a code: without one, "20610 twice" may be two days or two letters.
const BILLED: [&str; 4] = ["bill", "charg", "report", "claim"];

/// The sentence as far as the code, in small letters.
fn sentence_before(ground: &Ground<'_>, first: usize) -> String {
    let sentence = ground.before(ground.span(first).start, 60);
    sentence.rsplit(['.', '\n', '?', '!', ';']).next().unwrap_or_default().to_ascii_lowercase()
}

/// Whether the words before the code say that it was denied, paid or sent.
pub(super) fn is_settled(ground: &Ground<'_>, first: usize) -> bool {
    sentence_before(ground, first).split(' ').any(|word| SETTLED.iter().any(|stem| word.starts_with(stem)))
}

/// Whether what is said between a code and "twice" is that it is billed so. What "was billed twice" is a duplicate, and
/// what was denied or paid twice is one unit.
fn can_be_often(ground: &Ground<'_>, first: usize, between: Range<usize>) -> bool {
    let sentence = sentence_before(ground, first);
    let billed = |word: &str| BILLED.iter().any(|stem| word.starts_with(stem));
    let asked = sentence.split(' ').any(billed)
        || between.clone().any(|index| billed(&ground.word(index).to_ascii_lowercase()));
    let mut plain = between.map(|index| ground.word(index).to_ascii_lowercase());
    asked && !is_settled(ground, first) && plain.all(|word| word == "be" || billed(&word))
}

/// "3x a week", "2x daily": how often, and not how many.
fn is_rate(ground: &Ground<'_>, index: usize) -> bool {
    let behind = ground.line_after(ground.span(index).end, 10).trim_start();
    let word = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(word, "a" | "per" | "each" | "every" | "weekly" | "daily" | "monthly")
}

/// "2 ea": two letters that are a modifier too, so the scanner makes no cue of them.
fn is_each(ground: &Ground<'_>, index: usize) -> bool {
    let rest = ground.line_after(ground.span(index).end, 5).trim_start();
    rest.strip_prefix("ea").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

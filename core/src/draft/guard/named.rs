//! The codes that a reply names: whatever has the shape of a code, and what else reads as one.
//!
//! Reading a mail weighs the surroundings of a number. For the reply's own words the guard does not, because a number
//! that is taken for a code in error costs the reviewer a second, and a code that is taken for a number in error leaves
//! unchecked. The asker's restated words claim nothing, so that there only what reads as a code is one.

use std::collections::BTreeSet;

use super::{
    passages::{Kind, Passage, holding},
    seen::Seen,
};
use crate::{
    catalog::Shelf,
    domain::{
        code::{Code, CodeSystem},
        span::Span,
    },
    extract::{begins_with_letters, candidates, mentions},
    mail::search_text::SearchText,
};

/// A code in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) system: CodeSystem,
    pub(super) code: Code,
    pub(super) span: Span,
    /// How many units are written beside it.
    pub(super) units: Option<u32>,
}

/// Whether a shape is a code by itself, or only when the catalogue lists it: `B12` is a vitamin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Certain,
    IfListed,
}

/// Every code that a text may name, each once: what to load before [`check`](super::check()) can judge it.
#[must_use]
pub fn codes_in(text: &str) -> Vec<(CodeSystem, Code)> {
    let seen = Seen::of(text);
    let shaped = shaped(&seen.text).into_iter().map(|(_, named)| (named.system, named.code));
    let codes: BTreeSet<_> = shaped.chain(candidates(&SearchText::plain(seen.text.as_ref()))).collect();
    codes.into_iter().collect()
}

/// The codes that a text names, in its order.
pub(super) fn named(text: &str, passages: &[Passage], shelf: &Shelf) -> Vec<Named> {
    let read = read(text, passages, shelf);
    let reads = |span: Span| read.partition_point(|named| named.span.end <= span.start);
    let counts = |shape: Shape, one: &Named| {
        let restated = holding(passages, one.span.start).is_some_and(|passage| passage.kind == Kind::Restated);
        let is_read = read.get(reads(one.span)).is_some_and(|named| named.span.overlaps(one.span));
        let is_listed = shape == Shape::Certain || shelf.knows(one.system, &one.code);
        is_listed && (is_read || !restated)
    };
    let mut named: Vec<Named> =
        shaped(text).into_iter().filter_map(|(shape, one)| counts(shape, &one).then_some(one)).collect();
    // A shape alone tells no units; what was read at the same place may.
    for one in &mut named {
        let here = read.get(reads(one.span)).filter(|known| known.span.overlaps(one.span) && known.code == one.code);
        one.units = here.and_then(|known| known.units);
    }
    // A range reads as its two ends over one stretch; by shape each end has its own.
    let is_new = |one: &Named| {
        let from = named.partition_point(|known| known.span.end <= one.span.start);
        let near = named.iter().skip(from).take_while(|known| known.span.start < one.span.end);
        !near.into_iter().any(|known| known.span == one.span || (known.system, &known.code) == (one.system, &one.code))
    };
    let added: Vec<Named> = read.into_iter().filter(is_new).collect();
    named.extend(added);
    named.sort_by_key(|one| one.span);
    named
}

/// What reads as a code: the restated words by themselves, as they were read in the mail, and the rest as a whole.
fn read(text: &str, passages: &[Passage], shelf: &Shelf) -> Vec<Named> {
    let restated = restated(passages);
    let mut read = read_in(text, shelf);
    read.retain(|one| !restated.iter().any(|words| words.overlaps(one.span)));
    for words in restated {
        read.extend(read_in(words.of(text), shelf).into_iter().map(|mut one| {
            one.span = Span::new(one.span.start + words.start, one.span.end + words.start);
            one
        }));
    }
    read.sort_by_key(|one| one.span);
    read
}

/// Stretches of restated sentences.
fn restated(passages: &[Passage]) -> Vec<Span> {
    let mut stretches: Vec<Span> = Vec::new();
    for passage in passages.iter().filter(|passage| passage.kind == Kind::Restated) {
        match stretches.last_mut() {
            Some(last) if last.end == passage.span.start => last.end = passage.span.end,
            _ => stretches.push(passage.span),
        }
    }
    stretches
}

/// What reads as a code in this text. Modifiers are left out: most belong to CPT, which has no public list of them.
fn read_in(text: &str, shelf: &Shelf) -> Vec<Named> {
    let mut read = Vec::new();
    for mention in mentions(&SearchText::plain(text), shelf) {
        let (system, span) = (mention.system, mention.span);
        match mention.code.ends(system) {
            _ if system == CodeSystem::Modifier => {}
            Some((first, last)) => {
                read.extend([first, last].map(|code| Named { system, code, span, units: None }));
            }
            None => read.push(Named { system, code: mention.code, span, units: mention.units }),
        }
    }
    read
}

fn shaped(text: &str) -> Vec<(Shape, Named)> {
    let mut found = Vec::new();
    for token in tokens(text) {
        let word = token.of(text);
        let retyped = retyped(word);
        let word = retyped.as_deref().unwrap_or(word);
        for (shape, system) in shapes(word) {
            found.push((shape, Named { system, code: Code::normal(system, word), span: token, units: None }));
        }
    }
    found
}

/// `2O610`, `9921l`: five characters, mostly digits, with letters that were typed for digits.
fn retyped(word: &str) -> Option<String> {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let meant = |c: char| match c {
        'O' | 'o' => '0',
        'l' | 'I' => '1',
        c => c,
    };
    let meant: String = word.chars().map(meant).collect();
    (word.len() == 5 && (3..5).contains(&digits) && (is_cpt(&meant) || is_hcpcs(&meant)) && meant != word)
        .then_some(meant)
}

/// What a word can be.
fn shapes(word: &str) -> Vec<(Shape, CodeSystem)> {
    let mut shapes = Vec::new();
    if is_cpt(word) {
        shapes.push((Shape::Certain, CodeSystem::Cpt));
    }
    if is_hcpcs(word) {
        shapes.push((Shape::Certain, CodeSystem::Hcpcs));
    }
    if is_pcs(word) {
        shapes.push((Shape::Certain, CodeSystem::Icd10Pcs));
    }
    let (stem, dotted) = match word.split_once('.') {
        Some((stem, rest)) => (stem, Some(rest)),
        None => (word, None),
    };
    match dotted {
        Some(rest) if is_icd10_stem(stem) && (1..=4).contains(&rest.len()) && is_alphanumeric(rest) => {
            shapes.push((Shape::Certain, CodeSystem::Icd10Cm));
        }
        Some(rest) if stem.len() == 3 && (1..=2).contains(&rest.len()) && is_digits(rest) => {
            let rest_of_stem = stem.strip_prefix(['V', 'E']).unwrap_or(stem);
            if is_digits(rest_of_stem) {
                shapes.push((Shape::IfListed, CodeSystem::Icd9Cm));
            }
        }
        None if (3..=7).contains(&word.len()) && word.get(..3).is_some_and(is_icd10_stem) && is_alphanumeric(word) => {
            shapes.push((Shape::IfListed, CodeSystem::Icd10Cm));
        }
        Some(_) | None => {}
    }
    shapes
}

/// Five digits, or four and one of the letters of categories II and III, PLA and MAAA.
fn is_cpt(word: &str) -> bool {
    let (head, last) = word.split_at_checked(4).unwrap_or(("", ""));
    is_digits(head) && last.len() == 1 && (is_digits(last) || "FTUMA".contains(last))
}

/// A letter A to V and four digits.
fn is_hcpcs(word: &str) -> bool {
    let (letter, digits) = word.split_at_checked(1).unwrap_or(("", ""));
    digits.len() == 4 && is_digits(digits) && matches!(letter.as_bytes(), [b'A'..=b'V' | b'a'..=b'v'])
}

/// Letter, digit, letter or digit; or one of the categories with a letter in second place.
fn is_icd10_stem(stem: &str) -> bool {
    matches!(stem.as_bytes(), [a, b, c] if a.is_ascii_alphabetic() && b.is_ascii_digit() && c.is_ascii_alphanumeric())
        || stem.len() == 3 && begins_with_letters(stem.as_bytes())
}

/// Seven characters of digits and capitals without I and O, at least one of each, beginning with a section's.
fn is_pcs(word: &str) -> bool {
    word.len() == 7
        && word.starts_with(|c| "0123456789BCDFGHX".contains(c))
        && word.bytes().all(|b| b.is_ascii_digit() || (b.is_ascii_uppercase() && !b"IO".contains(&b)))
        && word.bytes().any(|b| b.is_ascii_uppercase())
        && word.bytes().any(|b| b.is_ascii_digit())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_alphanumeric(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Words of letters and digits, with a dot only between two of them. Words of a link, amounts of money and parts of a
/// drug code are left out: they are no codes in any reading.
fn tokens(text: &str) -> Vec<Span> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += chunk.len();
        let is_link = chunk.contains("://") || chunk.contains("www.") || chunk.contains('@');
        if is_link || is_drug_code(chunk) {
            continue;
        }
        let mut open: Option<usize> = None;
        for (offset, c) in chunk.char_indices().chain([(chunk.len(), ' ')]) {
            let joins = c == '.'
                && open.is_some()
                && chunk.get(offset + 1..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric);
            if c.is_alphanumeric() || joins {
                open.get_or_insert(offset);
            } else if let Some(first) = open.take() {
                let is_money = chunk.get(..first).is_some_and(|before| before.ends_with('$'));
                if !is_money {
                    tokens.push(Span::new(start + first, start + offset));
                }
            }
        }
    }
    tokens
}

/// `12345-6789-01`: three groups of digits, ten or eleven in all.
fn is_drug_code(chunk: &str) -> bool {
    let bare = chunk.trim_matches(|c: char| !c.is_ascii_digit());
    let groups: Vec<&str> = bare.split('-').collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    groups.len() == 3 && (10..=11).contains(&digits) && groups.iter().all(|group| is_digits(group))
}

#[cfg(test)]
mod tests {
    use super::{super::passages::passages, *};
    use crate::catalog::starter;

    #[test]
    fn codes_are_known_by_their_shape() {
        use CodeSystem::{Cpt, Hcpcs, Icd10Cm, Icd10Pcs};
        for (text, codes) in [
            ("99213-25, (20610) and 0001U.", vec![(Cpt, "99213"), (Cpt, "20610"), (Cpt, "0001U")]),
            ("99202-99205/J1100", vec![(Cpt, "99202"), (Cpt, "99205"), (Hcpcs, "J1100")]),
            ("E11.621; e11.9.", vec![(Icd10Cm, "E11.621"), (Icd10Cm, "E11.9")]),
            ("QA0.0101, qa0.8 and AB0.01", vec![(Icd10Cm, "QA0.0101"), (Icd10Cm, "QA0.8")]),
            ("0DTJ4ZZ", vec![(Icd10Pcs, "0DTJ4ZZ")]),
            ("| CPT 99213|", vec![(Cpt, "99213")]),
            ("g0008", vec![(Hcpcs, "G0008")]),
            ("NDC 12345-6789-01", vec![(CodeSystem::Ndc, "12345-6789-01")]),
            // A diagnosis without its dot, and a category, when the catalogue lists them.
            ("E119 under E11", vec![(Icd10Cm, "E11.9"), (Icd10Cm, "E11")]),
        ] {
            let found: Vec<(CodeSystem, String)> = named(text, &passages(text), starter())
                .into_iter()
                .map(|named| (named.system, named.code.to_string()))
                .collect();
            let expected: Vec<(CodeSystem, String)> = codes.iter().map(|(s, c)| (*s, (*c).to_owned())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn numbers_of_other_kinds_are_no_codes() {
        for text in [
            "2024-12-31, 12/31/2024, FY2026, 74,260 codes, $12345, $1,234.50",
            "CC-28T5CY4T, file sha256 2fe555bcf5df",
            "vitamin B12, T12, 250.00 mg, POS 11, 45 CFR 164.514(b)",
            "https://www.cms.gov/files/99441.pdf",
        ] {
            assert_eq!(named(text, &passages(text), starter()), [], "{text}");
        }
    }
}

//! Whether a sentence says what its statements say. It may be shorter, joined or turned; what counts, names, decides and limits
//! has to come from them. Called for every sentence of a model's answer, whatever it is about.

use std::collections::HashSet;

use super::{
    lexicon::{decides, limits, opens, stem, words},
    objection::Objection,
    statements::Statement,
};
use crate::{
    draft::guard::codes_in,
    identifier::{self, About, Confidence},
};

/// Characters that any sentence may hold besides letters, digits and blanks.
const PLAIN: &str = ".,;:'\"()/-%$[]!’‘“”–—…";

/// Words this long and longer have to be familiar, half of them at least.
const TELLING: usize = 4;

/// What speaks against a sentence that rests on these statements.
pub(super) fn objection(text: &str, on: &[&Statement]) -> Option<Objection> {
    let joined = on.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("\n");
    let odd = |c: char| !(c.is_ascii_alphanumeric() || c == ' ' || PLAIN.contains(c) || joined.contains(c));
    if text.chars().any(odd) {
        return Some(Objection::ForeignContent);
    }
    let known = codes_in(&joined);
    if codes_in(text).iter().any(|code| !known.contains(code)) {
        return Some(Objection::ForeignCode);
    }
    let tokens: HashSet<String> = tokens(&joined).map(str::to_lowercase).collect();
    if self::tokens(text).any(|token| is_telling(token) && !tokens.contains(&token.to_lowercase())) {
        return Some(Objection::ForeignContent);
    }
    let found = identifier::find(text, &About::default());
    // A code's last day is in the statement too, and is nobody's.
    if found.iter().any(|one| one.confidence == Confidence::Certain && !joined.contains(one.span.of(text))) {
        return Some(Objection::Identifier);
    }
    let spoken = words(&joined);
    let stems: HashSet<String> = spoken.iter().map(|word| stem(word)).collect();
    let own = words(text);
    if own.iter().map(|word| stem(word)).any(|word| decides(&word) && !stems.contains(&word)) {
        return Some(Objection::ForeignDecision);
    }
    if names_somebody(text, &stems) {
        return Some(Objection::ForeignName);
    }
    if own.iter().any(|word| limits(word)) != spoken.iter().any(|word| limits(word)) {
        return Some(Objection::LostLimit);
    }
    if on.iter().any(|one| reorders(text, &one.text)) {
        return Some(Objection::OtherOrder);
    }
    let telling: Vec<&String> = own.iter().filter(|word| word.len() >= TELLING && !opens(word)).collect();
    let familiar = telling.iter().filter(|word| stems.contains(&stem(word))).count();
    (2 * familiar < telling.len()).then_some(Objection::Unfamiliar)
}

/// Whether a sentence says all that a statement of its section says: its codes, and each of its limits.
pub(super) fn covers(text: &str, statement: &Statement) -> bool {
    let named = codes_in(text);
    let limits_of = |text: &str| words(text).iter().filter(|word| limits(word)).count();
    codes_in(&statement.text).iter().all(|code| named.contains(code)) && limits_of(text) >= limits_of(&statement.text)
}

/// What stands between blanks, without the punctuation around it.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let around = |c: char| {
        c.is_ascii_punctuation() && !matches!(c, '$' | '%' | '@' | '#') || PLAIN.contains(c) && !matches!(c, '$' | '%')
    };
    text.split_whitespace().map(move |token| token.trim_matches(around)).filter(|token| !token.is_empty())
}

/// Codes, numbers, days, amounts, addresses, abbreviations: what has to be told as it is.
fn is_telling(token: &str) -> bool {
    let capitals = token.chars().filter(|c| c.is_uppercase()).count();
    let inner_dot = token.contains('.');
    token.chars().any(char::is_numeric)
        || token.contains(['@', '/', '$', '%', ':'])
        || inner_dot
        || capitals >= 2
        || token.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

/// A capitalised word that no statement uses, also at the beginning, where only ordinary words are known to be none.
fn names_somebody(text: &str, stems: &HashSet<String>) -> bool {
    tokens(text).any(|token| {
        let lower = token.to_lowercase();
        let parts = words(token);
        token.starts_with(char::is_uppercase)
            && !opens(&lower)
            && !parts.iter().all(|part| stems.contains(&stem(part)) || opens(part))
    })
}

/// Whether two telling tokens that a statement names in one order stand in the other.
fn reorders(text: &str, statement: &str) -> bool {
    let first = |text: &str| {
        let mut seen: Vec<String> = Vec::new();
        for token in tokens(text).filter(|token| token.chars().any(char::is_numeric)) {
            let token = token.to_lowercase();
            if !seen.contains(&token) {
                seen.push(token);
            }
        }
        seen
    };
    let known = first(statement);
    let places: Vec<usize> =
        first(text).iter().filter_map(|token| known.iter().position(|other| other == token)).collect();
    !places.is_sorted()
}

//! How far a name goes: `Ludovic St. Clair-Nwosu`, `Inez de la Torre`, `Finch III`, `J. Whitaker`.

use crate::identifier::{
    ground::{Ground, Shape},
    hits::Hits,
    lexicon::Roles,
};

/// Whether a word may be part of a name: a capital letter, and not only known as something else.
pub(super) fn is_name_word(ground: &Ground<'_>, hits: &Hits, index: usize) -> bool {
    let Some(word) = ground.word(index).filter(|word| word.is_capital() && hits.free(index)) else { return false };
    let else_known = word.roles.any(Roles::PLAIN) || word.roles.any(Roles::STATE);
    match word.shape {
        // An initial stands before or behind a word; "I" and "A" are words.
        Shape::Initial => false,
        // `KX`, `RT`: two capital letters are a modifier.
        Shape::Upper if word.span.len() == 2 => false,
        _ => !else_known || word.roles.any(Roles::NAME),
    }
}

/// Whether nothing but a name is known of it: no list, or a list of names alone.
pub(super) fn is_open(ground: &Ground<'_>, index: usize) -> bool {
    let roles = ground.roles(index);
    !roles.any(Roles::PLAIN)
}

/// The last word of the name that begins with `first`.
pub(super) fn last(ground: &Ground<'_>, hits: &Hits, first: usize) -> usize {
    let mut last = first;
    while let Some(next) = continues(ground, hits, first, last) {
        last = next;
    }
    last
}

/// The word to which the name goes on after `last`.
fn continues(ground: &Ground<'_>, hits: &Hits, first: usize, last: usize) -> Option<usize> {
    let next = last + 1;
    let (word, gap) = (ground.word(next)?, ground.after(last));
    if !hits.free(next) {
        return None;
    }
    let dotted = ground.shape(last) == Some(Shape::Initial) || ground.is(last, &["st", "jr", "sr"]);
    let joined =
        matches!(gap, " " | "-" | "‑" | "\u{a0}" | " \"" | "\" " | " “" | "” ") || dotted && matches!(gap, ". " | ".");
    if word.roles.any(Roles::SUFFIX) && matches!(gap, " " | ", ") && word.is_capital() {
        return Some(next);
    }
    if !joined {
        return None;
    }
    // "Gao Xiuying", "Louisa Gehring": behind a name a word may end as it will.
    let ending = word.roles.any(Roles::ENDING) && word.shape == Shape::Capital && !ground.roles(last).any(Roles::PLAIN);
    if ending || surname(ground, first, last) || is_name_word(ground, hits, next) {
        return Some(next);
    }
    if word.shape == Shape::Initial {
        let after = ground.after(next);
        let mark = after.trim_start_matches(' ').chars().next();
        let ends = mark.is_none_or(|mark| ".,;)|/(\n\r-–".contains(mark));
        let named = matches!(after, " " | ". " | "-") && is_name_word(ground, hits, next + 1);
        let field = after == " "
            && (ground.is(next + 1, &["dob", "mrn"]) || ground.word(next + 1).is_some_and(|word| word.has_digit()));
        return (ends || named || field || gap == "-").then_some(next);
    }
    // "van den", "de la": particles, then a name.
    if word.roles.any(Roles::PARTICLE) && (word.shape == Shape::Lower || word.is_capital()) && gap != "-" {
        let mut at = next;
        while at < next + 2 && ground.roles(at + 1).any(Roles::PARTICLE) && matches!(ground.after(at), " " | "-") {
            at += 1;
        }
        let name = is_name_word(ground, hits, at + 1) && matches!(ground.after(at), " " | "-" | ". " | "'" | "’");
        return name.then_some(at + 1);
    }
    // "al-Siddiq", "Ji-hoon", "Min-seo": a small letter behind a hyphen.
    (gap == "-" && word.shape == Shape::Lower && !word.roles.any(Roles::PLAIN)).then_some(next)
}

/// The last word when `, FIRST` follows a surname; `last` itself when it does not.
pub(super) fn with_given(ground: &Ground<'_>, hits: &Hits, first: usize, last: usize) -> usize {
    let next = last + 1;
    if !matches!(ground.after(last), ", " | "," | " , ") || last - first > 3 {
        return last;
    }
    // "FEINBERG, R", "Ulrich, D. M."
    if is_initial_behind(ground, hits, next) && ground.shape(last) != Some(Shape::Initial) {
        let more = matches!(ground.after(next), ". " | " " | ".") && is_initial_behind(ground, hits, next + 1);
        return next + usize::from(more);
    }
    // "SMITHERS, BO": two capital letters that are a given name
    let short = ground.shape(next) == Some(Shape::Upper)
        && ground.roles(next).any(Roles::GIVEN)
        && !ground.roles(next).any(Roles::PLAIN)
        && hits.free(next);
    if !is_name_word(ground, hits, next) && !short {
        return last;
    }
    let given = ground.roles(next).any(Roles::GIVEN);
    let both_upper = ground.shape(first) == Some(Shape::Upper) && ground.shape(next) == Some(Shape::Upper);
    let both_open = is_open(ground, first) && is_open(ground, next) && !ground.roles(next).any(Roles::CREDENTIAL);
    let end = self::last(ground, hits, next);
    if (given || both_upper || both_open) && end - next <= 2 { end } else { last }
}

/// An initial that ends a name: nothing but marks, a number or the line's end behind it.
fn is_initial_behind(ground: &Ground<'_>, hits: &Hits, index: usize) -> bool {
    let after = ground.after(index);
    ground.shape(index) == Some(Shape::Initial)
        && hits.free(index)
        && !ground.is(index, &["I"])
        && (after.is_empty()
            || after.starts_with(['.', ',', ';', ')', '|', '\n', '\t', '(', '/'])
            || after.starts_with("  ")
            || after.starts_with(" (")
            || after.starts_with(" -")
            || ground.word(index + 1).is_some_and(|word| word.has_digit())
            || ground.is(index + 1, &["dob", "mrn", "and", "or"])
            || ground.shape(index + 1) == Some(Shape::Initial) && after.len() <= 2)
}

/// "Marlene Fields", "Wendell Two Bulls": behind a given name a word with a capital letter is a surname, whatever else it
/// may be; in sentences nothing else has one.
fn surname(ground: &Ground<'_>, first: usize, last: usize) -> bool {
    const OTHER: [Roles; 7] =
        [Roles::CREDENTIAL, Roles::TITLE, Roles::PERSON, Roles::HOUSE, Roles::MONTH, Roles::WEEKDAY, Roles::STATE];
    let next = last + 1;
    let given = ground.roles(first).any(Roles::GIVEN) && is_open(ground, first) && last - first < 2;
    given
        && ground.shape(first) == Some(Shape::Capital)
        && ground.shape(next) == Some(Shape::Capital)
        && ground.after(last) == " "
        && !OTHER.into_iter().any(|role| ground.roles(next).any(role))
}

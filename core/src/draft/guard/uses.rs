//! Which codes a text presents as ones to be used: "bill 99213", "99213 may still be billed", "yes, both". A question, a
//! condition and a warning present nothing. Asked by the rules about codes, pairs and units.

use std::{collections::HashSet, sync::LazyLock};

use super::{
    named::Named,
    passages::{Kind, Passage},
};
use crate::domain::span::Span;

/// Words that are looked for.
type List = LazyLock<HashSet<&'static str>>;

fn list(words: &'static str) -> HashSet<&'static str> {
    words.split_ascii_whitespace().collect()
}

/// Words that tell to use the code behind them.
static USES: List = List::new(|| {
    list(
        "bill report use submit charge append choose select recommend recommended enter go yes ahead list claim add apply \
                    pick file assign",
    )
});
static IS: List = List::new(|| list("is are be was remains stays remain stay"));
static BEST: List = List::new(|| list("correct right proper appropriate best answer choice"));
static GOOD: List = List::new(|| {
    list(
        "valid active billable payable fine correct appropriate right supported covered force ok okay allowed acceptable \
                    accepted permitted reportable good usable paid",
    )
});
static MODALS: List = List::new(|| list("may can could should must will would shall"));
/// What is done with a code that is used.
static DONE: List = List::new(|| {
    list(
        "billed reported used submitted charged coded claimed chosen selected appended listed paid reimbursed recommended \
                    entered allowed accepted stand go apply",
    )
});
static NOT_MEANT: List = List::new(|| {
    list("not never cannot don't can't won't shouldn't mustn't isn't aren't if to whether no longer nor neither")
});
/// Words that bind what "both" may do to a condition.
static BOUND: List = List::new(|| list("only unless when where"));
/// Words that may stand between "may" and "be billed".
static BETWEEN: List = List::new(|| {
    list("still also then be both each now well safely therefore separately together always certainly all of course")
});
/// Words that may stand between "bill" and the code it speaks of: other codes, and what codes are called.
static FILLERS: List = List::new(|| {
    list(
        "and or with plus the a both either code codes cpt hcpcs icd cm only just instead level ii together pair \
                       combination also then simply additionally separately units unit times x drug service services one two three four five six seven eight nine ten rt lt tc xe xs xp xu",
    )
});
/// What counts codes, before "of".
static COUNTS: List = List::new(|| list("units unit lines line times count"));
static SEVERAL: List = List::new(|| list("both they these all each them together"));
static OF_THEM: List = List::new(|| list("of the them two codes services these procedures lines"));
static ONE: List = List::new(|| list("it this that"));
static ASKING: List = List::new(|| {
    list("can could may is are was were do does did should would will which what when where how who why has have had")
});
/// What a question asks that "yes" permits, and what it asks that "yes" does not.
static ASKS_USE: List = List::new(|| {
    list(
        "bill billed report reported use used submit charge charged together valid separately allowed claim paid payable \
                        ok okay both",
    )
});
static ASKS_OTHER: List = List::new(|| {
    list("deleted ended terminated bundled denied replaced included gone need needs required wrong invalid")
});
/// How far back what "both" speaks of may stand, in passages.
const BACK: usize = 4;

/// Where each of the codes that a text names is presented, in the order of the codes; none where it is not.
pub(super) fn uses(text: &str, passages: &[Passage], named: &[Named]) -> Vec<Option<Span>> {
    let mut found: Vec<Option<Span>> = vec![None; named.len()];
    for (at, passage) in passages.iter().enumerate() {
        let from = named.partition_point(|one| one.span.start < passage.span.start);
        let here = named.iter().zip(&mut found).skip(from).take_while(|(one, _)| one.span.start < passage.span.end);
        for (one, use_of) in here {
            if presents(text, passage, one.span) {
                *use_of = Some(one.span);
            }
        }
        let Some(least) = permits_before(text, passages, at) else { continue };
        for nth in spoken_of(passages, named, at, least) {
            if let Some(use_of) = found.get_mut(nth).filter(|use_of| use_of.is_none()) {
                *use_of = Some(passage.span);
            }
        }
    }
    found
}

fn holds(passage: &Passage, one: &Named) -> bool {
    passage.span.start <= one.span.start && one.span.start < passage.span.end
}

/// The codes that "both" or "it" in this passage speaks of: those of the nearest passage that names so many.
fn spoken_of(passages: &[Passage], named: &[Named], at: usize, least: usize) -> Vec<usize> {
    let in_passage = |passage: &Passage| -> Vec<usize> {
        named.iter().enumerate().filter(|(_, one)| holds(passage, one)).map(|(nth, _)| nth).collect()
    };
    let distinct = |codes: &[usize]| {
        let mut known: Vec<_> = codes.iter().filter_map(|nth| named.get(*nth)).map(|one| &one.code).collect();
        known.sort_unstable();
        known.dedup();
        known.len()
    };
    let near = passages.get(..=at).unwrap_or_default().iter().rev().filter(|passage| passage.kind != Kind::Row);
    near.take(BACK).map(in_passage).find(|codes| distinct(codes) >= least).unwrap_or_default()
}

/// Whether a passage presents what stands before it, and of how many codes it speaks at least: "yes", "both are fine",
/// "you may bill them", "it can still be reported".
fn permits_before(text: &str, passages: &[Passage], at: usize) -> Option<usize> {
    let passage = passages.get(at).filter(|passage| passage.kind == Kind::Sentence)?;
    let words = words(passage.span.of(text));
    let is_bound = words.iter().any(|word| is_among(&NOT_MEANT, word) || is_among(&BOUND, word));
    if is_question(text, passage, &words) || is_bound {
        return None;
    }
    if words.iter().take(3).any(|word| word == "yes") {
        let asked = passages.get(..at)?.iter().rev().take(BACK).filter(|passage| passage.kind == Kind::Restated);
        let asked: Vec<String> = asked.flat_map(|passage| self::words(passage.span.of(text))).collect();
        let asks = |list: &List| asked.iter().any(|word| is_among(list, word));
        if asks(&ASKS_USE) && !asks(&ASKS_OTHER) {
            return Some(1);
        }
    }
    for (nth, word) in words.iter().enumerate() {
        let least = if is_among(&SEVERAL, word) {
            2
        } else if is_among(&ONE, word) {
            1
        } else {
            continue;
        };
        let told_to = nth.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| is_among(&USES, word));
        let after: Vec<&String> = words.iter().skip(nth + 1).skip_while(|word| is_of_them(word)).take(7).collect();
        let allowed = after.split_first().is_some_and(|(first, rest)| is_allowed(first, rest));
        // "They may be billed together": what is done comes first.
        let done_so = word == "together" && words.iter().take(nth).any(|word| is_among(&DONE, word));
        if told_to || allowed || done_so {
            return Some(least);
        }
    }
    None
}

/// "both of the codes"
fn is_of_them(word: &str) -> bool {
    is_among(&OF_THEM, word)
}

/// Whether "is fine", "may still be billed" follows.
fn is_allowed<T: AsRef<str>>(first: &str, rest: &[T]) -> bool {
    let rest = || rest.iter().map(AsRef::as_ref);
    if is_among(&IS, first) {
        return rest().take(5).any(|word| is_among(&GOOD, word) || is_among(&DONE, word) && word != "go");
    }
    is_among(&MODALS, first)
        && rest()
            .find(|word| !is_among(&BETWEEN, word))
            .is_some_and(|word| is_among(&DONE, word) || is_among(&GOOD, word))
}

/// Whether a passage presents the code at `code` as one to be used: "bill 99213", "99213 is still valid".
fn presents(text: &str, passage: &Passage, code: Span) -> bool {
    if passage.kind == Kind::Row {
        return cell_tells_to_use(text, passage, code);
    }
    if passage.kind != Kind::Sentence || is_question(text, passage, &words(passage.span.of(text))) {
        return false;
    }
    let any = |words: &[String], list: &List| words.iter().any(|word| is_among(list, word));
    let mut back: Vec<String> = words(Span::new(passage.span.start, code.start).of(text));
    back.reverse();
    let back = behind_fillers(&back);
    let after = words(Span::new(code.end, passage.span.end).of(text));
    let ahead: Vec<String> = after.into_iter().skip_while(|word| is_filler(word)).take(8).collect();
    let told = match back.split_first() {
        // "You may bill 99213"
        Some((verb, earlier)) if is_among(&USES, verb) => Some(!any(first(earlier, 4), &NOT_MEANT)),
        // "the right code is 99213"
        Some((verb, earlier)) if is_among(&IS, verb) && any(first(earlier, 4), &BEST) => {
            Some(!any(first(earlier, 4), &NOT_MEANT))
        }
        _ => None,
    };
    told.unwrap_or_else(|| match ahead.split_first() {
        // "99213 is still valid"
        Some((verb, rest)) if is_among(&IS, verb) => any(first(rest, 4), &GOOD) && !any(first(rest, 4), &NOT_MEANT),
        // "99213 may still be billed"
        Some((verb, rest)) => is_allowed(verb, rest) && !any(rest, &NOT_MEANT),
        None => false,
    })
}

/// A cell that begins with "bill". Elsewhere in a row such words belong to titles: "for use with".
fn cell_tells_to_use(text: &str, passage: &Passage, code: Span) -> bool {
    let before = Span::new(passage.span.start, code.start).of(text);
    let cell = words(before.rsplit('|').next().unwrap_or(""));
    cell.first().is_some_and(|word| is_among(&USES, word)) && !cell.iter().any(|word| is_among(&NOT_MEANT, word))
}

fn first(words: &[String], most: usize) -> &[String] {
    words.get(..most).unwrap_or(words)
}

/// The words before a code, the nearest first, from the one that speaks of it: "bill 3 units of", "use the codes".
fn behind_fillers(back: &[String]) -> &[String] {
    let mut at = 0;
    while let Some(word) = back.get(at) {
        let counted = word == "of" && back.get(at + 1).is_some_and(|next| is_among(&COUNTS, next));
        if !(counted || is_filler(word)) {
            break;
        }
        at += 1;
    }
    back.get(at..).unwrap_or_default()
}

/// A question is one that asks: "bill it, will you?" does not begin like one.
fn is_question(text: &str, passage: &Passage, words: &[String]) -> bool {
    passage.span.of(text).trim_end().ends_with('?')
        && words.iter().take(5).any(|word| is_among(&ASKING, word))
        && !words.first().is_some_and(|word| is_among(&USES, word))
}

fn is_among(list: &List, word: &str) -> bool {
    list.contains(word)
}

pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().replace('’', "'"))
        .collect()
}

fn is_filler(word: &str) -> bool {
    is_among(&FILLERS, word) || word.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{super::passages::passages, *};
    use crate::domain::code::{Code, CodeSystem};

    /// The codes of five digits that are presented.
    fn presented(text: &str) -> String {
        let named: Vec<Named> = text
            .match_indices(|c: char| c.is_ascii_digit())
            .filter(|(at, _)| text.get(*at..at + 5).is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit())))
            .map(|(at, _)| Named {
                system: CodeSystem::Cpt,
                code: Code::normal(CodeSystem::Cpt, &text[at..at + 5]),
                span: Span::new(at, at + 5),
                units: None,
            })
            .collect();
        let found = uses(text, &passages(text), &named);
        let mut codes: Vec<&str> =
            named.iter().zip(found).filter(|(_, at)| at.is_some()).map(|(one, _)| one.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.join(" ")
    }

    #[test]
    fn a_recommendation_is_told_from_a_warning() {
        for (text, expected) in [
            ("You may bill 99441 here.", "99441"),
            ("Please use CPT codes 99202, 99203 and 99441.", "99202 99203 99441"),
            ("99202 ended 2024-12-31; bill 99441 instead.", "99441"),
            ("99441 is still valid.", "99441"),
            ("99441 and 99442 remain open; CPT 99441 is in force.", "99441"),
            ("The correct code is 99441.", "99441"),
            ("Yes, 99441.", "99441"),
            ("99441 may still be billed.", "99441"),
            ("99441 can be reported with 99442.", "99441"),
            ("99441 and 99442 can both be billed.", "99441 99442"),
            ("Bill 3 units of 99441.", "99441"),
            ("Report three units of 99441.", "99441"),
            ("Go ahead with 99441.", "99441"),
            ("Bill 99441, will you please?", "99441"),
            ("The correct code is not 99441.", ""),
            ("The code that you asked about is 99441.", ""),
            ("Do not bill 99441.", ""),
            ("You cannot report the code 99441.", ""),
            ("Use 99202 instead of 99441.", "99202"),
            ("Can you bill 99441?", ""),
            ("If you bill 99441 it is refused.", ""),
            ("99441 is no longer valid.", ""),
            ("99441 may not be billed.", ""),
            ("99441 will be denied.", ""),
            ("You asked: we want to know. Bill 99441.", ""),
            ("| 99441 | for use with 99441 |", ""),
            ("| 99441 | use 99441 |", "99441"),
        ] {
            assert_eq!(presented(text), expected, "{text}");
        }
    }

    #[test]
    fn both_and_it_speak_of_what_stands_before() {
        for (text, expected) in [
            ("You asked: can we bill 99441 with 99442?\n\nYes.", "99441 99442"),
            ("You asked: can we bill 99441 with 99442?\n\nYes, if the record shows two visits.", ""),
            ("You asked: has 99441 been deleted?\n\nYes.", ""),
            ("You asked about 99441 and 99442. Both are fine.", "99441 99442"),
            ("99441 and 99442 came up. You may bill them.", "99441 99442"),
            ("99441 and 99442 came up. They can be billed together.", "99441 99442"),
            ("99441 and 99442 are bundled. Still, both may be billed.", "99441 99442"),
            ("99441 ended. It can still be reported.", "99441"),
            ("99441 ended. Bill it anyway.", "99441"),
            ("99441 and 99442 came up. They cannot be billed together.", ""),
            ("99441 and 99442 came up. Both are bundled.", ""),
            ("A note sets 99441 and 99442 against each other: they stand together only when unrelated.", ""),
            ("That a pair is not in the table does not say that it may be billed together. 99441.", ""),
        ] {
            assert_eq!(presented(text), expected, "{text}");
        }
    }
}

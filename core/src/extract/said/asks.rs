//! Sentences, and whether they ask.
//!
//! A sentence asks by its mark, its first word, or words such as "please advise". Greetings, thanks and farewells are no
//! sentences of a question.

use crate::domain::span::Span;

/// Whether a sentence asks something.
#[must_use]
pub(crate) fn asks(sentence: &str) -> bool {
    const FIRST: &str = "can could may should would do does did is are was what which how when why where who";
    const WITHIN: [&str; 12] = [
        "please advise",
        "please clarify",
        "please confirm",
        "please help",
        "please let",
        "wondering",
        "like to know",
        "want to know",
        "need to know",
        "let me know",
        "need help",
        "not sure",
    ];
    const VERBS: [&str; 5] = ["can", "could", "may", "should", "do"];
    let lower = sentence.to_lowercase();
    let first = lower.split(' ').next().unwrap_or("");
    lower.contains('?')
        || FIRST.split(' ').any(|word| word == first)
        || WITHIN.iter().any(|words| lower.contains(words))
        || VERBS.iter().any(|verb| lower.contains(&format!("{verb} we ")) || lower.contains(&format!("{verb} i ")))
}

/// Whether a sentence may end with this word: not after `Dr.`, `vs.` or a single letter.
#[must_use]
pub(crate) fn ends_sentence(word: &str) -> bool {
    const SHORT: [&str; 14] =
        ["dr.", "mr.", "mrs.", "ms.", "pt.", "vs.", "e.g.", "i.e.", "no.", "approx.", "dx.", "tx.", "st.", "etc."];
    let bare = word.trim_end_matches(['"', '\'', ')', ']', '”', '’']);
    if bare.ends_with(['?', '!']) {
        return true;
    }
    let lower = bare.to_lowercase();
    bare.ends_with('.') && bare.chars().count() > 2 && !SHORT.contains(&lower.as_str())
}

/// `Hi team,` and the like, on a line of their own.
#[must_use]
pub(crate) fn is_salutation(line: &str) -> bool {
    const OPENINGS: [&str; 8] =
        ["hi", "hello", "hey", "dear", "good morning", "good afternoon", "good evening", "greetings"];
    let lower = line.to_lowercase();
    let opens = OPENINGS.iter().any(|opening| {
        lower.strip_prefix(opening).is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
    });
    opens && line.chars().count() <= 48 && !line.contains('?') && line.split_whitespace().count() <= 6
}

/// Thanks and farewells say nothing of the question.
#[must_use]
pub(crate) fn is_courtesy(sentence: &str) -> bool {
    const COURTESIES: [&str; 11] = [
        "thanks",
        "thank you",
        "many thanks",
        "best regards",
        "kind regards",
        "regards",
        "sincerely",
        "best,",
        "cheers",
        "i hope this",
        "hope you",
    ];
    let lower = sentence.to_lowercase();
    COURTESIES.iter().any(|courtesy| lower.starts_with(courtesy)) && !lower.contains('?')
}

/// The sentences within a stretch of the text, in order. A line end alone ends none.
pub(super) fn sentences(text: &str, within: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut begun: Option<usize> = None;
    let mut last = within.start;
    let stretch = within.of(text);
    let base = stretch.as_ptr() as usize;
    for word in stretch.split_whitespace() {
        let start = within.start + (word.as_ptr() as usize - base);
        let from = *begun.get_or_insert(start);
        last = start + word.len();
        if ends_sentence(word) {
            found.push(Span::new(from, last));
            begun = None;
        }
    }
    if let Some(from) = begun {
        found.push(Span::new(from, last));
    }
    found
}

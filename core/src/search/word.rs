//! A text → words in the one form in which they are compared. Questions and rows go through the same door, so a rule
//! here need not be right about English, only the same on both sides.
//!
//! Never changes what is shown: a word knows where in the text it stands. Called by [`super::question`],
//! [`super::wording`] and [`super::mark`].

use crate::domain::span::Span;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In compared form; one that is said to be absent starts with `!`.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Words that say nothing in a title.
const EMPTY: [&str; 26] = [
    "a", "an", "and", "any", "are", "as", "at", "be", "but", "by", "due", "during", "each", "for", "from", "in",
    "into", "is", "of", "on", "or", "per", "that", "the", "to", "with",
];

/// Words that say that what follows is absent.
const ABSENT: [&str; 10] = ["without", "no", "not", "non", "denies", "denied", "w/o", "wo", "negative", "never"];

/// Words that end what is absent.
const PRESENT: [&str; 8] = ["with", "but", "w", "due", "after", "in", "on", "from"];

/// The words of a text, without those that say nothing.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut absent = false;
    let mut either = false;
    for raw in raw_words(text) {
        if raw.after_stop {
            absent = false;
            either = false;
        }
        let plain = raw.text.as_str();
        if plain == "without" && either {
            // "with or without" says nothing.
            absent = false;
            continue;
        }
        either = plain == "or";
        if ABSENT.contains(&plain) {
            absent = true;
            continue;
        }
        if PRESENT.contains(&plain) {
            absent = false;
        }
        if EMPTY.contains(&plain) && !raw.letter {
            continue;
        }
        let stem = stem(plain);
        let text = if absent { format!("!{stem}") } else { stem };
        found.push(Word { text, span: raw.span });
    }
    found
}

/// Every word of a text, also those that say nothing, in compared form and without asking what is absent.
pub(crate) fn all_words(text: &str) -> Vec<Word> {
    raw_words(text).into_iter().map(|raw| Word { text: stem(&raw.text), span: raw.span }).collect()
}

/// The compared form of one word.
#[must_use]
pub fn stem(word: &str) -> String {
    let known = match word {
        "one" | "first" => "1",
        "ii" | "two" | "second" => "2",
        "iii" | "three" | "third" => "3",
        "four" | "fourth" => "4",
        "five" | "fifth" => "5",
        "six" | "sixth" => "6",
        "seven" | "seventh" => "7",
        "eight" | "eighth" => "8",
        "nine" | "ninth" => "9",
        "ten" | "tenth" => "10",
        "eleven" | "eleventh" => "11",
        "twelve" | "twelfth" => "12",
        "feet" => "foot",
        "teeth" => "tooth",
        "diabetic" => "diabetes",
        "diabetes" | "pancreas" | "pelvis" | "lens" | "biceps" | "triceps" | "herpes" | "scabies" | "rabies"
        | "less" | "loss" | "needle" | "series" => word,
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    // "5th" is "fifth".
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    if matches!(word.get(digits.len()..), Some("st" | "nd" | "rd" | "th")) && !digits.is_empty() {
        return digits.to_owned();
    }
    let mut stem = word.to_owned();
    if !stem.bytes().all(|byte| byte.is_ascii_alphabetic()) || stem.len() < 4 {
        return stem;
    }
    if let Some(bare) = stem.strip_suffix("ies") {
        stem = format!("{bare}y");
    } else if ["sses", "xes", "ches", "shes"].iter().any(|end| stem.ends_with(end)) {
        stem.truncate(stem.len() - 2);
    } else if stem.ends_with('s') && !["ss", "us", "is"].iter().any(|end| stem.ends_with(end)) {
        stem.truncate(stem.len() - 1);
    }
    if stem.len() >= 6 {
        // British spelling.
        stem = stem.replace("ae", "e").replace("oe", "e");
        if stem.ends_with("our") {
            stem.truncate(stem.len() - 3);
            stem.push_str("or");
        }
    }
    for end in ["ing", "ed", "ion"] {
        if let Some(bare) = stem.strip_suffix(end)
            && bare.len() >= 4
            && bare.bytes().any(|byte| b"aeiouy".contains(&byte))
        {
            stem.truncate(bare.len());
            break;
        }
    }
    if stem.len() >= 5 && stem.ends_with('e') {
        stem.truncate(stem.len() - 1);
    }
    stem
}

/// A run of letters and digits, in lower case without accents.
struct Raw {
    text: String,
    span: Span,
    /// A clause ends before it.
    after_stop: bool,
    /// A letter that stands as a name, as in "hepatitis A".
    letter: bool,
}

fn raw_words(text: &str) -> Vec<Raw> {
    let mut found: Vec<Raw> = Vec::new();
    let mut run: Option<usize> = None;
    let mut stop = false;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (nth, &(at, c)) in chars.iter().enumerate() {
        let next = chars.get(nth + 1).map(|&(_, next)| next);
        let digit_before =
            nth.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(|b| b.1.is_ascii_digit());
        let inside = c.is_alphanumeric()
            || (c == '.' && digit_before && next.is_some_and(|next| next.is_ascii_digit()))
            || (c == ',' && digit_before && thousands(&chars, nth));
        if inside {
            run.get_or_insert(at);
            continue;
        }
        if let Some(start) = run.take() {
            push(text, start, at, &mut stop, &mut found);
        }
        // "w/o" is one word.
        if c == '/'
            && next.is_some_and(|next| next.eq_ignore_ascii_case(&'o'))
            && chars.get(nth + 2).is_none_or(|after| !after.1.is_alphanumeric())
            && let Some(last) = found.last_mut().filter(|last| last.text == "w" && last.span.end == at)
        {
            "w/o".clone_into(&mut last.text);
        }
        stop |= matches!(c, ',' | ';' | '.' | ':' | '(' | ')' | '[' | ']' | '\n' | '?' | '!');
    }
    if let Some(start) = run {
        push(text, start, text.len(), &mut stop, &mut found);
    }
    found
}

fn thousands(chars: &[(usize, char)], comma: usize) -> bool {
    let digits = chars.iter().skip(comma + 1).take_while(|(_, c)| c.is_ascii_digit()).count();
    digits == 3
}

/// Cuts a run where a number meets its unit, and adds its words.
fn push(text: &str, start: usize, end: usize, stop: &mut bool, found: &mut Vec<Raw>) {
    let Some(run) = text.get(start..end) else { return };
    // "patient's" and "Crohn's" are told from their owners.
    if run.eq_ignore_ascii_case("o")
        && found.last().is_some_and(|last| last.text == "w/o" && last.span.end + 1 == start)
    {
        return;
    }
    if run == "s" && start > 0 && text.get(..start).is_some_and(|before| before.ends_with(['\'', '’'])) {
        return;
    }
    // "can't" is "cant".
    if run.eq_ignore_ascii_case("t")
        && text.get(..start).is_some_and(|before| before.ends_with(['\'', '’']))
        && let Some(last) = found.last_mut()
        && text.get(last.span.end..start).is_some_and(|between| between.chars().count() == 1)
    {
        last.text.push('t');
        last.span = Span::new(last.span.start, end);
        return;
    }
    let cut = unit_at(run);
    let pieces = match cut {
        Some(cut) => vec![(start, start + cut), (start + cut, end)],
        None => vec![(start, end)],
    };
    for (from, to) in pieces {
        let plain: String = text.get(from..to).unwrap_or("").chars().flat_map(folded).filter(|c| *c != ',').collect();
        let letter = plain.len() == 1
            && plain.bytes().all(|byte| byte.is_ascii_alphabetic())
            && found.last().is_some_and(|last| NAMED_BY_LETTER.contains(&last.text.as_str()));
        // "B-12" and "B 12" are "B12"; so are the levels of the spine.
        if plain.bytes().all(|byte| byte.is_ascii_digit())
            && let Some(last) = found.last_mut()
            && last.text.len() == 1
            && text.get(last.span.end..from) == Some("-")
        {
            last.text.push_str(&plain);
            last.span = Span::new(last.span.start, to);
            continue;
        }
        found.push(Raw { text: plain, span: Span::new(from, to), after_stop: std::mem::take(stop), letter });
    }
}

/// What letters name: "hepatitis A", "influenza A".
const NAMED_BY_LETTER: [&str; 9] =
    ["hepatitis", "hep", "influenza", "flu", "vitamin", "hemophilia", "strep", "group", "type"];

const UNITS: [&str; 18] =
    ["mg", "mcg", "ml", "cc", "cm", "mm", "g", "gm", "kg", "iu", "units", "unit", "x", "fr", "mci", "hr", "hrs", "meq"];

/// Where in `40mg` the unit starts.
fn unit_at(run: &str) -> Option<usize> {
    let at = run.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let (number, unit) = run.split_at_checked(at)?;
    (!number.is_empty() && UNITS.contains(&unit.to_ascii_lowercase().as_str())).then_some(at)
}

/// A character in lower case, without its accent.
fn folded(c: char) -> impl Iterator<Item = char> {
    let bare = match c {
        'à'..='å' | 'À'..='Å' => 'a',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        'ç' | 'Ç' => 'c',
        'ñ' | 'Ñ' => 'n',
        other => other,
    };
    bare.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn two_ways_to_write_one_thing_compare_equal() {
        for (one, other) in [
            ("fractures of the femur", "fractured femur"),
            ("Ménière's disease", "Meniere disease"),
            ("oesophageal tumours", "esophageal tumor"),
            ("40mg", "40 mg"),
            ("vitamin B-12", "Vitamin B12"),
            ("diabetic, type II", "diabetes type 2"),
            ("without bleeding", "no bleeding"),
            ("w/o bleeding", "without bleeding"),
            ("infected", "infection"),
            ("1,000 units", "1000 unit"),
        ] {
            assert_eq!(texts(one), texts(other), "{one} / {other}");
        }
    }

    #[test]
    fn what_is_absent_is_told_from_what_is_there() {
        assert_eq!(texts("gastritis without bleeding, chronic"), ["gastritis", "!bleed", "chronic"]);
        assert_eq!(texts("with or without bleeding"), ["bleed"]);
        assert_eq!(texts("no fever but cough"), ["!fever", "cough"]);
    }

    #[test]
    fn a_letter_that_names_is_kept_and_an_article_is_not() {
        assert_eq!(texts("hepatitis A"), ["hepatitis", "a"]);
        assert_eq!(texts("fell off a ladder"), ["fell", "off", "ladder"]);
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "Ödem, 40mg";
        let spans: Vec<&str> = words(text).iter().map(|word| word.span.of(text)).collect();
        assert_eq!(spans, ["Ödem", "40", "mg"]);
    }
}

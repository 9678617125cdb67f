//! A text as the cues see it: words in lower case with their roles, in sentences, and which sentences ask.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

use regex::Regex;

use super::role::Roles;
use crate::{
    domain::{mention::Place, span::Span},
    extract::Reading,
};

/// Questions stand at the top of a mail; more words than this are not looked at.
const MOST_WORDS: usize = 4_000;

/// A word, a question mark, or the end of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In lower case, without apostrophes. A number with its unit behind it begins with `#`.
    pub(super) text: String,
    pub(super) span: Span,
    pub(super) roles: Roles,
    pub(super) is_end: bool,
}

impl Word {
    /// As a reviewer reads it. Of a longer number than a modifier or a count only what it is: it may be a ZIP code.
    fn shown(&self) -> &str {
        const LONGEST: usize = 3;
        if self.text.bytes().filter(u8::is_ascii_digit).count() > LONGEST {
            return self.roles.words().unwrap_or("a number");
        }
        self.text.trim_start_matches('#')
    }
}

/// A sentence, as a range of words without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) words: Range<usize>,
    pub(super) asks: bool,
}

/// Some parts of a mail.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) words: Vec<Word>,
    pub(super) sentences: Vec<Sentence>,
    /// Which of the different words each word is: a mail says most of its words many times, and each is looked up once.
    pub(super) term_of: Vec<usize>,
    /// Where each of the different words stands first.
    firsts: Vec<usize>,
}

/// In the order in which they are tried: days, drug codes, diagnoses, numbers, words, marks, empty lines.
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{1,2}-\d{1,2}-\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\d{4,5}-\d{3,4}-\d{1,2}|[A-Za-z]\d[0-9A-Za-z]\.[0-9A-Za-z]{1,4}|\d+(?:[.,]\d+)+|[\w'’]+|[?!.;]|\n\s*\n|[+&%$]",
    )
    .ok()
});

impl Text {
    /// The parts of a mail that stand in these places, in order.
    pub(super) fn of(reading: &Reading, places: &[Place]) -> Self {
        let mut words = Vec::new();
        for part in reading.parts.iter().filter(|part| places.contains(&part.place)) {
            words.extend(read(part.span.of(&reading.text), part.span.start));
            words.push(end(part.span.end));
            if words.len() > MOST_WORDS {
                words.truncate(MOST_WORDS);
                break;
            }
        }
        for word in &mut words {
            // Mentions stand in order and never overlap: the first that does not end before the word may hold it.
            let at = reading.mentions.partition_point(|mention| mention.span.end <= word.span.start);
            let mention = reading.mentions.get(at).filter(|mention| mention.span.contains(word.span));
            if let Some(mention) = mention
                && !word.text.starts_with('#')
            {
                let written = word.text.to_ascii_uppercase();
                word.roles = word.roles.with(Roles::of_code(mention.system, &written));
            }
        }
        let words = joined(words);
        let (term_of, firsts) = terms(&words);
        let sentences = sentences(&words, &term_of, &firsts);
        Self { words, sentences, term_of, firsts }
    }

    /// The different words, each once: their text with their roles.
    pub(super) fn terms(&self) -> impl Iterator<Item = &Word> {
        self.firsts.iter().filter_map(|first| self.words.get(*first))
    }

    /// These words, as a reviewer reads them, with a mark where others stand between.
    pub(super) fn shown(&self, words: &[usize]) -> String {
        let mut out = String::new();
        let mut before = None;
        for at in words.iter().copied() {
            let Some(word) = self.words.get(at) else { continue };
            if let Some(before) = before {
                out.push_str(if at == before + 1 { " " } else { " … " });
            }
            out.push_str(word.shown());
            before = Some(at);
        }
        out
    }

    /// Whether a word has one of these roles.
    pub(super) fn has(&self, any: Roles) -> bool {
        self.words.iter().any(|word| word.roles.has(any))
    }

    /// Whether any sentence asks.
    pub(super) fn asks(&self) -> bool {
        self.sentences.iter().any(|sentence| sentence.asks)
    }
}

fn end(at: usize) -> Word {
    Word { text: ".".to_owned(), span: Span::new(at, at), roles: Roles::NONE, is_end: true }
}

fn read(text: &str, base: usize) -> Vec<Word> {
    let Some(regex) = WORD.as_ref() else { return Vec::new() };
    let mut words = Vec::new();
    for found in regex.find_iter(text).take(MOST_WORDS) {
        let raw = found.as_str();
        let span = Span::new(base + found.start(), base + found.end());
        match raw {
            "." => {
                let next = text.get(found.end()..).and_then(|rest| rest.chars().next());
                if next.is_none_or(char::is_whitespace) {
                    words.push(end(span.end));
                }
            }
            "!" | ";" => words.push(end(span.end)),
            "?" => {
                words.push(Word { text: "?".to_owned(), span, roles: Roles::NONE, is_end: false });
                words.push(end(span.end));
            }
            _ if raw.starts_with('\n') => words.push(end(span.end)),
            _ => words.push(word(raw, span)),
        }
    }
    words
}

fn word(raw: &str, span: Span) -> Word {
    let mut text = if raw.is_ascii() { raw.to_ascii_lowercase() } else { raw.to_lowercase() };
    text.retain(|c| !matches!(c, '\'' | '’'));
    if text == "+" || text == "&" {
        "and".clone_into(&mut text);
    }
    let roles = if is_day(&text) {
        Roles::DATE
    } else if text.contains('-') {
        Roles::NDC
    } else {
        let roles = Roles::of_shape(&text).with(modifier(raw, &text));
        if raw == "AS" { roles.with(Roles::AS) } else { roles }
    };
    Word { text, span, roles, is_end: false }
}

/// A modifier, a remark code, or a number that is none of these.
fn modifier(raw: &str, text: &str) -> Roles {
    /// Those that belong to no other kind of question than that about modifiers, in order.
    const DIGITS: [&str; 24] = [
        "22", "24", "25", "26", "27", "50", "51", "52", "53", "54", "55", "56", "57", "58", "59", "73", "74", "76",
        "77", "78", "79", "90", "91", "99",
    ];
    const LETTERS: [&str; 52] = [
        "aa", "ad", "ai", "ca", "co", "cq", "e1", "e2", "e3", "e4", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8",
        "f9", "fa", "ga", "gn", "go", "gp", "gx", "gy", "gz", "lc", "ld", "lt", "p4", "qk", "qx", "qy", "qz", "rc",
        "rt", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "ta", "tc", "xe", "xp", "xs", "xu",
    ];
    /// Those of second surgeons, of telehealth and of prevention.
    const OTHERS: [&str; 8] = ["33", "62", "66", "80", "81", "82", "93", "95"];
    let is_number = text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic);
    let lists = |list: &[&str]| text.len() == 2 && list.binary_search(&text).is_ok();
    if (is_number && lists(&DIGITS)) || (!raw.contains(char::is_lowercase) && lists(&LETTERS)) {
        Roles::MOD
    } else if is_remark(text) {
        Roles::REMARK
    } else if is_number && text.len() <= 8 && !text.starts_with('0') && !lists(&OTHERS) && is_short(text) {
        Roles::NUM
    } else {
        Roles::NONE
    }
}

/// At most four digits before the point.
fn is_short(number: &str) -> bool {
    number.split(['.', ',']).next().is_some_and(|whole| whole.len() <= 4)
}

/// `N115`, `M51`, `MA130`.
fn is_remark(text: &str) -> bool {
    let digits = text.trim_start_matches(char::is_alphabetic);
    let letters = text.len() - digits.len();
    let is_number = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
    is_number
        && match text.get(..letters) {
            Some("n") => true,
            Some("m" | "ma") => digits.len() >= 2,
            _ => false,
        }
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    let numbers = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    numbers
        && match parts.as_slice() {
            [_, _] => text.contains('/'),
            [first, second, third] => {
                (first.len() <= 2 && second.len() <= 2) || (first.len() == 4 && second.len() == 2 && third.len() == 2)
            }
            _ => false,
        }
}

/// What only two words together say: `CO` and `97` are a refusal's reason, `80` before `mg` is a quantity, three
/// digits after `DRG` make it a group's number.
fn joined(words: Vec<Word>) -> Vec<Word> {
    static UNITS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        set("mg mcg ml g gm min mins minutes minute unit units cm h hr hrs hours year years yr yrs day days week \
             weeks month months percent % pricks mile miles dollars pack kg sq cents times levels vials mm cc charts \
             cases patients of seconds am pm lbs")
    });
    static COUNTED: LazyLock<HashSet<&str>> =
        LazyLock::new(|| set("$ x age aged day stage line level case man woman lady male female"));
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words.into_iter().peekable();
    while let Some(mut word) = rest.next() {
        let next = rest.peek().map_or("", |next| next.text.as_str());
        let before = out.last().map_or("", |last| last.text.as_str());
        if is_quantity(&word.text) && (UNITS.contains(next) || COUNTED.contains(before)) {
            word.text.insert(0, '#');
            word.roles = Roles::NUM;
        } else if is_group(&word.text) && is_reason(next) {
            word.text.push_str(next.trim_start_matches('#'));
            word.roles = Roles::DENIAL;
            if let Some(number) = rest.next() {
                word.span.end = number.span.end;
            }
        } else if word.text.get(..2).is_some_and(is_group) && is_reason(word.text.get(2..).unwrap_or("")) {
            word.roles = Roles::DENIAL;
        } else if word.text == "drg" && !next.is_empty() && next.len() <= 3 && next.bytes().all(|b| b.is_ascii_digit())
        {
            word.roles = Roles::DRG;
        }
        out.push(word);
    }
    out
}

/// Which of the different words each word is, and where each of them stands first.
fn terms(words: &[Word]) -> (Vec<usize>, Vec<usize>) {
    let mut known: HashMap<(&str, Roles), usize> = HashMap::new();
    let mut firsts = Vec::new();
    let numbered = words.iter().enumerate().map(|(at, word)| {
        *known.entry((&word.text, word.roles)).or_insert_with(|| {
            firsts.push(at);
            firsts.len() - 1
        })
    });
    let term_of = numbered.collect();
    (term_of, firsts)
}

/// The words of a list.
fn set(list: &'static str) -> HashSet<&'static str> {
    list.split_whitespace().collect()
}

/// One to three digits before the point.
fn is_quantity(text: &str) -> bool {
    let mut parts = text.split(['.', ',']);
    let whole = parts.next().is_some_and(|whole| (1..=3).contains(&whole.len()));
    whole && text.split(['.', ',']).all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// The groups of an adjustment: contractual, other, payer, patient.
fn is_group(text: &str) -> bool {
    matches!(text, "co" | "oa" | "pi" | "pr")
}

/// `97`, `204`, `B7`, `A1`.
fn is_reason(text: &str) -> bool {
    let digits = text.strip_prefix(['a', 'b']).unwrap_or(text);
    (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn sentences(words: &[Word], term_of: &[usize], firsts: &[usize]) -> Vec<Sentence> {
    /// The first word of a question.
    static FIRST: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        set("can could may should would will do does did is are was were what whats which how hows when why where \
             who whose am must have has")
    });
    /// These ask wherever they stand.
    static WITHIN: LazyLock<HashSet<&str>> =
        LazyLock::new(|| set("? which whether why how wondering advise clarify confirm tell question"));
    /// A question of fewer words, such as "Is that so?", asks about the sentence before it.
    const POINTS_BACK: usize = 6;
    let asks_within: Vec<bool> =
        firsts.iter().map(|at| words.get(*at).is_some_and(|word| WITHIN.contains(word.text.as_str()))).collect();
    let mut found: Vec<Sentence> = Vec::new();
    for (number, words_of) in words.split(|word| word.is_end).enumerate() {
        // Each end before this sentence is one word.
        let start = found.last().map_or(0, |last| last.words.end) + usize::from(number > 0);
        let asks = words_of.first().is_some_and(|word| FIRST.contains(word.text.as_str()))
            || term_of
                .get(start..start + words_of.len())
                .is_some_and(|terms| terms.iter().any(|term| asks_within.get(*term) == Some(&true)));
        found.push(Sentence { words: start..start + words_of.len(), asks });
    }
    found.retain(|sentence| !sentence.words.is_empty());
    for at in 1..found.len() {
        let points_back = found.get(at).is_some_and(|sentence| {
            sentence.words.len() <= POINTS_BACK
                && words.get(sentence.words.clone()).is_some_and(|all| all.iter().any(|word| word.text == "?"))
        });
        if points_back && let Some(before) = found.get_mut(at - 1) {
            before.asks = true;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{extract::Nothing, mail::search_text::SearchText};

    fn text(text: &str) -> Text {
        Text::of(&Reading::of(&SearchText::plain(text), &Nothing, None), &[Place::New])
    }

    #[test]
    fn words_have_roles() {
        for (written, word, role) in [
            ("Denied CO-97 again", "co97", Roles::DENIAL),
            ("remark n115", "n115", Roles::REMARK),
            ("80 mg given", "#80", Roles::NUM),
            ("modifier 59?", "59", Roles::MOD),
            ("on 10/14/2026", "10/14/2026", Roles::DATE),
            ("DRG 291 or", "drg", Roles::DRG),
            ("E11.9 alone", "e11.9", Roles::DX),
        ] {
            let found = text(written);
            let one = found.words.iter().find(|one| one.text == word).unwrap_or_else(|| panic!("{word}: {found:?}"));
            assert!(one.roles.has(role), "{one:?}");
        }
        assert!(!text("we go to her co workers").has(Roles::MOD));
    }

    #[test]
    fn a_short_question_asks_about_the_sentence_before_it() {
        let asks: Vec<bool> = text("Pat saw her. They say both are paid. Is that so? Thanks.")
            .sentences
            .iter()
            .map(|sentence| sentence.asks)
            .collect();
        assert_eq!(asks, [false, true, true, false]);
    }

    #[test]
    fn sentences_cover_all_words_but_their_ends() {
        let found = text("One.. two! Three?\n\nfour; ");
        let words: Vec<&str> = found
            .sentences
            .iter()
            .flat_map(|sentence| found.words.get(sentence.words.clone()).unwrap())
            .map(|word| word.text.as_str())
            .collect();
        assert_eq!(words, ["one", "two", "three", "?", "four"]);
    }
}

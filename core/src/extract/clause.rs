//! The words behind a code, or before it, as a sentence: every word, known or not, and what it does in the sentence.
//!
//! The scanner keeps only words that say what a number is. Who owns a modifier or a number of units that stands further
//! off is decided by the others: "lost both G6 and V7", "it went out with 59", "so two". [`super::owner`] and
//! [`super::unit_told`] read these words; nothing here knows codes.

use std::{collections::HashMap, sync::LazyLock};

use super::{ground::Ground, modifier, scan::Kind, words::Cue};
use crate::domain::{code::Modifier, span::Span};

/// What a word does in a sentence about codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Says that something has, gets, lacks or loses what follows: "with", "carries", "needs", "left off".
    Carries,
    /// May stand between that and what it speaks of: "been", "in".
    Links,
    /// May stand in a list as well: "the", "then".
    Joins,
    /// Somebody who acts: "we", "they".
    Acts,
    /// "and", "or", "plus".
    And,
    /// Puts what stands before on what follows: "on", "to".
    Places,
    /// Turns to something else: "but", "because".
    Turns,
    /// Refers to what was named last: "it", "this".
    Refers,
    /// Refers to all that was named: "both", "everything".
    All,
    /// One of several: "the first" is 0, the last is 255.
    Nth(u8),
    /// "units", "qty", "24G".
    Unit,
    /// "so", "makes": a result follows.
    So,
    /// "once", "twice".
    Often(u32),
    /// Money came, or did not: a number behind it is an amount.
    Pays,
    /// Somebody keyed a count: "entered", "billed".
    Keyed,
    /// A noun that a payer's limit or a whole claim is counted by: "max", "total".
    Limit,
}

const ROLES: [(Role, &str); 20] = [
    (
        Role::Carries,
        "with w carrying carries carry carried has have had having gets get got getting needs need needed needing \
         requires require required takes take took read reads show shows showed lost loses lose losing missing misses \
         missed lacks lack lacking forgot forget forgotten using use used uses want wants wanted add added adding adds \
         append appended appending appends attach attached attaching put puts putting hang hung without off gave give \
         given gives bears bear received receives dash hyphen minus expects omitted omit dropped drop drops remove \
         removed stuck stick slap slapped tagged wears kept keep keeps w/o no sans minus under plus accept accepts prefers prefer \
         hangs tack tacked include includes included apply applied should must ought should've would've sent billed coded \
         suggests suggest recommends recommend demands write writes wrote \
         filed submitted rebilled refiled resubmitted",
    ),
    (Role::Links, "again now still as in be been of at is was are were proper usual like"),
    (
        Role::Joins,
        "a an the its his her their our your my just only also then either modifier modifiers mod mods box boxes",
    ),
    (Role::Acts, "i we they he she you"),
    (Role::And, "and or versus vs nor"),
    (Role::Places, "on to onto for"),
    (Role::Turns, "but because although though whereas while unless whether if until when why how what"),
    (Role::Refers, "it this that which"),
    (Role::All, "both each all everything them everyone"),
    (Role::Nth(0), "first"),
    (Role::Nth(1), "second"),
    (Role::Nth(2), "third"),
    (Role::Nth(3), "fourth"),
    (Role::Nth(255), "last latter other"),
    (Role::Unit, "unit units un qty quantity increment increments count uos 24g"),
    (Role::So, "so hence thus makes making equals therefore"),
    (Role::Often(1), "once"),
    (Role::Often(2), "twice"),
    (
        Role::Pays,
        "paid pay pays paying allowed allows allow reimbursed reimburses deny denies denied cut cuts took priced",
    ),
    (Role::Limit, "max maximum limit limits limited mue total authorized approved stops caps capped"),
];

/// Words that say that a count was keyed in.
const KEYED: &str = "keyed entered typed counted posted";

static TABLE: LazyLock<HashMap<&'static str, Role>> = LazyLock::new(|| {
    let keyed = [(Role::Keyed, KEYED)];
    let mut table = HashMap::new();
    for (role, words) in ROLES.iter().chain(&keyed) {
        for word in words.split_whitespace() {
            table.entry(word).or_insert(*role);
        }
    }
    table
});

/// The longest word of the table.
const LONGEST: usize = 12;

/// One word of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
    /// What stands between it and the word before.
    pub(super) gap: &'a str,
    /// The token that begins with it.
    pub(super) token: Option<usize>,
    pub(super) role: Option<Role>,
    /// What the phrasebook says of it.
    pub(super) cue: Option<Cue>,
    /// A sentence, or a line that is none, ends before it.
    pub(super) begins: bool,
    /// Its value, when it is a count: digits without a mark, or spelled out.
    pub(super) count: Option<u32>,
}

impl Word<'_> {
    /// The modifier that it would be.
    pub(super) fn modifier(&self, ground: &Ground<'_>) -> Option<Modifier> {
        let token = self.token.filter(|token| ground.span(*token) == self.span)?;
        modifier::at(ground, token).filter(|_| self.text.len() == 2 || self.cue.is_some())
    }

    pub(super) fn is_digits(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    pub(super) fn is(&self, role: Role) -> bool {
        self.role == Some(role)
    }
}

/// At most that many bytes are read behind a code.
const REACH: usize = 260;

/// Whether a token that `wanted` names begins among the words that [`words`] would read: most sentences need not be.
pub(super) fn holds(ground: &Ground<'_>, from: usize, to: usize, wanted: impl Fn(usize) -> bool) -> bool {
    let end = to.min(from + REACH);
    (ground.first_from(from)..)
        .take_while(|at| ground.token(*at).is_some_and(|token| token.span.start < end))
        .any(wanted)
}

/// The words from `from` to `to`, or as far as a paragraph and [`REACH`] go; the second says whether they reach `to`.
pub(super) fn words<'a>(ground: &Ground<'a>, from: usize, to: usize) -> (Vec<Word<'a>>, bool) {
    let text = ground.between(from, to.min(from + REACH));
    let text = text.find("\n\n").and_then(|end| text.get(..end)).unwrap_or(text);
    let whole = from + text.len() == to;
    let mut words: Vec<Word<'a>> = Vec::new();
    let mut token = ground.first_from(from);
    let (mut at, mut done) = (0, 0);
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(char::is_alphanumeric)).map(|start| at + start) {
        while ground.tokens.get(token).is_some_and(|one| one.span.start < from + start) {
            token += 1;
        }
        let kept = ground.tokens.get(token).filter(|one| one.span.start == from + start && one.kind != Kind::Stop);
        let mut end = start + length(text.get(start..).unwrap_or_default());
        if let Some(kept) = kept {
            end = end.max((kept.span.end - from).min(text.len()));
        }
        let (Some(word), Some(gap)) = (text.get(start..end), text.get(done..start)) else { break };
        let cue = match kept.map(|one| one.kind) {
            Some(Kind::Cue(cue)) => Some(cue),
            _ => None,
        };
        let hundreds = words.last().and_then(|last| last.count).filter(|_| word.eq_ignore_ascii_case("hundred"));
        words.push(Word {
            text: word,
            span: Span::new(from + start, from + end),
            gap,
            token: kept.map(|_| token),
            role: role(word),
            cue,
            begins: begins(gap, word, words.last()),
            count: hundreds.map_or_else(|| count(word, cue), |hundreds| hundreds.checked_mul(100)),
        });
        (at, done) = (end, end);
    }
    (words, whole)
}

/// How long the word is with which `text` begins. A number goes on over a mark between digits: "13:02", "1,200".
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    let mut last = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = matches!(c, '.' | ',' | ':' | '/' | '-')
            && last.is_ascii_digit()
            && next.is_some_and(|c| c.is_ascii_digit())
            || matches!(c, '\'' | '’') && next.is_some_and(char::is_alphabetic)
            || matches!(c, '%' | '°') && last.is_ascii_digit()
            || c == '/' && text.starts_with(['w', 'W']) && at == 1 && next == Some('o');
        if !c.is_alphanumeric() && !joins {
            break;
        }
        end = at + c.len_utf8();
        last = c;
    }
    end
}

/// What the word does.
pub(super) fn role(word: &str) -> Option<Role> {
    if word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    let mut lower = [0_u8; LONGEST];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    TABLE.get(std::str::from_utf8(lower).ok()?).copied()
}

/// A word with a dot that ends no sentence.
const SHORTENED: [&str; 8] = ["mod", "dr", "mr", "mrs", "ms", "approx", "no", "st"];

/// Whether a sentence begins behind the gap. A line that goes on in small letters goes on.
fn begins(gap: &str, word: &str, before: Option<&Word<'_>>) -> bool {
    let mut chars = gap.chars().peekable();
    while let Some(c) = chars.next() {
        let stop = match c {
            '?' | '!' => true,
            '.' => {
                let shortened =
                    before.is_some_and(|word| SHORTENED.iter().any(|one| word.text.eq_ignore_ascii_case(one)));
                chars.peek().is_none_or(|next| next.is_whitespace()) && !shortened
            }
            '\n' => !word.starts_with(char::is_lowercase) || gap.contains(['-', '*', '•', '>']),
            _ => false,
        };
        if stop {
            return true;
        }
    }
    false
}

fn count(word: &str, cue: Option<Cue>) -> Option<u32> {
    if let Some(Cue::Amount(count)) = cue {
        return (!word.eq_ignore_ascii_case("twice")).then(|| u32::from(count));
    }
    if word.eq_ignore_ascii_case("single") {
        return Some(1);
    }
    let digits = word.len() <= 4 && !word.starts_with('0') && word.bytes().all(|byte| byte.is_ascii_digit());
    if digits { word.parse().ok() } else { None }
}

/// Words that may follow a number that counts nothing: "with 25 above it", "the 33, so", but not "with 33 others".
static AFTER: LazyLock<std::collections::HashSet<&'static str>> = LazyLock::new(|| {
    "on for as because since to and or in under when if but this that right above below after before it there then too \
     only alone not is was be modifier modifiers mod attached appended again so instead from at by did does would should \
     could can will has had even though which here while until and/or vs versus both now still yet due per than with \
     without like already stripped removed dropped missing added deleted left appended put taken first second third last next keeps keep came comes come all double doubles might may must belongs sits stands beats fixes pays paid \
     denied rejected needed required necessary allowed right correct ok okay please today anymore later period comma stop they we you he she although otherwise except even each every please either though were are \
     behind beside got gets go goes went"
        .split_whitespace()
        .collect()
});

/// Whether nothing behind the word at `at` makes a number of it that counts something.
pub(super) fn ends_cleanly(words: &[Word<'_>], at: usize, whole: bool) -> bool {
    let Some(next) = words.get(at + 1) else { return whole || at + 1 == words.len() };
    let marked =
        next.gap.contains([',', '.', ';', ')', '?', '!', '\n', '(', ':', '/', '"', '&', '+', '|', ']', '—', '–'])
            || next.begins;
    let plain = next.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'');
    marked || plain && AFTER.contains(next.text)
}

/// "I counted again, so it's 8": what was told is told anew.
pub(super) fn told_anew(words: &[Word<'_>], at: usize) -> bool {
    let first = at.saturating_sub(14);
    let words = words.get(first..at).unwrap_or_default();
    words.iter().any(|word| {
        matches!(
            word.text.to_ascii_lowercase().as_str(),
            "no" | "sorry"
                | "again"
                | "miscounted"
                | "wrong"
                | "mistake"
                | "correction"
                | "actually"
                | "wait"
                | "recounted"
                | "oops"
                | "typo"
                | "instead"
                | "not"
                | "keyed"
                | "entered"
                | "but"
                | "typed"
        )
    })
}

/// `....... 23`: a leader of dots between a code and its number.
pub(super) fn is_leader(gap: &str) -> bool {
    let dots = gap.trim();
    (dots.len() >= 3 || dots == "…") && dots.chars().all(|c| matches!(c, '.' | '…' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::search_text::SearchText;

    fn shown(text: &str) -> Vec<String> {
        let search = SearchText::plain(text);
        let ground = Ground::of(&search);
        let (words, _) = words(&ground, 0, text.len());
        words.iter().map(|word| format!("{}{}", if word.begins { "|" } else { "" }, word.text)).collect()
    }

    #[test]
    fn words_and_where_sentences_begin() {
        assert_eq!(shown("went out w/ 59, and RT."), ["went", "out", "w", "59", "and", "RT"]);
        assert_eq!(shown("at 13:02 (1,200). No, make it 3"), ["at", "13:02", "1,200", "|No", "make", "it", "3"]);
        assert_eq!(shown("mod. 25 on\nthe visit\n- Next"), ["mod", "25", "on", "the", "visit", "|Next"]);
        assert_eq!(shown("twenty-five quarter-hour units"), ["twenty-five", "quarter", "hour", "units"]);
    }

    #[test]
    fn a_number_that_counts_does_not_end_cleanly() {
        for (text, expected) in
            [("59 above", true), ("59, right", true), ("59", true), ("59 others", false), ("59 Main", false)]
        {
            let search = SearchText::plain(text);
            let ground = Ground::of(&search);
            let (words, whole) = words(&ground, 0, text.len());
            assert_eq!(ends_cleanly(&words, 0, whole), expected, "{text}");
        }
    }
}

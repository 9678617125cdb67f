//! The words around a date: which call it one of service, which say that something was done or operated on, and which make it
//! another day.
//!
//! [`super::service`] asks here for each date. The nearest telling word of the sentence decides; nothing looks past it.

use crate::domain::span::Span;

/// Words that name a date of service.
const NAMED: [&str; 10] = [
    "dos",
    "d.o.s",
    "date of service",
    "dates of service",
    "service date",
    "service dates",
    "svc date",
    "date of procedure",
    "procedure date",
    "visit date",
];

/// Words after which the day is that of an operation.
const SURGERY: [&str; 12] = [
    "date of surgery",
    "surgery date",
    "surgery",
    "operation",
    "operated",
    "underwent",
    "total knee",
    "total hip",
    "arthroplasty",
    "replacement",
    "postop from",
    "post-op from",
];

/// Words after which the day is the day on which something was done to the patient.
const DONE: [&str; 24] = [
    "seen",
    "performed",
    "done",
    "visit",
    "visits",
    "procedure",
    "admitted",
    "treated",
    "injected",
    "injection",
    "encounter",
    "came in",
    "presented",
    "service",
    "services",
    "rendered",
    "discharged",
    "given",
    "exam",
    "had a",
    "provided",
    "saw",
    "here",
    "did",
];

/// Words after which a date is something else.
const OTHER: [&str; 52] = [
    "dob",
    "d.o.b",
    "born",
    "birth",
    "birthday",
    "birthdate",
    "dated",
    "letter",
    "sent",
    "wrote",
    "received",
    "effective",
    "since",
    "as of",
    "expires",
    "expired",
    "due",
    "until",
    "by",
    "paid",
    "posted",
    "submitted",
    "filed",
    "printed",
    "updated",
    "published",
    "revised",
    "processed",
    "denied",
    "meeting",
    "scheduled a call",
    "scheduled",
    "appointment",
    "upcoming",
    "will be",
    "planned",
    "approved",
    "authorized",
    "signed",
    "appealed",
    "called",
    "rejected",
    "invoice",
    "next",
    "closed",
    "meet",
    "call",
    "webinar",
    "training",
    "deadline",
    "out of office",
    "vacation",
];

/// Words that make a day close behind them another one, whatever else is said: three words at most lie between.
const BOUND: [&str; 68] = [
    "dob",
    "born",
    "birth",
    "birthday",
    "birthdate",
    "letter",
    "letters",
    "sent",
    "wrote",
    "received",
    "effective",
    "expires",
    "expired",
    "deadline",
    "paid",
    "posted",
    "filed",
    "printed",
    "updated",
    "published",
    "revised",
    "processed",
    "denied",
    "meeting",
    "meet",
    "webinar",
    "training",
    "vacation",
    "approved",
    "authorized",
    "appealed",
    "rejected",
    "invoice",
    "closed",
    "interview",
    "accident",
    "injured",
    "appointment",
    "eob",
    "leave",
    "ratio",
    "manual",
    "hired",
    "submitted",
    "resubmitted",
    "refiled",
    "mailed",
    "faxed",
    "emailed",
    "notice",
    "fax",
    "email",
    "statement",
    "check",
    "policy",
    "bulletin",
    "memo",
    "article",
    "transmittal",
    "contract",
    "amendment",
    "edition",
    "version",
    "spoke",
    "talked",
    "requested",
    "due",
    "upcoming",
];
/// Words that do so close behind a day.
const BOUND_BEHIND: [&str; 12] = [
    "letter",
    "received",
    "denial",
    "remit",
    "remittance",
    "eob",
    "deadline",
    "meeting",
    "edition",
    "release",
    "update",
    "manual",
];
/// Words before two numbers that make them no day.
const NUMBERED: [&str; 13] =
    ["pos", "place", "bp", "pressure", "pain", "score", "ratio", "modifier", "mod", "codes", "page", "grade", "scale"];
/// Words behind two numbers that make them no day.
const COUNTED: [&str; 17] = [
    "mg",
    "ml",
    "mcg",
    "cm",
    "mm",
    "inch",
    "inches",
    "of",
    "dose",
    "pain",
    "strength",
    "hour",
    "hours",
    "pos",
    "indicator",
    "tablet",
    "year",
];

/// Whether words close by call the day something else than one of service: "letter of 3/4", "sent on 3/4".
pub(super) fn is_bound(text: &str, span: Span) -> bool {
    const CLOSE: usize = 3;
    let line = text.get(..span.start).and_then(|before| before.rsplit('\n').next()).unwrap_or("");
    let head = line.trim_start_matches(['>', ' ', '*']);
    if ["sent:", "date:", "received:"].iter().any(|name| begins(head, name)) {
        return true;
    }
    let before = line.rsplit([',', ';', '?', '!', '(', ')']).next().unwrap_or("");
    let before = before.rsplit(". ").next().unwrap_or("");
    // "Denied 99213 on 3/4": the code stands for the service, and the day is the service's.
    let is_code = |word: &&str| word.len() == 5 && word.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let close: Vec<&str> = words(before).rev().take(CLOSE).take_while(|word| !is_code(word)).collect();
    let said = |word: &&str| BOUND.iter().any(|one| one.eq_ignore_ascii_case(word));
    let leaves = close.windows(2).any(
        |two| matches!(two, [last, first] if last.eq_ignore_ascii_case("from") && first.eq_ignore_ascii_case("office")),
    );
    let limits = close
        .first()
        .is_some_and(|word| ["until", "till", "by", "before"].iter().any(|one| one.eq_ignore_ascii_case(word)));
    let after = text.get(span.end..).unwrap_or("").split(['\n', ',', ';', '?', '!', '.', '(']).next().unwrap_or("");
    let behind = |word: &str| BOUND_BEHIND.iter().any(|one| one.eq_ignore_ascii_case(word));
    leaves || limits || close.iter().any(said) || words(after).take(CLOSE).any(behind)
}

/// Whether `2/3` may be a share, a score or two places of service, rather than a day without its year.
pub(super) fn is_fraction(text: &str, span: Span) -> bool {
    let last = words(text.get(..span.start).and_then(|before| before.rsplit('\n').next()).unwrap_or("")).next_back();
    let next = words(text.get(span.end..).unwrap_or("").split('\n').next().unwrap_or("")).next();
    let is_one =
        |of: &[&str], word: Option<&str>| word.is_some_and(|word| of.iter().any(|one| one.eq_ignore_ascii_case(word)));
    let share = span.of(text).split_once('/').and_then(|(one, two)| Some((one.parse().ok()?, two.parse().ok()?)));
    let is_share = share.is_some_and(|(part, whole): (u8, u8)| part < whole && matches!(whole, 2 | 3 | 4 | 8));
    is_share || is_one(&NUMBERED, last) || is_one(&COUNTED, next)
}

/// The words, from either end.
fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with))
}

/// How far before a date its words may stand, in bytes.
pub(super) const REACH: usize = 64;

/// What they say of the date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    Named,
    Done,
    Surgery,
    Other,
    Nothing,
}

/// "On 3/4/2026 the patient was seen": the first telling word behind a date, in the same sentence.
pub(super) fn words_after(text: &str, end: usize) -> Words {
    let after =
        text.get(end..text.floor_char_boundary((end + REACH).min(text.len()))).unwrap_or("").to_ascii_lowercase();
    let sentence = after.split(['\n', '?', '!', ';']).next().unwrap_or_default();
    let sentence = sentence.split(". ").next().unwrap_or_default();
    let first = |words: &[&str]| words.iter().filter_map(|word| first_word(sentence, word)).min();
    let all = [(first(&DONE), Words::Done), (first(&SURGERY), Words::Surgery), (first(&OTHER), Words::Other)];
    let told = all.into_iter().filter_map(|(at, words)| Some((at?, words)));
    told.min_by_key(|(at, _)| *at).map_or(Words::Nothing, |(_, words)| words)
}

/// Where the first whole-word occurrence of `word` begins.
fn first_word(sentence: &str, word: &str) -> Option<usize> {
    sentence.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = sentence.get(..*at).and_then(|before| before.chars().next_back());
        let after = sentence.get(at + word.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// What the nearest telling words before `at`, in the same sentence and behind `spoken`, say.
pub(super) fn words_before(text: &str, spoken: usize, at: usize) -> Words {
    let mut start = at.saturating_sub(REACH).max(spoken.min(at));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let before = text.get(start..at).unwrap_or_default().to_ascii_lowercase();
    let line = before.rsplit(['\n', '?', '!', ';']).next().unwrap_or_default();
    let sentence = line.rsplit(". ").next().unwrap_or_default();
    let head = sentence.trim_start_matches(['>', ' ', '*']);
    if head.starts_with("sent:") || head.starts_with("date:") {
        return Words::Other;
    }
    let nearest = |words: &[&str]| words.iter().filter_map(|word| last_word(sentence, word)).max();
    let all = [
        (nearest(&NAMED), Words::Named),
        (nearest(&DONE), Words::Done),
        (nearest(&SURGERY), Words::Surgery),
        (nearest(&OTHER), Words::Other),
    ];
    // "date of birth" and "service date" end later than their words alone; the later end decides.
    all.into_iter()
        .filter_map(|(end, words)| Some((end?, words)))
        .max_by_key(|(end, _)| *end)
        .map_or(Words::Nothing, |(_, words)| words)
}

/// Where the last whole-word occurrence of `word` ends.
fn last_word(sentence: &str, word: &str) -> Option<usize> {
    sentence.rmatch_indices(word).map(|(at, _)| (at, at + word.len())).find_map(|(at, end)| {
        let before = sentence.get(..at)?.chars().next_back();
        let after = sentence.get(end..)?.chars().next();
        let whole = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        (whole(before) && whole(after)).then_some(end)
    })
}

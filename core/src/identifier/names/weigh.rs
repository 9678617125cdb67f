//! Words with a capital letter that nothing announces: points for what makes a name, against for what makes a house,
//! a disease or a heading.

use super::extent;
use crate::identifier::{
    found::Confidence::{Certain, Likely},
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier::Name,
    lexicon::Roles,
};

/// From here on it is a name.
const NAME: i32 = 3;
/// From here on it is one for certain.
const SURE: i32 = 6;

/// What a person does in case mails.
pub(super) const DONE: [&str; 34] = [
    "has",
    "had",
    "was",
    "is",
    "called",
    "died",
    "lives",
    "lived",
    "fell",
    "came",
    "did",
    "wants",
    "gave",
    "moved",
    "got",
    "says",
    "said",
    "asked",
    "needs",
    "went",
    "saw",
    "billed",
    "signed",
    "sent",
    "underwent",
    "presented",
    "refused",
    "drove",
    "turned",
    "received",
    "and",
    "who",
    "with",
    "returned",
];
const BEFORE: [&str; 13] = ["for", "from", "by", "with", "re", "to", "cc", "of", "and", "attn", "see", "of", "is"];

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    let mut index = 0;
    let mut line = Line { number: usize::MAX, title: false };
    while index < ground.len() {
        let initial = ground.shape(index) == Some(Shape::Initial)
            && (matches!(ground.after(index), ". " | ".") || bare_initial(ground, index))
            && hits.free(index);
        // "J. P. Morales"
        let second = initial
            && ground.shape(index + 1) == Some(Shape::Initial)
            && matches!(ground.after(index + 1), ". " | "." | " ")
            && hits.free(index + 1);
        let first = index + usize::from(initial) + usize::from(second);
        if let Some(last) = dotted_initials(ground, hits, index) {
            hits.take(ground, (index, last), Name, Likely, "initials");
            index = last + 1;
            continue;
        }
        if let Some(last) = small_pair(ground, hits, index) {
            hits.take(ground, (index, last), Name, Likely, "a given name and a surname in small letters");
            index = last + 1;
            continue;
        }
        if !extent::is_name_word(ground, hits, first) {
            index += 1;
            continue;
        }
        let last = extent::last(ground, hits, first);
        line.of(ground, first);
        let points = points(ground, (first, last), initial, line.title);
        if points >= NAME {
            let start = if initial { index } else { first };
            hits.take(
                ground,
                (start, last),
                Name,
                if points >= SURE { Certain } else { Likely },
                "written like a name",
            );
        }
        index = last + 1;
    }
}

/// "J Hope", "T Smith": an initial without its full stop, before a surname.
fn bare_initial(ground: &Ground<'_>, index: usize) -> bool {
    ground.after(index) == " "
        && !ground.is(index, &["I", "A", "X", "T"])
        && ground.shape(index + 1) == Some(Shape::Capital)
        && ground.roles(index + 1).any(Roles::SURNAME)
        && !ground.roles(index + 2).any(Roles::DISEASE)
        && (index == 0 || ground.starts_line(index) || ground.word(index - 1).is_some_and(|word| !word.is_capital()))
}

/// `L.T.`, which is no abbreviation that everybody has.
fn dotted_initials(ground: &Ground<'_>, hits: &Hits, index: usize) -> Option<usize> {
    const KNOWN: [&str; 44] = [
        "US", "UK", "PO", "MD", "DO", "RN", "PA", "NP", "IV", "IM", "ER", "ED", "OR", "PT", "OT", "BC", "DC", "NY",
        "NJ", "NC", "SC", "ND", "SD", "NM", "NH", "RI", "WV", "AM", "PM", "IE", "EG", "VS", "DS", "DM", "PC", "SC",
        "LL", "VA", "EU", "BP", "HR", "CT", "ST", "GI",
    ];
    let initial = |at: usize| ground.shape(at) == Some(Shape::Initial) && hits.free(at);
    let last = index + 1;
    let pair = initial(index) && ground.after(index) == "." && initial(last) && ground.after(last).starts_with('.');
    if !pair
        || index > 0 && matches!(ground.before(index), "." | "-" | "/")
        || ground.after(last).len() == 1 && last + 1 < ground.len()
    {
        return None;
    }
    let letters = [ground.str(index), ground.str(last)].concat();
    let credential = index > 0 && ground.before(index) == ", " && !hits.free(index - 1);
    let name = ground.after(last) == ". "
        && ground.shape(last + 1) == Some(Shape::Capital)
        && !ground.roles(last + 1).any(Roles::PLAIN);
    (!KNOWN.contains(&letters.as_str()) && !credential && !name).then_some(last)
}

/// "saw john smith today": two words that are known as names and as nothing else.
fn small_pair(ground: &Ground<'_>, hits: &Hits, index: usize) -> Option<usize> {
    let lower = |at: usize, role: Roles| {
        ground.shape(at) == Some(Shape::Lower)
            && ground.roles(at).any(role)
            && !ground.roles(at).any(Roles::PLAIN)
            && hits.free(at)
    };
    if !lower(index, Roles::GIVEN) || ground.after(index) != " " {
        return None;
    }
    let initial = usize::from(ground.str(index + 1).len() == 1 && matches!(ground.after(index + 1), " " | ". "));
    let surname = index + 1 + initial;
    let disease = ground.roles(surname).any(Roles::EPONYM) && ground.roles(surname + 1).any(Roles::DISEASE);
    // "smith" is a company, too; behind a given name it is none.
    let second =
        ground.shape(surname) == Some(Shape::Lower) && ground.roles(surname).any(Roles::SURNAME) && hits.free(surname);
    (second && !disease).then_some(surname)
}

/// Whether the line of a word is in Title Case, where capital letters say nothing.
struct Line {
    number: usize,
    title: bool,
}

impl Line {
    fn of(&mut self, ground: &Ground<'_>, index: usize) {
        let Some(word) = ground.word(index).filter(|word| word.line != self.number) else { return };
        let mut first = index;
        while first > 0 && ground.word(first - 1).is_some_and(|before| before.line == word.line) {
            first -= 1;
        }
        let (mut capital, mut lower) = (0, 0);
        for word in ground.words.iter().skip(first).take_while(|other| other.line == word.line) {
            capital += usize::from(word.is_capital());
            lower += usize::from(word.shape == Shape::Lower);
        }
        *self = Self { number: word.line, title: capital >= 4 && lower * 3 <= capital };
    }
}

fn points(ground: &Ground<'_>, (first, last): (usize, usize), initial: bool, title: bool) -> i32 {
    let one = |flag: bool| i32::from(flag);
    let (mut points, mut full, mut eponyms) = (0, 0, 0);
    for at in first..=last {
        let Some(word) = ground.word(at) else { continue };
        let roles = word.roles;
        if word.shape == Shape::Initial || roles.any(Roles::SUFFIX) || word.shape == Shape::Lower {
            points += 1;
            continue;
        }
        full += 1;
        eponyms += one(roles.any(Roles::EPONYM));
        points += of_word(ground, at, title);
    }
    let (gap, next) = (ground.after(last), last + 1);
    let possessive = gap.starts_with(['\'', '’']);
    let next_capital = ground.word(next).is_some_and(|word| word.is_capital());
    // "Colles fracture", "Graves' disease", "Osgood-Schlatter"; "Lakewood Clinic", "St. Joseph Hospital".
    let disease = ground.roles(next).any(Roles::DISEASE) && matches!(gap, " " | "'s " | "’s " | "' " | "’ ");
    if eponyms == full && (disease || full > 1 || !(first..=last).any(|at| ground.roles(at).any(Roles::NAME)))
        || eponyms > 0 && disease && full == 1
    {
        return -10;
    }
    let house =
        ground.roles(next).any(Roles::HOUSE) && next_capital && matches!(gap, " " | " & " | "'s " | "’s " | "-");
    let saint = first > 0
        && ground.is(first - 1, &["st", "saint", "mount", "mt", "fort", "lake", "port", "our"])
        && matches!(ground.before(first), " " | ". ");
    if house || saint && full == 1 {
        return -10;
    }
    // "Golden Meadows"
    let named_house =
        ground.roles(last).any(Roles::HOUSE) && !(first..=last).any(|at| ground.roles(at).any(Roles::GIVEN));
    if named_house {
        return -10;
    }
    let known = (first..=last).any(|at| ground.roles(at).any(Roles::NAME) && !ground.roles(at).any(Roles::PLAIN));
    let unknown = (first..=last).any(|at| ground.roles(at).is_unknown());
    points += one(full > 1 && (known || unknown || eponyms > 0)) + one(initial) + one(gap == " (");
    points += one((first..last).any(|at| ground.after(at) == "-") && full > 1);
    points += one(!ground.starts_sentence(first) && !title && ground.shape(first) == Some(Shape::Capital));
    let before = |words: &[&str]| first > 0 && ground.is(first - 1, words) && ground.before(first).len() <= 2;
    points += one(before(&BEFORE));
    points += 4 * one(ground.roles(next).any(Roles::CREDENTIAL) && next_capital && matches!(gap, ", " | " " | ","));
    // A row of a list: "Xochitl - 99213", "2. Oyelowo | Medicare"
    let row = (ground.starts_line(first) || first > 0 && ground.digits(first - 1) > 0 && ground.starts_line(first - 1))
        && (gap.starts_with(" - ") || gap.starts_with(" – ") || gap.contains(['|', '\t']) || gap.starts_with("  "));
    points += one(row && unknown && ground.shape(first) == Some(Shape::Capital));
    points += 3 * one(ground.is(next, &["wrote"]));
    points += one(matches!(gap, " ") && ground.is(next, &DONE) && !title);
    points += 2 * one(ground.is(next, &["dob", "mrn", "age", "born", "ssn"]) && gap.len() <= 3);
    let told = gap == ", "
        && (ground.digits(next) > 0 || ground.is(next, &["age", "a", "an", "who", "dob", "our", "his", "her"]));
    points += one(told || possessive && full == 1 && eponyms == 0);
    // "Oscar or Olga", "Gus and Pat": beside a word that is a name and no other.
    let beside = |at: usize| {
        ground.roles(at).any(Roles::GIVEN)
            && !ground.roles(at).any(Roles::PLAIN)
            && ground.word(at).is_some_and(|word| word.is_capital())
    };
    let joined = |at: usize| ground.is(at, &["or", "and"]);
    let listed = gap == " " && joined(next) && beside(next + 1)
        || first > 1 && joined(first - 1) && beside(first - 2) && ground.before(first) == " ";
    points += 2 * one(listed && (first..=last).any(|at| ground.roles(at).any(Roles::NAME)));
    points += one(possessive
        && ground.is(
            next,
            &["mother", "father", "husband", "wife", "son", "daughter", "chart", "claim", "insurance", "visit"],
        ));
    points
}

/// What a single word counts.
fn of_word(ground: &Ground<'_>, at: usize, title: bool) -> i32 {
    let Some(word) = ground.word(at) else { return 0 };
    let roles = word.roles;
    let upper = word.shape == Shape::Upper;
    let named = roles.any(Roles::NAME);
    if named && roles.any(Roles::PLAIN) {
        return i32::from(!upper);
    }
    if named {
        return if upper && word.span.len() < 4 {
            1
        } else if roles.any(Roles::TOWN) || roles.any(Roles::EPONYM) {
            2
        } else {
            3
        };
    }
    if roles.any(Roles::EPONYM) || roles.any(Roles::TOWN) || roles.any(Roles::PARTICLE) || roles.any(Roles::MONTH) {
        return 0;
    }
    let foreign = !ground.str(at).is_ascii();
    // A word in capitals that nobody knows is an abbreviation as often as a name.
    let base = if upper {
        i32::from(word.span.len() >= 4) + i32::from(word.span.len() >= 6 && is_spoken_upper(ground.str(at)))
    } else {
        3 * i32::from(is_spoken(ground.str(at)))
    };
    base + i32::from(foreign) - i32::from(title)
}

/// Whether it can be spoken as a word: `Hgb`, `Plt` and `CEUs` cannot.
fn is_spoken(word: &str) -> bool {
    let mut letters = word.chars();
    let first_small = !letters.nth(1).is_some_and(char::is_uppercase);
    let vowel = |c: char| !c.is_ascii() || "aeiouyAEIOUY".contains(c);
    first_small && word.chars().count() > 2 && word.chars().any(vowel)
}

/// Likewise for a word in capitals, of which abbreviations have few vowels.
fn is_spoken_upper(word: &str) -> bool {
    let vowels = word.chars().filter(|c| "AEIOUY".contains(*c)).count();
    vowels * 3 >= word.len()
}

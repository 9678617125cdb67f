//! Names behind a word that asks for one: a title, "patient", "mother", "Name:", "From:".

use super::extent;
use crate::identifier::{
    found::Confidence::Certain,
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier::Name,
    lexicon::Roles,
};

/// Fields of forms and headers of mails, before a colon.
const FIELDS: [&str; 13] =
    ["from", "to", "cc", "bcc", "by", "re", "provider", "name", "surgeon", "sender", "author", "doctor", "md"];
/// What stands between the word and the name.
const BETWEEN: [&str; 14] =
    ["is", "was", "named", "name", "called", "of", "last", "first", "full", "initials", "mr", "mrs", "ms", "dr"];

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    for index in 0..ground.len() {
        let roles = ground.roles(index);
        let field = ground.after(index).trim_start().starts_with(':')
            && (ground.is(index, &FIELDS) || roles.any(Roles::PERSON));
        let title = roles.any(Roles::TITLE) && is_title(ground, index) || is_rank(ground, index);
        if title || field || roles.any(Roles::PERSON) {
            follow(ground, hits, index, title, field);
        }
    }
}

/// "Dr" before a name, and not "the drive" of a street; small letters only for those that are nothing else.
fn is_title(ground: &Ground<'_>, index: usize) -> bool {
    let capital = ground.word(index).is_some_and(|word| word.is_capital());
    capital || ground.is(index, &["mr", "mrs", "ms", "dr", "nurse", "father", "mother"])
}

/// "RN Chloe", "MD Will Read", "NP Short": letters that mostly follow a name, before one.
fn is_rank(ground: &Ground<'_>, index: usize) -> bool {
    let next = index + 1;
    ground.is(index, &["rn", "np", "pa", "md", "lpn", "ma", "crna", "pt", "ot", "fnp", "aprn", "lcsw", "coach", "tech"])
        && ground.word(index).is_some_and(|word| word.is_capital())
        && ground.after(index) == " "
        && ground.shape(next) == Some(Shape::Capital)
        && ground.roles(next).any(Roles::NAME)
        && !ground.roles(next).any(Roles::TOWN)
        && !ground.roles(next + 1).any(Roles::HOUSE)
}

/// A title of the clergy, an office or the family.
fn roles_of_rank(ground: &Ground<'_>, cue: usize) -> bool {
    const COMMON: [&str; 9] = ["mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor"];
    ground.roles(cue).any(Roles::TITLE) && !ground.is(cue, &COMMON)
}

/// A word behind "Dr.", "Mrs." and the like is a name whatever else it may be: "Dr. Brand", "Mrs. Short".
fn is_called(ground: &Ground<'_>, hits: &Hits, cue: usize, first: usize) -> bool {
    const NO_NAME: [&str; 16] = [
        "office", "visit", "note", "notes", "order", "orders", "say", "says", "wants", "will", "who", "and", "is",
        "was", "or", "bill",
    ];
    ground.is(cue, &["dr", "mr", "mrs", "ms", "doctor", "miss"])
        && ground.shape(first) == Some(Shape::Capital)
        && hits.free(first)
        && matches!(ground.after(cue), " " | ". " | ".")
        && !ground.is(first, &NO_NAME)
        && ![Roles::HOUSE, Roles::TITLE].into_iter().any(|role| ground.roles(first).any(role))
}

fn follow(ground: &Ground<'_>, hits: &mut Hits, cue: usize, title: bool, field: bool) {
    let mut at = cue + 1;
    let mut between = 0;
    while between < 3 && ground.is(at, &BETWEEN) && ground.before(at).len() <= 3 && !ground.before(at).contains('\n') {
        at += 1;
        between += 1;
    }
    let gap = ground.before(at);
    if gap.contains(['\n', ';', '?', '!']) || gap.len() > 4 && !field || gap.contains('.') && !title && between == 0 {
        return;
    }
    // A comma parts what is listed: "the patient, Medicare".
    if let Some(last) = initials(ground, hits, at).filter(|_| !title) {
        hits.take(ground, (at, last), Name, Certain, "initials behind a word for a person");
        return;
    }
    // "Ms. K.", "Dr. B"
    let letter = title
        && ground.is(cue, &["mr", "mrs", "ms", "miss", "dr", "mx"])
        && ground.shape(at) == Some(Shape::Initial)
        && hits.free(at)
        && !extent::is_name_word(ground, hits, at + 1)
        && ground.shape(at + 1) != Some(Shape::Initial);
    if letter {
        hits.take(ground, (at, at), Name, Certain, "a title before it");
        return;
    }
    let first = if ground.shape(at) == Some(Shape::Initial) && matches!(ground.after(at), ". " | " " | ".") {
        at + 1
    } else {
        at
    };
    let particle = ground.roles(first).any(Roles::PARTICLE) && extent::is_name_word(ground, hits, first + 1);
    // "pt name is dolores kim"
    let called = (cue + 1..at).any(|between| ground.is(between, &["name", "named", "called"]));
    let small = ground.shape(first) == Some(Shape::Lower) && is_small(ground, hits, first, (title, called || field));
    let titled = title && is_called(ground, hits, cue, first);
    if !(extent::is_name_word(ground, hits, first) || titled || (small || particle) && hits.free(first)) {
        return;
    }
    let roles = ground.roles(first);
    let upper = ground.shape(first) == Some(Shape::Upper);
    let open = extent::is_open(ground, first) && !(upper && ground.str(first).len() < 3 && !roles.any(Roles::NAME));
    // "Patient Grace" may go on as "Patient Grace Period": a word that is also another needs a title or a colon.
    let soft = !(open || title || field || between > 0 || extent::last(ground, hits, first) > first);
    let eponym = roles.any(Roles::EPONYM)
        && !title
        && (ground.roles(first + 1).any(Roles::DISEASE) || ground.after(first).starts_with(['\'', '’']));
    if soft || eponym || ground.roles(first).any(Roles::MONTH) && !title {
        return;
    }
    let last = if small { small_last(ground, hits, first) } else { extent::last(ground, hits, first) };
    let last = if title || small { last } else { extent::with_given(ground, hits, first, last) };
    let house = ground.roles(last + 1).any(Roles::HOUSE)
        && ground.after(last) == " "
        && ground.word(last + 1).is_some_and(|word| word.is_capital());
    if house && !title {
        return;
    }
    // "Father Dominic", "Aunt Dot": what says more than "Mr." belongs to the name.
    let rare = title
        && at == cue + 1
        && hits.free(cue)
        && ground.shape(cue) == Some(Shape::Capital)
        && roles_of_rank(ground, cue)
        && matches!(ground.after(cue), " " | ". ");
    let at = if rare { cue } else { at };
    hits.take(
        ground,
        (at, last),
        Name,
        Certain,
        if title { "a title before it" } else { "a word for a person before it" },
    );
}

/// Whether a name in small letters begins here. A title takes a word that is known as a name or as nothing at all;
/// "patient" and a colon take two that may be names, or a surname, a comma and a given name.
fn is_small(ground: &Ground<'_>, hits: &Hits, first: usize, (title, called): (bool, bool)) -> bool {
    let roles = ground.roles(first);
    let joined = ground.after(first).starts_with('-') && !(title && ground.after(first) == "-");
    if roles.any(Roles::PLAIN) || !hits.free(first) || joined {
        return false;
    }
    let known = roles.any(Roles::NAME);
    let next = is_small_name(ground, hits, first + 1);
    let comma = matches!(ground.after(first), ", " | ",")
        && ground.shape(first + 1) == Some(Shape::Lower)
        && ground.roles(first + 1).any(Roles::GIVEN);
    let foreign = !ground.str(first).is_ascii();
    // "pt smith (dob", "patient garcia came"
    let alone = roles.any(Roles::SURNAME)
        && (ground.after(first).starts_with(" (")
            || ground.after(first) == " "
                && ground.is(first + 1, &["dob", "mrn", "has", "had", "was", "is", "came", "who", "age"]));
    let given = roles.any(Roles::GIVEN) && !matches!(ground.after(first), "-" | "/");
    title && (known || foreign) || given || called && (known || comma || foreign) || known && (next || comma || alone)
}

/// A word in small letters, right behind the one before it, that is known as a name and as no other word.
fn is_small_name(ground: &Ground<'_>, hits: &Hits, index: usize) -> bool {
    ground.shape(index) == Some(Shape::Lower)
        && ground.before(index) == " "
        && !ground.roles(index).any(Roles::PLAIN)
        && (ground.roles(index).any(Roles::NAME) || !ground.str(index).is_ascii())
        && hits.free(index)
}

/// The last word of a name in small letters: "guadalupe ochoa vda. de ríos", "wójcik, małgorzata", "o'brien-walsh".
fn small_last(ground: &Ground<'_>, hits: &Hits, first: usize) -> usize {
    let mut last = first;
    while last < first + 6 {
        let next = last + 1;
        let (gap, roles) = (ground.after(last), ground.roles(next));
        let lower = ground.shape(next) == Some(Shape::Lower) && hits.free(next);
        let comma =
            last == first && matches!(gap, ", " | ",") && (roles.any(Roles::GIVEN) || !ground.str(next).is_ascii());
        let particle = roles.any(Roles::PARTICLE) || ground.is(next, &["vda", "viuda", "y"]);
        let name = !roles.any(Roles::PLAIN) && (roles.any(Roles::NAME) || !ground.str(next).is_ascii());
        // "john q public dob": what stands before a birth date is a surname, whatever it is.
        let born =
            gap == " " && last > first && ground.str(last).len() == 1 && ground.is(next + 1, &["dob", "mrn", "born"]);
        let initial = ground.str(next).len() == 1
            && matches!(ground.after(next), " " | ". ")
            && !ground.is(next, &["a", "w", "x"]);
        let joined = matches!(gap, " " | "-" | ". ") && (gap != ". " || particle || ground.str(last).len() == 1);
        let more = particle
            && (next + 1..next + 4)
                .any(|at| ground.roles(at).any(Roles::NAME) || !ground.str(at).is_ascii() && ground.word(at).is_some());
        if !lower || !(comma && name || born || joined && (name || more || initial && last == first)) {
            break;
        }
        last = next;
    }
    last
}

/// `J.D.`, `K. L.`
fn initials(ground: &Ground<'_>, hits: &Hits, at: usize) -> Option<usize> {
    let initial = |at: usize| ground.shape(at) == Some(Shape::Initial) && hits.free(at);
    let mut last = at;
    if !initial(at) || !matches!(ground.after(at), "." | ". " | "") || !initial(at + 1) {
        let pair = ground.shape(at) == Some(Shape::Upper)
            && ground.str(at).len() == 2
            && ground.is(at.saturating_sub(1), &["initials"]);
        return (pair && hits.free(at)).then_some(at);
    }
    while last < at + 3 && initial(last + 1) && matches!(ground.after(last), "." | ". ") {
        last += 1;
    }
    Some(last)
}

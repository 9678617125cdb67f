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
        let title = roles.any(Roles::TITLE) && is_title(ground, index);
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
    let first = if ground.shape(at) == Some(Shape::Initial) && matches!(ground.after(at), ". " | " " | ".") {
        at + 1
    } else {
        at
    };
    let particle = ground.roles(first).any(Roles::PARTICLE) && extent::is_name_word(ground, hits, first + 1);
    // "pt name is dolores kim"
    let called = (cue + 1..at).any(|between| ground.is(between, &["name", "named", "called"]));
    let known = if called { Roles::NAME } else { Roles::SURNAME };
    let small = (title || called)
        && ground.shape(first) == Some(Shape::Lower)
        && ground.roles(first).any(known)
        && !ground.roles(first).any(Roles::PLAIN);
    if !(extent::is_name_word(ground, hits, first) || (small || particle) && hits.free(first)) {
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
    let last = if small && called && is_small_name(ground, hits, first + 1) {
        first + 1
    } else if small {
        first
    } else {
        extent::last(ground, hits, first)
    };
    let last = if title { last } else { extent::with_given(ground, hits, first, last) };
    let house = ground.roles(last + 1).any(Roles::HOUSE)
        && ground.after(last) == " "
        && ground.word(last + 1).is_some_and(|word| word.is_capital());
    if house && !title {
        return;
    }
    hits.take(
        ground,
        (at, last),
        Name,
        Certain,
        if title { "a title before it" } else { "a word for a person before it" },
    );
}

/// A word in small letters, right behind the one before it, that is no other word.
fn is_small_name(ground: &Ground<'_>, hits: &Hits, index: usize) -> bool {
    ground.shape(index) == Some(Shape::Lower)
        && ground.before(index) == " "
        && !ground.roles(index).any(Roles::PLAIN)
        && hits.free(index)
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

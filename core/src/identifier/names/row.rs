//! Names as lists and forms have them: `OKONKWO, CHIDINMA A`, `Novak, Deb`, `MBEKI^SIPHO^J`, `smith, john dob …`.

use super::extent;
use crate::identifier::{
    found::Confidence::{Certain, Likely},
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier::Name,
    lexicon::Roles,
};

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    for index in 0..ground.len() {
        if !hits.free(index) {
            continue;
        }
        if let Some(last) = carets(ground, hits, index) {
            hits.take(ground, (index, last), Name, Certain, "the form of a message's name field");
        } else if ground.is(index, &["dob", "mrn", "born"]) {
            small(ground, hits, index);
        } else if let Some((last, sure)) = surname_first(ground, hits, index) {
            hits.take(
                ground,
                (index, last),
                Name,
                if sure { Certain } else { Likely },
                "a surname, a comma, a given name",
            );
        }
    }
}

fn carets(ground: &Ground<'_>, hits: &Hits, index: usize) -> Option<usize> {
    let mut last = index;
    while ground.after(last) == "^"
        && hits.free(last + 1)
        && ground.word(last + 1).is_some_and(|word| !word.has_digit())
    {
        last += 1;
    }
    (last > index && !ground.word(index).is_some_and(|word| word.has_digit())).then_some(last)
}

/// "smith, john dob 5/6/50".
fn small(ground: &Ground<'_>, hits: &mut Hits, cue: usize) {
    let Some(second) = cue.checked_sub(1).filter(|at| hits.free(*at)) else { return };
    let Some(first) = second.checked_sub(1).filter(|at| hits.free(*at)) else { return };
    let lower = |at: usize| ground.shape(at) == Some(Shape::Lower) && ground.roles(at).any(Roles::NAME);
    let joined = matches!(ground.after(first), ", " | " " | "," | "/" | " / ")
        && ground.after(second).len() <= 3
        && !ground.after(second).contains('\n');
    if lower(first) && lower(second) && joined {
        hits.take(ground, (first, second), Name, Certain, "beside a birth date or record number");
    }
}

/// The last word of `SURNAME, GIVEN`, and whether it is sure.
fn surname_first(ground: &Ground<'_>, hits: &Hits, index: usize) -> Option<(usize, bool)> {
    let particles = ground.roles(index).any(Roles::PARTICLE) && ground.word(index)?.is_capital();
    let still = ground.roles(index).any(Roles::EPONYM) && ground.word(index)?.is_capital() && hits.free(index);
    if !extent::is_name_word(ground, hits, index) && !still && !particles
        || ground.roles(index).any(Roles::FAREWELL)
        || ground.roles(index).any(Roles::GREETING)
    {
        return None;
    }
    if index > 0 && matches!(ground.before(index), " " | "-") && extent::is_name_word(ground, hits, index - 1) {
        return None;
    }
    let last = extent::last(ground, hits, index);
    let end = extent::with_given(ground, hits, index, last);
    let eponym = |at: usize| {
        ground.shape(at) == Some(Shape::Initial)
            || ground.roles(at).any(Roles::EPONYM) && !ground.roles(at).any(Roles::GIVEN)
    };
    if end == last
        || (index..=end).all(eponym)
        || ground.roles(end).any(Roles::EPONYM) && ground.roles(end + 1).any(Roles::DISEASE)
    {
        return None;
    }
    // "1 Mercer, B" in a list
    let numbered = index > 0 && ground.digits(index - 1) > 0 && ground.starts_line(index - 1);
    let begins = numbered
        || ground.starts_sentence(index)
        || index > 0
            && (ground.is(index - 1, &["re", "for", "in", "on", "pt", "patient", "name", "is", "driver"])
                || ground.before(index).contains(['(', ',', '/']));
    let upper = ground.shape(index) == Some(Shape::Upper) && ground.shape(end) != Some(Shape::Lower);
    let given = ground.roles(last + 1).any(Roles::GIVEN);
    let open = extent::is_open(ground, index) && !ground.roles(index).any(Roles::TOWN);
    // "Dana, Robin and Kim" are three persons.
    let listed = ground.roles(index).any(Roles::GIVEN) && !ground.roles(index).any(Roles::SURNAME) && !upper;
    let initial = ground.shape(end) == Some(Shape::Initial) && end == last + 1;
    let fits = begins
        || upper
        || given && ground.roles(index).any(Roles::SURNAME)
        || initial && ground.roles(index).any(Roles::SURNAME);
    if initial {
        let known = !ground.roles(index).any(Roles::PLAIN);
        return (fits && known && !ground.roles(index).any(Roles::TOWN)).then_some((end, upper));
    }
    (fits && !listed && (given || open && extent::is_open(ground, last + 1))).then_some((end, given || upper))
}

//! The words of names that are known by now: from the mail's header, and from names found for certain.

use std::collections::HashSet;

use super::{extent, weigh};
use crate::identifier::{
    found::Confidence::{Certain, Likely},
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier,
    lexicon::{self, Roles},
};

/// More names than a mail has.
const MOST: usize = 256;

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits, known: &[&str]) {
    initials(ground, hits);
    plain(ground, hits);
    let header: HashSet<String> = known.iter().flat_map(|name| words(name)).take(MOST).collect();
    let certain = hits.found.iter().filter(|one| one.identifier == Identifier::Name && one.confidence == Certain);
    let found: HashSet<String> = certain.flat_map(|one| words(one.span.of(ground.text))).take(MOST).collect();
    if header.is_empty() && found.is_empty() {
        return;
    }
    for index in 0..ground.len() {
        if !hits.free(index) || !extent::is_name_word(ground, hits, index) {
            continue;
        }
        let word = ground.str(index).to_lowercase();
        let disease = ground.roles(index).any(Roles::EPONYM) && ground.roles(index + 1).any(Roles::DISEASE);
        if disease || !header.contains(&word) && !found.contains(&word) {
            continue;
        }
        let last = extent::last(ground, hits, index);
        let reason =
            if header.contains(&word) { "a name of the mail's header" } else { "a name found elsewhere in the mail" };
        hits.take(ground, (index, last), Identifier::Name, Likely, reason);
    }
}

/// `A.R.` and `J.D.` where the same letters were found before as somebody's.
fn initials(ground: &Ground<'_>, hits: &mut Hits) {
    let of = |name: &str| name.split(['.', ' ']).all(|part| part.len() <= 1) && name.contains('.');
    let found: HashSet<String> = hits
        .found
        .iter()
        .filter(|one| one.identifier == Identifier::Name && one.span.len() < 9)
        .map(|one| one.span.of(ground.text))
        .filter(|name| of(name))
        .map(|name| name.replace(['.', ' '], ""))
        .take(MOST)
        .collect();
    if found.is_empty() {
        return;
    }
    let mut index = 0;
    while index < ground.len() {
        let initial = |at: usize| ground.shape(at) == Some(Shape::Initial) && hits.free(at);
        let mut last = index;
        while last < index + 3 && initial(last) && matches!(ground.after(last), "." | ". ") && initial(last + 1) {
            last += 1;
        }
        let letters: String = (index..=last).map(|at| ground.str(at)).collect();
        if last > index && found.contains(&letters) {
            hits.take(ground, (index, last), Identifier::Name, Likely, "initials found elsewhere in the mail");
        }
        index = last + 1;
    }
}

/// "Hope has Medicaid" where a "May Hope" was found: a word that is also another, where only a name has a capital letter or
/// does something.
fn plain(ground: &Ground<'_>, hits: &mut Hits) {
    let certain = hits.found.iter().filter(|one| one.identifier == Identifier::Name);
    let words: HashSet<&str> = certain
        .flat_map(|one| one.span.of(ground.text).split(|c: char| !c.is_alphanumeric() && c != '\''))
        .filter(|word| word.len() > 2 && word.starts_with(char::is_uppercase))
        .filter(|word| {
            let roles = lexicon::roles(word);
            (roles.any(Roles::PLAIN) || roles.any(Roles::EPONYM) || roles.any(Roles::TOWN)) && roles.any(Roles::NAME)
        })
        .take(MOST)
        .collect();
    if words.is_empty() {
        return;
    }
    for index in 0..ground.len() {
        let fits = ground.shape(index) == Some(Shape::Capital) && hits.free(index) && words.contains(ground.str(index));
        let roles = ground.roles(index + 1);
        let house = ground.word(index + 1).is_some_and(|word| word.is_capital()) && ground.after(index) == " ";
        let disease = ground.roles(index).any(Roles::EPONYM) && roles.any(Roles::DISEASE)
            || ground.roles(index).any(Roles::EPONYM) && ground.after(index).starts_with(['\'', '’']);
        let does = ground.after(index) == " " && ground.is(index + 1, &weigh::DONE)
            || ground.after(index).starts_with(['\'', '’']);
        if fits && !house && !disease && !roles.any(Roles::HOUSE) && (does || !ground.starts_sentence(index)) {
            hits.take(ground, (index, index), Identifier::Name, Likely, "a name found elsewhere in the mail");
        }
    }
}

/// The words of a name that are nothing else.
fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| word.len() > 2).filter_map(|word| {
        let roles = lexicon::roles(word);
        let other =
            roles.any(Roles::PLAIN) || roles.any(Roles::EPONYM) || roles.any(Roles::PARTICLE) || roles.any(Roles::TOWN);
        (!other).then(|| word.to_lowercase())
    })
}

//! The words of names that are known by now: from the mail's header, and from names found for certain.

use std::collections::HashSet;

use super::extent;
use crate::identifier::{
    found::Confidence::{Certain, Likely},
    ground::Ground,
    hits::Hits,
    kind::Identifier,
    lexicon::{self, Roles},
};

/// More names than a mail has.
const MOST: usize = 256;

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits, known: &[&str]) {
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

/// The words of a name that are nothing else.
fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| word.len() > 2).filter_map(|word| {
        let roles = lexicon::roles(word);
        let other =
            roles.any(Roles::PLAIN) || roles.any(Roles::EPONYM) || roles.any(Roles::PARTICLE) || roles.any(Roles::TOWN);
        (!other).then(|| word.to_lowercase())
    })
}

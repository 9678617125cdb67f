//! Numbers of the form of one that was found: `GA-118` beside the record number `GA-114`, and the same number said
//! again. Only forms with letters are likened, and at least four signs; a number of digits alone must be the same.

use std::collections::HashSet;

use super::{found::Confidence::Likely, ground::Ground, hits::Hits, kind::Identifier, unique::is_code_shaped, value};
use crate::domain::span::Span;

/// More forms than a mail has.
const MOST: usize = 128;

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    let numbered = |identifier: Identifier| {
        matches!(
            identifier,
            Identifier::MedicalRecord
                | Identifier::HealthPlan
                | Identifier::Account
                | Identifier::Licence
                | Identifier::Vehicle
                | Identifier::Device
                | Identifier::Number
        )
    };
    let forms: HashSet<String> = hits
        .found
        .iter()
        .filter(|one| numbered(one.identifier) && one.span.len() <= 24)
        .filter_map(|one| form(one.span.of(ground.text)))
        .take(MOST)
        .collect();
    if forms.is_empty() {
        return;
    }
    let mut index = 0;
    while index < ground.len() {
        let Some(value) = value::at(ground, hits, index, false) else {
            index += 1;
            continue;
        };
        let span: Span = ground.span(index, value.last);
        let code = value.last == index && !hits.knows_codes && span.len() < 7 && is_code_shaped(ground.str(index));
        if !code && span.len() <= 24 && form(span.of(ground.text)).is_some_and(|form| forms.contains(&form)) {
            hits.take(ground, (index, value.last), Identifier::Number, Likely, "the form of a number found elsewhere");
        }
        index = value.last + 1;
    }
}

/// Its letters and marks as they are, a 9 for every digit; digits alone stay what they are. None for what is too short
/// to have a form.
fn form(number: &str) -> Option<String> {
    let letters = number.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if letters == 0 {
        return (digits >= 5).then(|| number.to_owned());
    }
    (digits >= 2 && letters + digits >= 4)
        .then(|| number.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect())
}

//! What stands right beside a name: an age of 90 and more, the number of a record or licence in brackets. Without the
//! name neither shows; so this runs when the names are known.

use super::{
    age, found::Confidence::Likely, ground::Ground, hits::Hits, kind::Identifier, unique::is_code_shaped, value,
};

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    let names: Vec<usize> = hits
        .found
        .iter()
        .filter(|one| one.identifier == Identifier::Name)
        .map(|one| ground.words.partition_point(|word| word.span.start < one.span.end))
        .collect();
    for next in names {
        let gap = ground.before(next);
        if gap.len() > 4 || gap.contains('\n') || !hits.free(next) {
            continue;
        }
        if matches!(gap, ", " | "," | " (" | " / " | "/" | " - " | " | " | "|" | "; " | " – " | " " | "), ")
            && age::fits_beside(ground, next)
        {
            hits.take(ground, (next, next), Identifier::Age, Likely, "an age beside a name");
        } else if let Some(age) = age::said_of(ground, next).filter(|age| gap == " " && hits.free(*age)) {
            hits.take(ground, (age, age), Identifier::Age, Likely, "an age beside a name");
        } else if gap.contains(['(', '#', '[', '|', '/', ',']) {
            number(ground, hits, next, gap);
        } else if gap == " " {
            long(ground, hits, next);
        }
    }
}

/// `D. Pomerleau (P-20771)`.
fn number(ground: &Ground<'_>, hits: &mut Hits, first: usize, gap: &str) {
    let Some(value) = value::at(ground, hits, first, false) else { return };
    let single = value.last == first;
    let year =
        single && ground.digits(first) == 4 && ground.number(first).is_some_and(|year| (1900..2100).contains(&year));
    let code = single && !hits.knows_codes && is_code_shaped(ground.str(first));
    let bracket = gap.contains(['(', '#', '[']);
    let looks = if value.letters == 0 { value.digits >= 4 + usize::from(!bracket) } else { value.digits >= 3 };
    let modifier = ground.str(first).starts_with(['x', 'X']) && value.digits < 4;
    if looks && !year && !code && !modifier {
        hits.take(ground, (first, value.last), Identifier::Number, Likely, "a number beside a name");
    }
}

/// "Keisha Baylor N541007": letters and digits in one word.
fn long(ground: &Ground<'_>, hits: &mut Hits, first: usize) {
    let Some(value) = value::at(ground, hits, first, false) else { return };
    if value.letters > 0 && value.digits >= 5 && !(value.last == first && is_code_shaped(ground.str(first))) {
        hits.take(ground, (first, value.last), Identifier::Number, Likely, "a number beside a name");
    }
}

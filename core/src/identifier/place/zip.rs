//! ZIP codes; never where a code may be meant.

use crate::identifier::{
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier::Address,
    lexicon::{self, Roles},
};

/// Five digits behind a state, a town, the word ZIP or a preposition; never a code.
pub(super) fn is_zip(ground: &Ground<'_>, hits: &Hits, index: usize) -> bool {
    if ground.digits(index) != 5 || index == 0 {
        return false;
    }
    let before = index - 1;
    // A national drug code goes on.
    let plus_four = ground.after(index) == "-"
        && ground.digits(index + 1) == 4
        && !ground.after(index + 1).starts_with('-')
        && hits.free(index + 1);
    let zip = (1..=3).filter_map(|back| index.checked_sub(back)).any(|at| ground.is(at, &["zip", "zipcode", "zips"]))
        && !ground.before(index).contains(['\n', '.'])
        && (ground.is(before, &["zip", "zipcode", "zips", "code", "is", "of", "now", "was", "and"])
            || hits.knows_codes);
    if zip || ground.is(index + 1, &["zip"]) && ground.after(index) == " " {
        return true;
    }
    let gap = ground.before(index);
    if hits.knows_codes && spoken_of(ground, index) && !counted(ground, index) && !gap.ends_with(['$', '#']) {
        return true;
    }
    if !matches!(gap, " " | ", " | "  " | "\u{a0}" | ". " | "-" | "\n" | ", \n" | ",\n" | " - " | ",") {
        return false;
    }
    // "…, Ely NV-89301", and the ZIP code on a line of its own: only behind an address.
    let apart = gap.contains(['-', '\n']);
    if apart && !behind_address(ground, hits, before) {
        return false;
    }
    // "dayton oh 45402"
    if behind_address(ground, hits, before)
        && let Some(digit) = lexicon::zip_digit(&ground.str(before).to_ascii_uppercase())
    {
        return ground.str(index).starts_with(digit);
    }
    // `CT 70450` is a scan: a ZIP's first digit must be its state's, and a comma or a town stands before the state.
    if let Some(digit) = lexicon::zip_digit(ground.str(before)) {
        if is_profession(ground, hits, before) {
            return false;
        }
        let after_town = before > 0
            && (ground.before(before).contains(',')
                || behind_address(ground, hits, before)
                || ground.word(before - 1).is_some_and(|word| {
                    word.shape == Shape::Capital && (word.roles.any(Roles::TOWN) || !word.roles.any(Roles::PLAIN))
                }));
        return ground.str(index).starts_with(digit) && (after_town || plus_four);
    }
    // "Medicaid of Texas 99213" is a visit: the first digit must be the state's.
    if let Some(digit) =
        lexicon::zip_digit_of_name(ground.str(before)).filter(|_| ground.roles(before).any(Roles::STATE))
    {
        return ground.str(index).starts_with(digit);
    }
    if plus_four {
        return true;
    }
    let taken_town = !hits.free(before)
        && !hits.is_code(before)
        && ground.shape(before) == Some(Shape::Capital)
        && !ground.roles(before).any(Roles::MONTH);
    // Only where the codes are known can a bare number behind a word be told from one.
    let after_town = hits.knows_codes
        && ground.shape(before) == Some(Shape::Capital)
        && !ground.roles(before).any(Roles::PLAIN)
        && !ground.roles(before).any(Roles::EPONYM);
    let second = ground.is(before, &["and", "to", "or"])
        && before > 0
        && ground.digits(before - 1) == 5
        && !hits.free(before - 1)
        && !hits.is_code(before - 1);
    taken_town
        || after_town
        || second
        || hits.knows_codes
            && ground.is(before, &["of", "at", "from", "in", "near", "to", "into", "area", "postal"])
            && !counted(ground, index)
}

/// `K1A 0B6`: the postal codes of Canada.
pub(super) fn is_foreign_zip(ground: &Ground<'_>, index: usize) -> bool {
    let fits = |at: usize, letters: [bool; 3]| {
        let word = ground.str(at).as_bytes();
        word.len() == 3
            && word
                .iter()
                .zip(letters)
                .all(|(byte, letter)| if letter { byte.is_ascii_uppercase() } else { byte.is_ascii_digit() })
    };
    fits(index, [true, false, true]) && ground.after(index) == " " && fits(index + 1, [false, true, false])
}

/// Whether ZIP codes are spoken of shortly before: "which ZIP? Ours is 67730, theirs 67749".
fn spoken_of(ground: &Ground<'_>, index: usize) -> bool {
    const NEAR: usize = 14;
    const OTHER: [&str; 10] =
        ["cpt", "hcpcs", "bill", "billed", "codes", "modifier", "procedure", "paid", "denied", "coded"];
    (1..=NEAR)
        .map_while(|back| index.checked_sub(back))
        .take_while(|at| !ground.is(*at, &OTHER) && !ground.after(*at).contains("\n\n"))
        .any(|at| ground.roles(at).any(Roles::CUE) && ground.is(at, &["zip", "zips", "zipcode"]))
}

/// Whether the address that was found last ends right before this word.
fn behind_address(ground: &Ground<'_>, hits: &Hits, index: usize) -> bool {
    let end = index.checked_sub(1).and_then(|before| ground.word(before)).map(|word| word.span.end);
    hits.found.last().is_some_and(|one| one.identifier == Address && Some(one.span.end) == end)
}

/// "Ann Lee, MD 20610", "Dr. Okafor, PA 11042": the letters of a profession that are a state's, too, behind a person.
fn is_profession(ground: &Ground<'_>, hits: &Hits, index: usize) -> bool {
    let back = |by: usize| index.checked_sub(by).map_or(Roles::default(), |at| ground.roles(at));
    ground.is(index, &["MD", "PA", "MA", "DC"])
        && !behind_address(ground, hits, index)
        && (back(1).any(Roles::NAME) && !back(1).any(Roles::TOWN)
            || back(2).any(Roles::GIVEN)
            || (2..=4).any(|by| back(by).any(Roles::TITLE)))
}

/// "of 12500 claims".
fn counted(ground: &Ground<'_>, index: usize) -> bool {
    const NO_THING: [&str; 6] = ["was", "is", "has", "its", "his", "does"];
    let next = index + 1;
    let plural = ground.str(next).ends_with('s') && !ground.is(next, &NO_THING);
    ground.shape(next) == Some(Shape::Lower) && ground.after(index) == " " && plural
}

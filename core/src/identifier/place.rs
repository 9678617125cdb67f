//! Streets, boxes, towns and ZIP codes. The state stays visible: it may be told, and it decides which contractor's
//! policies apply.

use super::{
    found::Confidence::{Certain, Likely},
    ground::{Ground, Shape, Word},
    hits::Hits,
    kind::Identifier::{Address, Zip},
    lexicon::{self, Roles},
};

/// Two letters that are more often something else than a state.
const DOUBTFUL: [&str; 16] =
    ["MD", "PA", "DO", "OR", "IN", "ME", "HI", "OK", "ID", "CO", "MA", "MS", "AL", "VA", "PR", "DE"];
/// Words before a town.
const IN: [&str; 8] = ["in", "from", "near", "at", "to", "of", "into", "around"];
/// Words for where people live.
const LIVING: [&str; 17] = [
    "lives", "lived", "living", "moved", "moves", "moving", "resides", "residing", "resident", "home", "address",
    "mailed", "mail", "fell", "born", "visiting", "here",
];
const ROOMS: [&str; 12] =
    ["suite", "ste", "apt", "apartment", "unit", "bldg", "building", "floor", "fl", "room", "rm", "trailer"];
const DIRECTIONS: [&str; 12] = ["N", "S", "E", "W", "NE", "NW", "SE", "SW", "North", "South", "East", "West"];

/// The words that a closer look begins at.
pub(super) fn cues() -> Vec<&'static str> {
    vec!["po", "pob", "p", "box", "cabin", "dorm", "hall", "suite", "ste", "apt", "apartment", "trailer", "bldg"]
}

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    for index in 0..ground.len() {
        if !hits.free(index) {
            continue;
        }
        if is_foreign_zip(ground, index) {
            hits.take(ground, (index, index + 1), Zip, Certain, "the form of a postal code");
        } else if let Some(last) =
            street(ground, index).or_else(|| post_box(ground, index)).or_else(|| room(ground, index))
        {
            let first = floor_before(ground, index);
            let last = town_after(ground, hits, room_after(ground, last));
            if hits.all_free(first, last) {
                hits.take(ground, (first, last), Address, Certain, "the form of an address");
            }
        } else if is_zip(ground, hits, index) {
            let last = index + usize::from(ground.after(index) == "-" && ground.digits(index + 1) == 4);
            hits.take(ground, (index, last), Zip, Certain, "a state or a town before it");
        } else if let Some(last) = town_of_state(ground, hits, index) {
            hits.take(ground, (index, last), Address, Certain, "a state behind it");
        } else if let Some(last) = town_in(ground, hits, index) {
            hits.take(ground, (index, last), Address, Likely, "a town after a preposition");
        } else if is_town(ground, index) {
            hits.take(ground, (index, index), Address, Likely, "the name of a town");
        }
    }
}

fn is_street_word(ground: &Ground<'_>, index: usize) -> bool {
    ground.roles(index).any(Roles::STREET)
        && ground.word(index).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Upper))
}

/// `1420 Maple Court`, `99 West 214th Street`, `602 County Road 12`; "on Elm St".
fn street(ground: &Ground<'_>, index: usize) -> Option<usize> {
    if let Some(last) = road(ground, index) {
        return Some(last);
    }
    let numbered = (1..=5).contains(&ground.digits(index)) && ground.after(index) == " ";
    let named = index > 0 && ground.is(index - 1, &["on", "at", "near", "off"]) && ground.before(index) == " ";
    let begins = ground.starts_line(index) || matches!(ground.before(index), ", ");
    if !numbered && !((named || begins) && ground.word(index).is_some_and(|word| word.shape == Shape::Capital)) {
        return None;
    }
    let first = index + usize::from(numbered);
    for at in first..first + 5 {
        let gap = ground.before(at);
        if at > first && !matches!(gap, " " | ". " | "  " | "'s " | "’s ") || gap.contains('\n') {
            return None;
        }
        let word = ground.word(at)?;
        let doubtful = !numbered && ground.is(at, &["run", "way", "path", "place"]);
        if at > first && is_street_word(ground, at) && !doubtful {
            return (numbered || is_named(ground, first, at)).then_some(street_end(ground, at));
        }
        let ordinal =
            word.shape == Shape::Mixed && ground.str(at).trim_start_matches(|c: char| c.is_ascii_digit()).len() == 2;
        if !(word.is_capital() || ordinal && numbered) {
            return None;
        }
    }
    None
}

/// A word that is a town and nothing else: "our Bakersfield office", not "Boston Scientific" or "Orange".
fn is_town(ground: &Ground<'_>, index: usize) -> bool {
    const ALSO: [&str; 9] =
        ["mobile", "orange", "salt", "santa", "jersey", "concord", "bismarck", "corpus", "independence"];
    let roles = ground.roles(index);
    let next = ground.roles(index + 1);
    let part = ground.word(index + 1).is_some_and(Word::is_capital) && ground.after(index) == " ";
    let other = [Roles::NAME, Roles::PLAIN, Roles::EPONYM, Roles::STATE].into_iter().any(|role| roles.any(role));
    ground.shape(index) == Some(Shape::Capital)
        && roles.any(Roles::TOWN)
        && !other
        && !ground.is(index, &ALSO)
        && !(part && (next.any(Roles::HOUSE) || next.any(Roles::PLAIN) || next.is_unknown()))
        && !next.any(Roles::DISEASE)
}

/// `K1A 0B6`: the postal codes of Canada.
fn is_foreign_zip(ground: &Ground<'_>, index: usize) -> bool {
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

/// "Highway 61", "Harris County", "1200 Broadway".
fn road(ground: &Ground<'_>, index: usize) -> Option<usize> {
    let next = index + 1;
    let (capital, joined) = (ground.shape(index) == Some(Shape::Capital), ground.after(index) == " ");
    let numbered =
        capital && ground.digits(next) > 0 && ground.is(index, &["highway", "hwy", "route", "rte", "interstate"]);
    let next_capital = ground.shape(next) == Some(Shape::Capital);
    const LAND: [&str; 12] = [
        "county",
        "parish",
        "borough",
        "township",
        "apartments",
        "towers",
        "tower",
        "ranch",
        "reservation",
        "island",
        "village",
        "estates",
    ];
    let county = capital && next_capital && ground.is(next, &LAND);
    let broadway = (1..=5).contains(&ground.digits(index)) && next_capital && ground.is(next, &["broadway"]);
    (joined && (numbered || broadway || county && !ground.roles(index).any(Roles::PLAIN))).then_some(next)
}

/// Whether the words before a street word name a street where no house number shows it: not "North Court", "Visits Per
/// Place" or "Chase Dr. Okafor".
fn is_named(ground: &Ground<'_>, first: usize, at: usize) -> bool {
    let direction = at == first + 1 && ground.is(first, &DIRECTIONS);
    let plain = ground.roles(first).any(Roles::PLAIN) && !ground.roles(first).any(Roles::NAME);
    let title = ground.is(at, &["dr", "st", "ct"])
        && ground.shape(at + 1) == Some(Shape::Capital)
        && matches!(ground.after(at), " " | ". ")
        && !ground.is(at + 1, &ROOMS);
    !(direction || plain || title)
}

/// "Park Drive Lane", "County Road 12": a second street word or a number belongs to the name.
fn street_end(ground: &Ground<'_>, at: usize) -> usize {
    let at = at + usize::from(is_street_word(ground, at + 1) && ground.after(at) == " ");
    let road = ground.is(at, &["road", "rd", "route", "rte", "highway", "hwy"]);
    at + usize::from(road && ground.after(at) == " " && ground.digits(at + 1) > 0)
}

/// `P.O. Box 1180`, `Box 12`.
fn post_box(ground: &Ground<'_>, index: usize) -> Option<usize> {
    if !ground.roles(index).any(Roles::CUE) {
        return None;
    }
    let is_box = |at: usize| {
        ground.is(at, &["box"])
            && ground.word(at).is_some_and(Word::is_capital)
            && ground.digits(at + 1) > 0
            && ground.after(at) == " "
    };
    if ground.is(index, &["po", "pob"]) && is_box(index + 1) {
        return Some(index + 2);
    }
    if ground.is(index, &["p"]) && ground.is(index + 1, &["o"]) && is_box(index + 2) {
        return Some(index + 3);
    }
    is_box(index).then_some(index + 1)
}

/// "Cabin 3, Lake Road", "Hall C 318, Ames", "Suite 300" on a line of its own.
fn room(ground: &Ground<'_>, index: usize) -> Option<usize> {
    if !ground.roles(index).any(Roles::CUE) {
        return None;
    }
    if ground.is(index, &["cabin", "dorm"]) && ground.digits(index + 1) > 0 && ground.after(index) == " " {
        return Some(index + 1);
    }
    let hall =
        ground.is(index, &["hall"]) && ground.shape(index + 1) == Some(Shape::Initial) && ground.digits(index + 2) > 0;
    if hall {
        return Some(index + 2);
    }
    let capital = ground.shape(index) == Some(Shape::Capital);
    let number =
        ground.word(index + 1).is_some_and(|word| word.has_digit()) && matches!(ground.after(index), " " | " #" | ". ");
    let home = ground.is(index, &["apt", "apartment", "trailer"]);
    (number && (home || capital && ground.is(index, &["suite", "ste", "bldg"]))).then_some(index + 1)
}

/// "5th floor, 212 Grand Concourse".
fn floor_before(ground: &Ground<'_>, index: usize) -> usize {
    let floor = index >= 2
        && ground.is(index - 1, &["floor", "fl"])
        && ground.before(index) == ", "
        && ground.shape(index - 2) == Some(Shape::Mixed);
    if floor { index - 2 } else { index }
}

/// ", Suite 300", "Apt 4B", ", Bldg C".
fn room_after(ground: &Ground<'_>, last: usize) -> usize {
    let gap = ground.after(last);
    let near = gap.len() <= 3 && !gap.contains('\n');
    let numbered = |at: usize| ground.word(at).is_some_and(|word| word.has_digit() || word.shape == Shape::Initial);
    if near && ground.is(last + 1, &ROOMS) && numbered(last + 2) && ground.after(last + 1).len() <= 2 {
        return last + 2;
    }
    if near && gap.ends_with('#') && numbered(last + 1) { last + 1 } else { last }
}

/// The town behind a street: "…, Springfield, IL"; "…, Ely)".
fn town_after(ground: &Ground<'_>, hits: &Hits, last: usize) -> usize {
    let gap = ground.after(last);
    if !matches!(gap, ", " | "., " | " in " | " · " | ",") && gap != ". " || !hits.free(last + 1) {
        return last;
    }
    let Some(end) = capitals(ground, last + 1) else { return last };
    // "Box 12, Star Route, Winner, SD": a second line of the address.
    if is_street_word(ground, end) && ground.after(end) == ", " && capitals(ground, end + 1).is_some() {
        return town_after(ground, hits, end);
    }
    let towns = (last + 1..=end).any(|at| ground.roles(at).any(Roles::TOWN));
    let closed = ground.after(end).starts_with([')', ';', '\n', '.']) || ground.after(end).is_empty();
    let told = state_after(ground, end) || ground.digits(end + 1) == 5 || towns || closed && gap != ". ";
    if told && hits.all_free(last + 1, end) { end } else { last }
}

/// The last of up to three words with capitals that could be a town.
fn capitals(ground: &Ground<'_>, first: usize) -> Option<usize> {
    let fits = |at: usize| {
        ground.word(at).is_some_and(|word| {
            matches!(word.shape, Shape::Capital) && !word.roles.any(Roles::MONTH)
                || word.shape == Shape::Upper && word.span.len() > 3
        })
    };
    let mut last = fits(first).then_some(first)?;
    while last < first + 2 && matches!(ground.after(last), " " | ". " | "-") && fits(last + 1) {
        last += 1;
    }
    Some(last)
}

/// Whether `, IL` or `, Illinois` follows.
fn state_after(ground: &Ground<'_>, last: usize) -> bool {
    let gap = ground.after(last);
    let next = last + 1;
    if !matches!(gap, ", " | "," | " ") {
        return false;
    }
    let full = ground.roles(next).any(Roles::STATE) && ground.shape(next) == Some(Shape::Capital);
    full && gap != " " || lexicon::zip_digit(ground.str(next)).is_some() && (gap != " " || ground.digits(next + 1) == 5)
}

fn town_of_state(ground: &Ground<'_>, hits: &Hits, index: usize) -> Option<usize> {
    if !ground.word(index).is_some_and(Word::is_capital) {
        return None;
    }
    if index > 0
        && matches!(ground.before(index), " " | "-")
        && ground.shape(index - 1) == Some(Shape::Capital)
        && !ground.roles(index - 1).any(Roles::PLAIN)
    {
        return None;
    }
    let last = capitals(ground, index)?;
    if !state_after(ground, last) || !hits.all_free(index, last) {
        return None;
    }
    let first_word = ground.roles(index);
    if first_word.any(Roles::PLAIN) && !first_word.any(Roles::TOWN) && last == index {
        return None;
    }
    let zip = ground.digits(last + 2) == 5;
    let town = (index..=last).any(|at| ground.roles(at).any(Roles::TOWN));
    let doubtful =
        DOUBTFUL.contains(&ground.str(last + 1)) || (index..=last).any(|at| ground.roles(at).any(Roles::NAME));
    (zip || town || !doubtful).then_some(last)
}

/// "fell in Vail", "moved to Laredo"; "in Graves" names nobody's town without a word for living.
fn town_in(ground: &Ground<'_>, hits: &Hits, index: usize) -> Option<usize> {
    let before = index.checked_sub(1).filter(|_| ground.word(index).is_some_and(Word::is_capital))?;
    if ground.before(index) != " " || !ground.is(before, &IN) || ground.shape(before) != Some(Shape::Lower) {
        return None;
    }
    let last = capitals(ground, index).filter(|last| hits.all_free(index, *last))?;
    let house = ground.roles(last + 1).any(Roles::HOUSE) && ground.word(last + 1).is_some_and(|word| word.is_capital());
    let roles = ground.roles(index);
    if house
        || roles.any(Roles::EPONYM)
        || (index..=last).any(|at| ground.roles(at).any(Roles::PLAIN) && !ground.roles(at).any(Roles::TOWN))
    {
        return None;
    }
    let living = (1..=6).filter_map(|back| before.checked_sub(back)).any(|at| ground.is(at, &LIVING))
        && !ground.is(before, &["of"]);
    let town = roles.any(Roles::TOWN) && !ground.is(before, &["to", "of"]);
    let zip = ground.digits(last + 1) == 5 && ground.after(last) == " " && hits.free(last + 1);
    let unknown = roles.is_unknown() && ground.is(before, &["in"]) && last == index;
    (zip || living && !ground.is(before, &["at"]) || town || unknown).then_some(last)
}

/// Five digits behind a state, a town, the word ZIP or a preposition; never a code.
fn is_zip(ground: &Ground<'_>, hits: &Hits, index: usize) -> bool {
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
    if !matches!(gap, " " | ", " | "  " | "\u{a0}" | ". ") {
        return false;
    }
    // `CT 70450` is a scan: a ZIP's first digit must be its state's, and a comma or a town stands before the state.
    if let Some(digit) = lexicon::zip_digit(ground.str(before)) {
        let after_town = before > 0
            && (ground.before(before).contains(',')
                || ground.word(before - 1).is_some_and(|word| {
                    word.shape == Shape::Capital && (word.roles.any(Roles::TOWN) || !word.roles.any(Roles::PLAIN))
                }));
        return ground.str(index).starts_with(digit) && (after_town || plus_four);
    }
    if ground.roles(before).any(Roles::STATE) || plus_four {
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

/// "of 12500 claims".
fn counted(ground: &Ground<'_>, index: usize) -> bool {
    const NO_THING: [&str; 6] = ["was", "is", "has", "its", "his", "does"];
    let next = index + 1;
    let plural = ground.str(next).ends_with('s') && !ground.is(next, &NO_THING);
    ground.shape(next) == Some(Shape::Lower) && ground.after(index) == " " && plural
}

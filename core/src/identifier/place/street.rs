//! Streets: `1420 Maple Court`, `37 1/2 Prospect Pl.`, `4410 FM 1960`, "2 Calle Luna", "12 oak st".

use super::{
    room::ROOMS,
    town::{capitals, state_after},
};
use crate::identifier::{
    ground::{Ground, Shape, Word},
    lexicon::Roles,
};

pub(super) const DIRECTIONS: [&str; 12] =
    ["N", "S", "E", "W", "NE", "NW", "SE", "SW", "North", "South", "East", "West"];

pub(super) fn is_street_word(ground: &Ground<'_>, index: usize) -> bool {
    ground.roles(index).any(Roles::STREET)
        && ground.word(index).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Upper))
}

/// `1420 Maple Court`, `99 West 214th Street`, `602 County Road 12`; "on Elm St".
pub(super) fn street(ground: &Ground<'_>, index: usize) -> Option<usize> {
    if let Some(last) =
        road(ground, index).or_else(|| foreign_street(ground, index)).or_else(|| small_street(ground, index))
    {
        return Some(last);
    }
    // "37 1/2 Prospect Pl", "12-B Oak Street", "412B Elm Ave", "One Harbor Plaza"
    let half = ground.is(index + 1, &["1"]) && ground.is(index + 2, &["2"]) && ground.after(index + 1) == "/";
    let house = house_number(ground, index);
    let index = index + if half && house { 2 } else { 0 };
    let numbered = house && matches!(ground.after(index), " " | "  ");
    let named = index > 0 && ground.is(index - 1, &["on", "at", "near", "off"]) && ground.before(index) == " ";
    let begins = ground.starts_line(index) || matches!(ground.before(index), ", ");
    if numbered
        && let Some(last) =
            numbered_road(ground, index).or_else(|| directed(ground, index)).or_else(|| bare_street(ground, index))
    {
        return Some(last);
    }
    if !numbered && !((named || begins) && ground.word(index).is_some_and(|word| word.shape == Shape::Capital)) {
        return None;
    }
    let first = index + usize::from(numbered);
    for at in first..first + 5 {
        let gap = ground.before(at);
        // "4410 N.W. 23rd St."
        let way =
            gap == "." && ground.shape(at) == Some(Shape::Initial) && ground.shape(at - 1) == Some(Shape::Initial);
        if at > first && !way && !matches!(gap, " " | ". " | "  " | "'s " | "’s ") || gap.contains('\n') {
            return None;
        }
        let word = ground.word(at)?;
        let doubtful = !numbered && ground.is(at, &["run", "way", "path", "place"]);
        if at > first && is_street_word(ground, at) && !doubtful {
            // "99214 Jane Doe Dr. Patel": five digits are a code unless what follows is an address.
            if ground.digits(index) == 5
                && ground.is(at, &["dr", "st", "ct", "pl", "ter", "run", "way", "path", "place", "cross"])
                && !goes_on(ground, at)
            {
                return None;
            }
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

/// `1420`, `412B`, "One" before a street.
fn house_number(ground: &Ground<'_>, index: usize) -> bool {
    match ground.shape(index) {
        Some(Shape::Digits) => (1..=5).contains(&ground.digits(index)),
        Some(Shape::Mixed) => {
            let word = ground.str(index);
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            let before = word.bytes().take_while(u8::is_ascii_uppercase).count();
            (1..=5).contains(&digits) && word.len() == digits + 1 && !word.ends_with(['T', 't', 'x'])
                || before == 1 && word.starts_with(['N', 'S', 'E', 'W']) && word.len() >= 4
        }
        Some(Shape::Capital) => ground.is(index, &["one", "two", "three", "four", "five", "ten"]),
        _ => false,
    }
}

/// "4410 FM 1960", "2210 US Hwy 41", "N2345 County Rd K": a road that has a number for a name.
fn numbered_road(ground: &Ground<'_>, index: usize) -> Option<usize> {
    let joined = |at: usize| matches!(ground.after(at), " " | "-" | ". ");
    let mut at = index + 1;
    while at < index + 4
        && ground.is(at, &["county", "state", "us", "u", "s", "old", "farm", "n", "e", "w"])
        && joined(at)
    {
        at += 1;
    }
    let road = ground
        .is(at, &["road", "rd", "route", "rte", "rt", "highway", "hwy", "fm", "cr", "sr", "us", "interstate"])
        && ground.word(at).is_some_and(Word::is_capital);
    let name = ground.word(at + 1).is_some_and(|word| word.has_digit() || word.shape == Shape::Initial);
    (road && joined(at) && name).then_some(at + 1)
}

/// "1420 N. Main", "88 West Elm": a direction shows a street whose kind is not said.
fn directed(ground: &Ground<'_>, index: usize) -> Option<usize> {
    let (way, name) = (index + 1, index + 2);
    // "97110 North Carolina Medicaid" is a code and a state.
    let fits = (1..=4).contains(&ground.digits(index))
        && !ground.is(name, &["carolina", "dakota", "coast", "region"])
        && DIRECTIONS.contains(&ground.str(way))
        && matches!(ground.after(way), " " | ". ")
        && ground.shape(name) == Some(Shape::Capital)
        && !is_street_word(ground, name)
        && !(name..name + 4).any(|at| is_street_word(ground, at))
        && !ground.roles(name).any(Roles::STATE)
        && !ground.roles(name).any(Roles::HOUSE);
    fits.then_some(name)
}

/// "405 Cedar", "12 Main": names that nearly every town gives a street, at the end of what is said.
fn bare_street(ground: &Ground<'_>, index: usize) -> Option<usize> {
    const BARE: [&str; 24] = [
        "main", "cedar", "oak", "elm", "maple", "pine", "walnut", "chestnut", "spruce", "birch", "willow", "poplar",
        "sycamore", "magnolia", "hickory", "juniper", "laurel", "locust", "cypress", "aspen", "mulberry", "cherry",
        "dogwood", "orchard",
    ];
    let name = index + 1;
    let after = ground.after(name);
    let ends = after.is_empty() || after.starts_with(['\n', ',', ';', ')', '.', '|']);
    ((1..=4).contains(&ground.digits(index))
        && ground.shape(name) == Some(Shape::Capital)
        && ends
        && ground.is(name, &BARE))
    .then_some(name)
}

/// "2 Calle Luna", "14 Rue Royale", "Calle Sol 44": the kind of street before its name.
fn foreign_street(ground: &Ground<'_>, index: usize) -> Option<usize> {
    const KINDS: [&str; 16] = [
        "calle",
        "avenida",
        "ave",
        "camino",
        "paseo",
        "rue",
        "via",
        "carretera",
        "callejon",
        "rua",
        "calzada",
        "boulevard",
        "avenue",
        "urb",
        "vista",
        "corte",
    ];
    let numbered = (1..=5).contains(&ground.digits(index)) && ground.after(index) == " ";
    let kind = index + usize::from(numbered);
    if !ground.word(kind).is_some_and(Word::is_capital)
        || !ground.is(kind, &KINDS)
        || !matches!(ground.after(kind), " " | ". ")
    {
        return None;
    }
    let mut last = kind;
    while last < kind + 4
        && matches!(ground.after(last), " " | ". ")
        && (ground.shape(last + 1) == Some(Shape::Capital) || ground.roles(last + 1).any(Roles::PARTICLE))
    {
        last += 1;
    }
    let behind = ground.digits(last + 1) > 0 && matches!(ground.after(last), " " | " #" | ", ");
    (last > kind && (numbered || behind)).then_some(last + usize::from(!numbered))
}

/// "12 oak st", "118 larkspur ct apt 3": in small letters only behind a house number, and only with words that name
/// nothing else.
fn small_street(ground: &Ground<'_>, index: usize) -> Option<usize> {
    const KINDS: [&str; 15] = [
        "st",
        "street",
        "ave",
        "avenue",
        "rd",
        "road",
        "ln",
        "lane",
        "blvd",
        "boulevard",
        "dr",
        "drive",
        "ct",
        "pkwy",
        "hwy",
    ];
    const NO_NAME: [&str; 24] = [
        "of", "on", "by", "to", "the", "for", "in", "and", "from", "with", "per", "or", "at", "a", "units", "is",
        "was", "x", "by", "her", "his", "via", "seen", "head",
    ];
    // A house number of five digits is more often a code: "71250 chest ct".
    if !(1..=4).contains(&ground.digits(index)) || ground.after(index) != " " {
        return None;
    }
    let lower = |at: usize| ground.shape(at) == Some(Shape::Lower) || ground.shape(at) == Some(Shape::Mixed);
    let kind = (index + 2..index + 4).find(|at| ground.is(*at, &KINDS) && lower(*at))?;
    let named = (index + 1..kind).all(|at| {
        (lower(at) || ground.word(at).is_some_and(Word::is_capital))
            && ground.after(at) == " "
            && !ground.is(at, &NO_NAME)
    });
    let stops = ground.after(kind) != " "
        || ground.is(kind + 1, &ROOMS)
        || ground.is(kind + 1, &["in", "and", "is", "was"])
        || ground.digits(kind + 3) == 5
        || ground.roles(kind + 1).any(Roles::TOWN);
    let title = ground.is(kind, &["dr", "st", "ct"]);
    (named && (stops || !title)).then_some(kind)
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
    // "Head CT", "Main Dr": of the short ones only behind a word that is nothing else.
    let short = ground.is(at, &["dr", "st", "ct", "pl", "ter", "cir"]);
    let plain = ground.roles(first).any(Roles::PLAIN) && (short || !ground.roles(first).any(Roles::NAME));
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

/// Whether an address goes on behind its street: a room, a town with its state, or the end of what is said.
fn goes_on(ground: &Ground<'_>, at: usize) -> bool {
    let town = capitals(ground, at + 1).is_some_and(|end| state_after(ground, end) || ground.digits(end + 1) == 5);
    ground.is(at + 1, &ROOMS) || town && ground.after(at).len() <= 3 || ground.after(at).starts_with([',', '\n', ')'])
}

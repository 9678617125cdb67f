//! Towns: behind a street, before a state, behind a preposition, or by their name.

use super::street::is_street_word;
use crate::identifier::{
    ground::{Ground, Shape, Word},
    hits::Hits,
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

/// A word that is a town and nothing else: "our Bakersfield office", not "Boston Scientific" or "Orange".
pub(super) fn is_town(ground: &Ground<'_>, index: usize) -> bool {
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

/// The town behind a street: "…, Springfield, IL"; "…, Ely)".
pub(super) fn town_after(ground: &Ground<'_>, hits: &Hits, last: usize) -> usize {
    let gap = ground.after(last);
    // "118 Larkspur Ct Dayton OH 45402", "9 Oak St - Ely", and the town on a line of its own
    let loose = matches!(gap, " " | "  " | " - " | " / " | "\n" | ",\n" | "\r\n" | ", \n" | " | ");
    if !matches!(gap, ", " | "., " | " in " | " · " | "," | ",  " | "; ") && gap != ". " && !loose
        || !hits.free(last + 1)
    {
        return last;
    }
    let Some(end) = capitals(ground, last + 1) else { return small_town(ground, hits, last) };
    if loose {
        let stated = state_after(ground, end) || end > last + 1 && lexicon::zip_digit(ground.str(end)).is_some();
        return if stated && hits.all_free(last + 1, end) { end } else { last };
    }
    // "Box 12, Star Route, Winner, SD": a second line of the address.
    if is_street_word(ground, end) && ground.after(end) == ", " && capitals(ground, end + 1).is_some() {
        return town_after(ground, hits, end);
    }
    let towns = (last + 1..=end).any(|at| ground.roles(at).any(Roles::TOWN));
    let closed = ground.after(end).starts_with([')', ';', '\n', '.']) || ground.after(end).is_empty();
    // "12 Pine Rd, Ely last month": a word with a capital letter that is nothing else
    let open = gap == ", " && !(last + 1..=end).any(|at| ground.roles(at).any(Roles::PLAIN));
    let stated = ground.after(end) == " " && lexicon::zip_digit(ground.str(end + 1)).is_some();
    let told =
        state_after(ground, end) || ground.digits(end + 1) == 5 || towns || open || stated || closed && gap != ". ";
    if told && hits.all_free(last + 1, end) { end } else { last }
}

/// ", dayton oh 45402": a town in small letters before a state and a ZIP code.
fn small_town(ground: &Ground<'_>, hits: &Hits, last: usize) -> usize {
    let small = |at: usize| ground.shape(at) == Some(Shape::Lower) && hits.free(at);
    let end = (last + 1..last + 4).take_while(|at| small(*at)).find(|at| {
        matches!(ground.after(*at), " " | ", ")
            && lexicon::zip_digit(&ground.str(at + 1).to_ascii_uppercase()).is_some()
            && (ground.digits(at + 2) == 5 || ground.roles(*at).any(Roles::TOWN))
    });
    end.unwrap_or(last)
}

/// The last of up to three words with capitals that could be a town.
pub(super) fn capitals(ground: &Ground<'_>, first: usize) -> Option<usize> {
    let fits = |at: usize| {
        ground.word(at).is_some_and(|word| {
            matches!(word.shape, Shape::Capital) && !word.roles.any(Roles::MONTH)
                || word.shape == Shape::Upper && word.span.len() > 2
        })
    };
    let mut last = fits(first).then_some(first)?;
    while last < first + 2 && matches!(ground.after(last), " " | ". " | "-") && fits(last + 1) {
        last += 1;
    }
    Some(last)
}

/// Whether `, IL` or `, Illinois` follows.
pub(super) fn state_after(ground: &Ground<'_>, last: usize) -> bool {
    let gap = ground.after(last);
    let next = last + 1;
    if !matches!(gap, ", " | "," | " ") {
        return false;
    }
    let full = ground.roles(next).any(Roles::STATE) && ground.shape(next) == Some(Shape::Capital);
    full && gap != " " || lexicon::zip_digit(ground.str(next)).is_some() && (gap != " " || ground.digits(next + 1) == 5)
}

pub(super) fn town_of_state(ground: &Ground<'_>, hits: &Hits, index: usize) -> Option<usize> {
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
pub(super) fn town_in(ground: &Ground<'_>, hits: &Hits, index: usize) -> Option<usize> {
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

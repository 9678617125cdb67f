//! Boxes of claim forms that an asker cites by their number: "Box 2 DOE, JANE", "item 1a: 1EG4…", "FL 60". The boxes
//! are those of the CMS-1500 (NUCC 02/12) and, behind "FL", of the UB-04 (NUBC). Days, ages and addresses show by their own
//! form.

use super::{
    found::Confidence::Certain,
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier::{self, Account, HealthPlan, Licence, MedicalRecord, Name, Number},
    lexicon::Roles,
    value,
};

/// Boxes of the CMS-1500 by what they hold.
const BOXES: [(Identifier, &[&str]); 5] = [
    (HealthPlan, &["1a", "9a", "11"]),
    (Name, &["2", "4", "9", "12", "13", "17", "31", "33"]),
    (Number, &["19", "23", "22", "25"]),
    (Licence, &["17a", "17b", "24j", "32a", "33a"]),
    (Account, &["26"]),
];
/// Form locators of the UB-04.
const LOCATORS: [(Identifier, &[&str]); 5] = [
    (Account, &["3", "3a"]),
    (MedicalRecord, &["3b"]),
    (Number, &["5", "63", "64"]),
    (Name, &["8", "58", "76", "77", "78", "79"]),
    (HealthPlan, &["60", "62"]),
];

/// The words that a closer look begins at.
pub(super) fn cues() -> Vec<&'static str> {
    vec!["box", "bx", "item", "block", "blk", "fl", "locator"]
}

/// Whether this word and the next cite a box of a form.
pub(super) fn cites(ground: &Ground<'_>, index: usize) -> bool {
    ground.word(index + 1).is_some_and(|word| word.has_digit())
        && ground.after(index) == " "
        && ground.is(index, &["box", "bx", "item", "block", "blk", "fl", "locator"])
        && (of(ground, index).is_some() || ground.number(index + 1).is_some_and(|number| number <= 33))
        && !(index > 0 && ground.is(index - 1, &["po", "o", "pob", "route", "rt", "rr", "hc", "star", "office"]))
}

/// What the box holds.
fn of(ground: &Ground<'_>, index: usize) -> Option<Identifier> {
    let table: &[(Identifier, &[&str])] = if ground.is(index, &["fl", "locator"]) { &LOCATORS } else { &BOXES };
    table.iter().find(|(_, boxes)| ground.is(index + 1, boxes)).map(|(identifier, _)| *identifier)
}

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    for index in 0..ground.len() {
        if !ground.roles(index).any(Roles::CUE) || !cites(ground, index) {
            continue;
        }
        let Some(identifier) = of(ground, index) else { continue };
        let mut first = index + 2;
        // "Box 2 (name): DOE, JANE", "box 26 is 4471"
        while first < index + 5
            && ground.is(first, &["name", "is", "has", "says", "reads", "id", "dob", "shows", "the"])
        {
            first += 1;
        }
        let gap = ground.before(first);
        if gap.contains(['\n', '?', ';']) || gap.starts_with(". ") {
            continue;
        }
        match identifier {
            Name => name(ground, hits, first),
            _ => {
                if let Some(value) = value::at(ground, hits, first, true).filter(|value| value.digits >= 3) {
                    hits.take(ground, (first, value.last), identifier, Certain, "the box of a form");
                }
            }
        }
    }
}

/// Words with capital letters up to a full stop, a number or a word in small letters.
fn name(ground: &Ground<'_>, hits: &mut Hits, first: usize) {
    let capital = |at: usize| hits.free(at) && ground.word(at).is_some_and(|word| word.is_capital());
    let credential = |at: usize| ground.roles(at).any(Roles::CREDENTIAL);
    let plain = |at: usize| ground.roles(at).any(Roles::PLAIN) && !ground.roles(at).any(Roles::NAME);
    let street = (first..first + 3).any(|at| ground.roles(at).any(Roles::STREET) && capital(at));
    if !capital(first) || plain(first) || street {
        return;
    }
    let mut last = first;
    while last < first + 4
        && capital(last + 1)
        && !credential(last + 1)
        && (matches!(ground.after(last), " " | ", " | "," | "-")
            || ground.shape(last) == Some(Shape::Initial) && matches!(ground.after(last), ". " | "."))
        && !plain(last + 1)
    {
        last += 1;
    }
    hits.take(ground, (first, last), Name, Certain, "the box of a form");
}

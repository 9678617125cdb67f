//! Long numbers that nothing names. Codes, amounts, measures and versions are none of them.

use super::{
    found::Confidence::Likely,
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier,
    lexicon::Roles,
    unique::is_code_shaped,
    value,
};

/// Names with numbers that everybody has: the form `CMS-1500`, the law.
const KNOWN: [&str; 16] =
    ["cms", "hcfa", "ub", "icd", "covid", "fy", "cy", "cfr", "usc", "iso", "ncci", "ansi", "co", "pr", "oa", "pi"];
/// What is measured or counted.
const UNITS: [&str; 14] = [
    "units", "mg", "ml", "mcg", "dollars", "usd", "members", "patients", "claims", "hours", "minutes", "iu", "u",
    "rows",
];

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    let mut index = 0;
    while index < ground.len() {
        // "@pat_r"
        if ground.before(index).ends_with(" @") && hits.free(index) && !ground.roles(index).any(Roles::PLAIN) {
            let mut last = index;
            while hits.free(last + 1) && matches!(ground.after(last), "_" | "." | "-") && last < index + 6 {
                last += 1;
            }
            hits.take(ground, (index, last), Identifier::Number, Likely, "a name on a network");
        }
        let Some(value) = value::at(ground, hits, index, false) else {
            index += 1;
            continue;
        };
        if is_odd(ground, index, value) {
            hits.take(ground, (index, value.last), Identifier::Number, Likely, "a long number");
        }
        index = value.last + 1;
    }
}

fn is_odd(ground: &Ground<'_>, first: usize, value: value::Value) -> bool {
    let (last, single) = (value.last, value.last == first);
    let pieces = || (first..=last).map(|at| ground.str(at));
    let before = ground.before(first);
    let after = ground.after(last);
    let hexadecimal = ground.str(first).starts_with("0x");
    let is_amount = hexadecimal
        || before.ends_with(['$', '€', '£', '.']) && !before.ends_with(". ")
        || after.starts_with('%')
        || after.starts_with(',') && ground.before(last + 1) == "," && ground.digits(last + 1) == 3
        || before == "," && ground.digits(first) == 3
        || ground.is(last + 1, &UNITS) && after == " ";
    if is_amount || KNOWN.iter().any(|known| pieces().next().is_some_and(|piece| starts_with(piece, known))) {
        return false;
    }
    if single {
        return match ground.shape(first) {
            Some(Shape::Digits) => value.digits >= 7,
            _ => value.digits >= 6 && ground.str(first).len() >= 8,
        };
    }
    let decimal = (first..last).all(|at| ground.after(at) == ".");
    let times = pieces().all(|piece| piece.len() <= 2) || ground.after(first) == ":" && ground.digits(first) <= 2;
    let years = pieces().all(|piece| piece.len() == 4 && (piece.starts_with("19") || piece.starts_with("20")));
    let codes = pieces().all(|piece| is_code_shaped(piece) || piece.len() <= 2);
    // A national drug code has ten digits in three pieces, or eleven.
    let drug = last == first + 2
        && value.letters == 0
        && matches!(
            [ground.digits(first), ground.digits(first + 1), ground.digits(last)],
            [4, 4, 2] | [5, 3, 2] | [5, 4, 1 | 2]
        );
    if decimal || times || years || codes || drug {
        return false;
    }
    if value.letters == 0 {
        value.digits >= 7
    } else {
        value.digits >= 4 && !(pieces().any(is_code_shaped) && value.digits < 7)
    }
}

fn starts_with(piece: &str, known: &str) -> bool {
    piece.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known))
        && piece.get(known.len()..).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

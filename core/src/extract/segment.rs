//! A code in a line of a claim file (X12 837: SV1, SV2; 835: SVC): `HC:97110:GP:CQ*96*UN*2***1~`.
//!
//! The composite before the asterisk holds up to four modifiers; behind it stand the charge, the unit of measure and the
//! count. `MJ` counts minutes, which are no units. [`super::attach`] asks here first, since nothing else is read in such a
//! line: a charge of 96 is no modifier there.

use super::{
    attach,
    candidate::{Candidate, Reach},
    confidence::Reason,
    ground::Ground,
    modifier,
};
use crate::domain::code::Modifier;

/// An element of such a line is no longer, in bytes.
const LINE: usize = 120;

/// Reads what the line says of the code; false when it is none of a claim file.
pub(super) fn read(ground: &Ground<'_>, candidate: &mut Candidate) -> bool {
    let from = candidate.reach.end;
    if !matches!(ground.char_at(from), Some(':' | '*' | '>' | '^')) {
        return false;
    }
    let line = ground.line_after(from, LINE);
    let line = line.split('~').next().unwrap_or_default();
    let mut elements = line.split('*');
    let composite = elements.next().unwrap_or_default();
    let (Some(charge), Some(measure)) = (elements.next(), elements.next()) else { return false };
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    // 835, SVC: the charge, what was paid, the revenue code, the units.
    let paid = number(measure) && ground.before(candidate.shape.span.start, 7) == "SVC*HC:";
    if !number(charge) || !paid && !matches!(measure, "UN" | "MJ" | "DA" | "F2" | "ML") {
        return false;
    }
    for two in composite.split([':', '>', '^']).filter(|two| two.len() == 2).take(4) {
        if modifier::is_numeric(two.as_bytes()) || modifier::is_level_two(two.as_bytes()) {
            let Ok(modifier) = Modifier::parse(two) else { continue };
            attach::push(candidate, modifier);
            candidate.score.add(Reason::WithModifier);
        }
    }
    if measure == "UN" || paid {
        let mut elements = elements.skip(usize::from(paid));
        let digits = |count: &str| count.bytes().take_while(u8::is_ascii_digit).count();
        let count = elements.next().and_then(|count| count.get(..digits(count))?.parse::<u32>().ok());
        candidate.units = count.filter(|count| (1..=9_999).contains(count));
        candidate.score.add_if(candidate.units.is_some(), Reason::WithUnits);
    }
    let end = from + line.len();
    let last = ground.first_from(end).saturating_sub(1).max(candidate.reach.last);
    candidate.reach = Reach { last, end };
    true
}

//! Prevention: what the coverage lists say, and a colorectal screening in which something was found. The rest goes by the
//! intent that the record states, and by the payer.

use super::{necessity, part::Part};
use crate::{draft::facts::Facts, extract::said::payer::PayerKind};

/// K15.
pub(super) fn part(facts: &Facts) -> Part {
    let mut part = Part::default();
    turned(facts, &mut part);
    let answered = !part.short.is_empty();
    necessity::lists(facts, &mut part);
    part.short.retain(|line| !line.starts_with("No coverage list") && !line.starts_with("No policy found"));
    if !answered {
        part.open =
            Some("which benefit applies, by the intent that the record states and by the payer's rule".to_owned());
    }
    part
}

/// A screening of the bowel that became a procedure (Medicare Claims Processing Manual, chapter 18, section 60; ICD-10-CM
/// guidelines, section I.C.21.c.5).
fn turned(facts: &Facts, part: &mut Part) {
    let stated = &facts.stated;
    let is_colorectal = facts.lines.iter().any(|line| is_colorectal(line.code.as_str()));
    if !is_colorectal || !(stated.screening_turned || stated.asks.screening_modifier) {
        return;
    }
    let medicares = "PT is Medicare's, on the code of the procedure that a colorectal screening turned into";
    let private = "33 is for private plans that owe the screening without cost sharing";
    part.short.push(match stated.payer {
        Some(PayerKind::Medicare) => {
            format!("With Medicare it is PT and not 33: {medicares} (Medicare Claims Processing Manual, chapter 18, section 60).")
        }
        Some(PayerKind::Commercial) => format!("With a private plan it is 33 and not PT: {private}, and {medicares}."),
        _ => format!("It goes by the payer: {medicares}, and {private}."),
    });
    match stated.payer {
        Some(PayerKind::Medicare) => {
            part.rejected.push(format!("Modifier 33: {private}.").replace("33: 33 is", "33: it is"));
        }
        Some(PayerKind::Commercial) => {
            part.rejected.push(format!("Modifier PT: {medicares}.").replace("PT: PT is", "PT: it is"));
        }
        _ => {}
    }
    part.short.push(
        "The encounter for screening stays the first diagnosis, and what was found is added behind it (ICD-10-CM guidelines, section I.C.21.c.5)."
            .to_owned(),
    );
    part.why.push(
        "You describe a screening in which something was found or removed: what it was begun for stays its reason."
            .to_owned(),
    );
}

/// Examinations of the bowel from below, by the sections of CPT, and Medicare's screening codes.
fn is_colorectal(code: &str) -> bool {
    let number: u32 = code.parse().unwrap_or(0);
    matches!(number, 45_330..=45_350 | 45_378..=45_398 | 44_388..=44_408) || matches!(code, "G0104" | "G0105" | "G0121")
}

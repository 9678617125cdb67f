//! Which modifier: sides by the bilateral indicator, components by theirs, a second operation by what the asker says of it,
//! and two codes of one day as under K2.

use super::{
    part::{Part, at},
    together::{self, Bond},
};
use crate::{
    catalog::layout::pfs_indicator::{Bilateral, ComponentIndicator},
    domain::code::CodeSystem,
    draft::{facts::Facts, schedule::lower, stated::Relation},
};

/// K3.
pub(super) fn part(facts: &Facts) -> Part {
    let mut part = Part::default();
    sides(facts, &mut part);
    components(facts, &mut part);
    second_operation(facts, &mut part);
    if part.short.is_empty() {
        // Two codes of one day, when an edit or a package binds them.
        let bound = facts
            .edits
            .pairs
            .iter()
            .any(|pair| matches!(together::bond(facts, pair), Bond::Edit(..) | Bond::Package { .. }));
        if bound {
            let pairs = together::part(facts);
            return Part { open: None, ..pairs };
        }
        part.open = Some("which modifier the record supports, and on which code".to_owned());
    }
    part
}

/// Whether the mail names one of these modifiers, alone or at a code.
fn names(facts: &Facts, wanted: &[&str]) -> bool {
    facts.lines.iter().any(|line| {
        let alone = line.system == CodeSystem::Modifier && wanted.contains(&line.code.as_str());
        alone || line.modifiers.iter().flatten().any(|modifier| wanted.contains(&modifier.as_str()))
    })
}

fn sides(facts: &Facts, part: &mut Part) {
    if !(facts.stated.both_sides || names(facts, &["50"])) {
        return;
    }
    for check in &facts.schedule {
        let Some((fact, source)) = check.fact() else { continue };
        let (code, source) = (&check.code, at(source));
        let Some(bilateral) = fact.policy.bilateral else { continue };
        let digit = bilateral.as_str();
        let sentence = match bilateral {
            Bilateral::OneAndAHalf => format!(
                "Both sides of {code} stand on one line with modifier 50 and one unit for Medicare (bilateral indicator {digit}: 150 percent) {source}."
            ),
            Bilateral::NotAllowed => format!(
                "Modifier 50 does not apply to {code} (bilateral indicator {digit}: its anatomy or its words rule it out) {source}."
            ),
            Bilateral::AlreadyBilateral => format!(
                "{code} is for both sides already, so that neither modifier 50 nor a second line applies (bilateral indicator {digit}) {source}."
            ),
            Bilateral::EachSide => format!(
                "Each side of {code} is paid in full: modifier 50, or RT and LT on two lines (bilateral indicator {digit}) {source}."
            ),
            Bilateral::NotApplicable => continue,
        };
        part.short.push(sentence);
        if facts.stated.both_sides {
            part.why.push(format!(
                "You wrote that both sides were treated: the bilateral indicator of {code} is {digit} {source}."
            ));
        }
        if matches!(bilateral, Bilateral::NotAllowed | Bilateral::AlreadyBilateral) {
            part.rejected.push(format!("{code} with modifier 50: bilateral indicator {digit} {source}."));
        }
    }
}

fn components(facts: &Facts, part: &mut Part) {
    if !names(facts, &["26", "TC"]) {
        return;
    }
    for check in &facts.schedule {
        let Some((fact, source)) = check.fact() else { continue };
        let (code, source) = (&check.code, at(source));
        let sentence = match fact.policy.component {
            Some(ComponentIndicator::DiagnosticTest) => format!(
                "{code} has both components: 26 is for the reading alone, TC for the equipment and staff alone, and no modifier for both together (PC/TC indicator 1) {source}."
            ),
            Some(ComponentIndicator::PhysicianService) => format!(
                "Neither 26 nor TC applies to {code}, which is a practitioner's service as a whole (PC/TC indicator 0) {source}."
            ),
            Some(ComponentIndicator::ProfessionalOnly) => format!(
                "{code} is the reading alone by its own code, so that 26 does not apply (PC/TC indicator 2) {source}."
            ),
            Some(ComponentIndicator::TechnicalOnly) => format!(
                "{code} is the technical part alone by its own code, so that TC does not apply (PC/TC indicator 3) {source}."
            ),
            Some(other) => {
                format!("The PC/TC indicator of {code} is {}: {} {source}.", other.as_str(), lower(other.meaning()))
            }
            None => continue,
        };
        part.short.push(sentence);
    }
}

fn second_operation(facts: &Facts, part: &mut Part) {
    if !facts.stated.asks.return_to_surgery {
        return;
    }
    let (which, because) = match facts.stated.relation {
        Some(Relation::Planned) => ("58", "was planned or more extensive than the first"),
        Some(Relation::Related) => ("78", "was an unplanned return to the operating room for the first"),
        Some(Relation::Unrelated) => ("79", "had nothing to do with the first"),
        None => return,
    };
    part.short.push(format!(
        "Modifier {which} is the one of the three for what you describe: the second operation, by the same practitioner within the package of the first, {because}."
    ));
    part.short.push("The operative note has to say so in its own words.".to_owned());
    part.why
        .push(format!("You wrote that the second operation {because}; the other two modifiers say something else."));
    for other in ["58", "78", "79"].into_iter().filter(|other| *other != which) {
        part.rejected.push(format!("Modifier {other}: not what you describe."));
    }
}

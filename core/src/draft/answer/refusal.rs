//! Why a claim was refused: what the reason codes mean, in our words, and which fact of ours explains them. A reason that
//! no table explains is told with what to send.

use super::{
    part::{Part, at},
    standing,
    together::{self, Bond},
};
use crate::{
    draft::facts::Facts,
    extract::said::{
        denial::{Denial, List},
        reason::{self, Behind},
    },
};

/// Reasons that one answer speaks of.
const MOST: usize = 8;

/// K4.
pub(super) fn part(facts: &Facts) -> Part {
    let mut part = Part::default();
    let denials = &facts.stated.denials;
    // A code that could not stand on the claim explains a refusal whatever its reason code.
    let unfit = standing::unfit(facts);
    part.short.extend(unfit.short);
    part.rejected.extend(unfit.rejected);
    if !part.short.is_empty() && denials.is_empty() {
        part.why.push("You wrote that the claim was refused: a code that is not in force on the date of service is refused whatever else is on it.".to_owned());
        part.denied
            .push("The refusal: a corrected claim, with the code of that date that the record supports.".to_owned());
        return part;
    }
    if denials.is_empty() {
        return Part::open("what the refusal means; no reason code was read from the mail");
    }
    let mut unknown = Vec::new();
    for denial in denials.iter().take(MOST) {
        let named = named(denial);
        let Some(meaning) = reason::meaning(denial) else {
            unknown.push(named);
            continue;
        };
        part.short.push(format!("{named} says that {meaning} (our words)."));
        explained(facts, denial, &mut part);
        if let Some(answer) = reason::answered_by(denial) {
            part.denied.push(format!("{named}: {answer}."));
        }
    }
    // A remark code tells what a reason leaves open, and nothing by itself.
    let is_open = denials.iter().any(|denial| reason::behind(denial) == Behind::Incomplete);
    for remark in facts.stated.remarks.iter().filter(|_| is_open).take(MOST) {
        match reason::meaning(remark) {
            Some(meaning) => part.short.push(format!("{} says that {meaning} (our words).", named(remark))),
            None => unknown.push(named(remark)),
        }
    }
    if !unknown.is_empty() {
        part.open = Some(format!("what {} means; its wording is not part of this program", unknown.join(", ")));
    }
    part
}

/// `CO-97`; `reason 97` where the mail names no group; `remark N265`.
fn named(denial: &Denial) -> String {
    match (denial.list, denial.group) {
        (List::Carc, None) => format!("reason {}", denial.code),
        (List::Carc, Some(_)) => denial.written(),
        (List::Rarc, _) => format!("remark {}", denial.code),
    }
}

/// Our facts beside a reason.
fn explained(facts: &Facts, denial: &Denial, part: &mut Part) {
    match reason::behind(denial) {
        Behind::Bundled => {
            let bound = facts.edits.pairs.iter().find_map(|pair| match together::bond(facts, pair) {
                bond @ (Bond::Edit(..) | Bond::Package { .. }) => Some(bond),
                _ => None,
            });
            if bound.is_some() {
                let pairs = together::part(facts);
                part.short.extend(pairs.short.into_iter().filter(|line| !line.contains("no edit between")));
                part.why.extend(pairs.why);
                part.rejected.extend(pairs.rejected);
            } else if let Some(pair) = facts.edits.pairs.first()
                && let Bond::Silent(sources) = together::bond(facts, pair)
            {
                let sources = crate::draft::said::numbers(&sources);
                part.short.push(format!(
                    "The NCCI table of the date of service holds no edit between {} and {} {sources}, so that the payer's own edits or the package of another service are behind it.",
                    pair.one, pair.other
                ));
            }
        }
        Behind::Parent => {
            for check in &facts.edits.add_ons {
                let Some((fact, source)) = crate::draft::said::first(&check.answers) else { continue };
                let parents: Vec<&str> = fact.parents.iter().take(6).map(crate::domain::code::Code::as_str).collect();
                let present = if check.present.is_empty() {
                    "and none of its parents is among your codes".to_owned()
                } else {
                    format!(
                        "and {} is among your codes",
                        check.present.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
                    )
                };
                part.short.push(format!(
                    "{} is an add-on code with the parents {}, {present} {}.",
                    check.code,
                    parents.join(", "),
                    at(source)
                ));
            }
        }
        Behind::Quantity => super::units::limits(facts, part),
        Behind::Necessity => super::necessity::lists(facts, part),
        Behind::Assistant => super::surgeons::assistant(facts, part),
        Behind::Modifier | Behind::Incomplete | Behind::Other => {}
    }
}

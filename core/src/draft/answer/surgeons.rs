//! Assistant, second surgeon, team: by the fee schedule's indicator. The indicator decides whether Medicare pays at all;
//! the modifier goes by who helped.

use super::part::{Part, at, is_visit};
use crate::{
    catalog::layout::pfs_indicator::{AssistantAtSurgery, CoSurgeons, TeamSurgery},
    domain::code::CodeSystem,
    draft::{facts::Facts, schedule::lower},
};

/// K10.
pub(super) fn part(facts: &Facts) -> Part {
    let mut part = Part::default();
    let asked = facts.question.asked.as_deref().unwrap_or("").to_lowercase();
    let names = |modifier: &str| {
        facts.lines.iter().any(|line| {
            (line.system == CodeSystem::Modifier && line.code.as_str() == modifier)
                || line.modifiers.iter().flatten().any(|one| one.as_str() == modifier)
        })
    };
    let is_team = names("66") || asked.contains("team");
    let is_pair =
        names("62") || asked.contains("co-surg") || asked.contains("cosurg") || asked.contains("two surgeons");
    if is_team {
        team(facts, &mut part);
    }
    if is_pair {
        pair(facts, &mut part);
    }
    if !is_team && !is_pair || asked.contains("assist") {
        assistant(facts, &mut part);
    }
    if part.short.is_empty() {
        part.open = Some("what the fee schedule's indicator says; it is not loaded, or no code was named".to_owned());
    }
    part
}

/// The assistant indicator of each procedure.
pub(super) fn assistant(facts: &Facts, part: &mut Part) {
    for check in facts.schedule.iter().filter(|check| !is_visit(check.code.as_str())) {
        let Some((fact, source)) = check.fact() else { continue };
        let Some(indicator) = fact.policy.assistant else { continue };
        let (code, source, digit) = (&check.code, at(source), indicator.as_str());
        part.short.push(match indicator {
            AssistantAtSurgery::Paid => format!(
                "Medicare may pay an assistant at {code} (assistant indicator {digit}) {source}; the operative note has to name the assistant and say what was done."
            ),
            AssistantAtSurgery::NotPaid => {
                format!("Medicare never pays an assistant at {code} (assistant indicator {digit}) {source}.")
            }
            AssistantAtSurgery::WithDocumentation => format!(
                "Medicare pays an assistant at {code} only with documents that show why one was needed (assistant indicator {digit}) {source}."
            ),
            AssistantAtSurgery::NotApplicable => {
                format!("The idea of an assistant does not apply to {code} (assistant indicator {digit}) {source}.")
            }
        });
        part.why.push(format!(
            "You asked about help at {code}: its assistant indicator is {digit}, {} {source}.",
            lower(indicator.meaning())
        ));
        if indicator == AssistantAtSurgery::NotPaid {
            part.rejected.push(format!("An assistant's line for {code}: assistant indicator {digit} {source}."));
        }
        part.denied.push(format!(
            "CO-54 on the assistant's line of {code}: the operative note answers it where the indicator allows one (it is {digit}) {source}."
        ));
    }
    if !part.short.is_empty() {
        part.short.push(
            "The modifier goes by who helped: AS for a physician assistant, nurse practitioner or clinical nurse specialist, 80, 81 or 82 for a physician."
                .to_owned(),
        );
    }
}

fn pair(facts: &Facts, part: &mut Part) {
    for check in &facts.schedule {
        let Some((fact, source)) = check.fact() else { continue };
        let Some(indicator) = fact.policy.co_surgeons else { continue };
        let (code, source, digit) = (&check.code, at(source), indicator.as_str());
        part.short.push(match indicator {
            CoSurgeons::Permitted => format!(
                "Two surgeons of different specialties may share {code}, each with modifier 62 (co-surgeon indicator {digit}) {source}."
            ),
            CoSurgeons::WithDocumentation => format!(
                "Two surgeons may share {code} with modifier 62 when documents show why both were needed (co-surgeon indicator {digit}) {source}."
            ),
            CoSurgeons::NotPermitted => {
                format!("Modifier 62 is not permitted with {code} (co-surgeon indicator {digit}) {source}.")
            }
            CoSurgeons::NotApplicable => {
                format!("The idea of co-surgeons does not apply to {code} (co-surgeon indicator {digit}) {source}.")
            }
        });
        if matches!(indicator, CoSurgeons::NotPermitted | CoSurgeons::NotApplicable) {
            part.rejected.push(format!("{code} with modifier 62: co-surgeon indicator {digit} {source}."));
        }
    }
    if !part.short.is_empty() {
        part.short.push("Each surgeon needs an operative note of the own part.".to_owned());
    }
}

fn team(facts: &Facts, part: &mut Part) {
    for check in &facts.schedule {
        let Some((fact, source)) = check.fact() else { continue };
        let Some(indicator) = fact.policy.team else { continue };
        let (code, source, digit) = (&check.code, at(source), indicator.as_str());
        part.short.push(match indicator {
            TeamSurgery::Permitted => {
                format!("A team may be paid for {code}, by report, with modifier 66 (team indicator {digit}) {source}.")
            }
            TeamSurgery::WithDocumentation => format!(
                "A team may be paid for {code} with modifier 66 when documents show why it was needed, by report (team indicator {digit}) {source}."
            ),
            TeamSurgery::NotPermitted => format!("Modifier 66 is not permitted with {code} (team indicator {digit}) {source}."),
            TeamSurgery::NotApplicable => format!("The idea of a team does not apply to {code} (team indicator {digit}) {source}."),
        });
    }
}

//! The kinds that the tables answer in part. What they can tell is told; what hangs on a note, on a payer's contract or on
//! licensed text is left to the reviewer, or said to be no public fact.

use super::{
    part::{Part, at},
    units,
};
use crate::{
    catalog::Dataset,
    domain::code::CodeSystem,
    draft::{
        facts::Facts,
        inpatient::ListFact,
        said::{Said, first},
    },
};

/// K1: a candidate is the reviewer's to accept, and an accepted one his to answer with.
pub(super) fn which_code(facts: &Facts) -> Part {
    let accepted: Vec<String> =
        facts.lines.iter().filter(|line| line.accepted).map(crate::draft::reply_row::name).collect();
    match accepted.as_slice() {
        [] => Part::open("the code for what was done, by the official descriptor"),
        some => Part::open(&format!("whether {} fits what was done, by the official descriptor", some.join(", "))),
    }
}

/// K12: a payer's own rule is no public fact.
pub(super) fn payers_rule(facts: &Facts) -> Part {
    let who = facts.stated.payer.map_or("the payer", |payer| payer.in_a_sentence());
    let mut part = Part { is_no_answer: true, ..Part::default() };
    part.short.push(
        format!("The rule that you ask about is {who}'s own and no public fact, and Medicare's tables do not tell it.")
            .replace("a Medicaid program's", "the Medicaid program's"),
    );
    part.short.push(
        "Ask the payer's provider line for the policy in force on the date of service, by plan and by code, and for its number."
            .to_owned(),
    );
    part.short.push("With its text we can answer for your codes.".to_owned());
    part
}

/// K13: title and unit of the code, and what an amount makes.
pub(super) fn drug(facts: &Facts) -> Part {
    let mut part = Part::default();
    units::amounts(facts, &mut part);
    for line in facts.lines.iter().filter(|line| line.system == CodeSystem::Hcpcs) {
        let (Some(title), Some(source)) = (&line.title, &line.title_source) else { continue };
        part.why.push(format!(
            "You named {}: its published title is \"{}\" {}.",
            line.code,
            crate::draft::question::plain(&title.text),
            at(source)
        ));
    }
    if part.short.is_empty() {
        part.open = Some("code, modifier or number for what was given, by label and record".to_owned());
    }
    part
}

/// K14: weights and lists, and where the question belongs.
pub(super) fn stay(facts: &Facts) -> Part {
    let mut part = Part { is_no_answer: true, ..Part::default() };
    for check in &facts.inpatient.groups {
        let Some((weight, source)) = first(&check.answers) else { continue };
        let number = weight.weight.map_or_else(|| "no weight".to_owned(), |weight| format!("weight {weight}"));
        let stay =
            weight.geometric_stay.map_or_else(String::new, |days| format!(", mean stay {days} days (geometric)"));
        let transfer = if weight.post_acute { ", with the post-acute transfer policy" } else { "" };
        part.short.push(format!("MS-DRG {} has {number}{stay}{transfer} {}.", check.group, at(source)));
    }
    for check in &facts.inpatient.diagnoses {
        for answer in &check.answers {
            let Said::Said { value, source, .. } = &answer.said else { continue };
            let what = match value {
                ListFact::Mcc => "on the list of major complications or comorbidities (MCC)",
                ListFact::Cc => "on the list of complications or comorbidities (CC)",
                ListFact::PoaExempt => "exempt from the present-on-admission indicator",
            };
            part.short.push(format!("{} is {what} {}.", check.code, at(source)));
        }
        let looked: Vec<Dataset> = check
            .answers
            .iter()
            .filter(|answer| matches!(answer.said, Said::NotInTable { .. }))
            .map(|answer| answer.table)
            .collect();
        if looked.contains(&Dataset::Mcc) && looked.contains(&Dataset::Cc) {
            let sources: Vec<_> = check
                .answers
                .iter()
                .filter(|answer| answer.table != Dataset::PoaExempt)
                .filter_map(|answer| answer.said.source())
                .collect();
            part.short.push(format!(
                "{} is on neither the CC nor the MCC list {}.",
                check.code,
                crate::draft::said::numbers(&sources)
            ));
        }
    }
    part.short.push(
        "Codes and group of a stay are decided by the whole record, and this question goes to your inpatient coders or to a reviewer with inpatient credentials."
            .to_owned(),
    );
    part
}

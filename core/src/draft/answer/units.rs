//! How many units: what the amount that was given makes by the unit of the code's published title, and the published
//! limit with what its adjudication indicator means. A limit that is not published is no freedom.

use super::part::{Part, at};
use crate::draft::{
    edits::{UnitCheck, units::UnitFact},
    facts::Facts,
    said::{Answer, Said},
    source::Cited,
    stated::{Measure, Quantity},
};
use crate::{
    catalog::{Dataset, Setting},
    domain::code::CodeSystem,
};

/// K5.
pub(super) fn part(facts: &Facts) -> Part {
    let mut part = Part::default();
    amounts(facts, &mut part);
    let computed = !part.short.is_empty();
    limits(facts, &mut part);
    let counts = facts.edits.units.iter().any(|check| check.asked.is_some() && applying(facts, check).is_some());
    if !computed && !counts {
        part.open = Some("how many units the record supports".to_owned());
    }
    part
}

/// What an amount in the mail makes, when it is plain which amount is meant.
pub(super) fn amounts(facts: &Facts, part: &mut Part) {
    for line in facts.lines.iter().filter(|line| line.system == CodeSystem::Hcpcs) {
        let (Some(title), Some(source)) = (&line.title, &line.title_source) else { continue };
        let Some(unit) = Quantity::of_title(&title.text).filter(|unit| unit.of != Measure::Minute) else { continue };
        let given: Vec<Quantity> = facts.stated.quantities.iter().copied().filter(|one| one.of == unit.of).collect();
        let [given] = given.as_slice() else { continue };
        if given.of == Measure::Unit && !line.units.is_empty() {
            continue;
        }
        let Some(units) = given.units_of(unit) else { continue };
        let code = &line.code;
        let noun = if units == 1 { "unit" } else { "units" };
        part.short.push(format!("{given} makes {units} {noun} of {code}, one unit being {unit} {}.", at(source)));
        part.why.push(format!("You wrote {given}: the published title of {code} counts by {unit} {}.", at(source)));
    }
}

/// The limit that applies to a code: the strictest of the tables of the stated setting.
fn applying<'a>(facts: &Facts, check: &'a UnitCheck) -> Option<(UnitFact, &'a Cited)> {
    let fits = |answer: &&Answer<UnitFact>| match (answer.table, facts.stated.setting) {
        (Dataset::Mue(setting), Some(stated)) => setting == stated,
        (Dataset::Mue(setting), None) => setting == Setting::Practitioner || check.answers.len() == 1,
        _ => false,
    };
    let told = |answer: &'a Answer<UnitFact>| match &answer.said {
        Said::Said { value, source, .. } => Some((*value, source)),
        _ => None,
    };
    let of_setting = check.answers.iter().filter(fits).filter_map(told).min_by_key(|(limit, _)| limit.most);
    of_setting.or_else(|| check.answers.iter().filter_map(told).min_by_key(|(limit, _)| limit.most))
}

/// The limits of all codes that have one.
pub(super) fn limits(facts: &Facts, part: &mut Part) {
    for check in &facts.edits.units {
        let Some((limit, source)) = applying(facts, check) else {
            if let Some((asked, silent)) = check.asked.zip(silent(check)) {
                part.short.push(format!(
                    "No unit limit is published for {} {}, which is no freedom: the record has to support each of the {asked}.",
                    check.code,
                    at(silent)
                ));
            }
            continue;
        };
        let UnitFact { most, mai } = limit;
        let code = &check.code;
        let kind = match mai {
            1 => "on each claim line (MAI 1)",
            2 => "a day, a limit that no appeal lifts (MAI 2)",
            _ => "a day, and more only on appeal with the record of need (MAI 3)",
        };
        let noun = if most == 1 { "unit" } else { "units" };
        let source = at(source);
        part.short.push(match check.asked {
            Some(asked) if asked > most => format!(
                "{asked} units of {code} are over the limit: at most {most} {noun} {kind} {source}."
            ),
            Some(asked) => format!(
                "{asked} of {code} is within the limit of at most {most} {noun} {kind} {source}, and the record has to support each."
            ),
            None => format!("For {code} the limit is at most {most} {noun} {kind} {source}."),
        });
        if let Some(asked) = check.asked {
            part.why.push(format!(
                "You asked about {asked} of {code}: the published limit is {most} (MAI {mai}) {source}."
            ));
            if asked > most {
                part.rejected.push(format!("{asked} units of {code}: over the limit of {most} (MAI {mai}) {source}."));
                part.denied.push(match mai {
                    2 => format!("CO-151 on {code}: units over an MAI 2 limit are not paid on appeal {source}."),
                    _ => {
                        format!("CO-151 on {code}: the record that supports each unit answers it (MAI {mai}) {source}.")
                    }
                });
            }
        }
    }
}

fn silent(check: &UnitCheck) -> Option<&Cited> {
    check.answers.iter().find_map(|answer| match &answer.said {
        Said::NotInTable { source } => Some(source),
        _ => None,
    })
}

//! Diagnoses: whether they can be billed as written, exclude each other, and what coverage lists say of them with the
//! procedure. A diagnosis is never chosen for payment: the lists are told, and the record decides.

use super::{
    part::{Part, at},
    standing,
};
use crate::{
    catalog::{fact::mcd::GroupOf, layout::lab_ncd::Resolution},
    draft::{
        coverage::CoverageCheck,
        diagnoses::{ExcludesCheck, SeventhCheck},
        facts::Facts,
        kind::Kind,
        question::plain,
        said::{first, numbers},
        source::Cited,
    },
};

/// Of what no list was at hand for.
const NOT_CHECKED: &str = "No coverage list for the date of service is loaded";
/// Pairs that the answer speaks of.
const MOST: usize = 3;

/// K6.
pub(super) fn part(facts: &Facts) -> Part {
    let mut part = Part::default();
    for check in facts.diagnoses.excludes.iter().take(MOST) {
        conflict(check, &mut part);
    }
    if facts.stated.asks.validity {
        let valid = standing::diagnoses(facts);
        part.short.extend(valid.short);
        part.rejected.extend(valid.rejected);
    }
    lists(facts, &mut part);
    // The section tells what was not checked.
    part.short.retain(|line| !line.contains(NOT_CHECKED));
    for check in &facts.diagnoses.sevenths {
        seventh(check, &mut part);
    }
    let is_answered = !facts.diagnoses.excludes.is_empty()
        || (facts.stated.asks.validity && !part.short.is_empty())
        || !part.short.is_empty() && facts.stated.asks_coverage && !facts.coverage.is_empty();
    if !is_answered {
        part.open = Some("which of the codes the words of the record support".to_owned());
    }
    part
}

fn conflict(check: &ExcludesCheck, part: &mut Part) {
    let ExcludesCheck { one, other, place, note, certain, source } = check;
    let source = at(source);
    // The guard wants a category told as one, and a note seldom stands at a whole code.
    let level =
        if [one.as_str(), other.as_str()].contains(&place.as_str()) { "" } else { " (a category or what is above it)" };
    let narrowed = if *certain { "" } else { ", with words that only the record can settle" };
    part.short.push(format!(
        "An excludes1 note at {place}{level} sets {one} and {other} against each other{narrowed}: they stand together only when the two conditions are unrelated {source}."
    ));
    part.why.push(format!(
        "You named {one} and {other}: the excludes1 note at {place} reads \"{}\", where a code may stand for a category {source}.",
        plain(note)
    ));
}

fn seventh(check: &SeventhCheck, part: &mut Part) {
    let Some((fact, source)) = first(&check.answers) else { return };
    let source = at(source);
    match &fact.own {
        Some((character, meaning)) => part
            .why
            .push(format!("You wrote {}: its 7th character {character} says \"{meaning}\" {source}.", check.code)),
        None => {
            let all: Vec<String> =
                fact.all.iter().take(8).map(|(character, meaning)| format!("{character} {meaning}")).collect();
            part.short.push(format!("{} needs a 7th character: {} {source}.", check.code, all.join("; ")));
        }
    }
}

/// What the coverage lists say of the procedures with the diagnoses.
pub(super) fn lists(facts: &Facts, part: &mut Part) {
    for check in facts.coverage.iter().take(MOST) {
        let CoverageCheck { procedure, diagnosis, lab, articles } = check;
        let lab_told = first(lab);
        let articles_told = first(articles);
        if let Some((ncds, source)) = lab_told {
            for ncd in ncds.iter().take(2) {
                let listed = if ncd.is_listed { "" } else { " (as one of all others)" };
                let source = at(source);
                let name = &ncd.ncd;
                part.short.push(match ncd.resolution {
                    Some(Resolution::Covered) => format!(
                        "NCD {name} lists {diagnosis} as supporting {procedure}{listed} {source}; the record has to name the condition."
                    ),
                    Some(Resolution::NotCovered) => format!("NCD {name} does not cover {procedure} with {diagnosis}{listed} {source}."),
                    Some(Resolution::NotNecessary) => format!(
                        "NCD {name} does not list {diagnosis} among what supports {procedure} {source}."
                    ),
                    None => format!("NCD {name} is about {procedure} and says nothing of {diagnosis} {source}."),
                });
                if ncd.resolution != Some(Resolution::Covered) {
                    part.denied.push(format!(
                        "CO-50 on {procedure}: another condition that the record names and NCD {name} lists, or an advance notice that the patient signed, decides who bears it {source}."
                    ));
                }
            }
        }
        if let Some((found, source)) = articles_told {
            articles_sentence(check, found, source, part);
        }
        if lab_told.is_none() && articles_told.is_none() {
            none_found(check, part);
        }
    }
}

fn articles_sentence(
    check: &CoverageCheck,
    found: &[crate::draft::coverage::ArticleFact],
    source: &Cited,
    part: &mut Part,
) {
    let CoverageCheck { procedure, diagnosis, .. } = check;
    let named = |of: GroupOf| {
        let mut names: Vec<String> =
            found.iter().filter(|one| one.of == of).map(|one| format!("A{}", one.article)).collect();
        names.dedup();
        let more = names.len().saturating_sub(4);
        names.truncate(4);
        if more > 0 {
            names.push(format!("{more} more"));
        }
        names.join(", ")
    };
    let source = at(source);
    let (covered, not) = (named(GroupOf::Covered), named(GroupOf::NotCovered));
    if !covered.is_empty() {
        let noun = if covered.contains(',') { "Coverage articles" } else { "Coverage article" };
        let verb = if covered.contains(',') { "list" } else { "lists" };
        part.short.push(format!(
            "{noun} {covered} {verb} {diagnosis} as supporting {procedure} {source}; which of them holds is decided by the contractor of your state."
        ));
    }
    if !not.is_empty() {
        part.short.push(format!("Coverage article {not} lists {diagnosis} as not supporting {procedure} {source}."));
    }
}

/// Looked into and not named, or not loaded: two different things.
fn none_found(check: &CoverageCheck, part: &mut Part) {
    let CoverageCheck { procedure, diagnosis, lab, articles } = check;
    let mut looked: Vec<&Cited> = lab.iter().filter_map(|answer| answer.said.source()).collect();
    looked.extend(articles.iter().filter_map(|answer| answer.said.source()));
    looked.dedup();
    if looked.is_empty() {
        part.short.push(format!("{NOT_CHECKED}, so nothing is said of {procedure} with {diagnosis}."));
    } else {
        part.short.push(format!(
            "No policy found: the loaded coverage lists do not name {procedure} with {diagnosis} {}, which says neither that it is covered nor that it is not.",
            numbers(&looked)
        ));
    }
}

/// Section 6: all of it, as bullets.
pub(super) fn section(facts: &Facts) -> Vec<String> {
    let mut part = Part::default();
    for check in &facts.diagnoses.excludes {
        conflict(check, &mut part);
    }
    for check in &facts.diagnoses.sevenths {
        seventh(check, &mut part);
    }
    lists(facts, &mut part);
    let mut lines = part.short;
    lines.extend(part.why.into_iter().filter(|line| line.contains("7th character")));
    for check in &facts.diagnoses.prose {
        lines.push(format!(
            "An excludes1 note in words binds {} (at {}, a category or what is above it): \"{}\" {}. The record decides whether it applies.",
            check.code,
            check.place,
            plain(&check.note),
            at(&check.source)
        ));
    }
    for check in &facts.diagnoses.conversions {
        let Some((fact, source)) = first(&check.answers) else { continue };
        let after: Vec<String> = fact.after.iter().take(8).map(|(code, from)| format!("{code} from {from}")).collect();
        if !after.is_empty() {
            lines.push(format!(
                "By the conversion table, what {} stood for is also in: {} {}.",
                check.code,
                after.join(", "),
                at(source)
            ));
        }
    }
    let about_diagnoses = facts.kinds.iter().any(|asked| matches!(asked.kind, Kind::K6 | Kind::K14));
    if facts.diagnoses.tabular_missing && about_diagnoses {
        lines.push(
            "Notes and 7th characters were not checked: no ICD-10-CM tabular list for the date of service is loaded."
                .to_owned(),
        );
    }
    lines
}

//! Two codes of one day: the NCCI edit that binds them, which of them is denied, and what the record would have to show
//! for a modifier. That the table holds no edit is never told as a permission.

use super::part::{Part, at, is_visit, package_words};
use crate::{
    catalog::{Dataset, Setting, layout::pfs_indicator::GlobalDays},
    domain::code::Code,
    draft::{
        edits::{PairCheck, pair::PairFact},
        facts::Facts,
        said::{Said, numbers},
        source::Cited,
    },
};

/// Pairs that the answer speaks of; the section "Edit checks" has them all.
const MOST: usize = 4;

/// What binds a pair.
pub(super) enum Bond<'a> {
    /// An edit, where it is written, and the only setting that has it, when the other's table has none.
    Edit(&'a PairFact, Vec<&'a Cited>, Option<Setting>),
    /// A visit beside a procedure whose package holds the usual visit of the day.
    Package { visit: &'a Code, procedure: &'a Code, days: GlobalDays, source: &'a Cited },
    /// The tables that were looked into say nothing.
    Silent(Vec<&'a Cited>),
    /// No table of the day is loaded.
    NotLoaded,
}

/// K2.
pub(super) fn part(facts: &Facts) -> Part {
    let mut part = Part::default();
    if facts.edits.pairs.is_empty() {
        return Part::open(
            "which of the services may stand together; fewer than two procedures were read from the mail",
        );
    }
    let mut left_open = Vec::new();
    for pair in facts.edits.pairs.iter().take(MOST) {
        let bond = bond(facts, pair);
        if matches!(bond, Bond::Silent(_) | Bond::NotLoaded) {
            left_open.push(format!("{} with {}", pair.one, pair.other));
        }
        say(pair, &bond, &mut part);
    }
    if !left_open.is_empty() {
        part.open = Some(format!("what edits, code definitions and the policy manual say of {}", left_open.join(", ")));
    }
    part
}

/// The pair's bond: of several edits the strictest.
pub(super) fn bond<'a>(facts: &'a Facts, pair: &'a PairCheck) -> Bond<'a> {
    let applies = |table: Dataset| match (table, facts.stated.setting) {
        (Dataset::Ptp(setting), Some(stated)) => setting == stated,
        _ => true,
    };
    let answers = || pair.answers.iter().filter(|answer| applies(answer.table));
    let edits = answers().filter_map(|answer| Some((answer, answer.said.value()?)));
    let strictness = |fact: &PairFact| match fact.indicator {
        0 => 0,
        1 => 1,
        _ => 2,
    };
    if let Some((_, fact)) = edits.clone().min_by_key(|(_, fact)| strictness(fact)) {
        let mut sources: Vec<&Cited> = Vec::new();
        let mut settings: Vec<Setting> = Vec::new();
        for (answer, _) in edits.filter(|(_, other)| *other == fact) {
            if let Dataset::Ptp(setting) = answer.table
                && !settings.contains(&setting)
            {
                settings.push(setting);
            }
            sources.extend(answer.said.source().filter(|source| !sources.contains(source)));
        }
        let only = match settings.as_slice() {
            [one] if facts.stated.setting.is_none() => Some(*one),
            _ => None,
        };
        return Bond::Edit(fact, sources, only);
    }
    if let Some(bond) = package_bond(facts, pair) {
        return bond;
    }
    let mut silent: Vec<&Cited> = Vec::new();
    for answer in answers() {
        if let Said::NotInTable { source } = &answer.said
            && !silent.contains(&source)
        {
            silent.push(source);
        }
    }
    if silent.is_empty() { Bond::NotLoaded } else { Bond::Silent(silent) }
}

fn package_bond<'a>(facts: &'a Facts, pair: &'a PairCheck) -> Option<Bond<'a>> {
    let (visit, procedure) = match (is_visit(pair.one.as_str()), is_visit(pair.other.as_str())) {
        (true, false) => (&pair.one, &pair.other),
        (false, true) => (&pair.other, &pair.one),
        _ => return None,
    };
    let check = facts.schedule.iter().find(|check| check.code == *procedure)?;
    let (days, source) = check.package()?;
    let holds_visit = matches!(days, GlobalDays::SameDay | GlobalDays::TenDays | GlobalDays::NinetyDays);
    holds_visit.then_some(Bond::Package { visit, procedure, days, source })
}

fn say(pair: &PairCheck, bond: &Bond<'_>, part: &mut Part) {
    match bond {
        Bond::Edit(fact, sources, only) => edit(fact, &numbers(sources), *only, part),
        Bond::Package { visit, procedure, days, source } => {
            let source = at(source);
            let which = if *days == GlobalDays::NinetyDays { "57" } else { "25" };
            let shows = if *days == GlobalDays::NinetyDays {
                "that the decision to operate was made at this visit"
            } else {
                "a visit that goes beyond the usual work before and after the procedure"
            };
            part.short.push(format!(
                "{visit} counts beside {procedure} only when the record shows {shows}, and modifier {which} on {visit} says so; {procedure} has {} {source}.",
                package_words(*days)
            ));
            part.denied.push(format!(
                "CO-97 on {visit} (included in another service): the note of the visit, with what was done beyond {procedure}, answers it."
            ));
            part.rejected.push(format!("{visit} without modifier {which} beside {procedure}: the package holds the usual visit {source}."));
        }
        Bond::Silent(sources) => part.short.push(format!(
            "The NCCI table of the date of service holds no edit between {} and {} {}, and that alone is no permission.",
            pair.one,
            pair.other,
            numbers(sources)
        )),
        // "Edit checks" names the tables that are not loaded.
        Bond::NotLoaded => {}
    }
}

fn edit(fact: &PairFact, sources: &str, only: Option<Setting>, part: &mut Part) {
    let PairFact { paid, denied, indicator, reason, .. } = fact;
    let on = only.map(|setting| format!(" on {} claims", setting.title())).unwrap_or_default();
    let why = reason.as_ref().map(|reason| format!("; CMS's reason: {reason}")).unwrap_or_default();
    part.why.push(format!(
        "You named {paid} and {denied} together: {denied} is the column 2 code of an NCCI edit with {paid}, modifier indicator {indicator}{on}{why} {sources}."
    ));
    match indicator {
        0 => {
            part.short.push(format!(
                "No: {denied} is not paid beside {paid} for the same patient on the same day{on}, and no modifier changes that (column 2, modifier indicator 0) {sources}."
            ));
            part.rejected.push(format!("{denied} beside {paid}: bundled, modifier indicator 0 {sources}."));
            part.denied.push(format!(
                "CO-97 or CO-236 on {denied}: the edit with {paid} has modifier indicator 0, so no modifier or record reverses it {sources}."
            ));
        }
        1 => {
            let (shows, which) = if is_visit(denied.as_str()) {
                (format!("a visit that goes beyond the usual work before and after {paid}"), "25")
            } else {
                (format!("that {denied} was a separate service: another site, another session or another injury"), "59, or XE, XP, XS or XU where one of them fits,")
            };
            part.short.push(format!(
                "{denied} is bundled into {paid} on the same day{on}, unless the record shows {shows} (column 2, modifier indicator 1) {sources}."
            ));
            part.short.push(format!("If the record shows it, modifier {which} goes on {denied}, the column 2 code."));
            part.denied.push(format!(
                "CO-97 or CO-236 on {denied}: the part of the record that shows {denied} as separate from {paid} answers it."
            ));
            part.rejected.push(format!("{denied} beside {paid} without a modifier: bundled, modifier indicator 1 {sources}."));
        }
        _ => part.short.push(format!(
            "The NCCI edit between {paid} and {denied} was withdrawn and does not apply{on} (modifier indicator 9) {sources}."
        )),
    }
}

//! G1, G2, G3, G8: every code in the text against the catalogue on the date of service. A code that cannot be billed
//! on that day may be named, if the row or sentence that names it says so, and nowhere as one to be used.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    check::{GuardInput, Text},
    finding::{Finding, Rule},
    passages::{Kind, holding},
};
use crate::{
    catalog::{Dataset, Entry, Standing},
    domain::{
        code::{Code, CodeSystem},
        span::Span,
    },
};

/// What has to be said of a code, and under which rule.
struct Demand {
    rule: Rule,
    /// One of these, in lower case, in the passage that names the code.
    said: &'static [&'static str],
    message: String,
    remedy: String,
}

/// Of what is missing from a text.
const NOWHERE: Span = Span::new(0, 0);

pub(super) fn check(text: &Text<'_>, about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    let mut by_code: BTreeMap<(CodeSystem, &Code), Vec<Span>> = BTreeMap::new();
    for named in &text.named {
        by_code.entry((named.system, &named.code)).or_default().push(named.span);
    }
    for ((system, code), spans) in by_code {
        let standing = about.shelf.standing(system, code, about.on);
        if let Some(demand) = demand(system, code, &standing) {
            let unheard_of = matches!(standing, Standing::Unknown { .. });
            let no_edition = || !about.shelf.holds(Dataset::Codes(system));
            // A number that only the asker wrote may be no code at all, and the reply says nothing of it.
            if unheard_of
                && (spans.iter().all(|span| is_restated(text, *span) && text.presented(*span).is_none())
                    || (is_seldom_loaded(system) && no_edition()))
            {
                let first = spans.first().copied().unwrap_or(NOWHERE);
                findings.push(Finding::soft(demand.rule, first, demand.message, demand.remedy));
                continue;
            }
            hold(text, &spans, &demand, findings);
        }
        if let Standing::Ended { entry, .. } = standing {
            ending(text, &spans, entry, about.on, findings);
        }
    }
    assumed_day(text, about, findings);
}

/// What must be said of a code of this standing; nothing of one in force.
fn demand(system: CodeSystem, code: &Code, standing: &Standing<'_>) -> Option<Demand> {
    Some(match standing {
        Standing::InForce { .. } => return None,
        Standing::Header { .. } => Demand {
            rule: Rule::MoreCharacters,
            said: &["more characters", "not billable", "category"],
            message: format!("{system} {code} is a category: it needs more characters to stand on a claim."),
            remedy: "Name a longer code, or say in the same sentence that it needs more characters.".to_owned(),
        },
        Standing::Ended { entry, .. } => Demand {
            rule: Rule::EndedCode,
            said: &["ended", "deleted", "terminated", "discontinued", "expired", "no longer"],
            message: match entry.valid.to {
                Some(last) => format!("{system} {code} ended: its last day was {last}."),
                None => format!("{system} {code} ended before the date of service."),
            },
            remedy: "Say in the same sentence that it ended, with its last day and its successor, or take it out."
                .to_owned(),
        },
        Standing::NotYet { entry, .. } => Demand {
            rule: Rule::CodeInForce,
            said: &["not yet", "first day"],
            message: format!(
                "{system} {code} is not yet in force on that date: its first day is {}.",
                entry.valid.from
            ),
            remedy: "Say in the same sentence that it is not yet in force, or take it out.".to_owned(),
        },
        Standing::Unknown { searched } => Demand {
            rule: Rule::CodeInForce,
            said: &["not found in", "not checked"],
            message: if searched.is_empty() {
                format!("No loaded edition of {system} covers the date, so {code} cannot be checked.")
            } else {
                let names: Vec<&str> = searched.iter().map(|edition| edition.name.as_str()).collect();
                format!("{system} {code} is not found in: {}.", names.join(", "))
            },
            remedy: "Check it for a typing error; or say in the same sentence that it was not found in the editions \
                     searched, or not checked."
                .to_owned(),
        },
    })
}

/// Systems of which a mail names codes in passing and few operators load an edition.
const fn is_seldom_loaded(system: CodeSystem) -> bool {
    matches!(system, CodeSystem::Modifier | CodeSystem::Revenue | CodeSystem::MsDrg | CodeSystem::Ndc)
}

/// One finding where the text never says what it must, and one wherever it presents the code in spite of it.
fn hold(text: &Text<'_>, spans: &[Span], demand: &Demand, findings: &mut Vec<Finding>) {
    let own: Vec<Span> = spans.iter().copied().filter(|span| !is_restated(text, *span)).collect();
    let said = own.iter().any(|span| {
        let passage = holding(&text.passages, span.start).map_or("", |passage| passage.span.of(text.text));
        let lower = passage.to_lowercase();
        demand.said.iter().any(|words| lower.contains(words))
    });
    if !said {
        let first = own.first().or(spans.first()).copied().unwrap_or(NOWHERE);
        findings.push(Finding::hard(demand.rule, first, demand.message.clone(), demand.remedy.clone()));
    }
    for span in spans {
        if let Some(at) = text.presented(*span) {
            let message = format!("{} The text presents it as one to be used.", demand.message);
            findings.push(Finding::hard(
                demand.rule,
                at,
                message,
                "Take the recommendation out, or name another code.",
            ));
        }
    }
}

fn is_restated(text: &Text<'_>, span: Span) -> bool {
    holding(&text.passages, span.start).is_some_and(|passage| passage.kind == Kind::Restated)
}

/// Of an ended code the reader wants the last day and what came after.
fn ending(text: &Text<'_>, spans: &[Span], entry: &Entry, on: Date, findings: &mut Vec<Finding>) {
    let Some(first) = spans.first().copied() else { return };
    if let Some(last) = entry.valid.to.filter(|last| *last < on)
        && !writes_day(text.text, last)
    {
        let message = format!("The text does not give the last day of {}.", entry.code);
        findings.push(Finding::soft(Rule::EndedCode, first, message, format!("Add its last day, {last}.")));
    }
    if entry.see_also.is_empty() {
        if !text.text.to_lowercase().contains("successor") {
            let message = format!("The text does not say what came after {}.", entry.code);
            let remedy = "Add \"successor not in public data\", or the successor and where it is published.";
            findings.push(Finding::soft(Rule::EndedCode, first, message, remedy));
        }
    } else if !entry.see_also.iter().any(|code| text.text.contains(code.as_str())) {
        let message = format!("The text does not name what the edition refers to in place of {}.", entry.code);
        let names: Vec<&str> = entry.see_also.iter().map(Code::as_str).collect();
        findings.push(Finding::soft(Rule::EndedCode, first, message, format!("Add {}.", names.join(", "))));
    }
}

/// G2: when nobody gave a date, the text names the day or the edition that was taken for it, and that it was.
fn assumed_day(text: &Text<'_>, about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    let judged = text.named.iter().any(|named| about.shelf.knows(named.system, &named.code));
    if about.date_known || !judged {
        return;
    }
    let lower = text.text.to_lowercase();
    let says_so = lower.contains("assum") || lower.contains("no date of service");
    let names_it = writes_day(text.text, about.on)
        || about
            .shelf
            .editions()
            .iter()
            .any(|edition| edition.effective.holds(about.on) && lower.contains(&edition.name.to_lowercase()));
    if !(says_so && names_it) {
        let message = "No date of service was given, and the text does not say which day or edition was assumed.";
        let remedy =
            format!("Say that no date of service was given and that the codes were looked up for {}.", about.on);
        findings.push(Finding::hard(Rule::AssumedEdition, Span::new(0, 0), message, remedy));
    }
}

/// Whether a text gives this day, in one of the ways in which Americans write days.
pub(super) fn writes_day(text: &str, day: Date) -> bool {
    day_in(text, day).is_some()
}

/// Where a text gives this day first.
pub(super) fn day_in(text: &str, day: Date) -> Option<Span> {
    days_in(text, day).into_iter().next()
}

/// Wherever a text gives this day.
pub(crate) fn days_in(text: &str, day: Date) -> Vec<Span> {
    const WAYS: [&str; 11] = [
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%m/%d/%Y",
        "%-m/%-d/%Y",
        "%m/%d/%y",
        "%-m/%-d/%y",
        "%m-%d-%Y",
        "%B %-d, %Y",
        "%b %-d, %Y",
        "%-d %B %Y",
        "%-d %b %Y",
    ];
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for way in WAYS {
        let written = day.strftime(way).to_string().to_ascii_lowercase();
        for (at, _) in lower.match_indices(&written) {
            let before = lower.get(..at).and_then(|head| head.chars().next_back());
            let after = lower.get(at + written.len()..).and_then(|tail| tail.chars().next());
            let joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            if !joined(before) && !joined(after) {
                found.push(Span::new(at, at + written.len()));
            }
        }
    }
    found
}

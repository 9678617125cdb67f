//! The global package against the dates: how many days lie between, and whether the later one falls inside. Days are
//! counted and never printed.

use super::part::{Part, at, is_visit, package_words};
use crate::draft::{facts::Facts, schedule::days_after, stated::Relation};

/// K7.
pub(super) fn part(facts: &Facts) -> Part {
    let mut part = Part::default();
    let elapsed = elapsed(facts);
    let mut lengths: Vec<i64> = Vec::new();
    for check in &facts.schedule {
        let Some((package, source)) = check.package() else { continue };
        if is_visit(check.code.as_str()) {
            continue;
        }
        part.short.push(format!("{} has {} {}.", check.code, package_words(package), at(source)));
        lengths.extend(days_after(package));
    }
    let from_tables = !lengths.is_empty();
    if !from_tables && let Some(days) = facts.stated.package {
        lengths.push(i64::from(days));
    }
    for days in &elapsed {
        match lengths.as_slice() {
            [length] => {
                let named = if from_tables { "it" } else { "the package that you name" };
                let side = if days <= length { "inside" } else { "outside of" };
                let last = if *length == 0 { "the day itself".to_owned() } else { format!("day {length}") };
                part.short.push(format!(
                    "Counted from the operation, the later date is day {days}, and lies {side} {named}, whose last day is {last}."
                ));
                if days <= length {
                    inside(facts, &mut part);
                }
            }
            _ => part.short.push(format!(
                "Counted from the operation, the later date is day {days}: inside a package of 90 days{}.",
                if *days <= 10 {
                    " and one of 10"
                } else if *days > 90 {
                    " it is not"
                } else {
                    ", outside one of 10"
                }
            )),
        }
        part.why.push(format!(
            "You gave dates that lie {days} days apart, or counted them so: the package runs from the operation."
        ));
    }
    if part.short.is_empty() {
        part.open = Some("whether the package holds the service; name the code of the operation".to_owned());
    } else if lengths.is_empty() || (elapsed.is_empty() && facts.stated.asks.within_package && !from_tables) {
        part.open = Some("which package the operation has, and what it holds".to_owned());
    }
    part
}

/// Days from the first date to each later one, or as the asker counts them.
fn elapsed(facts: &Facts) -> Vec<i64> {
    let mut days = facts.date.days.iter();
    let first = days.next().copied();
    let later: Vec<i64> = days
        .filter_map(|day| {
            let span = first?.until((jiff::Unit::Day, *day)).ok()?;
            Some(i64::from(span.get_days()))
        })
        .collect();
    if later.is_empty() { facts.stated.elapsed.map(i64::from).into_iter().collect() } else { later }
}

fn inside(facts: &Facts, part: &mut Part) {
    match facts.stated.relation {
        Some(Relation::Unrelated) => part.short.push(
            "You describe something that has nothing to do with the operation: the record has to say so, and modifier 24 marks such a visit, 79 such an operation."
                .to_owned(),
        ),
        Some(Relation::Planned) => part.short.push(
            "You describe a planned or staged service: modifier 58 marks it, and the first operative note has to have said so."
                .to_owned(),
        ),
        Some(Relation::Related) => part.short.push(
            "You describe care for the operation: for Medicare that is within the package unless the patient goes back to the operating room, which modifier 78 marks."
                .to_owned(),
        ),
        None => {}
    }
    part.denied.push("CO-97 on the later service: the note that shows what it was for answers it.".to_owned());
}

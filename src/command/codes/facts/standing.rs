//! Whether a code was in force on the day, in words and in JSON.

use caseconsult_core::{
    catalog::{Children, Shelf, Standing},
    domain::code::{Code, CodeSystem},
};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::told::Telling;

/// Tells of one code in one system; the JSON goes to the list of systems.
pub(super) fn tell(shelf: &Shelf, system: CodeSystem, code: &Code, on: Date, telling: &mut Telling) -> Value {
    let standing = shelf.standing(system, code, on);
    let children = match standing {
        Standing::Header { entry, .. } => shelf.children(entry),
        _ => None,
    };
    telling.standing(format!("{code} ({system}): {}", say_standing(&standing, children)));
    standing_json(system, &standing, children)
}

fn say_standing(standing: &Standing<'_>, children: Option<&Children>) -> String {
    match standing {
        Standing::InForce { entry, edition } => format!("in force. {} ({})", entry.title.text, edition.name),
        Standing::Header { entry, edition } => {
            let below = children.map(|children| format!(" Billable below it: {children}.")).unwrap_or_default();
            format!("a header that needs more characters. {} ({}){below}", entry.title.text, edition.name)
        }
        Standing::NotYet { entry, edition } => format!("not before {} ({})", entry.valid.from, edition.name),
        Standing::Ended { entry, edition } => {
            let last = entry.valid.to.map_or("an unknown day".to_owned(), |day| day.to_string());
            let instead: Vec<&str> = entry.see_also.iter().map(Code::as_str).collect();
            let instead = match instead.as_slice() {
                [] => String::new(),
                codes => format!("; its list refers to {}", codes.join(", ")),
            };
            format!("ended; its last day was {last}{instead} ({})", edition.name)
        }
        Standing::Unknown { searched } if searched.is_empty() => "no edition is loaded for that day".to_owned(),
        Standing::Unknown { searched } => {
            let names: Vec<&str> = searched.iter().map(|edition| edition.name.as_str()).collect();
            format!("not found in {}", names.join(", "))
        }
    }
}

fn standing_json(system: CodeSystem, standing: &Standing<'_>, children: Option<&Children>) -> Value {
    let (word, entry, edition) = match standing {
        Standing::InForce { entry, edition } => ("in_force", Some(*entry), Some(*edition)),
        Standing::Header { entry, edition } => ("header", Some(*entry), Some(*edition)),
        Standing::NotYet { entry, edition } => ("not_yet", Some(*entry), Some(*edition)),
        Standing::Ended { entry, edition } => ("ended", Some(*entry), Some(*edition)),
        Standing::Unknown { .. } => ("unknown", None, None),
    };
    let searched: Vec<&str> = match standing {
        Standing::Unknown { searched } => searched.iter().map(|edition| edition.name.as_str()).collect(),
        _ => Vec::new(),
    };
    json!({
        "system": system,
        "standing": word,
        "title": entry.map(|entry| &entry.title.text),
        "source": entry.map(|entry| entry.title.source),
        "valid": entry.map(|entry| entry.valid),
        "edition": edition.map(|edition| &edition.name),
        "see_also": entry.map(|entry| &entry.see_also),
        "billable_below": children,
        "searched": searched,
    })
}

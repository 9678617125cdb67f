//! What is read in a text, in the short form of the labels.

use jiff::civil::date;
use serde::Serialize;

use crate::{
    catalog::starter,
    domain::span::Span,
    extract::{Reading, ServiceCue, said::denial::List},
    mail::search_text::SearchText,
};

/// A noun, its value, and the words that state it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) noun: String,
    pub(super) value: String,
    pub(super) span: Span,
}

/// All that is read in a text that was mailed on 12 March 2026.
pub(super) fn read(plain: &str) -> Vec<Fact> {
    let reading = Reading::of(&SearchText::plain(plain), starter(), Some(date(2026, 3, 12)));
    let mut facts = Vec::new();
    let mut add = |noun: &str, value: String, span: Span| facts.push(Fact { noun: noun.to_owned(), value, span });
    let said = &reading.said;
    for one in &said.denials {
        let noun = if one.value.list == List::Carc { "CARC" } else { "RARC" };
        let line = one.value.line.as_ref().map_or_else(String::new, |line| format!(" @{line}"));
        add(noun, format!("{}{line}", one.value.written()), one.span);
    }
    for one in &said.payers {
        add("PAYER", format!("{} {}", name(&one.value.kind), one.value.name.replace(' ', "_")), one.span);
    }
    for one in &said.states {
        add("STATE", one.value.state.as_str().to_owned(), one.span);
    }
    for one in &said.places {
        add("PLACE", name(&one.value.setting), one.span);
    }
    for one in &said.claims {
        add("CLAIM", field(&one.value, "claim"), one.span);
    }
    for one in &said.sides {
        let side = || one.value.side.map_or_else(String::new, |side| name(&side));
        add("SIDE", one.value.modifier.clone().unwrap_or_else(side), one.span);
    }
    for one in &said.sameness {
        add(if one.value.same { "SAME" } else { "APART" }, name(&one.value.of), one.span);
    }
    for one in &said.roles {
        add("ROLE", field(&one.value, "role"), one.span);
    }
    for one in &said.patients {
        add("PATIENT", field(&one.value, "patient"), one.span);
    }
    for one in &said.minutes {
        add("MINUTES", one.value.minutes.to_string(), one.span);
    }
    for one in &said.quantities {
        let wasted = if one.value.wasted { "_wasted" } else { "" };
        add("QUANTITY", format!("{}_{}{wasted}", one.value.amount, one.value.unit.as_str()), one.span);
    }
    for one in &said.items {
        add("ITEM", if one.value.asks { "asks" } else { "tells" }.to_owned(), one.span);
    }
    // A day to come is no day of service yet.
    for one in reading.dates.iter().filter(|one| one.cue != ServiceCue::Planned) {
        let to = if one.to == one.from { String::new() } else { format!("..{}", one.to) };
        let surgery = if one.cue == ServiceCue::Surgery { " surgery" } else { "" };
        let inferred = if one.inferred { " inferred" } else { "" };
        add("DATE", format!("{}{to}{surgery}{inferred}", one.from), one.span);
    }
    facts
}

/// The stable name of a value, as in JSON.
fn name<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|json| json.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The stable name of a value that is a field of its own.
fn field<T: Serialize>(value: &T, field: &str) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.get(field).and_then(|json| json.as_str()).unwrap_or_default().to_owned()
}

//! What the mails say around the codes, as the facts panel shows it: each value once, with the words that state it.

use caseconsult_core::extract::{
    Said,
    said::{
        Stated,
        contractor::Jurisdiction,
        denial::Denial,
        measure::Quantity,
        payer::{Payer, PayerKind},
        reason,
        sameness::Sameness,
        side::Side,
    },
};
use serde::Serialize;

use super::file::CaseFile;

/// One noun with its values.
#[derive(Debug, Serialize)]
pub(super) struct SaidView {
    noun: &'static str,
    values: Vec<ValueView>,
}

/// One value.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct ValueView {
    says: String,
    /// As the mail has it, when that tells more.
    words: String,
}

/// The values of one noun in one mail: in words, and as written.
type Values = Vec<(String, String)>;

impl SaidView {
    /// All that the case's mails say, noun by noun; a noun that nobody speaks of is left out.
    pub(super) fn all(file: &CaseFile) -> Vec<Self> {
        let mut views: Vec<Self> = Vec::new();
        for reading in file.mails.iter().filter_map(|mail| mail.reading.as_ref()) {
            for (noun, values) in nouns(&reading.said, &reading.text) {
                let at = views.iter().position(|view| view.noun == noun).unwrap_or_else(|| {
                    views.push(Self { noun, values: Vec::new() });
                    views.len() - 1
                });
                for (says, words) in values {
                    if let Some(view) = views.get_mut(at)
                        && !view.values.iter().any(|known| known.says == says)
                    {
                        let words = if says.eq_ignore_ascii_case(&words) { String::new() } else { words };
                        view.values.push(ValueView { says, words });
                    }
                }
            }
        }
        views.retain(|view| !view.values.is_empty());
        for view in &mut views {
            without_vaguer(&mut view.values);
        }
        views
    }
}

/// "office" says nothing beside "office (POS 11)".
fn without_vaguer(values: &mut Vec<ValueView>) {
    let told: Vec<String> = values.iter().map(|value| value.says.clone()).collect();
    let is_told_fuller =
        |says: &str| told.iter().any(|other| other.strip_prefix(says).is_some_and(|rest| rest.starts_with(" (")));
    values.retain(|value| !is_told_fuller(&value.says));
}

fn nouns(said: &Said, text: &str) -> Vec<(&'static str, Values)> {
    vec![
        ("Denial codes", denials(said, text)),
        ("Payer", values(&said.payers, text, payer)),
        ("State", values(&said.states, text, |named| named.state.as_str().to_owned())),
        (
            "Place of service",
            values(&said.places, text, |place| {
                let pos = place.pos.as_ref().map_or_else(String::new, |pos| format!(" (POS {pos})"));
                format!("{}{pos}", place.setting.words())
            }),
        ),
        ("Claim", values(&said.claims, text, |claim| claim.words().to_owned())),
        ("Side", values(&said.sides, text, Side::words)),
        ("In common", values(&said.sameness, text, |one: &Sameness| one.words())),
        ("Roles", values(&said.roles, text, |role| role.words().to_owned())),
        ("Patient", values(&said.patients, text, |patient| patient.words().to_owned())),
        ("Time", values(&said.minutes, text, |time| format!("{} minutes", time.minutes))),
        ("Quantity", values(&said.quantities, text, Quantity::words)),
    ]
}

fn values<T>(list: &[Stated<T>], text: &str, says: impl Fn(&T) -> String) -> Values {
    list.iter()
        .map(|one| (says(&one.value), one.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect()
}

/// `CO-97 on 20610: payment is included in another service …`, in our own words; last, what a 16 without its remark needs.
fn denials(said: &Said, text: &str) -> Values {
    let says = |denial: &Denial| {
        let line = denial.line.as_ref().map_or_else(String::new, |line| format!(" on {line}"));
        let meaning = reason::meaning(denial).map_or_else(String::new, |meaning| format!(": {meaning}"));
        format!("{}{line}{meaning}", denial.written())
    };
    let mut values = values(&said.denials, text, says);
    for (_, words) in &mut values {
        words.clear();
    }
    if reason::lacks_remark(said.denials.iter().map(|one| &one.value)) {
        values.push(("Reason 16 stands without its remark code: ask for it".to_owned(), String::new()));
    }
    values
}

/// `Noridian (Medicare; JE, JF)`, `Aetna (Medicare Advantage)`, `Medicaid, TX`.
fn payer(payer: &Payer) -> String {
    let served: Vec<&str> = Jurisdiction::served_by(&payer.name).map(|one| one.name).collect();
    let state = payer.state.map_or_else(String::new, |state| format!(", {}", state.as_str()));
    let kind = payer.kind.words();
    let plain =
        payer.name.eq_ignore_ascii_case(kind) || payer.kind == PayerKind::Commercial && payer.name == "Commercial plan";
    match (plain, served.is_empty()) {
        (true, _) => format!("{}{state}", payer.name),
        (false, true) => format!("{} ({kind}){state}", payer.name),
        (false, false) => format!("{} ({kind}; {}){state}", payer.name, served.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use caseconsult_core::{catalog::starter, extract::Reading, mail::search_text::SearchText};

    use super::*;

    #[test]
    fn what_is_told_fuller_beside_it_is_left_out() {
        let value = |says: &str| ValueView { says: says.to_owned(), words: String::new() };
        let mut values = vec![value("office"), value("office (POS 11)"), value("home"), value("home health")];
        without_vaguer(&mut values);
        let left: Vec<&str> = values.iter().map(|value| value.says.as_str()).collect();
        assert_eq!(left, ["office (POS 11)", "home", "home health"]);
    }

    #[test]
    fn values_are_told_in_words() {
        let text = "CPT 20610-RT denied CO-16 by Noridian and UHC MA, POS 11, 45 min.";
        let reading = Reading::of(&SearchText::plain(text), starter(), None);
        let told: Vec<String> =
            nouns(&reading.said, text).into_iter().flat_map(|(_, values)| values).map(|(says, _)| says).collect();
        for expected in [
            "Reason 16 stands without its remark code: ask for it",
            "Noridian (Medicare; JE, JF)",
            "UnitedHealthcare (Medicare Advantage)",
            "office (POS 11)",
            "right",
            "45 minutes",
        ] {
            assert!(told.iter().any(|says| says == expected), "{expected}: {told:?}");
        }
        assert!(told.iter().any(|says| says.starts_with("CO-16 on 20610: the claim lacks something")), "{told:?}");
    }
}

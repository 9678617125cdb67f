//! The parts of all kinds put together: one certainty, at most three sentences, the rest under "Why".

use serde::Serialize;

use super::{
    afar, certainty::Certainty, level, modifier, necessity, others, package, part::Part, prevention, refusal, standing,
    surgeons, together, units,
};
use crate::draft::{facts::Facts, gap::Ask, kind::Kind, service_date::Basis};

/// Sentences of the short answer.
const MOST_SENTENCES: usize = 3;
/// Bullets of each other section.
const MOST_BULLETS: usize = 6;

/// What the templates see as `answer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// `Supported if A1 holds`; none where the reviewer has to say it.
    pub certainty: Option<String>,
    /// At most three sentences.
    pub short: Vec<String>,
    /// What the reviewer has to answer; none when the rules do.
    pub open: Option<String>,
    /// Section 4.
    pub why: Vec<String>,
    /// Section 6.
    pub diagnosis: Vec<String>,
    /// Section 8.
    pub rejected: Vec<String>,
    /// Section 9.
    pub denied: Vec<String>,
}

impl Answer {
    /// The answer that these facts support.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let mut kinds: Vec<Kind> =
            facts.kinds.iter().map(|asked| asked.kind).filter(|kind| *kind != Kind::K0).collect();
        // "Why was it denied, and which modifier": the refusal comes first, since the rest explains it.
        kinds.sort_by_key(|kind| *kind != Kind::K4);
        let parts: Vec<Part> = kinds.iter().map(|kind| of_kind(*kind, facts)).collect();
        let waits = waits(facts);
        let open = open(facts, &parts, &waits);
        let certainty = certainty(facts, &parts, &waits, open.is_some());
        let mut short: Vec<String> = waits.sentence.into_iter().collect();
        // The first sentence of every part, then the second of every part.
        let longest = parts.iter().map(|part| part.short.len()).max().unwrap_or(0);
        for at in 0..longest {
            add(&mut short, parts.iter().filter_map(|part| part.short.get(at)));
        }
        let rest = short.split_off(short.len().min(MOST_SENTENCES));
        let mut why = rest;
        let mut rejected = Vec::new();
        let mut denied = Vec::new();
        for part in &parts {
            add(&mut why, &part.why);
            add(&mut rejected, &part.rejected);
            add(&mut denied, &part.denied);
        }
        let mut diagnosis = necessity::section(facts);
        diagnosis.retain(|line| !short.contains(line));
        why.retain(|line| !diagnosis.contains(line));
        for list in [&mut why, &mut rejected, &mut denied] {
            list.truncate(MOST_BULLETS);
        }
        Self {
            certainty: certainty.map(|certainty| certainty.to_string()),
            short,
            open,
            why,
            diagnosis,
            rejected,
            denied,
        }
    }
}

fn add<'a>(list: &mut Vec<String>, more: impl IntoIterator<Item = &'a String>) {
    for one in more {
        if !list.contains(one) {
            list.push(one.clone());
        }
    }
}

fn of_kind(kind: Kind, facts: &Facts) -> Part {
    match kind {
        Kind::K0 => Part::default(),
        Kind::K1 => others::which_code(facts),
        Kind::K2 => together::part(facts),
        Kind::K3 => modifier::part(facts),
        Kind::K4 => refusal::part(facts),
        Kind::K5 => units::part(facts),
        Kind::K6 => necessity::part(facts),
        Kind::K7 => package::part(facts),
        Kind::K8 => standing::part(facts),
        Kind::K9 => level::part(facts),
        Kind::K10 => surgeons::part(facts),
        Kind::K11 => afar::part(facts),
        Kind::K12 => others::payers_rule(facts),
        Kind::K13 => others::drug(facts),
        Kind::K14 => others::stay(facts),
        Kind::K15 => prevention::part(facts),
    }
}

/// What the answer waits for.
struct Waits {
    sentence: Option<String>,
}

fn waits(facts: &Facts) -> Waits {
    let waiting = || facts.gaps.iter().enumerate().filter(|(_, gap)| gap.ask.keeps_the_answer_open());
    let nothing_said = facts.question.asked.is_none() && facts.lines.is_empty();
    if nothing_said {
        return Waits { sentence: Some("This cannot be answered before we have what is asked for below.".to_owned()) };
    }
    let nouns: Vec<&str> = waiting().map(|(_, gap)| gap.ask.noun()).take(3).collect();
    let numbers: Vec<String> = waiting().map(|(at, _)| (at + 1).to_string()).take(3).collect();
    let nouns = match nouns.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => nouns.concat(),
    };
    let noun = if numbers.len() == 1 { "question" } else { "questions" };
    let sentence =
        format!("The answer hangs on {nouns}, which your mail does not tell ({noun} {} below).", numbers.join(", "));
    Waits { sentence: (!numbers.is_empty()).then_some(sentence) }
}

/// What a reviewer has to write. Nothing while the asker has to answer first.
fn open(facts: &Facts, parts: &[Part], waits: &Waits) -> Option<String> {
    if waits.sentence.is_some() {
        return None;
    }
    let left: Vec<&str> = parts.iter().filter_map(|part| part.open.as_deref()).collect();
    if !left.is_empty() {
        return Some(left.join("; "));
    }
    let nothing_told = parts.iter().all(|part| part.short.is_empty());
    nothing_told.then(|| {
        if facts.lines.is_empty() {
            "answer the question, or say that it cannot be answered until the facts below are sent".to_owned()
        } else {
            "answer the question; the lines below only say which codes were in force".to_owned()
        }
    })
}

fn certainty(facts: &Facts, parts: &[Part], waits: &Waits, is_open: bool) -> Option<Certainty> {
    if waits.sentence.is_some() || (!parts.is_empty() && parts.iter().any(|part| part.is_no_answer)) {
        return Some(Certainty::NotYet);
    }
    if is_open {
        return None;
    }
    let asks = |ask: Ask| facts.gaps.iter().any(|gap| gap.ask == ask);
    Some(match facts.date.basis {
        Basis::Given if asks(Ask::WhichDate) => Certainty::NotYet,
        Basis::Given => Certainty::Supported,
        Basis::Inferred | Basis::Alone | Basis::Assumed => Certainty::IfAssumed,
    })
}

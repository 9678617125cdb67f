//! G10, G11, G13: licensed texts without their mark, what may identify a patient, promises of payment; and what a
//! reviewer left undone.

use std::collections::{BTreeSet, HashMap};

use super::{
    check::{GuardInput, Text},
    codes::day_in,
    finding::{Finding, Rule},
    passages::{Kind, holding},
};
use crate::{
    catalog::{Descriptor, Interval, Standing, TextSource},
    domain::{
        code::{Code, CodeSystem},
        span::Span,
    },
    draft::source::Source,
    identifier::{self, About, Confidence, Identifier},
};

pub(super) fn check(text: &Text<'_>, about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    undone(text, findings);
    identifiers(text, about, findings);
    promises(text, findings);
    descriptors(text, about, findings);
}

/// The mark `[[ reviewer: … ]]` stands where only a person can write.
fn undone(text: &Text<'_>, findings: &mut Vec<Finding>) {
    if !text.text.chars().any(char::is_alphanumeric) {
        let remedy = "Write the reply, or return the case.";
        findings.push(Finding::hard(Rule::Empty, Span::new(0, 0), "The reply is empty.", remedy));
    }
    for (start, _) in text.text.match_indices("[[") {
        let rest = text.text.get(start..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("");
        let length = line.find("]]").map_or(line.len(), |at| at + 2);
        let message = "The place for the reviewer's answer is still there.";
        let remedy = "Write the answer in its place, or delete it if the rest is the whole answer.";
        findings.push(Finding::hard(Rule::Unanswered, Span::new(start, start + length), message, remedy));
    }
}

/// G11. A day alone is no finding, since editions and codes have days; the date of service is one. The asker's name in
/// the greeting and the coder's below the reply are courteous, and no patients.
fn identifiers(text: &Text<'_>, about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    let codes: Vec<Span> = text.named.iter().map(|named| named.span).collect();
    for found in identifier::find(text.text, &About { codes: Some(&codes), ..About::default() }) {
        let certain = found.confidence == Confidence::Certain;
        let message = format!("This looks like {}, which may identify a patient.", found.identifier.words());
        let remedy = "Take it out, or write it in a general way.";
        match found.identifier {
            Identifier::Date if is_behind(text.text, found.span, LIFE) => {
                findings.push(Finding::hard(Rule::Identifier, found.span, message, remedy));
            }
            Identifier::Name if certain && is_behind(text.text, found.span, PATIENTS) => {
                findings.push(Finding::hard(Rule::Identifier, found.span, message, remedy));
            }
            Identifier::Date | Identifier::Url => {}
            Identifier::Name | Identifier::Address if !certain || found.is_salutation() => {}
            // The owner of a house rule answers for it by name.
            Identifier::Name if is_an_owner(found.span.of(text.text), about) => {}
            // "Dr. …" may be the provider. What is not certain may be a source's number, or our own words.
            Identifier::Name => findings.push(Finding::soft(Rule::Identifier, found.span, message, remedy)),
            _ if !certain => {}
            _ => findings.push(Finding::hard(Rule::Identifier, found.span, message, remedy)),
        }
    }
    if about.date_known
        && !is_a_codes_day(text, about)
        && let Some(span) = day_in(text.text, about.on)
    {
        let message = "The date of service is an identifier of the patient.";
        findings.push(Finding::soft(Rule::Identifier, span, message, "Name the edition instead of the day."));
    }
}

/// Words before the day on which somebody was born or died: the days of a patient's life.
const LIFE: &[&str] = &["dob", "born", "birth", "birthday", "birthdate", "died", "death", "deceased"];
/// Words before the name of a patient, or of his family. "Dr." may be the provider.
const PATIENTS: &[&str] = &[
    "patient",
    "patient's",
    "pt",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mother",
    "father",
    "son",
    "daughter",
    "wife",
    "husband",
    "beneficiary",
    "member",
    "subscriber",
    "insured",
    "guarantor",
    "child",
];

/// Whether one of these words stands among the three before a stretch, or begins it.
fn is_behind(text: &str, span: Span, cues: &[&str]) -> bool {
    let is_cue = |word: &str| cues.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str());
    let before = text.get(..span.start).unwrap_or("");
    let line = before.rsplit(['\n', '|']).next().unwrap_or("");
    line.split_whitespace().rev().take(3).any(is_cue) || span.of(text).split_whitespace().next().is_some_and(is_cue)
}

fn is_an_owner(name: &str, about: &GuardInput<'_>) -> bool {
    let mut owners = about.sources.iter().filter_map(Source::house).map(|rule| rule.owner.as_str());
    !name.trim().is_empty() && owners.any(|owner| owner.contains(name.trim()))
}

/// Whether the date of service is also the first or last day of an edition or of a code that the text speaks of.
fn is_a_codes_day(text: &Text<'_>, about: &GuardInput<'_>) -> bool {
    let bounds = |interval: Interval| interval.from == about.on || interval.to == Some(about.on);
    about.shelf.editions().iter().any(|edition| bounds(edition.effective))
        || text.named.iter().any(|named| match about.shelf.standing(named.system, &named.code, about.on) {
            Standing::InForce { entry, .. }
            | Standing::Header { entry, .. }
            | Standing::NotYet { entry, .. }
            | Standing::Ended { entry, .. } => bounds(entry.valid),
            Standing::Unknown { .. } => false,
        })
}

/// G13.
fn promises(text: &Text<'_>, findings: &mut Vec<Finding>) {
    const PROMISES: [&str; 12] = [
        "will be paid",
        "will pay",
        "will get paid",
        "will be reimbursed",
        "will be covered",
        "is payable",
        "are payable",
        "guarantee",
        "sure to be paid",
        "assured of payment",
        "gets it paid",
        "get this paid",
    ];
    const NOT_MEANT: [&str; 8] = ["not", "no", "never", "cannot", "neither", "nor", "without", "whether"];
    let lower = text.text.to_ascii_lowercase();
    for promise in PROMISES {
        for (start, _) in lower.match_indices(promise) {
            let Some(passage) = holding(&text.passages, start) else { continue };
            let before = Span::new(passage.span.start, start).of(&lower);
            let near: Vec<&str> = before.split_whitespace().rev().take(4).collect();
            let denied = near.iter().any(|word| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                NOT_MEANT.contains(&word) || word.ends_with("n't")
            });
            if passage.kind != Kind::Restated && !denied {
                let span = Span::new(start, start + promise.len());
                let remedy = "Say what the policy or the edition says; only the payer decides about payment.";
                findings.push(Finding::soft(Rule::PaymentPromise, span, "This promises payment.", remedy));
            }
        }
    }
}

/// G10: the descriptor of each code that the text names, and licensed ones whether or not their codes are named; and how
/// they are marked.
fn descriptors(text: &Text<'_>, about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    let flat = Flat::of(text.text);
    let codes: BTreeSet<(CodeSystem, &Code)> = text.named.iter().map(|named| (named.system, &named.code)).collect();
    let of_code = |(system, code): (CodeSystem, &Code)| match about.shelf.standing(system, code, about.on) {
        Standing::InForce { entry, .. }
        | Standing::Header { entry, .. }
        | Standing::NotYet { entry, .. }
        | Standing::Ended { entry, .. } => Some((system, entry)),
        Standing::Unknown { .. } => None,
    };
    let owned = about.shelf.of_system(CodeSystem::Cpt).filter(|entry| entry.title.source != TextSource::Plain);
    let mut titles: Vec<(CodeSystem, &Descriptor)> = codes
        .into_iter()
        .filter_map(of_code)
        .chain(owned.map(|entry| (CodeSystem::Cpt, entry)))
        .flat_map(|(system, entry)| [(system, &entry.title)])
        .collect();
    titles.sort_by(|(_, one), (_, other)| one.text.cmp(&other.text));
    titles.dedup_by(|(_, one), (_, other)| one.text == other.text);
    for (system, title) in titles {
        for span in flat.find(title) {
            if let Some(finding) = unmarked(text, system, title.source, span) {
                findings.push(finding);
            }
        }
    }
}

/// What is wrong with showing a text of this source here.
fn unmarked(text: &Text<'_>, system: CodeSystem, source: TextSource, span: Span) -> Option<Finding> {
    let passage = holding(&text.passages, span.start).map_or("", |passage| passage.span.of(text.text));
    let marked = |mark: &str| passage.to_ascii_lowercase().contains(mark);
    let names_owner = text.text.to_ascii_lowercase().contains("american medical association");
    let (hard, message, remedy) = match source {
        TextSource::Public if system == CodeSystem::Cpt => (
            true,
            "This is CPT descriptor text without a licence.",
            "Take it out, or describe the service in your own words.",
        ),
        TextSource::Licensed if !marked("licensed descriptor") => {
            (true, "This is a licensed text without its mark.", "Add \"(licensed descriptor)\" to it, or take it out.")
        }
        TextSource::Licensed if system == CodeSystem::Cpt && !names_owner => {
            (true, "A CPT descriptor is shown without its copyright line.", "Restore the notice about CPT at the end.")
        }
        TextSource::Plain if !marked("our own words") => {
            (false, "This is our own summary, and reads as if it were official.", "Add \"(our own words)\" to it.")
        }
        TextSource::Public | TextSource::Licensed | TextSource::Plain => return None,
    };
    let severity = if hard { Finding::hard } else { Finding::soft };
    Some(severity(Rule::DescriptorSource, span, message.to_owned(), remedy.to_owned()))
}

/// The words of a text in lower case, and where each stands: case, blanks, line ends and punctuation make no other text.
struct Flat {
    words: Vec<(String, Span)>,
    starts: HashMap<String, Vec<usize>>,
}

impl Flat {
    fn of(text: &str) -> Self {
        let mut words: Vec<(String, Span)> = Vec::new();
        let mut open: Option<usize> = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            if c.is_alphanumeric() {
                open.get_or_insert(at);
            } else if let Some(start) = open.take() {
                let span = Span::new(start, at);
                words.push((span.of(text).to_lowercase(), span));
            }
        }
        let mut starts: HashMap<String, Vec<usize>> = HashMap::new();
        for (nth, (word, _)) in words.iter().enumerate() {
            starts.entry(word.clone()).or_default().push(nth);
        }
        Self { words, starts }
    }

    /// Where a descriptor is quoted: all of it, or so many words in a row that nobody writes them by chance.
    fn find(&self, title: &Descriptor) -> Vec<Span> {
        /// Words in a row, and their letters.
        const TELLING: (usize, usize) = (7, 40);
        const TOO_SHORT: usize = 10;
        let title: Vec<String> = Self::of(&title.text).words.into_iter().map(|(word, _)| word).collect();
        let letters =
            |from: usize, to: usize| title.get(from..to).unwrap_or_default().iter().map(String::len).sum::<usize>();
        if letters(0, title.len()) < TOO_SHORT {
            return Vec::new();
        }
        let mut found: Vec<Span> = Vec::new();
        for (from, word) in title.iter().enumerate() {
            for at in self.starts.get(word).into_iter().flatten() {
                let goes_on = |nth: &usize| {
                    let here = self.words.get(at + nth).map(|(word, _)| word);
                    here.is_some() && here == title.get(from + nth)
                };
                let length = (0..).take_while(goes_on).count();
                let whole = from == 0 && length == title.len();
                let telling = length >= TELLING.0 && letters(from, from + length) >= TELLING.1;
                let ends = (self.words.get(*at), self.words.get(at + length.saturating_sub(1)));
                if (whole || telling)
                    && let (Some((_, first)), Some((_, last))) = ends
                    && !found.iter().any(|known| known.overlaps(Span::new(first.start, last.end)))
                {
                    found.push(Span::new(first.start, last.end));
                }
            }
        }
        found
    }
}

//! What the code sets say about the case's codes: the facts that the draft was made from, each with its source.

use caseconsult_core::{
    catalog::TextSource,
    domain::mention::Place,
    draft::{
        Facts,
        code_line::{CodeLine, DayStatus},
        edits::words::EditWords,
        kind::{Asked, Sort},
        service_date::Basis,
        source::{EditionSource, Origin, Source},
        status::Status,
    },
};
use serde::Serialize;

use super::{super::codes::seen, file::CaseFile, said_view::SaidView};

/// The facts panel.
#[derive(Debug, Serialize)]
pub(super) struct FactView {
    kinds: Vec<KindView>,
    question: Option<String>,
    added: Option<String>,
    days: Vec<String>,
    basis: &'static str,
    is_assumed: bool,
    said: Vec<SaidView>,
    lines: Vec<LineView>,
    left_out: usize,
    edits: EditWords,
    house: Vec<HouseView>,
    gaps: Vec<GapView>,
    sources: Vec<SourceView>,
    identifiers: Vec<&'static str>,
}

/// A kind of question, and the words of the mail that speak for it.
#[derive(Debug, Serialize)]
struct KindView {
    name: &'static str,
    words: &'static str,
    reasons: Vec<ReasonView>,
}

#[derive(Debug, Serialize)]
struct ReasonView {
    words: String,
    points: i32,
}

/// One code.
#[derive(Debug, Serialize)]
struct LineView {
    class: &'static str,
    /// Without the date of service, which is the patient's and belongs into no address.
    page: String,
    system: &'static str,
    code: String,
    range: Option<String>,
    modifiers: Vec<String>,
    units: Vec<u32>,
    title: Option<TitleView>,
    statuses: Vec<StatusView>,
    only_in: Option<String>,
    /// No mail names it: a reviewer took it from the candidates.
    accepted: bool,
    see_also: Vec<String>,
}

/// A code's text, never without where it comes from.
#[derive(Debug, Serialize)]
struct TitleView {
    text: String,
    source: &'static str,
    edition: String,
    number: Option<usize>,
}

#[derive(Debug, Serialize)]
struct StatusView {
    day: Option<String>,
    words: String,
    tone: &'static str,
}

#[derive(Debug, Serialize)]
struct GapView {
    question: String,
    changes: String,
}

/// What a house rule says of the case.
#[derive(Debug, Serialize)]
struct HouseView {
    text: String,
    number: usize,
}

#[derive(Debug, Serialize)]
struct SourceView {
    number: usize,
    name: String,
    /// Who publishes an edition, or answers for a house rule.
    by: String,
    details: String,
}

impl FactView {
    /// The facts of the newest draft; none when there is no draft yet, or when they are of an unknown shape.
    pub(super) fn of(file: &CaseFile) -> Option<Self> {
        let facts: Facts = serde_json::from_str(&file.draft.as_ref()?.facts).ok()?;
        Some(Self {
            kinds: facts.kinds.iter().map(KindView::new).collect(),
            question: facts.question.asked.clone(),
            added: facts.question.added.clone(),
            days: facts.date.days.iter().map(ToString::to_string).collect(),
            basis: match facts.date.basis {
                Basis::Given => "as written",
                Basis::Inferred => "worked out from the mail's date",
                Basis::Alone => "the only day named; nothing calls it one of service",
                Basis::Assumed => "not given: the mail's own date is assumed",
            },
            is_assumed: facts.date.basis != Basis::Given,
            said: SaidView::all(file),
            lines: facts.lines.iter().map(LineView::new).collect(),
            left_out: facts.left_out,
            edits: EditWords::of(&facts.edits),
            house: facts
                .house
                .iter()
                .map(|one| HouseView { text: one.text.clone(), number: one.source.number })
                .collect(),
            gaps: facts
                .gaps
                .iter()
                .map(|gap| GapView { question: gap.question.clone(), changes: gap.changes.clone() })
                .collect(),
            sources: facts.sources.iter().map(SourceView::new).collect(),
            identifiers: facts.question.identifiers.iter().map(|found| found.words()).collect(),
        })
    }
}

impl KindView {
    fn new(asked: &Asked) -> Self {
        let reasons = asked.reasons.iter();
        Self {
            name: asked.kind.as_str(),
            words: asked.sort.map_or_else(|| asked.kind.words(), Sort::words),
            reasons: reasons.map(|one| ReasonView { words: one.words.clone(), points: one.points }).collect(),
        }
    }
}

impl LineView {
    fn new(line: &CodeLine) -> Self {
        let several = line.status().is_none();
        let shown = if several { line.standings.as_slice() } else { line.standings.get(..1).unwrap_or_default() };
        Self {
            class: seen::class(line.system),
            page: format!("/codes/{}/{}", line.system.as_str().to_ascii_lowercase(), line.code),
            system: line.system.title(),
            code: line.code.to_string(),
            range: line.range.as_ref().map(ToString::to_string),
            modifiers: line.modifiers.iter().filter(|set| !set.is_empty()).map(|set| joined(set)).collect(),
            units: line.units.clone(),
            title: line.title.as_ref().map(|title| TitleView {
                text: title.text.clone(),
                source: match title.source {
                    TextSource::Public => "published title",
                    TextSource::Plain => "our own words, not the official text",
                    TextSource::Licensed => "licensed text",
                },
                edition: line.title_source.as_ref().map_or_else(String::new, |cited| cited.name.clone()),
                number: line.title_source.as_ref().map(|cited| cited.number),
            }),
            statuses: shown.iter().map(|standing| StatusView::new(standing, several)).collect(),
            accepted: line.accepted,
            only_in: line.only_elsewhere().then(|| places(&line.places)),
            see_also: line.see_also.iter().map(ToString::to_string).collect(),
        }
    }
}

impl StatusView {
    fn new(standing: &DayStatus, with_day: bool) -> Self {
        Self {
            day: with_day.then(|| standing.day.to_string()),
            words: standing.status.to_string(),
            tone: match standing.status {
                Status::InForce { .. } => "good",
                Status::Header { .. } | Status::NotYet { .. } | Status::Ended { .. } => "bad",
                Status::NotFound { .. } | Status::NotCovered { .. } | Status::NotLoaded { .. } => "unknown",
            },
        }
    }
}

impl SourceView {
    fn new(source: &Source) -> Self {
        let (by, details) = match &source.origin {
            Origin::Edition(edition) => {
                let EditionSource { effective, codes, imported, digest, .. } = edition;
                let selection = if edition.selection { " · a selection, not the whole set" } else { "" };
                let details =
                    format!("{effective} · {codes} codes · imported {imported} · sha256 {digest}…{selection}");
                (edition.publisher.clone(), details)
            }
            Origin::House(rule) => (format!("owner {}", rule.owner), format!("valid until {}", rule.until)),
        };
        Self { number: source.number, name: source.name.clone(), by, details }
    }
}

fn joined<T: ToString>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join("-")
}

/// `quoted text and signature`.
fn places(places: &[Place]) -> String {
    let words: Vec<&str> = places
        .iter()
        .map(|place| match place {
            Place::Subject => "the subject",
            Place::New => "the text",
            Place::Quoted => "quoted text",
            Place::Signature => "the signature",
            Place::Forwarded => "a forwarded mail",
            Place::Attachment => "an attachment",
        })
        .collect();
    words.join(" and ")
}

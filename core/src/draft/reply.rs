//! Facts → the words that templates see → the reply's source text.
//!
//! The text is a small part of Markdown: `##` headings, paragraphs, `-` and `1.` lists, pipe tables. `mail` makes the
//! text part and the HTML part from it after a reviewer has edited it.

use serde::Serialize;

use super::{
    answer::Answer,
    code_line::CodeLine,
    edits::words::EditWords,
    facts::{Facts, Notice},
    gap::Gap,
    house::Section,
    kind::{Asked as AskedKind, Kind},
    reply_row::{Row, name},
    schedule,
    service_date::Basis,
    source::{Origin, Source},
    status::Status,
    templates::Templates,
    wording::Wording,
};
use crate::catalog::Dataset;

/// A sentence of the short answer names at most this many codes; the table has them all.
const NAMED_IN_SENTENCE: usize = 12;

/// Why no draft could be made. Holds names of templates, never what was rendered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A template that passed its check failed on these facts.
    #[error("the template {name}, line {line}, failed: {reason}; correct it, or remove it from the templates folder")]
    Template {
        /// The template's file name.
        name: String,
        /// The line; 0 when unknown.
        line: usize,
        /// The engine's word for it, such as `undefined value`.
        reason: String,
    },
    /// The templates rendered nothing.
    #[error("the template reply.md.j2 rendered an empty reply; correct it, or remove it from the templates folder")]
    Empty,
}

/// The draft of a reply.
///
/// # Errors
/// When a template fails or nothing comes of it. The embedded templates do neither.
pub fn compose(templates: &Templates, facts: &Facts) -> Result<String, DraftError> {
    let text = templates.render(&Reply::of(facts))?;
    let tidy = tidy(&text);
    if tidy.is_empty() { Err(DraftError::Empty) } else { Ok(tidy) }
}

/// At most one empty line between two lines, no blanks at their ends, one newline at the end of all.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && (tidy.is_empty() || tidy.ends_with("\n\n"))) {
            tidy.push_str(line);
            tidy.push('\n');
        }
    }
    tidy.truncate(tidy.trim_end().len());
    if !tidy.is_empty() {
        tidy.push('\n');
    }
    tidy
}

/// What templates see: `{{ case }}`, `{{ question.asked }}`, `{% for row in codes %}` …
#[derive(Serialize)]
pub(super) struct Reply<'a> {
    /// `CC-7F3K2QAB`
    case: &'a str,
    /// The day of the first mail, `YYYY-MM-DD`.
    received: String,
    question: Asked<'a>,
    /// The kinds of question in plain words: `modifiers; how many units`. Empty when none is told.
    kinds: String,
    date: When<'a>,
    /// The answer, its reasons, what is rejected, what answers a refusal.
    answer: Answer,
    /// Codes by their standing, for the short answer; empty when the mails hold no code.
    groups: Vec<Group>,
    codes: Vec<Row>,
    /// Codes beyond what a table can hold.
    left_out: usize,
    /// None when there is nothing to tell.
    edits: Option<EditWords>,
    gaps: &'a [Gap],
    sources: Vec<Cite<'a>>,
    notices: &'a [Notice],
    /// Statements of house rules that stand among the notices, each with its source.
    house_notices: Vec<String>,
    /// The kinds of identifiers in the mails: `a telephone number, a mail address`.
    identifiers: String,
}

/// `question.asked`, `question.added`: none when there is no such text.
#[derive(Serialize)]
struct Asked<'a> {
    asked: Option<&'a str>,
    added: Option<&'a str>,
    is_asked: bool,
}

/// `date.basis` is `given`, `inferred` or `assumed`; `date.several` tells of more than one day.
#[derive(Serialize)]
struct When<'a> {
    basis: &'a Basis,
    several: bool,
    left_out: usize,
    /// `2024`, or `2024, 2025`.
    years: String,
}

/// Codes of the same status.
#[derive(Serialize)]
struct Group {
    /// `in_force`, `header`, `ended`, `not_yet`, `not_found`, `not_checked`, `differs`.
    is: &'static str,
    count: usize,
    /// The first dozen: `CPT 20610, HCPCS Level II J1100`.
    named: String,
    /// How many more there are.
    more: usize,
}

/// A line of the list of sources.
#[derive(Serialize)]
struct Cite<'a> {
    number: usize,
    name: &'a str,
    publisher: &'a str,
    /// `2025-10-01 to 2026-09-30`
    effective: String,
    /// `YYYY-MM-DD`
    imported: String,
    digest: &'a str,
    codes: u64,
    selection: bool,
    /// None of an edition.
    house: Option<HouseCite<'a>>,
}

/// What a house rule has in place of a publisher and a file.
#[derive(Serialize)]
struct HouseCite<'a> {
    owner: &'a str,
    /// `YYYY-MM-DD`
    until: String,
}

impl<'a> Reply<'a> {
    pub(super) fn of(facts: &'a Facts) -> Self {
        let mut years: Vec<String> = facts.date.days.iter().map(|day| day.year().to_string()).collect();
        years.dedup();
        let (question, wording) = (&facts.question, facts.wording.as_ref());
        Self {
            case: facts.case.as_str(),
            received: facts.received.to_string(),
            question: Asked {
                asked: wording.and_then(|wording| wording.asked.as_deref()).or(question.asked.as_deref()),
                added: wording.and_then(|wording| wording.added.as_deref()).or(question.added.as_deref()),
                is_asked: question.is_asked,
            },
            kinds: kinds(&facts.kinds),
            date: When {
                basis: &facts.date.basis,
                several: facts.date.several(),
                left_out: facts.date.left_out,
                years: years.join(", "),
            },
            answer: with_house(phrased(Answer::of(facts), wording), facts),
            groups: Group::all(&facts.lines),
            codes: facts.lines.iter().map(Row::of).collect(),
            left_out: facts.left_out,
            edits: Some(edit_words(facts)).filter(|words| !words.is_empty()),
            gaps: &facts.gaps,
            sources: facts.sources.iter().map(Cite::of).collect(),
            notices: &facts.notices,
            house_notices: of_house(facts, Section::Notices),
            identifiers: facts.question.identifiers.iter().map(|one| one.words()).collect::<Vec<_>>().join(", "),
        }
    }
}

/// The answer in a model's words where there are such. Certainty, and what is left to the reviewer, stay the rules' own.
fn phrased(answer: Answer, wording: Option<&Wording>) -> Answer {
    let Some(Wording { short, why, rejected, .. }) = wording else { return answer };
    Answer { short: short.clone(), why: why.clone(), rejected: rejected.clone(), ..answer }
}

/// With what the rules of the house say under each heading. They change neither the short answer nor its certainty, and no
/// model phrases them.
fn with_house(mut answer: Answer, facts: &Facts) -> Answer {
    answer.why.extend(of_house(facts, Section::Why));
    answer.diagnosis.extend(of_house(facts, Section::Diagnosis));
    answer.rejected.extend(of_house(facts, Section::Rejected));
    answer.denied.extend(of_house(facts, Section::Denied));
    answer
}

fn of_house(facts: &Facts, section: Section) -> Vec<String> {
    facts.house.iter().filter(|one| one.section == section).map(|one| one.sentence()).collect()
}

/// The edits, and the indicators of the fee schedule that the question hangs on.
fn edit_words(facts: &Facts) -> EditWords {
    let mut words = EditWords::of(&facts.edits);
    let kinds: Vec<Kind> = facts.kinds.iter().map(|asked| asked.kind).collect();
    let (lines, is_missing) = schedule::words(&facts.schedule, &kinds);
    words.found.extend(lines);
    words.found.extend(of_house(facts, Section::Edits));
    if is_missing {
        words.unchecked.push(Dataset::RelativeValues.title().to_owned());
    }
    words
}

/// `modifiers; how many units`, without K0, which no reply is about.
fn kinds(asked: &[AskedKind]) -> String {
    let coding = asked.iter().map(|asked| asked.kind).filter(|kind| *kind != Kind::K0);
    coding.map(Kind::words).collect::<Vec<_>>().join("; ")
}

impl Group {
    /// In the order in which a coder wants to read them: what is wrong first.
    fn all(lines: &[CodeLine]) -> Vec<Self> {
        const ORDER: [&str; 7] = ["ended", "not_yet", "header", "differs", "not_found", "not_checked", "in_force"];
        let of = |is: &'static str| {
            let of_it: Vec<&CodeLine> = lines.iter().filter(|line| group(line) == is).collect();
            let named: Vec<String> = of_it.iter().take(NAMED_IN_SENTENCE).map(|line| name(line)).collect();
            let more = of_it.len() - named.len();
            Self { is, count: of_it.len(), named: named.join(", "), more }
        };
        ORDER.into_iter().map(of).filter(|group| group.count > 0).collect()
    }
}

fn group(line: &CodeLine) -> &'static str {
    let mut of_days = line.standings.iter().map(|standing| match standing.status {
        Status::InForce { .. } => "in_force",
        Status::Header { .. } => "header",
        Status::NotYet { .. } => "not_yet",
        Status::Ended { .. } => "ended",
        Status::NotFound { .. } => "not_found",
        Status::NotCovered { .. } | Status::NotLoaded { .. } => "not_checked",
    });
    let first = of_days.next().unwrap_or("not_checked");
    if of_days.all(|other| other == first) { first } else { "differs" }
}

impl<'a> Cite<'a> {
    fn of(source: &'a Source) -> Self {
        let Source { number, name, origin } = source;
        let number = *number;
        match origin {
            Origin::Edition(edition) => Self {
                number,
                name,
                publisher: &edition.publisher,
                effective: edition.effective.to_string(),
                imported: edition.imported.to_string(),
                digest: &edition.digest,
                codes: edition.codes,
                selection: edition.selection,
                house: None,
            },
            Origin::House(rule) => Self {
                number,
                name,
                publisher: &rule.owner,
                effective: String::new(),
                imported: String::new(),
                digest: "",
                codes: 0,
                selection: false,
                house: Some(HouseCite { owner: &rule.owner, until: rule.until.to_string() }),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        catalog::starter,
        domain::code::CodeSystem,
        draft::samples::{self, Invented, Sample},
    };

    static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::embedded().unwrap());

    #[test]
    fn three_hundred_codes_are_all_in_the_table_and_a_dozen_in_the_sentence() {
        let codes: Vec<String> = (10_000..10_300).map(|number| number.to_string()).collect();
        let mentions: Vec<(CodeSystem, &str)> = codes.iter().map(|code| (CodeSystem::Cpt, code.as_str())).collect();
        let facts = Invented::mail("Are these all valid?").codes(&mentions).facts(starter());
        let draft = compose(&TEMPLATES, &facts).unwrap();
        assert_eq!(draft.lines().filter(|line| line.starts_with("| CPT 10")).count(), 300);
        let sentence = draft.lines().find(|line| line.starts_with("- Not found")).unwrap();
        assert!(sentence.ends_with("CPT 10011, and 288 more in the table."), "{sentence}");
    }

    #[test]
    fn every_row_of_the_table_has_five_cells() {
        for Sample { name, facts, .. } in samples::all() {
            for row in compose(&TEMPLATES, facts).unwrap().lines().filter(|line| line.starts_with('|')) {
                assert_eq!(row.matches('|').count(), 6, "{name}: {row}");
            }
        }
    }

    #[test]
    fn a_date_of_service_is_never_printed() {
        let case = Invented::mail("Seen 3/13/2025 for E11.9, 2025-03-13, March 13, 2025. Valid?")
            .codes(&[(CodeSystem::Icd10Cm, "E11.9"), (CodeSystem::Icd10Cm, "Z99.9")])
            .on(jiff::civil::date(2025, 3, 13));
        let draft = compose(&TEMPLATES, &case.facts(starter())).unwrap();
        for written in ["2025-03-13", "3/13/2025", "March 13"] {
            assert!(!draft.contains(written), "{draft}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_mail_has_a_draft_whatever_it_says(
            text in "\\PC{0,200}",
            second in proptest::option::of("[ -~\n]{0,80}"),
            codes in proptest::collection::vec((0..9_usize, "[A-Z0-9.|\\[-]{1,9}"), 0..12),
            days in proptest::collection::vec((1990..2040_i16, 1..13_i8, 1..29_i8), 0..6),
        ) {
            let systems = CodeSystem::ALL;
            let mentions: Vec<(CodeSystem, &str)> =
                codes.iter().map(|(system, code)| (systems[*system], code.as_str())).collect();
            let mut case = Invented::mail(&text).codes(&mentions);
            for (year, month, day) in days {
                case = case.on(jiff::civil::date(year, month, day));
            }
            if let Some(second) = second {
                case = case.then(&second);
            }
            let facts = case.facts(starter());
            let draft = compose(&TEMPLATES, &facts).unwrap();
            prop_assert!(draft.contains("## Short answer") && draft.contains("## Please note"), "{draft}");
            let stored = serde_json::to_string(&facts).unwrap();
            prop_assert_eq!(serde_json::from_str::<Facts>(&stored).unwrap(), facts);
        }
    }
}

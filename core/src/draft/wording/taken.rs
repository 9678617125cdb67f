//! The model's answer → the sentences that are kept. Total over any text. A sentence is dropped, never mended; what the model
//! left out of a section stands there in the rules' words, so that phrasing can lose nothing.

use serde::Deserialize;

use super::{
    content::{covers, objection},
    objection::Objection,
    refusal::Refusal,
    request::PROMPT,
    section::Section,
    statements::{Statement, Statements, without_sources},
    written::Wording,
};
use crate::{domain::instant::Instant, draft::guard::codes_in, draft::question::plain};

/// The longest answer that is read, bytes.
const MOST_BYTES: usize = 24 * 1024;
/// Sentences of one section that are looked at.
const MOST_SENTENCES: usize = 12;
/// The longest sentence, in characters.
const LONGEST: usize = 400;

/// What was kept of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    asked: Option<String>,
    added: Option<String>,
    short: Vec<String>,
    why: Vec<String>,
    rejected: Vec<String>,
    /// Sentences of the model that are kept.
    pub kept: usize,
    /// Why the others are not.
    pub dropped: Vec<Objection>,
}

/// The answer's form, as the schema of the request demands it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    question: Vec<Sentence>,
    answer: Vec<Sentence>,
    why: Vec<Sentence>,
    rejected: Vec<Sentence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    text: String,
    facts: Vec<String>,
    codes: Vec<String>,
}

/// A sentence that is kept, with the statements that it rests on.
struct Kept<'a> {
    text: String,
    on: Vec<&'a Statement>,
}

/// What can be taken of a model's answer about these statements.
///
/// # Errors
/// When it cannot be read, or no sentence of it can be kept.
pub fn take(statements: &Statements, answer: &str) -> Result<Taken, Refusal> {
    if answer.len() > MOST_BYTES {
        return Err(Refusal::TooLong);
    }
    if answer.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let json: serde_json::Value = serde_json::from_str(answer).map_err(|_| Refusal::NotJson)?;
    let answer: Answer = serde_json::from_value(json).map_err(|_| Refusal::OtherForm)?;

    let mut taken = Taken::default();
    let question = taken.sentences(Section::Question, answer.question, statements);
    (taken.asked, taken.added) = questions(&question, statements, &mut taken.kept);
    let short = taken.sentences(Section::Answer, answer.answer, statements);
    taken.short = filled(Section::Answer, short, statements, &mut taken.kept);
    let why = taken.sentences(Section::Why, answer.why, statements);
    taken.why = filled(Section::Why, why, statements, &mut taken.kept);
    let rejected = taken.sentences(Section::Rejected, answer.rejected, statements);
    taken.rejected = filled(Section::Rejected, rejected, statements, &mut taken.kept);
    if taken.kept == 0 {
        return Err(Refusal::NothingLeft(taken.reasons()));
    }
    Ok(taken)
}

impl Taken {
    /// The sentences of one section that nothing speaks against.
    fn sentences<'a>(
        &mut self,
        section: Section,
        sentences: Vec<Sentence>,
        statements: &'a Statements,
    ) -> Vec<Kept<'a>> {
        let mut kept = Vec::new();
        for sentence in sentences.into_iter().take(MOST_SENTENCES) {
            match judge(section, &sentence, statements) {
                Ok(one) => kept.push(one),
                Err(objection) => self.dropped.push(objection),
            }
        }
        kept
    }

    /// Why sentences were dropped, each reason once.
    #[must_use]
    pub fn reasons(&self) -> String {
        let mut reasons = self.dropped.clone();
        reasons.sort_unstable();
        reasons.dedup();
        let words: Vec<&str> = reasons.into_iter().map(Objection::words).collect();
        if words.is_empty() { "it holds none that says all of a fact".to_owned() } else { words.join("; ") }
    }

    /// As it is stored.
    #[must_use]
    pub fn into_wording(self, model: &str, at: Instant) -> Wording {
        Wording {
            model: model.to_owned(),
            at,
            prompt: PROMPT,
            asked: self.asked,
            added: self.added,
            short: self.short,
            why: self.why,
            rejected: self.rejected,
            kept: self.kept,
            dropped: self.dropped,
        }
    }
}

fn judge<'a>(section: Section, sentence: &Sentence, statements: &'a Statements) -> Result<Kept<'a>, Objection> {
    if sentence.facts.is_empty() {
        return Err(Objection::NoStatement);
    }
    let mut on: Vec<&Statement> = Vec::new();
    for id in &sentence.facts {
        let named = statements.get(id).filter(|one| one.supports(section)).ok_or(Objection::UnknownStatement)?;
        if !on.contains(&named) {
            on.push(named);
        }
    }
    let text = formed(section, &sentence.text)?;
    let declared = |code: &str| sentence.codes.iter().any(|one| one == code);
    let offered = |code: &str| statements.candidates.iter().any(|one| one == code);
    let named = codes_in(&text);
    let undeclared = |code: &str| offered(code) && !declared(code);
    if sentence.codes.iter().any(|code| !offered(code)) || named.iter().any(|(_, code)| undeclared(code.as_str())) {
        return Err(Objection::ForeignCode);
    }
    match objection(&text, &on) {
        Some(objection) => Err(objection),
        None => Ok(Kept { text, on }),
    }
}

/// A sentence as one line of plain text that begins with a word and ends with a point.
fn formed(section: Section, text: &str) -> Result<String, Objection> {
    if text.chars().count() > LONGEST || text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(Objection::Form);
    }
    let (text, _) = without_sources(&plain(text));
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | '(' | '[')).trim_end();
    let lower = text.to_lowercase();
    // These words are how the guard knows the asker's own.
    let poses = ["you asked", "you added"].iter().any(|words| lower.contains(words));
    let is_question = text.contains('?') && section != Section::Question;
    if text.is_empty() || poses || is_question || text.contains("[[") {
        return Err(Objection::Form);
    }
    let bare = text.trim_end_matches(['.', ' ', ';', ',', ':']);
    Ok(if bare.ends_with(['?', '!']) { bare.to_owned() } else { format!("{bare}.") })
}

/// The question and what was added, each only when it names all codes of the asker's words.
fn questions(kept: &[Kept<'_>], statements: &Statements, count: &mut usize) -> (Option<String>, Option<String>) {
    let mut restated = statements.of_section(Section::Question).map(|statement| {
        let own: Vec<&str> = kept
            .iter()
            .filter(|one| one.on == [statement])
            .map(|one| one.text.as_str())
            .take(Section::Question.most())
            .collect();
        let text = own.join(" ");
        // Twice the same is no restatement.
        let is_long = 2 * text.len() > 3 * statement.text.len();
        let complete = !own.is_empty() && !is_long && covers(&text, statement);
        if complete {
            *count += own.len();
        }
        complete.then_some(text)
    });
    (restated.next().flatten(), restated.next().flatten())
}

/// A section: the model's sentences where they say all of a statement, and the rules' own where none does, in the order of the
/// statements. When that would be more than the section may hold, the rules' own.
fn filled(section: Section, kept: Vec<Kept<'_>>, statements: &Statements, count: &mut usize) -> Vec<String> {
    let own: Vec<&Statement> = statements.of_section(section).collect();
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut covered = vec![false; own.len()];
    let mut taken = 0;
    for one in kept {
        let says: Vec<usize> = own
            .iter()
            .enumerate()
            .filter(|(_, statement)| one.on.contains(statement) && covers(&one.text, statement))
            .map(|(at, _)| at)
            .collect();
        // A sentence that says nothing new of its section is a repetition.
        let is_new = says.iter().any(|at| covered.get(*at) == Some(&false));
        let Some(first) = says.first().copied().filter(|_| is_new) else { continue };
        for at in says {
            if let Some(covered) = covered.get_mut(at) {
                *covered = true;
            }
        }
        taken += 1;
        lines.push((first, with_sources(&one.text, &one.on)));
    }
    let left = own.iter().enumerate().filter(|(at, _)| covered.get(*at) == Some(&false));
    lines.extend(left.map(|(at, statement)| (at, statement.written.clone())));
    lines.sort_by_key(|(at, _)| *at);
    let withheld = statements.withheld.iter().filter(|(of, _)| *of == section).map(|(_, written)| written.clone());
    let whole: Vec<String> = lines.into_iter().map(|(_, line)| line).chain(withheld.clone()).collect();
    if whole.len() > section.most() || taken == 0 {
        return own.iter().map(|statement| statement.written.clone()).chain(withheld).collect();
    }
    *count += taken;
    whole
}

/// `… the record shows it [2] [3].`
fn with_sources(text: &str, on: &[&Statement]) -> String {
    let mut numbers: Vec<usize> = Vec::new();
    for number in on.iter().flat_map(|one| &one.sources) {
        if !numbers.contains(number) {
            numbers.push(*number);
        }
    }
    if numbers.is_empty() {
        return text.to_owned();
    }
    let cited: Vec<String> = numbers.iter().map(|number| format!("[{number}]")).collect();
    let end = if text.ends_with('!') { '!' } else { '.' };
    format!("{} {}{end}", text.trim_end_matches(['.', '!']), cited.join(" "))
}

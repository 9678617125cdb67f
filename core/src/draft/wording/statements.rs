//! What the rules have said, as numbered statements. They are all that a model is shown, and all that its sentences may rest
//! on: `Q1`, `Q2` are the asker's words, masked, and support the question alone; `F1`, `F2` … are facts, each as the sentence
//! that the rules made of it, with the numbers of its sources.

use std::collections::BTreeSet;

use super::section::Section;
use crate::{
    catalog::TextSource,
    draft::{answer::Answer, edits::words::EditWords, facts::Facts},
};

/// Edit checks that are offered besides the statements of the answer.
const MOST_EDITS: usize = 12;

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// `Q1`, `F3`.
    pub id: String,
    /// Where the rules put it; an edit check belongs to none of the sections and may support any of the reply's own.
    pub section: Option<Section>,
    /// One sentence, without the numbers of its sources.
    pub text: String,
    /// The numbers of its sources, in the order of the sentence.
    pub sources: Vec<usize>,
    /// As the rules wrote it.
    pub(super) written: String,
}

/// All statements of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statements {
    /// In the order of the reply.
    pub list: Vec<Statement>,
    /// The codes of the case, which are all that a sentence may name.
    pub candidates: Vec<String>,
    /// What stays as the rules wrote it, and is not shown to a model: licensed text.
    pub(super) withheld: Vec<(Section, String)>,
}

impl Statements {
    /// Of these facts; none when the rules left the answer to the reviewer, since there is nothing to phrase then.
    #[must_use]
    pub fn of(facts: &Facts) -> Option<Self> {
        let answer = Answer::of(facts);
        if answer.short.is_empty() && answer.why.is_empty() && answer.rejected.is_empty() {
            return None;
        }
        let mut made = Self::default();
        let asked = [&facts.question.asked, &facts.question.added].into_iter().flatten();
        for (at, text) in asked.enumerate() {
            made.list.push(Statement {
                id: format!("Q{}", at + 1),
                section: Some(Section::Question),
                text: text.clone(),
                sources: Vec::new(),
                written: text.clone(),
            });
        }
        let licensed: Vec<&str> = facts
            .lines
            .iter()
            .filter_map(|line| line.title.as_ref())
            .filter(|title| title.source == TextSource::Licensed)
            .map(|title| title.text.as_str())
            .collect();
        for (section, sentences) in
            [(Section::Answer, &answer.short), (Section::Why, &answer.why), (Section::Rejected, &answer.rejected)]
        {
            for sentence in sentences {
                if licensed.iter().any(|text| sentence.contains(text)) {
                    made.withheld.push((section, sentence.clone()));
                } else {
                    made.fact(Some(section), sentence);
                }
            }
        }
        for line in EditWords::of(&facts.edits).found.iter().take(MOST_EDITS) {
            if !licensed.iter().any(|text| line.contains(text)) {
                made.fact(None, line);
            }
        }
        let codes: BTreeSet<&str> = facts.lines.iter().map(|line| line.code.as_str()).collect();
        made.candidates = codes.into_iter().map(str::to_owned).collect();
        Some(made)
    }

    fn fact(&mut self, section: Option<Section>, sentence: &str) {
        let number = 1 + self.list.iter().filter(|one| one.id.starts_with('F')).count();
        let (text, sources) = without_sources(sentence);
        self.list.push(Statement { id: format!("F{number}"), section, text, sources, written: sentence.to_owned() });
    }

    /// The statement of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Statement> {
        self.list.iter().find(|one| one.id == id)
    }

    /// The statements that the rules put into this section.
    pub fn of_section(&self, section: Section) -> impl Iterator<Item = &Statement> {
        self.list.iter().filter(move |one| one.section == Some(section))
    }
}

impl Statement {
    /// Whether a sentence of this section may rest on it.
    #[must_use]
    pub fn supports(&self, section: Section) -> bool {
        (self.section == Some(Section::Question)) == (section == Section::Question)
    }
}

/// `bundled (indicator 1) [2] [3].` → `bundled (indicator 1).` and 2, 3.
pub(super) fn without_sources(sentence: &str) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(sentence.len());
    let mut sources = Vec::new();
    let mut rest = sentence;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        let inside = from.get(1..).and_then(|tail| tail.split_once(']'));
        let number = inside.and_then(|(digits, _)| digits.parse::<usize>().ok());
        if let (Some(number), Some((_, after))) = (number, inside) {
            text.push_str(before.trim_end());
            if !sources.contains(&number) {
                sources.push(number);
            }
            rest = after;
        } else {
            text.push_str(before);
            text.push('[');
            rest = from.get(1..).unwrap_or("");
        }
    }
    text.push_str(rest);
    (text, sources)
}

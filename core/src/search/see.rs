//! Lines of the index that lead to another line: "Lockjaw — see Tetanus".
//!
//! Such a line is how the index takes in lay and old names. It has no code, so it becomes a wording of the codes of the
//! line that it names. Lines are matched by their words, since a reference is written in the order of its terms but not
//! always with their endings. A reference that names no line with a code is left out: a person would have to look on.
//! Called by whoever gathers wordings for an index.

use std::collections::HashMap;

use super::{
    word::words,
    wording::{Form, Wording, of_term},
};
use crate::catalog::layout::icd10cm_index::{Part, Row};

/// The most codes that a line is followed to: one that names more is a heading.
const MOST: usize = 4;

/// Lines that were met, by the words of their paths, and those that lead on.
#[derive(Clone, Debug, Default)]
pub struct References {
    lines: HashMap<String, Vec<Wording>>,
    onward: Vec<(String, Vec<String>)>,
}

impl References {
    /// Takes a line of a part of the index in.
    pub fn add(&mut self, part: Part, line: &Row) {
        let path = line.path.join(", ");
        if line.codes.is_empty() {
            if part == Part::Diseases && !line.see.is_empty() {
                self.onward.push((path, line.see.clone()));
            }
        } else if part == Part::Diseases {
            self.lines.entry(key(&path)).or_insert_with(|| of_term(part, line));
        }
    }

    /// The wordings that references make.
    #[must_use]
    pub fn wordings(&self) -> Vec<Wording> {
        let followed = self.onward.iter().flat_map(|(path, see)| {
            let found: Vec<&Wording> = see.iter().filter_map(|see| self.lines.get(&key(see))).flatten().collect();
            let few = if found.len() > MOST { Vec::new() } else { found };
            few.into_iter().map(|line| Wording {
                form: Form::Index,
                text: path.clone(),
                beside: line.text.clone(),
                ..line.clone()
            })
        });
        followed.collect()
    }
}

/// The words of a path in order of the alphabet.
fn key(path: &str) -> String {
    let mut words: Vec<String> = words(path).into_iter().map(|word| word.text).collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalog::layout::icd10cm_index::Pointer,
        domain::code::{Code, CodeSystem},
    };

    fn line(path: &[&str], code: Option<&str>, see: &[&str]) -> Row {
        let pointer = |code: &str| Pointer { code: Code::normal(CodeSystem::Icd10Cm, code), open: false };
        Row {
            path: path.iter().map(|term| (*term).to_owned()).collect(),
            codes: code.map(pointer).into_iter().collect(),
            see: see.iter().map(|term| (*term).to_owned()).collect(),
            ..Row::default()
        }
    }

    #[test]
    fn a_reference_words_the_code_of_the_line_that_it_names() {
        let mut references = References::default();
        references.add(Part::Diseases, &line(&["Old name"], None, &["Tremors, hand"]));
        references.add(Part::Diseases, &line(&["Nowhere"], None, &["Nothing, such"]));
        references.add(Part::Diseases, &line(&["Tremor", "hand"], Some("R25.1"), &[]));
        let wordings = references.wordings();
        let [row] = wordings.as_slice() else { panic!("{wordings:?}") };
        assert_eq!((row.text.as_str(), row.code.as_str(), row.beside.as_str()), ("Old name", "R25.1", "Tremor, hand"));
    }
}

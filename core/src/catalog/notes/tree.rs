//! The tabular list in memory: what stands above a code, and which notes bind it.
//!
//! Most billable codes are not listed: S72.001A is S72.001 with a 7th character, T88.1XXA is T88.1 filled with X and a
//! 7th character. Such a code hangs on its stem. A code is bound by its own notes, or its stem's, and by those of
//! everything above: codes, section, chapter. A section may also be framed by others that have no codes of their own
//! (T20-T32 frames T20-T25); these bind too.

use std::collections::{BTreeMap, HashMap};

use super::{
    reading,
    reference::{Order, Reference, bare},
};
use crate::{
    catalog::{
        fact::tabular::Listed,
        layout::icd10cm_tabular::{Group, Name, NoteKind, Row, Seventh},
    },
    domain::code::{Code, CodeSystem},
};

/// The characters of a category.
const CATEGORY: usize = 3;

/// The list, some 47,000 rows, or a part of it.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    rows: Vec<Row>,
    /// Row by row, the number of the last row below it.
    ends: Vec<u32>,
    places: HashMap<Code, usize>,
    /// Where codes stand that are not among the rows, when these are a part of the list.
    spans: HashMap<Code, (u32, u32)>,
    /// Section by section, the other sections of its chapter that its categories lie in.
    frames: HashMap<usize, Vec<usize>>,
}

impl Tree {
    /// Takes the rows of one file, in its order.
    #[must_use]
    pub fn new(rows: Vec<Row>) -> Self {
        let mut tree = Self { ends: rows.iter().map(|row| row.number).collect(), rows, ..Self::default() };
        for place in (0..tree.rows.len()).rev() {
            let (end, parent) = (tree.ends.get(place).copied().unwrap_or_default(), tree.parent(place));
            if let Some(above) = parent.and_then(|parent| tree.ends.get_mut(parent)) {
                *above = end.max(*above);
            }
        }
        tree.place_rows();
        tree
    }

    /// The part of the list that these entries and what is above them make up. It answers for the codes on them as the
    /// whole list would.
    #[must_use]
    pub fn part(entries: impl IntoIterator<Item = Listed>) -> Self {
        let mut rows = BTreeMap::new();
        let mut tree = Self::default();
        for entry in entries.into_iter().flat_map(Listed::with_above) {
            tree.spans.extend(entry.spans);
            rows.insert(entry.row.number, (entry.row, entry.end));
        }
        (tree.rows, tree.ends) = rows.into_values().unzip();
        tree.place_rows();
        tree
    }

    /// An entry of the list with what [`Tree::part`] needs besides.
    #[must_use]
    pub fn listed(&self, row: &Row) -> Listed {
        let entry = |row: &Row| {
            let bounds = match &row.name {
                Name::Section { first, last } => vec![first.clone(), last.clone()],
                _ => Vec::new(),
            };
            let bounds = bounds.into_iter().chain(cited_bounds(row));
            Listed {
                end: self.end(row),
                spans: bounds.filter_map(|code| Some((code.clone(), self.span(&code)?))).collect(),
                row: row.clone(),
                above: Vec::new(),
            }
        };
        let above = match &row.name {
            Name::Code(code) if bare(code).len() == CATEGORY => {
                self.chain(code).into_iter().skip(1).map(entry).collect()
            }
            _ => Vec::new(),
        };
        Listed { above, ..entry(row) }
    }

    fn end(&self, row: &Row) -> u32 {
        let place = self.rows.binary_search_by_key(&row.number, |row| row.number);
        place.ok().and_then(|place| self.ends.get(place).copied()).unwrap_or(row.number)
    }

    fn place_rows(&mut self) {
        let tree = self;
        let mut sections = Vec::new();
        for (place, row) in tree.rows.iter().enumerate() {
            match &row.name {
                Name::Code(code) => {
                    tree.places.entry(code.clone()).or_insert(place);
                }
                Name::Section { .. } => sections.push(place),
                Name::Chapter(_) => {}
            }
        }
        for section in &sections {
            let frames = sections.iter().copied().filter(|frame| tree.is_framed(*section, *frame));
            let frames = frames.collect();
            tree.frames.insert(*section, frames);
        }
    }

    /// All rows, in order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row of a code, or that of its stem; none when neither is listed.
    #[must_use]
    pub fn stem(&self, code: &Code) -> Option<&Row> {
        self.rows.get(self.place(code)?)
    }

    /// What stands above a code, from its own row or stem up to the chapter.
    #[must_use]
    pub fn chain(&self, code: &Code) -> Vec<&Row> {
        let mut next = self.place(code);
        let mut chain = Vec::new();
        while let Some(place) = next {
            let frames = self.frames.get(&place).into_iter().flatten();
            chain.extend([place].iter().chain(frames).filter_map(|place| self.rows.get(*place)));
            next = self.parent(place);
        }
        chain
    }

    /// The notes that bind a code, nearest first, each with the row it stands at. Inclusion terms explain one code
    /// and are not inherited by the codes below it, save by those that only add a 7th character.
    pub fn notes(&self, code: &Code) -> impl Iterator<Item = (&Row, &Group)> {
        let chain = self.chain(code).into_iter().enumerate();
        chain.flat_map(|(above, row)| {
            let binding = row.notes.iter().filter(move |group| above == 0 || group.kind != NoteKind::InclusionTerm);
            binding.map(move |group| (row, group))
        })
    }

    /// The 7th characters that a code takes, by the nearest definition above it; none when it takes none.
    #[must_use]
    pub fn sevenths(&self, code: &Code) -> &[Seventh] {
        let chain = self.chain(code);
        chain.iter().find(|row| !row.seventh.is_empty()).map_or(&[], |row| &row.seventh)
    }

    /// What the 7th character of a whole code says.
    #[must_use]
    pub fn seventh(&self, code: &Code) -> Option<&Seventh> {
        let character = bare(code).chars().nth(6)?;
        self.sevenths(code).iter().find(|seventh| seventh.character == character)
    }

    fn place(&self, code: &Code) -> Option<usize> {
        if let Some(place) = self.places.get(code) {
            return Some(*place);
        }
        let whole = bare(code);
        if whole.len() != 7 || !whole.is_ascii() {
            return None;
        }
        // The stem, then nothing but X, then the 7th character.
        let filled = (3..=6).rev().take_while(|length| whole.bytes().take(6).skip(*length).all(|byte| byte == b'X'));
        filled
            .filter_map(|length| whole.get(..length))
            .find_map(|stem| self.places.get(&Code::normal(CodeSystem::Icd10Cm, stem)).copied())
    }

    fn parent(&self, place: usize) -> Option<usize> {
        let number = self.rows.get(place)?.parent?;
        self.rows.binary_search_by_key(&number, |row| row.number).ok().filter(|parent| *parent < place)
    }

    /// Whether all categories of a section lie in another one of the same chapter.
    fn is_framed(&self, section: usize, frame: usize) -> bool {
        let (Some(section), Some(frame)) = (self.rows.get(section), self.rows.get(frame)) else { return false };
        let (Name::Section { first, last }, Name::Section { first: from, last: to }) = (&section.name, &frame.name)
        else {
            return false;
        };
        let range = Reference::Range { first: from.clone(), last: to.clone() };
        section.number != frame.number
            && section.parent == frame.parent
            && range.holds(first, self)
            && range.holds(last, self)
    }
}

/// The ends of the ranges that the notes of a row point to.
fn cited_bounds(row: &Row) -> Vec<Code> {
    let pointing = row.notes.iter().filter(|group| {
        !matches!(group.kind, NoteKind::InclusionTerm | NoteKind::Includes | NoteKind::General | NoteKind::Seventh)
    });
    let mut bounds = Vec::new();
    for note in pointing.flat_map(|group| &group.notes) {
        for cited in reading::read(&note.text).cited() {
            if let Reference::Range { first, last } = &cited.reference {
                bounds.extend([first.clone(), last.clone()]);
            }
        }
    }
    bounds
}

impl Order for Tree {
    fn span(&self, code: &Code) -> Option<(u32, u32)> {
        let Some(place) = self.place(code) else { return self.spans.get(code).copied() };
        Some((self.rows.get(place)?.number, *self.ends.get(place)?))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::catalog::{fact::tabular, layout::icd10cm_tabular};

    /// A small invented list.
    pub(in crate::catalog::notes) fn tree() -> Tree {
        let text = include_str!("tests/tabular.xml");
        let mut rows = Vec::new();
        icd10cm_tabular::read(text.as_bytes(), &mut |row| {
            rows.push(row.expect("a sound file"));
            ControlFlow::Continue(())
        })
        .expect("a sound file");
        Tree::new(rows)
    }

    pub(in crate::catalog::notes) fn code(text: &str) -> Code {
        Code::normal(CodeSystem::Icd10Cm, text)
    }

    fn above(tree: &Tree, text: &str) -> String {
        let names = tree.chain(&code(text)).into_iter().map(|row| match &row.name {
            Name::Chapter(number) => format!("chapter {number}"),
            Name::Section { first, last } => format!("{first}-{last}"),
            Name::Code(code) => code.to_string(),
        });
        names.collect::<Vec<_>>().join(" < ")
    }

    #[test]
    fn a_code_hangs_on_its_stem_and_everything_above() {
        let tree = tree();
        for (text, expected) in [
            ("S10.1", "S10.1 < S10 < S10-S19 < S00-S99 < chapter 1"),
            ("S10.1XXA", "S10.1 < S10 < S10-S19 < S00-S99 < chapter 1"),
            ("S10.01XS", "S10.01 < S10.0 < S10 < S10-S19 < S00-S99 < chapter 1"),
            ("S20.0X1A", "S20.0X1 < S20.0X < S20.0 < S20 < S20-S29 < S00-S99 < chapter 1"),
            ("A10", "A10 < A10-A19 < chapter 2"),
            ("S10.1XX", ""),
            ("S10.19XA", ""),
            ("Z99", ""),
            ("", ""),
        ] {
            assert_eq!(above(&tree, text), expected, "{text}");
        }
    }

    #[test]
    fn the_nearest_definition_tells_the_seventh_characters() {
        let tree = tree();
        let characters =
            |text: &str| tree.sevenths(&code(text)).iter().map(|seventh| seventh.character).collect::<String>();
        assert_eq!(characters("S10.01XA"), "ADS");
        assert_eq!(characters("S10.1XXA"), "AS");
        assert_eq!(characters("A10"), "");
        assert_eq!(tree.seventh(&code("S10.1XXS")).map(|seventh| seventh.meaning.as_str()), Some("long after"));
        assert_eq!(tree.seventh(&code("S10.1XXD")), None);
    }

    #[test]
    fn notes_are_inherited_nearest_first_and_inclusion_terms_are_not() {
        let tree = tree();
        let notes = |text: &str| -> Vec<(NoteKind, String)> {
            let code = code(text);
            tree.notes(&code).map(|(_, group)| (group.kind, group.notes[0].text.clone())).collect()
        };
        let kinds = notes("S10.01XA");
        let texts: Vec<&str> = kinds.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["of the stem", "calm (A10.-)", "the 7th character", "peace (A11)", "framed (A12-A13)"]);
        assert!(notes("S10.1XXA").iter().all(|(kind, _)| *kind != NoteKind::InclusionTerm));
    }

    /// What a part of the list says of two codes is what the whole list says.
    #[test]
    fn a_part_answers_as_the_whole() {
        let tree = tree();
        let codes = ["S10.01XA", "S10.1XXS", "S20.0X1A", "A10", "A11", "A12.5", "A14.1"].map(code);
        for (a, b) in codes.iter().flat_map(|a| codes.iter().map(move |b| (a, b))) {
            let keys = tabular::keys(a).into_iter().chain(tabular::keys(b));
            let rows = keys.filter_map(|key| tree.rows().iter().find(|row| row.name.words() == key));
            let part = Tree::part(rows.map(|row| tree.listed(row)));
            assert_eq!(part.excludes1(a, b), tree.excludes1(a, b), "{a} and {b}");
            assert_eq!(part.sevenths(a), tree.sevenths(a));
            assert!(part.notes(a).eq(tree.notes(a)), "{a}");
        }
    }

    #[test]
    fn a_range_goes_by_the_list() {
        let tree = tree();
        assert_eq!(tree.span(&code("S10")).map(|(from, to)| to - from), Some(3));
        assert_eq!(tree.span(&code("S10.1XXA")), tree.span(&code("S10.1")));
        assert_eq!(tree.span(&code("S10.9")), None);
    }
}

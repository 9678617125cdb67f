//! A note that binds one code and speaks of another.
//!
//! Two codes conflict when an excludes1 note that binds the one points to the other, in either direction. That is a
//! reason to check, not a prohibition: unrelated conditions may stand together.

use super::{
    reading,
    reference::{Cited, Falls},
    tree::Tree,
};
use crate::{
    catalog::layout::icd10cm_tabular::{Note, NoteKind, Row},
    domain::code::Code,
};

/// A note that binds a code and speaks of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention<'t> {
    /// The note's heading.
    pub kind: NoteKind,
    /// The note.
    pub note: &'t Note,
    /// Where it stands: the code itself, its stem, or what is above.
    pub at: &'t Row,
    /// The code that it binds.
    pub bound: Code,
    /// The code that it speaks of.
    pub other: Code,
    /// In which form, and where in the note's text.
    pub cited: Cited,
    /// False when words that a program cannot decide narrow it.
    pub certain: bool,
}

impl Tree {
    /// The notes of one kind that bind `bound` and point to `other`, nearest first. A reference that holds both codes
    /// says nothing of the one against the other, and is left out.
    #[must_use]
    pub fn mentions(&self, kind: NoteKind, bound: &Code, other: &Code) -> Vec<Mention<'_>> {
        let mut found = Vec::new();
        if bound == other {
            return found;
        }
        for (at, group) in self.notes(bound).filter(|(_, group)| group.kind == kind) {
            for note in &group.notes {
                for cited in reading::read(&note.text).cited() {
                    let falls = cited.falls(other, self);
                    if falls == Falls::Outside || cited.falls(bound, self) == Falls::Under {
                        continue;
                    }
                    found.push(Mention {
                        kind,
                        note,
                        at,
                        bound: bound.clone(),
                        other: other.clone(),
                        cited: cited.clone(),
                        certain: falls == Falls::Under,
                    });
                }
            }
        }
        found
    }

    /// The excludes1 notes that set two codes against each other, whichever of them they bind.
    #[must_use]
    pub fn excludes1(&self, a: &Code, b: &Code) -> Vec<Mention<'_>> {
        let mut found = self.mentions(NoteKind::Excludes1, a, b);
        found.extend(self.mentions(NoteKind::Excludes1, b, a));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::notes::tree::tests::{code, tree};

    fn found(a: &str, b: &str) -> Vec<String> {
        let tree = tree();
        let told = |mention: &Mention<'_>| {
            let sure = if mention.certain { "" } else { "?" };
            format!("{} at line {}: {}{sure}", mention.bound, mention.note.line, mention.cited.reference)
        };
        tree.excludes1(&code(a), &code(b)).iter().map(told).collect()
    }

    #[test]
    fn a_conflict_is_found_from_either_side_with_the_note_and_its_form() {
        for (a, b, expected) in [
            ("S10.01XA", "A10", &["S10.01XA at line 18: A10.-"][..]),
            ("A10", "S10.01XA", &["S10.01XA at line 18: A10.-"]),
            ("S10.01XA", "A12.5", &["S10.01XA at line 8: A12-A13"]),
            ("S10.01XA", "A11", &["S10.01XA at line 13: A11"]),
            // With words that only a person can decide.
            ("S20.0X1A", "A14.1", &["S20.0X1A at line 41: A14.-?"]),
            ("A10", "A14.1", &[]),
            ("S10.01XA", "S10.01XA", &[]),
            // The note names the whole category that both stand in.
            ("S20.0X1A", "S20.0X1D", &[]),
            ("S20.0X1A", "Z99", &[]),
        ] {
            assert_eq!(found(a, b), expected, "{a} and {b}");
        }
    }

    #[test]
    fn other_kinds_are_asked_for_by_name() {
        let tree = tree();
        let first = tree.mentions(NoteKind::CodeFirst, &code("A10"), &code("S10.1XXA"));
        assert_eq!(first.len(), 1);
        assert_eq!(first[0].at.title, "Other calm");
        assert!(tree.mentions(NoteKind::CodeFirst, &code("S10.1XXA"), &code("A10")).is_empty());
    }
}

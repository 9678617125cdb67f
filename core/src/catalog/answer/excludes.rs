//! Whether an excludes1 note of the ICD-10-CM tabular list sets two diagnoses against each other.
//!
//! What is found is a reason to check and never a prohibition: by the guidelines, two such codes may stand together
//! when the conditions are unrelated. About one note in fifty cannot be read by a program; it is handed on as text.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    super::{
        dataset::Dataset,
        fact::tabular,
        layout::icd10cm_tabular::{Name, NoteKind},
        notes::{self, Mention, Reading, Reference, Tree},
        sheet::Unreadable,
    },
    Desk, Told, diagnosis,
};
use crate::domain::code::Code;

/// What excludes1 notes say of two diagnoses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excludes1 {
    /// Notes that bind the one and point to the other.
    pub conflicts: Vec<Conflict>,
    /// Notes that bind one of them and point to no code: to be read by a person.
    pub prose: Vec<Prose>,
}

/// A note that binds one code and points to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The code that it binds.
    pub bound: Code,
    /// The code that it points to.
    pub other: Code,
    /// Where it stands.
    pub at: Name,
    /// Its text.
    pub note: String,
    /// In which form it points there: a code, a stem or a range.
    pub reference: Reference,
    /// False when words that a program cannot decide narrow it.
    pub certain: bool,
}

/// A note without a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// The code that it binds; the first, where it binds both.
    pub bound: Code,
    /// Where it stands.
    pub at: Name,
    /// Its text.
    pub note: String,
}

impl From<&Mention<'_>> for Conflict {
    fn from(mention: &Mention<'_>) -> Self {
        Self {
            bound: mention.bound.clone(),
            other: mention.other.clone(),
            at: mention.at.name.clone(),
            note: mention.note.text.clone(),
            reference: mention.cited.reference.clone(),
            certain: mention.certain,
        }
    }
}

impl Desk {
    /// The excludes1 notes between two diagnoses, in both directions. Nothing found says that the list has no such
    /// note. The desk needs the sheets of [`tabular::keys`] of both.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn excludes1(&self, one: &Code, other: &Code, day: Date) -> Result<Told<'_, Excludes1>, Unreadable> {
        let told = self.excludes1_among(&[one, other], day)?;
        Ok(told.filter_map(|(found, listed)| (listed == 2 && found != Excludes1::default()).then_some(found)))
    }

    /// The same between every two of these diagnoses, and how many of them the list knows: of one that is not listed
    /// the notes are not known.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn excludes1_among(&self, codes: &[&Code], day: Date) -> Result<Told<'_, (Excludes1, usize)>, Unreadable> {
        let keys: BTreeSet<String> = codes.iter().flat_map(|code| tabular::keys(code)).collect();
        let keys: Vec<String> = keys.into_iter().collect();
        self.ask_all(Dataset::Icd10CmTabular, &keys, day, |bodies| {
            let tree = diagnosis::tree(bodies)?;
            let listed: Vec<&Code> = codes.iter().copied().filter(|code| tree.stem(code).is_some()).collect();
            let mut conflicts: Vec<Conflict> = Vec::new();
            for (at, one) in listed.iter().enumerate() {
                for other in listed.iter().skip(at + 1) {
                    conflicts.extend(tree.excludes1(one, other).iter().map(Conflict::from));
                }
            }
            let found = Excludes1 { conflicts, prose: prose(&tree, &listed) };
            Ok((!listed.is_empty()).then_some((found, listed.len())))
        })
    }
}

/// The notes in words that bind these codes, each once.
fn prose(tree: &Tree, codes: &[&Code]) -> Vec<Prose> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for bound in codes.iter().copied() {
        for (at, group) in tree.notes(bound).filter(|(_, group)| group.kind == NoteKind::Excludes1) {
            for note in &group.notes {
                if notes::read(&note.text) == Reading::Prose && seen.insert(note.line) {
                    found.push(Prose { bound: bound.clone(), at: at.name.clone(), note: note.text.clone() });
                }
            }
        }
    }
    found
}

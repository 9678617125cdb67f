//! What the lists around ICD-10-CM say of one diagnosis on a day: notes, 7th characters, index, predecessors.
//!
//! A code that the tabular list does not print hangs on its stem, and is bound by the notes of everything above that.

use jiff::civil::Date;

use super::{
    super::{
        dataset::Dataset,
        fact::{
            conversion::{Conversion, Successor},
            exempt::PoaExempt,
            index_terms::IndexTerms,
            revision::Revisions,
            tabular::{self, Listed},
        },
        layout::{
            icd10_range, icd10cm_index,
            icd10cm_tabular::{Name, NoteKind, Seventh},
        },
        notes::Tree,
        sheet::{Fact as _, Unreadable},
    },
    Desk, Told,
};
use crate::domain::code::Code;

/// What binds a diagnosis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notes {
    /// The code that the list prints: this one, or the stem that it hangs on.
    pub listed: Code,
    /// Its title.
    pub title: String,
    /// The notes, nearest first.
    pub notes: Vec<BoundNotes>,
    /// The 7th characters that the codes on this stem take; empty when they take none.
    pub sevenths: Vec<Seventh>,
    /// What the code's own 7th character says.
    pub seventh: Option<Seventh>,
}

/// Notes under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundNotes {
    /// Where they stand: at the code itself or at something above it.
    pub at: Name,
    /// The heading.
    pub kind: NoteKind,
    /// Their texts.
    pub texts: Vec<String>,
}

/// The part of the list that these sheets make up.
pub(super) fn tree(bodies: &[&[u8]]) -> Result<Tree, Unreadable> {
    let listed: Result<Vec<Listed>, Unreadable> = bodies.iter().map(|body| Listed::from_body(body)).collect();
    Ok(Tree::part(listed?))
}

impl Desk {
    /// The notes that bind a diagnosis, and its 7th characters. The desk needs the sheets of [`tabular::keys`].
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn notes(&self, code: &Code, day: Date) -> Result<Told<'_, Notes>, Unreadable> {
        self.ask_all(Dataset::Icd10CmTabular, &tabular::keys(code), day, |bodies| {
            let tree = tree(bodies)?;
            let Some(stem) = tree.stem(code) else { return Ok(None) };
            let Name::Code(listed) = &stem.name else { return Ok(None) };
            let notes = tree.notes(code).map(|(row, group)| BoundNotes {
                at: row.name.clone(),
                kind: group.kind,
                texts: group.notes.iter().map(|note| note.text.clone()).collect(),
            });
            Ok(Some(Notes {
                listed: listed.clone(),
                title: stem.title.clone(),
                notes: notes.collect(),
                sevenths: tree.sevenths(code).to_vec(),
                seventh: tree.seventh(code).cloned(),
            }))
        })
    }

    /// The lines of a part of the index that lead to a diagnosis or, where none does, to the longest of its beginnings
    /// that has any: the index often leaves the last characters to the tabular list.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn index(
        &self,
        table: Dataset,
        code: &Code,
        day: Date,
    ) -> Result<Told<'_, Vec<icd10cm_index::Row>>, Unreadable> {
        self.ask_all(table, &tabular::keys(code), day, |bodies| {
            bodies.last().map(|body| Ok(IndexTerms::from_body(body)?.terms)).transpose()
        })
    }

    /// What was reported before a diagnosis came, and what had come in its place by that day, also where the table names
    /// it within a range. The desk needs the sheets of the code and of its category.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn conversion(&self, code: &Code, day: Date) -> Result<Told<'_, Conversion>, Unreadable> {
        let category = icd10_range::category(code).unwrap_or_else(|| code.clone());
        let in_ranges = self.ask_all(Dataset::Icd10CmConversion, &[category.as_str()], day, |bodies| {
            let ranges = bodies.first().map(|body| Conversion::from_body(body)).transpose()?.unwrap_or_default().ranges;
            let holds = |successor: &Successor| successor.range.as_ref().is_some_and(|range| range.holds(code));
            Ok(Some(ranges.into_iter().filter(holds).collect::<Vec<_>>()))
        })?;
        self.ask_all(Dataset::Icd10CmConversion, &[code.as_str()], day, |bodies| {
            let mut conversion =
                bodies.first().map(|body| Conversion::from_body(body)).transpose()?.unwrap_or_default();
            conversion.ranges.clear();
            conversion.after.extend(in_ranges.value().into_iter().flatten().cloned());
            conversion.before.retain(|row| row.effective <= day);
            conversion.after.retain(|row| row.effective <= day);
            Ok((conversion != Conversion::default()).then_some(conversion))
        })
    }

    /// Whether a diagnosis is exempt from the present-on-admission indicator.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn poa_exempt(&self, code: &Code, day: Date) -> Result<Told<'_, PoaExempt>, Unreadable> {
        self.fact(Dataset::PoaExempt, code.as_str(), day)
    }

    /// What the release of the day changed at a code; `table` is [`Dataset::Icd10CmAddenda`] or
    /// [`Dataset::Icd10PcsAddenda`].
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn revisions(&self, table: Dataset, code: &Code, day: Date) -> Result<Told<'_, Revisions>, Unreadable> {
        self.fact(table, code.as_str(), day)
    }
}

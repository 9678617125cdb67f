//! What the lists around ICD-10-CM say of the diagnoses of a case: the 7th characters that a stem takes, excludes1 notes
//! between two of them, and which codes came in the place of others. Notes in words are shown and never decided. Called by
//! `facts`; told by the section "Diagnosis and necessity".

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    code_line::CodeLine,
    said::{Answer, Said},
    source::{Cited, Sources},
};
use crate::{
    catalog::{
        Dataset,
        answer::{Desk, Told, diagnosis::Notes},
        fact::conversion::Conversion,
        layout::icd10cm_tabular::Seventh,
    },
    domain::code::{Code, CodeSystem},
};

/// Diagnoses that are looked up and set against each other.
const MOST: usize = 12;

/// The diagnoses of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnoses {
    /// Those whose stem takes a 7th character.
    pub sevenths: Vec<SeventhCheck>,
    /// Two of them of which a note binds one and points to the other.
    pub excludes: Vec<ExcludesCheck>,
    /// Notes in words that bind one of several: a person has to read them.
    pub prose: Vec<ProseCheck>,
    /// Those that came in the place of others, or in whose place others came.
    pub conversions: Vec<ConversionCheck>,
    /// Whether the tabular list was asked and is not loaded.
    pub tabular_missing: bool,
}

/// A diagnosis whose stem takes a 7th character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeventhCheck {
    /// The diagnosis, as written.
    pub code: Code,
    /// What the list says on each day.
    pub answers: Vec<Answer<SeventhFact>>,
}

/// 7th characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeventhFact {
    /// The code that the list prints.
    pub stem: Code,
    /// The one that the code has, with its meaning; none when it has none.
    pub own: Option<(char, String)>,
    /// Those that it may take, with their meanings.
    pub all: Vec<(char, String)>,
}

/// Two diagnoses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcludesCheck {
    /// The one that the note binds.
    pub one: Code,
    /// The other.
    pub other: Code,
    /// Where the note stands: a code, a section or a chapter.
    pub place: String,
    /// Its text.
    pub note: String,
    /// False when words that a program cannot decide narrow it.
    pub certain: bool,
    /// The list.
    pub source: Cited,
}

/// A note in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProseCheck {
    /// The diagnosis that it binds.
    pub code: Code,
    /// Where it stands.
    pub place: String,
    /// Its text.
    pub note: String,
    /// The list.
    pub source: Cited,
}

/// A diagnosis among its predecessors and successors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversionCheck {
    /// The diagnosis.
    pub code: Code,
    /// What the table says on each day.
    pub answers: Vec<Answer<ConversionFact>>,
}

/// Codes of other years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversionFact {
    /// What was reported before it, as the table words it, and its first day.
    pub before: Vec<(String, Date)>,
    /// What came in its place or beside it, and the first day of each.
    pub after: Vec<(Code, Date)>,
}

impl Diagnoses {
    pub(super) fn all(lines: &[CodeLine], desk: &Desk, days: &[Date], sources: &mut Sources) -> Self {
        let codes: Vec<&Code> = lines
            .iter()
            .filter(|line| line.system == CodeSystem::Icd10Cm && line.range.is_none())
            .map(|line| &line.code)
            .take(MOST)
            .collect();
        let mut all = Self::default();
        for code in &codes {
            all.sevenths.extend(SeventhCheck::of(code, desk, days, sources));
            all.conversions.extend(ConversionCheck::of(code, desk, days, sources));
        }
        if codes.len() > 1 {
            days.iter().for_each(|day| all.exclude(&codes, desk, *day, sources));
        }
        let asked = || days.iter().filter_map(|day| desk.excludes1_among(&codes, *day).ok());
        all.tabular_missing = !codes.is_empty() && asked().all(|told| matches!(told, Told::NotLoaded { .. }));
        all
    }
}

impl SeventhCheck {
    fn of(code: &Code, desk: &Desk, days: &[Date], sources: &mut Sources) -> Option<Self> {
        let fact = |notes: Notes| {
            let pair = |one: Seventh| (one.character, one.meaning);
            let all: Vec<(char, String)> = notes.sevenths.into_iter().map(pair).collect();
            (!all.is_empty()).then(|| SeventhFact { stem: notes.listed, own: notes.seventh.map(pair), all })
        };
        let answers = days.iter().filter_map(|day| {
            let told = desk.notes(code, *day).map(|told| told.filter_map(fact));
            let said = Said::if_told(told, sources, |fact| fact)?;
            Some(Answer { table: Dataset::Icd10CmTabular, day: *day, said })
        });
        let answers: Vec<_> = answers.collect();
        (!answers.is_empty()).then(|| Self { code: code.clone(), answers })
    }
}

impl Diagnoses {
    /// The notes among these codes on a day, each once.
    fn exclude(&mut self, codes: &[&Code], desk: &Desk, day: Date, sources: &mut Sources) {
        let Ok(Told::Said { value: (found, _), edition, .. }) = desk.excludes1_among(codes, day) else { return };
        for one in found.conflicts {
            let known = |check: &ExcludesCheck| {
                [(&check.one, &check.other), (&check.other, &check.one)].contains(&(&one.bound, &one.other))
            };
            if !self.excludes.iter().any(known) {
                self.excludes.push(ExcludesCheck {
                    place: one.at.words(),
                    one: one.bound,
                    other: one.other,
                    note: one.note,
                    certain: one.certain,
                    source: sources.cite(edition),
                });
            }
        }
        for one in found.prose {
            if self.prose.len() < MOST && !self.prose.iter().any(|known| known.note == one.note) {
                let (code, place, note) = (one.bound, one.at.words(), one.note);
                self.prose.push(ProseCheck { code, place, note, source: sources.cite(edition) });
            }
        }
    }
}

impl ConversionCheck {
    fn of(code: &Code, desk: &Desk, days: &[Date], sources: &mut Sources) -> Option<Self> {
        let answers = days.iter().filter_map(|day| {
            let said = Said::if_told(desk.conversion(code, *day), sources, |found| ConversionFact::of(&found))?;
            Some(Answer { table: Dataset::Icd10CmConversion, day: *day, said })
        });
        let answers: Vec<_> = answers.collect();
        (!answers.is_empty()).then(|| Self { code: code.clone(), answers })
    }
}

impl ConversionFact {
    fn of(found: &Conversion) -> Self {
        Self {
            before: found.before.iter().map(|row| (row.words.clone(), row.effective)).collect(),
            after: found.after.iter().map(|row| (row.code.clone(), row.effective)).collect(),
        }
    }
}

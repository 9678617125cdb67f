//! One line of the codes table: a code, what the asker attached to it, what the catalogue says of it.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    brief::Brief,
    source::{Cited, Sources},
    status::Status,
};
use crate::{
    catalog::{Descriptor, Shelf, Standing, TextSource},
    domain::{
        code::{Code, CodeSystem, Modifier},
        mention::Place,
    },
};

/// More codes than this are counted, not looked up: the table of a mail that lists a whole fee schedule helps nobody.
const MOST_LINES: usize = 1_000;

/// A code of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeLine {
    /// Its system.
    pub system: CodeSystem,
    /// In normal form; never a range.
    pub code: Code,
    /// The range that it is an end of, when the asker wrote one.
    pub range: Option<Code>,
    /// Each set of modifiers with which it was written; an empty one when it also stood alone.
    pub modifiers: Vec<Vec<Modifier>>,
    /// Each number of units that was asked about.
    pub units: Vec<u32>,
    /// Where it was written.
    pub places: Vec<Place>,
    /// What it is, with the text's source; none when no text may be shown.
    pub title: Option<Descriptor>,
    /// The edition that the title is from.
    pub title_source: Option<Cited>,
    /// What it was on each day of service, in the order of the days.
    pub standings: Vec<DayStatus>,
    /// Codes that the edition names beside it.
    pub see_also: Vec<Code>,
    /// No mail names it: the reviewer took it from the candidates.
    #[serde(default, skip_serializing_if = "is_false")]
    pub accepted: bool,
}

const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// What a code was on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayStatus {
    /// The day. Private.
    pub day: Date,
    /// What the code was then.
    pub status: Status,
}

impl CodeLine {
    /// The lines of a case: by system in the usual order of tables, then in the order of writing; and how many codes
    /// were left out because there are too many.
    pub(super) fn all(brief: &Brief<'_>, days: &[Date], sources: &mut Sources) -> (Vec<Self>, usize) {
        let mut lines: Vec<Self> = Vec::new();
        let mut known: HashMap<(CodeSystem, Code), usize> = HashMap::new();
        let mut left_out: HashSet<(CodeSystem, Code)> = HashSet::new();
        for mention in brief.mails.iter().flat_map(|mail| &mail.reading.mentions) {
            let ends = match mention.code.ends(mention.system) {
                Some((first, last)) => vec![(first, Some(&mention.code)), (last, Some(&mention.code))],
                None => vec![(mention.code.clone(), None)],
            };
            for (code, range) in ends {
                let key = (mention.system, code);
                let at = match known.get(&key) {
                    Some(at) => *at,
                    None if lines.len() < MOST_LINES => {
                        known.insert(key.clone(), lines.len());
                        lines.push(Self::new(key.0, key.1, range.cloned()));
                        lines.len() - 1
                    }
                    None => {
                        left_out.insert(key);
                        continue;
                    }
                };
                if let Some(line) = lines.get_mut(at) {
                    add_new(&mut line.modifiers, mention.modifiers.clone());
                    mention.units.into_iter().for_each(|units| add_new(&mut line.units, units));
                    add_new(&mut line.places, mention.place);
                }
            }
        }
        for (system, code) in brief.accepted {
            if !known.contains_key(&(*system, code.clone())) && lines.len() < MOST_LINES {
                lines.push(Self { accepted: true, ..Self::new(*system, code.clone(), None) });
            }
        }
        lines.sort_by_key(|line| line.system);
        for line in &mut lines {
            line.look_up(brief.shelf, days, sources);
        }
        (lines, left_out.len())
    }

    fn new(system: CodeSystem, code: Code, range: Option<Code>) -> Self {
        Self {
            system,
            code,
            range,
            modifiers: Vec::new(),
            units: Vec::new(),
            places: Vec::new(),
            title: None,
            title_source: None,
            standings: Vec::new(),
            see_also: Vec::new(),
            accepted: false,
        }
    }

    fn look_up(&mut self, shelf: &Shelf, days: &[Date], sources: &mut Sources) {
        for day in days {
            let status = Status::of(shelf, self.system, &self.code, *day, sources);
            self.standings.push(DayStatus { day: *day, status });
            let (entry, edition) = match shelf.standing(self.system, &self.code, *day) {
                Standing::InForce { entry, edition }
                | Standing::Header { entry, edition }
                | Standing::NotYet { entry, edition }
                | Standing::Ended { entry, edition } => (entry, edition),
                Standing::Unknown { .. } => continue,
            };
            if self.title.is_none() && may_be_shown(self.system, &entry.title) {
                self.title = Some(entry.title.clone());
                self.title_source = Some(sources.cite(edition));
                self.see_also.clone_from(&entry.see_also);
            }
        }
    }

    /// The one status, when it is the same on every day.
    #[must_use]
    pub fn status(&self) -> Option<&Status> {
        let first = &self.standings.first()?.status;
        self.standings.iter().all(|standing| standing.status == *first).then_some(first)
    }

    /// Whether the code stands only where the asker did not write it now.
    #[must_use]
    pub fn only_elsewhere(&self) -> bool {
        !self.accepted && !self.places.iter().any(|place| matches!(place, Place::Subject | Place::New))
    }
}

/// AMA holds the rights in every descriptor of a CPT code, also in one that came with a government file.
fn may_be_shown(system: CodeSystem, title: &Descriptor) -> bool {
    let anothers = system == CodeSystem::Cpt && title.source == TextSource::Public;
    !anothers && !title.text.trim().is_empty()
}

/// A line keeps at most a dozen ways in which its code was written.
fn add_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if list.len() < 12 && !list.contains(&item) {
        list.push(item);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{catalog::starter, draft::samples::Invented};

    #[test]
    fn a_code_has_one_line_with_every_way_in_which_it_was_written() {
        use CodeSystem::{Cpt, Icd10Cm};
        let facts = Invented::mail("E11.9: 20610-RT, 20610-LT, 20610; 99202-99205")
            .codes(&[(Icd10Cm, "E11.9"), (Cpt, "20610-RT"), (Cpt, "20610-LT"), (Cpt, "20610"), (Cpt, "99202-99205")])
            .on(date(2025, 3, 12))
            .facts(starter());
        let lines: Vec<(&str, Vec<String>)> = facts
            .lines
            .iter()
            .map(|line| {
                let sets = line.modifiers.iter().map(|set| set.iter().map(ToString::to_string).collect::<String>());
                (line.code.as_str(), sets.collect())
            })
            .collect();
        let none = vec![String::new()];
        assert_eq!(
            lines,
            [
                ("20610", vec!["RT".to_owned(), "LT".to_owned(), String::new()]),
                ("99202", none.clone()),
                ("99205", none.clone()),
                ("E11.9", none),
            ],
            "procedures before diagnoses, a range by its ends"
        );
    }

    #[test]
    fn an_accepted_code_has_a_line_that_says_that_no_mail_names_it() {
        let case = Invented::mail("A shot in the knee, 20610?").codes(&[(CodeSystem::Cpt, "20610")]);
        let accepted = ["20610", "20611"].map(|code| (CodeSystem::Cpt, Code::normal(CodeSystem::Cpt, code)));
        let facts = case.accepting(&accepted).on(date(2025, 3, 12)).facts(starter());
        let lines: Vec<(&str, bool)> = facts.lines.iter().map(|line| (line.code.as_str(), line.accepted)).collect();
        assert_eq!(lines, [("20610", false), ("20611", true)]);
        assert!(!facts.lines[1].only_elsewhere() && !facts.lines[1].standings.is_empty());
    }

    #[test]
    fn a_cpt_text_from_a_government_file_is_not_shown() {
        let text = |source| Descriptor { text: "Anything".to_owned(), source };
        assert!(!may_be_shown(CodeSystem::Cpt, &text(TextSource::Public)));
        assert!(may_be_shown(CodeSystem::Cpt, &text(TextSource::Licensed)));
        assert!(may_be_shown(CodeSystem::Hcpcs, &text(TextSource::Public)));
    }
}

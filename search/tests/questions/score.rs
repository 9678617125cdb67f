//! Questions, and counts over them. The format is described in `tests/search/README.md`.

use std::{collections::BTreeMap, fmt};

use caseconsult_core::{domain::code::CodeSystem, search::rank::Asked};
use caseconsult_search::Index;
use jiff::civil::{Date, date};

/// The date of service of all questions.
const ON: Date = date(2026, 1, 15);
/// How many codes are looked through.
const LOOKED: usize = 10;

/// A labelled question.
pub(crate) struct Question {
    pub(crate) system: CodeSystem,
    /// Any of them is right.
    pub(crate) codes: Vec<String>,
    pub(crate) words: String,
}

impl Question {
    /// The questions of a file. An error names the line.
    pub(crate) fn all(content: &str) -> Result<Vec<Self>, String> {
        let lines = content.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines
            .map(|line| {
                let mut cells = line.splitn(3, " | ");
                let system = cells.next().and_then(CodeSystem::read);
                let codes: Vec<String> = cells.next().unwrap_or("").split_whitespace().map(str::to_owned).collect();
                match (system, cells.next()) {
                    (Some(system), Some(words)) if !codes.is_empty() => {
                        Ok(Self { system, codes, words: words.to_owned() })
                    }
                    _ => Err(format!("no question: {line}")),
                }
            })
            .collect()
    }

    /// The rank of the first right code, from 1.
    pub(crate) fn rank(&self, index: &Index) -> Option<usize> {
        let asked = Asked { on: ON, system: Some(self.system), billable: true };
        let parts = index.read(&self.words);
        let found = index.find(parts.first()?, asked, LOOKED).unwrap();
        let right = |code: &str| self.codes.iter().any(|one| one == code);
        found.iter().position(|found| right(found.target.code.as_str())).map(|at| at + 1)
    }
}

/// How many questions there are, and how many have a right code in the first 1, 5 and 10; by system, and of all.
pub(crate) struct Figures(BTreeMap<&'static str, (usize, [usize; 3])>);

const DEPTHS: [(&str, usize); 3] = [("first", 1), ("first_5", 5), ("first_10", LOOKED)];

impl Figures {
    pub(crate) fn of(questions: &[Question], ranks: &[Option<usize>]) -> Self {
        let mut counts: BTreeMap<&'static str, (usize, [usize; 3])> = BTreeMap::new();
        for (question, rank) in questions.iter().zip(ranks) {
            for name in [question.system.as_str(), "all"] {
                let (all, reached) = counts.entry(name).or_default();
                *all += 1;
                for (count, (_, depth)) in reached.iter_mut().zip(DEPTHS) {
                    *count += usize::from(rank.is_some_and(|rank| rank <= depth));
                }
            }
        }
        Self(counts)
    }

    /// Each as a share, by system and name.
    pub(crate) fn named(&self) -> BTreeMap<String, BTreeMap<String, f64>> {
        let exact = |number: usize| f64::from(u32::try_from(number).unwrap());
        let share = |all: usize, reached: usize| exact(reached) / exact(all);
        let of = |all: usize, reached: [usize; 3]| {
            DEPTHS.iter().zip(reached).map(|((name, _), count)| ((*name).to_owned(), share(all, count))).collect()
        };
        self.0.iter().map(|(system, (all, reached))| ((*system).to_owned(), of(*all, *reached))).collect()
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (system, figures) in self.named() {
            let all = self.0.get(system.as_str()).map_or(0, |(all, _)| *all);
            write!(f, "\n  {system:<9} {all:>4} questions")?;
            for (name, _) in DEPTHS {
                let figure = figures.get(name).copied().unwrap_or_default();
                write!(f, "  {name} {:.1} %", figure * 100.0)?;
            }
        }
        Ok(())
    }
}

#[test]
fn questions_are_counted_by_how_deep_a_right_code_stands() {
    let questions = Question::all("# a remark\nICD10CM | A00 B00 | words\nHCPCS | C0000 | a | b\n").unwrap();
    assert_eq!(questions[1].words, "a | b");
    let figures = Figures::of(&questions, &[Some(4), None]).named();
    assert_eq!((figures["ICD10CM"]["first"], figures["ICD10CM"]["first_5"]), (0.0, 1.0));
    assert_eq!((figures["all"]["first_10"], figures["HCPCS"]["first_10"]), (0.5, 0.0));
    assert!(Question::all("ICD10CM | A00").is_err());
}

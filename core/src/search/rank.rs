//! Rows that were met → codes, the best first.
//!
//! A row's score is the worth of the words that it met, less what the rest of its words cost. A code takes the score of
//! its best row. A wording that leads to a header speaks for every code below it; which of these is meant is told by
//! the words that they add to the header's title: met ones are credited, the others cost what they cost in any row.
//! Called by the crate that keeps the index, with the rows that scored best.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{
    lexicon::Lexicon,
    question::Reading,
    target::{Target, Targets},
    wording::Form,
};
use crate::domain::code::CodeSystem;

/// What a word that was not asked for takes from a row, of its cost.
pub const UNASKED: f32 = 0.35;
/// What a word met beside a wording, in parentheses or in another wording's title, brings of its worth.
pub const BESIDE: f32 = 0.75;
/// What a title's words that were not asked for take from a code whose other wording was met.
const UNASKED_IN_TITLE: f32 = 0.06;
/// What a header is behind the codes below it, which can be billed.
const HEADER: f32 = 0.6;
/// What a code of hospital outpatient departments for a new drug is behind the code that everybody bills for it.
const PASSING: f32 = 1.0;
/// The most codes below headers that are looked at.
const MOST_BELOW: usize = 12_000;

/// What is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The date of service.
    pub on: Date,
    /// One system, or all.
    pub system: Option<CodeSystem>,
    /// Only codes that can be billed.
    pub billable: bool,
}

impl Asked {
    /// Whether a code may be shown, and then whether it is billable.
    fn admits(self, target: &Target) -> Option<bool> {
        if self.system.is_some_and(|system| system != target.system) {
            return None;
        }
        target.on(self.on).filter(|billable| *billable || !self.billable)
    }
}

/// A row that was met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Met {
    /// Its number in the index.
    pub row: u32,
    /// The number of the code that it leads to.
    pub target: u32,
    /// What it is.
    pub form: Form,
    /// Which of the part's words it met, a bit each, in their order.
    pub words: u32,
    /// The worth of these, less [`UNASKED`] times the cost of the others.
    pub score: f32,
}

/// A code that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// Its number.
    pub target: u32,
    /// The row that speaks for it.
    pub row: u32,
    /// That row's form.
    pub form: Form,
    /// Which of the part's words it met, by the row or by its title.
    pub words: u32,
    /// Its score; only comparable within one part.
    pub score: f32,
}

/// The codes that these rows lead to, the best first. `met` holds the best row first.
#[must_use]
pub fn rank(lexicon: &Lexicon, targets: &Targets, reading: &Reading, asked: Asked, met: &[Met]) -> Vec<Ranked> {
    let wanted = WantedBits::new(lexicon, reading);
    let mut best: HashMap<u32, Ranked> = HashMap::new();
    let mut looked = 0;
    for met in met {
        let Some(target) = targets.get(met.target) else { continue };
        let titled = matches!(met.form, Form::Title | Form::ShortTitle);
        let standing = asked.admits(target);
        if let Some(billable) = standing {
            let mut found =
                Ranked { target: met.target, row: met.row, form: met.form, words: met.words, score: met.score };
            if !titled {
                wanted.add(&mut found, lexicon, target.words.iter().copied(), UNASKED_IN_TITLE);
            }
            if !billable {
                found.score -= HEADER;
            }
            keep(&mut best, found);
        }
        if titled || standing == Some(true) || looked > MOST_BELOW {
            continue;
        }
        for number in targets.below(met.target) {
            looked += 1;
            let Some(below) = targets.get(number) else { continue };
            if asked.admits(below) != Some(true) {
                continue;
            }
            let mut found = Ranked { target: number, row: met.row, form: met.form, words: met.words, score: met.score };
            let added = below.words.iter().copied().filter(|word| target.words.binary_search(word).is_err());
            wanted.add(&mut found, lexicon, added, UNASKED);
            keep(&mut best, found);
        }
    }
    let mut ranked: Vec<Ranked> = best.into_values().collect();
    for found in &mut ranked {
        if targets.get(found.target).is_some_and(is_passing) {
            found.score -= PASSING;
        }
    }
    ranked.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.target.cmp(&other.target)));
    ranked
}

/// Whether a code is of those that are given to a drug until it gets its own.
fn is_passing(target: &Target) -> bool {
    target.system == CodeSystem::Hcpcs && target.code.as_str().starts_with("C9")
}

fn keep(best: &mut HashMap<u32, Ranked>, found: Ranked) {
    best.entry(found.target)
        .and_modify(|kept| {
            if found.score > kept.score {
                *kept = found;
            }
        })
        .or_insert(found);
}

/// For each word of the lexicon, which wanted word it meets.
struct WantedBits {
    /// One more than the wanted word's place; nought for a word that was not asked for.
    places: Vec<u8>,
    /// By place: what meeting it brings, were it exact.
    factors: Vec<f32>,
}

impl WantedBits {
    fn new(lexicon: &Lexicon, reading: &Reading) -> Self {
        let mut places = vec![0; lexicon.words().count()];
        for (place, wanted) in (1..).zip(&reading.wanted) {
            for (number, _) in &wanted.any {
                if let Some(slot) = usize::try_from(*number).ok().and_then(|at| places.get_mut(at)) {
                    *slot = place;
                }
            }
        }
        Self { places, factors: reading.wanted.iter().map(|wanted| wanted.factor).collect() }
    }

    /// Credits the words that were wanted and not met yet, and charges `share` of the cost of the others.
    fn add(&self, found: &mut Ranked, lexicon: &Lexicon, words: impl Iterator<Item = u32>, share: f32) {
        for word in words {
            let place = usize::try_from(word).ok().and_then(|at| self.places.get(at)).copied().unwrap_or(0);
            let Some(bit) = place.checked_sub(1) else {
                found.score -= share * lexicon.cost(word);
                continue;
            };
            let bit_set = 1_u32.checked_shl(u32::from(bit)).unwrap_or(0);
            if found.words & bit_set == 0 {
                found.words |= bit_set;
                found.score +=
                    BESIDE * lexicon.worth(word) * self.factors.get(usize::from(bit)).copied().unwrap_or(1.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        domain::code::Code,
        search::{lexicon::Counting, question, span::Days, vocabulary::Vocabulary, word::words},
    };

    /// Codes with their titles; the ones that end in `-` are headers.
    fn index(codes: &[(&str, &str)]) -> (Lexicon, Targets) {
        let mut counting = Counting::default();
        let mut numbered: Vec<(&str, Vec<u32>)> = Vec::new();
        for (family, (code, title)) in (0..).zip(codes) {
            numbered.push((code, words(title).iter().map(|word| counting.count(family, &word.text)).collect()));
        }
        let (lexicon, renumbered) = counting.finish();
        let from = date(2025, 10, 1);
        let targets = numbered.into_iter().map(|(code, words)| {
            let mut words: Vec<u32> =
                words.into_iter().filter_map(|old| renumbered.get(old as usize).copied()).collect();
            words.sort_unstable();
            words.dedup();
            Target {
                system: CodeSystem::Icd10Cm,
                code: Code::normal(CodeSystem::Icd10Cm, code.trim_end_matches('-')),
                words,
                days: vec![Days { from, to: None, billable: !code.ends_with('-') }],
            }
        });
        (lexicon, Targets::new(targets.collect()))
    }

    const CODES: [(&str, &str); 6] = [
        ("S99-", "Sprain of thumb"),
        ("S990-", "Sprain of right thumb"),
        ("S990XXA", "Sprain of right thumb, initial encounter"),
        ("S990XXD", "Sprain of right thumb, subsequent encounter"),
        ("S991XXA", "Sprain of left thumb, initial encounter"),
        ("S999XXA", "Sprain of unspecified thumb, initial encounter"),
    ];

    fn first(question: &str, asked: Asked) -> String {
        let (lexicon, targets) = index(&CODES);
        let parts = question::read(&lexicon, &[Vocabulary::Icd10Cm], question);
        let part = parts.first().expect("a part");
        let header = targets.number(CodeSystem::Icd10Cm, &Code::normal(CodeSystem::Icd10Cm, "S99")).expect("there");
        let met = Met { row: 0, target: header, form: Form::Index, words: 0, score: 1.0 };
        let ranked = rank(&lexicon, &targets, part.reading(CodeSystem::Icd10Cm), asked, &[met]);
        ranked.first().and_then(|found| targets.get(found.target)).map_or("none".to_owned(), |t| t.code.to_string())
    }

    #[test]
    fn the_sibling_is_the_one_that_was_said_or_the_one_that_codes_that_nothing_was() {
        let asked = Asked { on: date(2026, 1, 1), system: None, billable: true };
        assert_eq!(first("thumb", asked), "S99.9XXA");
        assert_eq!(first("left thumb", asked), "S99.1XXA");
        assert_eq!(first("right thumb subsequent", asked), "S99.0XXD");
    }

    #[test]
    fn what_does_not_answer_for_the_day_or_the_system_is_not_shown() {
        let asked = Asked { on: date(2025, 9, 30), system: None, billable: true };
        assert_eq!(first("thumb", asked), "none");
        let asked = Asked { on: date(2026, 1, 1), system: Some(CodeSystem::Hcpcs), billable: false };
        assert_eq!(first("thumb", asked), "none");
    }
}

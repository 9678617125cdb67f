//! What is counted over many texts, and the figures that follow from it.

use std::{collections::BTreeMap, ops::AddAssign};

use crate::domain::code::CodeSystem;

use super::text::Share;

/// Counts of one system, or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) labels: usize,
    pub(super) found: usize,
    pub(super) strict: usize,
    pub(super) lenient: usize,
    /// Codes that have modifiers by their label or by the program, and those of them that have the same in both.
    pub(super) modified: usize,
    pub(super) modified_right: usize,
    /// Likewise of units.
    pub(super) counted: usize,
    pub(super) counted_right: usize,
    /// Found codes whose label says a status, and those of them that have it.
    pub(super) told: usize,
    pub(super) told_right: usize,
}

impl AddAssign for Count {
    fn add_assign(&mut self, more: Self) {
        self.labels += more.labels;
        self.found += more.found;
        self.strict += more.strict;
        self.lenient += more.lenient;
        self.modified += more.modified;
        self.modified_right += more.modified_right;
        self.counted += more.counted;
        self.counted_right += more.counted_right;
        self.told += more.told;
        self.told_right += more.told_right;
    }
}

/// The counts of one share of the corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) texts: usize,
    pub(super) systems: BTreeMap<CodeSystem, Count>,
    /// Texts without any label: how many, their words, and what was found in them nevertheless.
    pub(super) bare_texts: usize,
    pub(super) bare_words: usize,
    pub(super) bare_found: usize,
}

/// The shares of the corpus.
pub(super) type Tallies = BTreeMap<Share, Tally>;

/// Figures by name. One whose divisor is nought is left out.
pub(super) type Figures = BTreeMap<&'static str, f64>;

/// The one figure of which less is better.
pub(super) const FALSE_CODES: &str = "false_per_1000_words";

/// Under which name the figures over all systems stand.
pub(super) const ALL: &str = "all";

impl Count {
    /// Its figures, each of 0 to 1.
    pub(super) fn figures(&self) -> Figures {
        // F1 = 2PR / (P + R), which is 2 right / (labels + found).
        let both = self.labels + self.found;
        let figures = [
            ("strict_precision", self.strict, self.found),
            ("strict_recall", self.strict, self.labels),
            ("strict_f1", 2 * self.strict, both),
            ("lenient_precision", self.lenient, self.found),
            ("lenient_recall", self.lenient, self.labels),
            ("lenient_f1", 2 * self.lenient, both),
            ("modifiers", self.modified_right, self.modified),
            ("units", self.counted_right, self.counted),
            ("status", self.told_right, self.told),
        ];
        figures.into_iter().filter_map(|(name, part, of)| Some((name, ratio(part, of)?))).collect()
    }
}

impl Tally {
    /// The counts of each system, then of all.
    pub(super) fn rows(&self) -> Vec<(&'static str, Count)> {
        let mut all = Count::default();
        let mut rows = Vec::new();
        for (system, count) in &self.systems {
            all += *count;
            rows.push((system.as_str(), *count));
        }
        rows.push((ALL, all));
        rows
    }

    /// False codes per 1,000 words of the texts without any label.
    pub(super) fn false_codes(&self) -> Option<f64> {
        ratio(self.bare_found * 1000, self.bare_words)
    }

    /// All figures, by row and name.
    pub(super) fn figures(&self) -> BTreeMap<&'static str, Figures> {
        let mut rows: BTreeMap<_, _> = self.rows().into_iter().map(|(name, count)| (name, count.figures())).collect();
        if let Some(figure) = self.false_codes() {
            rows.entry(ALL).or_default().insert(FALSE_CODES, figure);
        }
        rows
    }
}

fn ratio(part: usize, of: usize) -> Option<f64> {
    let exact = |number: usize| u32::try_from(number).ok().map(f64::from);
    (of > 0).then(|| Some(exact(part)? / exact(of)?)).flatten()
}

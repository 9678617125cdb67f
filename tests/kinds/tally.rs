//! Counts by kind, and the figures that follow from them.

use std::{collections::BTreeMap, fmt::Write as _};

use caseconsult_core::draft::kind::Kind;

/// Under which name the mean of all kinds' F1 stands.
pub(super) const MACRO: &str = "macro_f1";

/// How often a kind was labelled, told, and both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    labelled: u32,
    told: u32,
    right: u32,
}

/// The counts of one share.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    counts: BTreeMap<Kind, Count>,
}

/// Figures by name: `K3` stands for the F1 of K3.
pub(super) type Figures = BTreeMap<String, f64>;

impl Count {
    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from(self.told.max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from(self.labelled.max(1))
    }

    /// 2PR / (P + R), which is 2 right / (labelled + told).
    fn f1(self) -> f64 {
        2.0 * f64::from(self.right) / f64::from((self.labelled + self.told).max(1))
    }
}

impl Tally {
    pub(super) fn count(&mut self, labelled: &[Kind], told: &[Kind]) {
        for kind in Kind::ALL {
            let (labelled, told) = (labelled.contains(&kind), told.contains(&kind));
            let count = self.counts.entry(kind).or_default();
            count.labelled += u32::from(labelled);
            count.told += u32::from(told);
            count.right += u32::from(labelled && told);
        }
    }

    /// The F1 of each kind, and their mean.
    pub(super) fn figures(&self) -> Figures {
        let mut figures: Figures = self.counts.iter().map(|(kind, count)| (kind.to_string(), count.f1())).collect();
        let kinds = u32::try_from(figures.len().max(1)).unwrap_or(u32::MAX);
        let mean = figures.values().sum::<f64>() / f64::from(kinds);
        figures.insert(MACRO.to_owned(), mean);
        figures
    }

    pub(super) fn table(&self) -> String {
        let mut out = "kind  labelled  told  right  precision  recall     F1\n".to_owned();
        for (kind, count) in &self.counts {
            let _ = writeln!(
                out,
                "{:<4} {:>9} {:>5} {:>6} {:>10.3} {:>7.3} {:>6.3}",
                kind.as_str(),
                count.labelled,
                count.told,
                count.right,
                count.precision(),
                count.recall(),
                count.f1()
            );
        }
        let _ = writeln!(out, "macro-F1 {:.4}", self.figures()[MACRO]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_too_many_and_one_too_few_cost_their_own_figures() {
        let mut tally = Tally::default();
        tally.count(&[Kind::K1, Kind::K2], &[Kind::K1]);
        tally.count(&[Kind::K1], &[Kind::K1, Kind::K3]);
        let figures = tally.figures();
        assert_eq!((figures["K1"], figures["K2"], figures["K3"]), (1.0, 0.0, 0.0));
        assert!((figures[MACRO] - 1.0 / 16.0).abs() < 1e-9);
        let both = tally.counts[&Kind::K3];
        assert_eq!((both.precision(), both.recall()), (0.0, 0.0));
    }
}

//! Counts over many texts, and the figures that they make.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::extract::tests::corpus::text::Share;

/// The labels of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row {
    pub(super) labels: usize,
    pub(super) found: usize,
    pub(super) whole: usize,
}

/// One share of the corpus.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) texts: usize,
    pub(super) kinds: BTreeMap<String, Row>,
    /// Spans masked, and those of them that a label shares.
    pub(super) masks: usize,
    pub(super) right: usize,
    pub(super) codes: usize,
    pub(super) masked_codes: usize,
}

/// Both shares.
pub(super) type Tallies = BTreeMap<Share, Tally>;

impl Tally {
    /// The figures that are held, by name; the last is the one of which less is better.
    pub(super) fn figures(&self) -> [(&'static str, f64); 6] {
        let sum = |names: bool| {
            self.kinds.iter().filter(|(kind, _)| (kind.as_str() == "NAME") == names).fold(
                Row::default(),
                |sum, (_, row)| Row {
                    labels: sum.labels + row.labels,
                    found: sum.found + row.found,
                    whole: sum.whole + row.whole,
                },
            )
        };
        let (names, others) = (sum(true), sum(false));
        [
            ("names_found", ratio(names.found, names.labels)),
            ("names_whole", ratio(names.whole, names.labels)),
            ("others_found", ratio(others.found, others.labels)),
            ("others_whole", ratio(others.whole, others.labels)),
            ("precision", ratio(self.right, self.masks)),
            ("codes_masked", ratio(self.masked_codes, self.codes)),
        ]
    }
}

/// What is printed.
pub(super) fn table(tallies: &Tallies) -> String {
    let mut out = String::new();
    for (share, tally) in tallies {
        let _ = writeln!(
            out,
            "\n{}: {} texts, {} codes of which {} are masked",
            share.name(),
            tally.texts,
            tally.codes,
            tally.masked_codes
        );
        for (kind, row) in &tally.kinds {
            let _ = writeln!(
                out,
                "{kind:<10} {:>4} labels  found {:.3}  whole {:.3}",
                row.labels,
                ratio(row.found, row.labels),
                ratio(row.whole, row.labels)
            );
        }
        for (name, figure) in tally.figures() {
            let _ = writeln!(out, "{name:<14} {figure:.4}");
        }
    }
    out
}

fn ratio(part: usize, of: usize) -> f64 {
    let exact = |number: usize| u32::try_from(number).map_or(f64::MAX, f64::from);
    if of == 0 { 0.0 } else { exact(part) / exact(of) }
}

//! The figures reached, in `ratchet.toml`: none may become worse.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Deserialize;

use super::{
    tally::{FALSE_CODES, Tallies},
    text::Share,
};

/// By how much a figure may be worse than the one that is held, whose fifth decimal is not written.
const SLACK: f64 = 0.001 + 0.000_05;

const HEAD: &str = "\
# The figures that the extractor reaches on the texts of these files. A test fails when one becomes worse by more than
# 0.001. Written by CASECONSULT_CORPUS=write (see README.md), never by hand.
";

/// Figures by system and name.
type Held = BTreeMap<String, BTreeMap<String, f64>>;

/// What is held, over the texts of which files. Files that came later are held once the figures are written anew.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ratchet {
    pub(super) files: Vec<String>,
    tune: Held,
    unseen: Held,
}

impl Ratchet {
    pub(super) fn read(content: &str) -> Result<Self, String> {
        toml::from_str(content).map_err(|error| format!("ratchet.toml: {error}"))
    }

    /// A line for each figure that is worse than held, or gone.
    pub(super) fn worse(&self, tallies: &Tallies) -> Vec<String> {
        let mut lines = Vec::new();
        for share in Share::ALL {
            let now = tallies.get(&share).map(super::tally::Tally::figures).unwrap_or_default();
            let held = match share {
                Share::Tune => &self.tune,
                Share::Unseen => &self.unseen,
            };
            for (row, name, figure) in flat(held) {
                let path = format!("{}.{row}.{name}", share.name());
                let sign = if name == FALSE_CODES { -1.0 } else { 1.0 };
                match now.get(row).and_then(|figures| figures.get(name)) {
                    Some(now) if sign * (figure - now) <= SLACK => {}
                    Some(now) => lines.push(format!("{path} was {figure:.4} and is {now:.4}")),
                    None => lines.push(format!("{path} was {figure:.4} and cannot be measured any more")),
                }
            }
        }
        lines
    }
}

fn flat(held: &Held) -> impl Iterator<Item = (&str, &str, f64)> {
    held.iter().flat_map(|(row, figures)| figures.iter().map(|(name, figure)| (row.as_str(), name.as_str(), *figure)))
}

/// The file that holds these figures.
pub(super) fn written(files: &[String], tallies: &Tallies) -> String {
    let mut out = HEAD.to_owned();
    let _ = writeln!(out, "files = {files:?}");
    for share in Share::ALL {
        for (row, figures) in tallies.get(&share).map(super::tally::Tally::figures).unwrap_or_default() {
            let _ = writeln!(out, "\n[{}.{row}]", share.name());
            for (name, figure) in figures {
                let _ = writeln!(out, "{name} = {figure:.4}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tally::{Count, Tally};
    use super::*;

    fn tallies(strict: usize, false_codes: usize) -> Tallies {
        let count = Count { labels: 1000, found: 1000, strict, lenient: 1000, ..Count::default() };
        let tally = Tally {
            systems: [(crate::domain::code::CodeSystem::Cpt, count)].into(),
            bare_words: 1000,
            bare_found: false_codes,
            ..Tally::default()
        };
        Share::ALL.map(|share| (share, tally.clone())).into()
    }

    #[test]
    fn what_becomes_worse_is_named_and_what_becomes_better_is_not() {
        let ratchet = Ratchet::read(&written(&["a.txt".to_owned()], &tallies(990, 2))).unwrap();
        assert_eq!(ratchet.files, ["a.txt"]);
        for (strict, false_codes) in [(990, 2), (989, 2), (1000, 0)] {
            assert_eq!(ratchet.worse(&tallies(strict, false_codes)), Vec::<String>::new());
        }
        let worse = ratchet.worse(&tallies(988, 3));
        assert!(worse.contains(&"tune.CPT.strict_recall was 0.9900 and is 0.9880".to_owned()), "{worse:?}");
        assert!(worse.contains(&"unseen.all.false_per_1000_words was 2.0000 and is 3.0000".to_owned()), "{worse:?}");
        assert!(ratchet.worse(&Tallies::new()).iter().all(|line| line.ends_with("measured any more")));
    }
}

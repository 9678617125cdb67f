//! The figures reached, in `ratchet.toml`: none may become worse.

use std::{collections::BTreeMap, fmt::Write as _};

use super::tally::Figures;

/// By how much a figure may be worse than the one that is held, whose fifth decimal is not written.
const SLACK: f64 = 0.001 + 0.000_05;

const HEAD: &str = "\
# How well kinds are told apart: the F1 of each, and their mean. A test fails when one becomes worse by more than
# 0.001. Written by CASECONSULT_KINDS=write (see README.md), never by hand.
";

/// Figures by share.
pub(super) type Held = BTreeMap<String, Figures>;

pub(super) fn read(content: &str) -> Result<Held, String> {
    toml::from_str(content).map_err(|error| format!("ratchet.toml: {error}"))
}

/// A line for each figure that is worse than held, or gone.
pub(super) fn worse(held: &Held, now: &[(&str, Figures)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (share, figures) in held {
        let now = now.iter().find(|(name, _)| name == share).map(|(_, figures)| figures);
        for (name, figure) in figures {
            match now.and_then(|now| now.get(name)) {
                Some(now) if figure - now <= SLACK => {}
                Some(now) => lines.push(format!("{share}.{name} was {figure:.4} and is {now:.4}")),
                None => lines.push(format!("{share}.{name} was {figure:.4} and cannot be measured any more")),
            }
        }
    }
    lines
}

/// The file that holds these figures.
pub(super) fn written(figures: &[(&str, Figures)]) -> String {
    let mut out = HEAD.to_owned();
    for (share, figures) in figures {
        let _ = writeln!(out, "\n[{share}]");
        for (name, figure) in figures {
            let _ = writeln!(out, "{name} = {figure:.4}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_worse_is_named_and_what_becomes_better_is_not() {
        let figures = |f1: f64| [("tune", Figures::from([("K1".to_owned(), f1)]))];
        let held = read(&written(&figures(0.9))).unwrap();
        for better in [0.8995, 0.9, 1.0] {
            assert_eq!(worse(&held, &figures(better)), Vec::<String>::new());
        }
        assert_eq!(worse(&held, &figures(0.89)), ["tune.K1 was 0.9000 and is 0.8900"]);
        assert_eq!(worse(&held, &[]), ["tune.K1 was 0.9000 and cannot be measured any more"]);
    }
}

//! What is right, counted by noun, and the figures that follow.

use std::{collections::BTreeMap, fmt, fmt::Write as _};

use super::{fact::Fact, text::Text};

/// By how much a figure may be worse than the one that is held, whose fifth decimal is not written.
const SLACK: f64 = 0.001 + 0.000_05;

/// Figures by share, noun and name.
pub(super) type Figures = BTreeMap<String, BTreeMap<String, BTreeMap<String, f64>>>;

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    labels: usize,
    found: usize,
    right: usize,
    /// Denials that are right but for the line they stand by.
    lines: usize,
    lines_right: usize,
}

/// Counts by noun.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<String, Count>);

impl Tally {
    /// Counts one text; gives what is missed or read too much.
    pub(super) fn add(&mut self, text: &Text, found: &[Fact]) -> Vec<String> {
        let mut free: Vec<&Fact> = found.iter().collect();
        let mut misses = Vec::new();
        for fact in found {
            self.0.entry(fact.noun.clone()).or_default().found += 1;
        }
        for label in &text.labels {
            let count = self.0.entry(label.noun.clone()).or_default();
            count.labels += 1;
            let at = free.iter().position(|fact| is_met(label, fact));
            if let Some(at) = at {
                let fact = free.remove(at);
                count.right += 1;
                let has_line = label.noun == "CARC" || label.noun == "RARC";
                count.lines += usize::from(has_line);
                count.lines_right += usize::from(has_line && label.value == fact.value);
                if has_line && label.value != fact.value {
                    misses.push(format!("line of {}, read {}", label.value, fact.value));
                }
            } else {
                misses.push(format!("missed {} {} ({:?})", label.noun, label.value, label.span.of(&text.plain)));
            }
        }
        misses.extend(
            free.iter().map(|fact| format!("false {} {} ({:?})", fact.noun, fact.value, fact.span.of(&text.plain))),
        );
        misses
    }

    /// Precision and recall of each noun, and of all.
    pub(super) fn figures(&self) -> BTreeMap<String, BTreeMap<String, f64>> {
        self.rows().into_iter().map(|(noun, count)| (noun, count.figures())).collect()
    }

    fn rows(&self) -> Vec<(String, Count)> {
        let mut all = Count::default();
        let mut rows = Vec::new();
        for (noun, count) in &self.0 {
            all.labels += count.labels;
            all.found += count.found;
            all.right += count.right;
            all.lines += count.lines;
            all.lines_right += count.lines_right;
            rows.push((noun.clone(), *count));
        }
        rows.push(("all".to_owned(), all));
        rows
    }
}

/// The same noun and value in overlapping words. An item is met where it begins; a denial whatever its line.
fn is_met(label: &Fact, fact: &Fact) -> bool {
    const BULLET: usize = 4;
    if label.noun != fact.noun {
        return false;
    }
    let value = |fact: &Fact| fact.value.split(" @").next().unwrap_or_default().to_owned();
    let placed = if label.noun == "ITEM" {
        label.span.start.abs_diff(fact.span.start) <= BULLET
    } else {
        label.span.overlaps(fact.span)
    };
    placed && value(label) == value(fact)
}

impl Count {
    fn figures(self) -> BTreeMap<String, f64> {
        let figures = [
            ("precision", self.right, self.found),
            ("recall", self.right, self.labels),
            ("lines", self.lines_right, self.lines),
        ];
        figures.into_iter().filter_map(|(name, part, of)| Some((name.to_owned(), ratio(part, of)?))).collect()
    }
}

fn ratio(part: usize, of: usize) -> Option<f64> {
    let exact = |number: usize| u32::try_from(number).ok().map(f64::from);
    (of > 0).then(|| Some(exact(part)? / exact(of)?)).flatten()
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<10} {:>6} {:>6} {:>6} {:>10} {:>7} {:>9}",
            "noun", "labels", "found", "right", "precision", "recall", "lines"
        )?;
        for (noun, count) in self.rows() {
            let figures = count.figures();
            let shown = |name: &str| figures.get(name).map_or_else(|| "-".to_owned(), |figure| format!("{figure:.3}"));
            let lines = if count.lines > 0 { format!("{}/{}", count.lines_right, count.lines) } else { "-".to_owned() };
            writeln!(
                f,
                "{noun:<10} {:>6} {:>6} {:>6} {:>10} {:>7} {lines:>9}",
                count.labels,
                count.found,
                count.right,
                shown("precision"),
                shown("recall")
            )?;
        }
        Ok(())
    }
}

/// The file that holds these figures.
pub(super) fn written(figures: &Figures) -> String {
    let mut out =
        "# The figures reached on the texts beside it. A test fails when one becomes worse by more than 0.001.\n\
                   # Written by CASECONSULT_SAID=write (see README.md), never by hand.\n"
            .to_owned();
    for (share, nouns) in figures {
        for (noun, figures) in nouns {
            let _ = writeln!(out, "\n[{share}.{noun}]");
            for (name, figure) in figures {
                let _ = writeln!(out, "{name} = {figure:.4}");
            }
        }
    }
    out
}

/// A line for each figure that is worse than held, or gone.
pub(super) fn worse(held: &str, now: &Figures) -> Vec<String> {
    let held: Figures = match toml::from_str(held) {
        Ok(held) => held,
        Err(error) => return vec![format!("ratchet.toml: {error}")],
    };
    let mut lines = Vec::new();
    for (share, nouns) in &held {
        for (noun, figures) in nouns {
            for (name, was) in figures {
                let is = now.get(share).and_then(|nouns| nouns.get(noun)).and_then(|figures| figures.get(name));
                match is {
                    Some(is) if was - is <= SLACK => {}
                    Some(is) => lines.push(format!("{share}.{noun}.{name} was {was:.4} and is {is:.4}")),
                    None => lines.push(format!("{share}.{noun}.{name} was {was:.4} and cannot be measured any more")),
                }
            }
        }
    }
    if held.is_empty() {
        lines.push("ratchet.toml holds nothing".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::span::Span;

    #[test]
    fn a_figure_that_falls_is_named() {
        let fact = |noun: &str, value: &str, at: usize| Fact {
            noun: noun.to_owned(),
            value: value.to_owned(),
            span: Span::new(at, at + 4),
        };
        let text = Text {
            name: "a".to_owned(),
            plain: "left CO-97".to_owned(),
            labels: vec![fact("SIDE", "left", 0), fact("CARC", "CO-97", 5)],
        };
        let mut tally = Tally::default();
        let misses = tally.add(&text, &[fact("SIDE", "right", 0), fact("CARC", "CO-97 @20610", 6)]);
        assert_eq!(misses.len(), 3, "{misses:?}");
        let now = Figures::from([("tune".to_owned(), tally.figures())]);
        assert!(worse(&written(&now), &now).is_empty());
        assert_eq!(worse("[tune.SIDE]\nrecall = 0.5\n", &now), ["tune.SIDE.recall was 0.5000 and is 0.0000"]);
        assert_eq!(worse("", &now), ["ratchet.toml holds nothing"]);
    }
}

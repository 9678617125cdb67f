//! What is printed: the figures, and what was missed in the texts that may be read.

use std::fmt::Write as _;

use crate::domain::mention::Mention;

use super::{
    score::{Scored, same_modifiers},
    tally::{Figures, Tallies},
    text::{Share, Text},
};

/// A table for each share.
pub(super) fn table(tallies: &Tallies) -> String {
    let mut out = String::new();
    for (share, tally) in tallies {
        let _ = writeln!(
            out,
            "\n{}: {} texts, {} of them without codes ({} words, {} false codes{})",
            share.name(),
            tally.texts,
            tally.bare_texts,
            tally.bare_words,
            tally.bare_found,
            tally.false_codes().map_or_else(String::new, |figure| format!(", {figure:.2} per 1,000 words")),
        );
        let _ = writeln!(
            out,
            "{:<9} {:>6} {:>6} | {:>6} {:>6} {:>6} | {:>6} {:>6} {:>6} | {:>12} {:>12} {:>9}",
            "system",
            "labels",
            "found",
            "strict",
            "recall",
            "F1",
            "len.",
            "recall",
            "F1",
            "modifiers",
            "units",
            "status"
        );
        for (name, count) in tally.rows() {
            let figures = count.figures();
            let _ = write!(out, "{name:<9} {:>6} {:>6}", count.labels, count.found);
            for kind in ["strict", "lenient"] {
                let _ = write!(out, " |");
                for figure in ["precision", "recall", "f1"] {
                    let _ = write!(out, " {:>6}", shown(&figures, &format!("{kind}_{figure}")));
                }
            }
            let modifiers = format!("{}/{}", count.modified_right, count.modified);
            let units = format!("{}/{}", count.counted_right, count.counted);
            let status = format!("{}/{}", count.told_right, count.told);
            let _ = writeln!(out, " | {modifiers:>12} {units:>12} {status:>9}");
        }
    }
    out
}

fn shown(figures: &Figures, name: &str) -> String {
    figures.get(name).map_or_else(|| "-".to_owned(), |figure| format!("{figure:.3}"))
}

/// Every miss and every false find in one text. Nothing of an unseen one.
pub(super) fn misses(scored: &Scored<'_>) -> String {
    let mut out = String::new();
    let text = scored.text;
    if text.share == Share::Unseen {
        return out;
    }
    let mut line = |what: &str, mention: &Mention, note: &str| {
        let code = said(mention);
        let _ = writeln!(out, "{} {} {what} {code}{note}: {}", text.file, text.name, around(text, mention));
    };
    for label in scored.missed() {
        line("missed", label, "");
    }
    for found in scored.unasked() {
        line("false ", found, "");
    }
    for (at, found) in &scored.pairs {
        let (told, found) = (text.statuses[*at], &scored.found[*found]);
        if let Some(told) = told.filter(|told| *told != found.status) {
            line("status", found, &format!(" {} is {}", found.status.as_str(), told.as_str()));
        }
    }
    for (label, found) in scored.met() {
        if label.span != found.span || !same_modifiers(label, found) || label.units != found.units {
            line("other ", label, &format!(", found {} as {:?}", said(found), found.span.of(&text.plain)));
        }
    }
    out
}

fn said(mention: &Mention) -> String {
    let mut out = format!("{} {}", mention.system.as_str(), mention.code);
    for modifier in &mention.modifiers {
        let _ = write!(out, " +{modifier}");
    }
    if let Some(units) = mention.units {
        let _ = write!(out, " x{units}");
    }
    out
}

/// The characters before and after, with the mention between marks.
fn around(text: &Text, mention: &Mention) -> String {
    const REACH: usize = 40;
    let (before, from) = text.plain.split_at(mention.span.start);
    let (written, after) = from.split_at(mention.span.len());
    let before: String = before.chars().rev().take(REACH).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = after.chars().take(REACH).collect();
    format!("{before}>>{written}<<{after}").replace('\n', " ⏎ ")
}

#[cfg(test)]
mod tests {
    use super::super::text::file;
    use super::*;

    #[test]
    fn misses_of_unseen_texts_are_never_shown() {
        for (share, shown) in [("tune", true), ("unseen", false)] {
            let texts = file("a.txt", &format!("=== a | {share}\nthe ⟦CPT 99213 +25|99213⟧-25\n")).unwrap();
            let out = misses(&Scored::new(&texts[0], Vec::new()));
            assert_eq!(out.contains("missed CPT 99213 +25: the >>99213<<-25"), shown, "{out}");
            assert_eq!(out.is_empty(), !shown);
        }
    }
}

//! The figures reached, in `identifiers.toml`: none may become worse.

use std::{collections::BTreeMap, fmt::Write as _};

use super::tally::Tallies;

/// By how much a figure may be worse than the one that is held.
const SLACK: f64 = 0.001 + 0.000_05;

const HEAD: &str = "\
# How well identifiers are found in the texts identifiers-*.txt. A test fails when a figure becomes worse by more than
# 0.001. Written by CASECONSULT_CORPUS=write (see README.md), never by hand.
";

/// The file that holds these figures.
pub(super) fn written(tallies: &Tallies) -> String {
    let mut out = HEAD.to_owned();
    for (share, tally) in tallies {
        let _ = writeln!(out, "\n[{}]", share.name());
        for (name, figure) in tally.figures() {
            let _ = writeln!(out, "{name} = {figure:.4}");
        }
    }
    out
}

/// A line for each figure that is worse than held.
pub(super) fn worse(held: &str, tallies: &Tallies) -> Result<Vec<String>, String> {
    let held: BTreeMap<String, BTreeMap<String, f64>> =
        toml::from_str(held).map_err(|error| format!("identifiers.toml: {error}"))?;
    let mut lines = Vec::new();
    for (share, tally) in tallies {
        let of_share =
            held.get(share.name()).ok_or_else(|| format!("identifiers.toml says nothing of {}", share.name()))?;
        for (name, now) in tally.figures() {
            let was = of_share
                .get(name)
                .ok_or_else(|| format!("identifiers.toml says nothing of {}.{name}", share.name()))?;
            let loss = if name == "codes_masked" { now - was } else { was - now };
            if loss > SLACK {
                lines.push(format!("{}.{name} was {was:.4} and is {now:.4}", share.name()));
            }
        }
    }
    Ok(lines)
}

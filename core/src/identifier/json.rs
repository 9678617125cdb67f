//! Identifiers as `caseconsult draft --json` prints them, so that others can measure what is found. Offsets count code
//! points, as those of mentions do. The command prints the mail's own text beside them: it is for whoever may see the mail.

use serde::Serialize;

use super::found::{Confidence, Found};
use crate::extract::json::Offsets;

/// What may identify a patient, as printed by `caseconsult draft --json`. The fields are stable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentifierJson {
    /// First code point in the searched text, from 0.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// `name`, `date`, `medical_record` and so on: [`Identifier::as_str`](super::Identifier::as_str).
    pub kind: &'static str,
    /// `certain` or `likely`.
    pub confidence: Confidence,
    /// Why, in words that repeat nothing of the text.
    pub reason: &'static str,
}

/// Identifiers, as they were found in `text`, sorted by where they stand.
#[must_use]
pub fn identifiers_json(text: &str, found: &[Found]) -> Vec<IdentifierJson> {
    let mut offsets = Offsets::of(text);
    let mut sorted: Vec<&Found> = found.iter().collect();
    sorted.sort_by_key(|one| one.span.start);
    let printed = sorted.into_iter().map(|one| IdentifierJson {
        start: offsets.at(one.span.start),
        end: offsets.at(one.span.end),
        kind: one.identifier.as_str(),
        confidence: one.confidence,
        reason: one.reason,
    });
    printed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifier::{About, find};

    #[test]
    fn offsets_count_code_points_and_rise() {
        let text = "\u{1F9B5} Patient: Zoë Brandt, MRN 00482913";
        let json = identifiers_json(text, &find(text, &About::default()));
        let points: Vec<char> = text.chars().collect();
        let slices: Vec<(&str, String)> =
            json.iter().map(|one| (one.kind, points[one.start..one.end].iter().collect())).collect();
        assert_eq!(slices, [("name", "Zoë Brandt".to_owned()), ("medical_record", "00482913".to_owned())]);
    }
}

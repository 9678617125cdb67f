//! A named text that a reviewer inserts into a draft, and the place where it goes when nobody says which.

use jiff::civil::Date;

use super::wording::Wording;

/// A snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// As reviewers see it in the list; unlike any other.
    pub name: String,
    /// What is inserted.
    pub text: Wording,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last day on which it is offered.
    pub until: Option<Date>,
    /// The file that it is in.
    pub file: String,
    /// Its first line there, from 1.
    pub line: usize,
}

/// The text with a snippet in it: above the first place that the draft leaves to the reviewer, else before the sources or
/// the notices, else at the end. The reviewer's place stays, since only a person can say that it is answered.
#[must_use]
pub fn inserted(body: &str, snippet: &str) -> String {
    let line_of = |mark: &str| {
        let at = body.find(mark)?;
        Some(body.get(..at)?.rfind('\n').map_or(0, |end| end + 1))
    };
    let place = ["[[", "\n## Sources", "\n## Please note"].into_iter().find_map(|mark| {
        // The line that begins after the mark's own line end.
        if mark.starts_with('\n') { body.find(mark).map(|at| at + 1) } else { line_of(mark) }
    });
    let (before, after) = body.split_at_checked(place.unwrap_or(body.len())).unwrap_or((body, ""));
    let parts = [before.trim_end(), snippet.trim(), after.trim_start_matches('\n')];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let whole = parts.join("\n\n");
    if body.ends_with('\n') && !whole.ends_with('\n') { format!("{whole}\n") } else { whole }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_snippet_goes_above_the_place_for_the_answer_or_before_the_sources() {
        let draft = "## Short answer\n\nFirst.\n\n[[ reviewer: x ]]\n\nMore.\n\n## Sources\n\n1. a\n";
        assert_eq!(
            inserted(draft, "Words.\n"),
            "## Short answer\n\nFirst.\n\nWords.\n\n[[ reviewer: x ]]\n\nMore.\n\n## Sources\n\n1. a\n"
        );
        assert_eq!(inserted("Yes.\n\n## Sources\n\n1. a\n", "Words."), "Yes.\n\nWords.\n\n## Sources\n\n1. a\n");
        assert_eq!(inserted("Yes.\n\n## Please note\n", "Words."), "Yes.\n\nWords.\n\n## Please note\n");
        assert_eq!(inserted("Yes.", "Words."), "Yes.\n\nWords.");
        assert_eq!(inserted("", "Words."), "Words.");
    }

    proptest! {
        #[test]
        fn nothing_of_the_text_and_of_the_snippet_is_lost(body in "[a-z\\[\\]#\n é]{0,60}", snippet in "[A-Z]{1,9}") {
            let whole = inserted(&body, &snippet);
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let mut left = words(&whole);
            let at = left.iter().position(|word| *word == snippet);
            left.remove(at.unwrap());
            prop_assert_eq!(left, words(&body));
        }
    }
}

//! Reason and remark codes of refusals, as they stand in a mail, and what the reasons mean. The official texts are X12's
//! and are not here: the summaries are this project's own words.

use serde::{Deserialize, Serialize};

use super::Words;

/// The reason of a refusal, with its group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denial {
    /// `CO`, `PR`, `OA`, `PI`: who is to bear it.
    pub group: String,
    /// `97`, `B7`.
    pub reason: String,
}

/// What lies behind a reason, as far as the tables can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Included in another service.
    Bundled,
    /// The modifier.
    Modifier,
    /// Medical necessity, or the diagnosis.
    Necessity,
    /// The number of units, or how often.
    Quantity,
    /// Something on the claim is missing; the remark code says what.
    Incomplete,
    /// A second person at surgery.
    Assistant,
    /// The code it needs beside it.
    Parent,
    /// Nothing that a code set tells.
    Other,
}

/// Reason, what it means in our words, what answers it.
type Row = (&'static str, Reason, &'static str, &'static str);

const REASONS: [Row; 24] = [
    (
        "1",
        Reason::Other,
        "the amount was put to the patient's deductible",
        "the benefit rule for preventive services, if the service was one",
    ),
    (
        "4",
        Reason::Modifier,
        "the modifier does not fit the procedure, or one that is needed is missing",
        "a corrected claim with the modifier that the record supports",
    ),
    (
        "11",
        Reason::Necessity,
        "the diagnosis does not go with the procedure",
        "a corrected claim, if the record names another diagnosis",
    ),
    (
        "16",
        Reason::Incomplete,
        "the claim lacks something or holds an error; the remark code beside it says what",
        "what the remark code names, on a corrected claim",
    ),
    (
        "18",
        Reason::Quantity,
        "the payer takes the line for an exact copy of another",
        "a corrected claim that tells the two services apart, and the record of each",
    ),
    (
        "22",
        Reason::Other,
        "the payer holds that another insurer pays first",
        "the other insurer's decision, or the patient's statement that there is none",
    ),
    (
        "29",
        Reason::Other,
        "the claim came after the time limit for filing",
        "the acceptance report of the first filing, dated within the limit",
    ),
    (
        "45",
        Reason::Other,
        "the difference to the contracted or allowed amount, which is no refusal",
        "nothing, unless the contract sets another amount",
    ),
    (
        "50",
        Reason::Necessity,
        "the payer does not hold the service medically necessary",
        "the record that shows why it was done, and the policy that lists the condition",
    ),
    (
        "54",
        Reason::Assistant,
        "a second surgeon or assistant is not paid for this procedure",
        "the operative note that says what the second person did and why it was needed",
    ),
    (
        "96",
        Reason::Other,
        "the payer does not cover this charge; the remark code beside it says why",
        "what the remark code names",
    ),
    (
        "97",
        Reason::Bundled,
        "payment is included in another service that was billed or paid",
        "the record that shows two separate services, where a modifier can tell them apart",
    ),
    ("107", Reason::Parent, "the service that it belongs to is not on the claim", "a corrected claim that holds both"),
    ("109", Reason::Other, "this payer or contractor is not the one for the claim", "the claim, sent to the right one"),
    (
        "119",
        Reason::Quantity,
        "the benefit maximum for the period is reached",
        "the record of need, where the benefit has an exception",
    ),
    (
        "151",
        Reason::Quantity,
        "the payer holds that the record does not support so many services, or so often",
        "the record that supports each unit",
    ),
    (
        "197",
        Reason::Other,
        "prior authorization or notice is missing",
        "the authorization, or a request for one after the fact with the reason",
    ),
    (
        "204",
        Reason::Other,
        "the patient's plan does not cover the service",
        "the plan's benefit text, if it says otherwise",
    ),
    (
        "236",
        Reason::Bundled,
        "the procedure or its modifier does not go with another one of the same day under the correct-coding edits",
        "the record that shows two separate services, where the edit lets a modifier tell them apart",
    ),
    (
        "B7",
        Reason::Other,
        "the provider was not eligible for this service on that day",
        "the enrolment record that covers the day",
    ),
    (
        "B10",
        Reason::Bundled,
        "the allowed amount was reduced because a part of the service was paid elsewhere",
        "the record of what this provider did",
    ),
    ("B15", Reason::Parent, "another service has to be paid first, and is not", "a corrected claim that holds both"),
    ("B20", Reason::Other, "the service was paid to somebody else already", "the record of who did it"),
    (
        "A1",
        Reason::Incomplete,
        "the claim is refused; the remark code beside it says why",
        "what the remark code names",
    ),
];

const GROUPS: [&str; 4] = ["co", "pr", "oa", "pi"];

impl Denial {
    /// Those that the mails name, each once.
    pub(super) fn all(words: &Words) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        let words: Vec<&str> = words.each().collect();
        for (at, word) in words.iter().enumerate() {
            let joined = word.split_at_checked(2).filter(|(group, reason)| GROUPS.contains(group) && is_reason(reason));
            let apart = || {
                let reason = words.get(at + 1).filter(|next| GROUPS.contains(word) && is_reason(next))?;
                Some((*word, *reason))
            };
            if let Some((group, reason)) = joined.or_else(apart) {
                let one = Self { group: group.to_uppercase(), reason: reason.to_uppercase() };
                if found.len() < 12 && !found.contains(&one) {
                    found.push(one);
                }
            }
        }
        found
    }

    fn row(&self) -> Option<&'static Row> {
        REASONS.iter().find(|(reason, ..)| *reason == self.reason)
    }

    /// What lies behind it.
    #[must_use]
    pub fn behind(&self) -> Reason {
        self.row().map_or(Reason::Other, |row| row.1)
    }

    /// What it means, in our words; none when we have none.
    #[must_use]
    pub fn meaning(&self) -> Option<&'static str> {
        self.row().map(|row| row.2)
    }

    /// What answers it.
    #[must_use]
    pub fn answered_by(&self) -> Option<&'static str> {
        self.row().map(|row| row.3)
    }

    /// Whether it says nothing without a remark code.
    #[must_use]
    pub fn needs_remark(&self) -> bool {
        self.reason == "16"
    }
}

impl std::fmt::Display for Denial {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.group, self.reason)
    }
}

/// `97`, `B7`, `A1`.
fn is_reason(word: &str) -> bool {
    let digits = word.strip_prefix(['a', 'b']).unwrap_or(word);
    (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0')
}

/// Remark codes: `N115`, `MA130`, `M51`.
pub(super) fn remarks(words: &Words) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words.each() {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = word.strip_suffix(digits).unwrap_or("");
        let fits = matches!(letters, "n" | "m" | "ma") && (1..=3).contains(&digits.len());
        let name = word.to_uppercase();
        if fits && digits.bytes().all(|b| b.is_ascii_digit()) && found.len() < 12 && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        draft::brief::Mail,
        extract::{Nothing, Reading},
        mail::search_text::SearchText,
    };

    #[test]
    fn reasons_are_read_with_their_group_and_remarks_beside_them() {
        for (text, reasons, remarked) in [
            ("denied CO-97 and CO50 N115", "CO-97 CO-50", "N115"),
            ("PR 204, OA-B7; MA130", "PR-204 OA-B7", "MA130"),
            ("CO-16, but the rest?", "CO-16", ""),
            ("97 of them came to our co workers", "", ""),
        ] {
            let reading = Reading::of(&SearchText::plain(text), &Nothing, None);
            let mail = Mail { received: jiff::civil::date(2026, 3, 2), reading: &reading, unread_attachments: &[] };
            let words = Words::of(&[mail]);
            let found: Vec<String> = Denial::all(&words).iter().map(ToString::to_string).collect();
            assert_eq!((found.join(" ").as_str(), remarks(&words).join(" ").as_str()), (reasons, remarked), "{text}");
        }
    }

    #[test]
    fn every_reason_has_words_and_no_sentence_of_its_own() {
        for (reason, _, meaning, answer) in REASONS {
            assert!(!meaning.is_empty() && !answer.is_empty() && !meaning.ends_with('.'), "{reason}");
        }
    }
}

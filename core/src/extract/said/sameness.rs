//! What two services have in common, or not: session, day, visit, provider, incision, lesion, site. It decides whether an
//! edit between them may be passed by.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{
    phrase::{Phrases, Words},
    stated::Stated,
};

/// What is the same, or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Common {
    /// The operative session.
    Session,
    /// The calendar day.
    Day,
    /// The visit or encounter.
    Visit,
    /// The provider.
    Provider,
    /// The incision.
    Incision,
    /// The lesion.
    Lesion,
    /// The anatomic site.
    Site,
}

/// "same session", "separate incision".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sameness {
    /// What.
    pub of: Common,
    /// Whether it is the same.
    pub same: bool,
}

impl Common {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Day => "day",
            Self::Visit => "visit",
            Self::Provider => "provider",
            Self::Incision => "incision",
            Self::Lesion => "lesion",
            Self::Site => "site",
        }
    }
}

impl Sameness {
    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        format!("{} {}", if self.same { "same" } else { "different" }, self.of.words())
    }
}

static THINGS: LazyLock<Phrases<Common>> = LazyLock::new(|| {
    Phrases::new(&[
        ("session|sessions|operative session|op session|surgical session|anesthesia|sitting", Common::Session),
        ("day|days|date|dates|dos|date of service|dates of service|calendar day|service date", Common::Day),
        ("visit|visits|encounter|encounters|appointment|office visit|clinic visit", Common::Visit),
        (
            "provider|providers|physician|physicians|surgeon|surgeons|doctor|doctors|practitioner|specialty|doc|md",
            Common::Provider,
        ),
        ("incision|incisions|approach|portal|portals", Common::Incision),
        ("lesion|lesions|wound|wounds|tumor|tumors|polyp|polyps", Common::Lesion),
        (
            "site|sites|anatomic site|anatomical site|anatomic sites|anatomical sites|anatomic location|location|locations|area|areas|compartment|compartments|region|regions|structure|organ|vessel|vessels|level|levels|joint|joints|knee|shoulder|finger|toe|eye",
            Common::Site,
        ),
    ])
});

/// All that the text calls the same or another.
pub(super) fn read(words: &Words<'_>) -> Vec<Stated<Sameness>> {
    let mut found = Vec::new();
    for index in 0..words.len() {
        let same = match words.word(index) {
            "same" | "single" => true,
            "different" | "separate" | "distinct" | "another" => false,
            _ => continue,
        };
        // "same exact day", "separate and distinct site".
        let filler = |word: &str| {
            matches!(
                word,
                "exact" | "and" | "distinct" | "identical" | "operative" | "anatomic" | "anatomical" | "skin"
            )
        };
        for ahead in 1..=3 {
            if !words.joins(index + ahead - 1) {
                break;
            }
            if let Some((of, end)) = THINGS.at(words, index + ahead) {
                // "another doctor asks" speaks of nobody's session.
                if !(words.word(index) == "another" && matches!(of, Common::Day | Common::Visit)) {
                    found.push(Stated::new(words.span(&(index..end)), Sameness { of, same }));
                }
                break;
            }
            if !filler(words.word(index + ahead)) {
                break;
            }
        }
    }
    found.dedup_by(|later, one| later.span.overlaps(one.span));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_and_what_is_not() {
        for (text, expected) in [
            ("same session, same-day, the same surgeon", "same session; same day; same provider"),
            ("through a separate incision on different lesions", "different incision; different lesion"),
            ("separate and distinct site", "different site"),
            ("the same code, a separate procedure, separately", ""),
        ] {
            let found: Vec<String> = read(&Words::of(text)).iter().map(|one| one.value.words()).collect();
            assert_eq!(found.join("; "), expected, "{text}");
        }
    }
}

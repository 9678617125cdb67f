//! Whether the patient is new or established: E/M codes differ by it.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{
    phrase::{Phrases, Words},
    stated::Stated,
};

/// Whether the patient was seen by the group within three years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "patient", rename_all = "snake_case")]
pub enum PatientKind {
    /// Not seen within three years.
    New,
    /// Seen within three years.
    Established,
}

impl PatientKind {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::New => "new patient",
            Self::Established => "established patient",
        }
    }
}

static KINDS: LazyLock<Phrases<PatientKind>> = LazyLock::new(|| {
    Phrases::new(&[
        ("new patient|new patients|new pt|new pts|new patient visit|new pt visit", PatientKind::New),
        (
            "established patient|established patients|established pt|established pts|est patient|est pt|existing patient|estab patient|estab pt",
            PatientKind::Established,
        ),
    ])
});

/// All that the text says of it.
pub(super) fn read(words: &Words<'_>) -> Vec<Stated<PatientKind>> {
    let desk = [
        "folder",
        "form",
        "forms",
        "paperwork",
        "packet",
        "portal",
        "registration",
        "intake",
        "coordinator",
        "special",
    ];
    let met = KINDS.all(words).into_iter();
    let mut found: Vec<Stated<PatientKind>> = met
        .filter(|(range, _)| !desk.contains(&words.after(range.end - 1, 1)))
        .map(|(range, kind)| Stated::new(words.span(&range), kind))
        .collect();
    // `est. patient`, where a point stands between.
    for index in 0..words.len() {
        let abbreviated =
            words.word(index) == "est" && words.gap(index) == ". " && matches!(words.word(index + 1), "pt" | "patient");
        if abbreviated {
            found.push(Stated::new(words.span(&(index..index + 2)), PatientKind::Established));
        }
    }
    found.sort_by_key(|one| one.span);
    found
}

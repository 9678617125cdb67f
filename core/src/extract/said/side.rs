//! On which side, or at which finger, toe, eyelid or coronary artery. `side_words` reads them.

use serde::{Deserialize, Serialize};

/// Right, left or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Laterality {
    /// RT.
    Right,
    /// LT.
    Left,
    /// Modifier 50, or both sides in words.
    Both,
}

/// A side as stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The side; none for a coronary artery.
    pub side: Option<Laterality>,
    /// The modifier of just that place, when the words are so exact: `F5`, `T1`, `E2`, `LD`.
    pub modifier: Option<String>,
}

impl Laterality {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Left => "left",
            Self::Both => "both sides",
        }
    }
}

impl Side {
    pub(super) const fn of(side: Laterality) -> Self {
        Self { side: Some(side), modifier: None }
    }

    pub(super) fn at(side: Option<Laterality>, modifier: String) -> Self {
        Self { side, modifier: Some(modifier) }
    }

    /// Of a modifier that tells a place; none for any other.
    #[must_use]
    pub fn of_modifier(modifier: &str) -> Option<Self> {
        Some(match modifier {
            "RT" => Self::of(Laterality::Right),
            "LT" => Self::of(Laterality::Left),
            "50" => Self::of(Laterality::Both),
            "FA" | "F1" | "F2" | "F3" | "F4" | "TA" | "T1" | "T2" | "T3" | "T4" | "E1" | "E2" => {
                Self::at(Some(Laterality::Left), modifier.to_owned())
            }
            "F5" | "F6" | "F7" | "F8" | "F9" | "T5" | "T6" | "T7" | "T8" | "T9" | "E3" | "E4" => {
                Self::at(Some(Laterality::Right), modifier.to_owned())
            }
            "LC" | "LD" | "LM" | "RC" | "RI" => Self::at(None, modifier.to_owned()),
            _ => return None,
        })
    }

    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.side, &self.modifier) {
            (Some(side), Some(modifier)) => format!("{} ({modifier})", side.words()),
            (Some(side), None) => side.words().to_owned(),
            (None, modifier) => modifier.clone().unwrap_or_default(),
        }
    }
}

//! An entry of the ICD-10-CM tabular list: a chapter, a section or a code, with its notes. Read by
//! [`super::icd10cm_tabular`].

use serde::{Deserialize, Serialize};

use crate::domain::code::Code;

/// A chapter, a section, or a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The line on which it starts, from 1.
    pub line: u64,
    /// Its place in the list, from 0. It changes with every release.
    pub number: u32,
    /// The place of the section, chapter or code that it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<u32>,
    /// What it is.
    pub name: Name,
    /// Its title.
    pub title: String,
    /// Whether its last character is an X that only fills the place.
    pub placeholder: bool,
    /// Its own notes, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Group>,
    /// The 7th characters that the codes below it take.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seventh: Vec<Seventh>,
}

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Name {
    /// A chapter, by its number.
    Chapter(String),
    /// A section, by its first and last category; both are the same when it has only one.
    Section {
        /// The first category.
        first: Code,
        /// The last category.
        last: Code,
    },
    /// A category, subcategory or code.
    Code(Code),
}

impl Name {
    /// As people name it: `chapter 4`, `E08-E13`, `E11`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Chapter(number) => format!("chapter {number}"),
            Self::Section { first, last } => format!("{first}-{last}"),
            Self::Code(code) => code.to_string(),
        }
    }
}

/// Notes of one kind under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The heading.
    pub kind: NoteKind,
    /// The notes, as printed.
    pub notes: Vec<Note>,
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its line, from 1.
    pub line: u64,
    /// Its text. A text that ends in a colon leads the ones after it.
    pub text: String,
}

/// A 7th character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seventh {
    /// The character.
    pub character: char,
    /// What it says.
    pub meaning: String,
    /// What is printed below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub includes: Vec<String>,
}

/// The heading of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NoteKind {
    /// Conditions for which the code is used.
    InclusionTerm,
    /// Examples of what belongs here.
    Includes,
    /// Not coded here: never together with the code, unless the two conditions are unrelated.
    Excludes1,
    /// Not part of the condition; both may be coded.
    Excludes2,
    /// The underlying condition comes first.
    CodeFirst,
    /// A second code is added.
    UseAdditional,
    /// Two codes may be needed, in either order.
    CodeAlso,
    /// Other words.
    General,
    /// Words that introduce the 7th characters.
    Seventh,
}

impl NoteKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::InclusionTerm,
        Self::Includes,
        Self::Excludes1,
        Self::Excludes2,
        Self::CodeFirst,
        Self::UseAdditional,
        Self::CodeAlso,
        Self::General,
        Self::Seventh,
    ];

    /// The element's name, which is also the stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InclusionTerm => "inclusionTerm",
            Self::Includes => "includes",
            Self::Excludes1 => "excludes1",
            Self::Excludes2 => "excludes2",
            Self::CodeFirst => "codeFirst",
            Self::UseAdditional => "useAdditionalCode",
            Self::CodeAlso => "codeAlso",
            Self::General => "notes",
            Self::Seventh => "sevenChrNote",
        }
    }

    /// As the printed list heads it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::InclusionTerm => "inclusion terms",
            Self::Includes => "includes",
            Self::Excludes1 => "excludes1",
            Self::Excludes2 => "excludes2",
            Self::CodeFirst => "code first",
            Self::UseAdditional => "use additional code",
            Self::CodeAlso => "code also",
            Self::General => "note",
            Self::Seventh => "7th characters",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

//! A code as a mail mentions it: where it stands, what it says, and what is attached to it.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use super::{
    code::{Code, CodeSystem, Modifier},
    span::Span,
};

/// The part of a mail in which a mention stands. A code in quoted text is still shown, and marked as quoted:
/// nothing is lost because a fragment was folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The subject line.
    Subject,
    /// What the sender wrote now.
    New,
    /// What the sender quoted from an earlier mail.
    Quoted,
    /// Below the signature's mark.
    Signature,
    /// Another person's mail, forwarded.
    Forwarded,
    /// The text of an attached file or mail.
    Attachment,
}

impl Place {
    /// The stable name, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::New => "new",
            Self::Quoted => "quoted",
            Self::Signature => "signature",
            Self::Forwarded => "forwarded",
            Self::Attachment => "attachment",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the text says about a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Asked about, or only named.
    #[default]
    Asked,
    /// Said to have been billed, coded or paid.
    Billed,
    /// Said to have been denied, rejected or bundled.
    Denied,
    /// Said to be deleted, retired or replaced.
    Deleted,
    /// Ruled out: "not 99214", "instead of 99214".
    Negated,
    /// Of another time: "previously 99201".
    Historical,
}

impl Status {
    /// The stable name, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Billed => "billed",
            Self::Denied => "denied",
            Self::Deleted => "deleted",
            Self::Negated => "negated",
            Self::Historical => "historical",
        }
    }
}

/// How sure the reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// It may be a code; a reviewer decides.
    Possible,
    /// More speaks for it than against it.
    #[default]
    Likely,
    /// Several things speak for it, or its name does.
    Certain,
}

impl Confidence {
    /// The stable name, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// One mention of one code, or of one range of codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where the code itself stands, without its modifiers and units; bytes of the searched text.
    pub span: Span,
    /// Its system.
    pub system: CodeSystem,
    /// In normal form; a range as `A-B`.
    pub code: Code,
    /// Attached to it, in the order written.
    pub modifiers: Vec<Modifier>,
    /// How many units the text asks about, when it says so.
    pub units: Option<u32>,
    /// Which part of the mail it stands in.
    pub place: Place,
    /// What the text says about it. Readings stored before this was read have the default.
    #[serde(default)]
    pub status: Status,
    /// How sure the reading is.
    #[serde(default)]
    pub confidence: Confidence,
    /// What speaks for it and against it, in words.
    #[serde(default)]
    pub reasons: Vec<Cow<'static, str>>,
}

impl Mention {
    /// A code in newly written text, with nothing attached to it.
    #[must_use]
    pub fn bare(span: Span, system: CodeSystem, code: Code) -> Self {
        Self {
            span,
            system,
            code,
            modifiers: Vec::new(),
            units: None,
            place: Place::New,
            status: Status::default(),
            confidence: Confidence::default(),
            reasons: Vec::new(),
        }
    }
}

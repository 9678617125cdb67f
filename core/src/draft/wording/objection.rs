//! Why a sentence of the model was dropped. None of them repeats a word of it.

use serde::{Deserialize, Serialize};

/// What a sentence is dropped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objection {
    /// It rests on no statement.
    NoStatement,
    /// It names a statement that there is not, or one that this section may not rest on: the asker's words support
    /// nothing but the question.
    UnknownStatement,
    /// It names a code that is not among the candidates, or one that it does not declare.
    ForeignCode,
    /// It holds a code, number, date, amount or address that its statements do not.
    ForeignContent,
    /// It holds a name that its statements do not.
    ForeignName,
    /// It recommends, permits, promises or orders what its statements do not.
    ForeignDecision,
    /// It says without a "not" or an "unless" what its statements say with one, or the other way round.
    LostLimit,
    /// It sets codes or numbers in another order than its statements: column 1 and column 2 would change places.
    OtherOrder,
    /// Less than half of its words are those of its statements.
    Unfamiliar,
    /// It holds what may identify somebody.
    Identifier,
    /// It is empty, too long, a question, or tries to be another part of the reply.
    Form,
}

impl Objection {
    /// In words, for the history of a case.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoStatement => "no fact named",
            Self::UnknownStatement => "an unknown fact named",
            Self::ForeignCode => "a code that was not offered",
            Self::ForeignContent => "a number, date, amount or address that its facts do not hold",
            Self::ForeignName => "a name that its facts do not hold",
            Self::ForeignDecision => "a decision that its facts do not make",
            Self::LostLimit => "a limit of its facts lost or added",
            Self::OtherOrder => "codes or numbers in another order than in its facts",
            Self::Unfamiliar => "mostly words that its facts do not use",
            Self::Identifier => "what may identify somebody",
            Self::Form => "no sentence of a reply",
        }
    }
}

//! Why the rule-written draft stands after all. The words go into the history of the case: none of them repeats what a mail
//! or a model said.

use crate::draft::guard::Rule;

/// Why nothing of a model's answer was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is more to phrase than a request may hold.
    #[error("the facts are too many for one request")]
    TooMuch,
    /// The answer holds no text, as when the model declines.
    #[error("the answer holds no text")]
    Empty,
    /// The model stopped at its limit of tokens.
    #[error("the answer was cut off at the limit of tokens")]
    CutOff,
    /// The text is longer than all sections together may be.
    #[error("the answer is too long")]
    TooLong,
    /// It is not JSON.
    #[error("the answer is not JSON")]
    NotJson,
    /// It is JSON of another form than was asked for.
    #[error("the answer does not have the form that was asked for")]
    OtherForm,
    /// Every sentence was dropped.
    #[error("none of its sentences could be taken ({0})")]
    NothingLeft(String),
    /// The guard finds something in the reply that it does not find without the wording.
    #[error("the guard objected to it by rule {0}")]
    Guard(Rule),
    /// The templates failed on it.
    #[error("the reply could not be composed with it")]
    NotComposed,
}

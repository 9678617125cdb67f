//! Why a review action was refused.

use caseconsult_core::{
    domain::{case::NotAllowed, ids::UserId, instant::Instant},
    draft::guard::Finding,
};
use caseconsult_store::StoreError;

/// A refused action. Nothing has changed when one is returned.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// Another reviewer works on the case.
    #[error("another reviewer has claimed this case: take it over first, or leave it to them")]
    Taken {
        /// Who.
        by: UserId,
        /// Until when, unless they go on.
        until: Instant,
    },
    /// Approving needs the reviewer's own claim.
    #[error("the case is not claimed by you: claim it first")]
    NotClaimed,
    /// The case was changed since it was read.
    #[error("the case was changed a moment ago: look at it again")]
    Changed,
    /// A participant wrote since the draft was made.
    #[error("a new mail arrived in this case since the draft was made: read it first")]
    Stale,
    /// The action has no meaning in the case's state.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The guard found what blocks sending, and not every such finding was overridden with a reason.
    #[error("the checks found something that blocks sending: change the text, or give a reason beside each finding")]
    Findings(Vec<Finding>),
    /// No mail can be made of it.
    #[error("no mail can be made of this text: {0}")]
    Unsendable(String),
    /// The case's mail names no sender to answer.
    #[error("the mail names no usable sender, so nobody can be answered: close the case, or hold it")]
    NoAsker,
    /// What had to be typed was not.
    #[error("{0}")]
    NotSaid(&'static str),
    /// The database.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for ReviewError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Changed,
            StoreError::Stale => Self::Stale,
            StoreError::NotAllowed(why) => Self::NotAllowed(why),
            other => Self::Store(other),
        }
    }
}

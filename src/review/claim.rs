//! Taking a case, and keeping it while typing.
//!
//! A claim is a lease: it lapses by itself, so a closed laptop blocks nobody. Approving demands a live one in the
//! very statement that approves, so a page that shows an old claim can send nothing.

use caseconsult_core::domain::ids::{CaseId, UserId};
use caseconsult_store::{StoreError, cases, cases::Case, drafts};

use super::{Desk, ReviewError};

/// Claims the case, or renews the claim. A colleague's live claim is left alone unless `take_over`.
///
/// # Errors
/// [`ReviewError::Taken`] when a colleague has it, [`ReviewError::NotAllowed`] when it waits for no reviewer.
pub async fn claim(desk: &Desk, case: CaseId, by: UserId, take_over: bool) -> Result<Case, ReviewError> {
    match cases::claim(&desk.db, &desk.clock, case, by, desk.claim_length, take_over).await {
        Ok(case) => Ok(case),
        Err(StoreError::Conflict) => {
            let case = cases::get(&desk.db, case).await?;
            desk.refuse_if_taken(&case, by)?;
            Err(ReviewError::Changed)
        }
        Err(error) => Err(error.into()),
    }
}

/// Keeps the reviewer's unfinished text, and renews the claim. The text is kept even when the claim is lost.
///
/// # Errors
/// [`ReviewError::Taken`] or [`ReviewError::Changed`] when the claim could not be renewed; the text is kept then.
pub async fn keep(desk: &Desk, case: &Case, by: UserId, body: &str) -> Result<(), ReviewError> {
    drafts::save_working_copy(&desk.db, &desk.clock, case.id, by, body).await?;
    match cases::renew_claim(&desk.db, &desk.clock, case.id, by, desk.claim_length).await {
        Ok(()) => Ok(()),
        Err(StoreError::Conflict) => {
            desk.refuse_if_taken(&cases::get(&desk.db, case.id).await?, by)?;
            Err(ReviewError::NotClaimed)
        }
        Err(error) => Err(error.into()),
    }
}

impl Desk {
    /// Refuses when a colleague's claim on the case is live.
    pub(super) fn refuse_if_taken(&self, case: &Case, by: UserId) -> Result<(), ReviewError> {
        match case.claim {
            Some((holder, until)) if holder != by && until > self.clock.now() => {
                Err(ReviewError::Taken { by: holder, until })
            }
            _ => Ok(()),
        }
    }
}

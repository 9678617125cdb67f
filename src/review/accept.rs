//! Taking a code from the candidates, or putting it back. The case is drafted anew with what was taken, and its history
//! says who did; the text in the editor is kept, as with every new draft.

use caseconsult_core::domain::{
    code::{Code, CodeSystem},
    ids::UserId,
};
use caseconsult_store::{accepted, cases::Case, catalogue};

use super::{Desk, ReviewError};

/// Codes that are taken for one case at most: who needs more writes the reply himself.
const MOST: usize = 20;

/// Takes a code that the catalogue holds.
///
/// # Errors
/// [`ReviewError::NotSaid`] for one that it does not hold, or when there are too many; otherwise as every step.
pub async fn accept(
    desk: &Desk,
    case: &Case,
    by: UserId,
    system: CodeSystem,
    code: &Code,
) -> Result<Case, ReviewError> {
    desk.refuse_if_taken(case, by)?;
    let choice = (system, code.clone());
    if !catalogue::shelf(&desk.db, std::slice::from_ref(&choice)).await?.knows(system, code) {
        return Err(ReviewError::NotSaid("choose a code that the catalogue holds"));
    }
    if accepted::of_case(&desk.db, case.id).await?.len() >= MOST {
        return Err(ReviewError::NotSaid("put a code back first: no more than twenty can be accepted for one case"));
    }
    Ok(accepted::accept(&desk.db, &desk.clock, case, by, &choice).await?)
}

/// Puts it back.
///
/// # Errors
/// As every step.
pub async fn put_back(
    desk: &Desk,
    case: &Case,
    by: UserId,
    system: CodeSystem,
    code: &Code,
) -> Result<Case, ReviewError> {
    desk.refuse_if_taken(case, by)?;
    Ok(accepted::put_back(&desk.db, &desk.clock, case, by, &(system, code.clone())).await?)
}

//! What the guard finds in a reviewer's text, with the catalogue's word on every code in it. The deliver worker asks
//! the same function again before it sends.

use caseconsult_core::draft::guard::Finding;
use caseconsult_store::{StoreError, cases::Case};

use super::Desk;

/// The findings in `body`, in the order of the text.
///
/// # Errors
/// When the database fails.
pub async fn findings(desk: &Desk, case: &Case, body: &str) -> Result<Vec<Finding>, StoreError> {
    // A case without a usable sender has nobody to answer: the guard says so, whoever stands in as recipient.
    let recipient = case.asker.as_ref().unwrap_or(&desk.own_address);
    caseconsult_workers::findings(&desk.db, case, body, recipient).await
}

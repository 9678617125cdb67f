//! Why an approved reply must not leave after all. Looked at again right before it is sent, because a code may have
//! ended and a rule may have been added since. Called by [`crate::deliver`].

use caseconsult_core::{
    domain::{digest::Digest, outcome::Cause},
    draft::guard::{Override, blocking},
};
use caseconsult_store::{StoreError, cases::Case, replies::Reply};

use crate::{context::Context, findings::findings};

/// None when the reply may leave.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn find(context: &Context, case: &Case, reply: &Reply) -> Result<Option<Cause>, StoreError> {
    if Digest::of(&reply.bytes) != reply.sha256 {
        return Ok(Some(Cause::new("the stored reply is not the one that was approved: its SHA-256 differs")));
    }
    let findings = findings(&context.db, case, &reply.body, &reply.recipient).await?;
    // Overrides that cannot be read override nothing.
    let overrides: Vec<Override> = serde_json::from_str(&reply.overrides).unwrap_or_default();
    let rules: Vec<&str> = blocking(&findings, &overrides).iter().map(|finding| finding.rule.as_str()).collect();
    if rules.is_empty() {
        return Ok(None);
    }
    Ok(Some(Cause::new(format!("the guard stopped the approved text before it was sent: {}", rules.join(", ")))))
}

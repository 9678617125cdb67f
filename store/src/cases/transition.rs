//! What an event makes of a case.
//!
//! [`core::domain::case::apply`](caseconsult_core::domain::case::apply) decides the state; here is what the row
//! knows besides: whether a participant wrote while a person or the mail server had the case, and which approval
//! no longer counts.

use caseconsult_core::domain::{
    case::{CaseEvent, CaseState, apply},
    ids::ReplyId,
};

use super::row::Case;
use crate::StoreError;

/// What is to be written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Transition {
    pub(super) state: CaseState,
    pub(super) stale: bool,
    /// Its bytes must not be sent any more.
    pub(super) withdrawn: Option<ReplyId>,
    /// The follow-up that had to wait takes effect now.
    pub(super) late_follow_up: bool,
}

/// What follows from `event`.
///
/// A mail that arrives while a case is being sent, is in doubt or waits in a person's hands marks it stale and
/// changes nothing else. As soon as the case leaves that place by itself, the mail counts: a reply that went out
/// does not answer it, so the case is worked on again; a reply that could not go out yet is not tried again
/// before a person has read the mail.
pub(super) fn follow(case: &Case, event: &CaseEvent) -> Result<Transition, StoreError> {
    use CaseEvent as E;
    use CaseState as S;
    if case.stale && matches!(event, E::Approved { .. } | E::SendAgain { .. }) {
        return Err(StoreError::Stale);
    }
    let reached = apply(&case.state, event)?;
    let late_follow_up = case.stale
        && *event != E::FollowedUp
        && matches!(reached, S::Approved { .. } | S::Sent { .. } | S::AwaitingAsker);
    let state = if late_follow_up { apply(&reached, &E::FollowedUp)? } else { reached.clone() };
    let stale = match &state {
        // The machine works through all mails again, or nobody works on it any more.
        S::Received | S::Extracted | S::Closed => false,
        S::Drafted if *event == E::Drafted => false,
        _ => case.stale || *event == E::FollowedUp,
    };
    let withdrawn = [(&case.state, &reached), (&reached, &state)].into_iter().find_map(|(from, to)| {
        let unsent = from.reply().filter(|_| !matches!(from, S::Sent { .. }));
        unsent.filter(|_| to.reply().is_none())
    });
    Ok(Transition { state, stale, withdrawn, late_follow_up })
}

#[cfg(test)]
mod tests {
    use caseconsult_core::domain::{
        ids::{AttemptId, CaseId, UserId},
        instant::Instant,
        tag::CaseTag,
    };
    use uuid::Uuid;

    use super::*;

    const USER: UserId = UserId::new(Uuid::from_u128(1));
    const REPLY: ReplyId = ReplyId::new(Uuid::from_u128(2));
    const ATTEMPT: AttemptId = AttemptId::new(Uuid::from_u128(3));
    const SENDING: CaseState = CaseState::Sending { reply: REPLY, attempt: ATTEMPT };

    fn case(state: CaseState, stale: bool) -> Case {
        let id = CaseId::new(Uuid::from_u128(4));
        Case {
            id,
            tag: CaseTag::of(id),
            state,
            version: 1,
            stale,
            asker: None,
            asker_name: String::new(),
            subject: String::new(),
            received_at: Instant::default(),
            updated_at: Instant::default(),
            hint: None,
            claim: None,
            attempts: 0,
            next_try_at: None,
            last_cause: None,
        }
    }

    fn outcome(state: CaseState, stale: bool, event: &CaseEvent) -> (&'static str, bool, bool) {
        let made = follow(&case(state, stale), event).unwrap();
        (made.state.name(), made.stale, made.withdrawn.is_some())
    }

    #[test]
    fn a_follow_up_marks_a_persons_work_and_restarts_a_machines() {
        use CaseState as S;
        for (state, expected) in [
            (S::Received, ("received", false, false)),
            (S::Drafted, ("received", false, false)),
            (S::InReview { reviewer: USER }, ("in_review", true, false)),
            (S::Approved { reply: REPLY }, ("drafted", true, true)),
            (SENDING, ("sending", true, false)),
            (S::Sent { reply: REPLY }, ("received", false, false)),
            (S::Undeliverable { reply: REPLY }, ("undeliverable", true, false)),
            (S::Closed, ("received", false, false)),
        ] {
            assert_eq!(outcome(state.clone(), false, &CaseEvent::FollowedUp), expected, "{}", state.name());
        }
    }

    #[test]
    fn a_mail_that_came_while_the_reply_was_under_way_counts_afterwards() {
        use CaseEvent as E;
        assert_eq!(outcome(SENDING, true, &E::SendAccepted), ("received", false, false));
        assert_eq!(outcome(SENDING, true, &E::SendDeferred), ("drafted", true, true));
        assert_eq!(outcome(SENDING, true, &E::SendInDoubt), ("uncertain", true, false));
        assert_eq!(outcome(SENDING, false, &E::SendAccepted), ("sent", false, false));
        assert_eq!(outcome(SENDING, false, &E::SendDeferred), ("approved", false, false));
        let uncertain = CaseState::Uncertain { reply: REPLY };
        assert_eq!(outcome(uncertain, true, &E::FoundSent { by: USER }), ("received", false, false));
    }

    #[test]
    fn nothing_is_approved_or_sent_again_over_an_unread_mail() {
        let in_review = case(CaseState::InReview { reviewer: USER }, true);
        let approved = CaseEvent::Approved { by: USER, reply: REPLY };
        assert!(matches!(follow(&in_review, &approved), Err(StoreError::Stale)));
        let in_doubt = case(CaseState::Uncertain { reply: REPLY }, true);
        assert!(matches!(follow(&in_doubt, &CaseEvent::SendAgain { by: USER }), Err(StoreError::Stale)));
    }

    #[test]
    fn an_approval_that_the_case_left_behind_is_withdrawn() {
        use CaseEvent as E;
        let approved = CaseState::Approved { reply: REPLY };
        assert_eq!(outcome(approved, false, &E::ApprovalWithdrawn { by: USER }), ("in_review", false, true));
        let refused = CaseState::Undeliverable { reply: REPLY };
        assert_eq!(outcome(refused, false, &E::Claimed { by: USER }), ("in_review", false, true));
        let sent = CaseState::Sent { reply: REPLY };
        assert_eq!(outcome(sent, false, &E::Closed { by: USER }), ("closed", false, false));
    }
}

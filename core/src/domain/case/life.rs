//! The one function that says what follows from an event. Total: the table in the tests lists every pair.

use super::{event::CaseEvent, state::CaseState};

/// An event that cannot happen in the state the case is in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a case that is {state} cannot be {event}")]
pub struct NotAllowed {
    /// The state's name.
    pub state: &'static str,
    /// The event's name.
    pub event: &'static str,
}

/// What follows from `event` in `state`. Total: every pair is either here or refused.
///
/// # Errors
/// [`NotAllowed`] when the event has no meaning in that state; nothing has changed then.
pub fn apply(state: &CaseState, event: &CaseEvent) -> Result<CaseState, NotAllowed> {
    use CaseEvent as E;
    use CaseState as S;
    let next = match (state, event) {
        (S::Received, E::Extracted) => S::Extracted,
        (S::Extracted, E::Drafted) => S::Drafted,
        (S::Drafted | S::InReview { .. } | S::Undeliverable { .. }, E::Claimed { by }) => S::InReview { reviewer: *by },
        (S::InReview { .. }, E::Returned { .. }) => S::Drafted,
        (
            S::Drafted | S::InReview { .. } | S::Undeliverable { .. } | S::Sent { .. } | S::Closed,
            E::RedraftWanted { .. },
        ) => S::Received,
        (S::InReview { .. }, E::Approved { reply, .. }) => S::Approved { reply: *reply },
        (S::Approved { .. }, E::ApprovalWithdrawn { by }) => S::InReview { reviewer: *by },
        (S::Approved { reply }, E::SendingStarted { attempt }) => S::Sending { reply: *reply, attempt: *attempt },
        (S::Sending { reply, .. }, E::SendAccepted) => S::Sent { reply: *reply },
        (S::Sending { reply, .. }, E::SendDeferred) => S::Approved { reply: *reply },
        (S::Sending { reply, .. } | S::Approved { reply }, E::SendRefused) => S::Undeliverable { reply: *reply },
        (S::Sending { reply, .. }, E::SendInDoubt) => S::Uncertain { reply: *reply },
        // What the report returns is the reply that was last sent: the store has looked.
        (S::Sent { .. } | S::Uncertain { .. } | S::AwaitingAsker | S::Closed, E::Bounced { reply, .. }) => {
            S::Undeliverable { reply: *reply }
        }
        (S::Uncertain { reply }, E::FoundSent { .. }) => S::Sent { reply: *reply },
        (S::Uncertain { reply } | S::Undeliverable { reply }, E::SendAgain { .. }) => S::Approved { reply: *reply },
        (S::InReview { .. } | S::Sent { .. }, E::AskerAwaited { .. }) => S::AwaitingAsker,
        // A machine's work is simply done again with the new mail; so is that of a finished or waiting case.
        (
            S::Received | S::Extracted | S::Drafted | S::AwaitingAsker | S::Sent { .. } | S::Closed | S::Ignored { .. },
            E::FollowedUp,
        ) => S::Received,
        // A person's work stays and is marked stale by the store; what was approved must be looked at again.
        (S::Approved { .. }, E::FollowedUp) => S::Drafted,
        (
            S::InReview { .. } | S::Sending { .. } | S::Uncertain { .. } | S::Undeliverable { .. } | S::Held { .. },
            E::FollowedUp,
        ) => state.clone(),
        (
            S::Received | S::Extracted | S::Drafted | S::InReview { .. } | S::AwaitingAsker | S::Undeliverable { .. },
            E::Held { reason },
        ) => S::Held { reason: reason.clone() },
        (S::Held { .. } | S::Ignored { .. }, E::Released { .. }) => S::Received,
        (
            S::Received
            | S::Extracted
            | S::Drafted
            | S::InReview { .. }
            | S::Sent { .. }
            | S::Undeliverable { .. }
            | S::AwaitingAsker
            | S::Held { .. }
            | S::Ignored { .. },
            E::Closed { .. },
        ) => S::Closed,
        _ => return Err(NotAllowed { state: state.name(), event: event.name() }),
    };
    Ok(next)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{
        case::{HoldReason, IgnoredKind},
        ids::{AttemptId, ReplyId, UserId},
    };

    const USER: UserId = UserId::new(Uuid::from_u128(1));
    const REPLY: ReplyId = ReplyId::new(Uuid::from_u128(2));
    const ATTEMPT: AttemptId = AttemptId::new(Uuid::from_u128(3));

    fn states() -> Vec<CaseState> {
        vec![
            CaseState::Received,
            CaseState::Extracted,
            CaseState::Drafted,
            CaseState::InReview { reviewer: USER },
            CaseState::Approved { reply: REPLY },
            CaseState::Sending { reply: REPLY, attempt: ATTEMPT },
            CaseState::Sent { reply: REPLY },
            CaseState::Uncertain { reply: REPLY },
            CaseState::Undeliverable { reply: REPLY },
            CaseState::AwaitingAsker,
            CaseState::Held { reason: HoldReason::StrangerWithToken },
            CaseState::Ignored { kind: IgnoredKind::Bulk, rule: "List-Id".to_owned() },
            CaseState::Closed,
        ]
    }

    fn events() -> Vec<CaseEvent> {
        vec![
            CaseEvent::Extracted,
            CaseEvent::Drafted,
            CaseEvent::Claimed { by: USER },
            CaseEvent::Returned { by: USER },
            CaseEvent::RedraftWanted { by: USER },
            CaseEvent::Approved { by: USER, reply: REPLY },
            CaseEvent::ApprovalWithdrawn { by: USER },
            CaseEvent::SendingStarted { attempt: ATTEMPT },
            CaseEvent::SendAccepted,
            CaseEvent::SendDeferred,
            CaseEvent::SendRefused,
            CaseEvent::SendInDoubt,
            CaseEvent::Bounced { reply: REPLY, status: None },
            CaseEvent::FoundSent { by: USER },
            CaseEvent::SendAgain { by: USER },
            CaseEvent::AskerAwaited { by: USER },
            CaseEvent::FollowedUp,
            CaseEvent::Held { reason: HoldReason::StrangerWithToken },
            CaseEvent::Released { by: USER },
            CaseEvent::Closed { by: USER },
        ]
    }

    /// Every pair, one row a state, one column an event in the order of [`events`]; `.` is refused.
    /// Columns: extracted drafted claimed returned redraft approved withdrawn sending accepted deferred refused
    /// doubt bounced found again await follow-up hold release close.
    #[test]
    fn every_pair_of_state_and_event_is_decided() {
        let short = |state: &CaseState| match state {
            CaseState::Received => 'R',
            CaseState::Extracted => 'E',
            CaseState::Drafted => 'D',
            CaseState::InReview { .. } => 'V',
            CaseState::Approved { .. } => 'A',
            CaseState::Sending { .. } => 'S',
            CaseState::Sent { .. } => 'T',
            CaseState::Uncertain { .. } => '?',
            CaseState::Undeliverable { .. } => 'U',
            CaseState::AwaitingAsker => 'W',
            CaseState::Held { .. } => 'H',
            CaseState::Ignored { .. } => 'I',
            CaseState::Closed => 'C',
        };
        let table: Vec<String> = states()
            .iter()
            .map(|state| {
                let row: String =
                    events().iter().map(|event| apply(state, event).map_or('.', |next| short(&next))).collect();
                format!("{} {row}", short(state))
            })
            .collect();
        let expected = [
            "R E...............RH.C",
            "E .D..............RH.C",
            "D ..V.R...........RH.C",
            "V ..VDRA.........WVH.C",
            "A ......VS..U.....D...",
            "S ........TAU?....S...",
            "T ....R.......U..WR..C",
            "? ............UTA.?...",
            "U ..V.R.........A.UH.C",
            "W ............U...RH.C",
            "H ................H.RC",
            "I ................R.RC",
            "C ....R.......U...R...",
        ];
        assert_eq!(table, expected);
    }

    #[test]
    fn names_are_complete_and_in_order() {
        let names: Vec<_> = states().iter().map(CaseState::name).collect();
        assert_eq!(names, CaseState::NAMES);
    }

    #[test]
    fn a_state_survives_its_row() {
        for state in states() {
            let json = serde_json::to_string(&state).unwrap();
            assert_eq!(serde_json::from_str::<CaseState>(&json).unwrap(), state);
        }
    }
}

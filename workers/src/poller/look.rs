//! One look: what the mailbox lists against what the ledger knows, and everything that follows from it.

use std::collections::{BTreeSet, HashMap, HashSet};

use caseconsult_core::domain::intake::IntakeState;
use caseconsult_store::intake::{self, Mailbox};

use super::{
    Summary,
    blame::Blame,
    commit::Committer,
    fetch::{Fetch, Range},
    marks,
    run::PollError,
};
use crate::{
    context::Context,
    imap::{Session, mailbox::MailboxName},
    settings::ImapSettings,
};

/// Mails between two rounds of marks. While the server marks it sends nothing, so a long look fetches first.
const CHUNK: usize = 10_000;

/// A mailbox that is open on a connection.
pub(super) struct Open<'a> {
    pub(super) context: &'a Context,
    pub(super) settings: &'a ImapSettings,
    pub(super) session: Session,
    pub(super) mailbox: Mailbox,
    /// Where taken mails go; None where they stay.
    pub(super) done: Option<MailboxName>,
    /// False when the server opened the mailbox for reading only.
    pub(super) can_mark: bool,
    /// The highest UID that the look before knew of.
    pub(super) seen_last: u32,
    pub(super) blame: Blame,
}

impl Open<'_> {
    /// Looks once, and returns how many mails were owed when it began. `summary` is right also when this fails in
    /// the middle.
    ///
    /// # Errors
    /// When the connection or the database failed. What was accepted stays accepted.
    pub(super) async fn look(&mut self, range: &mut Range, summary: &mut Summary) -> Result<u64, PollError> {
        let Context { db, clock, .. } = self.context;
        let sweep = clock.now().since(self.mailbox.swept_at) >= self.settings.sweep_every;
        let above = if sweep { 0 } else { self.mailbox.floor_uid };
        let listed = self.session.uids_from(above.saturating_add(1)).await?;
        let (settled, unsettled) = intake::known_uids(db, self.mailbox.id, above).await?;
        let known = Known { listed: &listed, settled: &settled, unsettled: &unsettled };
        self.raise_floor(&known).await?;

        // What was owed and is listed no more has vanished, when this is the second look that misses it.
        let gone: Vec<u32> = unsettled.keys().copied().filter(|uid| !listed.contains(uid)).collect();
        intake::absent(db, clock, self.mailbox.id, &gone).await?;
        summary.vanished += gone.iter().filter(|uid| known.is(**uid, IntakeState::Missed)).count() as u64;

        let (mut alone, wanted): (Vec<u32>, Vec<u32>) = listed
            .iter()
            .copied()
            .filter(|uid| !settled.contains(uid))
            .partition(|uid| known.is(*uid, IntakeState::Failing));
        // Each may end the connection: the one that was tried least comes first, so that every one has its turn.
        alone.sort_by_key(|uid| unsettled.get(uid).map(|(_, tries)| *tries));
        let committer = Committer::start(self.context, &self.mailbox);
        let taken = self.take(&wanted, &known, range, &committer, summary).await;
        *summary += committer.finish().await?;
        taken?;
        if !alone.is_empty() {
            self.probe(known.witness()).await?;
        }
        for uid in &alone {
            self.take_alone(*uid, range, summary).await?;
        }
        self.mark().await?;
        if sweep {
            intake::swept(db, clock, self.mailbox.id).await?;
            self.mailbox.swept_at = clock.now();
        }
        Ok((gone.len() + alone.len() + wanted.len()) as u64)
    }

    /// Fetches the mails that are wanted and hands them to the committer. What it has accepted meanwhile is marked
    /// now and then; the committer goes on with what waits.
    async fn take(
        &mut self,
        wanted: &[u32],
        known: &Known<'_>,
        range: &mut Range,
        committer: &Committer,
        summary: &mut Summary,
    ) -> Result<(), PollError> {
        for chunk in wanted.chunks(CHUNK) {
            let absent = self.fetch(range, committer, summary).ranges(chunk).await?;
            if committer.has_failed() {
                break;
            }
            self.count_absent(&absent, known, summary).await?;
            self.mark().await?;
        }
        Ok(())
    }

    async fn take_alone(&mut self, uid: u32, range: &mut Range, summary: &mut Summary) -> Result<(), PollError> {
        let committer = Committer::start(self.context, &self.mailbox);
        let fetched = self.fetch(range, &committer, summary).alone(uid).await;
        *summary += committer.finish().await?;
        fetched
    }

    /// Asks for one byte of a mail that came before, to tell whether the server gives mails at all.
    async fn probe(&mut self, witness: Option<u32>) -> Result<(), PollError> {
        let Some(uid) = witness else { return Ok(()) };
        match self.session.part(uid, 0, 1).await {
            Ok(Some(_)) => self.blame.mail_came(),
            Ok(None) => {}
            Err(error) if error.leaves_connection_usable() => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn fetch<'f>(&'f mut self, range: &'f mut Range, committer: &'f Committer, summary: &'f mut Summary) -> Fetch<'f> {
        let (context, session, mailbox, blame) = (self.context, &mut self.session, &self.mailbox, &mut self.blame);
        Fetch { context, session, mailbox, range, committer, blame, summary }
    }

    /// Mails that were listed and brought nothing. The first time they may have gone since; one that is listed
    /// again has not, and the server may yet give it.
    async fn count_absent(
        &mut self,
        absent: &[u32],
        known: &Known<'_>,
        summary: &mut Summary,
    ) -> Result<(), PollError> {
        let (again, first): (Vec<u32>, Vec<u32>) = absent.iter().partition(|uid| known.is(**uid, IntakeState::Missed));
        intake::absent(&self.context.db, &self.context.clock, self.mailbox.id, &first).await?;
        for uid in again {
            self.blame.bodiless(self.context, &self.mailbox, uid, summary).await?;
        }
        Ok(())
    }

    async fn mark(&mut self) -> Result<(), PollError> {
        if self.can_mark {
            marks::mark(self.context, &mut self.session, &self.mailbox, self.done.as_ref()).await?;
        }
        Ok(())
    }

    /// Every UID up to the floor is settled and is not asked for again until the next sweep. UIDs only grow
    /// (RFC 9051 §2.3.1.1), so one that two looks did not list will not come; one look might have been a lie.
    async fn raise_floor(&mut self, known: &Known<'_>) -> Result<(), PollError> {
        let last = known.last();
        let floor = known.first_open().map_or(last, |uid| uid.saturating_sub(1)).min(self.seen_last);
        if floor > self.mailbox.floor_uid {
            intake::set_floor(&self.context.db, self.mailbox.id, floor).await?;
            self.mailbox.floor_uid = floor;
        }
        self.seen_last = last;
        Ok(())
    }
}

/// What the server lists and what the ledger knows, of the UIDs above the floor.
struct Known<'a> {
    listed: &'a BTreeSet<u32>,
    settled: &'a HashSet<u32>,
    unsettled: &'a HashMap<u32, (IntakeState, u32)>,
}

impl Known<'_> {
    fn is(&self, uid: u32, state: IntakeState) -> bool {
        self.unsettled.get(&uid).is_some_and(|(found, _)| *found == state)
    }

    /// The highest UID known to have been given.
    fn last(&self) -> u32 {
        self.listed.last().copied().into_iter().chain(self.settled.iter().copied()).max().unwrap_or(0)
    }

    /// A mail that is listed and most likely came before: any of those that are settled, since one of them may have
    /// been given up, and must not be asked for each time.
    fn witness(&self) -> Option<u32> {
        let settled: Vec<u32> = self.listed.iter().copied().filter(|uid| self.settled.contains(uid)).collect();
        let index = rand::random_range(0..settled.len().max(1));
        settled.get(index).copied()
    }

    /// The lowest UID that is not settled.
    fn first_open(&self) -> Option<u32> {
        let listed = self.listed.iter().copied().find(|uid| !self.settled.contains(uid));
        listed.into_iter().chain(self.unsettled.keys().copied()).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_open_uid_and_the_last_one_given_bound_the_floor() {
        let listed = BTreeSet::from([3, 5, 9]);
        let settled = HashSet::from([3, 12]);
        let unsettled = HashMap::from([(4, (IntakeState::Missed, 0))]);
        let known = Known { listed: &listed, settled: &settled, unsettled: &unsettled };
        assert_eq!((known.first_open(), known.last()), (Some(4), 12));
        let nothing = (BTreeSet::new(), HashSet::new(), HashMap::new());
        let known = Known { listed: &nothing.0, settled: &nothing.1, unsettled: &nothing.2 };
        assert_eq!((known.first_open(), known.last()), (None, 0));
    }
}

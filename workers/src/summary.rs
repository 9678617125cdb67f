//! What became of the mails that were looked at, in numbers: of a poll, a Maildir or an import.

use std::{fmt, ops::AddAssign};

use caseconsult_core::domain::intake::IntakeState;
use caseconsult_store::intake::Accepted;

/// Counts of one run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Opened a case, parked ones included.
    pub cases: u64,
    /// Joined a case.
    pub follow_ups: u64,
    /// Were copies of an earlier mail.
    pub copies: u64,
    /// Were known from an earlier UIDVALIDITY epoch.
    pub adopted: u64,
    /// Were in the ledger already.
    pub known: u64,
    /// Were gone before they could be fetched.
    pub vanished: u64,
    /// Could not be fetched, as often as it was tried.
    pub unfetchable: u64,
    /// Are still to be fetched.
    pub waiting: u64,
}

impl Summary {
    /// Mails that were accepted now.
    #[must_use]
    pub const fn taken(&self) -> u64 {
        self.cases + self.follow_ups + self.copies + self.adopted
    }

    /// Counts what the door said.
    pub(crate) fn count(&mut self, accepted: &[Accepted]) {
        for mail in accepted {
            if !mail.fresh {
                self.known += 1;
                continue;
            }
            match mail.state {
                IntakeState::Case => self.cases += 1,
                IntakeState::FollowUp => self.follow_ups += 1,
                IntakeState::Copy => self.copies += 1,
                IntakeState::Adopted => self.adopted += 1,
                IntakeState::Vanished => self.vanished += 1,
                IntakeState::Unfetchable => self.unfetchable += 1,
                IntakeState::Missed | IntakeState::Failing => self.waiting += 1,
            }
        }
    }
}

impl fmt::Display for Summary {
    /// `12 mails taken, 11 opened cases, 1 joined cases`: what is zero is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mails taken", self.taken())?;
        let parts = [
            (self.cases, "opened cases"),
            (self.follow_ups, "joined cases"),
            (self.copies, "copies"),
            (self.adopted, "known under another number"),
            (self.known, "known already"),
            (self.vanished, "gone before they could be fetched"),
            (self.unfetchable, "could not be fetched"),
            (self.waiting, "still to be fetched"),
        ];
        for (count, what) in parts.into_iter().filter(|(count, _)| *count > 0) {
            write!(f, ", {count} {what}")?;
        }
        Ok(())
    }
}

impl AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.cases += other.cases;
        self.follow_ups += other.follow_ups;
        self.copies += other.copies;
        self.adopted += other.adopted;
        self.known += other.known;
        self.vanished += other.vanished;
        self.unfetchable += other.unfetchable;
        self.waiting += other.waiting;
    }
}

//! What becomes of one mail. No SQL here: [`super::door`] asks the database about the whole batch first, and each
//! mail is then judged by what it answered.

use std::collections::{HashMap, HashSet};

use caseconsult_core::{
    domain::{
        address::EmailAddress,
        case::{CaseState, HoldReason},
        digest::Digest,
        ids::{CaseId, MessageId, ReplyId},
        tag::CaseTag,
    },
    mail::{
        content::ContentHash,
        head::{Head, Verdict},
        returned::Reported,
    },
};

use crate::{db::text::indexable, replies::bounced::Bounced};

/// A case and the mail in it.
pub(super) type Place = (CaseId, Option<MessageId>);

/// What the database knows about the mails of a batch, and what was decided about the earlier ones.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// By their bytes: mails of earlier epochs of the same mailbox.
    pub(super) adopted: HashMap<Digest, Place>,
    /// By Message-ID and content: recent mails.
    pub(super) copies: HashMap<(String, ContentHash), Place>,
    /// The cases of our replies that the mails answer.
    pub(super) replies: HashMap<ReplyId, CaseId>,
    /// Of our replies that bounces return, those that we tried to send.
    pub(super) sent: HashMap<ReplyId, Sent>,
    /// The cases whose tags stand in their subjects.
    pub(super) tags: HashMap<CaseTag, CaseId>,
    /// Who may write into those cases.
    pub(super) participants: HashSet<(CaseId, EmailAddress)>,
}

/// A reply of ours that may have arrived, or not.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) case: CaseId,
    /// Its whole Message-ID.
    pub(super) header_id: String,
    pub(super) recipient: EmailAddress,
    /// No later reply of the case was approved.
    pub(super) is_last: bool,
}

/// What becomes of a mail.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// It was taken in before UIDVALIDITY changed.
    Adopted(Place),
    /// It was delivered twice.
    Copy(Place),
    /// A participant wrote again.
    FollowUp(CaseId),
    /// A case of its own, which may belong to another.
    New { state: CaseState, hint: Option<CaseId> },
}

impl Known {
    /// Judges one mail. Nothing here drops one: what is in doubt becomes a case that a person sees.
    pub(super) fn judge(&self, sha256: &Digest, head: &Head) -> Decision {
        if let Some(place) = self.adopted.get(sha256) {
            return Decision::Adopted(*place);
        }
        if let Some(place) = copy_key(head).and_then(|key| self.copies.get(&key)) {
            return Decision::Copy(*place);
        }
        let returned = self.returned(head).map(|(sent, _)| sent.case);
        let named = returned.or_else(|| self.named_case(head));
        match (&head.verdict, named) {
            // A machine's answer names the case, but nobody wrote: it must not restart the work.
            (Verdict::Ignored { kind, rule }, hint) => {
                Decision::New { state: CaseState::Ignored { kind: *kind, rule: rule.clone() }, hint }
            }
            (Verdict::Held(reason), hint) => Decision::New { state: CaseState::Held { reason: reason.clone() }, hint },
            (Verdict::Question, None) => Decision::New { state: CaseState::Received, hint: None },
            (Verdict::Question, Some(case)) if self.may_write(head, case) => Decision::FollowUp(case),
            // The token proves that we wrote the mail it answers, not that this sender got it.
            (Verdict::Question, hint) => {
                Decision::New { state: CaseState::Held { reason: HoldReason::StrangerWithToken }, hint }
            }
        }
    }

    /// The case that the mail names: by the newest of our replies that it answers, or else by its subject's tag.
    fn named_case(&self, head: &Head) -> Option<CaseId> {
        let answered = head.answers.iter().find_map(|reply| self.replies.get(reply));
        answered.or_else(|| self.tags.get(head.tagged.as_ref()?)).copied()
    }

    /// The reply that this bounce returns, with what it says of its recipient. Whoever got a reply of ours can write a
    /// bounce: so it counts only for the very Message-ID that we sent to the very recipient whom it names.
    fn returned<'a>(&'a self, head: &'a Head) -> Option<(&'a Sent, &'a Reported)> {
        let returned = head.returned.as_ref()?;
        let sent = self.sent.get(&returned.reply).filter(|sent| sent.header_id == returned.header_id)?;
        let mut ours = returned.recipients.iter().filter(|one| one.address == sent.recipient);
        // One that gave up counts before one that only waits.
        let told = ours.clone().find(|one| one.failed).or_else(|| ours.next())?;
        Some((sent, told))
    }

    /// What this mail proves: that a reply of ours reached nobody.
    pub(super) fn bounced(&self, head: &Head) -> Option<Bounced> {
        let reply = head.returned.as_ref()?.reply;
        let (sent, told) = self.returned(head).filter(|(_, told)| told.failed)?;
        Some(Bounced { reply, case: sent.case, is_last: sent.is_last, status: told.status })
    }

    fn may_write(&self, head: &Head, case: CaseId) -> bool {
        head.sender.as_ref().is_some_and(|sender| self.participants.contains(&(case, sender.clone())))
    }

    /// A later mail of the same batch may be a copy of this one.
    pub(super) fn taken(&mut self, head: &Head, case: CaseId, message: MessageId) {
        if let Some(key) = copy_key(head) {
            self.copies.insert(key, (case, Some(message)));
        }
    }
}

/// What makes two mails copies of each other. A mail without a Message-ID has none.
pub(super) fn copy_key(head: &Head) -> Option<(String, ContentHash)> {
    head.header_id.as_deref().map(|id| (header_key(id), head.content_hash.clone()))
}

/// A Message-ID as it is stored and compared.
pub(super) fn header_key(header_id: &str) -> String {
    indexable(header_id, 998).into_owned()
}

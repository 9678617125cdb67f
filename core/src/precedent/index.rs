//! The terms of all replies that were sent, in memory, and the likest among them.
//!
//! A term leads to the replies that have it, so a question looks at those that share something with it and at no others:
//! 100,000 replies are searched in about a millisecond. The caller fills it from the store and adds what was sent since;
//! it holds no text but the terms.

use std::collections::HashMap;

use super::{
    terms::Terms,
    weight::{Term, families, in_length, rarity},
};
use crate::domain::ids::{CaseId, ReplyId};

/// Of more replies than this, words and families that every third has are not looked at: they tell nothing.
const MANY: usize = 1_000;

/// A reply that answers something like it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// The reply.
    pub reply: ReplyId,
    /// Its case.
    pub case: CaseId,
    /// The share of the question's own weight that the two have in common, from 0 to about 1.
    pub score: f32,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Index {
    replies: Vec<(ReplyId, CaseId)>,
    /// How many words each has.
    lengths: Vec<u16>,
    all_words: u64,
    numbers: HashMap<ReplyId, u32>,
    /// Which replies have a term, in the order in which they were added.
    having: HashMap<Term, Vec<u32>>,
}

impl Index {
    /// How many replies it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.replies.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.replies.is_empty()
    }

    /// Whether it holds this reply.
    #[must_use]
    pub fn holds(&self, reply: ReplyId) -> bool {
        self.numbers.contains_key(&reply)
    }

    /// Adds a reply with the terms of its case; one that it holds already is left as it is.
    pub fn add(&mut self, reply: ReplyId, case: CaseId, terms: &Terms) {
        let Ok(number) = u32::try_from(self.replies.len()) else { return };
        if self.holds(reply) {
            return;
        }
        self.numbers.insert(reply, number);
        self.replies.push((reply, case));
        let words = u16::try_from(terms.words.len()).unwrap_or(u16::MAX);
        self.lengths.push(words);
        self.all_words += u64::from(words);
        for term in all(terms) {
            self.having.entry(term).or_default().push(number);
        }
    }

    /// The replies that are likest to a case with these terms, the likest first and of equals the newest, at most one for
    /// each case and none of the case itself.
    #[must_use]
    pub fn find(&self, terms: &Terms, of: CaseId, limit: usize) -> Vec<Likeness> {
        #[expect(clippy::cast_precision_loss, reason = "a mean of small numbers")]
        let mean = self.all_words as f32 / self.len().max(1) as f32;
        let mut scores = vec![0.0_f32; self.len()];
        let mut most = f32::EPSILON;
        for term in all(terms) {
            let having = self.having.get(&term).map_or(&[][..], Vec::as_slice);
            let worth = term.weight() * rarity(having.len(), self.len());
            most += worth;
            if having.len() > MANY && having.len() > self.len() / 3 && !matches!(term, Term::Kind(_)) {
                continue;
            }
            for number in having {
                let at = *number as usize;
                let (Some(score), Some(words)) = (scores.get_mut(at), self.lengths.get(at)) else { continue };
                *score += if term.is_word() { worth * in_length(f32::from(*words), mean) } else { worth };
            }
        }
        self.likest(&scores, most, of, limit)
    }

    fn likest(&self, scores: &[f32], most: f32, of: CaseId, limit: usize) -> Vec<Likeness> {
        let is_likely =
            |(at, score): &(usize, f32)| *score > 0.0 && self.replies.get(*at).is_some_and(|(_, case)| *case != of);
        let mut likely: Vec<(usize, f32)> = scores.iter().copied().enumerate().filter(is_likely).collect();
        let first = |one: &(usize, f32), other: &(usize, f32)| other.1.total_cmp(&one.1).then(other.0.cmp(&one.0));
        // A case may have several replies: a few more than asked for are put in order.
        let kept = limit.saturating_mul(4);
        if likely.len() > kept && kept > 0 {
            likely.select_nth_unstable_by(kept, first);
            likely.truncate(kept);
        }
        likely.sort_unstable_by(first);
        let mut found: Vec<Likeness> = Vec::new();
        for (at, score) in likely {
            let Some((reply, case)) = self.replies.get(at).copied() else { continue };
            if found.len() < limit && found.iter().all(|known| known.case != case) {
                found.push(Likeness { reply, case, score: score / most });
            }
        }
        found
    }
}

/// Every term of a case, each once.
fn all(terms: &Terms) -> Vec<Term> {
    let mut all: Vec<Term> = terms.kinds.iter().map(|kind| Term::Kind(*kind)).collect();
    for (system, code) in terms.all_codes() {
        all.extend(families(system, code));
        all.push(Term::Code(system, code.clone()));
    }
    all.extend(terms.denials.iter().map(|code| Term::Denial(code.as_str().into())));
    all.extend(terms.words.iter().map(|word| Term::Word(word.as_str().into())));
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        domain::code::{Code, CodeSystem},
        draft::kind::Kind,
    };

    const fn case(number: u128) -> CaseId {
        CaseId::new(Uuid::from_u128(number))
    }

    const fn reply(number: u128) -> ReplyId {
        ReplyId::new(Uuid::from_u128(number))
    }

    fn terms(kind: Kind, codes: &[&str], words: &str) -> Terms {
        Terms {
            kinds: vec![kind],
            codes: codes.iter().map(|code| (CodeSystem::Cpt, Code::normal(CodeSystem::Cpt, code))).collect(),
            words: words.split(' ').map(str::to_owned).collect(),
            ..Terms::default()
        }
    }

    fn index() -> Index {
        let mut index = Index::default();
        index.add(reply(1), case(1), &terms(Kind::K2, &["20610", "99213"], "knee inject visit"));
        index.add(reply(2), case(2), &terms(Kind::K5, &["20611"], "knee unit"));
        index.add(reply(3), case(3), &terms(Kind::K9, &["99214"], "level visit"));
        index.add(reply(4), case(1), &terms(Kind::K2, &["20610", "99213"], "knee inject visit"));
        index
    }

    fn found(terms: &Terms, of: CaseId) -> Vec<ReplyId> {
        index().find(terms, of, 3).iter().map(|likeness| likeness.reply).collect()
    }

    #[test]
    fn the_likest_stands_first_and_each_case_once() {
        assert_eq!(found(&terms(Kind::K2, &["20610"], "knee"), case(9)), [reply(4), reply(2)]);
        assert_eq!(found(&terms(Kind::K9, &["99213"], "level"), case(9)).first(), Some(&reply(3)));
        assert_eq!(found(&terms(Kind::K2, &["20610"], "knee"), case(1)), [reply(2)], "not its own");
    }

    #[test]
    fn a_family_finds_what_no_code_does_and_nothing_finds_nothing() {
        assert_eq!(found(&terms(Kind::K3, &["20615"], "elbow"), case(9)).len(), 2);
        assert_eq!(found(&terms(Kind::K3, &["J1885"], "elbow"), case(9)), []);
        assert_eq!(found(&Terms::default(), case(9)), []);
        assert!(Index::default().find(&terms(Kind::K2, &["20610"], "knee"), case(9), 3).is_empty());
    }

    #[test]
    fn a_reply_is_added_once() {
        let mut index = index();
        index.add(reply(1), case(7), &Terms::default());
        assert_eq!((index.len(), index.is_empty(), index.holds(reply(1))), (4, false, true));
    }
}

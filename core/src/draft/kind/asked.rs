//! The kinds of question of a mail, and of a case, each with the words that speak for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    hits::Hits,
    name::{Kind, Sort},
    role::Roles,
    sign::Signs,
    sorts::Sorts,
    weighed::{Weighed, reasons},
    weights::Weights,
    words::Text,
};
use crate::{domain::mention::Place, draft::brief::Mail, extract::Reading};

/// At most so many reasons are kept of a kind: those that weigh most.
const MOST_REASONS: usize = 6;

/// A kind that is asked, and why it is thought so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The kind.
    pub kind: Kind,
    /// What the mail is instead of a question; for K0 alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// What speaks for it, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// Words of the mail that speak for a kind or against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Those that a cue is made of, in lower case, or what a code or a longer number is: never a word that the list of cues
    /// does not hold.
    pub words: String,
    /// How much, in tenths of what makes an even chance e to 1; below nought it speaks against.
    pub points: i32,
}

impl Reason {
    pub(super) fn of(words: &str, points: i32) -> Self {
        Self { words: words.to_owned(), points }
    }
}

/// What is read of one mail, and the cues that are met in it.
struct Own {
    text: Text,
    hits: Hits,
    sorts: Sorts,
    /// The sender's own words ask something.
    asks: bool,
}

impl Own {
    /// The sender's own words count; when they ask nothing and are not plainly something else, so do those that are
    /// quoted or forwarded below them.
    fn of(reading: &Reading) -> Self {
        let own = Self::of_places(reading, &[Place::Subject, Place::New]);
        if own.sorts.first().is_some() || own.hits.kinds().any(|kind| own.hits.hold_a_question(kind)) {
            return own;
        }
        let all = Self::of_places(reading, &[Place::Subject, Place::New, Place::Quoted, Place::Forwarded]);
        Self { asks: own.asks, ..all }
    }

    fn of_places(reading: &Reading, places: &[Place]) -> Self {
        let text = Text::of(reading, places);
        let (hits, sorts, asks) = (Hits::of(&text), Sorts::of(&text), text.asks());
        Self { text, hits, sorts, asks }
    }

    fn signs(&self) -> Signs<'_> {
        Signs::of(&self.text, &self.hits, &self.sorts)
    }

    /// Any cue is met, or something is asked of a code: without them nothing tells the kind.
    fn tells(&self) -> bool {
        let asks = self.asks && self.text.has(Roles::ANY_CODE);
        asks || self.hits.kinds().next().is_some() || self.sorts.first().is_some()
    }

    fn kinds(&self) -> Vec<Asked> {
        if !self.tells() {
            return Vec::new();
        }
        let (signs, weights) = (self.signs(), Weights::learned());
        let asked = |kind: Kind| {
            let reasons = reasons(kind, &signs, &self.hits, &self.sorts, weights);
            let sort = (kind == Kind::K0).then(|| self.sorts.first().unwrap_or(Sort::Other));
            Asked { kind, sort, reasons: weightiest(reasons) }
        };
        Weighed::of(&signs, &self.hits, weights).kinds().into_iter().map(asked).collect()
    }

    /// Some cue asks a coding question in so many words.
    fn asks_for_a_code(&self) -> bool {
        self.hits.kinds().any(|kind| self.hits.ask(kind))
    }
}

/// All that is seen in a mail, with its amount in twelfths of what is seen once: what the points are learned of.
#[must_use]
pub fn signs_of_mail(reading: &Reading) -> BTreeMap<String, i32> {
    Own::of(reading).signs().by_name()
}

/// The kinds of one mail, in the order of the taxonomy. K0 stands alone. Empty when nothing tells the kind.
#[must_use]
pub fn of_mail(reading: &Reading) -> Vec<Asked> {
    Own::of(reading).kinds()
}

/// What the mails of a case ask. Told once for a draft, and handed to all that hang on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The kinds: those of the first mail, and those that later mails ask besides. It is K0 only when no mail asks anything
    /// else.
    pub kinds: Vec<Asked>,
    /// What the mails are, when they are certainly no coding question: nobody asks for a code in so many words, but a
    /// patient. The caller holds such a case for a person; a mail that is K0 in doubt is drafted like any other.
    pub nothing: Option<Sort>,
}

impl Told {
    /// By these mails, oldest first.
    #[must_use]
    pub fn of(mails: &[Mail<'_>]) -> Self {
        let mails: Vec<Own> = mails.iter().map(|mail| Own::of(mail.reading)).collect();
        let kinds = of_all(&mails);
        let sort = match kinds.as_slice() {
            [Asked { kind: Kind::K0, sort, .. }] => *sort,
            _ => None,
        };
        let nothing = sort.filter(|sort| *sort == Sort::Patient || !mails.iter().any(Own::asks_for_a_code));
        Self { kinds, nothing }
    }
}

fn of_all(mails: &[Own]) -> Vec<Asked> {
    let mut all: Vec<Asked> = Vec::new();
    for mail in mails {
        // An answer to our questions is no question of its own.
        let is_answer = !all.is_empty() && !mail.asks;
        let asked = if is_answer { Vec::new() } else { mail.kinds() };
        all.extend(
            asked.into_iter().filter(|asked| all.iter().all(|known| known.kind != asked.kind)).collect::<Vec<_>>(),
        );
    }
    if all.iter().any(|asked| asked.kind != Kind::K0) {
        all.retain(|asked| asked.kind != Kind::K0);
    }
    all.sort_by_key(|asked| asked.kind);
    all
}

fn weightiest(mut reasons: Vec<Reason>) -> Vec<Reason> {
    reasons.retain(|reason| reason.points != 0);
    reasons.sort_by_key(|reason| -reason.points.abs());
    reasons.truncate(MOST_REASONS);
    reasons
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{extract::Nothing, mail::search_text::SearchText};

    fn mail(reading: &Reading) -> Mail<'_> {
        Mail { received: date(2026, 3, 2), reading, unread_attachments: &[] }
    }

    fn plain(text: &str) -> Reading {
        Reading::of(&SearchText::plain(text), &Nothing, None)
    }

    fn kinds(asked: &[Asked]) -> Vec<Kind> {
        asked.iter().map(|asked| asked.kind).collect()
    }

    #[test]
    fn a_forwarded_question_counts_when_the_sender_asks_none() {
        let mut search = SearchText::default();
        search.push(Place::New, "", "See below.");
        search.push(Place::Quoted, "", "How many units of 97110 for 38 minutes?");
        assert_eq!(kinds(&of_mail(&Reading::of(&search, &Nothing, None))), [Kind::K5]);
        search.push(Place::New, "", "My question is which level this visit has, 99213 or 99214?");
        assert_eq!(kinds(&of_mail(&Reading::of(&search, &Nothing, None))), [Kind::K9]);
    }

    #[test]
    fn reasons_are_words_of_cues_and_nothing_else_of_the_mail() {
        let asked = of_mail(&plain("How many units of J1885 for 60 mg?"));
        let words: Vec<&str> = asked[0].reasons.iter().map(|reason| reason.words.as_str()).collect();
        assert!(words.contains(&"how many units") && words.len() <= MOST_REASONS, "{words:?}");
        assert!(asked[0].reasons.is_sorted_by_key(|reason| -reason.points.abs()));
        // A name in the gap of a cue, and a ZIP code of the form of one for a procedure.
        let asked = of_mail(&plain("How should Eleanor Whitlock of 62704 be billed for both knees, 62704 or 20610?"));
        let shown = format!("{asked:?}").to_lowercase();
        for hidden in ["eleanor", "whitlock", "62704"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }

    #[test]
    fn a_case_is_put_to_a_person_only_when_no_mail_of_it_asks_about_codes() {
        let bill = plain("I got a bill for my ER visit and was charged $1,890. Who do I call?");
        let question = plain("Can 99213 and 20610 be billed together? Office, Medicare.");
        let thanks = plain("Thank you so much, it paid. No more questions.");
        assert_eq!(Told::of(&[mail(&bill)]).nothing, Some(Sort::Patient));
        assert_eq!(Told::of(&[mail(&thanks)]).nothing, Some(Sort::Thanks));
        for mails in [vec![mail(&question)], vec![mail(&question), mail(&thanks)], vec![mail(&thanks), mail(&question)]]
        {
            let told = Told::of(&mails);
            assert_eq!((kinds(&told.kinds), told.nothing), (vec![Kind::K2], None));
        }
        assert_eq!((Told::of(&[]).nothing, Told::of(&[mail(&plain(""))]).nothing), (None, None));
    }
}

//! The kinds of question of a mail, and of a case, each with the words that speak for it.

use serde::{Deserialize, Serialize};

use super::{
    hits::Hits,
    name::{Kind, Sort},
    no_question, told_apart,
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

/// Words of the mail that speak for a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// In lower case, with identifiers masked.
    pub words: String,
    /// How much; below nought it speaks against.
    pub points: i32,
}

/// The sender's own words in one mail, and what they speak for.
struct Own<'a> {
    reading: &'a Reading,
    text: Text,
    hits: Hits,
}

impl<'a> Own<'a> {
    fn of(reading: &'a Reading) -> Self {
        let text = Text::of(reading, &[Place::Subject, Place::New]);
        let hits = Hits::of(&text);
        Self { reading, text, hits }
    }

    /// The sender's own words count; when they ask nothing, so do those that are quoted or forwarded below them.
    fn kinds(&self) -> Vec<Asked> {
        if let Some(found) = no_question::read(&self.text, &self.hits) {
            let reasons = found.words.into_iter().map(|(words, points)| reason(&words, points)).collect();
            return vec![Asked { kind: Kind::K0, sort: Some(found.sort), reasons: weightiest(reasons) }];
        }
        if self.hits.kinds().any(|kind| self.hits.hold_a_question(kind)) {
            return named(&self.hits, &self.text);
        }
        let all = Text::of(self.reading, &[Place::Subject, Place::New, Place::Quoted, Place::Forwarded]);
        named(&Hits::of(&all), &all)
    }
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
        let mails: Vec<Own<'_>> = mails.iter().map(|mail| Own::of(mail.reading)).collect();
        let kinds = of_all(&mails);
        let sort = match kinds.as_slice() {
            [Asked { kind: Kind::K0, sort, .. }] => *sort,
            _ => None,
        };
        let asks = |mail: &Own<'_>| mail.hits.kinds().any(|kind| mail.hits.ask(kind));
        let nothing = sort.filter(|sort| *sort == Sort::Patient || !mails.iter().any(asks));
        Self { kinds, nothing }
    }
}

fn of_all(mails: &[Own<'_>]) -> Vec<Asked> {
    let mut all: Vec<Asked> = Vec::new();
    for mail in mails {
        // An answer to our questions is no question of its own.
        let is_answer = !all.is_empty() && !mail.text.asks();
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

fn named(hits: &Hits, text: &Text) -> Vec<Asked> {
    let asked = |kind: Kind| {
        let reasons = hits.of_kind(kind).iter().map(|hit| reason(&hit.words, hit.points())).collect();
        Asked { kind, sort: None, reasons: weightiest(reasons) }
    };
    told_apart::kinds(hits, text).into_iter().map(asked).collect()
}

fn reason(words: &str, points: i32) -> Reason {
    Reason { words: crate::identifier::mask(words).0, points }
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
        search.push(Place::Quoted, "", "How many units of J1885 for 60 mg?");
        assert_eq!(kinds(&of_mail(&Reading::of(&search, &Nothing, None))), [Kind::K5]);
        search.push(Place::New, "", "My question is which level this visit has, 99213 or 99214?");
        assert_eq!(kinds(&of_mail(&Reading::of(&search, &Nothing, None))), [Kind::K9]);
    }

    #[test]
    fn reasons_are_the_mails_words_with_identifiers_masked() {
        let asked = of_mail(&plain("How many units of J1885 for 60 mg?"));
        let words: Vec<&str> = asked[0].reasons.iter().map(|reason| reason.words.as_str()).collect();
        assert!(words.contains(&"how many units") && words.len() <= MOST_REASONS, "{words:?}");
        assert!(asked[0].reasons.is_sorted_by_key(|reason| -reason.points.abs()));
        assert_eq!(reason("seen on 3/4/1951", 4).words, "seen on [date]");
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

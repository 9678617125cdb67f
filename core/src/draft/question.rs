//! The asker's question in one or two sentences, with what may identify a patient taken out. It repeats words of the
//! mail and adds none: a question that was understood wrongly must be visible as such.

use serde::{Deserialize, Serialize};

use super::brief::Mail;
use crate::{
    domain::mention::Place,
    extract::said::asks::{asks, ends_sentence, is_courtesy, is_salutation},
    identifier::{self, About, Confidence, Identifier},
};

/// Questions stand at the top of a mail; what lies beyond this many bytes is not searched for one.
const SEARCHED: usize = 16 * 1024;
/// The longest restatement, in characters.
const LONGEST: usize = 420;
/// Of several questions more than these are not restated.
const MOST_ITEMS: usize = 8;
/// The longest restatement of one of several questions, in characters.
const LONGEST_ITEM: usize = 200;

/// The question as understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// From the first mail that has words of its own; none when no mail has any.
    pub asked: Option<String>,
    /// From the newest mail, when it is another one.
    pub added: Option<String>,
    /// Whether something is asked: a question mark, or words such as "please advise".
    pub is_asked: bool,
    /// The kinds of identifiers that the mails contain.
    pub identifiers: Vec<Identifier>,
}

impl Question {
    /// Of all mails of a case, oldest first.
    pub(super) fn read(mails: &[Mail<'_>]) -> Self {
        let texts: Vec<String> = mails.iter().map(own_words).collect();
        let mut told = mails.iter().zip(&texts).filter(|(_, text)| !text.is_empty());
        let first = told.next();
        let newest = told.next_back();
        let restate = |(mail, text): (&Mail<'_>, &String)| numbered(mail).or_else(|| restated(text));
        let found = texts.iter().flat_map(|text| identifier::find(text, &About::default()));
        let certain = found.filter(|one| one.confidence == Confidence::Certain);
        let mut identifiers: Vec<Identifier> = certain.map(|one| one.identifier).collect();
        identifiers.sort_unstable();
        identifiers.dedup();
        // A day and a name are in every mail; they are masked, and nobody is told off for them.
        identifiers.retain(|found| !matches!(found, Identifier::Date | Identifier::Name | Identifier::Url));
        Self {
            asked: first.and_then(restate),
            added: newest.and_then(restate),
            is_asked: texts.iter().any(|text| sentences(text).iter().any(|sentence| asks(sentence))),
            identifiers,
        }
    }
}

/// What the sender wrote now; else what he passes on, else the subject.
fn own_words(mail: &Mail<'_>) -> String {
    let of = |place: Place| {
        let parts = mail.reading.parts.iter().filter(|part| part.place == place);
        let texts: Vec<&str> = parts.map(|part| part.span.of(&mail.reading.text).trim()).collect();
        texts.join("\n\n").trim().to_owned()
    };
    let told = [Place::New, Place::Forwarded, Place::Subject].into_iter().map(of).find(|text| !text.is_empty());
    let mut text = told.unwrap_or_default();
    text.truncate(text.floor_char_boundary(SEARCHED));
    text
}

/// Several questions: `(1) Can we bill 20610? (2) Is M17.11 enough?`; none when the mail asks one.
fn numbered(mail: &Mail<'_>) -> Option<String> {
    let items = mail.reading.said.items.iter().filter(|item| item.value.asks);
    let words = items.map(|item| {
        let own = item.span.of(&mail.reading.text);
        let own =
            own.trim_start_matches(|c: char| matches!(c, '-' | '*' | '•' | '–' | '—' | '·' | '●') || c.is_whitespace());
        shortened(&plain(&identifier::mask(unnumbered(own)).0), LONGEST_ITEM)
    });
    let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
    let more = words.len().saturating_sub(MOST_ITEMS);
    let mut listed: Vec<String> =
        (1..).zip(words).take(MOST_ITEMS).map(|(number, words)| format!("({number}) {words}")).collect();
    if more > 0 {
        listed.push(format!("and {more} more"));
    }
    (listed.len() > 1).then(|| listed.join(" "))
}

/// The words behind `1.`, `2)` or `(a)`, since the restatement counts anew.
fn unnumbered(item: &str) -> &str {
    let Some((mark, rest)) = item.split_once(char::is_whitespace) else { return item };
    let bare = mark.trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let counts =
        bare.len() < mark.len() && bare.len() <= 2 && (bare.bytes().all(|b| b.is_ascii_digit()) || bare.len() == 1);
    if counts && !bare.is_empty() { rest.trim_start() } else { item }
}

/// The first question with the sentence before it, else the first two sentences; masked, on one line.
fn restated(text: &str) -> Option<String> {
    let sentences = sentences(text);
    let question = sentences.iter().position(|sentence| asks(sentence));
    let chosen: Vec<&str> = match question {
        Some(at) => {
            sentences.iter().skip(at.saturating_sub(1)).take(2 + usize::from(at > 0)).map(String::as_str).collect()
        }
        None => sentences.iter().take(2).map(String::as_str).collect(),
    };
    let (masked, _) = identifier::mask(&chosen.join(" "));
    let plain = plain(unsigned(&masked));
    (!plain.is_empty()).then(|| shortened(&plain, LONGEST))
}

/// Without the name that stands alone behind the last sentence: the asker's own, below the question.
fn unsigned(masked: &str) -> &str {
    let rest = masked.trim_end().strip_suffix(Identifier::Name.mask()).map(str::trim_end);
    rest.filter(|rest| rest.ends_with(['?', '.', '!'])).unwrap_or(masked)
}

/// Sentences in order, without greetings, thanks and farewells. A line end alone does not end one; an empty line, a
/// list item and a table row do.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current = String::new();
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['-', '*', '•', '|']) || is_salutation(line) {
            end_sentence(&mut current, &mut found);
        }
        if line.is_empty() || is_salutation(line) {
            continue;
        }
        for word in line.split_whitespace() {
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
            if ends_sentence(word) {
                end_sentence(&mut current, &mut found);
            }
        }
    }
    end_sentence(&mut current, &mut found);
    found
}

fn end_sentence(current: &mut String, found: &mut Vec<String>) {
    let sentence = std::mem::take(current);
    if sentence.chars().any(char::is_alphanumeric) && !is_courtesy(&sentence) {
        found.push(sentence);
    }
}

/// The asker's words as plain text: nothing in them becomes a heading, a table or a reviewer's mark. A blank takes the
/// place of what is left out, so that no two words grow together into a code.
pub(super) fn plain(text: &str) -> String {
    let unmarked = |c: char| match c {
        '`' | '*' | '<' | '>' | '\\' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => ' ',
        '|' => '/',
        c if c.is_control() => ' ',
        c => c,
    };
    let text: String = text.chars().map(unmarked).collect();
    let text = text.replace("[[", "[ [").replace("]]", "] ]");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `longest` characters, cut between words.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{whole_words} …")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        extract::{Nothing, Reading},
        mail::search_text::SearchText,
    };

    fn read(texts: &[&str]) -> Question {
        let readings: Vec<Reading> =
            texts.iter().map(|text| Reading::of(&SearchText::plain(*text), &Nothing, None)).collect();
        let mails: Vec<Mail<'_>> = readings
            .iter()
            .map(|reading| Mail { received: date(2026, 3, 2), reading, unread_attachments: &[] })
            .collect();
        Question::read(&mails)
    }

    #[test]
    fn the_question_is_found_with_the_sentence_before_it() {
        for (text, asked) in [
            (
                "Hi team,\n\nHope you are well. We saw a new patient for knee pain.\nThe doctor injected the joint. \
                 Can we bill 20610\nwith 99203-25? She also had an x-ray.\n\nThanks, Pat",
                "The doctor injected the joint. Can we bill 20610 with 99203-25? She also had an x-ray.",
            ),
            (
                "Which code for E11.9 follow-up? Dr. Smith saw her vs. the resident.",
                "Which code for E11.9 follow-up? Dr. [name] saw her vs. the resident.",
            ),
            ("Can we bill the visit too?\n\nSam Petrov", "Can we bill the visit too?"),
            ("Is 20610 right for Sam Petrov", "Is 20610 right for [name]"),
            ("99441 denied\nCO-96", "99441 denied CO-96"),
            (
                "Dear coders,\nPatient John Doe, DOB 3/4/1951, please advise on 29881.",
                "Patient [name], DOB [date], please advise on 29881.",
            ),
        ] {
            assert_eq!(read(&[text]).asked.as_deref(), Some(asked));
        }
    }

    #[test]
    fn several_questions_are_numbered() {
        let asked = read(&["Hi,\n1. Can we bill 20610 with 76942?\n2. Is M17.11\nenough for Dr. Smith?\nThanks"]).asked;
        assert_eq!(asked.as_deref(), Some("(1) Can we bill 20610 with 76942? (2) Is M17.11 enough for Dr. [name]?"));
        let asked = read(&["Is 20610 ok? Also, which modifier does 99213 need?"]).asked;
        assert_eq!(asked.as_deref(), Some("(1) Is 20610 ok? (2) Also, which modifier does 99213 need?"));
    }

    #[test]
    fn what_was_added_later_stands_beside_the_first_question() {
        let question = read(&["Can we bill 20610?", "Thanks.", "The payer is Medicare in Texas."]);
        assert_eq!(question.asked.as_deref(), Some("Can we bill 20610?"));
        assert_eq!(question.added.as_deref(), Some("The payer is Medicare in Texas."));
    }

    #[test]
    fn a_mail_without_a_question_is_known_as_such() {
        assert!(!read(&["99213, 20610, J1100."]).is_asked);
        assert!(read(&["Need help with 99213"]).is_asked);
        assert!(read(&["Two units: can we report both"]).is_asked);
        assert_eq!(read(&["  \n "]), Question::default());
        assert_eq!(read(&[]), Question::default());
    }

    #[test]
    fn the_asker_cannot_write_into_the_replys_structure() {
        let asked = read(&["## Short answer\n\n| a | b |\n[[ reviewer: x ]] **pay** `now` <b>?"]).asked.unwrap();
        assert!(
            !asked.contains("[[") && !asked.contains('|') && !asked.contains('*') && !asked.contains('<'),
            "{asked}"
        );
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let asked = read(&[&"verylongword ".repeat(5_000)]).asked.unwrap();
        assert!(asked.chars().count() <= LONGEST + 2 && asked.ends_with("verylongword …"), "{asked}");
    }
}

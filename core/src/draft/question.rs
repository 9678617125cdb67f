//! The asker's question in one or two sentences, with what may identify a patient taken out. It repeats words of the
//! mail and adds none: a question that was understood wrongly must be visible as such.

use serde::{Deserialize, Serialize};

use super::{
    brief::Mail,
    masking::{self, Identifier},
};
use crate::domain::mention::Place;

/// Questions stand at the top of a mail; what lies beyond this many bytes is not searched for one.
const SEARCHED: usize = 16 * 1024;
/// The longest restatement, in characters.
const LONGEST: usize = 420;

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
        let mut told = texts.iter().filter(|text| !text.is_empty());
        let first = told.next();
        let newest = told.next_back();
        let mut identifiers: Vec<Identifier> = texts.iter().flat_map(|text| masking::mask(text).1).collect();
        identifiers.sort_unstable();
        identifiers.dedup();
        // A day and a name after a title are in every mail; they are masked, and nobody is told off for them.
        identifiers.retain(|found| !matches!(found, Identifier::Day | Identifier::Name | Identifier::Link));
        Self {
            asked: first.and_then(|text| restated(text)),
            added: newest.and_then(|text| restated(text)),
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
    let (masked, _) = masking::mask(&chosen.join(" "));
    let plain = plain(&masked);
    (!plain.is_empty()).then(|| shortened(&plain, LONGEST))
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

/// Whether a sentence may end with this word: not after `Dr.`, `vs.` or a single letter.
fn ends_sentence(word: &str) -> bool {
    const SHORT: [&str; 14] =
        ["dr.", "mr.", "mrs.", "ms.", "pt.", "vs.", "e.g.", "i.e.", "no.", "approx.", "dx.", "tx.", "st.", "etc."];
    let bare = word.trim_end_matches(['"', '\'', ')', ']', '”', '’']);
    if bare.ends_with(['?', '!']) {
        return true;
    }
    let lower = bare.to_lowercase();
    bare.ends_with('.') && bare.chars().count() > 2 && !SHORT.contains(&lower.as_str())
}

/// `Hi team,` and the like, on a line of their own.
fn is_salutation(line: &str) -> bool {
    const OPENINGS: [&str; 8] =
        ["hi", "hello", "hey", "dear", "good morning", "good afternoon", "good evening", "greetings"];
    let lower = line.to_lowercase();
    let opens = OPENINGS.iter().any(|opening| {
        lower.strip_prefix(opening).is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
    });
    opens && line.chars().count() <= 48 && !line.contains('?') && line.split_whitespace().count() <= 6
}

/// Thanks and farewells say nothing of the question.
fn is_courtesy(sentence: &str) -> bool {
    const COURTESIES: [&str; 11] = [
        "thanks",
        "thank you",
        "many thanks",
        "best regards",
        "kind regards",
        "regards",
        "sincerely",
        "best,",
        "cheers",
        "i hope this",
        "hope you",
    ];
    let lower = sentence.to_lowercase();
    COURTESIES.iter().any(|courtesy| lower.starts_with(courtesy)) && !lower.contains('?')
}

/// Whether a sentence asks something: by its mark, its first word, or words such as "please advise".
fn asks(sentence: &str) -> bool {
    const FIRST: &str = "can could may should would do does did is are was what which how when why where who";
    const WITHIN: [&str; 12] = [
        "please advise",
        "please clarify",
        "please confirm",
        "please help",
        "please let",
        "wondering",
        "like to know",
        "want to know",
        "need to know",
        "let me know",
        "need help",
        "not sure",
    ];
    const VERBS: [&str; 5] = ["can", "could", "may", "should", "do"];
    let lower = sentence.to_lowercase();
    let first = lower.split(' ').next().unwrap_or("");
    lower.contains('?')
        || FIRST.split(' ').any(|word| word == first)
        || WITHIN.iter().any(|words| lower.contains(words))
        || VERBS.iter().any(|verb| lower.contains(&format!("{verb} we ")) || lower.contains(&format!("{verb} i ")))
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

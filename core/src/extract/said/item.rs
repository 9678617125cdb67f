//! The questions of a mail that asks several: numbered, bulleted, by paragraphs, behind "also" or "second question".
//!
//! A mail with one question has no items. A question that follows from the one before ("if so, with which modifier?")
//! belongs to it, and so do statements; a list of codes is no list of questions.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{
    asks::{asks, is_courtesy, is_salutation, sentences},
    stated::Stated,
};
use crate::{
    domain::{
        code::Code,
        mention::{Mention, Place},
        span::Span,
    },
    mail::search_text::SearchText,
};

/// More questions than this are not told apart.
const MOST: usize = 40;

/// One of several questions; its span holds all its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Whether it asks; one that does not stands in a list beside others that do.
    pub asks: bool,
    /// The codes it mentions, in order, each once.
    pub codes: Vec<Code>,
}

/// A stretch that may be an item.
#[derive(Clone, Copy)]
struct Unit {
    span: Span,
    asks: bool,
    /// It begins with a number or a bullet.
    listed: bool,
    /// Which run of lines it is of; lists are told apart by it.
    block: usize,
}

/// The questions of a mail, in order; empty unless there are several. What the sender wrote now counts; when he asks
/// nothing, what he passes on does.
pub(super) fn read(text: &SearchText, mentions: &[Mention]) -> Vec<Stated<Item>> {
    [Place::New, Place::Forwarded, Place::Quoted]
        .into_iter()
        .map(|place| {
            let parts = text.parts.iter().filter(|part| part.place == place);
            parts.flat_map(|part| units(&text.text, part.span)).collect::<Vec<Unit>>()
        })
        .find(|units| units.iter().any(|unit| unit.asks))
        .map(|units| items(&text.text, &units, mentions))
        .unwrap_or_default()
}

fn items(text: &str, units: &[Unit], mentions: &[Mention]) -> Vec<Stated<Item>> {
    let mut kept: Vec<Unit> = Vec::new();
    let asking: HashSet<usize> = units.iter().filter(|one| one.listed && one.asks).map(|one| one.block).collect();
    for unit in units {
        let follows = !unit.listed && follows_on(unit.span.of(text));
        match kept.last_mut() {
            Some(last) if unit.asks && follows && last.asks => last.span.end = unit.span.end,
            _ if unit.asks => kept.push(*unit),
            // Told beside questions of one list.
            _ if unit.listed && asking.contains(&unit.block) => kept.push(*unit),
            _ => {}
        }
    }
    if kept.iter().filter(|unit| unit.asks).count() < 2 {
        return Vec::new();
    }
    kept.truncate(MOST);
    kept.into_iter()
        .map(|unit| {
            let first = mentions.partition_point(|mention| mention.span.start < unit.span.start);
            let within = mentions.iter().skip(first).take_while(|mention| mention.span.end <= unit.span.end);
            let mut codes: Vec<Code> = Vec::new();
            for mention in within {
                if !codes.contains(&mention.code) {
                    codes.push(mention.code.clone());
                }
            }
            Stated::new(unit.span, Item { asks: unit.asks, codes })
        })
        .collect()
}

/// The units of one part: list items, and paragraphs cut at "also" and the like.
fn units(text: &str, part: Span) -> Vec<Unit> {
    let mut found = Vec::new();
    let mut current: Option<(Span, bool)> = None;
    let (mut block, mut led) = (0, false);
    let mut at = part.start;
    for line in part.of(text).split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim_start_matches(['>', ' ', '\t']);
        let start = start + (line.len() - trimmed.len());
        let trimmed = trimmed.trim_end();
        let span = Span::new(start, start + trimmed.len());
        if trimmed.is_empty() || is_salutation(trimmed) {
            close(text, current.take(), block, led, &mut found);
            if found.last().is_none_or(|last: &Unit| !last.listed) {
                led = false;
            }
            block += 1;
        } else if is_listed(trimmed) {
            let before = current.take();
            // "Which code for:" makes questions of what it lists, and is none itself.
            let leads = |(span, listed): (Span, bool)| {
                !listed && span.of(text).trim_end().ends_with(':') && asks(span.of(text))
            };
            if before.is_some_and(leads) {
                led = true;
            } else {
                close(text, before, block, led, &mut found);
            }
            current = Some((span, true));
        } else {
            current = match current {
                Some((whole, listed)) if !(listed && ends_item(whole.of(text), trimmed)) => {
                    Some((Span::new(whole.start, span.end), listed))
                }
                other => {
                    close(text, other, block, led, &mut found);
                    Some((span, false))
                }
            };
        }
    }
    close(text, current, block, led, &mut found);
    found
}

/// Whether a line goes on in its own right behind a list item: the item was a whole sentence, or codes alone.
fn ends_item(item: &str, line: &str) -> bool {
    let whole = item.trim_end().ends_with(['?', '.', '!', ')'])
        || !item.contains(' ')
        || item.trim_end().ends_with(|c: char| c.is_ascii_digit());
    whole && line.starts_with(|c: char| c.is_uppercase())
}

fn close(text: &str, unit: Option<(Span, bool)>, block: usize, led: bool, found: &mut Vec<Unit>) {
    let Some((span, listed)) = unit else { return };
    if listed {
        let asks = led || asks_itself(unmarked(span.of(text)));
        found.push(Unit { span, asks, listed, block });
        return;
    }
    // A paragraph: a new unit at each sentence that says that it is another question.
    let mut begun: Option<Unit> = None;
    for sentence in sentences(text, span) {
        let words = sentence.of(text);
        if is_courtesy(words) {
            continue;
        }
        let listed = is_listed(words);
        let asking = asks_itself(if listed { unmarked(words) } else { words });
        match &mut begun {
            Some(unit) if !(is_another(words) || listed) || !asking && !listed && !is_heading(words) => {
                unit.span.end = sentence.end;
                unit.asks |= asking;
            }
            _ => {
                found.extend(begun.take());
                begun = Some(Unit { span: sentence, asks: asking, listed, block });
            }
        }
    }
    found.extend(begun);
}

/// Whether a sentence asks more than to be answered: "please advise" alone asks nothing of its own.
fn asks_itself(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let courtesy = ["please advise", "please help", "let me know", "please let", "any help", "thank"]
        .iter()
        .any(|words| lower.contains(words));
    let short = lower.split_whitespace().count() <= 8 && !lower.bytes().any(|b| b.is_ascii_digit());
    asks(sentence) && !(courtesy && short)
}

/// `1.`, `2)`, `(a)`, `-`, `•`, `Q1:`, "Case 2:", "Question 3".
fn is_listed(line: &str) -> bool {
    marker(line).is_some()
}

/// The line without its number or bullet.
fn unmarked(line: &str) -> &str {
    marker(line).map_or(line, |length| line.get(length..).unwrap_or("").trim_start())
}

/// How long the number or bullet of a list is.
fn marker(line: &str) -> Option<usize> {
    let blank_after =
        |length: usize| line.get(length..).is_some_and(|rest| rest.starts_with(char::is_whitespace)).then_some(length);
    if let Some(bullet) = line.chars().next().filter(|c| matches!(c, '-' | '*' | '•' | '–' | '—' | '·' | '●'))
    {
        return blank_after(bullet.len_utf8());
    }
    let open = usize::from(line.starts_with('('));
    let rest = line.get(open..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let letter = usize::from(digits == 0 && rest.bytes().next().is_some_and(|b| b.is_ascii_alphabetic()));
    if (1..=2).contains(&digits) || letter == 1 {
        let at = open + digits.max(letter);
        let mark = line.get(at..).and_then(|rest| rest.chars().next());
        let closes = match mark {
            Some(')') => true,
            Some('.' | ':') => letter == 0 && open == 0,
            // "1 - may we …".
            Some(' ') if digits > 0 && open == 0 => {
                let dash = line.get(at + 1..).and_then(|rest| rest.chars().next()).filter(|c| matches!(c, '-' | '–'));
                return dash.and_then(|dash| blank_after(at + 1 + dash.len_utf8()));
            }
            _ => false,
        };
        if closes {
            return blank_after(at + 1);
        }
    }
    let lower = line.get(..line.floor_char_boundary(24)).unwrap_or(line).to_ascii_lowercase();
    ["question", "q", "case", "scenario", "item", "pt", "patient", "issue", "example", "#"].into_iter().find_map(
        |name| {
            let number = lower.strip_prefix(name)?.trim_start();
            let digits = number.bytes().take_while(u8::is_ascii_digit).count();
            let after = number.get(digits..).unwrap_or("");
            let closed = after.starts_with([':', '.', ')', '-']) || after.starts_with(" -");
            ((1..=2).contains(&digits) && closed).then_some(lower.len() - after.len() + 1)
        },
    )
}

/// Whether a sentence says of itself that it is another question.
fn is_another(sentence: &str) -> bool {
    const ANOTHER: [&str; 30] = [
        "also",
        "additionally",
        "another question",
        "another thing",
        "another one",
        "second",
        "secondly",
        "third",
        "thirdly",
        "next question",
        "next",
        "lastly",
        "last question",
        "finally",
        "separately",
        "one more",
        "in addition",
        "my other question",
        "my second question",
        "and one more",
        "other question",
        "a second question",
        "the second question",
        "the second thing",
        "second thing",
        "the other question",
        "the other thing",
        "my other question is",
        "a separate question",
        "unrelated",
    ];
    let lower = sentence.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let starts =
        |words: &str| lower.strip_prefix(words).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    ANOTHER.iter().any(|words| starts(words)) || starts("and also") || starts("plus")
}

/// "Second question." before the question itself.
fn is_heading(sentence: &str) -> bool {
    is_another(sentence) && sentence.split_whitespace().count() <= 4
}

/// "If so, which modifier?": it goes on with the question before.
fn follows_on(unit: &str) -> bool {
    let lower = unit.to_lowercase();
    ["if so", "if not", "if yes", "if no", "and if", "or ", "if it", "if they", "in that case", "otherwise"]
        .iter()
        .any(|words| lower.starts_with(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Nothing, mentions};

    fn shown(text: &str) -> Vec<String> {
        let search = SearchText::plain(text);
        let mentions = mentions(&search, &Nothing);
        let items = read(&search, &mentions);
        items
            .iter()
            .map(|item| {
                format!("{}: {:?}", item.span.of(text), item.value.codes.iter().map(Code::as_str).collect::<Vec<_>>())
            })
            .collect()
    }

    #[test]
    fn several_questions_are_told_apart() {
        assert_eq!(
            shown("Hi,\n\n1. Can we bill CPT 20610 with CPT 76942?\n2) Is M17.11\nenough?\n\nThanks"),
            ["1. Can we bill CPT 20610 with CPT 76942?: [\"20610\", \"76942\"]", "2) Is M17.11\nenough?: [\"M17.11\"]"],
        );
        assert_eq!(
            shown("We did it. Is it ok? Also, may we add it?"),
            ["We did it. Is it ok?: []", "Also, may we add it?: []"]
        );
        assert_eq!(shown("Which code for:\n- the graft\n- the cast"), ["- the graft: []", "- the cast: []"]);
        assert_eq!(shown("One: is it ok?\n\nQuestion 2: may we?").len(), 2);
    }

    #[test]
    fn one_question_has_no_items() {
        for text in [
            "Can we bill it? If so, with which modifier?",
            "Billed:\n- 99213\n- 20610\nWhich is wrong?",
            "Is it right?\n\nPlease advise.",
            "",
        ] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }
}

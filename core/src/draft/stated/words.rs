//! The words of the mails of a case, in lower case and without marks, to ask whether something is spoken of.

use std::ops::Range;

use super::super::brief::Mail;
use crate::domain::mention::Place;

/// What lies beyond this many bytes of a mail is not read for circumstances.
const READ: usize = 16 * 1024;

/// The words, each between single blanks. `20610-RT` is two words, `o'clock` is `oclock`.
#[derive(Clone, Debug)]
pub(in super::super) struct Words {
    text: String,
    /// Each once, sorted: hundreds of cues are asked for, and most begin with a word that is not there.
    each: Vec<Range<usize>>,
}

impl Words {
    /// Of all mails, signatures left out; modifiers that stand at a code count as words.
    pub(in super::super) fn of(mails: &[Mail<'_>]) -> Self {
        let mut text = String::from(" ");
        for mail in mails {
            for part in mail.reading.parts.iter().filter(|part| part.place != Place::Signature) {
                let part = part.span.of(&mail.reading.text);
                add(&mut text, part.get(..part.floor_char_boundary(READ)).unwrap_or(part));
            }
            for modifier in mail.reading.mentions.iter().flat_map(|mention| &mention.modifiers) {
                add(&mut text, modifier.as_str());
            }
        }
        Self::split(text)
    }

    fn split(text: String) -> Self {
        let mut at = 0;
        let words = text.split(' ').map(|word| {
            let start = at;
            at += word.len() + 1;
            start..start + word.len()
        });
        let mut each: Vec<Range<usize>> = words.filter(|word| !word.is_empty()).collect();
        let word = |of: &Range<usize>| text.get(of.clone()).unwrap_or("");
        each.sort_unstable_by(|one, other| word(one).cmp(word(other)));
        each.dedup_by(|one, other| word(one) == word(other));
        Self { text, each }
    }

    fn word(&self, of: &Range<usize>) -> &str {
        self.text.get(of.clone()).unwrap_or("")
    }

    /// Of one text.
    #[cfg(test)]
    pub(super) fn plain(words: &str) -> Self {
        let mut text = String::from(" ");
        add(&mut text, words);
        Self::split(text)
    }

    /// Whether one of these is said, `|` between them: whole words, or words that begin so when it ends in `*`.
    pub(in super::super) fn say(&self, cues: &str) -> bool {
        cues.split('|').any(|cue| self.says(cue))
    }

    fn says(&self, cue: &str) -> bool {
        let (cue, is_whole) = cue.strip_suffix('*').map_or((cue, true), |beginning| (beginning, false));
        match cue.split_once(' ') {
            None if is_whole => self.holds(cue),
            None => self.begins(cue),
            Some((first, _)) => {
                self.holds(first) && self.text.contains(&format!(" {cue}{}", if is_whole { " " } else { "" }))
            }
        }
    }

    /// Whether this is one of the words.
    fn holds(&self, word: &str) -> bool {
        self.each.binary_search_by(|one| self.word(one).cmp(word)).is_ok()
    }

    /// Whether one of the words begins so.
    fn begins(&self, beginning: &str) -> bool {
        let at = self.each.partition_point(|one| self.word(one) < beginning);
        self.each.get(at).is_some_and(|one| self.word(one).starts_with(beginning))
    }

    /// The words one by one.
    pub(super) fn each(&self) -> impl Iterator<Item = &str> {
        self.text.split_whitespace()
    }
}

fn add(text: &mut String, words: &str) {
    let mut open = false;
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let joins = matches!(c, '.' | ':') && open && chars.peek().is_some_and(char::is_ascii_digit);
        let is_apostrophe = matches!(c, '\'' | '’');
        // "Aetna's" is Aetna, and "doesn't" one word.
        let mut ahead = chars.clone();
        let possesses = is_apostrophe && ahead.next() == Some('s') && !ahead.next().is_some_and(char::is_alphanumeric);
        if c.is_alphanumeric() || joins {
            text.extend(c.to_lowercase());
            open = true;
        } else if (!is_apostrophe || possesses) && open {
            if possesses {
                chars.next();
            }
            text.push(' ');
            open = false;
        }
        if c == '?' || c == '%' {
            text.push(c);
            text.push(' ');
        }
    }
    if open {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_is_whole_words_or_the_beginning_of_one() {
        let words = Words::plain("Seen on 3/4 for follow-up, wasn't paid 100%. Re-screened?");
        for said in ["seen", "follow up", "wasnt", "scre*", "follow u*", "%", "re screen*", "nothing|paid"] {
            assert!(words.say(said), "{said}");
        }
        for not in ["see", "follow", "up wasnt paid 10", "creen*", "up follow", "followup", ""] {
            assert_eq!(words.say(not), not == "follow", "{not}");
        }
    }
}

//! The words of the mails of a case, in lower case and without marks, to ask whether something is spoken of.

use super::super::brief::Mail;
use crate::domain::mention::Place;

/// What lies beyond this many bytes of a mail is not read for circumstances.
const READ: usize = 16 * 1024;

/// The words, each between single blanks. `20610-RT` is two words, `o'clock` is `oclock`.
#[derive(Clone, Debug)]
pub(in super::super) struct Words(String);

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
        Self(text)
    }

    /// Of one text.
    #[cfg(test)]
    pub(super) fn plain(words: &str) -> Self {
        let mut text = String::from(" ");
        add(&mut text, words);
        Self(text)
    }

    /// Whether one of these is said, `|` between them: whole words, or words that begin so when it ends in `*`.
    pub(in super::super) fn say(&self, cues: &str) -> bool {
        cues.split('|').any(|cue| self.says(cue))
    }

    fn says(&self, cue: &str) -> bool {
        let (cue, end) = match cue.strip_suffix('*') {
            Some(beginning) => (beginning, ""),
            None => (cue, " "),
        };
        self.0.contains(&format!(" {cue}{end}"))
    }

    /// The words one by one.
    pub(super) fn each(&self) -> impl Iterator<Item = &str> {
        self.0.split_whitespace()
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

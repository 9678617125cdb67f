//! The lists of cues: read once from their files, and where a cue is met in a sentence. The files say how they are
//! written. A line that cannot be read is left out and named; a test demands that there is none.

use std::{collections::HashMap, ops::Range};

use super::{
    role::Roles,
    words::{Text, Word},
};

/// Words that speak for something.
#[derive(Debug)]
pub(super) struct Cue<T> {
    /// What they speak for.
    pub(super) of: T,
    /// How much.
    pub(super) points: i32,
    /// It counts in full outside the sentences that ask.
    pub(super) everywhere: bool,
    /// It asks a question that no other kind explains away.
    pub(super) stands_alone: bool,
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// A word that has this mark.
    Word(usize),
    /// Up to so many words between.
    Gap(usize),
}

/// A list of cues, with the words that they are made of.
#[derive(Debug)]
pub(super) struct Cues<T> {
    pub(super) all: Vec<Cue<T>>,
    /// The lines that could not be read.
    pub(super) unread: Vec<String>,
    lexicon: Lexicon,
}

/// Which words fit which choice of words: each distinct choice in the list is a mark.
#[derive(Debug, Default)]
struct Lexicon {
    marks: HashMap<String, usize>,
    whole: HashMap<String, Vec<usize>>,
    beginnings: HashMap<String, Vec<usize>>,
    roles: Vec<(Roles, usize)>,
}

/// The marks of the words of a text, for one list.
pub(super) struct Marked {
    words: Vec<Vec<u64>>,
}

impl<T: Copy> Cues<T> {
    /// Reads a list; `heading` says what `[name]` stands for.
    pub(super) fn read(text: &str, heading: impl Fn(&str) -> Option<T>) -> Self {
        let mut list = Self { all: Vec::new(), unread: Vec::new(), lexicon: Lexicon::default() };
        let mut groups: HashMap<&str, &str> = HashMap::new();
        let mut of = None;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('@') && line.contains(" = ") {
                groups.extend(line.split_once(" = "));
            } else if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                of = heading(name);
                if of.is_none() {
                    list.unread.push(line.to_owned());
                }
            } else if let Some(cue) = of.and_then(|of| list.lexicon.cue(of, line, &groups)) {
                list.all.push(cue);
            } else {
                list.unread.push(line.to_owned());
            }
        }
        list
    }

    /// The words of a text as this list knows them.
    pub(super) fn marked(&self, text: &Text) -> Marked {
        Marked { words: text.words.iter().map(|word| self.lexicon.marks_of(word)).collect() }
    }
}

impl<T> Cue<T> {
    /// Where it is first met within these words.
    pub(super) fn met(&self, text: &Marked, within: &Range<usize>) -> Option<Range<usize>> {
        let words = text.words.get(within.clone())?;
        (0..words.len()).find_map(|at| {
            let end = fits(&self.steps, words, at)?;
            Some(within.start + at..within.start + end)
        })
    }
}

/// One past the last word when the steps fit from `at` on; the shortest gaps that do.
fn fits(steps: &[Step], words: &[Vec<u64>], at: usize) -> Option<usize> {
    match steps.split_first() {
        None => Some(at),
        Some((Step::Word(mark), rest)) => {
            let bits = words.get(at)?.get(mark / 64).copied().unwrap_or(0);
            if bits >> (mark % 64) & 1 == 1 { fits(rest, words, at + 1) } else { None }
        }
        Some((Step::Gap(most), rest)) => (0..=*most).find_map(|gap| fits(rest, words, at + gap)),
    }
}

impl Lexicon {
    fn cue<T>(&mut self, of: T, line: &str, groups: &HashMap<&str, &str>) -> Option<Cue<T>> {
        let (points, words) = line.split_once(' ')?;
        let bare = points.trim_end_matches(['!', '=']);
        let signs = points.get(bare.len()..)?;
        let mut steps = Vec::new();
        for choice in words.split_whitespace() {
            steps.push(match choice {
                ".." => Step::Gap(4),
                "..." => Step::Gap(12),
                _ => Step::Word(self.mark(choice, groups)?),
            });
        }
        Some(Cue {
            of,
            points: bare.parse().ok()?,
            everywhere: signs.contains('!'),
            stands_alone: signs.contains('='),
            steps,
        })
    }

    /// The mark of a choice of words, new or known.
    fn mark(&mut self, choice: &str, groups: &HashMap<&str, &str>) -> Option<usize> {
        if let Some(mark) = self.marks.get(choice) {
            return Some(*mark);
        }
        let mark = self.marks.len();
        self.marks.insert(choice.to_owned(), mark);
        let mut words: Vec<&str> = Vec::new();
        for word in choice.split('|') {
            if word.starts_with('@') {
                words.extend(groups.get(word)?.split('|'));
            } else {
                words.push(word);
            }
        }
        for word in words {
            let is_name = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
            if is_name {
                let (_, role) = Roles::NAMED.into_iter().find(|(name, _)| *name == word)?;
                self.roles.push((role, mark));
            } else if let Some(beginning) = word.strip_suffix('*') {
                self.beginnings.entry(beginning.replace('\'', "")).or_default().push(mark);
            } else {
                self.whole.entry(word.replace('\'', "")).or_default().push(mark);
            }
        }
        Some(mark)
    }

    fn marks_of(&self, word: &Word) -> Vec<u64> {
        let mut bits = vec![0_u64; self.marks.len().div_ceil(64)];
        let mut set = |mark: usize| {
            if let Some(block) = bits.get_mut(mark / 64) {
                *block |= 1 << (mark % 64);
            }
        };
        self.whole.get(&word.text).into_iter().flatten().copied().for_each(&mut set);
        for (at, _) in word.text.char_indices().skip(1) {
            let beginning = word.text.get(..at).and_then(|beginning| self.beginnings.get(beginning));
            beginning.into_iter().flatten().copied().for_each(&mut set);
        }
        self.beginnings.get(&word.text).into_iter().flatten().copied().for_each(&mut set);
        self.roles.iter().filter(|(role, _)| word.roles.has(*role)).for_each(|(_, mark)| set(*mark));
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::mention::Place,
        extract::{Nothing, Reading},
        mail::search_text::SearchText,
    };

    fn met(line: &str, text: &str) -> Option<String> {
        let cues = Cues::read(&format!("@who = i|we\n[x]\n{line}"), |_| Some(()));
        assert_eq!(cues.unread, Vec::<String>::new());
        let text = Text::of(&Reading::of(&SearchText::plain(text), &Nothing, None), &[Place::New]);
        let marked = cues.marked(&text);
        let found = text.sentences.iter().find_map(|one| cues.all[0].met(&marked, &one.words))?;
        Some(text.words[found].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn words_choices_endings_roles_and_gaps_are_met() {
        for (line, text, found) in [
            ("4 which modifier*", "So which modifiers?", Some("which modifiers")),
            ("4 which modifier*", "Which of the modifiers?", None),
            ("4 which .. modifier*", "Which of the modifiers?", Some("which of the modifiers")),
            ("4 which .. modifier*", "Which? A modifier.", None),
            ("4 can @who bill", "can we bill", Some("can we bill")),
            ("4 CODE or CODE", "is it 20610 or 20611?", Some("20610 or 20611")),
            ("4 isn't|is", "it isn’t", Some("isnt")),
        ] {
            assert_eq!(met(line, text).as_deref(), found, "{line}: {text}");
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let list = Cues::read("4 before a heading\n[x]\nfour words\n4 @nobody\n4 NOROLE\n-3 fine", |_| Some(()));
        assert_eq!(list.unread, ["4 before a heading", "four words", "4 @nobody", "4 NOROLE"]);
        assert_eq!((list.all.len(), list.all[0].points), (1, -3));
    }
}

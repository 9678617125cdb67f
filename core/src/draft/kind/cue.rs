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
    /// The cues that begin with each mark: a word that begins none, as most do, costs nothing more.
    begun_by: Vec<Vec<usize>>,
}

/// Which words fit which choice of words: each distinct choice in the list is a mark.
#[derive(Debug, Default)]
struct Lexicon {
    marks: HashMap<String, usize>,
    whole: HashMap<String, Vec<usize>>,
    /// Sorted, once the list is read.
    beginnings: Vec<(String, usize)>,
    /// Where those with each first byte stand.
    by_first: Vec<Range<usize>>,
    roles: Vec<(Roles, usize)>,
}

/// A cue that was met: the first time in its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Met {
    /// Its place in the list.
    pub(super) cue: usize,
    /// The place of the sentence in the text.
    pub(super) sentence: usize,
    /// The words that it is made of, without those in its gaps: these may be anything.
    pub(super) words: Vec<usize>,
}

impl<T: Copy> Cues<T> {
    /// Reads a list; `heading` says what `[name]` stands for.
    pub(super) fn read(text: &str, heading: impl Fn(&str) -> Option<T>) -> Self {
        let mut list = Self { all: Vec::new(), unread: Vec::new(), lexicon: Lexicon::default(), begun_by: Vec::new() };
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
        list.lexicon.sort();
        list.begun_by = vec![Vec::new(); list.lexicon.marks.len()];
        for (at, cue) in list.all.iter().enumerate() {
            if let Some(Step::Word(mark)) = cue.steps.first()
                && let Some(cues) = list.begun_by.get_mut(*mark)
            {
                cues.push(at);
            }
        }
        list
    }

    /// The cues that are met in the text, as they are listed, each once in a sentence.
    pub(super) fn met(&self, text: &Text) -> Vec<Met> {
        let marks: Vec<Vec<usize>> = text.terms().map(|word| self.lexicon.marks_of(word)).collect();
        let marks_of = |term: &usize| marks.get(*term).map_or(&[][..], Vec::as_slice);
        let mut found = Vec::new();
        // The sentence in which each cue was met last.
        let mut last = vec![usize::MAX; self.all.len()];
        for (sentence, within) in text.sentences.iter().map(|sentence| &sentence.words).enumerate() {
            let terms = text.term_of.get(within.clone()).unwrap_or_default();
            for (at, term) in terms.iter().enumerate() {
                for cue in marks_of(term).iter().filter_map(|mark| self.begun_by.get(*mark)).flatten().copied() {
                    let Some((one, last)) = self.all.get(cue).zip(last.get_mut(cue)) else { continue };
                    if *last == sentence {
                        continue;
                    }
                    if let Some(words) = fits(&one.steps, terms, &marks_of, at) {
                        *last = sentence;
                        let words = words.into_iter().rev().map(|at| within.start + at).collect();
                        found.push(Met { cue, sentence, words });
                    }
                }
            }
        }
        found.sort_unstable_by_key(|met| (met.cue, met.sentence));
        found
    }
}

/// The words that the steps fit from `at` on, the last first; the shortest gaps that do.
fn fits<'m>(
    steps: &[Step],
    terms: &[usize],
    marks_of: &impl Fn(&usize) -> &'m [usize],
    at: usize,
) -> Option<Vec<usize>> {
    match steps.split_first() {
        None => Some(Vec::new()),
        Some((Step::Word(mark), rest)) => {
            if !marks_of(terms.get(at)?).contains(mark) {
                return None;
            }
            let mut words = fits(rest, terms, marks_of, at + 1)?;
            words.push(at);
            Some(words)
        }
        Some((Step::Gap(most), rest)) => (0..=*most).find_map(|gap| fits(rest, terms, marks_of, at + gap)),
    }
}

impl Lexicon {
    fn cue<T>(&mut self, of: T, line: &str, groups: &HashMap<&str, &str>) -> Option<Cue<T>> {
        let (points, words) = line.split_once(' ')?;
        let bare = points.trim_end_matches('!');
        let mut steps = Vec::new();
        for choice in words.split_whitespace() {
            steps.push(match choice {
                ".." => Step::Gap(4),
                "..." => Step::Gap(12),
                _ => Step::Word(self.mark(choice, groups)?),
            });
        }
        // What begins with a gap would be met at every word before it.
        matches!(steps.first()?, Step::Word(_)).then_some(())?;
        Some(Cue { of, points: bare.parse().ok()?, everywhere: bare.len() < points.len(), steps })
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
                self.beginnings.push((beginning.replace('\'', ""), mark));
            } else {
                self.whole.entry(word.replace('\'', "")).or_default().push(mark);
            }
        }
        Some(mark)
    }

    fn sort(&mut self) {
        self.beginnings.sort_unstable();
        let first = |(beginning, _): &(String, usize)| beginning.as_bytes().first().copied();
        let range = |byte| {
            let start = self.beginnings.partition_point(|one| first(one) < Some(byte));
            start..self.beginnings.partition_point(|one| first(one) <= Some(byte))
        };
        self.by_first = (0..=u8::MAX).map(range).collect();
    }

    fn marks_of(&self, word: &Word) -> Vec<usize> {
        let mut marks: Vec<usize> = self.whole.get(&word.text).into_iter().flatten().copied().collect();
        let first = word.text.as_bytes().first().and_then(|byte| self.by_first.get(usize::from(*byte)));
        let mut left = first.and_then(|range| self.beginnings.get(range.clone())).unwrap_or_default();
        // Those that begin alike stand together: each letter of the word leaves fewer.
        for (at, byte) in word.text.bytes().enumerate() {
            if left.is_empty() {
                break;
            }
            if at > 0 {
                let letter = |(beginning, _): &(String, usize)| beginning.as_bytes().get(at).copied();
                let first = left.partition_point(|one| letter(one) < Some(byte));
                let end = left.partition_point(|one| letter(one) <= Some(byte));
                left = left.get(first..end).unwrap_or_default();
            }
            let whole = left.iter().take_while(|(beginning, _)| beginning.len() == at + 1);
            marks.extend(whole.map(|(_, mark)| *mark));
        }
        if word.roles != Roles::NONE {
            marks.extend(self.roles.iter().filter(|(role, _)| word.roles.has(*role)).map(|(_, mark)| *mark));
        }
        // A word that fits a choice twice fits it once.
        marks.sort_unstable();
        marks.dedup();
        marks
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
        let found = cues.met(&text).into_iter().next()?;
        Some(text.shown(&found.words))
    }

    #[test]
    fn words_choices_endings_roles_and_gaps_are_met() {
        for (line, text, found) in [
            ("4 which modifier*", "So which modifiers?", Some("which modifiers")),
            ("4 which modifier*", "Which of the modifiers?", None),
            ("4 which .. modifier*", "Which of the modifiers?", Some("which … modifiers")),
            ("4 which .. modifier*", "Which? A modifier.", None),
            ("4 can @who bill", "can we bill", Some("can we bill")),
            ("4 CODE or CODE", "is it 20610 or 20611?", Some("a procedure's code or a procedure's code")),
            ("4 isn't|is", "it isn’t", Some("isnt")),
        ] {
            assert_eq!(met(line, text).as_deref(), found, "{line}: {text}");
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let list =
            Cues::read("4 before a heading\n[x]\nfour words\n4 @nobody\n4 NOROLE\n4 .. gap\n-3 fine", |_| Some(()));
        assert_eq!(list.unread, ["4 before a heading", "four words", "4 @nobody", "4 NOROLE", "4 .. gap"]);
        assert_eq!((list.all.len(), list.all[0].points), (1, -3));
    }
}

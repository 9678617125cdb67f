//! One pass over the text: which words could be codes, and which words say what they are.
//!
//! The scanner keeps words with a digit, pairs of capital letters (they may be modifiers), the cue words of
//! [`super::words`] and empty lines. It forgets all other words, and whole web addresses, mail addresses and file
//! names. It never decides that something is a code. `read` calls it once per text; each byte is looked at a bounded
//! number of times.

use super::{modifier, phrasebook, words::Cue};
use crate::domain::{code::CodeSystem, span::Span};

/// What a token is, as far as its letters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits alone.
    Digits,
    /// Digits and letters.
    Mixed,
    /// Two capital letters without another meaning.
    Pair,
    /// A word of the phrasebook.
    Cue(Cue),
    /// An empty line: what is before it says nothing about what follows.
    Stop,
}

/// A word that was kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: Kind,
}

/// No code, and nothing that says something about one, is longer.
const LONGEST_WORD: usize = 24;

/// Endings that make the words before the dot the name of a file.
const FILE_ENDINGS: [&str; 22] = [
    "pdf", "doc", "docx", "xls", "xlsx", "csv", "jpg", "jpeg", "png", "gif", "tif", "tiff", "txt", "zip", "eml", "msg",
    "html", "htm", "xml", "json", "ppt", "pptx",
];

/// All kept words of `text`, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, chunk: 0, kept: Vec::new() };
    scanner.run();
    scanner.kept
}

/// Characters that a mail program puts inside words and nobody sees: soft hyphen, zero-width characters.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Where the text since the last blank begins.
    chunk: usize,
    kept: Vec<Token>,
}

/// Kinds of bytes. Those of words come first.
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;
const BLANK: u8 = 8;
const HIGH: u8 = 16;
const MARK: u8 = 32;

/// The kind of every byte.
static CLASSES: [u8; 256] = {
    let mut classes = [MARK; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "no conversion is const, and the loop ends at 255")]
        let letter = byte as u8;
        classes[byte] = match letter {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b' ' | b'\t' | b'\r' => BLANK,
            0x80.. => HIGH,
            _ => MARK,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// What a word is made of.
struct Letters {
    digits: bool,
    upper: bool,
    lower: bool,
    /// A letter outside ASCII, or an underscore: no code holds one.
    other: bool,
}

impl Letters {
    /// Letters of ASCII alone.
    const fn is_plain(&self) -> bool {
        !self.digits && !self.other
    }
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match class(byte) {
                BLANK => {
                    self.at += 1;
                    self.chunk = self.at;
                }
                LOWER | UPPER | DIGIT => self.word(),
                HIGH if self.letter_at(self.at) => self.word(),
                _ => self.mark(byte),
            }
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    fn letter_at(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(char::is_alphanumeric)
    }

    /// One character that belongs to no word.
    fn mark(&mut self, byte: u8) {
        let start = self.at;
        self.at += if byte < 0x80 { 1 } else { self.char_at(start).map_or(1, char::len_utf8) };
        match byte {
            b'\n' => {
                self.chunk = self.at;
                let blank = self.bytes.get(self.at..).unwrap_or_default().iter().take(80);
                let blanks = blank.take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
                if self.bytes.get(self.at + blanks) == Some(&b'\n') {
                    self.kept.push(Token { span: Span::new(start, self.at), kind: Kind::Stop });
                }
            }
            b':' if self.bytes.get(self.at..self.at + 2) == Some(b"//") => self.forget_chunk(),
            b'@' if start > self.chunk && self.bytes.get(self.at).is_some_and(u8::is_ascii_alphabetic) => {
                self.forget_chunk();
            }
            0xC2 if self.char_at(start) == Some('\u{A0}') => self.chunk = self.at,
            _ => {}
        }
    }

    /// Forgets everything up to the next blank: it is an address or a file name.
    fn forget_chunk(&mut self) {
        while self.kept.last().is_some_and(|token| token.span.start >= self.chunk && token.kind != Kind::Stop) {
            self.kept.pop();
        }
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|b| b.is_ascii_whitespace()).unwrap_or(rest.len());
        self.chunk = self.at;
    }

    fn word(&mut self) {
        let start = self.at;
        let letters = self.run_of_letters();
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        let after_dot = start.checked_sub(1).and_then(|before| self.bytes.get(before)) == Some(&b'.');
        // `ZOO.00`: a diagnosis with letters for its digits.
        if letters.is_plain() && self.is_slipped_category(word) {
            let span = Span::new(start, self.at);
            return self.keep(span, Kind::Mixed);
        }
        // Nearly every word of a mail ends here.
        let short = word.len() <= 3 && !phrasebook::is_plain_short(word);
        if letters.is_plain() && !after_dot && !short && !phrasebook::may_say(word) {
            return;
        }
        let span = Span::new(start, self.at);
        if word.len() > LONGEST_WORD || letters.other {
            return;
        }
        if letters.digits {
            if word.eq_ignore_ascii_case(b"icd10") || word.eq_ignore_ascii_case(b"icd9") {
                return self.code_system_name(span);
            }
            let kind = if letters.upper || letters.lower { Kind::Mixed } else { Kind::Digits };
            if kind == Kind::Mixed && self.glued_name(span, word) {
                return;
            }
            let kind = match phrasebook::cue(word) {
                Some(cue) if kind == Kind::Mixed => Kind::Cue(cue),
                _ => kind,
            };
            self.kept.push(Token { span, kind });
            return;
        }
        if after_dot
            && start > self.chunk + 1
            && FILE_ENDINGS.iter().any(|end| word.eq_ignore_ascii_case(end.as_bytes()))
        {
            return self.forget_chunk();
        }
        if word.eq_ignore_ascii_case(b"icd") {
            return self.code_system_name(span);
        }
        if word.eq_ignore_ascii_case(b"e") && self.visit_name(start) {
            return;
        }
        if let Some(tens) = phrasebook::tens(word) {
            return self.spelled(span, tens);
        }
        // `W19.XXXA`: the letters belong to the diagnosis before the dot.
        let placeholders = word.iter().take_while(|byte| **byte == b'X').count();
        if after_dot && placeholders >= 2 && placeholders + 1 == word.len() && letters.upper && !letters.lower {
            return self.keep(span, Kind::Mixed);
        }
        let pair = word.len() == 2 && (letters.upper && !letters.lower || self.small_pair(start, word));
        match phrasebook::cue(word) {
            // "PT" and "CT" are modifiers as well as words: which one is decided where it stands.
            Some(_) if pair && modifier::is_level_two(word) => self.keep(span, Kind::Pair),
            Some(cue) => self.keep(span, Kind::Cue(cue)),
            None if pair => self.keep(span, Kind::Pair),
            None => {}
        }
    }

    /// A letter and two that stand for digits, and decimals behind a dot.
    fn is_slipped_category(&self, word: &[u8]) -> bool {
        let [first, b'O' | b'l' | b'I', b'O' | b'l' | b'I'] = word else { return false };
        let decimals = self.bytes.get(self.at..self.at + 2);
        first.is_ascii_uppercase() && decimals.is_some_and(|two| matches!(two, [b'.', digit] if digit.is_ascii_digit()))
    }

    /// `mod25`, `modXU`: the word "modifier" and the modifier as two tokens.
    fn glued_name(&mut self, span: Span, word: &[u8]) -> bool {
        let Some(cut) = word.len().checked_sub(2).filter(|cut| matches!(cut, 3 | 4 | 8 | 9)) else { return false };
        let (Some(name), Some(two)) = (word.get(..cut), word.get(cut..)) else { return false };
        let digits = two.iter().all(u8::is_ascii_digit);
        if phrasebook::cue(name) != Some(Cue::Modifier) || !digits && !modifier::is_level_two(two) {
            return false;
        }
        self.keep(Span::new(span.start, span.start + cut), Kind::Cue(Cue::Modifier));
        self.keep(Span::new(span.start + cut, span.end), if digits { Kind::Digits } else { Kind::Mixed });
        true
    }

    /// `27096-lt`, "20610 rt", `98941-at`, "97110 gp kx": small letters are a modifier where nothing else is written so,
    /// or right behind a code.
    fn small_pair(&self, start: usize, word: &[u8]) -> bool {
        if !modifier::is_level_two(word) || word.get(1).is_some_and(u8::is_ascii_uppercase) {
            return false;
        }
        let behind = self.kept.last().and_then(|last| Some((last, self.bytes.get(last.span.end..start)?)));
        let of_code = |token: &Token| match token.kind {
            Kind::Digits | Kind::Mixed => token.span.len() == 5,
            kind => kind == Kind::Pair,
        };
        match behind {
            Some((last, b"-")) if of_code(last) => true,
            Some((last, b" ")) if of_code(last) && !modifier::is_word(word) => true,
            _ => matches!(word, b"rt" | b"lt" | b"Rt" | b"Lt") || modifier::is_written_small(word),
        }
    }

    fn keep(&mut self, span: Span, kind: Kind) {
        self.kept.push(Token { span, kind });
    }

    fn run_of_letters(&mut self) -> Letters {
        let mut seen = 0;
        while let Some(one) = self.bytes.get(self.at).map(|byte| class(*byte)).filter(|one| *one <= DIGIT) {
            seen |= one;
            self.at += 1;
        }
        let mut letters =
            Letters { digits: seen & DIGIT != 0, upper: seen & UPPER != 0, lower: seen & LOWER != 0, other: false };
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'0'..=b'9' => letters.digits = true,
                b'A'..=b'Z' => letters.upper = true,
                b'a'..=b'z' => letters.lower = true,
                b'_' if self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_alphanumeric) => letters.other = true,
                0x80.. => {
                    let Some(c) = self.char_at(self.at) else { break };
                    if c.is_alphanumeric() {
                        letters.other = true;
                    } else if !is_invisible(c) || !self.letter_at(self.at + c.len_utf8()) {
                        break;
                    }
                    self.at += c.len_utf8();
                    continue;
                }
                _ => break,
            }
            self.at += 1;
        }
        letters
    }

    /// "ICD-10-CM", "ICD 9", "ICD10-PCS": one token, since its digits are no code.
    fn code_system_name(&mut self, word: Span) {
        let rest = self.bytes.get(word.start + 3..).unwrap_or_default();
        let mut used = 0;
        let mut nine = false;
        let mut pcs = false;
        let dash = |used: usize| usize::from(matches!(rest.get(used), Some(b'-' | b' ')));
        let ends = |at: usize| !rest.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let number = used + dash(used);
        if rest.get(number..number + 2) == Some(b"10") && ends(number + 2) {
            used = number + 2;
        } else if rest.get(number) == Some(&b'9') && ends(number + 1) {
            used = number + 1;
            nine = true;
        }
        if used > 0 {
            let part = used + dash(used);
            let letters = |n: usize| rest.get(part..part + n).unwrap_or_default();
            if letters(2).eq_ignore_ascii_case(b"cm") && ends(part + 2) {
                used = part + 2;
            } else if letters(3).eq_ignore_ascii_case(b"pcs") && ends(part + 3) {
                used = part + 3;
                pcs = true;
            }
        }
        let cue = match (pcs, nine) {
            (true, _) => Cue::System(CodeSystem::Icd10Pcs),
            (false, true) => Cue::System(CodeSystem::Icd9Cm),
            (false, false) if used > 0 => Cue::System(CodeSystem::Icd10Cm),
            (false, false) => Cue::Diagnosis,
        };
        self.at = self.at.max(word.start + 3 + used);
        self.keep(Span::new(word.start, self.at), Kind::Cue(cue));
    }

    /// "twenty five", "fifty-nine": one token, as people dictate modifiers.
    fn spelled(&mut self, tens: Span, number: u8) {
        let rest = self.bytes.get(tens.end..).unwrap_or_default();
        let word = rest.strip_prefix(b" ").or_else(|| rest.strip_prefix(b"-")).unwrap_or_default();
        let letters = word.iter().take(6).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let ones = match phrasebook::cue(word.get(..letters).unwrap_or_default()) {
            Some(Cue::Amount(ones @ 1..=9)) => ones,
            _ => 0,
        };
        let used = if ones > 0 { 1 + letters } else { 0 };
        self.at = self.at.max(tens.end + used);
        self.keep(Span::new(tens.start, tens.end + used), Kind::Cue(Cue::Amount(number + ones)));
    }

    /// "E/M", "E&M".
    fn visit_name(&mut self, start: usize) -> bool {
        let named = matches!(self.bytes.get(start + 1..start + 3), Some([b'/' | b'&', b'M' | b'm']))
            && !self.bytes.get(start + 3).is_some_and(u8::is_ascii_alphanumeric);
        if named {
            self.at = start + 3;
            self.keep(Span::new(start, self.at), Kind::Cue(Cue::Procedure));
        }
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| token.span.of(text)).collect()
    }

    #[test]
    fn words_with_digits_pairs_and_cues_are_kept() {
        assert_eq!(kept("Umbrella 99213-RT, CPT® 20610"), ["99213", "RT", "CPT", "20610"]);
        assert_eq!(kept("ICD-10-CM E11.9; E/M 99213"), ["ICD-10-CM", "E11", "9", "E/M", "99213"]);
    }

    #[test]
    fn addresses_and_file_names_are_forgotten_whole() {
        assert_eq!(kept("see https://example.test/99213?x=20610 now 99214"), ["99214"]);
        assert_eq!(kept("<20610.99213@mail.example.test> 99214"), ["99214"]);
        assert_eq!(kept("image001.png 99213.jpg IMG_20610 99214"), ["99214"]);
    }

    #[test]
    fn invisible_characters_do_not_end_a_word() {
        assert_eq!(kept("992\u{AD}13 \u{FEFF}20610\u{A0}99214"), ["992\u{AD}13", "20610", "99214"]);
    }
}

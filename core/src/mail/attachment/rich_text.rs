//! RTF (Microsoft, version 1.9.1): the text between control words. A table's rows are lines with ` | ` between cells.
//!
//! One pass with a stack of groups that is bounded. Destinations that hold no text of the document (fonts, colours,
//! pictures, fields' instructions) are skipped.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::{opened::Out, read::Verdict, remark::Remark};

/// Groups that hold no text of the document.
const SKIPPED: [&str; 22] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "objdata",
    "fldinst",
    "themedata",
    "datastore",
    "colorschememapping",
    "latentstyles",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "filetbl",
    "revtbl",
    "bkmkstart",
    "bkmkend",
    "pntext",
];
/// Deeper groups are not told apart.
const DEEPEST: usize = 1_000;

/// Reads a document.
pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Verdict {
    let text = text(bytes, out.left().saturating_mul(2));
    if text.trim().is_empty() {
        return Ok(Some(Remark::NoText));
    }
    out.text("", &text)?;
    Ok(None)
}

/// What applies within one group.
#[derive(Clone, Copy)]
struct Group {
    skipped: bool,
    /// Characters that follow a `\u` for readers without Unicode.
    fallback: usize,
}

/// The text of a document, at most about `most` bytes of it.
pub(super) fn text(bytes: &[u8], most: usize) -> String {
    let mut page = Page {
        text: String::new(),
        groups: Vec::new(),
        group: Group { skipped: false, fallback: 1 },
        charset: WINDOWS_1252,
        pending: Vec::new(),
        skip: 0,
        high: None,
    };
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if page.text.len() > most {
            break;
        }
        match byte {
            b'{' => page.enter(),
            b'}' => page.leave(),
            b'\\' => rest = page.control(rest),
            b'\r' | b'\n' => {}
            byte => page.byte(byte),
        }
    }
    page.settle();
    page.text
}

struct Page {
    text: String,
    groups: Vec<Group>,
    group: Group,
    charset: &'static Encoding,
    /// Bytes of the charset that are not decoded yet: a letter can take two.
    pending: Vec<u8>,
    /// How many characters of a fallback are still to come.
    skip: usize,
    /// The first half of a surrogate pair.
    high: Option<u16>,
}

impl Page {
    fn enter(&mut self) {
        self.settle();
        if self.groups.len() < DEEPEST {
            self.groups.push(self.group);
        }
    }

    fn leave(&mut self) {
        self.settle();
        self.skip = 0;
        if let Some(group) = self.groups.pop() {
            self.group = group;
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.group.skipped {
            self.pending.push(byte);
        }
    }

    fn settle(&mut self) {
        if !self.pending.is_empty() {
            self.text.push_str(&self.charset.decode_without_bom_handling(&self.pending).0);
            self.pending.clear();
        }
    }

    fn push(&mut self, text: &str) {
        self.settle();
        if !self.group.skipped {
            self.text.push_str(text);
        }
    }

    /// What follows a backslash; gives back what comes after it.
    fn control<'r>(&mut self, rest: &'r [u8]) -> &'r [u8] {
        let Some((&first, after)) = rest.split_first() else { return rest };
        if !first.is_ascii_alphabetic() {
            return self.symbol(first, after);
        }
        let length = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = rest.split_at(length);
        let digits = rest.iter().enumerate().take(11);
        let length = digits.take_while(|(at, byte)| byte.is_ascii_digit() || (*at == 0 && **byte == b'-')).count();
        let (number, rest) = rest.split_at(length);
        let number: Option<i64> = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let word = std::str::from_utf8(word).unwrap_or("");
        if word == "bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return rest.get(length..).unwrap_or_default();
        }
        self.word(word, number);
        rest
    }

    fn symbol<'r>(&mut self, first: u8, after: &'r [u8]) -> &'r [u8] {
        match first {
            b'\'' => {
                let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
                let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) else { return after };
                self.byte(byte);
                return after.get(2..).unwrap_or_default();
            }
            // A destination that old readers skip: so is everything that is not known here.
            b'*' => self.group.skipped = true,
            b'~' => self.push(" "),
            b'_' => self.push("-"),
            b'-' => {}
            b'\r' | b'\n' => self.push("\n"),
            byte => self.byte(byte),
        }
        after
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        match word {
            "par" | "line" | "sect" | "page" => self.push("\n"),
            "row" | "nestrow" => {
                self.settle();
                let end = self.text.trim_end_matches([' ', '|']).len();
                if !self.group.skipped {
                    self.text.truncate(end);
                }
                self.push("\n");
            }
            "cell" | "nestcell" => self.push(" | "),
            "tab" => self.push("\t"),
            "emdash" | "endash" => self.push("\u{2013}"),
            "lquote" | "rquote" => self.push("'"),
            "ldblquote" | "rdblquote" => self.push("\""),
            "bullet" => self.push("\u{2022}"),
            "emspace" | "enspace" | "qmspace" => self.push(" "),
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "u" => self.unicode(number.unwrap_or(0)),
            "ansicpg" => {
                self.settle();
                let named = format!("windows-{}", number.unwrap_or(1252));
                self.charset = Encoding::for_label(named.as_bytes()).unwrap_or(WINDOWS_1252);
            }
            word if SKIPPED.contains(&word) => {
                self.settle();
                self.group.skipped = true;
            }
            _ => {}
        }
    }

    /// A letter by its number; negative ones are 65,536 too low.
    fn unicode(&mut self, number: i64) {
        self.skip = self.group.fallback;
        let unit = u16::try_from(number.rem_euclid(0x1_0000)).unwrap_or(0);
        let units = match self.high.take() {
            Some(high) => vec![high, unit],
            None if (0xD800..0xDC00).contains(&unit) => {
                self.high = Some(unit);
                return;
            }
            None => vec![unit],
        };
        let text = String::from_utf16_lossy(&units);
        self.push(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_without_its_formatting() {
        for (rtf, expected) in [
            (
                r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}\f0 Bill \b 992\b0 13\par 20610-RT\'e9}",
                "Bill 99213\n20610-RT\u{e9}",
            ),
            (r"{\rtf1 \trowd CPT\cell Units\cell\row\trowd J1885\cell 4\cell\row}", "CPT | Units\nJ1885 | 4\n"),
            (r"{\rtf1\uc1 99213\u8211 ?25 \u-10179 ?\u-8704 ?{\uc0\u233}x}", "99213\u{2013}25 \u{1F600}\u{e9}x"),
            (r"{\rtf1 a\{b\}\\c\~d\_e{\field{\*\fldinst HYPERLINK 99999}{\fldrslt 99213}}}", "a{b}\\c d-e99213"),
            (r"{\rtf1 before {\pict\bin4 }}}} 12345}after}", "before after"),
            ("{\\rtf1 cut \\", "cut "),
        ] {
            assert_eq!(text(rtf.as_bytes(), 1000), expected, "{rtf}");
        }
    }

    #[test]
    fn deep_groups_and_long_texts_end() {
        assert_eq!(text(format!("{}x", "{".repeat(1 << 20)).as_bytes(), 100), "x");
        assert!(text("{\\rtf1 99213".repeat(10_000).as_bytes(), 100).len() < 130);
    }
}

//! Text as a person sees it, so that a code is found however a mail client wrapped it.
//!
//! Removes what is invisible (soft hyphens, zero-width and direction marks, NUL), makes every blank a blank and
//! every line end a line feed, and undoes `format=flowed` (RFC 3676). It changes no visible character but the
//! non-breaking hyphen. All spans of the program refer to the text as it is afterwards.
//!
//! `message` calls it on every text of a mail.

/// The text without what nobody sees.
#[must_use]
pub(super) fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                if rest.peek() != Some(&'\n') {
                    seen.push('\n');
                }
            }
            '\n' | '\t' => seen.push(c),
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => seen.push('\n'),
            // No-break, en to hair, narrow, mathematical and ideographic blanks.
            '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => seen.push(' '),
            '\u{2010}' | '\u{2011}' => seen.push('-'),
            // Soft hyphen, zero-width marks, joiners, direction marks, byte order mark.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            c if c.is_control() => {}
            c => seen.push(c),
        }
    }
    seen
}

/// Joins the lines that `format=flowed` broke (RFC 3676 §4). With `delsp` the blank at the break is not part of the
/// text. Quote depth is kept as `>` marks; a signature's mark never flows.
#[must_use]
pub(super) fn unflowed(text: &str, delsp: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let unquoted = line.trim_start_matches('>');
        let depth = line.len() - unquoted.len();
        let content = unquoted.strip_prefix(' ').unwrap_or(unquoted);
        let is_mark = content == "-- ";
        if open != Some(depth) || is_mark {
            if open.is_some() {
                joined.push('\n');
            }
            if depth > 0 {
                joined.push_str(&">".repeat(depth));
                joined.push(' ');
            }
        }
        let flows = content.ends_with(' ') && !is_mark;
        joined.push_str(if flows && delsp { content.strip_suffix(' ').unwrap_or(content) } else { content });
        open = flows.then_some(depth);
        if !flows {
            joined.push('\n');
        }
    }
    // `split` yields one more piece than there are line ends.
    if open.is_none() {
        joined.pop();
    }
    joined
}

/// The text with at most one empty line in a row, none at the start or the end, and no blanks at line ends.
#[must_use]
pub(super) fn without_blank_runs(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.split('\n').map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 && !(line.is_empty() && tidy.is_empty()) {
            tidy.push_str(line);
            tidy.push('\n');
        }
    }
    tidy.truncate(tidy.trim_end().len());
    if tidy.is_empty() { tidy } else { tidy + "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_survives_every_invisible_character() {
        for written in ["992\u{ad}13", "99213\0", "\u{200e}99213\u{202c}", "9\u{200b}9213", "\u{feff}99213\u{2060}"] {
            assert_eq!(visible(written), "99213", "{written:?}");
        }
        assert_eq!(visible("99213\u{a0}x\u{202f}2\u{2011}25\r\na\rb\u{2028}c"), "99213 x 2-25\na\nb\nc");
    }

    #[test]
    fn flowed_lines_are_joined_and_quotes_kept_apart() {
        for (written, delsp, read) in [
            ("Codes 99213 \nand 20610.\nNext", false, "Codes 99213 and 20610.\nNext"),
            ("Codes 992 \n13 end\n", true, "Codes 99213 end\n"),
            ("> a \n> b\n>> c \n> d\nnew", false, "> a b\n>> c \n> d\nnew"),
            (" >stuffed\n  two", false, ">stuffed\n two"),
            ("x \n-- \nPat", false, "x \n-- \nPat"),
            ("ends flowed ", false, "ends flowed "),
            ("", false, ""),
        ] {
            assert_eq!(unflowed(written, delsp), read, "{written:?}");
        }
    }

    #[test]
    fn runs_of_empty_lines_become_one() {
        assert_eq!(without_blank_runs("\n\na  \n\n\n b\n\n"), "a\n\n b\n");
        assert_eq!(without_blank_runs(" \n "), "");
    }
}

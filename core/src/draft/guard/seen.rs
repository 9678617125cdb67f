//! A text as its reader sees it: without characters that show nothing, and with those that only look like letters and digits
//! of ASCII as what they look like. The guard judges this text, so that a code or a number is one however it is written.
//!
//! It changes nothing of what is sent. Of a text in plain ASCII without marks inside words it makes no copy.

use std::borrow::Cow;

use crate::domain::span::Span;

/// A text, and where each of its bytes comes from.
pub(super) struct Seen<'a> {
    pub(super) text: Cow<'a, str>,
    /// For each byte of `text`, and for its end, the byte of the source; none when they are the same.
    from: Option<Vec<usize>>,
}

impl<'a> Seen<'a> {
    /// As it is seen.
    pub(super) fn of(source: &'a str) -> Self {
        let plain = source.is_ascii() && !source.contains(['*', '`', '&']);
        if plain {
            return Self { text: Cow::Borrowed(source), from: None };
        }
        let mut text = String::with_capacity(source.len());
        let mut from = Vec::with_capacity(source.len() + 1);
        let mut at = 0;
        while let Some(c) = source.get(at..).and_then(|rest| rest.chars().next()) {
            let (shown, length) = entity(source, at).unwrap_or((c, c.len_utf8()));
            if !(is_invisible(shown) || is_mark_in_word(source, at, &text)) {
                let shown = look(shown);
                text.push(shown);
                from.extend(std::iter::repeat_n(at, shown.len_utf8()));
            }
            at += length;
        }
        from.push(source.len());
        Self { text: Cow::Owned(text), from: Some(from) }
    }

    /// The same stretch in the source.
    pub(super) fn in_source(&self, span: Span) -> Span {
        let Some(from) = &self.from else { return span };
        let place = |at: usize| from.get(at).or(from.last()).copied().unwrap_or(at);
        Span::new(place(span.start), place(span.end).max(place(span.start)))
    }
}

/// `&#50;`, `&#x32;`, `&commat;`: the character that a mail reader shows, and the length of what is written.
fn entity(source: &str, at: usize) -> Option<(char, usize)> {
    const LONGEST: usize = 10;
    const NAMED: [(&str, char); 14] = [
        ("commat", '@'),
        ("period", '.'),
        ("num", '#'),
        ("sol", '/'),
        ("colon", ':'),
        ("lowbar", '_'),
        ("hyphen", '-'),
        ("dash", '-'),
        ("nbsp", ' '),
        ("shy", '\u{ad}'),
        ("zwj", '\u{200d}'),
        ("zwnj", '\u{200c}'),
        ("dollar", '$'),
        ("percnt", '%'),
    ];
    let inside = source.get(at..)?.strip_prefix('&')?;
    let end = inside.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = inside.get(..end)?;
    let shown = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((shown, end + 2))
}

/// Emphasis that parts a word: `20**610**` reads as one number.
fn is_mark_in_word(source: &str, at: usize, before: &str) -> bool {
    let is_mark = |c: char| matches!(c, '*' | '`');
    let Some(rest) = source.get(at..).filter(|rest| rest.starts_with(is_mark)) else { return false };
    let after = rest.trim_start_matches(is_mark).chars().next();
    before.chars().next_back().is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

/// Characters without a look of their own: soft hyphens, joiners, directions, variation selectors, tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// What it looks like.
fn look(c: char) -> char {
    /// The zeros of scripts that write numbers with ten digits in a row.
    const ZEROS: [u32; 20] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
        0x1040, 0x17e0, 0x1810, 0x2080, 0x1d7f6,
    ];
    /// Cyrillic and Greek letters that look like Latin ones, each before what it looks like.
    const ALIKE: &str = "АAВBЕEКKМMНHОOРPСCТTХXУYЅSІIЈJԚQԜWаaеeоoрpсcуyхxѕsіiјjԛqԝwһhԁdӏl\
                         ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνvαa";
    if c.is_ascii() {
        return c;
    }
    let code = u32::from(c);
    let digit = |value: u32| char::from_digit(value % 10, 10).unwrap_or(c);
    match code {
        0xa0 | 0x2000..=0x200a | 0x202f | 0x205f | 0x3000 => ' ',
        0x2010..=0x2015 | 0x2212 | 0xfe58 | 0xfe63 => '-',
        // Superscripts stand apart from one another.
        0xb2 | 0xb3 => digit(code - 0xb0),
        0xb9 => '1',
        0x2070 | 0x2074..=0x2079 => digit(code - 0x2070),
        0x2460..=0x2468 => digit(code - 0x245f),
        0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        0x1d400..=0x1d6a3 => {
            let nth = (code - 0x1d400) % 52;
            char::from_u32(if nth < 26 { u32::from('A') + nth } else { u32::from('a') + nth - 26 }).unwrap_or(c)
        }
        0x1d7ce..=0x1d7ff => digit(code - 0x1d7ce),
        _ => match ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)) {
            Some(zero) => digit(code - zero),
            None => {
                let mut pairs = ALIKE.chars();
                while let (Some(foreign), Some(latin)) = (pairs.next(), pairs.next()) {
                    if foreign == c {
                        return latin;
                    }
                }
                c
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_seen_however_it_is_written() {
        for (source, seen) in [
            ("20610", "20610"),
            ("20\u{ad}6\u{200b}10", "20610"),
            ("２０６１０", "20610"),
            ("20**610** and **99213**", "20610** and **99213**"),
            ("2&#48;61&#x30;", "20610"),
            ("a&commat;b.example", "a@b.example"),
            ("\u{410}B&C; & d", "AB&C; & d"),
            ("Ј1885 and 𝟐𝟎𝟔𝟏𝟎 and ٢٠٦١٠", "J1885 and 20610 and 20610"),
            ("20610\u{2011}59\u{a0}x", "20610-59 x"),
            ("* one\n* two", "* one\n* two"),
            ("naïve — plain", "naïve - plain"),
        ] {
            assert_eq!(Seen::of(source).text, seen, "{source}");
        }
        let seen = Seen::of("ab 20\u{200b}610 cd");
        let at = seen.text.find("20610").unwrap();
        assert_eq!(seen.in_source(Span::new(at, at + 5)).of("ab 20\u{200b}610 cd"), "20\u{200b}610");
    }

    proptest! {
        #[test]
        fn every_stretch_leads_back_into_the_source(source in "\\PC{0,40}|[&#0-9;*`a \u{200b}]{0,30}") {
            let seen = Seen::of(&source);
            let ends: Vec<usize> = seen.text.char_indices().map(|(at, _)| at).chain([seen.text.len()]).collect();
            for (nth, start) in ends.iter().enumerate() {
                for end in ends.get(nth..).unwrap_or_default() {
                    let span = seen.in_source(Span::new(*start, *end));
                    prop_assert!(source.get(span.start..span.end).is_some(), "{span:?} in {source:?}");
                }
            }
        }
    }
}

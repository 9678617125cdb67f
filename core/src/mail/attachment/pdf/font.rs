//! Fonts: from the bytes of a shown string to letters and widths (ISO 32000-1 §9.5 to 9.10).
//!
//! A font's own map to Unicode is believed first, then the names of its glyphs, then its encoding. A glyph that none of
//! them names has no letter: it is counted, and never guessed.

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::{encoding::Named, glyph_names, matrix::Matrix, stream, widths};

/// One glyph of a string.
pub(super) struct Glyph {
    /// Its letters. None when nothing says which.
    pub(super) text: Option<String>,
    /// In thousandths of the font's size.
    pub(super) width: f64,
    /// Whether it is the single byte 32, to which word spacing applies.
    pub(super) is_blank: bool,
}

/// A font, as far as text is concerned.
pub(super) struct Font {
    to_unicode: Option<CMap>,
    codes: Codes,
}

enum Codes {
    /// One byte a glyph: the letter and the width of each.
    Simple { letters: Vec<Option<String>>, widths: Vec<f64> },
    /// Mostly two bytes a glyph.
    Composite(Composite),
}

struct Composite {
    /// From codes to glyphs, where it is not two bytes as they are.
    encoding: Option<Box<CMap>>,
    /// Whether the codes are UTF-16 themselves.
    is_unicode: bool,
    /// Widths of glyphs, sorted by the first of each stretch.
    widths: Vec<Stretch>,
    other_width: f64,
}

/// Widths of the glyphs from `first` on; one width stands for all up to `last`.
struct Stretch {
    first: u32,
    last: u32,
    widths: Vec<f64>,
}

/// Stretches of widths that are kept; whole fonts have some thousand.
const MOST_STRETCHES: usize = 70_000;

impl Font {
    pub(super) fn read(dict: &Dict<'_>) -> Self {
        let to_unicode =
            dict.get::<Stream<'_>>("ToUnicode").and_then(|map| CMap::parse(&stream::bytes(&map), |_| None));
        let is_composite = dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Type0");
        let codes = if is_composite { Codes::Composite(Composite::read(dict)) } else { simple(dict) };
        Self { to_unicode, codes }
    }

    /// The glyphs of a string.
    pub(super) fn glyphs(&self, bytes: &[u8], mut take: impl FnMut(Glyph)) {
        match &self.codes {
            Codes::Simple { letters, widths } => {
                for &byte in bytes {
                    let place = usize::from(byte);
                    let own = || letters.get(place).cloned().flatten();
                    take(Glyph {
                        text: self.mapped(u32::from(byte)).or_else(own),
                        width: widths.get(place).copied().unwrap_or(0.0),
                        is_blank: byte == b' ',
                    });
                }
            }
            Codes::Composite(font) => {
                let mut rest = bytes;
                while !rest.is_empty() {
                    let (code, length, cid) = font.code(rest);
                    rest = rest.get(length..).unwrap_or_default();
                    let unicode = || font.is_unicode.then(|| char::from_u32(code)).flatten().map(String::from);
                    take(Glyph {
                        text: self.mapped(code).or_else(unicode),
                        width: font.width(cid),
                        is_blank: length == 1 && code == 32,
                    });
                }
            }
        }
    }

    /// What the font's map to Unicode says, if it says anything that can be read.
    fn mapped(&self, code: u32) -> Option<String> {
        let text = match self.to_unicode.as_ref()?.lookup_bf_string(code)? {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        };
        let is_odd = |c: char| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}') || (c.is_control() && c != '\t');
        (!text.is_empty() && !text.chars().any(is_odd)).then(|| plain(&text))
    }
}

/// Ligatures as the letters that they are made of.
fn plain(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}' => letters.push_str("ff"),
            '\u{fb01}' => letters.push_str("fi"),
            '\u{fb02}' => letters.push_str("fl"),
            '\u{fb03}' => letters.push_str("ffi"),
            '\u{fb04}' => letters.push_str("ffl"),
            c => letters.push(c),
        }
    }
    letters
}

/// A font with one byte for each glyph.
fn simple(dict: &Dict<'_>) -> Codes {
    let name = dict.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
    let letters = letters(dict, &name);
    let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
    let missing = descriptor.as_ref().and_then(|one| one.get::<f64>("MissingWidth"));
    let type3 = dict.get::<Array<'_>>("FontMatrix").and_then(|matrix| Matrix::read(&matrix));
    let unit = type3.map_or(1.0, |matrix| matrix.scale().0 * 1000.0);
    let mut widths: Vec<f64> = letters
        .iter()
        .map(|letter| {
            let c = letter.as_deref().and_then(|text| text.chars().next()).unwrap_or('n');
            missing.filter(|width| *width > 0.0).unwrap_or_else(|| widths::standard(&name, c))
        })
        .collect();
    if let Some(given) = dict.get::<Array<'_>>("Widths") {
        let first = usize::try_from(dict.get::<i32>("FirstChar").unwrap_or(0)).unwrap_or(0);
        for (place, width) in given.iter::<f64>().take(256).enumerate() {
            if let Some(kept) = widths.get_mut(first.saturating_add(place)) {
                *kept = width * unit;
            }
        }
    }
    Codes::Simple { letters, widths }
}

/// The letter of each byte by encoding and glyphs' names.
fn letters(dict: &Dict<'_>, name: &str) -> Vec<Option<String>> {
    if ["Dingbats", "Wingdings", "Webdings"].iter().any(|part| name.contains(part)) {
        // A check mark is the byte `4`, which is no number.
        let mark = |byte: u8| if matches!(byte, b'3' | b'4') { "\u{2713}" } else { "\u{2022}" };
        return (0..=u8::MAX).map(|byte| (byte > b' ').then(|| mark(byte).to_owned())).collect();
    }
    let (base, differences) = match dict.get::<Object<'_>>("Encoding") {
        Some(Object::Name(named)) => (Named::of(&named), None),
        Some(Object::Dict(encoding)) => {
            let base = encoding.get::<Name<'_>>("BaseEncoding").and_then(|named| Named::of(&named));
            (base, encoding.get::<Array<'_>>("Differences"))
        }
        _ => (None, None),
    };
    let true_type = dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"TrueType");
    let base = base.unwrap_or(if true_type { Named::WinAnsi } else { Named::Standard });
    let mut letters: Vec<Option<String>> = base
        .letters()
        .into_iter()
        .map(|letter| (letter != char::REPLACEMENT_CHARACTER).then(|| plain(&letter.to_string())))
        .collect();
    let mut place = 0_usize;
    for item in differences.iter().flat_map(Array::iter::<Object<'_>>).take(1_024) {
        match item {
            Object::Number(number) => place = usize::try_from(number.as_i64()).unwrap_or(usize::MAX),
            Object::Name(glyph) => {
                if let Some(letter) = letters.get_mut(place) {
                    *letter = glyph_names::letters(glyph.as_str()).map(|text| plain(&text));
                }
                place = place.saturating_add(1);
            }
            _ => {}
        }
    }
    letters
}

impl Composite {
    fn read(dict: &Dict<'_>) -> Self {
        let (encoding, is_unicode) = match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Stream(map)) => (CMap::parse(&stream::bytes(&map), |_| None).map(Box::new), false),
            Some(Object::Name(name)) => (None, name.as_str().contains("UCS2") || name.as_str().contains("UTF16")),
            _ => (None, false),
        };
        let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let widths = descendant.as_ref().and_then(|font| font.get::<Array<'_>>("W"));
        Self {
            encoding,
            is_unicode,
            widths: widths.map(|widths| stretches(&widths)).unwrap_or_default(),
            other_width: descendant.and_then(|font| font.get::<f64>("DW")).unwrap_or(1000.0),
        }
    }

    /// The first code of a string, how many bytes it has, and its glyph.
    fn code(&self, bytes: &[u8]) -> (u32, usize, u32) {
        let first = bytes.first().copied().map_or(0, u32::from);
        if let Some(cid) = self.encoding.as_ref().and_then(|map| map.lookup_cid_code(first, 1)) {
            return (first, 1, cid);
        }
        let code = first << 8 | bytes.get(1).copied().map_or(0, u32::from);
        let cid = self.encoding.as_ref().and_then(|map| map.lookup_cid_code(code, 2)).unwrap_or(code);
        (code, 2, cid)
    }

    fn width(&self, cid: u32) -> f64 {
        let after = self.widths.partition_point(|stretch| stretch.first <= cid);
        let stretch = after.checked_sub(1).and_then(|at| self.widths.get(at)).filter(|stretch| cid <= stretch.last);
        let width = stretch.and_then(|stretch| {
            let place = usize::try_from(cid - stretch.first).ok()?;
            stretch.widths.get(place).or(stretch.widths.first().filter(|_| stretch.widths.len() == 1)).copied()
        });
        width.unwrap_or(self.other_width)
    }
}

/// The array W: `first [w w w]` or `first last w` (ISO 32000-1 §9.7.4.3).
fn stretches(array: &Array<'_>) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut items = array.iter::<Object<'_>>().take(3 * MOST_STRETCHES);
    let number = |object: Option<Object<'_>>| match object {
        Some(Object::Number(number)) => u32::try_from(number.as_i64()).ok(),
        _ => None,
    };
    while let Some(first) = number(items.next()) {
        let stretch = match items.next() {
            Some(Object::Array(widths)) => {
                let widths: Vec<f64> = widths.iter::<f64>().take(MOST_STRETCHES).collect();
                let last = first.saturating_add(u32::try_from(widths.len()).unwrap_or(0)).saturating_sub(1);
                Stretch { first, last, widths }
            }
            Some(Object::Number(last)) => {
                let Some(Object::Number(width)) = items.next() else { break };
                Stretch { first, last: u32::try_from(last.as_i64()).unwrap_or(first), widths: vec![width.as_f64()] }
            }
            _ => break,
        };
        found.push(stretch);
    }
    found.sort_by_key(|stretch| stretch.first);
    found
}

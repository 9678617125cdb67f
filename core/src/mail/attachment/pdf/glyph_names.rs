//! Glyphs' names and the letters that they stand for: of the Adobe Glyph List those that Latin text uses.
//!
//! Source: <https://github.com/adobe-type-tools/agl-aglfn> (BSD-3-Clause), names of the encodings of ISO 32000-1 annex D,
//! ligatures and common marks. `encoding` looks names up.

/// Sorted by name.
#[rustfmt::skip]
const NAMES: [(&str, char); 212] = [
    ("AE", '\u{c6}'), ("Aacute", '\u{c1}'), ("Acircumflex", '\u{c2}'), ("Adieresis", '\u{c4}'), ("Agrave", '\u{c0}'),
    ("Aring", '\u{c5}'), ("Atilde", '\u{c3}'), ("Ccedilla", '\u{c7}'), ("Delta", '\u{2206}'), ("Eacute", '\u{c9}'),
    ("Ecircumflex", '\u{ca}'), ("Edieresis", '\u{cb}'), ("Egrave", '\u{c8}'), ("Eth", '\u{d0}'), ("Euro", '\u{20ac}'),
    ("H18533", '\u{25cf}'), ("H22073", '\u{25a1}'), ("Iacute", '\u{cd}'), ("Icircumflex", '\u{ce}'),
    ("Idieresis", '\u{cf}'), ("Igrave", '\u{cc}'), ("Lslash", '\u{141}'), ("Ntilde", '\u{d1}'), ("OE", '\u{152}'),
    ("Oacute", '\u{d3}'), ("Ocircumflex", '\u{d4}'), ("Odieresis", '\u{d6}'), ("Ograve", '\u{d2}'),
    ("Omega", '\u{2126}'), ("Oslash", '\u{d8}'), ("Otilde", '\u{d5}'), ("Scaron", '\u{160}'), ("Thorn", '\u{de}'),
    ("Uacute", '\u{da}'), ("Ucircumflex", '\u{db}'), ("Udieresis", '\u{dc}'), ("Ugrave", '\u{d9}'),
    ("Yacute", '\u{dd}'), ("Ydieresis", '\u{178}'), ("Zcaron", '\u{17d}'), ("a19", '\u{2713}'), ("a20", '\u{2713}'),
    ("aacute", '\u{e1}'), ("acircumflex", '\u{e2}'), ("acute", '\u{b4}'), ("adieresis", '\u{e4}'), ("ae", '\u{e6}'),
    ("agrave", '\u{e0}'), ("alpha", '\u{3b1}'), ("ampersand", '&'), ("approxequal", '\u{2248}'), ("aring", '\u{e5}'),
    ("arrowdown", '\u{2193}'), ("arrowleft", '\u{2190}'), ("arrowright", '\u{2192}'), ("arrowup", '\u{2191}'),
    ("asciicircum", '^'), ("asciitilde", '~'), ("asterisk", '*'), ("at", '@'), ("atilde", '\u{e3}'),
    ("backslash", '\\'), ("bar", '|'), ("beta", '\u{3b2}'), ("braceleft", '{'), ("braceright", '}'),
    ("bracketleft", '['), ("bracketright", ']'), ("breve", '\u{2d8}'), ("brokenbar", '\u{a6}'),
    ("bullet", '\u{2022}'), ("caron", '\u{2c7}'), ("ccedilla", '\u{e7}'), ("cedilla", '\u{b8}'), ("cent", '\u{a2}'),
    ("circle", '\u{25cb}'), ("circumflex", '\u{2c6}'), ("colon", ':'), ("comma", ','), ("copyright", '\u{a9}'),
    ("currency", '\u{a4}'), ("dagger", '\u{2020}'), ("daggerdbl", '\u{2021}'), ("degree", '\u{b0}'),
    ("delta", '\u{3b4}'), ("dieresis", '\u{a8}'), ("divide", '\u{f7}'), ("dollar", '$'), ("dotaccent", '\u{2d9}'),
    ("dotlessi", '\u{131}'), ("eacute", '\u{e9}'), ("ecircumflex", '\u{ea}'), ("edieresis", '\u{eb}'),
    ("egrave", '\u{e8}'), ("eight", '8'), ("ellipsis", '\u{2026}'), ("emdash", '\u{2014}'), ("endash", '\u{2013}'),
    ("equal", '='), ("eth", '\u{f0}'), ("exclam", '!'), ("exclamdown", '\u{a1}'), ("ff", '\u{fb00}'),
    ("ffi", '\u{fb03}'), ("ffl", '\u{fb04}'), ("fi", '\u{fb01}'), ("figuredash", '\u{2012}'),
    ("filledbox", '\u{25a0}'), ("five", '5'), ("fl", '\u{fb02}'), ("florin", '\u{192}'), ("four", '4'),
    ("fraction", '\u{2044}'), ("gamma", '\u{3b3}'), ("germandbls", '\u{df}'), ("grave", '`'), ("greater", '>'),
    ("greaterequal", '\u{2265}'), ("guillemotleft", '\u{ab}'), ("guillemotright", '\u{bb}'),
    ("guilsinglleft", '\u{2039}'), ("guilsinglright", '\u{203a}'), ("hungarumlaut", '\u{2dd}'), ("hyphen", '-'),
    ("iacute", '\u{ed}'), ("icircumflex", '\u{ee}'), ("idieresis", '\u{ef}'), ("igrave", '\u{ec}'),
    ("infinity", '\u{221e}'), ("integral", '\u{222b}'), ("lambda", '\u{3bb}'), ("less", '<'),
    ("lessequal", '\u{2264}'), ("logicalnot", '\u{ac}'), ("lozenge", '\u{25ca}'), ("lslash", '\u{142}'),
    ("macron", '\u{af}'), ("minus", '\u{2212}'), ("mu", '\u{b5}'), ("multiply", '\u{d7}'), ("nbspace", ' '),
    ("nine", '9'), ("nonbreakingspace", ' '), ("notequal", '\u{2260}'), ("ntilde", '\u{f1}'), ("numbersign", '#'),
    ("oacute", '\u{f3}'), ("ocircumflex", '\u{f4}'), ("odieresis", '\u{f6}'), ("oe", '\u{153}'),
    ("ogonek", '\u{2db}'), ("ograve", '\u{f2}'), ("one", '1'), ("onehalf", '\u{bd}'), ("onequarter", '\u{bc}'),
    ("ordfeminine", '\u{aa}'), ("ordmasculine", '\u{ba}'), ("oslash", '\u{f8}'), ("otilde", '\u{f5}'),
    ("paragraph", '\u{b6}'), ("parenleft", '('), ("parenright", ')'), ("partialdiff", '\u{2202}'), ("percent", '%'),
    ("period", '.'), ("periodcentered", '\u{b7}'), ("perthousand", '\u{2030}'), ("pi", '\u{3c0}'), ("plus", '+'),
    ("plusminus", '\u{b1}'), ("question", '?'), ("questiondown", '\u{bf}'), ("quotedbl", '"'),
    ("quotedblbase", '\u{201e}'), ("quotedblleft", '\u{201c}'), ("quotedblright", '\u{201d}'),
    ("quoteleft", '\u{2018}'), ("quotereversed", '\u{201b}'), ("quoteright", '\u{2019}'),
    ("quotesinglbase", '\u{201a}'), ("quotesingle", '\''), ("radical", '\u{221a}'), ("registered", '\u{ae}'),
    ("ring", '\u{2da}'), ("scaron", '\u{161}'), ("section", '\u{a7}'), ("semicolon", ';'), ("seven", '7'),
    ("sigma", '\u{3c3}'), ("six", '6'), ("slash", '/'), ("space", ' '), ("sterling", '\u{a3}'),
    ("summation", '\u{2211}'), ("theta", '\u{3b8}'), ("thorn", '\u{fe}'), ("three", '3'), ("threequarters", '\u{be}'),
    ("tilde", '\u{2dc}'), ("trademark", '\u{2122}'), ("triagrt", '\u{25ba}'), ("two", '2'), ("uacute", '\u{fa}'),
    ("ucircumflex", '\u{fb}'), ("udieresis", '\u{fc}'), ("ugrave", '\u{f9}'), ("underscore", '_'),
    ("yacute", '\u{fd}'), ("ydieresis", '\u{ff}'), ("yen", '\u{a5}'), ("zcaron", '\u{17e}'), ("zero", '0'),
];

/// The letter of a glyph's name, by the rules of the Adobe Glyph List: what follows a dot is a variant, names joined by
/// low lines are ligatures, `uni` and `u` begin a number. None when the name means nothing outside its font.
pub(super) fn letters(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    name.split('_').map(letter).collect()
}

fn letter(name: &str) -> Option<char> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(c);
    }
    if let Ok(found) = NAMES.binary_search_by_key(&name, |(known, _)| known) {
        return NAMES.get(found).map(|(_, letter)| *letter);
    }
    let number = |digits: &str| {
        let is_number = (4..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_number.then(|| u32::from_str_radix(digits, 16).ok()).flatten().and_then(char::from_u32)
    };
    let uni = name.strip_prefix("uni").and_then(|digits| number(digits.get(..4)?));
    uni.or_else(|| number(name.strip_prefix('u')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_letters_by_the_rules_of_the_list() {
        assert!(NAMES.is_sorted_by_key(|(name, _)| *name));
        for (name, expected) in [
            ("A", Some("A")),
            ("nine", Some("9")),
            ("hyphen", Some("-")),
            ("a.sc", Some("a")),
            ("f_i", Some("fi")),
            ("uni2013", Some("\u{2013}")),
            ("u1F600", Some("\u{1F600}")),
            ("g123", None),
            (".notdef", None),
            ("", None),
        ] {
            assert_eq!(letters(name).as_deref(), expected, "{name}");
        }
    }
}

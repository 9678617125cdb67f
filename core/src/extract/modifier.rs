//! CPT and HCPCS modifiers: which two characters are one, and where they stand.
//!
//! Any two digits can be an age, a dose or a number of minutes. So a modifier is taken only where a code, a dash or
//! the word "modifier" says so; [`super::attach`] finds the code that it belongs to, [`super::lone`] the others.

use std::sync::LazyLock;

use super::{
    ground::{Ground, blanks_only, is_dash},
    scan::Kind,
    units,
    words::Cue,
};
use crate::domain::code::Modifier;

/// CPT's modifiers that are numbers, deleted ones included. Their texts are the AMA's, the numbers are facts.
const NUMERIC: [u8; 46] = [
    20, 21, 22, 23, 24, 25, 26, 27, 29, 32, 33, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 62, 63, 66, 73, 74, 75,
    76, 77, 78, 79, 80, 81, 82, 90, 91, 92, 93, 95, 96, 97, 99, 10, 11,
];

/// HCPCS Level II modifiers (CMS, releases 2019 to October 2025), and CPT's for performance measures.
const LEVEL_TWO: &str = "1P2P3P8PA1A2A3A4A5A6A7A8A9AAABADAEAFAGAHAIAJAKAMAOAPAQARASATAUAVAWAXAYAZBABLBOBPBRBUCACBCC\
CDCECFCGCHCICJCKCLCMCNCOCPCQCRCSCTDAE1E2E3E4EAEBECEDEEEJEMEPERETEXEYF1F2F3F4F5F6F7F8F9FAFBFCFPFQFRFSFTFXFYG0G1G2G3\
G4G5G6G7G8G9GAGBGCGDGEGFGGGHGJGKGLGMGNGOGPGQGRGSGTGUGVGWGXGYGZH9HAHBHCHDHEHFHGHHHIHJHKHLHMHNHOHPHQHRHSHTHUHVHWHXHY\
HZJ1J2J3J4J5JAJBJCJDJEJFJGJKJLJWJZK0K1K2K3K4KAKBKCKDKEKFKGKHKIKJKKKLKMKNKOKPKQKRKSKTKUKVKWKXKYKZL1LCLDLLLMLRLSLTLU\
M2MAMBMCMDMEMFMGMHMSN1N2N3NBNRNUP1P2P3P4P5P6PAPBPCPDPIPLPMPNPOPSPTQ0Q1Q2Q3Q4Q5Q6Q7Q8Q9QAQBQCQDQEQFQGQHQJQKQLQMQNQP\
QQQRQSQTQWQXQYQZRARBRCRDRERIRRRTSASBSCSDSESFSGSHSJSKSLSMSNSQSSSTSUSVSWSYSZT1T2T3T4T5T6T7T8T9TATBTCTDTETFTGTHTJTKTL\
TMTNTPTQTRTSTTTUTVTWU1U2U3U4U5U6U7U8U9UAUBUCUDUEUFUGUHUJUKUNUPUQURUSV1V2V3V4V5V6V7V8V9VMVPX1X2X3X4X5XEXPXSXUZAZBZC\
SPSBPD";

/// Modifiers that are also words, states or other abbreviations: they need a dash, or the word "modifier".
const WORDLIKE: [&[u8]; 30] = [
    b"AM", b"CT", b"PA", b"PT", b"MD", b"NP", b"CC", b"ER", b"ED", b"ET", b"US", b"ST", b"ME", b"PO", b"MS", b"MA",
    b"CD", b"UA", b"FX", b"BP", b"HF", b"HA", b"RA", b"CA", b"AF", b"FB", b"UB", b"HB", b"TB", b"SC",
];

/// Modifiers that people write alone, and that mean nothing else in a text about coding.
const UNMISTAKABLE: [&[u8]; 21] = [
    b"TC", b"XE", b"XS", b"XP", b"XU", b"JW", b"JZ", b"KX", b"GY", b"GZ", b"GX", b"CQ", b"GN", b"KH", b"KJ", b"GQ",
    b"QW", b"QK", b"QX", b"QZ", b"QY",
];

/// Modifiers that are written often, and are seldom anything else beside a code.
const USUAL: &str = "RTLTGPGOGNGAGCLCLDRCF1F2F3F4F5F6F7F8F9FAT1T2T3T4T5T6T7T8T9TAE1E2E3E4GTNURRUEATEPSLGVGWAAFSFQQ5Q6Q7Q8\
Q9KIKJKSPD";

/// Modifiers between which people choose: who names two of one line side by side speaks of modifiers.
const ALTERNATIVES: [&str; 20] = [
    "24 25 57",
    "58 78 79",
    "76 77 91 59 XE XS XP XU",
    "RT LT 50",
    "26 TC PC",
    "62 66 80 81 82 AS",
    "AA AD QK QX QY QZ QS",
    "GP GO GN KX CQ CO",
    "95 GT GQ 93 FQ",
    "52 53 73 74 22",
    "33 PT",
    "GA GX GY GZ",
    "JW JZ",
    "54 55 56",
    "GC GE",
    "KX KS",
    "NU RR UE",
    "KH KI KJ",
    "LC LD LM RC RI",
    "Q7 Q8 Q9",
];

/// Words and abbreviations of everyday letters that are modifiers too.
const WORDS: [&[u8]; 33] = [
    b"AM", b"AS", b"AT", b"GO", b"HE", b"HI", b"HR", b"TV", b"PC", b"AI", b"US", b"ME", b"ED", b"ER", b"ET", b"ST",
    b"MA", b"MD", b"PA", b"PT", b"CT", b"SE", b"FT", b"MG", b"KG", b"KM", b"GM", b"GB", b"KB", b"TB", b"PM", b"SQ",
    b"UP",
];

/// Whether two digits or letters, in any case, are a common word.
pub(super) fn is_word(word: &[u8]) -> bool {
    WORDS.iter().chain(&WORDLIKE).any(|one| one.eq_ignore_ascii_case(word))
}

/// Whether nobody writes these small letters for anything else.
pub(super) fn is_written_small(word: &[u8]) -> bool {
    matches!(word, b"xe" | b"xu" | b"jw" | b"jz" | b"kx" | b"qw" | b"gx" | b"cq" | b"qk" | b"qx" | b"qz" | b"qy")
}

/// Whether people choose between these, all of one kind: "25 or 57", "PT or 33".
pub(super) fn are_alternatives(modifiers: &[Modifier]) -> bool {
    let listed = |line: &str, one: &Modifier| line.split(' ').any(|listed| listed == one.as_str());
    modifiers.len() > 1 && ALTERNATIVES.iter().any(|line| modifiers.iter().all(|one| listed(line, one)))
}

/// The modifier of an ambulance code that token `index` would be: where the journey began and ended, a letter each.
pub(super) fn of_journey(ground: &Ground<'_>, code: &str, index: usize) -> Option<Modifier> {
    let ambulance = code.len() == 5 && code.starts_with("A0") && ground.kind(index) == Some(Kind::Pair);
    let word = ground.word(index);
    let places = word.bytes().all(|byte| b"DEGHIJNPRSX".contains(&byte));
    (ambulance && places).then(|| Modifier::parse(word).ok())?
}

/// Whether the two digits are a CPT modifier.
pub(super) fn is_numeric(word: &[u8]) -> bool {
    let [tens, ones] = word else { return false };
    tens.is_ascii_digit() && ones.is_ascii_digit() && {
        let number = (tens - b'0') * 10 + (ones - b'0');
        number >= 20 && NUMERIC.contains(&number)
    }
}

/// Whether the two characters, in any case, are a modifier that is not a number.
pub(super) fn is_level_two(word: &[u8]) -> bool {
    let [first, second] = word else { return false };
    let place = place(*first).zip(place(*second));
    place.and_then(|(first, second)| LEVEL_TWO_TABLE.get(first * 36 + second)).copied().unwrap_or(false)
}

/// A bit for each pair, since every pair of letters in a mail is asked about.
static LEVEL_TWO_TABLE: LazyLock<[bool; 36 * 36]> = LazyLock::new(|| {
    let mut table = [false; 36 * 36];
    for pair in LEVEL_TWO.as_bytes().chunks_exact(2) {
        let [first, second] = pair else { continue };
        let slot = place(*first).zip(place(*second)).and_then(|(first, second)| table.get_mut(first * 36 + second));
        if let Some(slot) = slot {
            *slot = true;
        }
    }
    table
});

/// 0 to 35 for a digit or a letter in any case.
fn place(byte: u8) -> Option<usize> {
    char::from(byte).to_digit(36).and_then(|place| usize::try_from(place).ok())
}

/// Whether the two characters behind a code without a blank are a modifier: `20610RT`.
pub(super) fn is_glued(word: &[u8]) -> bool {
    let upper = word.iter().any(u8::is_ascii_uppercase) && !word.iter().any(u8::is_ascii_lowercase);
    is_level_two(word) && (upper || matches!(word, b"rt" | b"lt" | b"tc"))
}

/// `59RT`, `RT59`: two modifiers without a mark between, at least one of them letters.
pub(super) fn pair(word: &str) -> Option<[Modifier; 2]> {
    let (first, second) = word.split_at_checked(2)?;
    let fits = |two: &str| is_numeric(two.as_bytes()) || is_glued(two.as_bytes());
    let lettered = [first, second].iter().any(|two| two.bytes().all(|byte| byte.is_ascii_uppercase()));
    let both = word.len() == 4 && lettered && fits(first) && fits(second);
    both.then(|| Some([Modifier::parse(first).ok()?, Modifier::parse(second).ok()?]))?
}

/// `2595` behind a visit: two modifiers, the first of which only visits have.
pub(super) fn visit_pair(word: &str) -> Option<[Modifier; 2]> {
    let (first, second) = word.split_at_checked(2)?;
    let fits = word.len() == 4 && matches!(first, "24" | "25" | "57") && is_numeric(second.as_bytes());
    fits.then(|| Some([Modifier::parse(first).ok()?, Modifier::parse(second).ok()?]))?
}

/// The modifier that token `index` would be. The five-digit form of old claims (`09925`) is its last two digits.
pub(super) fn at(ground: &Ground<'_>, index: usize) -> Option<Modifier> {
    let kind = ground.kind(index)?;
    if !matches!(kind, Kind::Digits | Kind::Pair | Kind::Mixed | Kind::Cue(Cue::Amount(_)))
        || matches!(kind, Kind::Digits | Kind::Mixed) && !matches!(ground.span(index).len(), 2 | 5)
    {
        return None;
    }
    let word = ground.word(index);
    let fits = match kind {
        Kind::Digits if word.len() == 5 => {
            return word
                .strip_prefix("099")
                .filter(|two| is_numeric(two.as_bytes()))
                .and_then(|two| Modifier::parse(two).ok());
        }
        Kind::Digits => is_numeric(word.as_bytes()),
        // "x2" is two units; X2 needs its dash to be a modifier.
        Kind::Mixed if word.starts_with(['x', 'X']) => {
            is_level_two(word.as_bytes()) && ground.char_before(ground.span(index).start).is_some_and(is_dash)
        }
        // `HC:J3301` names what follows.
        Kind::Pair
            if ground.char_at(ground.span(index).end) == Some(':') && !is_usual(word)
                || is_denial_group(ground, index) =>
        {
            false
        }
        Kind::Pair | Kind::Mixed => is_level_two(word.as_bytes()),
        Kind::Cue(Cue::Amount(number @ 20..)) if NUMERIC.contains(&number) => {
            return Modifier::parse(&number.to_string()).ok();
        }
        _ => false,
    };
    fits.then(|| Modifier::parse(word).ok())?
}

/// Whether it is the group of a denial code (X12 code list 974), as in `45380 CO-97`; `97110-CO-59` holds modifiers.
fn is_denial_group(ground: &Ground<'_>, index: usize) -> bool {
    let span = ground.span(index);
    matches!(ground.word(index), "CO" | "PR" | "OA" | "PI" | "CR")
        && ground.char_at(span.end).is_some_and(is_dash)
        && ground.kind(index + 1) == Some(Kind::Digits)
        && !ground.char_before(span.start).is_some_and(is_dash)
}

/// Whether it is a number, which could be anything.
pub(super) fn is_number(ground: &Ground<'_>, index: usize) -> bool {
    ground.kind(index) == Some(Kind::Digits)
}

/// Whether a pair of letters could as well be a word.
pub(super) fn is_wordlike(ground: &Ground<'_>, index: usize) -> bool {
    WORDLIKE.contains(&ground.word(index).as_bytes())
}

/// Whether the pair means nothing else.
pub(super) fn is_unmistakable(ground: &Ground<'_>, index: usize) -> bool {
    UNMISTAKABLE.contains(&ground.word(index).as_bytes())
}

/// Whether a modifier that is a number goes with a code: a second surgeon (62) with surgery, an outside laboratory (90)
/// with laboratory. Where nothing but a blank or a bracket says that a number is a modifier, one that does not go with
/// its code is a count: `95004 (62)`. The parts of CPT are facts of its numbering.
pub(super) fn goes_with(code: &str, two: &str) -> bool {
    let Some(first) = code.bytes().next() else { return true };
    if first.is_ascii_alphabetic() {
        return matches!(first, b'G' | b'S' | b'T' | b'H' | b'C' | b'D' | b'M' | b'P' | b'R' | b'U' | b'V')
            || matches!(two, "59" | "76" | "77" | "91");
    }
    let Ok(number) = code.parse::<u32>() else { return true };
    let surgery = matches!(number, 10_004..=69_990 | 92_920..=93_799);
    match two {
        "24" | "25" | "57" => number >= 90_000,
        "62" | "63" | "66" | "54" | "55" | "56" => surgery,
        "80" | "81" | "82" => matches!(number, 10_004..=69_990),
        "90" | "91" | "92" => matches!(number, 80_047..=89_398 | 36_400..=36_416 | 93_000..=93_278),
        "20" | "21" | "60" | "75" | "29" => false,
        "23" | "47" => number < 70_000,
        "96" | "97" => matches!(number, 92_500..=99_607),
        "93" | "95" => number >= 90_000,
        _ => true,
    }
}

/// Whether the letters are written often as a modifier, and seldom mean anything else beside a code.
pub(super) fn is_usual(word: &str) -> bool {
    let two = word.as_bytes();
    USUAL.as_bytes().chunks_exact(2).any(|one| one == two) || UNMISTAKABLE.contains(&two)
}

/// Words that never are what a number counts.
const FUNCTION_WORDS: [&str; 20] = [
    "by", "for", "from", "if", "when", "because", "since", "but", "does", "did", "should", "would", "can", "could",
    "then", "here", "there", "even", "so", "which",
];

/// Whether nothing behind the number makes it an amount: "25", but not "25 minutes", "25%", "25.5" or "25 knees".
pub(super) fn ends_cleanly(ground: &Ground<'_>, index: usize) -> bool {
    let end = ground.span(index).end;
    let mut rest = ground.text().get(end..).unwrap_or_default().chars();
    let (next, then) = (rest.next(), rest.next());
    match next {
        Some('%' | '°' | '\'' | '$') => return false,
        Some('.' | ':' | ',' | '/' | '-') if then.is_some_and(|c| c.is_ascii_digit()) && next != Some('-') => {
            // "25,59" and "25/59" are lists of modifiers; "25/1000" and "25.5" are not.
            let listed = matches!(next, Some(',' | '/')) && ground.gap_after(index).is_some_and(|gap| gap.len() == 1);
            return listed && at(ground, index + 1).is_some();
        }
        Some(' ' | '\u{A0}') => {}
        _ => return true,
    }
    let word = ground.line_after(end, 16).trim_start();
    let word = word.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if FUNCTION_WORDS.iter().any(|one| word.eq_ignore_ascii_case(one)) {
        return true;
    }
    let touches = ground.gap_after(index).is_some_and(blanks_only);
    if touches { !is_counted(ground, index) } else { !then.is_some_and(char::is_alphabetic) }
}

/// Whether the word behind the number makes it an amount: "25 minutes", "25%".
pub(super) fn is_amount(ground: &Ground<'_>, index: usize) -> bool {
    let percent = matches!(ground.char_at(ground.span(index).end), Some('%' | '°'));
    percent || ground.gap_after(index).is_some_and(blanks_only) && is_counted(ground, index)
}

fn is_counted(ground: &Ground<'_>, index: usize) -> bool {
    // "91 qty 2"
    let counts_other = ground.cue(index + 1) == Some(Cue::Unit) && units::unit_follows(ground, index).is_none();
    !counts_other
        && matches!(
            ground.cue(index + 1),
            Some(
                Cue::Dose
                    | Cue::Duration
                    | Cue::Counted
                    | Cue::Unit
                    | Cue::Times
                    | Cue::Currency
                    | Cue::Medicine
                    | Cue::Clinical
                    | Cue::Street
            )
        )
}

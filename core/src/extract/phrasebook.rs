//! Looking words up: what a word says, and quickly that it says nothing, since every word of a mail is asked about.
//!
//! The words themselves and what they say are in [`super::words`].

use std::sync::LazyLock;

use super::words::{Cue, PHRASEBOOK};

/// The longest word in the table.
pub(super) const LONGEST: usize = 20;

/// Endings of the words for operations, examinations and diseases: "cholecystectomy", "colonoscopy", "tendinitis".
const CLINICAL_ENDINGS: [&[u8]; 16] = [
    b"ectomy",
    b"otomy",
    b"ostomy",
    b"oscopy",
    b"plasty",
    b"graphy",
    b"centesis",
    b"desis",
    b"pexy",
    b"tripsy",
    b"itis",
    b"osis",
    b"emia",
    b"ograms",
    b"ogram",
    b"algia",
];

/// The table by hash. A word is looked up once for every word of a mail, so this is plainer than a `HashMap`: an open
/// table of a power of two, at most a third full, and in front of it the lengths that occur for each first two letters.
struct Phrasebook {
    slots: Vec<Option<(&'static [u8], Cue)>>,
    lengths: [u32; 26 * 32],
    /// The words of up to three letters, by their letters: half of all that is said.
    short: Vec<Option<Cue>>,
}

/// Slots of the table.
const SLOTS: usize = 4096;

static TABLE: LazyLock<Phrasebook> = LazyLock::new(|| {
    let mut book = Phrasebook { slots: vec![None; SLOTS], lengths: [0; 26 * 32], short: vec![None; 32 * 32 * 32] };
    for &(cue, words) in PHRASEBOOK {
        for word in words.split_whitespace().map(str::as_bytes) {
            // The first line of the table that names a word decides.
            let slot = book.slot(word);
            if let Some(slot) = book.slots.get_mut(slot).filter(|slot| slot.is_none()) {
                *slot = Some((word, cue));
            }
            if let Some(said) = short_place(word).and_then(|place| book.short.get_mut(place)) {
                *said = said.or(Some(cue));
            }
            if let Some(lengths) = beginning(word).and_then(|place| book.lengths.get_mut(place)) {
                *lengths |= 1 << word.len().min(31);
            }
        }
    }
    book
});

impl Phrasebook {
    /// Where a word in lower case stands, or would stand. The table is never full, so the search ends.
    fn slot(&self, word: &[u8]) -> usize {
        // FNV-1a
        let hash = word.iter().fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
        let first = usize::try_from(hash ^ (hash >> 15)).unwrap_or(0);
        let slots = (0..SLOTS).map(|step| (first + step) % SLOTS);
        let mut free =
            slots.filter(|at| self.slots.get(*at).is_none_or(|slot| slot.is_none_or(|(one, _)| one == word)));
        free.next().unwrap_or(0)
    }

    /// Whether some word begins with these two letters and is as long.
    fn may_list(&self, word: &[u8]) -> bool {
        let lengths = beginning(word).and_then(|place| self.lengths.get(place));
        word.len() <= LONGEST && lengths.is_some_and(|lengths| lengths >> word.len() & 1 == 1)
    }
}

/// Whether a word of letters may be in the table, end like one for an operation or a disease, or be the tens of a
/// number: what this denies says nothing.
pub(super) fn may_say(word: &[u8]) -> bool {
    TABLE.may_list(word) || may_be_clinical(word) || word.len() >= 5 && matches!(word, [.., b't' | b'T', b'y' | b'Y'])
}

/// Whether one to three letters are nothing that the scanner makes more of: a pair of letters, the "e" of "E/M", "icd".
pub(super) fn is_plain_short(word: &[u8]) -> bool {
    match word {
        [one] => !one.eq_ignore_ascii_case(&b'e'),
        [_, _] => false,
        _ => !word.eq_ignore_ascii_case(b"icd"),
    }
}

/// Whether the last letters are those of some [`CLINICAL_ENDINGS`].
fn may_be_clinical(word: &[u8]) -> bool {
    if word.len() < 7 {
        return false;
    }
    let [.., one, two, last] = word else { return false };
    matches!(
        (one | 0x20, two | 0x20, last | 0x20),
        (b'o', b'm', b'y')
            | (b'o', b'p', b'y')
            | (b's', b't', b'y')
            | (b'p', b'h', b'y')
            | (b's', b'i', b's')
            | (b'e', b'x', b'y')
            | (b'p', b's', b'y')
            | (b't', b'i', b's')
            | (b'm', b'i', b'a')
            | (b'r', b'a', b'm')
            | (b'a', b'm', b's')
            | (b'g', b'i', b'a')
    )
}

/// What `word` says, in any case.
pub(super) fn cue(word: &[u8]) -> Option<Cue> {
    let table = &*TABLE;
    if word.len() <= 3 {
        return short_place(word).and_then(|place| table.short.get(place).copied().flatten());
    }
    let listed = table.may_list(word);
    let clinical = may_be_clinical(word);
    if !listed && !clinical {
        return None;
    }
    let mut lower = [0_u8; 24];
    for (to, from) in lower.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    let lower = lower.get(..word.len())?;
    let found = if listed { table.slots.get(table.slot(lower)).copied().flatten() } else { None };
    let ends = || CLINICAL_ENDINGS.iter().any(|ending| lower.ends_with(ending)).then_some(Cue::Clinical);
    found.map(|(_, cue)| cue).or_else(|| if clinical { ends() } else { None })
}

/// The place of a word of one to three letters, in any case; none when it is anything else.
fn short_place(word: &[u8]) -> Option<usize> {
    let letters = matches!(word.len(), 1..=3) && word.iter().all(u8::is_ascii_alphabetic);
    letters.then(|| word.iter().fold(0, |place, byte| 32 * place + usize::from(byte & 31)))
}

/// The place of a word's first two letters, in any case; a digit or nothing counts as a letter too.
fn beginning(word: &[u8]) -> Option<usize> {
    let first = first_letter(word)?;
    let second = word.get(1).map_or(0, |byte| usize::from(byte & 31));
    Some(32 * first + second)
}

fn first_letter(word: &[u8]) -> Option<usize> {
    let first = word.first()?.to_ascii_lowercase();
    first.is_ascii_lowercase().then(|| usize::from(first - b'a'))
}

/// The number that a word for tens is: 20 to 90.
pub(super) fn tens(word: &[u8]) -> Option<u8> {
    const TENS: [&[u8]; 8] = [b"twenty", b"thirty", b"forty", b"fifty", b"sixty", b"seventy", b"eighty", b"ninety"];
    let place = if word.len() < 5 { None } else { TENS.iter().position(|tens| tens.eq_ignore_ascii_case(word)) }?;
    u8::try_from(20 + 10 * place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::CodeSystem;

    #[test]
    fn a_word_is_found_in_any_case() {
        assert_eq!(cue(b"CPT"), Some(Cue::System(CodeSystem::Cpt)));
        assert_eq!(cue(b"Modifier"), Some(Cue::Modifier));
        assert_eq!(cue(b"zipcode"), Some(Cue::Zip));
        assert_eq!(cue(b"Cholecystectomy"), Some(Cue::Clinical));
        assert_eq!(cue(b"umbrella"), None);
        assert_eq!(cue(b""), None);
    }

    #[test]
    fn no_word_is_longer_than_the_buffer() {
        for (_, words) in PHRASEBOOK {
            for word in words.split_whitespace() {
                assert!(word.len() <= LONGEST, "{word}");
                assert!(cue(word.as_bytes()).is_some(), "{word}");
            }
        }
    }
}

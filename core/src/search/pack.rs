//! Lexicon and targets as bytes, for the folder of an index. Numbers are written in as few bytes as they need, and the
//! whole is deflated. Bytes that this version did not write are refused, never guessed at: an index is made again.

use std::io::{Read as _, Write as _};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use jiff::civil::Date;

use super::{
    lexicon::Lexicon,
    span::Days,
    target::{Target, Targets},
};
use crate::domain::code::{Code, CodeSystem};

/// What the bytes start with, inside. Another shape gets another number.
const SHAPE: u64 = 1;
/// The most that the bytes may come to.
const MOST: u64 = 256 << 20;

/// Bytes that are no index of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the search index was written by another version, or is damaged: it has to be made again")]
pub struct Unreadable;

/// The bytes of both.
#[must_use]
pub fn packed(lexicon: &Lexicon, targets: &Targets) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, SHAPE);
    number(&mut out, u64::from(lexicon.all_families()));
    number(&mut out, lexicon.words().count() as u64);
    for (at, word) in lexicon.words() {
        text(&mut out, word);
        number(&mut out, u64::from(lexicon.families_of(at)));
    }
    number(&mut out, targets.all().len() as u64);
    for target in targets.all() {
        let system = CodeSystem::ALL.iter().position(|system| *system == target.system).unwrap_or(0);
        number(&mut out, system as u64);
        text(&mut out, target.code.as_str());
        number(&mut out, target.words.len() as u64);
        let mut last = 0;
        for word in &target.words {
            number(&mut out, u64::from(word.saturating_sub(last)));
            last = *word;
        }
        number(&mut out, target.days.len() as u64);
        for days in &target.days {
            number(&mut out, day_number(days.from));
            number(&mut out, days.to.map_or(0, day_number));
            number(&mut out, u64::from(days.billable));
        }
    }
    let mut deflate = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Writing into memory cannot fail; were it to, the bytes would be refused when read.
    let _ = deflate.write_all(&out);
    deflate.finish().unwrap_or_default()
}

/// Both, from these bytes.
///
/// # Errors
/// [`Unreadable`].
pub fn unpacked(bytes: &[u8]) -> Result<(Lexicon, Targets), Unreadable> {
    let mut plain = Vec::new();
    ZlibDecoder::new(bytes).take(MOST).read_to_end(&mut plain).map_err(|_| Unreadable)?;
    read(&mut plain.as_slice()).ok_or(Unreadable)
}

fn read(from: &mut &[u8]) -> Option<(Lexicon, Targets)> {
    if take_number(from)? != SHAPE {
        return None;
    }
    let all_families = small(from)?;
    let mut words = Vec::new();
    let mut families = Vec::new();
    for _ in 0..take_number(from)? {
        words.push(take_text(from)?);
        families.push(small(from)?);
    }
    let mut targets = Vec::new();
    for _ in 0..take_number(from)? {
        let system = *CodeSystem::ALL.get(usize::try_from(take_number(from)?).ok()?)?;
        let code = Code::normal(system, &take_text(from)?);
        let mut last = 0_u32;
        let mut of_title = Vec::new();
        for _ in 0..take_number(from)? {
            last = last.checked_add(small(from)?)?;
            of_title.push(last);
        }
        let mut days = Vec::new();
        for _ in 0..take_number(from)? {
            let first = day(take_number(from)?)?;
            let to = match take_number(from)? {
                0 => None,
                to => Some(day(to)?),
            };
            days.push(Days { from: first, to, billable: take_number(from)? == 1 });
        }
        targets.push(Target { system, code, words: of_title, days });
    }
    from.is_empty().then(|| (Lexicon::new(words, families, all_families), Targets::new(targets)))
}

fn number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        #[expect(clippy::cast_possible_truncation, reason = "the low seven bits are meant")]
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 128")]
    out.push(number as u8);
}

fn take_number(from: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = from.split_first()?;
        *from = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn small(from: &mut &[u8]) -> Option<u32> {
    u32::try_from(take_number(from)?).ok()
}

fn text(out: &mut Vec<u8>, text: &str) {
    number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

fn take_text(from: &mut &[u8]) -> Option<String> {
    let length = usize::try_from(take_number(from)?).ok()?;
    let (text, rest) = from.split_at_checked(length)?;
    *from = rest;
    String::from_utf8(text.to_vec()).ok()
}

/// A day as the number that people write: 20251001.
fn day_number(day: Date) -> u64 {
    let part = |value: i32| u64::try_from(value).unwrap_or(0);
    part(i32::from(day.year())) * 10_000 + part(i32::from(day.month())) * 100 + part(i32::from(day.day()))
}

fn day(number: u64) -> Option<Date> {
    let part = |value: u64| i16::try_from(value).ok();
    let (month, day) = (i8::try_from(number / 100 % 100).ok()?, i8::try_from(number % 100).ok()?);
    Date::new(part(number / 10_000)?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::search::lexicon::Counting;

    fn both() -> (Lexicon, Targets) {
        let mut counting = Counting::default();
        counting.count(0, "knee");
        counting.count(1, "äb");
        let target = Target {
            system: CodeSystem::Icd10Cm,
            code: Code::normal(CodeSystem::Icd10Cm, "M2356"),
            words: vec![0, 1],
            days: vec![
                Days { from: date(2024, 10, 1), to: Some(date(2025, 9, 30)), billable: true },
                Days { from: date(2025, 10, 1), to: None, billable: false },
            ],
        };
        (counting.finish().0, Targets::new(vec![target]))
    }

    #[test]
    fn what_was_packed_comes_back() {
        let (lexicon, targets) = both();
        assert_eq!(unpacked(&packed(&lexicon, &targets)), Ok((lexicon, targets)));
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let (lexicon, targets) = both();
        let bytes = packed(&lexicon, &targets);
        for cut in 0..bytes.len() {
            assert_eq!(unpacked(&bytes[..cut]), Err(Unreadable), "cut at {cut}");
        }
        assert_eq!(unpacked(b"something else"), Err(Unreadable));
    }
}

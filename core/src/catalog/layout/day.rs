//! Days as the published tables write them. Used by the table readers.

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};

/// A day in a text cell: `YYYYMMDD`, `YYYY-MM-DD` with or without a time, `MM/DD/YYYY`. Nothing, zeros and `N/A`
/// are no day. The outer option is none when it is anything else.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Option<Date>> {
    match bytes {
        [] | b"N/A" => return Some(None),
        _ if bytes.iter().all(|byte| *byte == b'0') => return Some(None),
        _ => {}
    }
    if let ([y, md], []) = bytes.as_chunks::<4>()
        && let ([m, d], []) = md.as_chunks::<2>()
        && !bytes.contains(&b'/')
    {
        return day(y, m, d).map(Some);
    }
    let mut parts = bytes.splitn(3, |byte| matches!(byte, b'/' | b'-'));
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if bytes.contains(&b'/') {
        return day(third.get(..4)?, first, second).filter(|_| ends(third, 4)).map(Some);
    }
    day(first, second, third.get(..2)?).filter(|_| ends(third, 2)).map(Some)
}

/// A day in a number cell: `YYYYMMDD`, or the serial number of a spreadsheet program, which counts days from
/// 1899-12-30; five digits reach from 1927 to 2173. The time of day is passed over.
#[must_use]
pub fn in_sheet(bytes: &[u8]) -> Option<Option<Date>> {
    let whole = bytes.split(|byte| *byte == b'.').next().unwrap_or_default();
    match whole.len() {
        5 => {
            let serial = i32::try_from(number(whole)?).ok()?;
            Some(Some(date(1899, 12, 30).saturating_add(serial.days())))
        }
        _ => read(whole),
    }
}

/// An ordinal day, `YYYYDDD`: `2026091` is 1 April 2026. None when it is not one.
#[must_use]
pub fn ordinal(bytes: &[u8]) -> Option<Option<Date>> {
    if bytes.iter().all(|byte| *byte == b'0') {
        return Some(None);
    }
    let (year, nth) = bytes.split_at_checked(4).filter(|_| bytes.len() == 7)?;
    let first = Date::new(i16::try_from(number(year)?).ok()?, 1, 1).ok()?;
    let nth = i16::try_from(number(nth)?).ok()?;
    if !(1..=first.days_in_year()).contains(&nth) {
        return None;
    }
    Some(Some(first.saturating_add(i32::from(nth - 1).days())))
}

/// Whether nothing but a time follows the day.
fn ends(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'T'))
}

fn day(year: &[u8], month: &[u8], day: &[u8]) -> Option<Date> {
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let small = |bytes| number(bytes).and_then(|number| i8::try_from(number).ok());
    Date::new(i16::try_from(number(year)?).ok()?, small(month)?, small(day)?).ok()
}

/// Digits alone, at most nine.
#[must_use]
pub fn number(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() || bytes.len() > 9 {
        return None;
    }
    bytes.iter().try_fold(0, |number: u32, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_gives_the_day() {
        let day = Some(Some(date(2024, 3, 9)));
        for text in ["20240309", "2024-03-09", "2024-03-09T00:00:00", "03/09/2024", "3/9/2024", "3/9/2024 12:00:00 AM"]
        {
            assert_eq!(read(text.as_bytes()), day, "{text}");
        }
        for text in ["20240309", "45360", "45360.5"] {
            assert_eq!(in_sheet(text.as_bytes()), day, "{text}");
        }
        assert_eq!(ordinal(b"2024069"), day);
    }

    #[test]
    fn nothing_is_no_day_and_nonsense_is_an_error() {
        for text in ["", "00000000", "N/A"] {
            assert_eq!(read(text.as_bytes()), Some(None), "{text}");
        }
        for text in ["20240231", "2024", "31/03/2024", "2024-03", "soon", "2024033", "3/9/20245", "45360", "*", "NaN"] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
        for text in ["2023366", "2024000", "20240309", "202406", "20240x9", "abcdefg"] {
            assert_eq!(ordinal(text.as_bytes()), None, "{text}");
        }
        assert_eq!(
            (ordinal(b"2024366"), ordinal(b""), ordinal(b"0000000")),
            (Some(Some(date(2024, 12, 31))), Some(None), Some(None))
        );
        assert_eq!(number(b"1234567890"), None);
    }
}

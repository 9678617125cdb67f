//! CSV and its kin (RFC 4180, loosely): commas, semicolons, tabs or bars, whichever the first lines hold most of.
//!
//! Becomes lines of cells with tabs between them, so that a comma in a quoted cell moves no column. A text in which no
//! delimiter is found stays as it is. `parts` calls it for attached tables, `read` for packed ones.

use csv::{ReaderBuilder, StringRecord};

use super::{
    bounds::MOST_TEXT,
    rows::{Rows, cell},
};

const DELIMITERS: [u8; 4] = [b'\t', b';', b',', b'|'];
/// Lines that are looked at for the delimiter.
const LOOKED_AT: usize = 20;

/// The table as lines of cells.
#[must_use]
pub(in crate::mail) fn lines(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (named, text) = named_delimiter(text);
    let Some(delimiter) = named.or_else(|| delimiter(text)) else { return text.to_owned() };
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Rows::default();
    let mut record = StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        rows.push(record.iter().map(cell).collect());
        if rows.bytes() > MOST_TEXT {
            break;
        }
    }
    rows.lines().0
}

/// Excel's own first line, `sep=;`.
fn named_delimiter(text: &str) -> (Option<u8>, &str) {
    let line = text.split_inclusive('\n').next().unwrap_or("");
    match line.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) if delimiter.is_ascii() => (Some(*delimiter), text.get(line.len()..).unwrap_or("")),
        _ => (None, text),
    }
}

/// The delimiter that the most of the first lines hold, outside quotes; of two the one that comes more often.
fn delimiter(text: &str) -> Option<u8> {
    let count = |delimiter: u8| {
        let mut quoted = false;
        let (mut lines, mut all) = (0, 0);
        for line in text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT) {
            let mut here = 0;
            for byte in line.bytes() {
                quoted ^= byte == b'"';
                here += usize::from(!quoted && byte == delimiter);
            }
            (lines, all) = (lines + usize::from(here > 0), all + here);
        }
        (lines, all)
    };
    let best = DELIMITERS.into_iter().max_by_key(|delimiter| count(*delimiter))?;
    (count(best).0 > 0).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_become_lines_of_cells() {
        for (text, expected) in [
            ("CPT,Units\r\n99213,1\r\n", "CPT\tUnits\n99213\t1\n"),
            ("\u{feff}CPT;Mod\n20610;\"RT;LT\"\n", "CPT\tMod\n20610\tRT;LT\n"),
            ("CPT\tMod\n20610\tRT, LT\n", "CPT\tMod\n20610\tRT, LT\n"),
            ("a,\"two\nlines\",99213\n", "a\ttwo lines\t99213\n"),
            ("sep=|\nCPT|Units\n99213|1", "CPT\tUnits\n99213\t1\n"),
            ("a,b\n\nCPT,DX\n99213,E11.9", "a\tb\nCPT\tDX\n99213\tE11.9\n"),
            ("only 99213\n", "only 99213\n"),
            ("broken,\"quote\n99213", "broken\tquote 99213\n"),
            ("", ""),
        ] {
            assert_eq!(lines(text), expected, "{text}");
        }
    }
}

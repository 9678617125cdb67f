//! Tables in a text: lines of cells under a line of names. The name of a column says what its numbers are: `0450`
//! under "REV" is a revenue code, `2` under "UNITS" a number of units.
//!
//! Called once for a text, before any word is judged. It reads the line of names that [`super::words`] make one, and
//! goes on while the lines have as many cells. It never guesses a column without a name.

use super::{
    phrasebook,
    scan::{Kind, Token},
    words::Cue,
};
use crate::domain::{code::CodeSystem, span::Span};

/// What a column holds, as its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// "CPT", "HCPCS", "procedure".
    Procedure,
    /// "code": of whatever.
    Code,
    /// "DX", "ICD-10".
    Diagnosis,
    /// "MOD".
    Modifier,
    /// "UNITS", "QTY".
    Units,
    /// "REV".
    Revenue,
    /// "DRG".
    Drg,
    /// "DOS", "service date".
    Service,
    /// Any other name: what is in it belongs to no code.
    Other,
}

/// One cell below a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) span: Span,
    pub(super) column: Column,
    /// Which row of the text it is in, counted over all tables.
    pub(super) row: usize,
}

/// A table has at least that many cells in a line, and at most that many are read.
const FEWEST: usize = 2;
const MOST: usize = 40;
/// A name is no longer, in bytes.
const LONGEST_NAME: usize = 24;

/// A line of names is no longer, in bytes.
const LONGEST_LINE: usize = MOST * (LONGEST_NAME + 2);

/// What parts the cells of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parted {
    /// One of these each time, so that an empty cell counts.
    By(char),
    /// Two blanks or more: an empty cell cannot be seen, so a cell belongs to the name that it stands under.
    ByBlanks,
    /// One blank: only under a line that is names and little else, and only as many words as there are names.
    ByWords,
}

/// What parts cells, the surest first.
const PARTED: [Parted; 6] =
    [Parted::By('\t'), Parted::By('|'), Parted::By(';'), Parted::By(','), Parted::ByBlanks, Parted::ByWords];

/// All cells under a name, sorted by where they stand.
pub(super) fn cells(text: &str, tokens: &[Token]) -> Vec<Cell> {
    let mut found = Vec::new();
    let mut row = 0;
    let mut done = 0;
    for (index, token) in tokens.iter().enumerate() {
        if token.span.start < done || !is_name(text, token) {
            continue;
        }
        let line = line_at(text, token.span.start);
        done = line.end;
        let named = tokens.iter().skip(index + 1).take_while(|token| token.span.start < line.end);
        if line.len() > LONGEST_LINE || !named.into_iter().any(|token| is_name(text, token)) {
            continue;
        }
        let Some((parted, names)) = names(text, line, tokens, index) else { continue };
        let head = line.start;
        let mut at = below_rule(text, line.end + 1);
        while at < text.len() {
            let line = line_at(text, at);
            let cells = split(text, line, parted);
            let fits = match parted {
                Parted::By(_) => names.len().saturating_sub(1)..=names.len() + 1,
                Parted::ByBlanks => FEWEST..=names.len() + 1,
                Parted::ByWords => names.len()..=names.len(),
            };
            if !fits.contains(&cells.len()) {
                break;
            }
            row += 1;
            for (place, span) in cells.iter().enumerate() {
                let name = match parted {
                    Parted::By(_) | Parted::ByWords => names.get(place),
                    Parted::ByBlanks => above(&names, head, line.start, *span),
                };
                let column = name.map_or(Column::Other, |name| name.column.unwrap_or(Column::Other));
                found.push(Cell { span: *span, column, row });
            }
            at = line.end + 1;
        }
        done = done.max(at);
    }
    found
}

/// Whether a word names a column: "units", "mod1".
fn is_name(text: &str, token: &Token) -> bool {
    let numbered = |word: &str| word.len() == 4 && word.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("mod"));
    column(token.kind).is_some() || token.kind == Kind::Mixed && numbered(token.span.of(text))
}

/// Where the first row begins: behind an empty line or one drawn of dashes.
fn below_rule(text: &str, at: usize) -> usize {
    let line = line_at(text, at.min(text.len()));
    let drawn =
        line.of(text).bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'-' | b'=' | b'_' | b'+' | b'|'));
    if drawn && line.end < text.len() { line.end + 1 } else { at }
}

/// The cell that holds the byte at `at`.
pub(super) fn at(cells: &[Cell], at: usize) -> Option<Cell> {
    let after = cells.partition_point(|cell| cell.span.start <= at);
    cells.get(after.checked_sub(1)?).copied().filter(|cell| at < cell.span.end)
}

/// The cells of that column in the row of `cell`: a table may have several columns of modifiers.
pub(super) fn beside(cells: &[Cell], cell: Cell, column: Column) -> impl Iterator<Item = Cell> {
    let first = cells.partition_point(|one| one.row < cell.row);
    let row = cells.get(first..).unwrap_or_default().iter().take_while(move |one| one.row == cell.row);
    row.filter(move |one| one.column == column).copied()
}

/// The name of a column, and where it stands.
struct Name {
    span: Span,
    column: Option<Column>,
}

/// The name that a cell stands under: the one whose middle is nearest to its own.
fn above(names: &[Name], head: usize, line: usize, cell: Span) -> Option<&Name> {
    let middle = |span: Span, start: usize| (span.start + span.end).saturating_sub(2 * start);
    names.iter().min_by_key(|name| middle(name.span, head).abs_diff(middle(cell, line)))
}

/// The columns that a line names, when it is a line of names: two of them at least, and no cell with more to say.
fn names(text: &str, line: Span, tokens: &[Token], first: usize) -> Option<(Parted, Vec<Name>)> {
    let parted = PARTED.into_iter().find(|parted| split(text, line, *parted).len() >= FEWEST)?;
    let cells = split(text, line, parted);
    let tokens = tokens.get(first..)?;
    let mut rest = tokens.iter().take_while(|token| token.span.start < line.end).peekable();
    let mut names = Vec::with_capacity(cells.len());
    for cell in cells {
        if cell.len() > LONGEST_NAME {
            return None;
        }
        // "M1", "MOD 2"
        let word = cell.of(text).trim_matches([' ', '"']);
        let numbered = |word: &str| matches!(word, "M1" | "M2" | "M3" | "M4" | "m1" | "m2" | "m3" | "m4");
        let of_modifiers = !word.is_empty() && word.split(' ').all(numbered)
            || word.len() <= 5 && word.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("mod"));
        let mut name = None;
        while let Some(token) = rest.next_if(|token| token.span.start < cell.end) {
            // A number in it makes it a line like the others; the "10" of "ICD 10" is part of the name.
            if matches!(token.kind, Kind::Digits | Kind::Mixed) && token.span.len() > 2 && !of_modifiers {
                return None;
            }
            // "HCPCS/MOD": the modifier stands behind its code.
            name = name.or(column(token.kind));
        }
        // "proc_code", "U", "NOS": names that are no words elsewhere.
        let name = name.or_else(|| named(word));
        let of_service = ["dos", "date of service", "service date", "svc date", "dos from", "from dos", "from date"];
        let column = if of_modifiers {
            Some(Column::Modifier)
        } else if of_service.iter().any(|name| word.eq_ignore_ascii_case(name)) {
            Some(Column::Service)
        } else {
            name
        };
        names.push(Name { span: cell, column });
    }
    let named = names.iter().filter(|name| name.column.is_some()).count();
    let enough = match parted {
        Parted::ByWords if names.len() == 2 => named == 2,
        Parted::ByWords => named >= 3 && 2 * named > names.len(),
        _ => named >= 2,
    };
    enough.then_some((parted, names))
}

/// What the parts of a name say that the scanner keeps nothing of.
fn named(name: &str) -> Option<Column> {
    let mut parts = name.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty());
    if matches!(name, "NOS" | "U" | "Un" | "UN" | "nos") {
        return Some(Column::Units);
    }
    if !name.contains('_') {
        return None;
    }
    parts.find_map(|part| column(Kind::Cue(phrasebook::cue(part.as_bytes())?)))
}

fn column(kind: Kind) -> Option<Column> {
    match kind {
        Kind::Cue(Cue::System(CodeSystem::Cpt | CodeSystem::Hcpcs) | Cue::Procedure) => Some(Column::Procedure),
        Kind::Cue(Cue::Code) => Some(Column::Code),
        Kind::Cue(Cue::System(CodeSystem::Icd10Cm | CodeSystem::Icd9Cm) | Cue::Diagnosis) => Some(Column::Diagnosis),
        Kind::Cue(Cue::System(CodeSystem::MsDrg)) => Some(Column::Drg),
        Kind::Cue(Cue::Modifier) => Some(Column::Modifier),
        Kind::Cue(Cue::Unit) => Some(Column::Units),
        Kind::Cue(Cue::Revenue) => Some(Column::Revenue),
        _ => None,
    }
}

fn line_at(text: &str, at: usize) -> Span {
    let bytes = text.as_bytes();
    let start = bytes.get(..at).and_then(|before| memchr::memrchr(b'\n', before)).map_or(0, |end| end + 1);
    let end = bytes.get(at..).and_then(|after| memchr::memchr(b'\n', after)).map_or(text.len(), |end| at + end);
    Span::new(start, end)
}

/// The cells of a line; the marks around a whole line part nothing.
fn split(text: &str, line: Span, parted: Parted) -> Vec<Span> {
    let mark = match parted {
        Parted::By(mark) => mark,
        Parted::ByBlanks => return split_at_blanks(text, line, "  "),
        Parted::ByWords => return split_at_blanks(text, line, " "),
    };
    let mut cells = Vec::new();
    let mut start = line.start;
    // A mark between quotes parts nothing: `"GP, 59",2`.
    let mut quoted = false;
    let parts = |c: char| {
        quoted ^= c == '"';
        c == mark && !quoted
    };
    for piece in line.of(text).split(parts).take(MOST) {
        cells.push(Span::new(start, start + piece.len()));
        start += piece.len() + mark.len_utf8();
    }
    if mark == '|' {
        let blank = |span: Option<&Span>| span.is_some_and(|span| span.of(text).trim().is_empty());
        if blank(cells.last()) {
            cells.pop();
        }
        if blank(cells.first()) {
            cells.remove(0);
        }
    }
    cells
}

fn split_at_blanks(text: &str, line: Span, blank: &str) -> Vec<Span> {
    let mut cells = Vec::new();
    let mut start = line.start;
    for piece in line.of(text).split(blank).take(MOST) {
        let trimmed = piece.trim_start();
        let from = start + piece.len() - trimmed.len();
        if !trimmed.is_empty() {
            cells.push(Span::new(from, from + trimmed.trim_end().len()));
        }
        start += piece.len() + blank.len();
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::scan;

    /// The cells of a text with their columns.
    fn shown(text: &str) -> Vec<(&str, Column)> {
        let cells = cells(text, &scan::tokens(text));
        let named = cells.iter().filter(|cell| cell.column != Column::Other);
        named.map(|cell| (cell.span.of(text).trim(), cell.column)).collect()
    }

    #[test]
    fn cells_are_named_by_the_line_above() {
        let expected = [("99213", Column::Procedure), ("25", Column::Modifier), ("1", Column::Units)];
        for text in [
            "CPT\tMOD\tPOS\tUNITS\n99213\t25\t11\t1",
            "cpt,mod,pos,qty\n99213,25,11,1\nThat is all",
            "CPT MOD POS UNITS\n99213 25 11 1",
            "CPT    MOD  POS  UNITS\n99213  25   11   1",
            "| CPT | Mod | POS | Units |\n|---|---|---|---|\n| 99213 | 25 | 11 | 1 |",
        ] {
            let rows: Vec<_> = shown(text).into_iter().filter(|(cell, _)| !cell.starts_with('-')).collect();
            assert_eq!(rows, expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_is_no_line_of_names() {
        for text in [
            "The modifier, the CPT code and the units are wrong, I think, on this claim\n99213, 25, 1, 4",
            "CPT 99213, mod 25\n20610, RT",
            "units\n99213\t25",
        ] {
            assert_eq!(shown(text), [], "{text}");
        }
    }
}

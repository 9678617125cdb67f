//! The addenda of the ICD-10 files: what a release changed against the one before.
//!
//! CMS and CDC publish one beside each codes file (`icd10cm_codes_addenda_2026.txt`) and each order file
//! (`icd10cm_order_addenda_2026.txt`; for ICD-10-PCS `order_addenda_2026.txt`). Columns, from 1:
//!
//! | columns | codes form | order form, ICD-10-CM | order form, ICD-10-PCS |
//! |---|---|---|---|
//! | 1-12 | `Add:`, `Delete:`, `Revise from:`, `Revise to:` | the same | the same |
//! | 14 | code (14-20) | `0` header, `1` valid on a claim | code (14-20) |
//! | 16-22 | | code | |
//! | 22- | long title | | short title (22-81) |
//! | 24-83, 85- | | short title, long title | |
//! | 83- | | | long title |
//!
//! A code that becomes a header is deleted as `1` and added as `0`. Below the changes stands a count of them; a
//! release without changes consists of that alone (`April 2026`), and is as good as any other.

use std::{
    io::{self, BufRead},
    ops::ControlFlow,
};

use serde::{Deserialize, Serialize};

use super::{
    icd10_code::has_shape,
    lines::{Line, Lines},
    rejected::{Reason, Rejected},
};
use crate::domain::code::{Code, CodeSystem};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// What was done.
    pub action: Action,
    /// The code in normal form.
    pub code: Code,
    /// Whether the code is valid on a claim. The codes form has such codes only, and ICD-10-PCS tells by the length.
    pub billable: bool,
    /// The short title; empty in the codes form.
    pub short_title: String,
    /// The long title.
    pub title: String,
}

/// What was done to a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Action {
    /// It is new in this form.
    Add,
    /// It is no more in this form.
    Delete,
    /// Its titles were these …
    ReviseFrom,
    /// … and are now these.
    ReviseTo,
}

impl Action {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Add, "Add:"),
        (Self::Delete, "Delete:"),
        (Self::ReviseFrom, "Revise from:"),
        (Self::ReviseTo, "Revise to:"),
    ];

    fn read(columns: &[u8]) -> Option<Self> {
        let text = columns.trim_ascii_end();
        Self::ALL.into_iter().find(|(_, word)| word.as_bytes() == text).map(|(action, _)| action)
    }
}

/// Hands every change to `take`, as a row or as refused, until it breaks off. `system` is [`CodeSystem::Icd10Cm`] or
/// [`CodeSystem::Icd10Pcs`]. The answer is whether the file has the count that stands below the changes: without it
/// the file was cut, or is none.
///
/// # Errors
/// What the reader says.
pub fn read<R: BufRead>(
    system: CodeSystem,
    reader: R,
    take: &mut dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()>,
) -> io::Result<bool> {
    let mut lines = Lines::new(reader);
    let mut counted = false;
    while let Some(line) = lines.advance()? {
        counted |= is_count(line);
        if line.is_blank() || counted {
            continue;
        }
        let row = row(system, line).map_err(|reason| Rejected { line: line.number, reason });
        if take(row).is_break() {
            break;
        }
    }
    Ok(counted)
}

/// The first words below the changes.
pub(in crate::catalog) fn is_count(line: Line<'_>) -> bool {
    matches!(line.columns(1, 80).trim_ascii(), b"Headers" | b"Codes")
}

/// Whose change the line may be, if it is one. Procedures that start with a letter may look like diagnoses.
pub(in crate::catalog) fn system_of(line: Line<'_>) -> Option<CodeSystem> {
    [CodeSystem::Icd10Cm, CodeSystem::Icd10Pcs].into_iter().find(|system| row(*system, line).is_ok())
}

fn row(system: CodeSystem, line: Line<'_>) -> Result<Row, Reason> {
    if line.cut {
        return Err(Reason::TooLong);
    }
    let action = Action::read(line.columns(1, 12)).ok_or(Reason::NotARecord)?;
    let (bare, billable, short_title, title) = match (system, line.columns(14, 15)) {
        (CodeSystem::Icd10Cm, flag @ (b"0 " | b"1 ")) => {
            (line.columns(16, 22), flag == b"1 ", text(line.columns(24, 83))?, text(line.columns(85, usize::MAX))?)
        }
        (CodeSystem::Icd10Cm, _) => (line.columns(14, 20), true, String::new(), text(line.columns(22, usize::MAX))?),
        _ => {
            let bare = line.columns(14, 20);
            let billable = bare.trim_ascii().len() == 7;
            (bare, billable, text(line.columns(22, 81))?, text(line.columns(83, usize::MAX))?)
        }
    };
    let bare = text(bare)?;
    if !has_shape(system, &bare) {
        return Err(Reason::NotACode);
    }
    if title.is_empty() {
        return Err(Reason::NoTitle);
    }
    Ok(Row { line: line.number, action, code: Code::normal(system, &bare), billable, short_title, title })
}

fn text(columns: &[u8]) -> Result<String, Reason> {
    std::str::from_utf8(columns).map(|text| text.trim().to_owned()).map_err(|_| Reason::NotText)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(system: CodeSystem, text: &[u8]) -> (Vec<Result<Row, Rejected>>, bool) {
        let mut rows = Vec::new();
        let counted = read(system, text, &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })
        .expect("memory cannot fail");
        (rows, counted)
    }

    #[test]
    fn the_codes_form_has_long_titles_only() {
        let text = "Delete:      B880    Other grumbling\r\nAdd:         B8801   Grumbling at dawn\r\n\
            Revise from: L02212  Sigh [any]\r\nRevise to:   L02212  Sigh [any, except loud]\r\n\r\nCodes\r\n  1 additions\r\n";
        let (rows, counted) = all(CodeSystem::Icd10Cm, text.as_bytes());
        let seen: Vec<_> =
            rows.iter().flatten().map(|row| (row.line, row.action, row.code.as_str(), row.title.as_str())).collect();
        assert_eq!(
            seen,
            [
                (1, Action::Delete, "B88.0", "Other grumbling"),
                (2, Action::Add, "B88.01", "Grumbling at dawn"),
                (3, Action::ReviseFrom, "L02.212", "Sigh [any]"),
                (4, Action::ReviseTo, "L02.212", "Sigh [any, except loud]"),
            ]
        );
        assert!(counted && rows.len() == 4);
    }

    #[test]
    fn the_order_form_tells_headers_from_codes() {
        let sixty = "x".repeat(60);
        let text = format!(
            "Delete:      1 D71     {sixty} Long title\r\nAdd:         0 D71     {sixty} Long title\r\nHeaders\r\n"
        );
        let (rows, _) = all(CodeSystem::Icd10Cm, text.as_bytes());
        let seen: Vec<_> = rows.iter().flatten().map(|row| (row.action, row.billable, row.title.as_str())).collect();
        assert_eq!(seen, [(Action::Delete, true, "Long title"), (Action::Add, false, "Long title")]);
        assert!(rows.iter().flatten().all(|row| row.short_title == sixty));
        let text = format!("Add:         09XK0Z1 {sixty} Long\r\nAdd:         09X     {sixty} Head\r\nCodes\r\n");
        let (rows, _) = all(CodeSystem::Icd10Pcs, text.as_bytes());
        let seen: Vec<_> =
            rows.iter().flatten().map(|row| (row.code.as_str(), row.billable, row.title.as_str())).collect();
        assert_eq!(seen, [("09XK0Z1", true, "Long"), ("09X", false, "Head")]);
    }

    #[test]
    fn a_release_without_changes_is_one() {
        let text = "\r\nCodes\r\n  74719 codes in icd10cm_order_2026.txt\r\n      0 additions\r\n";
        assert_eq!(all(CodeSystem::Icd10Cm, text.as_bytes()), (Vec::new(), true));
        assert_eq!(all(CodeSystem::Icd10Cm, b""), (Vec::new(), false));
    }

    #[test]
    fn broken_lines_are_refused_with_their_number() {
        for (line, expected) in [
            ("Change:      B880    Other", Reason::NotARecord),
            ("Add:         99213   Not a diagnosis", Reason::NotACode),
            ("Add:         B880", Reason::NoTitle),
            ("Add:         1 B880  ", Reason::NoTitle),
            ("Add:", Reason::NotACode),
        ] {
            let (rows, _) = all(CodeSystem::Icd10Cm, format!("\r\n{line}\r\n").as_bytes());
            assert_eq!(rows, [Err(Rejected { line: 2, reason: expected })], "{line}");
        }
        let (rows, _) = all(CodeSystem::Icd10Cm, b"Add:         B880    \xE9tat\r\n");
        assert_eq!(rows, [Err(Rejected { line: 1, reason: Reason::NotText })]);
    }
}

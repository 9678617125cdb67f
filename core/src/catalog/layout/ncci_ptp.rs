//! NCCI procedure-to-procedure (PTP) edits: pairs of codes that are not paid together.
//!
//! `ccipra-v323r0-f1….txt` for practitioners and `ccioph-…` for outpatient hospitals, tab-delimited or a worksheet,
//! each in several parts. Columns (CMS, "Medicare NCCI PTP edits" file header, which may be stacked over several
//! lines below notices):
//!
//! | column | holds |
//! |---|---|
//! | Column 1, Column 2 | the code that is paid, and the one that is not |
//! | *=in existence prior to 1996 | `*` or nothing |
//! | Effective Date | `YYYYMMDD`, first day |
//! | Deletion Date *=no data | `YYYYMMDD`, last day; `*` for none |
//! | Modifier 0=not allowed 1=allowed 9=not applicable | the indicator |
//! | PTP Edit Rationale | a label out of a dozen, in changing case |
//!
//! A pair is no key: it has a row for each time that it was in force, and the reader hands out all of them. It never
//! makes an effective date up where the file has none. Setting, version and part stand in the name: [`FileName`].

use std::{
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use jiff::civil::Date;

use super::{
    ptp_rationale::{OtherRationales, Rationale, Reasons},
    rejected::{Reason, Rejected},
    table::{self, Column, TableError},
};
use crate::catalog::{
    calendar::{self, words},
    dataset::Dataset,
    procedure_code::ProcedureCode,
    setting::Setting,
};

/// One edit, for the time that it was in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line or sheet row, from 1.
    pub line: u64,
    /// The code that is paid when both are billed.
    pub column_1: ProcedureCode,
    /// The code that is denied then.
    pub column_2: ProcedureCode,
    /// In existence before 1996.
    pub before_1996: bool,
    /// First day; none when the file does not tell.
    pub effective: Option<Date>,
    /// Last day; none when the edit is in force.
    pub deleted: Option<Date>,
    /// Whether a modifier may bypass it.
    pub indicator: ModifierIndicator,
    /// Why the pair is an edit.
    pub rationale: Rationale,
}

impl Row {
    /// Whether the edit was never in force: withdrawn as of its first day.
    #[must_use]
    pub fn never_applied(&self) -> bool {
        self.deleted.is_some() && self.deleted == self.effective
    }
}

/// CMS's modifier indicator (also CCMI).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ModifierIndicator {
    /// 0: the pair is never paid together by Medicare, whatever the modifier.
    NotAllowed,
    /// 1: an NCCI-associated modifier may bypass the edit where the record supports it.
    Allowed,
    /// 9: not applicable, as the edit has been withdrawn.
    NotApplicable,
}

impl ModifierIndicator {
    /// The indicator of CMS's digit.
    #[must_use]
    pub const fn read(bytes: &[u8]) -> Option<Self> {
        match bytes {
            b"0" => Some(Self::NotAllowed),
            b"1" => Some(Self::Allowed),
            b"9" => Some(Self::NotApplicable),
            _ => None,
        }
    }

    /// CMS's digit.
    #[must_use]
    pub const fn digit(self) -> u8 {
        match self {
            Self::NotAllowed => 0,
            Self::Allowed => 1,
            Self::NotApplicable => 9,
        }
    }
}

const COLUMN_1: usize = 0;
const COLUMN_2: usize = 1;
const BEFORE_1996: usize = 2;
const EFFECTIVE: usize = 3;
const DELETED: usize = 4;
const INDICATOR: usize = 5;
const RATIONALE: usize = 6;

/// The columns, as the header names them.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["column 1"]),
    Column::required(&["column 2"]),
    Column::optional(&["=in existence*"]),
    Column::required(&["effective*"]),
    Column::required(&["deletion*"]),
    Column::required(&["modifier*"]),
    Column::required(&["ptp edit rationale*", "edit rationale*", "rationale*"]),
];

/// What takes edits and refused lines, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 't;

/// Hands every edit and every refused line of a text to `take`, until it breaks off. Gives the rationales that are
/// none of the known ones.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<OtherRationales, TableError> {
    let mut reasons = Reasons::default();
    table::rows_of_text(reader, COLUMNS, |row| edit(row, &mut reasons), take)?;
    Ok(reasons.others())
}

/// The same for a workbook.
///
/// # Errors
/// [`TableError`].
pub fn read_xlsx<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<OtherRationales, TableError> {
    let mut reasons = Reasons::default();
    table::rows_of_sheet(reader, COLUMNS, |row| edit(row, &mut reasons), take)?;
    Ok(reasons.others())
}

fn edit(row: &table::Row<'_>, reasons: &mut Reasons) -> Result<Row, Reason> {
    let code = |column| ProcedureCode::read(row.code(column)?).ok_or(Reason::NotACode);
    Ok(Row {
        line: row.line(),
        column_1: code(COLUMN_1)?,
        column_2: code(COLUMN_2)?,
        before_1996: match row.bytes(BEFORE_1996) {
            b"" => false,
            b"*" => true,
            _ => return Err(Reason::Unknown("mark for edits in existence before 1996")),
        },
        effective: row.day(EFFECTIVE, "effective date")?,
        deleted: if row.bytes(DELETED) == b"*" { None } else { row.day(DELETED, "deletion date")? },
        indicator: ModifierIndicator::read(row.bytes(INDICATOR)).ok_or(Reason::Unknown("modifier indicator"))?,
        rationale: reasons.read(row.bytes(RATIONALE)).ok_or(Reason::Unknown("rationale"))?,
    })
}

/// What the name of a file says: `ccipra-v323r0-f1.TXT`, or `ncci-ptp-practitioner-2024q3.tsv.gz`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName {
    /// Whose claims.
    pub setting: Setting,
    /// First day of the quarter that it was published for.
    pub effective: Date,
    /// 0 as first published, then one more for each replacement.
    pub revision: u8,
    /// Which part, from 1; none when the file is whole. Only all parts of a version together are a release.
    pub part: Option<u8>,
}

impl FileName {
    /// Reads a name. None when it lacks the setting or the quarter.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let setting = Setting::of_file(name)?;
        let effective = calendar::first_day(Dataset::Ptp(setting), &[name])?;
        let words = words(name);
        let revision = words.iter().find_map(|word| word.strip_prefix('v')?.split_once('r')?.1.parse().ok());
        let part = words.iter().find_map(|word| word.strip_prefix('f')?.parse().ok().filter(|part| *part > 0));
        Some(Self { setting, effective, revision: revision.unwrap_or(0), part })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use jiff::civil::date;

    use super::{super::worksheet::tests::book, *};

    const HEAD: &str = "\"A notice\nabout rights\"\t\t\t\t\t\t\nColumn 1/Column 2 Edits\t\t\t\t\t\t\r\n\
        Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n\
        \t\tprior to 1996\tDate\tDate\t0=not allowed\t\r\n\t\t\t\t*=no data\t1=allowed\t\r\n\t\t\t\t\t9=not applicable\t\r\n";

    fn all(text: &str) -> Vec<Result<Row, Rejected>> {
        let mut rows = Vec::new();
        read(text.as_bytes(), &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })
        .expect("a PTP table");
        rows
    }

    fn code(text: &str) -> ProcedureCode {
        ProcedureCode::read(text.as_bytes()).expect("a code")
    }

    #[test]
    fn edits_are_read_below_a_stacked_header() {
        let rows = all(&(HEAD.to_owned()
            + "0001A\t0591T\t*\t19960101\t*\t0\tSequential procedure\r\n\
               G0008\t99213\t\t20200101\t20200101\t9\tMore Extensive Procedure\n\
               G0008\t99213\t\t\t20231231\t1\tSome new reason"));
        let [Ok(old), Ok(withdrawn), Ok(undated)] = rows.as_slice() else { panic!("{rows:?}") };
        let expected = Row {
            line: 8,
            column_1: code("0001A"),
            column_2: code("0591T"),
            before_1996: true,
            effective: Some(date(1996, 1, 1)),
            deleted: None,
            indicator: ModifierIndicator::NotAllowed,
            rationale: Rationale::Sequential,
        };
        assert_eq!((*old, old.never_applied()), (expected, false));
        assert_eq!((withdrawn.indicator, withdrawn.never_applied()), (ModifierIndicator::NotApplicable, true));
        assert_eq!((undated.effective, undated.deleted), (None, Some(date(2023, 12, 31))));
        assert_eq!((undated.rationale, undated.line), (Rationale::Other(0), 10));
    }

    #[test]
    fn lines_that_do_not_fit_are_refused_with_their_number() {
        let rows = all(&(HEAD.to_owned()
            + "\t0001A\t0591T\t\t20200101\t*\t0\n\
               0001A\t0591T\t\t20200101\n\
               0001A\t591\t\t20200101\t*\t0\tSequential procedure\n\
               0001A\t0591T\t\t20200230\t*\t0\tSequential procedure\n\
               0001A\t0591T\t\t20200101\tlater\t0\tSequential procedure\n\
               0001A\t0591T\t\t20200101\t*\t2\tSequential procedure\n\
               0001A\t0591T\tx\t20200101\t*\t1\tSequential procedure\n\
               \"0001A\t0591T\t\t20200101\t*\t1\tSequential procedure\n"));
        let reasons: Vec<_> =
            rows.into_iter().map(|row| row.expect_err("refused")).map(|r| (r.line, r.reason)).collect();
        let expected = [
            (8, Reason::NotACode),
            (9, Reason::NotARecord),
            (10, Reason::NotACode),
            (11, Reason::NotADate("effective date")),
            (12, Reason::NotADate("deletion date")),
            (13, Reason::Unknown("modifier indicator")),
            (14, Reason::Unknown("mark for edits in existence before 1996")),
            (15, Reason::OpenQuote),
        ];
        assert_eq!(reasons, expected);
    }

    #[test]
    fn a_worksheet_gives_the_same_edits() -> Result<(), TableError> {
        let names: &[&str] = &[
            "Column 1",
            "Column 2",
            "*=in existence prior to 1996",
            "Effective Date",
            "Deletion Date *=no data",
            "Modifier 0=not allowed 1=allowed 9=not applicable",
            "PTP Edit Rationale",
        ];
        let sheet = book(&[
            &["A notice"],
            names,
            &["0001A", "0591T", "", "#20200101", "*", "#1", "Laboratory panel"],
            &["#11", "0591T", "", "20200101", "*", "1", "Laboratory panel"],
        ]);
        let mut rows = Vec::new();
        let others = read_xlsx(Cursor::new(sheet), &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })?;
        let [Ok(row), Err(number)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!(
            (row.effective, row.deleted, row.indicator),
            (Some(date(2020, 1, 1)), None, ModifierIndicator::Allowed)
        );
        assert_eq!((row.line, row.rationale, others.labels().len()), (3, Rationale::LaboratoryPanel, 0));
        assert_eq!(*number, Rejected { line: 4, reason: Reason::NumberCell });
        Ok(())
    }

    #[test]
    fn an_indicator_means_what_cms_says() {
        for (digit, indicator) in [
            (b"0", ModifierIndicator::NotAllowed),
            (b"1", ModifierIndicator::Allowed),
            (b"9", ModifierIndicator::NotApplicable),
        ] {
            assert_eq!(ModifierIndicator::read(digit), Some(indicator));
            assert_eq!(indicator.digit(), digit[0] - b'0');
        }
        assert_eq!(ModifierIndicator::read(b"2"), None);
    }

    #[test]
    fn other_files_are_none() {
        for text in ["", "Column 1\tColumn 2\n", "code,title\n"] {
            assert!(read(text.as_bytes(), &mut |_| ControlFlow::Continue(())).is_err(), "{text}");
        }
    }

    #[test]
    fn a_name_tells_setting_version_and_part() {
        let (practitioner, hospital) = (Setting::Practitioner, Setting::OutpatientHospital);
        for (name, setting, effective, revision, part) in [
            ("ccipra-v323r0-f1.TXT", practitioner, date(2026, 10, 1), 0, Some(1)),
            ("ccioph-v302r1-f2.xlsx", hospital, date(2024, 7, 1), 1, Some(2)),
            (
                "medicare-ncci-2025q4-practitioner-ptp-edits-ccipra-v313r0-f4.zip",
                practitioner,
                date(2025, 10, 1),
                0,
                Some(4),
            ),
            ("ncci-ptp-practitioner-2024q3.tsv.gz", practitioner, date(2024, 7, 1), 0, None),
            ("ncci-ptp-outpatient-hospital-2024q3.tsv.gz", hospital, date(2024, 7, 1), 0, None),
        ] {
            assert_eq!(FileName::read(name), Some(FileName { setting, effective, revision, part }), "{name}");
        }
        for name in ["v323r0-f1.txt", "ccipra.txt", "ccipra-v324r0.txt", "medicaid-ccipra-v323r0-f1.txt"] {
            assert_eq!(FileName::read(name), None, "{name}");
        }
    }
}

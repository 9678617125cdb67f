//! The relative value file of the Medicare physician fee schedule: `PPRRVU24_JUL.csv`, since 2026 two files a quarter,
//! `PPRRVU2026_Oct_nonQPP.csv` and `…_QPP.csv`, with different conversion factors ([`track_of_file`]).
//!
//! Title, copyright and release lines come first, then a header stacked over several lines; columns were added over
//! the years, so they are bound by the names below, joined over the lines (CMS, "National Physician Fee Schedule
//! Relative Value File", record layout):
//!
//! | column | holds |
//! |---|---|
//! | HCPCS, MOD | the key, of which the modifier is 26, TC, 53 or nothing |
//! | STATUS CODE, NOT USED FOR MEDICARE PAYMENT | how Medicare treats it |
//! | WORK, NON-FAC PE, FACILITY PE, MP RVU and both totals | relative value units, two places |
//! | NON-FAC and FACILITY NA INDICATOR | `NA`: rarely or never performed there |
//! | PCTC IND … TEAM SURG, PHYSICIAN SUPERVISION … | [`super::pfs_indicator`] |
//! | PRE OP, INTRA OP, POST OP | parts of a global package, of which 1.00 is the whole |
//! | ENDO BASE | the base code of an endoscopic family |
//! | CONV FACTOR | dollars for a unit |
//! | DIAGNOSTIC IMAGING FAMILY INDICATOR | 88 for a family, 99 for none |
//!
//! The description is taken for HCPCS Level II only: for CPT it is the AMA's and for D codes the ADA's. The amount in
//! a locality is the sum of each unit times its index ([`super::pfs_gpci`]), times the conversion factor.

use std::{
    collections::HashSet,
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use super::{
    pfs_indicator::{
        AssistantAtSurgery, Bilateral, CoSurgeons, ComponentIndicator, GlobalDays, MultipleProcedure, StatusCode,
        Supervision, TeamSurgery,
    },
    rejected::{Reason, Rejected},
    table::{self, Column, TableError},
};
use crate::{
    catalog::{
        calendar::words,
        decimal::{Decimal, Factor, Rvu},
        procedure_code::ProcedureCode,
    },
    domain::code::Modifier,
};

/// What the fee schedule says of a code with or without a modifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line or sheet row, from 1.
    pub line: u64,
    /// The code.
    pub code: ProcedureCode,
    /// None for the service as a whole.
    pub modifier: Option<Modifier>,
    /// CMS's short description, of Level II codes outside the D series; otherwise nothing.
    pub description: String,
    /// How Medicare treats it.
    pub status: StatusCode,
    /// The values are for information, and not used for Medicare payment.
    pub not_used_for_payment: bool,
    /// The physician's work.
    pub work: Rvu,
    /// Practice expense outside of facilities.
    pub non_facility_expense: Rvu,
    /// Rarely or never performed outside of facilities.
    pub non_facility_na: bool,
    /// Practice expense in facilities.
    pub facility_expense: Rvu,
    /// Rarely or never performed in facilities.
    pub facility_na: bool,
    /// Malpractice.
    pub malpractice: Rvu,
    /// The sum outside of facilities.
    pub non_facility_total: Rvu,
    /// The sum in facilities.
    pub facility_total: Rvu,
    /// Professional and technical component.
    pub component: Option<ComponentIndicator>,
    /// The global package.
    pub global_days: Option<GlobalDays>,
    /// The part of a package before the operation, of 1.00.
    pub pre_operative: Option<Decimal<2>>,
    /// The operation's part.
    pub intra_operative: Option<Decimal<2>>,
    /// The part after the operation.
    pub post_operative: Option<Decimal<2>>,
    /// A second procedure on the same day.
    pub multiple_procedure: Option<MultipleProcedure>,
    /// Both sides.
    pub bilateral: Option<Bilateral>,
    /// An assistant at surgery.
    pub assistant: Option<AssistantAtSurgery>,
    /// Two surgeons.
    pub co_surgeons: Option<CoSurgeons>,
    /// A team of surgeons.
    pub team: Option<TeamSurgery>,
    /// The base code of its endoscopic family.
    pub endoscopic_base: Option<ProcedureCode>,
    /// Dollars for a unit.
    pub conversion_factor: Option<Factor>,
    /// Supervision of a diagnostic test.
    pub supervision: Option<Supervision>,
    /// Whether it belongs to a family of diagnostic imaging, in which a second one is paid less.
    pub imaging_family: bool,
}

const CODE: usize = 0;
const MODIFIER: usize = 1;
const STATUS: usize = 2;
const WORK: usize = 3;
const NON_FACILITY_EXPENSE: usize = 4;
const FACILITY_EXPENSE: usize = 5;
const MALPRACTICE: usize = 6;
const NON_FACILITY_TOTAL: usize = 7;
const FACILITY_TOTAL: usize = 8;
const COMPONENT: usize = 9;
const GLOBAL_DAYS: usize = 10;
const DESCRIPTION: usize = 11;
const NOT_USED: usize = 12;
const NON_FACILITY_NA: usize = 13;
const FACILITY_NA: usize = 14;
const PRE: usize = 15;
const INTRA: usize = 16;
const POST: usize = 17;
const MULTIPLE: usize = 18;
const BILATERAL: usize = 19;
const ASSISTANT: usize = 20;
const CO_SURGEONS: usize = 21;
const TEAM: usize = 22;
const ENDOSCOPIC_BASE: usize = 23;
const CONVERSION_FACTOR: usize = 24;
const SUPERVISION: usize = 25;
const IMAGING_FAMILY: usize = 26;

/// The columns, as the joined lines of the header name them.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["hcpcs"]),
    Column::required(&["mod"]),
    Column::required(&["status code"]),
    Column::required(&["work rvu"]),
    Column::required(&["non-fac pe rvu", "non-facility pe rvu"]),
    Column::required(&["facility pe rvu", "fac pe rvu"]),
    Column::required(&["mp rvu"]),
    Column::required(&["non-facility total", "non-fac total"]),
    Column::required(&["facility total", "fac total"]),
    Column::required(&["pctc ind"]),
    Column::required(&["glob days"]),
    Column::optional(&["description"]),
    Column::optional(&["not used for medicare payment", "medicare payment"]),
    Column::optional(&["non-fac na indicator", "non-facility na indicator", "na indicator"]),
    Column::optional(&["facility na indicator", "fac na indicator", "na indicator#2"]),
    Column::optional(&["pre op"]),
    Column::optional(&["intra op"]),
    Column::optional(&["post op"]),
    Column::optional(&["mult proc"]),
    Column::optional(&["bilat surg"]),
    Column::optional(&["asst surg"]),
    Column::optional(&["co-surg"]),
    Column::optional(&["team surg"]),
    Column::optional(&["endo base"]),
    Column::optional(&["conv factor"]),
    Column::optional(&["physician supervision of diagnostic procedures", "*diagnostic procedures"]),
    Column::optional(&["diagnostic imaging family indicator", "*family indicator"]),
];

/// What takes rows and refused lines, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 't;

/// Hands every code, alone and with each modifier, and every refused line of a text to `take`, until it breaks off.
/// Of a code and modifier that stand twice, the first is taken.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_text(reader, COLUMNS, |row| value(row, &mut seen), take)
}

/// The same for a workbook.
///
/// # Errors
/// [`TableError`].
pub fn read_xlsx<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_sheet(reader, COLUMNS, |row| value(row, &mut seen), take)
}

/// Whose conversion factor a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Track {
    /// Participants of an alternative payment model who qualify.
    Qualifying,
    /// Everybody else.
    NonQualifying,
}

/// The track that a file's name tells. Before 2026 there was one factor and no word of a track.
#[must_use]
pub fn track_of_file(name: &str) -> Option<Track> {
    words(name).iter().find_map(|word| match word.as_str() {
        "qpp" | "qp" => Some(Track::Qualifying),
        "nonqpp" | "nonqp" => Some(Track::NonQualifying),
        _ => None,
    })
}

fn value(row: &table::Row<'_>, seen: &mut HashSet<(ProcedureCode, Option<Modifier>)>) -> Result<Row, Reason> {
    let code = ProcedureCode::read(row.code(CODE)?).ok_or(Reason::NotACode)?;
    let modifier = match row.code(MODIFIER)? {
        b"" => None,
        _ => Some(Modifier::parse(&row.text(MODIFIER)).map_err(|_| Reason::Unknown("modifier"))?),
    };
    let rvu = |column, name| Rvu::read(row.bytes(column)).ok_or(Reason::NotANumber(name));
    let part = |column, name| optional(row.bytes(column), Decimal::read, Reason::NotANumber(name));
    let found = Row {
        line: row.line(),
        code,
        modifier,
        description: if code.has_licensed_text() { String::new() } else { row.owned(DESCRIPTION) },
        status: StatusCode::read(row.bytes(STATUS)).ok_or(Reason::Unknown("status code"))?,
        not_used_for_payment: flag(row.bytes(NOT_USED), b"+").ok_or(Reason::Unknown("mark of unused values"))?,
        work: rvu(WORK, "work RVU")?,
        non_facility_expense: rvu(NON_FACILITY_EXPENSE, "non-facility practice expense RVU")?,
        non_facility_na: flag(row.bytes(NON_FACILITY_NA), b"NA").ok_or(Reason::Unknown("NA indicator"))?,
        facility_expense: rvu(FACILITY_EXPENSE, "facility practice expense RVU")?,
        facility_na: flag(row.bytes(FACILITY_NA), b"NA").ok_or(Reason::Unknown("NA indicator"))?,
        malpractice: rvu(MALPRACTICE, "malpractice RVU")?,
        non_facility_total: rvu(NON_FACILITY_TOTAL, "non-facility total")?,
        facility_total: rvu(FACILITY_TOTAL, "facility total")?,
        component: known(row, COMPONENT, ComponentIndicator::read, "PC/TC indicator")?,
        global_days: known(row, GLOBAL_DAYS, GlobalDays::read, "global days")?,
        pre_operative: part(PRE, "preoperative part")?,
        intra_operative: part(INTRA, "intraoperative part")?,
        post_operative: part(POST, "postoperative part")?,
        multiple_procedure: known(row, MULTIPLE, MultipleProcedure::read, "multiple procedure indicator")?,
        bilateral: known(row, BILATERAL, Bilateral::read, "bilateral surgery indicator")?,
        assistant: known(row, ASSISTANT, AssistantAtSurgery::read, "assistant at surgery indicator")?,
        co_surgeons: known(row, CO_SURGEONS, CoSurgeons::read, "co-surgeons indicator")?,
        team: known(row, TEAM, TeamSurgery::read, "team surgery indicator")?,
        endoscopic_base: optional(row.code(ENDOSCOPIC_BASE)?, ProcedureCode::read, Reason::Unknown("base code"))?,
        conversion_factor: optional(
            row.bytes(CONVERSION_FACTOR),
            Factor::read,
            Reason::NotANumber("conversion factor"),
        )?,
        supervision: known(row, SUPERVISION, Supervision::read, "supervision indicator")?,
        imaging_family: match row.bytes(IMAGING_FAMILY) {
            b"" | b"99" => false,
            family if family.len() == 2 && family.iter().all(u8::is_ascii_digit) => true,
            _ => return Err(Reason::Unknown("diagnostic imaging family")),
        },
    };
    if seen.insert((code, modifier)) { Ok(found) } else { Err(Reason::Twice) }
}

/// A value of an indicator, or none where the cell is empty.
fn known<T>(
    row: &table::Row<'_>,
    column: usize,
    read: impl Fn(&[u8]) -> Option<T>,
    name: &'static str,
) -> Result<Option<T>, Reason> {
    optional(row.bytes(column), read, Reason::Unknown(name))
}

fn optional<T>(cell: &[u8], read: impl Fn(&[u8]) -> Option<T>, otherwise: Reason) -> Result<Option<T>, Reason> {
    if cell.is_empty() { Ok(None) } else { read(cell).map(Some).ok_or(otherwise) }
}

/// Whether a mark is set; none when something else stands there.
fn flag(cell: &[u8], mark: &[u8]) -> Option<bool> {
    if cell == mark { Some(true) } else { cell.is_empty().then_some(false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STACKED: &str = "2031 National Physician Fee Schedule Relative Value File,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n\
        ,,\"Words about rights\nRELEASED 01/03/2031\",,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n\
        ,,,,,,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,,NON-FACILITY,FACILITY,\n\
        ,,,,NOT USED,,,NON-FAC,,FACILITY,,,,,,,,,,,,,,,,,SUPERVISION OF,,DIAGNOSTIC,PE USED,PE USED,MP USED\n\
        ,,,,FOR,,,,,,,,,,,,,,,,,,,,,,,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS\n\
        ,,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT\n\
        HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,NEW,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT\n";

    fn all(rows: &str) -> Vec<Result<Row, Rejected>> {
        let mut found = Vec::new();
        read((STACKED.to_owned() + rows).as_bytes(), &mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .expect("a relative value table");
        found
    }

    #[test]
    fn columns_are_bound_below_a_stacked_header_whatever_was_put_between() {
        let rows = all(
            "10021,26,secret words,A,,1.03,1.71,NA,0.40,,0.15,2.89,1.58,1,XXX,0.10,0.80,0.10,2,1,0,1,2,7,31622,33.4009,6A,0,88,0.00,0.00,0.00\n\
            A4206,,Syringe,X,+,0.00,0.00,,0.00,NA,0.00,0.00,0.00,9,000,,,,9,9,9,9,9,0,,33.4009,09,0,99,0.00,0.00,0.00\n\
            D0120,,secret words,N,,0,0,,0,,0,0,0,9,XXX\n",
        );
        let [Ok(cpt), Ok(level_two), Ok(dental)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((cpt.code.as_str(), cpt.modifier.map(|m| m.as_str().to_owned())), ("10021", Some("26".to_owned())));
        assert_eq!((cpt.description.as_str(), dental.description.as_str()), ("", ""));
        assert_eq!(
            (cpt.work, cpt.non_facility_expense, cpt.facility_expense),
            (Rvu::new(103), Rvu::new(171), Rvu::new(40))
        );
        assert_eq!(
            (cpt.malpractice, cpt.non_facility_total, cpt.facility_total),
            (Rvu::new(15), Rvu::new(289), Rvu::new(158))
        );
        assert_eq!((cpt.non_facility_na, cpt.facility_na, cpt.not_used_for_payment), (true, false, false));
        assert_eq!((cpt.status, cpt.component), (StatusCode::Active, Some(ComponentIndicator::DiagnosticTest)));
        assert_eq!((cpt.intra_operative, cpt.global_days), (Some(Decimal::new(80)), Some(GlobalDays::NotApplicable)));
        assert_eq!(
            (cpt.multiple_procedure, cpt.bilateral),
            (Some(MultipleProcedure::Standard), Some(Bilateral::OneAndAHalf))
        );
        assert_eq!((cpt.co_surgeons, cpt.team), (Some(CoSurgeons::WithDocumentation), Some(TeamSurgery::Permitted)));
        assert_eq!(cpt.endoscopic_base, ProcedureCode::read(b"31622"));
        assert_eq!((cpt.conversion_factor, cpt.imaging_family), (Some(Factor::new(334_009)), true));
        assert_eq!(cpt.supervision, Some(Supervision::TherapistCertifiedForItSupervising));
        assert_eq!((level_two.description.as_str(), level_two.line), ("Syringe", 10));
        assert_eq!((level_two.global_days, level_two.pre_operative), (Some(GlobalDays::SameDay), None));
        assert_eq!((level_two.facility_na, level_two.not_used_for_payment), (true, true));
    }

    #[test]
    fn lines_that_do_not_fit_are_refused_with_their_number() {
        let good = "10021,,,A,,1.03,1.71,,0.40,,0.15,2.89,1.58,0,XXX\n";
        let rows = all(&[
            good,
            good,
            &good.replace("10021", "100"),
            &good.replace(",A,", ",?,"),
            &good.replace("1.03", "NA"),
            &good.replace("XXX", "0"),
            &good.replace(",,,A", ",262,,A"),
            "10022,,,A,,1.03\n",
        ]
        .concat());
        let reasons: Vec<_> = rows.into_iter().skip(1).map(|row| row.expect_err("refused")).collect();
        let expected = [
            Reason::Twice,
            Reason::NotACode,
            Reason::Unknown("status code"),
            Reason::NotANumber("work RVU"),
            Reason::Unknown("global days"),
            Reason::Unknown("modifier"),
            Reason::NotARecord,
        ];
        let expected: Vec<_> = (10..).zip(expected).map(|(line, reason)| Rejected { line, reason }).collect();
        assert_eq!(reasons, expected);
    }

    #[test]
    fn a_name_tells_whose_conversion_factor_it_is() {
        for (name, track) in [
            ("PPRRVU2026_Oct_nonQPP.csv", Some(Track::NonQualifying)),
            ("PPRRVU2026_Oct_QPP.csv", Some(Track::Qualifying)),
            ("PFREV26B_nonQP.zip", Some(Track::NonQualifying)),
            ("PFREV26B_QP.zip", Some(Track::Qualifying)),
            ("PPRRVU24_JUL.csv", None),
        ] {
            assert_eq!(track_of_file(name), track, "{name}");
        }
    }
}

//! NCCI procedure-to-procedure edits of one column 1 code, packed: eleven bytes an edit, sorted by column 2 code and
//! first day, so that a pair is found by halving.
//!
//! | bytes | holds |
//! |---|---|
//! | 5 | column 2 code |
//! | 2 | first day, in days since 1970-01-01, big-endian; 0 where the file gives none |
//! | 2 | last day; 65535 while the edit is in force |
//! | 1 | modifier indicator (0, 1 or 9), and 128 for an edit in existence before 1996 |
//! | 1 | rationale, by its place in the list of known ones; 255 for another |
//!
//! That no row is found for a pair says that the table has no edit for it. It never says that the two may be billed
//! together.

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};

use super::super::{
    layout::{
        ncci_ptp::{ModifierIndicator, Row},
        ptp_rationale::Rationale,
    },
    procedure_code::ProcedureCode,
    sheet::{Fact, Unreadable},
};

/// One edit for the time that it was in force; column 1 is the sheet's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PtpEdit {
    /// The code that is denied when both are billed.
    pub column_2: ProcedureCode,
    /// First day; none when the file does not tell.
    pub effective: Option<Date>,
    /// Last day; none while the edit is in force.
    pub deleted: Option<Date>,
    /// Whether a modifier may bypass it.
    pub indicator: ModifierIndicator,
    /// In existence before 1996.
    pub before_1996: bool,
    /// Why the pair is an edit; none for a reason that is none of the known ones.
    pub rationale: Option<Rationale>,
}

impl PtpEdit {
    /// Whether it binds on `day`, as far as its own dates tell. One that was deleted as of its first day never did.
    #[must_use]
    pub fn binds(&self, day: Date) -> bool {
        self.effective.is_none_or(|first| first <= day)
            && self.deleted.is_none_or(|last| day <= last && self.effective != Some(last))
    }
}

impl From<&Row> for PtpEdit {
    fn from(row: &Row) -> Self {
        Self {
            column_2: row.column_2,
            effective: row.effective,
            deleted: row.deleted,
            indicator: row.indicator,
            before_1996: row.before_1996,
            rationale: place(row.rationale).and_then(of_place),
        }
    }
}

/// The bytes of one edit.
pub(in crate::catalog) const SIZE: usize = 11;
const NO_DAY: u16 = 0;
const NO_END: u16 = u16::MAX;
const BEFORE_1996: u8 = 0x80;
const OTHER: u8 = u8::MAX;

/// All edits of one column 1 code, by column 2 code and first day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PtpEdits(pub Vec<PtpEdit>);

impl PtpEdits {
    /// The edits of a body with this column 2 code, without unpacking the others.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn with(body: &[u8], column_2: ProcedureCode) -> Result<Vec<PtpEdit>, Unreadable> {
        let (edits, rest) = body.as_chunks::<SIZE>();
        if !rest.is_empty() {
            return Err(Unreadable);
        }
        let wanted = column_2.as_str().as_bytes();
        let start = edits.partition_point(|edit| edit.get(..5).is_some_and(|code| code < wanted));
        edits.get(start..).unwrap_or_default().iter().take_while(|edit| edit.starts_with(wanted)).map(unpack).collect()
    }
}

impl Fact for PtpEdits {
    fn to_body(&self) -> Vec<u8> {
        self.0.iter().flat_map(pack).collect()
    }

    fn from_body(body: &[u8]) -> Result<Self, Unreadable> {
        let (edits, rest) = body.as_chunks::<SIZE>();
        if rest.is_empty() { edits.iter().map(unpack).collect::<Result<_, _>>().map(Self) } else { Err(Unreadable) }
    }
}

/// The edit in eleven bytes, which sort by column 2 code and first day.
pub(in crate::catalog) fn pack(edit: &PtpEdit) -> [u8; SIZE] {
    let [a, b, c, d, e] = edit.column_2.bytes();
    let [f, g] = edit.effective.map_or(NO_DAY, days).to_be_bytes();
    let [h, i] = edit.deleted.map_or(NO_END, days).to_be_bytes();
    let flags = edit.indicator.digit() | if edit.before_1996 { BEFORE_1996 } else { 0 };
    [a, b, c, d, e, f, g, h, i, flags, edit.rationale.and_then(place).unwrap_or(OTHER)]
}

/// The edit of eleven bytes.
pub(in crate::catalog) fn unpack(edit: &[u8; SIZE]) -> Result<PtpEdit, Unreadable> {
    let [a, b, c, d, e, f, g, h, i, flags, reason] = *edit;
    let digit = (flags & !BEFORE_1996).saturating_add(b'0');
    let day_unless = |bytes, none| {
        let number = u16::from_be_bytes(bytes);
        if number == none { Ok(None) } else { day(number).map(Some) }
    };
    Ok(PtpEdit {
        column_2: ProcedureCode::read(&[a, b, c, d, e]).ok_or(Unreadable)?,
        effective: day_unless([f, g], NO_DAY)?,
        deleted: day_unless([h, i], NO_END)?,
        indicator: ModifierIndicator::read(&[digit]).ok_or(Unreadable)?,
        before_1996: flags & BEFORE_1996 != 0,
        rationale: of_place(reason),
    })
}

const EPOCH: Date = date(1970, 1, 1);

/// Days since 1970, held within what two bytes and the two marks leave: until June 2149.
fn days(day: Date) -> u16 {
    let days = day.duration_since(EPOCH).as_hours() / 24;
    u16::try_from(days).unwrap_or(if days < 0 { 1 } else { NO_END - 1 }).clamp(1, NO_END - 1)
}

fn day(number: u16) -> Result<Date, Unreadable> {
    EPOCH.checked_add(i32::from(number).days()).map_err(|_| Unreadable)
}

fn place(rationale: Rationale) -> Option<u8> {
    let at = Rationale::KNOWN.iter().position(|(known, _)| *known == rationale)?;
    u8::try_from(at).ok()
}

fn of_place(place: u8) -> Option<Rationale> {
    Rationale::KNOWN.get(usize::from(place)).map(|(known, _)| *known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> ProcedureCode {
        ProcedureCode::read(text.as_bytes()).expect("a code")
    }

    fn edit(column_2: &str, effective: Option<Date>, deleted: Option<Date>) -> PtpEdit {
        PtpEdit {
            column_2: code(column_2),
            effective,
            deleted,
            indicator: ModifierIndicator::Allowed,
            before_1996: false,
            rationale: Some(Rationale::MoreExtensive),
        }
    }

    fn three() -> PtpEdits {
        PtpEdits(vec![
            edit("11111", Some(date(1996, 1, 1)), None),
            PtpEdit {
                indicator: ModifierIndicator::NotApplicable,
                before_1996: true,
                rationale: None,
                ..edit("22222", Some(date(2010, 1, 1)), Some(date(2010, 1, 1)))
            },
            edit("22222", Some(date(2012, 4, 1)), Some(date(2020, 3, 31))),
            edit("J1885", None, None),
        ])
    }

    #[test]
    fn edits_survive_their_packing() {
        let edits = three();
        let body = edits.to_body();
        assert_eq!(body.len(), 44);
        assert_eq!(PtpEdits::from_body(&body), Ok(edits));
        assert_eq!(PtpEdits::from_body(&body[1..]), Err(Unreadable));
        assert_eq!(PtpEdits::from_body(&[b'x'; SIZE]), Err(Unreadable));
    }

    #[test]
    fn a_pair_is_found_without_the_others() {
        let body = three().to_body();
        let with = |text| PtpEdits::with(&body, code(text)).expect("readable");
        assert_eq!(with("22222").len(), 2);
        assert_eq!(with("J1885").len(), 1);
        for absent in ["00001", "15000", "33333", "Z9999"] {
            assert_eq!(with(absent), [], "{absent}");
        }
    }

    #[test]
    fn an_edit_binds_from_its_first_to_its_last_day() {
        let [open, never, closed, undated] = three().0.try_into().expect("four");
        assert!(open.binds(date(1996, 1, 1)) && !open.binds(date(1995, 12, 31)));
        assert!(!never.binds(date(2010, 1, 1)));
        assert!(closed.binds(date(2020, 3, 31)) && !closed.binds(date(2020, 4, 1)));
        assert!(undated.binds(date(1990, 1, 1)), "where no first day is given, none is made up");
    }
}
